"""A part of a page that scrolls up and down, so that what is below it stays in sight in a low window too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolling(body: QWidget, object_name: str, accessible_name: str) -> QScrollArea:
    """Return an area without a frame that shows ``body`` at its own width; keys go to what is in it."""
    area = QScrollArea()
    area.setObjectName(object_name)
    area.setAccessibleName(accessible_name)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    return area
