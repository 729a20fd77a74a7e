"""Tile pyramids onto a painter: nothing is computed and no picture is copied here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from aestudio.ui import theme
from aestudio.ui.widgets.tile_pyramid import Box, TilePyramid, level_for

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels
    from aestudio.ui.widgets.viewport import Viewport

FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_RGB888,
    4: QImage.Format.Format_RGBA8888,
}


def as_image(pixels: Pixels) -> QImage:
    """Return a view of uint8 (H, W, 1, 3 or 4: with opacity) as an image, without a copy: keep ``pixels`` alive."""
    height, width, channels = pixels.shape
    return QImage(pixels.data, width, height, width * channels, FORMATS[channels])


def picture_box(view: Viewport, area: QRect) -> Box:
    """Return (left, top, right, bottom) of the picture under an area of the canvas, in screen pixels."""
    left, top = view.to_picture(area.left(), area.top())
    right, bottom = view.to_picture(area.right() + 1, area.bottom() + 1)
    return left, top, right, bottom


def paint_layer(painter: QPainter, view: Viewport, layer: TilePyramid | None, area: QRect) -> None:
    """Paint what of ``layer`` lies in ``area`` (screen pixels) of the canvas."""
    if layer is None:
        return
    # A layer may be smaller than the canvas picture (the file under its enlargement).
    scale_x, scale_y = view.width / layer.width, view.height / layer.height
    zoom = view.zoom * scale_x
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < 1)
    left, top, right, bottom = picture_box(view, area)
    bounds = (left / scale_x, top / scale_y, right / scale_x, bottom / scale_y)
    if layer.preview is not None and not layer.covers(*bounds):
        rect = screen_rect(view, (0, 0, layer.width * scale_x, layer.height * scale_y))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(QRectF(rect), as_image(layer.preview))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < 1)
    number = level_for(zoom)
    for piece in layer.within(*bounds):
        right, bottom = piece.x + piece.width, piece.y + piece.height
        rect = screen_rect(view, (piece.x * scale_x, piece.y * scale_y, right * scale_x, bottom * scale_y))
        level, pixels = piece.level(number)
        source = QRectF(0, 0, piece.width / 2**level, piece.height / 2**level)
        painter.drawImage(QRectF(rect), as_image(pixels), source)


def paint_blend(
    painter: QPainter,
    view: Viewport,
    area: QRect,
    below: tuple[TilePyramid | None, ...],
    after: TilePyramid | None,
    strength: float = 1.0,
) -> None:
    """Paint a result over the layers ``below`` it, blended by ``strength``; what it hides wholly is left out."""
    hidden = after is not None and strength >= 1 and after.covers(*picture_box(view, area))
    for layer in () if hidden else below:
        paint_layer(painter, view, layer, area)
    if after is not None and strength > 0:
        painter.setOpacity(strength)
        paint_layer(painter, view, after, area)
        painter.setOpacity(1.0)


def screen_rect(view: Viewport, box: Box) -> QRect:
    """Return whole screen pixels, rounded alike for neighbours so that no gap shows between tiles."""
    x0, y0 = view.to_canvas(box[0], box[1])
    x1, y1 = view.to_canvas(box[2], box[3])
    x, y = round(x0), round(y0)
    return QRect(x, y, max(round(x1) - x, 1), max(round(y1) - y, 1))


def paint_divider(
    painter: QPainter, size: QSize, at: float, upright: bool, names: tuple[str, str], grip: bool = True
) -> None:
    """Paint the divider at the share ``at`` of a canvas, upright or lying, with the names of its two sides.

    Without ``grip`` it cannot be moved, and does not look so.
    """
    colours = theme.current()
    # drawn as if upright; lying, the two axes change places
    length, room = (size.height(), size.width()) if upright else (size.width(), size.height())
    line, middle = round(at * room), length // 2

    def place(x: float, y: float) -> QPointF:
        return QPointF(x, y) if upright else QPointF(y, x)

    for offset, thickness, colour in ((-1, 3, colours.shade), (0, 1, colours.light)):
        start = line + offset
        painter.fillRect(QRect(start, 0, thickness, length) if upright else QRect(0, start, length, thickness), colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colours.light)
    painter.setBrush(colours.shade)
    if grip:
        painter.drawEllipse(place(line + 0.5, middle), 11, 11)
        for side in (-1, 1):
            tip = line + 0.5 + side * 6.5
            for wing in (-3, 3):
                painter.drawLine(place(tip, middle), place(tip - side * 3, middle + wing))
    font = painter.font()
    font.setPixelSize(11)
    painter.setFont(font)
    for text, before in zip(names, (True, False), strict=True):
        width = QFontMetrics(font).horizontalAdvance(text) + 16
        if upright:
            pill = QRectF(line - 8 - width if before else line + 9, 12, width, 22)
        else:
            pill = QRectF(12, line - 30 if before else line + 9, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(colours.light)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
