"""A file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

LEFT_SECONDS = 24 * 3600
"""A half-written file that nobody has written to for so long is nobody's."""
_PARTIAL = re.compile(r"\.aestudio-\d+-[0-9a-f]{12}(-2)?(\.\w+)?")


def partial_prefix(pid: int) -> str:
    """Return how the names of the unfinished files of that process begin."""
    return f".aestudio-{pid}-"


def remove_leftovers(folder: Path) -> None:
    """Remove the unfinished files of processes that were killed, as far as that can be done.

    Nothing is written for so long without a byte reaching the disk, also not by another computer that shares it.
    """
    with contextlib.suppress(OSError):
        for partial in folder.glob(".aestudio-*"):
            if _PARTIAL.fullmatch(partial.name) and partial.stat().st_mtime < time.time() - LEFT_SECONDS:
                partial.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """Yield a file that takes the name of ``target``, over what is there, once it is whole and on the disk.

    Until then it lies beside it under a hidden name of its own, and whatever is raised meanwhile leaves nothing behind.
    Raises OSError where it cannot be written.
    """
    partial = target.with_name(f"{partial_prefix(os.getpid())}{os.urandom(6).hex()}.partial")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            # a name that reaches the disk before the bytes do would be an empty file after a power cut
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        # what was raised is what a person needs to hear
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
