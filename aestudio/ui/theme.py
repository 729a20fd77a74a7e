"""Colours of the dark and the light theme, the palette and the style sheet made of them."""

from __future__ import annotations

import string
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from aestudio import paths


@dataclass(frozen=True)
class Theme:
    """Neutral greys, one accent, amber for attention and red for failure.

    ``raised`` is a control's face and ``line`` a 1-pixel separation; ``edge`` outlines controls
    (3:1 against every ground); ``light`` and ``shade`` are marks over the picture, alike in both themes.
    """

    name: str
    canvas: QColor
    panel: QColor
    raised: QColor
    hover: QColor
    line: QColor
    edge: QColor
    text: QColor
    quiet: QColor
    accent: QColor
    on_accent: QColor
    attention: QColor
    failure: QColor
    success: QColor
    light: QColor
    shade: QColor


def _theme(name: str, *colours: str) -> Theme:
    marks = {"light": QColor(255, 255, 255, 235), "shade": QColor(0, 0, 0, 140)}
    names = [f.name for f in fields(Theme) if f.name not in ("name", *marks)]
    return Theme(name=name, **{n: QColor(c) for n, c in zip(names, colours, strict=True)}, **marks)


DARK = _theme(
    "dark",
    *("#1d1d1d", "#262626", "#323232", "#3c3c3c", "#3a3a3a", "#878787", "#e6e6e6", "#a6a6a6"),
    *("#4fb99a", "#101010", "#e0a93f", "#f0807a", "#7fbf8f"),
)
LIGHT = _theme(
    "light",
    *("#e9e9e9", "#f6f6f6", "#ffffff", "#ededed", "#d4d4d4", "#7c7c7c", "#1c1c1c", "#5e5e5e"),
    *("#0b7560", "#ffffff", "#8a5a00", "#b3261e", "#2c6e3f"),
)
_chosen = DARK
_APPLIED = "studioTheme"
"""The application's property that names the theme it has: styling anew is slow."""


def current() -> Theme:
    """Return the theme in use."""
    return _chosen


def resolve(choice: str) -> Theme:
    """Return the theme of a setting: ``dark``, ``light``, or ``auto`` for the system's (dark where it has none)."""
    if choice == "auto":
        return LIGHT if QApplication.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK
    return LIGHT if choice == "light" else DARK


def apply(app: QApplication, choice: str) -> Theme:
    """Give the application the theme of a setting; return it."""
    global _chosen
    schemes = {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}
    app.styleHints().setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))
    _chosen = resolve(choice)
    if app.property(_APPLIED) == _chosen.name:
        return _chosen
    if app.property(_APPLIED) is None:
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setProperty(_APPLIED, _chosen.name)
    app.setPalette(_palette(_chosen))
    app.setStyleSheet(style_sheet(_chosen))
    return _chosen


@contextmanager
def unstyled(app: QApplication) -> Iterator[None]:
    """Leave the style sheet off while a window is put together, which would style a page anew at each joining."""
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def style_sheet(theme: Theme) -> str:
    """Return the style sheet with the theme's colours in place of its tokens."""
    folder = paths.resources_folder() / "style"
    template = string.Template((folder / "studio.qss").read_text(encoding="utf-8"))
    tokens = {f.name: getattr(theme, f.name).name() for f in fields(theme) if f.name != "name"}
    return template.substitute(tokens, folder=folder.as_posix(), theme=theme.name)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: theme.panel,
        roles.Base: theme.raised,
        roles.AlternateBase: theme.panel,
        roles.Button: theme.raised,
        roles.ToolTipBase: theme.raised,
        roles.WindowText: theme.text,
        roles.Text: theme.text,
        roles.ButtonText: theme.text,
        roles.ToolTipText: theme.text,
        roles.PlaceholderText: theme.quiet,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Accent: theme.accent,
        roles.Link: theme.accent,
        roles.Mid: theme.line,
    }.items():
        palette.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.edge)
    return palette


def tabular(font: QFont) -> QFont:
    """Return the font with figures of one width, so that changing numbers do not wobble."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures
