"""What a person should know of the installation and the data folder, looked at once the window is painted."""

from __future__ import annotations

import threading

from PySide6.QtCore import QCoreApplication, QTimer

from aestudio import contents, paths
from aestudio.errors import OutputError
from aestudio.ui.notifications import Notice, funnel

DELAY_MS = 1500


def check_later() -> None:
    """Publish notices on what is wrong, soon, from a thread of its own."""
    QTimer.singleShot(DELAY_MS, lambda: threading.Thread(target=check, name="health", daemon=True).start())


def check() -> None:
    """Publish a notice where the program's folder is incomplete or the data folder cannot be written."""
    missing = contents.missing()
    if missing:
        what = QCoreApplication.translate("health", "The program's folder is incomplete: {name} is missing.")
        advice = QCoreApplication.translate("health", "Install aestudio again.")
        funnel.publish(Notice("failure", what.format(name=missing[0]), advice, "\n".join(missing)))
    if not _writable():
        what = QCoreApplication.translate("health", "Settings and models of your own cannot be kept: {folder}.")
        advice = QCoreApplication.translate("health", "Free some space there, or make the folder writable.")
        funnel.publish(Notice("attention", what.format(folder=paths.home()), advice))


def _writable() -> bool:
    """Return whether the data folder takes a file."""
    try:
        paths.check_writable(paths.home())
    except OutputError:
        return False
    return True
