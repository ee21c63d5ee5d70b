"""Memory of a process that runs for months."""

import ctypes
import gc

_M_MMAP_THRESHOLD = -3
LARGE_BYTES = 1 << 18


def give_back_what_is_large() -> None:
    """Let the C library keep no memory of blocks from `LARGE_BYTES` on for later.

    By itself it raises its bound with each large block that is freed, up to 32 MB, and lays the
    next ones where they can't be given back: three lists of a million numbers left 50 MB so.
    Source: mallopt(3). Other C libraries than glibc have no such bound.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)


def spare_the_collector() -> None:
    """Exempt all current objects from collection, and collect less often.

    Call it once the app is built. Otherwise the collector walks through every module and phone
    rule again and again, which took a quarter of a busy bot's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 20)
