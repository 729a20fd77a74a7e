"""How pictures come in: dialogs, the clipboard, folders that are read without holding up the window."""

from __future__ import annotations

import contextlib
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from aestudio import paths
from aestudio.imageio.formats import READ_SUFFIXES
from aestudio.ui.notifications import Notice
from aestudio.ui.picture_files import FolderScan
from aestudio.ui.widgets.drop_area import dropped_paths

if TYPE_CHECKING:
    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub

HELPING = 100
"""Pictures that are added to the list at once."""


class _Storing(QThread):
    """Writes a pasted picture into a file, ``stored``, away from the window's thread: a large one takes seconds.

    ``error`` is why there is no folder for it.
    """

    def __init__(self, picture: QImage, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("pictureStoring")
        self._picture, self._stem = picture, f"pasted-{time.strftime('%Y%m%d-%H%M%S')}"
        self.folder = paths.pasted_folder()
        self.stored: Path | None = None
        self.error: OSError | None = None

    def run(self) -> None:
        """Write the picture under a name that is free (in the thread itself)."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.error = error
            return
        with contextlib.suppress(OSError):  # then nothing is stored, which is said
            target = self._reserved()
            if self._picture.save(str(target)):
                self.stored = target
            else:
                target.unlink()

    def _reserved(self) -> Path:
        """Return an empty file of its own, also where another picture is pasted at the same time."""
        for number in count(1):
            target = self.folder / (f"{self._stem}.png" if number == 1 else f"{self._stem}-{number}.png")
            with contextlib.suppress(FileExistsError):
                target.touch(exist_ok=False)
                break
        return target


class Intake(QObject):
    """``wanted``: files and folders that a person chose; ``found``: the pictures among them, in helpings, and whether
    it is the first helping. ``notice`` as in RestoreTab.
    """

    wanted = Signal(list)
    found = Signal(list, bool)
    notice = Signal(object, object)

    def __init__(self, hub: JobHub, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub, self._settings, self._widget = hub, settings, parent
        self._scans: set[FolderScan] = set()
        self._storings: set[_Storing] = set()
        self._found: list[tuple[list[Path], bool]] = []
        self._helping = QTimer(self)
        self._helping.setSingleShot(True)
        self._helping.setInterval(0)
        self._helping.timeout.connect(self._serve)
        self._closed = False

    def open(self, files: list[Path], subfolders: bool = False) -> None:
        """Look through files and folders, and their ``subfolders`` where that is asked for, here or in the settings.

        ``found`` follows. The window is not idle until then.
        """
        self._hub.hold("folders")
        scan = FolderScan(files, subfolders or self._settings.subfolders, self)
        self._scans.add(scan)
        scan.failed.connect(lambda what, details: self.notice.emit(Notice("attention", what, "", details), None))
        scan.found.connect(self._on_found)
        scan.left_out.connect(self._on_left_out)
        scan.finished.connect(lambda: self._on_scanned(scan))
        scan.start()

    def choose_files(self) -> None:
        """Ask for pictures."""
        kinds = " ".join(f"*{suffix}" for suffix in sorted(READ_SUFFIXES))
        chosen, _ = QFileDialog.getOpenFileNames(
            self._widget,
            self.tr("Open pictures"),
            self._settings.open_folder,
            self.tr("Pictures ({kinds});;All files (*)").format(kinds=kinds),
        )
        if chosen:
            self._settings.open_folder = str(Path(chosen[0]).parent)
            self.wanted.emit([Path(c) for c in chosen])

    def choose_folder(self) -> None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self._widget, self.tr("Open folder"), self._settings.open_folder)
        if chosen:
            self._settings.open_folder = chosen
            self.wanted.emit([Path(chosen)])

    def paste(self) -> None:
        """Take what is on the clipboard: files, or a picture, which is stored first."""
        data = QGuiApplication.clipboard().mimeData()
        files = dropped_paths(data) if data is not None else []
        if files:
            self.wanted.emit(files)
        elif data is not None and data.hasImage():
            self._store(QGuiApplication.clipboard().image())
        else:
            what = self.tr("There is no picture on the clipboard.")
            self.notice.emit(Notice("info", what, self.tr("Copy one and paste it here.")), None)

    def close_down(self) -> None:
        """Wait for what is being looked through or stored, and forget it."""
        self._closed = True
        self._helping.stop()
        for scan in list(self._scans):
            scan.requestInterruption()
            scan.wait()
        self._scans.clear()
        for storing in self._storings:
            storing.wait()
            if storing.stored is not None:
                # nobody is there to open it
                storing.stored.unlink(missing_ok=True)
        self._storings.clear()

    def _store(self, picture: QImage) -> None:
        """Have a picture written; it is ``wanted`` then. The window is not idle until then."""
        self._hub.hold("pasting")
        storing = _Storing(picture, self)
        self._storings.add(storing)
        storing.finished.connect(lambda: self._on_stored(storing))
        storing.start()

    def _on_stored(self, storing: _Storing) -> None:
        storing.wait()
        if self._closed:
            return
        self._storings.discard(storing)
        storing.deleteLater()
        if storing.stored is not None:
            self.wanted.emit([storing.stored])
        elif storing.error is not None:
            what = self.tr("The folder {folder} cannot be made.").format(folder=storing.folder)
            self.notice.emit(Notice("failure", what, self.tr("Check its permissions."), str(storing.error)), None)
        else:
            advice = self.tr("Check that there is room in {folder}.").format(folder=storing.folder)
            self.notice.emit(Notice("failure", self.tr("The pasted picture could not be stored."), advice), None)
        if not self._storings:
            self._hub.release("pasting")

    def _on_found(self, files: list[Path]) -> None:
        if not self._closed:
            starts = range(0, len(files), HELPING)
            self._found += [(files[start : start + HELPING], start == 0) for start in starts]
            self._serve()

    def _on_left_out(self, folders: list[Path]) -> None:
        if self._closed:
            return
        if len(folders) == 1:
            what = self.tr("The subfolders of “{name}” hold pictures too.").format(name=folders[0].name)
        else:
            what = self.tr("The subfolders of {n} folders hold pictures too.").format(n=len(folders))
        notice = Notice("info", what, action=self.tr("Open them too"))
        self.notice.emit(notice, lambda: self.open(folders, subfolders=True))

    def _serve(self) -> None:
        """Hand over one helping, so that ten thousand files do not hold up the window."""
        if self._found:
            self.found.emit(*self._found.pop(0))
        if self._found:
            self._helping.start()
        else:
            self._check()

    def _on_scanned(self, scan: FolderScan) -> None:
        scan.wait()
        self._scans.discard(scan)
        scan.deleteLater()
        self._check()

    def _check(self) -> None:
        if not self._scans and not self._found:
            self._hub.release("folders")
