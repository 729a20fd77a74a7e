"""Keys of a widget as a table: done and listed from the same place, so that the list in Help cannot be wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

_KEPT_APART = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True)
class Key:
    """What one or several keys do on a widget that has the focus; ``press`` gets the key and whether Shift is down."""

    keys: tuple[Qt.Key, ...]
    words: str
    press: Callable[[Qt.Key, bool], object]


def pressed(table: Sequence[Key], event: QKeyEvent) -> bool:
    """Do what a key stands for, unless Ctrl, Alt or Meta go with it; return whether it stands for anything."""
    for entry in table:
        if event.key() in entry.keys and not event.modifiers() & _KEPT_APART:
            entry.press(Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
    return False


def listed(window: QWidget, everywhere: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (place, [(what, keys)]) for every shortcut of a window, of its menus and of the widgets in it."""
    groups: dict[str, dict[str, str]] = {}
    for action in window.actions():
        _note(groups, everywhere, action)
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QMenu):
            continue
        name = widget.accessibleName()
        for entry in getattr(widget, "keys", ()):
            words = " / ".join(dict.fromkeys(_text(QKeySequence(key)) for key in entry.keys))
            groups.setdefault(name, {})[entry.words] = words
        for action in widget.actions():
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                _note(groups, name, action)
    return [(place, list(found.items())) for place, found in groups.items() if found]


def _note(groups: dict[str, dict[str, str]], place: str, action: QAction) -> None:
    keys = " / ".join(_text(sequence) for sequence in action.shortcuts() if not sequence.isEmpty())
    if keys and not action.isSeparator():
        groups.setdefault(place, {})[action.text().rstrip("…").partition("\t")[0]] = keys


def _text(sequence: QKeySequence) -> str:
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)
