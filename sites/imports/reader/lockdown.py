"""What the child gives up before it opens a file from outside.

Limits on memory, processor time, file size and open files; no network (a new network namespace
and a system-call filter, whichever the kernel grants); no new programs; no reading outside the
named folders (Landlock, where the kernel has it). Each step is plain libc, so that nothing has
to be installed.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_FILE_RIGHTS: Final = (1 << 13) - 1
_LANDLOCK_READ: Final = (1 << 2) | (1 << 3)
_AUDIT_ARCH: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# socket, connect, accept, sendto, bind, listen, socketpair, execve, execveat, ptrace, mount,
# kill, tkill, tgkill, io_uring_setup, process_vm_readv, bpf
_FORBIDDEN: Final = {
    "x86_64": (41, 42, 43, 44, 49, 50, 53, 59, 322, 101, 165, 62, 200, 234, 425, 310, 321),
    "aarch64": (198, 203, 202, 206, 200, 201, 199, 221, 281, 117, 40, 129, 130, 131, 425, 270, 280),
}
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use: bytes of memory and of any written file, seconds of processor."""

    memory_bytes: int = 420 * 1024 * 1024
    file_bytes: int = 16 * 1024 * 1024
    cpu_seconds: int = 60


class NotContainedError(Exception):
    """The kernel grants neither a network namespace nor a system-call filter."""


def lock_down(limits: Limits, readable: Iterable[Path]) -> dict[str, bool]:
    """Give up everything but reading the given paths; returns what the kernel granted.

    Raises `NotContainedError` if the network can't be shut off in any way.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _limit(limits)
    granted = {
        "network_namespace": _leave_network(),
        "no_new_privileges": _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0,
        "landlock": _confine_files(readable),
        "system_call_filter": _filter_system_calls(),
    }
    if not (granted["network_namespace"] or granted["system_call_filter"]):
        raise NotContainedError
    return granted


def _limit(limits: Limits) -> None:
    for kind, value in (
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_AS, limits.memory_bytes * 4),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))


def _leave_network() -> bool:
    """Enter an empty network namespace; a user namespace makes it possible without root."""
    return bool(_libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def _filter_system_calls() -> bool:
    """Refuse sockets, new programs and signals to others with EPERM (a classic BPF filter)."""
    machine = platform.machine()
    if machine not in _FORBIDDEN:
        return False
    forbidden = _FORBIDDEN[machine]

    def statement(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("<HBBI", code, yes, no, value)

    program = [
        statement(0x20, 4),  # load the architecture
        statement(0x15, _AUDIT_ARCH[machine], 1, 0),
        statement(0x06, 0x80000000),  # another architecture: kill
        statement(0x20, 0),  # load the number of the call
        statement(0x35, 0x40000000, len(forbidden) + 1, 0),  # x32 numbers are refused too
    ]
    for position, call in enumerate(forbidden):
        program.append(statement(0x15, call, len(forbidden) - position, 0))
    program += [statement(0x06, 0x7FFF0000), statement(0x06, 0x00050000 | 1)]
    code = ctypes.create_string_buffer(b"".join(program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    return bool(_libc.prctl(_PR_SET_SECCOMP, 2, ctypes.create_string_buffer(header), 0, 0) == 0)


def _confine_files(readable: Iterable[Path]) -> bool:
    """Allow reading below the given paths and nothing else (Landlock, Linux 5.13 and later)."""
    rights = ctypes.c_uint64(_LANDLOCK_FILE_RIGHTS)
    ruleset = _libc.syscall(_LANDLOCK_CREATE, ctypes.byref(rights), ctypes.c_size_t(8), 0)
    if ruleset < 0:
        return False
    for path in readable:
        _allow_reading(ruleset, path)
    done: bool = _libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return done


def _allow_reading(ruleset: int, path: Path) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    allowed = _LANDLOCK_READ if path.is_dir() else _LANDLOCK_READ & ~(1 << 3)
    rule = ctypes.create_string_buffer(struct.pack("<Qi", allowed, handle))
    _libc.syscall(_LANDLOCK_ADD, ruleset, 1, rule, 0)
    os.close(handle)
