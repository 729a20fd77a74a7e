"""Brings the session and the settings to the disk: when asked, and some seconds after something changed."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from aestudio import paths, settings
from aestudio.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aestudio.ui.last_session import LastSession

log = logging.getLogger(__name__)

REST = 5_000
"""Milliseconds after which a change is written, with all that came after it: no more is lost where the program dies."""
LAST = ("session_files", "session_current", "session_tab", "window_geometry")
"""What is of one window alone: of several, that of the one which is closed last."""


class SessionStore(QObject):
    """Nothing is written unless that is ``wanted``.

    Each write leaves alone what another window wrote that this one has not changed.
    """

    def __init__(
        self, chosen: settings.Settings, session: LastSession, wanted: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings, self._session, self._wanted = chosen, session, wanted
        self._file = paths.settings_file()
        # what is not otherwise than here is as it was read or written last
        self._stored = settings.plain(chosen)
        self._taken = self._written = 0
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._rested)
        session.changed.connect(self._note)

    def now(self) -> None:
        """Write the settings as they are."""
        if self._wanted():
            self._write(*self._take())

    def leave(self) -> None:
        """Write the settings, and the session as this window leaves it."""
        self._session.keep()
        if self._wanted():
            self._write(*self._take(), dict.fromkeys(LAST))

    def close(self) -> None:
        """Write what changed since, and nothing from then on."""
        self._closed = True
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()
        self.now()

    def _note(self) -> None:
        # from the first change on, so that one who never rests is written too
        if not self._closed and not self._timer.isActive():
            self._timer.start()

    def _rested(self) -> None:
        """Write away from the window's thread: a disk may take its time."""
        if not self._wanted():
            return
        if self._thread is not None and self._thread.is_alive():
            self._timer.start()
            return
        self._session.keep()
        self._thread = threading.Thread(target=self._write, args=self._take(), name="session-store", daemon=True)
        self._thread.start()

    def _take(self) -> tuple[int, dict[str, Any]]:
        self._taken += 1
        return self._taken, settings.plain(self._settings)

    def _write(self, number: int, values: dict[str, Any], changed: dict[str, Any] | None = None) -> None:
        """Write values that were taken, unless later ones are written; ``changed`` ones also where they have not."""
        with self._writing:
            if number < self._written or (values == self._stored and not changed):
                return
            try:
                settings.save_changes(values, {**self._stored, **(changed or {})}, self._file)
                self._stored, self._written = values, number
            except (OSError, SettingsError) as error:
                log.warning("The settings could not be kept: %s", error)
