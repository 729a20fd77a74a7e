"""Starting the window."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from aestudio import APP_ID, __version__, paths, settings
from aestudio.errors import SettingsError, StudioError
from aestudio.jobs import reports
from aestudio.ui import interface_size, language, theme
from aestudio.ui.application import Application
from aestudio.ui.notifications import Notice, funnel, install_hooks

if TYPE_CHECKING:
    from aestudio.ui.main_window import MainWindow

log = logging.getLogger("aestudio.qt")

NOT_STARTED = 3
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def create_app(argv: list[str]) -> QApplication:
    """Return the application, named, styled and in the theme of the settings (``--fresh``: of the defaults).

    Raises SettingsError, with an application there to show it.
    """
    existing = QApplication.instance()
    chosen, problem = settings.Settings(), None
    try:
        if "--fresh" not in argv:
            chosen = settings.load()
    except SettingsError as error:
        problem = error
    if existing is None:
        interface_size.choose(chosen.interface_size)
    # Qt takes no names of files that are not valid Unicode
    options = [*argv[:1], *(a for a in argv[1:] if a.startswith("-"))]
    app = existing if isinstance(existing, QApplication) else Application(options)
    app.setApplicationName("aestudio")
    app.setApplicationDisplayName("aestudio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP_ID)
    icon = paths.resources_folder() / "icons" / "aestudio.svg"
    if icon.is_file():
        app.setWindowIcon(QIcon(str(icon)))
    app.setProperty("fresh", "--fresh" in argv)
    if problem is not None:
        raise problem
    language.install(chosen.language)
    theme.apply(app, chosen.theme)
    return app


def main(argv: list[str]) -> int:
    """Open the window with the files in ``argv`` (program name first); return the exit code.

    Where a window of this person is open already it gets them, unless ``argv`` has ``--fresh``. What the system
    asks for by events, before there is a window and later, is opened too.
    """
    try:
        app = create_app(argv)
    except StudioError as error:
        print(f"aestudio: {error}", file=sys.stderr)
        QMessageBox.critical(None, "aestudio", str(error))
        return NOT_STARTED
    undo, unwatch = install_hooks(), reports.watch("window")
    qInstallMessageHandler(_on_qt_message)
    files = [Path(a) for a in argv[1:] if not a.startswith("-")]
    receiver = None
    try:
        if "--fresh" not in argv:
            from aestudio.ui import single_instance

            if single_instance.hand_over(files):
                return 0
            receiver = single_instance.Receiver()
            receiver.listen()
        from aestudio.ui import health
        from aestudio.ui.main_window import MainWindow

        with theme.unstyled(app):
            window = MainWindow(in_steps=True)
        if receiver is not None:
            receiver.received.connect(lambda later: _come_forward(window, later))
            window.closing.connect(receiver.close)
        if isinstance(app, Application):
            files += app.take_files()
            app.asked.connect(lambda: _come_forward(window, app.take_files()))
        window.show()
        health.check_later()
        window.open_session(files)
        return app.exec()
    finally:
        if receiver is not None:
            receiver.close()
        qInstallMessageHandler(None)
        undo()
        unwatch()


def _come_forward(window: MainWindow, files: list[Path]) -> None:
    """Show the window before all others, with the files of a later start, or those that the system asks for."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    window.open_files(files)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Send Qt's own messages to the log, and its failures to the person."""
    log.log(_LEVELS.get(kind, logging.WARNING), "%s", message)
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        funnel.publish(Notice("attention", "The window system reported a problem.", "", message))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
