"""Who works on what: a locked file says that a process lives, and stops saying so however it ends."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path


class Owner:
    """This process's claim on entries of the journal, known to others by ``name``. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = f"{os.getpid()}-{secrets.token_hex(6)}"
        self._path = _file_of(folder, self.name)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if not _lock(self._file):
            self.release()
            raise OSError(f"{self._path} cannot be locked")

    def release(self) -> None:
        """Give everything up."""
        os.close(self._file)
        with contextlib.suppress(OSError):
            self._path.unlink()


def is_alive(folder: Path, name: str) -> bool:
    """Return whether the owner of that name lives; where that cannot be known it counts as alive."""
    try:
        file = os.open(_file_of(folder, name), os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        return not _lock(file)
    finally:
        os.close(file)


def bury(folder: Path, name: str) -> None:
    """Remove what a dead owner left."""
    with contextlib.suppress(OSError):
        _file_of(folder, name).unlink()


def _file_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.lock"


def _lock(file: int) -> bool:
    """Lock an open file until it is closed; return False where another process, or another opening, has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
