"""Tile pyramids onto a painter: nothing is computed and no picture is copied here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from aestudio.ui.widgets.tile_pyramid import Box, TilePyramid, level_for

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels
    from aestudio.ui.widgets.viewport import Viewport


def as_image(pixels: Pixels) -> QImage:
    """Return a view of uint8 (H, W, 1 or 3) pixels as an image, without a copy: keep ``pixels`` alive."""
    height, width, channels = pixels.shape
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_Grayscale8
    return QImage(pixels.data, width, height, width * channels, kind)


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


def screen_rect(view: Viewport, box: Box) -> QRect:
    """Return whole screen pixels, rounded alike for neighbours so that no gap shows between tiles."""
    x0, y0 = view.to_canvas(box[0], box[1])
    x1, y1 = view.to_canvas(box[2], box[3])
    x, y = round(x0), round(y0)
    return QRect(x, y, max(round(x1) - x, 1), max(round(y1) - y, 1))
