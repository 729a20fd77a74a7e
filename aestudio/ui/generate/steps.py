"""Steps that are undone and redone: one kind for sliders, pins and wells alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QUndoCommand, QUndoStack

from aestudio.ui.choices import MERGED_SECONDS

S = TypeVar("S")
_KIND = 1
MOST_STEPS = 500


def new_history() -> QUndoStack:
    """Return a history that forgets its oldest steps."""
    history = QUndoStack()
    history.setUndoLimit(MOST_STEPS)
    return history


class _Step(QUndoCommand):
    """Puts ``after`` in the place of ``before``; steps of one ``key`` that follow each other quickly are one."""

    def __init__(self, key: object, before: object, after: object, put: Callable[[object], None]) -> None:
        super().__init__()
        self.key, self.before, self.after, self._put = key, before, after, put
        self.at = time.monotonic()
        self._done = True

    def redo(self) -> None:
        # the history redoes a step when it is given it, and that is done
        if not self._done:
            self._put(self.after)
        self._done = True

    def undo(self) -> None:
        # what is done after this is a step of its own
        self.at = float("-inf")
        self._done = False
        self._put(self.before)

    def id(self) -> int:
        return _KIND

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or self.key is None or self.key != other.key:
            return False
        if other.at - self.at > MERGED_SECONDS:
            return False
        self.after, self.at = other.after, other.at
        return True


def take_step(history: QUndoStack, before: S, after: S, put: Callable[[S], None], key: object = None) -> None:
    """Do a step: ``put(after)`` now, ``put(before)`` when it is undone. Steps of one ``key`` in quick turn are one."""
    if before != after:
        # not by the history, where an error would leave Qt with half a step
        put(after)
        history.push(_Step(key, before, after, put))  # type: ignore[arg-type]
