"""The thread between the window and the engine: it waits for events so that the window never does."""

from __future__ import annotations

import time
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

if TYPE_CHECKING:
    from aestudio.jobs.client import EngineClient
    from aestudio.jobs.events import Event
    from aestudio.jobs.spec import Message

BUDGET = 0.006
"""Seconds of events that the window handles in one turn of its loop."""
BACKLOG = 512
"""Events that may wait for the window before the thread stops taking more from the engine."""


def _process_client() -> EngineClient:
    from aestudio.jobs.client import ProcessClient

    return ProcessClient()


class WorkerThread(QThread):
    """Pumps the engine client's ``receive`` and hands events to the window's thread in small helpings.

    ``event_arrived`` is emitted in the thread that made this object, at most ``BUDGET`` seconds'
    worth of it per turn of the event loop, so that a flood of tiles never freezes the window.
    ``client`` None stands for a real engine process. What drives it is imported in the thread, since
    that would delay the window's first paint.
    """

    event_arrived = Signal(object)
    _filled = Signal()

    def __init__(self, client: EngineClient | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("engineThread")
        self._client = client
        self._lock = Lock()
        self._early: list[Message] = []
        self._events: deque[Event] = deque()
        self._stopping = False
        self._signalled = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._drain)
        self._filled.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def submit(self, message: Message) -> None:
        """Queue a message for the engine; returns at once. Starts the thread where it does not run yet."""
        if self._stopping:
            return
        if not self.isRunning():
            self.start()
        with self._lock:
            if self._client is None:
                self._early.append(message)
                return
        self._client.submit(message)

    def stop(self) -> None:
        """Stop the engine and the thread, and wait for both. Safe to call twice."""
        self._stopping = True
        self._again.stop()
        if self._client is not None:
            self._client.close()
        self.wait()
        if self._client is not None:
            # Again, for an engine that the thread was just starting.
            self._client.close()
        self._events.clear()

    def run(self) -> None:
        """Receive until stopped (in the thread itself)."""
        client = self._client or _process_client()
        if not self._stopping:
            client.start()
        with self._lock:
            self._client = client
            for message in self._early:
                client.submit(message)
            self._early.clear()
        while not self._stopping:
            event = client.receive(0.1)
            if event is None:
                continue
            self._events.append(event)
            if not self._signalled:
                self._signalled = True
                self._filled.emit()
            while len(self._events) > BACKLOG and not self._stopping:
                time.sleep(0.005)

    @Slot()
    def _drain(self) -> None:
        # Cleared before reading, so that an event that arrives meanwhile signals anew and none is left behind.
        self._signalled = False
        deadline = time.perf_counter() + BUDGET
        while self._events and not self._stopping:
            self.event_arrived.emit(self._events.popleft())
            if self._events and time.perf_counter() > deadline:
                self._signalled = True
                self._again.start()
                return
