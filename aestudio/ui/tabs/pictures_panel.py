"""The panel of a restoring page that lists the pictures: its head, the list, and how many are open."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from aestudio.ui import words
from aestudio.ui.naming import label, named, tool_button
from aestudio.ui.widgets.file_list import FileList


class PicturesPanel(QFrame):
    """``files`` is the list, ``open_button`` what asks for more."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.files = named(FileList(), "fileList", self.tr("Pictures"), self.tr("The pictures that are open."))
        self.open_button = tool_button(
            "openButton", self.tr("Open pictures"), self.tr("Choose pictures to restore (Ctrl+O)."), "open"
        )
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 6, 4)
        head.addWidget(label(self.tr("Pictures"), "section"), 1)
        head.addWidget(self.open_button)
        self._hint = label("", "quiet", wrap=True)
        self._hint.setContentsMargins(12, 8, 12, 8)
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addLayout(head)
        side.addWidget(self.files, 1)
        side.addWidget(self._hint)

    def show_number(self, number: int) -> None:
        """Say how many are open, and how there will be more."""
        open_now = words.pictures(number)
        self._hint.setText(self.tr("{n}. Drop more anywhere.").format(n=open_now) if number else self.tr("None yet"))
