"""How large a window may be on the screen that it opens on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FRAME = 16, 48
"""Logical pixels that a desktop adds to a window: its edges, and its title."""


def open_at(window: QWidget, width: int, height: int) -> None:
    """Let a window open at this size, or as large as its screen has room for."""
    room = window.screen().availableGeometry()
    window.resize(min(width, room.width() - FRAME[0]), min(height, room.height() - FRAME[1]))
