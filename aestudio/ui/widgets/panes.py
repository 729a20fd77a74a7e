"""The ways to compare before and after, and which part of the canvas shows what in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, Qt


class Mode(Enum):
    """How before and after are put beside each other."""

    DIVIDER = "divider"
    ACROSS = "across"
    SIDE = "side"
    AFTER = "after"
    REMOVED = "removed"
    INVENTED = "invented"


KEYS = {
    Qt.Key.Key_D: Mode.DIVIDER,
    Qt.Key.Key_H: Mode.ACROSS,
    Qt.Key.Key_S: Mode.SIDE,
    Qt.Key.Key_R: Mode.AFTER,
    Qt.Key.Key_N: Mode.REMOVED,
    Qt.Key.Key_I: Mode.INVENTED,
}
"""What a letter typed on the canvas, without Ctrl or Alt, changes the mode to."""


@dataclass(frozen=True)
class Pane:
    """A part of the canvas (screen pixels), what it shows, and how far the picture is moved to the right there."""

    area: QRect
    shows: str
    shift: int = 0


def panes(mode: Mode, width: int, height: int, divider: float, compared: bool) -> list[Pane]:
    """Return what a canvas of that size (screen pixels) shows where; the original alone unless ``compared``."""
    whole, half = QRect(0, 0, width, height), width // 2
    match mode:
        case Mode.SIDE:
            other = Pane(QRect(half, 0, width - half, height), "after" if compared else "before", half)
            return [Pane(QRect(0, 0, half, height), "before"), other]
        case _ if not compared:
            return [Pane(whole, "before")]
        case Mode.REMOVED:
            return [Pane(whole, "removed")]
        case Mode.DIVIDER:
            split = round(divider * width)
            after = QRect(split, 0, width - split, height)
            return [Pane(QRect(0, 0, split, height), "before"), Pane(after, "after")]
        case Mode.ACROSS:
            split = round(divider * height)
            after = QRect(0, split, width, height - split)
            return [Pane(QRect(0, 0, width, split), "before"), Pane(after, "after")]
    return [Pane(whole, "after")]
