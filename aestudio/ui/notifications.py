"""One funnel for everything that a person should be told. Qt-free: any thread, any layer may publish."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aestudio.jobs import reports

if TYPE_CHECKING:
    from types import TracebackType

log = logging.getLogger(__name__)

Level = Literal["info", "attention", "failure"]


@dataclass(frozen=True)
class Notice:
    """One sentence that says what happened, what to do, and technical details to copy.

    ``action`` is what the button says that comes with it, where that is not Try again.
    """

    level: Level
    what: str
    advice: str = ""
    details: str = ""
    action: str = ""


_LEVELS: dict[Level, int] = {"info": logging.INFO, "attention": logging.WARNING, "failure": logging.ERROR}
Listener = Callable[[Notice], None]


class Funnel:
    """Passes notices to its listeners; those that come before the first listener wait (the newest 20)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []
        self._waiting: deque[Notice] = deque(maxlen=20)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` for each notice, from the thread that publishes it. Returns how to stop that."""
        with self._lock:
            self._listeners.append(listener)
            waiting = list(self._waiting)
            self._waiting.clear()
        for notice in waiting:
            listener(notice)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def publish(self, notice: Notice) -> None:
        """Tell every listener, and the log."""
        log.log(_LEVELS[notice.level], "%s", "\n".join(filter(None, (notice.what, notice.advice, notice.details))))
        with self._lock:
            listeners = list(self._listeners)
            if not listeners:
                self._waiting.append(notice)
        for listener in listeners:
            listener(notice)


funnel = Funnel()


def _defect(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> Notice:
    return Notice(
        "failure",
        "Something went wrong inside aestudio.",
        "Your files are unharmed. If it happens again, report it with the details.",
        "".join(traceback.format_exception(kind, error, trace)),
    )


def install_hooks(target: Funnel = funnel) -> Callable[[], None]:
    """Send uncaught exceptions of every thread to ``target``, and keep a report. Returns how to undo it."""
    old_hook, old_thread_hook = sys.excepthook, threading.excepthook

    def tell(defect: Notice) -> None:
        reports.write(defect.what, defect.details)
        target.publish(defect)

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        old_hook(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            tell(_defect(kind, error, trace))

    def on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
        old_thread_hook(arguments)
        if arguments.exc_type is not SystemExit:
            tell(_defect(arguments.exc_type, arguments.exc_value, arguments.exc_traceback))

    sys.excepthook, threading.excepthook = on_exception, on_thread_exception

    def undo() -> None:
        sys.excepthook, threading.excepthook = old_hook, old_thread_hook

    return undo
