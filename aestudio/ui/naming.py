"""Names for robots and screen readers, and small helpers that every panel uses."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QToolButton, QWidget

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


def tab_along(*parts: QWidget) -> None:
    """Let the Tab key go through what takes the keyboard's focus in ``parts``, in the order of their layouts.

    By itself it goes in the order in which widgets were made, past those that joined later.
    """
    stops = [stop for part in parts for stop in _stops(part)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    elif (inside := widget.layout()) is not None:
        yield from _stops_in(inside)


def _stops_in(inside: QLayout) -> Iterator[QWidget]:
    for place in range(inside.count()):
        item = inside.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _stops(widget)
        elif (deeper := item.layout()) is not None:
            yield from _stops_in(deeper)


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
