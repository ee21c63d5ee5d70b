"""What Linux keeps a confined process from: network, programs, processes, other files.

Each of these is taken where the kernel offers it and left out where not (`confine` tells which):

- seccomp (a filter of system calls): no sockets, no programs, no processes of its own.
- Landlock (since Linux 5.13): no files but those it needs to run, and its own folder.

Sources: https://docs.kernel.org/userspace-api/seccomp_filter.html,
https://docs.kernel.org/userspace-api/landlock.html, linux/{seccomp,filter,landlock,prctl}.h.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable
from pathlib import Path

from runtime.confined.system_calls import CALLS, CLONE3

_IS_LINUX = platform.system() == "Linux"
_libc = ctypes.CDLL(None, use_errno=True)

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 22, 38
_SECCOMP_MODE_FILTER = 2

_CLONE_THREAD = 0x10000
_OTHER_NUMBERS = 0x40000000  # x86's second set of numbers, for 32-bit pointers, begins here

# Classic BPF, as the kernel runs it over (number, machine, instruction, arguments) of each call.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READING = (1 << 0) | (1 << 2) | (1 << 3)  # execute (libraries are mapped so), files, folders
# Write, read and list, remove and make plain files; neither folders nor links nor anything else.
_OWN = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 5) | (1 << 8)
_TRUNCATE, _TRUNCATE_SINCE = 1 << 14, 3
_ALL_OF_FILES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # rights by version; later ones as 5
_ALL_OF_NETWORK, _NETWORK_SINCE = 0b11, 4  # bind and connect of TCP, by version
_OUTSIDE, _OUTSIDE_SINCE = 0b11, 6  # abstract sockets and signals


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


class NotConfinedError(Exception):
    """Linux keeps processes from files, and not this one."""


def die_with_parent(number: int) -> None:
    """Get this signal when the process that forked us ends."""
    if _IS_LINUX:
        _libc.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def confine(readable: Iterable[Path], writable: Path) -> list[str]:
    """Give up network, programs, processes and files for good; names what could be had.

    readable: Folders that may be read. writable: the one folder for files of its own.

    Raises NotConfinedError where Linux offers it and it can't be had: then nothing may be read.
    """
    if not _IS_LINUX or _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return []
    had = []
    if _keep_to(readable, writable):
        had.append("landlock")
    if _refuse_calls():
        had.append("seccomp")
    return had


def _refuse_calls() -> bool:
    calls = CALLS.get(platform.machine())
    if calls is None:
        return False
    program = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, calls.machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _OTHER_NUMBERS),
        (_RETURN, 0, 0, _KILL),
        # What a newer library asks first; it falls back to clone, whose flags can be looked at.
        (_EQUAL, 0, 1, CLONE3),
        (_RETURN, 0, 0, _ERROR | errno.ENOSYS),
        (_EQUAL, 0, 4, calls.clone),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_ANY_BIT, 1, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
        (_EQUAL, 0, 4, calls.limits),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    for number in calls.refused:
        program += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERROR | errno.EPERM)]
    program.append((_RETURN, 0, 0, _ALLOW))
    code = b"".join(struct.pack("=HBBI", *each) for each in program)
    found = _Filter(len(program), code)
    refused: int = _libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(found), 0, 0)
    return refused == 0


def _keep_to(readable: Iterable[Path], writable: Path) -> bool:
    version = _libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = (1 << _ALL_OF_FILES.get(version, 16)) - 1
    handled = struct.pack("=Q", rights)
    if version >= _NETWORK_SINCE:
        handled += struct.pack("=Q", _ALL_OF_NETWORK)
    if version >= _OUTSIDE_SINCE:
        handled += struct.pack("=Q", _OUTSIDE)
    ruleset = _libc.syscall(_LANDLOCK_CREATE, handled, len(handled), 0)
    if ruleset < 0:
        raise NotConfinedError("Linux offers Landlock and refuses it")
    try:
        for folder in readable:
            _allow(ruleset, folder, _READING)
        _allow(ruleset, writable, _OWN | (_TRUNCATE if version >= _TRUNCATE_SINCE else 0))
        if _libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) != 0:
            raise NotConfinedError("Linux offers Landlock and refuses it")
        return True
    finally:
        os.close(ruleset)


def _allow(ruleset: int, folder: Path, rights: int) -> None:
    try:
        place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what isn't there needs no leave
    try:
        below = struct.pack("=Qi", rights, place)
        _libc.syscall(_LANDLOCK_ADD, ruleset, 1, below, 0)
    finally:
        os.close(place)
