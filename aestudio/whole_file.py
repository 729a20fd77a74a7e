"""A file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO


def partial_prefix(pid: int) -> str:
    """Return how the names of the unfinished files of that process begin."""
    return f".aestudio-{pid}-"


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
