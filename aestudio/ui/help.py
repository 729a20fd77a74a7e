"""The window's help: a list of its keys, what the program is, and the reports of crashes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from aestudio.jobs import reports
from aestudio.ui.notifications import Notice
from aestudio.ui.widgets.notice_bar import NoticeAction

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from aestudio.ui.widgets.notice_bar import NoticeBar


class Help(QObject):
    """Opens the help's dialogs with ``show_dialog`` and tells of crashes in the ``notices`` of ``window``."""

    def __init__(self, window: QWidget, notices: NoticeBar, show_dialog: Callable[[QDialog], None]) -> None:
        super().__init__(window)
        self._window, self._notices, self._show_dialog = window, notices, show_dialog

    def show_shortcuts(self) -> None:
        """List the keys."""
        from aestudio.ui.dialogs.help import ShortcutsDialog

        self._show_dialog(ShortcutsDialog(self._window))

    def show_about(self) -> None:
        """Say what the program is."""
        from aestudio.ui.dialogs.help import AboutDialog

        self._show_dialog(AboutDialog(self._window))

    def show_reports(self) -> None:
        """Show the reports of crashes."""
        from aestudio.ui.dialogs.help import ReportsDialog

        self._show_dialog(ReportsDialog(self._window))

    def tell_of_crashes(self) -> None:
        """Say once that aestudio crashed since it was last looked at, and offer the report."""
        new = reports.unseen()
        if not new:
            return
        text = reports.text_of(new)
        reports.mark_seen(new)
        self._notices.show_notice(
            Notice(
                "attention",
                self.tr("aestudio ended unexpectedly, or a part of it did, when it last ran."),
                self.tr("Your files are unharmed; a report is kept on this machine only."),
            ),
            more=(
                NoticeAction(
                    "showReportButton", self.tr("Show details"), self.tr("Show the report."), self.show_reports
                ),
                NoticeAction(
                    "copyReportButton",
                    self.tr("Copy"),
                    self.tr("Copy the report."),
                    lambda: QGuiApplication.clipboard().setText(text),
                ),
                NoticeAction(
                    "deleteReportButton",
                    self.tr("Delete"),
                    self.tr("Delete every report."),
                    reports.delete_all,
                ),
            ),
        )
