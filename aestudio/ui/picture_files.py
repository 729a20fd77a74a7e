"""Which files are pictures, what results are called, and listing a folder without holding up the window."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QThread, Signal

from aestudio import paths
from aestudio.imageio.folders import holds, walk_pictures
from aestudio.imageio.formats import READ_SUFFIXES, SUFFIX_FORMATS
from aestudio.jobs.names import NAME_TEMPLATE, TASK_WORDS, named, numbered
from aestudio.ui.language import tr

_PALETTE = frozenset({".gif", ".apng"})
MEANT = 20
"""So many files at once were each chosen on purpose."""
GLANCE = 20_000
"""So many entries of subfolders are looked at for pictures that nobody asked for."""


def result_suffix(source: Path) -> str:
    """Return the suffix of a result that keeps its source's format where that can be written."""
    suffix = source.suffix.lower()
    if suffix in SUFFIX_FORMATS:
        return source.suffix
    return ".png" if suffix in _PALETTE else ".tif"


def has_folder(source: Path) -> bool:
    """Return whether a picture lies in a folder of the person's own: one that was pasted does not."""
    return source.parent != paths.pasted_folder()


def pictures_folder() -> str:
    """Return the person's folder of pictures."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation) or str(Path.home())


def result_name(source: Path, task: str, suffix: str = "", template: str = NAME_TEMPLATE, stem: str = "") -> str:
    """Return the file name of a result: ``photo-denoised.png``.

    ``suffix`` and ``stem`` where they are not the source's. Raises SettingsError for a template that is none.
    """
    return named(template, stem or source.stem, TASK_WORDS[task], suffix or result_suffix(source))


def output_format(target: Path) -> str | None:
    """Return the Output.format that a target's suffix asks for, or None where it cannot be written."""
    return SUFFIX_FORMATS.get(target.suffix.lower())


def free_names(
    sources: Iterable[Path],
    folder: Path | None,
    task: str,
    suffix: str = "",
    template: str = NAME_TEMPLATE,
    replace: bool = False,
    planned: Container[str] = (),
) -> list[Path]:
    """Return a target for each source, in ``folder`` or (None) beside it; no two are alike.

    None exists or is ``planned`` yet or, with ``replace``, none is a source.
    """
    sources = list(sources)
    own = {str(source) for source in sources}
    taken: set[str] = set()

    def free(target: Path) -> bool:
        there = str(target) in own if replace else str(target.absolute()) in planned or holds(target.exists)
        return str(target).casefold() not in taken and not there

    targets = []
    for source in sources:
        place = source.parent if folder is None else folder
        target = place / result_name(source, task, suffix, template)
        if str(target).casefold() in taken:
            target = place / result_name(source, task, target.suffix, template, source.name)
        first, number = target, 2
        while not free(target):
            target = numbered(first, number)
            number += 1
        taken.add(str(target).casefold())
        targets.append(target)
    return targets


def pictures_in(
    folder: Path,
    subfolders: bool,
    on_error: Callable[[OSError], object] = lambda error: None,
    stop: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """Return the pictures of a folder, sorted; ``on_error`` hears of each folder that cannot be read.

    ``stop`` is asked now and then whether the answer is wanted no longer.
    """
    found = (Path(place, name) for place, name in walk_pictures(folder, subfolders, on_error, stop))
    return sorted(found, key=lambda p: str(p).casefold())


def has_pictures_below(folder: Path, stop: Callable[[], bool]) -> bool:
    """Return whether there is a picture in a folder's subfolders, as far as a short look tells.

    ``stop`` is asked now and then whether the answer is wanted no longer.
    """
    looked = count()
    walk = walk_pictures(folder, stop=lambda: next(looked) > GLANCE or stop())
    return any(place != str(folder) for place, _ in walk)


class FolderScan(QThread):
    """Lists folders, which may be large or far away, and reports once for all of them.

    ``left_out``: folders whose subfolders hold pictures that were not asked for.
    """

    found = Signal(list)
    failed = Signal(str, str)
    left_out = Signal(list)

    def __init__(self, targets: list[Path], subfolders: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folderScan")
        self._targets, self._subfolders = targets, subfolders

    def run(self) -> None:
        """Expand folders in place, files stay as they are (in the thread itself).

        Among many files those whose names are no pictures' are left out, as in a folder; a few were meant.
        """
        files: list[Path] = []
        read: list[tuple[Path, bool]] = []
        many, others = len(self._targets) > MEANT, 0
        for target in map(Path, self._targets):
            if not holds(target.is_dir):
                if many and target.suffix.lower() not in READ_SUFFIXES:
                    others += 1
                else:
                    files.append(target)
                continue
            closed: list[OSError] = []
            pictures = pictures_in(target, self._subfolders, closed.append, self.isInterruptionRequested)
            for error in closed:
                self._fail(Path(error.filename), error)
            files.extend(pictures)
            if not any(Path(error.filename) == target for error in closed):
                read.append((target, bool(pictures)))
        if others:
            left_out = tr("{n} of the files are no pictures and were left out.")
            self.failed.emit(left_out.format(n=others), "")
        self.found.emit(files)
        self._look_below(read)

    def _look_below(self, folders: list[tuple[Path, bool]]) -> None:
        """Tell of folders without pictures, and of those that have more of them in their subfolders."""
        deeper = []
        for folder, has_some in folders:
            if not self._subfolders and has_pictures_below(folder, self.isInterruptionRequested):
                deeper.append(folder)
            elif not has_some:
                nothing = tr("The folder “{name}” has no pictures in it.")
                if self._subfolders:
                    nothing = tr("The folder “{name}” has no pictures in it or its subfolders.")
                self.failed.emit(nothing.format(name=folder.name), "")
        if deeper:
            self.left_out.emit(deeper)

    def _fail(self, folder: Path, error: OSError) -> None:
        self.failed.emit(tr("The folder “{name}” cannot be read.").format(name=folder.name), str(error))
