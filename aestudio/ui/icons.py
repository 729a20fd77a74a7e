"""The icons, drawn as strokes on a 20-pixel grid in the theme's colour of text."""

from __future__ import annotations

import weakref
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from aestudio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

SIZE = 16
GAP = 6
"""Between an icon and the text beside it, which style sheets cannot set."""

GLYPHS = {
    "alert": "M10 3 18 17H2Z M10 8v4.2 M10 14.6v.2",
    "area": "M3 6.5V3h3.5 M13.5 3H17v3.5 M17 13.5V17h-3.5 M6.5 17H3v-3.5 M10 7v6 M7 10h6",
    "back": "M12 4 6 10l6 6",
    "brush": "M17 3 9.5 10.5 M9.5 10.5a3 3 0 0 0-4 3c0 1.5-.8 2.6-2.5 3 3.5 1 7.5.2 8.5-2.5.6-1.6-.6-3-2-3.5Z",
    "check": "M4 10.5 8.2 15 16 5.5",
    "clock": "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4Z M10 6v4.2l2.8 1.8",
    "close": "M5 5l10 10 M15 5 5 15",
    "compare": "M2.5 4h6.5v12H2.5Z M11 4h6.5v12H11Z",
    "copy": "M7 7h9v10H7Z M4 13V3h9",
    "cross": "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4Z M7.4 7.4l5.2 5.2 M12.6 7.4l-5.2 5.2",
    "divider": "M10 2v16 M7 7l-3 3 3 3 M13 7l3 3-3 3",
    "drag": "M8 4.5H3.5v12h12V12 M9.5 10.5 17 3 M11.5 3H17v5.5",
    "eraser": "M11.5 4 16.5 9 9.5 16H6L3.5 13.5Z M7.5 8.5l4.5 4.5 M9.5 16H17",
    "eye": "M2 10c2-3.6 4.8-5.4 8-5.4s6 1.8 8 5.4c-2 3.6-4.8 5.4-8 5.4S4 13.6 2 10Z"
    " M10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8Z",
    "full": "M3 7.5V3h4.5 M12.5 3H17v4.5 M17 12.5V17h-4.5 M7.5 17H3v-4.5",
    "info": "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4Z M10 9v5 M10 6v.2",
    "lasso": "M10 3.5c-4.2 0-7 2-7 4.6s2.8 4.6 7 4.6 7-2 7-4.6-2.8-4.6-7-4.6Z"
    " M5.4 11.4c-.8 1.6-.3 3 1.1 3s1.4-1.6.2-1.9 M6.5 14.4c.2 1.2-.4 2.3-1.7 2.9",
    "lock": "M4.5 9h11v8h-11Z M6.8 9V6.2a3.2 3.2 0 0 1 6.4 0V9",
    "menu": "M3 5.5h14 M3 10h14 M3 14.5h14",
    "more": "M4.5 10v.2 M10 10v.2 M15.5 10v.2",
    "near": "M10 8.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z M4.5 4v.2 M15.5 5.5v.2 M4 14.8v.2 M14.5 15.5v.2"
    " M6 5.6 8.5 8.4 M14.2 6.8 11.6 8.8 M5.4 14 8.3 11.4 M13.5 14.6 11.4 11.6",
    "open": "M2.5 16V4.5h5L9.5 7h8v9Z",
    "panels": "M2.5 4h15v12h-15Z M7 4v12 M13 4v12",
    "pause": "M7 4v12 M13 4v12",
    "picture": "M2.5 3.5h15v13h-15Z M2.5 14l4.5-4.5 4 4 2.5-2.5 4 4 M13 6.6a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z",
    "pin": "M10 17.5c3.6-3.7 5.4-6.7 5.4-9.1a5.4 5.4 0 0 0-10.8 0c0 2.4 1.8 5.4 5.4 9.1Z M10 6.6a1.8 1.8 0 1 0 0 3.6"
    " 1.8 1.8 0 0 0 0-3.6Z",
    "play": "M6 3.5 16 10 6 16.5Z",
    "plus": "M10 4v12 M4 10h12",
    "question": "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4Z M7.8 8a2.2 2.2 0 1 1 3.5 1.8c-.9.6-1.3 1-1.3 1.9"
    " M10 14v.2",
    "rectangle": "M3 5h2.5 M8.5 5h3 M14.5 5H17v2 M17 9v2 M17 13v2h-2.5 M11.5 15h-3 M5.5 15H3v-2 M3 11V9 M3 7V5",
    "retry": "M16 10a6 6 0 1 1-2-4.5 M16 2.5v3.5h-3.5",
    "save": "M10 3v9 M6 8.5 10 12.5l4-4 M3.5 13.5V17h13v-3.5",
    "sliders": "M3 6h8 M15 6h2 M13 4.2v3.6 M3 14h2 M9 14h8 M7 12.2v3.6",
    "stop": "M5 5h10v10H5Z",
    "work": "M4 6l4 4-4 4 M10.5 6l4 4-4 4",
}
_shown: list[tuple[weakref.ref[QAbstractButton], str]] = []


def pixmap(name: str, colour: QColor, size: int = 20, ratio: float = 1.0, gap: int = 0) -> QPixmap:
    """Return an icon of ``size`` logical pixels, with ``gap`` empty ones on its right."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path fill="none" stroke-width="1.5" '
        f'stroke-linecap="round" stroke-linejoin="round" stroke="{colour.name()}" d="{GLYPHS[name]}"/></svg>'
    )
    picture = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@lru_cache(maxsize=256)
def _kept(name: str, rgb: int, size: int, ratio: float, gap: int = 0) -> QPixmap:
    return pixmap(name, QColor(rgb), size, ratio, gap)


def cached(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """Return an icon for a paint event, drawn once."""
    return _kept(name, colour.rgb(), size, ratio)


def icon(name: str, role: str = "text", gap: int = 0) -> QIcon:
    """Return an icon in a colour of the current theme, greyed where disabled."""
    colours = theme.current()
    result = QIcon()
    # At the screen's resolution; drawn once for each name and colour, since a window has dozens.
    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.screens() else 1.0
    result.addPixmap(_kept(name, getattr(colours, role).rgb(), SIZE, ratio, gap), QIcon.Mode.Normal)
    result.addPixmap(_kept(name, colours.edge.rgb(), SIZE, ratio, gap), QIcon.Mode.Disabled)
    return result


def give(button: QAbstractButton, name: str) -> None:
    """Put an icon on a button, and keep it in the theme's colour."""
    gap = GAP if button.text() else 0
    button.setIcon(icon(name, "on_accent" if button.property("role") == "primary" else "text", gap))
    button.setIconSize(QSize(SIZE + gap, SIZE))
    _shown[:] = [(ref, n) for ref, n in _shown if ref() is not None and ref() is not button]
    _shown.append((weakref.ref(button), name))


def refresh() -> None:
    """Draw every button's icon anew, after the theme changed."""
    for reference, name in list(_shown):
        button = reference()
        if button is not None:
            try:
                give(button, name)
            except RuntimeError:
                # The button's C++ half is gone with its window.
                _shown[:] = [(ref, n) for ref, n in _shown if ref is not reference]
