"""Names for robots and screen readers, and small helpers that every panel uses."""

from __future__ import annotations

import html
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from aestudio.ui import icons

W = TypeVar("W", bound=QWidget)


def named(widget: W, object_name: str, accessible: str, tip: str = "") -> W:
    """Give a widget its stable name, its spoken name and its sentence of help; return it."""
    widget.setObjectName(object_name)
    widget.setAccessibleName(accessible)
    if tip:
        widget.setToolTip(plain(tip))
        widget.setAccessibleDescription(tip)
    return widget


def plain(text: str) -> str:
    """Return what a tooltip shows as ``text``: a name that looks like markup is a name."""
    if "<" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def push_button(object_name: str, text: str, tip: str, icon: str = "", primary: bool = False) -> QPushButton:
    """Return a button with a verb on it."""
    button = named(QPushButton(text), object_name, text, tip)
    button.setAutoDefault(False)
    if primary:
        button.setProperty("role", "primary")
    if icon:
        icons.give(button, icon)
    return button


def tool_button(object_name: str, accessible: str, tip: str, icon: str = "", text: str = "") -> QToolButton:
    """Return a flat button with an icon or a short text."""
    button = named(QToolButton(), object_name, accessible, tip)
    button.setText(text)
    if icon:
        icons.give(button, icon)
    return button


def label(text: str, role: str = "", wrap: bool = False) -> QLabel:
    """Return a label of one of the style sheet's roles (title, section, quiet, brand)."""
    result = QLabel(text)
    # what is said may hold the name of a file or a model
    result.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        result.setProperty("role", role)
    result.setWordWrap(wrap)
    return result
