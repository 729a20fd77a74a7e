"""Starting the window."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from aestudio import __version__, paths, settings
from aestudio.ui import language, theme
from aestudio.ui.notifications import Notice, funnel, install_hooks

log = logging.getLogger("aestudio.qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def create_app(argv: list[str]) -> QApplication:
    """Return the application, named, styled and in the theme of the settings (``--fresh``: of the defaults)."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(argv)
    app.setApplicationName("aestudio")
    app.setApplicationDisplayName("aestudio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("aestudio")
    icon = paths.resources_folder() / "icons" / "aestudio.svg"
    if icon.is_file():
        app.setWindowIcon(QIcon(str(icon)))
    app.setProperty("fresh", "--fresh" in argv)
    chosen = settings.Settings() if "--fresh" in argv else settings.load()
    language.install(chosen.language)
    theme.apply(app, chosen.theme)
    return app


def main(argv: list[str]) -> int:
    """Open the window with the files in ``argv`` (program name first); return the exit code."""
    app = create_app(argv)
    undo = install_hooks()
    qInstallMessageHandler(_on_qt_message)
    try:
        from aestudio.ui.main_window import MainWindow

        window = MainWindow()
        window.show()
        files = [Path(a) for a in argv[1:] if not a.startswith("-")]
        if files:
            window.open_files(files)
        else:
            window.open_session()
        return app.exec()
    finally:
        qInstallMessageHandler(None)
        undo()


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Send Qt's own messages to the log, and its failures to the person."""
    log.log(_LEVELS.get(kind, logging.WARNING), "%s", message)
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        funnel.publish(Notice("attention", "The window system reported a problem.", "", message))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
