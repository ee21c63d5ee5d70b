"""The system calls that a confined process may not make, by the numbers that a machine counts them.

Sources: arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calls:
    """Of one machine. machine: its AUDIT_ARCH. limits: prlimit64, for this process alone."""

    machine: int
    refused: tuple[int, ...]
    clone: int
    limits: int


CLONE3 = 435
_ON_ALL = (
    *(424, 434, 438),  # processes by file descriptors: signals, openings, their files
    *(425, 426, 427),  # io_uring, which makes other calls unseen
    *(428, 429, 430, 431, 432, 433, 442),  # mounts
    *(440, 452),  # process_madvise, fchmodat2
)

CALLS = {
    "x86_64": Calls(
        machine=0xC000003E,
        refused=(
            *_ON_ALL,
            *(41, 42, 43, 49, 50, 53, 288),  # socket, connect, accept, bind, listen, …pair, accept4
            *(57, 58, 59, 322),  # fork, vfork, execve, execveat
            *(62, 200, 234, 129, 297),  # kill, tkill, tgkill and their queued kin
            *(101, 310, 311, 312, 323),  # ptrace, process_vm_*, kcmp, userfaultfd
            *(
                29,
                30,
                31,
                67,
                64,
                65,
                66,
                220,
                68,
                69,
                70,
                71,
            ),  # shared memory, semaphores, messages
            *(240, 241, 242, 243, 244, 245),  # message queues
            *(90, 91, 92, 93, 94, 260, 268),  # owners and modes of files
            *(132, 235, 261, 280, 188, 189, 190, 197, 198, 199),  # their times and attributes
            *(133, 259, 253, 294, 300, 303, 304),  # devices, watches, handles
            *(141, 142, 144, 203, 251, 314),  # priorities of others
            *(248, 249, 250),  # keys
            *(272, 308, 161, 155, 165, 166, 135),  # namespaces, roots, mounts, personality
            *(321, 298, 175, 176, 313, 246, 320),  # bpf, perf, modules, kexec
        ),
        clone=56,
        limits=302,
    ),
    "aarch64": Calls(
        machine=0xC00000B7,
        refused=(
            *_ON_ALL,
            *(198, 203, 202, 200, 201, 199, 242),
            *(221, 281),
            *(129, 130, 131, 138, 240),
            *(117, 270, 271, 272, 282),
            *(186, 187, 188, 189, 190, 191, 192, 193, 194, 195, 196, 197),
            *(180, 181, 182, 183, 184, 185),
            *(52, 53, 54, 55),
            *(88, 5, 6, 7, 14, 15, 16),
            *(33, 26, 262, 264, 265),
            *(140, 118, 119, 122, 30, 274),
            *(217, 218, 219),
            *(97, 268, 51, 41, 40, 39, 92),
            *(280, 241, 105, 106, 273, 104, 294),
        ),
        clone=220,
        limits=261,
    ),
}
