"""The field of a folder: typed, chosen or dropped; where several are taken, the further ones are listed below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from aestudio.imageio.folders import holds
from aestudio.ui.naming import label, named, plain, push_button, tool_button
from aestudio.ui.widgets.drop_area import carries_files, dropped_paths

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

MOST = 8
"""Folders of one run: more are better put into one."""


class _Line(QLineEdit):
    """Takes folders that are dropped onto it, instead of their addresses."""

    dropped = Signal(list)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if carries_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)
        else:
            super().dropEvent(event)


class FolderField(QWidget):
    """``changed`` says that another folder is meant. With ``several``, more than one can be."""

    changed = Signal()

    def __init__(self, name: str, title: str, tip: str, several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._several = title, several
        self._further: list[tuple[Path, QWidget]] = []
        self.setAcceptDrops(True)
        self.line = named(_Line(), f"{name}Field", title, tip)
        self.browse = push_button(
            f"{name}BrowseButton", self.tr("Choose…"), self.tr("Choose the folder; it can be dropped here too."), "open"
        )
        self.more = tool_button(
            f"{name}MoreButton", self.tr("Add another folder"), self.tr("Learn from one more folder."), "plus"
        )
        # a field for one folder leaves its room, so that the buttons of fields below each other stand in line
        policy = self.more.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.more.setSizePolicy(policy)
        self.more.setVisible(several)
        self.more.setEnabled(False)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        row.addWidget(self.more)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(4)
        self.box.addLayout(row)
        self.line.dropped.connect(self.take)
        self.line.textChanged.connect(self._on_text)
        self.browse.clicked.connect(self._browse)
        self.more.clicked.connect(self._browse_more)

    def folder(self) -> Path | None:
        """Return the first folder, whole, or None where there is none."""
        text = self.line.text().strip()
        return Path(text).expanduser().absolute() if text else None

    def further(self) -> tuple[Path, ...]:
        """Return the folders beside the first one."""
        return tuple(path for path, _ in self._further)

    def folders(self) -> tuple[Path, ...]:
        """Return all of them."""
        first = self.folder()
        return ((first,) if first is not None else ()) + self.further()

    def take(self, paths: list[Path]) -> None:
        """Take what was dropped: the folders, and of files the folder that they lie in; each of them once."""
        for path in dict.fromkeys(p if holds(p.is_dir) else p.parent for p in paths):
            if self.folder() is None or not self._several:
                self.line.setText(str(path))
            elif path not in self.folders():
                self.add(path)

    def add(self, path: Path) -> None:
        """Add a folder to the first one."""
        if path in self.folders() or len(self.folders()) >= MOST:
            return
        words: QLabel = label(str(path), "quiet")
        words.setToolTip(plain(str(path)))
        remove = tool_button(
            "removeFolderButton",
            self.tr("Leave out {folder}").format(folder=path.name),
            self.tr("Do not learn from this folder."),
            "close",
        )
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(8, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(remove)
        self._further.append((path, line))
        self.box.addWidget(line)
        remove.clicked.connect(lambda: self.leave_out(path))
        self._show_more()
        self.changed.emit()

    def leave_out(self, path: Path) -> None:
        """Take a further folder away again."""
        for pair in [pair for pair in self._further if pair[0] == path]:
            self._further.remove(pair)
            pair[1].hide()
            pair[1].deleteLater()
        self._show_more()
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(dropped_paths(event.mimeData()))

    def _on_text(self) -> None:
        self._show_more()
        self.changed.emit()

    def _show_more(self) -> None:
        self.more.setEnabled(self.folder() is not None and len(self.folders()) < MOST)

    def _browse(self) -> None:
        chosen = self._ask()
        if chosen:
            self.line.setText(str(Path(chosen)))

    def _browse_more(self) -> None:
        chosen = self._ask()
        if chosen:
            self.add(Path(chosen))

    def _ask(self) -> str:
        return QFileDialog.getExistingDirectory(self, self._title, self.line.text())
