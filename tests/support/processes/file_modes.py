"""Rights of files that hold for root, too: tests may run as root, and operators' bots don't."""

import ctypes
import sys

_VERSION = 0x20080522  # of the structures below, for 64 capabilities
_PASSES_MODES = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_PERMITTED = (0, 1)  # effective and permitted; each half of the capabilities has three words


def obey_file_modes() -> None:
    """Give up the rights by which root reads and writes everything. Source: capset(2)."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets) == 0:
        for word in _PERMITTED:
            sets[word] &= ~_PASSES_MODES
        libc.capset(header, sets)
