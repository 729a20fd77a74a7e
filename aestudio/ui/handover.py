"""The result goes out of the window: onto the clipboard, into another program, shown in its folder."""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QMimeData, QObject, QProcess, QThread, QUrl, Signal
from PySide6.QtGui import QColorSpace, QDesktopServices, QGuiApplication, QImage, QImageReader

from aestudio import paths
from aestudio.imageio.folders import holds
from aestudio.jobs.events import ENDINGS, Event, Failed, Finished
from aestudio.jobs.ids import new_id
from aestudio.jobs.spec import Output, Save
from aestudio.ui.notifications import Notice
from aestudio.ui.widgets.file_list import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from aestudio.ui.job_hub import JobHub

CLIPBOARD_PIXELS = 100_000_000
"""What the clipboard takes: it is all held in memory, by this program and by the one that it is pasted into."""
KEPT_SECONDS = 24 * 3600
"""How long files stay that other programs were given."""
OURS = "application/x-aestudio"
"""Marks what this program put onto the clipboard."""
Purpose = Literal["picture", "file", "drag"]


class _Reading(QThread):
    """Reads a PNG for the clipboard, away from the window's thread."""

    def __init__(self, file: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("clipboardReading")
        self._file = file
        self.image, self.png = QImage(), b""

    def run(self) -> None:
        """Read the file and remove it (in the thread itself)."""
        with contextlib.suppress(OSError):  # then there is no picture, which is said
            self.png = self._file.read_bytes()
        reader = QImageReader(str(self._file))
        reader.setAllocationLimit(4 * CLIPBOARD_PIXELS // 2**20 + 1)
        self.image = reader.read()
        if self.image.colorSpace().isValid():
            # few programs look for a profile in a pasted picture
            self.image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
        shutil.rmtree(self._file.parent, ignore_errors=True)


class Handover(QObject):
    """One result at a time; ``ready`` carries the file of one that shall be dragged.

    ``job`` makes the Save of a picture's result into a file (None: there is no result), ``target`` its usual name,
    ``saved`` what was saved of it already.
    """

    changed = Signal()
    ready = Signal(object)
    notice = Signal(object, object)

    def __init__(
        self,
        hub: JobHub,
        job: Callable[[Path, Path, Output | None], Save | None],
        name: Callable[[Path], str],
        state: Callable[[Path], tuple[State, str] | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._hub, self._make_job, self._name, self._state = hub, job, name, state
        self._running: tuple[Save, Purpose] | None = None
        self._made: tuple[Save, Path] | None = None
        self._reading: _Reading | None = None

    @property
    def busy(self) -> bool:
        """Whether a result is being handed over."""
        return self._running is not None or self._reading is not None

    def copy_picture(self, path: Path, pixels: int) -> None:
        """Put a result of so many pixels onto the clipboard, as a picture of full size."""
        if pixels > CLIPBOARD_PIXELS:
            what = self.tr("The result is too large for the clipboard.")
            self.notice.emit(Notice("attention", what, self.tr("Save it, or copy it as a file.")), None)
            return
        # the colour profile goes along; nothing else means anything to who pastes it
        self._write(path, f"{path.stem}.png", Output("png", "8", metadata=False, recipe=False), "picture")

    def hand(self, path: Path, purpose: Purpose) -> None:
        """Give a result's file to the clipboard or to a drag: the saved one, or else one made for that."""
        state = self._state(path)
        if state is not None and state[0] is State.SAVED and holds(Path(state[1]).is_file):
            self._give(path, Path(state[1]), purpose)
        else:
            self._write(path, self._name(path), None, purpose)

    def forget(self, path: Path) -> None:
        """Make the file of a result anew the next time."""
        if self._made is not None and self._made[0].path == str(path):
            self._made = None

    def cancel(self) -> None:
        """Stop what is being made."""
        if self._running is not None:
            self._hub.cancel(self._running[0].id)

    def close_down(self) -> None:
        """Stop, for good."""
        if self._running is not None:
            self._hub.drop(self._running[0].id)
            self._running = None
        if self._reading is not None:
            self._reading.wait()
            self._reading = None
        release_clipboard()

    def _write(self, path: Path, name: str, output: Output | None, purpose: Purpose) -> None:
        folder = outgoing_folder() / new_id()
        job = self._make_job(path, folder / name, output)
        if job is None or self.busy:
            return
        if self._made is not None and self._made[0] == _alike(job) and holds(self._made[1].is_file):
            self._give(path, self._made[1], purpose)
            return
        try:
            _tidy()
            folder.mkdir(parents=True)
        except OSError as error:
            what = self.tr("The folder {folder} cannot be made.").format(folder=folder)
            self.notice.emit(Notice("failure", what, self.tr("Check its permissions."), str(error)), None)
            return
        self._running = (job, purpose)
        self._hub.submit(job, self._on_event)
        self.changed.emit()

    def _on_event(self, event: Event) -> None:
        if not isinstance(event, ENDINGS) or self._running is None:
            return
        (job, purpose), self._running = self._running, None
        if isinstance(event, Finished):
            file = Path(event.output)
            self._made = (_alike(job), file)
            self._give(Path(job.path), file, purpose)
        elif isinstance(event, Failed):
            self.notice.emit(Notice("failure", event.what, event.advice, event.details), None)
        self.changed.emit()

    def _give(self, path: Path, file: Path, purpose: Purpose) -> None:
        if purpose == "drag":
            self.ready.emit(file)
        elif purpose == "file":
            QGuiApplication.clipboard().setMimeData(file_data(file))
            words = self.tr("Copied {name} as a file.").format(name=file.name)
            self.notice.emit(Notice("info", words), None)
        else:
            self._reading = reading = _Reading(file, self)
            self._hub.hold("clipboard")
            reading.finished.connect(lambda: self._on_read(path, reading))
            reading.start()

    def _on_read(self, path: Path, reading: _Reading) -> None:
        reading.wait()
        if self._reading is reading and reading.image.isNull():
            self._reading = None
            words = self.tr("The result of {name} could not be copied.").format(name=path.name)
            self.notice.emit(Notice("failure", words, self.tr("Save it instead.")), None)
        elif self._reading is reading:
            self._reading = None
            data = QMimeData()
            data.setData(OURS, b"")
            data.setImageData(reading.image)
            data.setData("image/png", reading.png)
            QGuiApplication.clipboard().setMimeData(data)
            words = self.tr("Copied the result of {name}, {width} × {height} pixels.")
            size = {"width": reading.image.width(), "height": reading.image.height()}
            self.notice.emit(Notice("info", words.format(name=path.name, **size)), None)
        reading.deleteLater()
        self._hub.release("clipboard")
        self.changed.emit()


def _alike(job: Save) -> Save:
    """Return what a job says but for its id and target: two equal ones write the same file."""
    return replace(job, id="", target="")


def file_data(file: Path) -> QMimeData:
    """Return a file as the clipboard and a drag carry it."""
    data = QMimeData()
    data.setData(OURS, b"")
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def release_clipboard() -> None:
    """Put what others may still paste into Qt's own hands: data made in Python crash Qt once Python has ended."""
    clipboard = QGuiApplication.clipboard()
    data = clipboard.mimeData()
    if data is None or not data.hasFormat(OURS):
        return
    if data.hasImage():
        clipboard.setImage(clipboard.image())
    else:
        clipboard.setText("\n".join(url.toLocalFile() for url in data.urls()))


def outgoing_folder() -> Path:
    """Return the folder of files that were made for other programs."""
    return paths.cache_folder() / "outgoing"


def _tidy() -> None:
    """Remove what was handed over long ago; a program may still read what is new."""
    folder = outgoing_folder()
    for old in folder.iterdir() if folder.is_dir() else ():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)


def show_in_folder(file: Path, parent: QObject) -> None:
    """Show a file in the system's file manager, picked where it can pick."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", [f"/select,{file}"])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(file)])
    else:
        _ask_file_manager(file, parent)


def _ask_file_manager(file: Path, parent: QObject) -> None:
    """Ask the file manager of a Linux desktop (freedesktop's FileManager1), or open the folder where none answers."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    def open_folder() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        open_folder()
        return
    name, place = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"
    message = QDBusMessage.createMethodCall(name, place, name, "ShowItems")
    message.setArguments([[QUrl.fromLocalFile(str(file)).toString(QUrl.ComponentFormattingOption.FullyEncoded)], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), parent)

    def answered() -> None:
        if watcher.reply().type() is not QDBusMessage.MessageType.ReplyMessage:
            open_folder()
        watcher.deleteLater()

    watcher.finished.connect(answered)
