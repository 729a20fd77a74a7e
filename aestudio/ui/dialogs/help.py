"""Help: the keys, what the program is and is not, and the reports of crashes."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from aestudio import __version__, paths
from aestudio.jobs import reports
from aestudio.ui import keys
from aestudio.ui.naming import label, named, push_button
from aestudio.ui.screen_room import open_at

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton


class _HelpDialog(QDialog):
    """A title, a body, and a row of buttons that ends with Close."""

    def _begin(self, name: str, title: str) -> QVBoxLayout:
        named(self, name, title)
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(16)
        outer.addWidget(label(title, "title"))
        return outer

    def _end(self, outer: QVBoxLayout, *buttons: QPushButton) -> None:
        close = push_button("closeButton", self.tr("Close"), self.tr("Close this window."))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (*buttons, close):
            row.addWidget(button)
        outer.addLayout(row)


class ShortcutsDialog(_HelpDialog):
    """Lists the keys of a window, read from the window itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        outer = self._begin("shortcutsDialog", self.tr("Keyboard shortcuts"))
        open_at(self, 560, 640)
        self.list = named(QTreeWidget(), "shortcutList", self.tr("Keyboard shortcuts"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(12)
        headings = []
        for place, entries in keys.listed(window, self.tr("Everywhere")):
            group = QTreeWidgetItem(self.list, [place])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            headings.append(group)
            for what, shortcut in entries:
                QTreeWidgetItem(group, [what, shortcut])
        self.list.expandAll()
        self.list.setCurrentItem(headings[0])
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        outer.addWidget(self.list, 1)
        self._end(outer)


class AboutDialog(_HelpDialog):
    """What this program is, that it uses no network, where things lie, and whose work it stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = self._begin("aboutDialog", self.tr("About aestudio"))
        open_at(self, 560, 520)
        promise = self.tr(
            "aestudio has no network access: it looks for no updates, counts nothing and sends nothing. "
            "Your pictures, models and reports stay on this machine."
        )
        outer.addWidget(label(promise, wrap=True))
        self.text = named(QPlainTextEdit(self._facts()), "aboutText", self.tr("Version, folders and licences"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        outer.addWidget(self.text, 1)
        copy = push_button(
            "copyAboutButton", self.tr("Copy"), self.tr("Copy the version, folders and licences."), "copy"
        )
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self._end(outer, copy)

    def _facts(self) -> str:
        folders = {
            self.tr("Settings"): paths.settings_file(),
            self.tr("Your own models"): paths.user_models_folder(),
            self.tr("Crash reports"): paths.reports_folder(),
            self.tr("Log of the engine"): paths.logs_folder(),
        }
        lines = [
            f"aestudio {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            "",
            *(f"{what}: {where}" for what, where in folders.items()),
            "",
            self.tr("aestudio is under the Apache License 2.0; each model is under the licence on its card."),
            self.tr("Whose work it stands on is listed under Licences in the menu."),
        ]
        return "\n".join(lines)


class ReportsDialog(_HelpDialog):
    """Shows the reports of crashes that are kept on this machine, to read, copy or delete."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = self._begin("reportsDialog", self.tr("Crash reports"))
        open_at(self, 720, 520)
        words = self.tr(
            "Reports stay on this machine until you copy or delete them. "
            "Names of people, folders and pictures are left out of them. They lie in {folder}"
        ).format(folder=paths.reports_folder())
        where = label(words, "quiet", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        outer.addWidget(where)
        self.text = named(QPlainTextEdit(), "reportsText", self.tr("Crash reports"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        outer.addWidget(self.text, 1)
        self.copy = push_button("copyReportsButton", self.tr("Copy"), self.tr("Copy the reports."), "copy")
        self.delete = push_button("deleteReportsButton", self.tr("Delete"), self.tr("Delete every report."))
        self.folder = push_button(
            "reportsFolderButton", self.tr("Show folder"), self.tr("Show where they lie."), "open"
        )
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.delete.clicked.connect(self._delete)
        folder = QUrl.fromLocalFile(str(paths.reports_folder()))
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(folder))
        self._end(outer, self.folder, self.copy, self.delete)
        self._show()

    def _show(self) -> None:
        text = reports.text_of(reports.kept())
        self.text.setPlainText(text or self.tr("There are no reports."))
        for button in (self.copy, self.delete, self.folder):
            button.setEnabled(bool(text))

    def _delete(self) -> None:
        reports.delete_all()
        self._show()
