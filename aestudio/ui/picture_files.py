"""Which files are pictures, what results are called, and listing a folder without holding up the window."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from aestudio.imageio.formats import READ_SUFFIXES, SUFFIX_FORMATS

_PALETTE = frozenset({".gif", ".apng"})
TASK_WORD = {"denoise": "denoised", "upscale": "upscaled"}


def result_suffix(source: Path) -> str:
    """Return the suffix of a result that keeps its source's format where that can be written."""
    suffix = source.suffix.lower()
    if suffix in SUFFIX_FORMATS:
        return source.suffix
    return ".png" if suffix in _PALETTE else ".tif"


def result_name(source: Path, task: str, suffix: str = "") -> str:
    """Return the suggested file name of a result: ``photo-denoised.png``; ``suffix`` where it is not the source's."""
    return f"{source.stem}-{TASK_WORD[task]}{suffix or result_suffix(source)}"


def output_format(target: Path) -> str | None:
    """Return the Output.format that a target's suffix asks for, or None where it cannot be written."""
    return SUFFIX_FORMATS.get(target.suffix.lower())


def free_names(sources: Iterable[Path], folder: Path, task: str, suffix: str = "") -> list[Path]:
    """Return a target in ``folder`` for each source; none exists yet and no two are alike."""
    taken: set[str] = set()
    targets = []
    for source in sources:
        target = folder / result_name(source, task, suffix)
        if target.name.casefold() in taken:
            target = folder / f"{source.name}-{TASK_WORD[task]}{target.suffix}"
        stem, number = target.stem, 2
        while target.name.casefold() in taken or target.exists():
            target = target.with_name(f"{stem}-{number}{target.suffix}")
            number += 1
        taken.add(target.name.casefold())
        targets.append(target)
    return targets


def pictures_in(folder: Path, subfolders: bool) -> list[Path]:
    """Return the pictures of a folder by suffix, sorted; hidden files are left out. Raises OSError."""
    entries = folder.rglob("*") if subfolders else folder.iterdir()
    found = [e for e in entries if e.suffix.lower() in READ_SUFFIXES and not e.name.startswith(".") and e.is_file()]
    return sorted(found, key=lambda p: str(p).casefold())


class FolderScan(QThread):
    """Lists folders, which may be large or far away, and reports once for all of them."""

    found = Signal(list)
    failed = Signal(str, str)

    def __init__(self, targets: list[Path], subfolders: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folderScan")
        self._targets, self._subfolders = targets, subfolders

    def run(self) -> None:
        """Expand folders in place, files stay as they are (in the thread itself)."""
        files: list[Path] = []
        for target in self._targets:
            if not target.is_dir():
                files.append(target)
                continue
            try:
                pictures = pictures_in(target, self._subfolders)
            except OSError as error:
                self.failed.emit(f"The folder “{target.name}” cannot be read.", str(error))
                continue
            if not pictures:
                where = "it or its subfolders" if self._subfolders else "it"
                self.failed.emit(f"The folder “{target.name}” has no pictures in {where}.", "")
            files.extend(pictures)
        self.found.emit(files)
