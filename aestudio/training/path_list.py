"""The names of very many files, packed."""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from pathlib import Path


class PathList(Sequence[Path]):
    """Paths of files, each kept as its name's bytes and its folder's number: a million take some 40 MB."""

    def __init__(self) -> None:
        self._folders: list[str] = []
        self._numbers: dict[str, int] = {}
        self._names = bytearray()
        self._folder_of, self._ends = array("I"), array("Q", [0])

    def append(self, folder: str, name: str) -> None:
        """Add a file. Another thread may read meanwhile."""
        if folder not in self._numbers:
            self._folders.append(folder)
            self._numbers[folder] = len(self._folders) - 1
        self._names += os.fsencode(name)
        self._folder_of.append(self._numbers[folder])
        # last: another thread counts these
        self._ends.append(len(self._names))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> Path:  # type: ignore[override]
        name = bytes(self._names[self._ends[number] : self._ends[number + 1]])
        return Path(self._folders[self._folder_of[number]], os.fsdecode(name))
