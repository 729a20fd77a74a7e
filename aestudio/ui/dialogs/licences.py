"""Whose work is inside the program, and under which licence."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from aestudio import __version__, credits, paths
from aestudio.ui.naming import label, named, push_button
from aestudio.ui.screen_room import open_at


def licences_text() -> str:
    """Return the bundle's list, or where this is no bundle that of the installed packages, as Markdown."""
    try:
        return paths.licences_file().read_text(encoding="utf-8")
    except OSError:
        return credits.text()


class LicencesDialog(QDialog):
    """Shows the list of libraries, models and pictures; their full texts lie beside the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Licences")
        named(self, "licencesDialog", title)
        self.setWindowTitle(title)
        open_at(self, 640, 560)
        view = named(QTextBrowser(), "licencesView", title, self.tr("What is inside, and whose work it is."))
        view.setOpenExternalLinks(True)
        view.setMarkdown(licences_text())
        close = push_button("closeButton", self.tr("Close"), self.tr("Close this list."))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(label(f"aestudio {__version__}", "quiet"), 1)
        row.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(16)
        outer.addWidget(view, 1)
        outer.addLayout(row)
