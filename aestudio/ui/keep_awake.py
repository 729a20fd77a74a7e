"""Keeps the machine from falling asleep while a batch runs; quietly does nothing where the system has no way.

Each way ends with this process, however that ends: a machine is never kept awake by a program that is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001


class KeepAwake:
    """``keep(True)`` until ``keep(False)``; saying the same twice changes nothing."""

    def __init__(self) -> None:
        self._kept = False
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def kept(self) -> bool:
        """Whether the machine is asked to stay awake."""
        return self._kept

    def keep(self, awake: bool) -> None:
        """Ask the system to stay awake, or no longer."""
        if awake == self._kept:
            return
        self._kept = awake
        if sys.platform == "win32":
            state = _CONTINUOUS | (_SYSTEM_REQUIRED if awake else 0)
            getattr(ctypes, "windll").kernel32.SetThreadExecutionState(ctypes.c_uint(state))  # noqa: B009
        elif awake:
            self._begin()
        else:
            self._end()

    def _begin(self) -> None:
        import subprocess

        command = _command()
        if command is not None:
            with contextlib.suppress(OSError):
                self._child = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            assert child.stdin is not None
            child.stdin.close()
        import subprocess

        child.terminate()
        try:
            child.wait(1)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _command() -> list[str] | None:
    """Return a command that inhibits sleep until its standard input or this process ends, where there is one."""
    if sys.platform == "darwin":
        return ["/usr/bin/caffeinate", "-i", "-w", str(os.getpid())]
    inhibit, cat = shutil.which("systemd-inhibit"), shutil.which("cat")
    if inhibit is None or cat is None:
        return None
    # cat ends with the pipe, which the kernel closes when this process is gone
    why = "Pictures are being saved"
    return [inhibit, "--what=idle:sleep", "--mode=block", "--who=aestudio", f"--why={why}", cat]
