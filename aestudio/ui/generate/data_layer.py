"""Data on a map: points, thumbnails, density contours and the groups' names, drawn once and moved while panning."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap, QTransform

from aestudio.ui import theme
from aestudio.ui.generate import contours, drawing
from aestudio.ui.generate.choosing import nearest
from aestudio.ui.widgets.layer_painter import as_image
from aestudio.ui.widgets.map_layer import MapLayer
from aestudio.ui.widgets.map_view import MapView

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aestudio.ui.generate.points import Points

MARGIN = 0.2
"""Of the widget's size: what is drawn beyond each edge, so that panning mostly moves a picture and draws nothing."""
SHARES = (0.5, 0.9)
"""Of a group's points, within its inner and its outer contour."""
CONTOURED = 12
"""So many groups have contours of their own; of more, all points together."""
NEAR = 8.0
SIDE = 40.0
"""Logical pixels of a thumbnail."""
VEIL = 150


class DataLayer(MapLayer):
    """Draws ``points``; what is ``hidden`` is left out, and what is not ``chosen`` dimmed where anything is."""

    order = 20

    def __init__(self) -> None:
        super().__init__()
        self.points: Points | None = None
        self.dots, self.lines, self.pictures = True, True, False
        self.over_pictures = True
        self.chosen: NDArray[np.intp] = np.zeros(0, np.intp)
        self._hidden: set[int] = set()
        self._shown: NDArray[np.intp] = np.zeros(0, np.intp)
        self._lines: list[tuple[int, int, QPainterPath]] = []
        self._middles: list[tuple[float, float]] = []
        self._small: dict[int, QPixmap] = {}
        self._drawn: QImage | None = None
        self._of: MapView | None = None
        self._edge = 0.0
        self._x: NDArray[np.float32] = np.zeros(0, np.float32)
        self._y, self._groups = self._x, np.zeros(0, np.int32)

    # What is drawn.

    def show(self, points: Points | None) -> None:
        """Show other points, none of them chosen."""
        self.points = points
        self.chosen = np.zeros(0, np.intp)
        self._hidden.clear()
        self._small.clear()
        self._prepare()

    def choose(self, numbers: NDArray[np.intp]) -> None:
        """Make these points stand out."""
        self.chosen = numbers
        self.refresh()

    def hide(self, groups: set[int]) -> None:
        """Leave groups out."""
        self._hidden = set(groups)
        self._prepare()

    def refresh(self) -> None:
        """Draw anew: something looks different."""
        self._drawn = None
        self.changed.emit()

    @property
    def shown(self) -> NDArray[np.intp]:
        """The numbers of the points that are not left out."""
        return self._shown

    def at(self, place: QPointF, view: MapView, reach: float = NEAR) -> int:
        """Return the number of the point next to a place of the widget, -1 where none is near."""
        if self.points is None or len(self._shown) == 0 or not (self.dots or self.pictures):
            return -1
        where = np.array(view.to_plane(place.x(), place.y()), np.float32)
        found, distances = nearest(self.points.places[self._shown], where, 1)
        return int(self._shown[found[0]]) if distances[0] * view.scale <= reach else -1

    def tip(self, place: QPointF, view: MapView) -> str:
        number = self.at(place, view)
        if number < 0 or self.points is None:
            return ""
        lines = [self.points.name(number)]
        if self.points.files and len(self.points.names) > 1:
            lines.append(self.points.group(number))
        if self.points.unlike is not None and self.points.unlike[number]:
            lines.append(self.tr("Not this model’s kind of picture"))
        return "\n".join(lines)

    def _prepare(self) -> None:
        """Find contours and middles once for all views."""
        points = self.points
        self._lines, self._middles = [], []
        if points is None:
            self._shown = np.zeros(0, np.intp)
            self.refresh()
            return
        hidden = np.isin(points.groups, list(self._hidden)) if self._hidden else np.zeros(points.count, bool)
        self._shown = np.flatnonzero(~hidden)
        places, groups = points.places[self._shown], points.groups[self._shown]
        self._x, self._y, self._groups = places[:, 0].copy(), places[:, 1].copy(), groups
        if len(places):
            low, high = places.min(0), places.max(0)
            air = np.maximum((high - low) * 0.1, 1e-3)
            box = tuple(float(v) for v in (*(low - air), *(high + air)))
            apart = len(points.names) <= CONTOURED
            for group in sorted(set(groups.tolist())) if apart else [0]:
                these = places[groups == group] if apart else places
                if len(these) >= 20:
                    self._contour(group, these, (box[0], box[1], box[2], box[3]))
        for group in range(len(points.names)):
            these = places[groups == group]
            middle = np.median(these, axis=0) if len(these) else (np.nan, np.nan)
            self._middles.append((float(middle[0]), float(middle[1])))
        self.refresh()

    def _contour(self, group: int, places: NDArray[np.float32], box: contours.Box) -> None:
        field = contours.density(places, box)
        for number, share in enumerate(SHARES):
            segments = contours.isolines(field, contours.level_around(field, share), box)
            path = QPainterPath()
            for start, end in segments.tolist():
                path.moveTo(*start)
                path.lineTo(*end)
            self._lines.append((group, number, path))

    # Painting.

    def paint(self, painter: QPainter, view: MapView) -> None:
        points = self.points
        if points is None:
            return
        if self.over_pictures and (self.dots or self.lines) and not self.pictures:
            # the mosaic steps back behind what lies on it
            painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(20, 20, 20, VEIL))
        ratio = painter.device().devicePixelRatioF()
        shift = self._shift(view, ratio)
        if shift is None:
            self._draw(view, ratio)
            shift = QPoint(0, 0)
        assert self._drawn is not None
        edge = QPoint(round(view.width * self._edge), round(view.height * self._edge))
        painter.drawImage(shift - edge, self._drawn)
        if self.pictures:
            self._paint_pictures(painter, view)
        if self.dots or self.lines:
            self._paint_names(painter, view)

    def _shift(self, view: MapView, ratio: float) -> QPoint | None:
        """Return by how much what is drawn has moved, or None where it doesn't do any more."""
        of = self._of
        if self._drawn is None or of is None or self._drawn.devicePixelRatioF() != ratio:
            return None
        if (of.scale, of.width, of.height) != (view.scale, view.width, view.height):
            return None
        x, y = (of.x - view.x) * view.scale, (view.y - of.y) * view.scale
        if abs(x) > view.width * self._edge or abs(y) > view.height * self._edge:
            return None
        return QPoint(round(x), round(y))

    def _draw(self, view: MapView, ratio: float) -> None:
        points = self.points
        assert points is not None
        # while zooming, every frame is drawn anew, and what lies beyond the edges would be drawn for nothing
        self._edge = MARGIN if self._of is not None and self._of.scale == view.scale else 0.0
        across, down = round(view.width * self._edge), round(view.height * self._edge)
        width = math.ceil((view.width + 2 * across) * ratio)
        height = math.ceil((view.height + 2 * down) * ratio)
        scale = view.scale * ratio
        x0 = (view.width / 2 + across) * ratio - view.x * scale
        y0 = (view.height / 2 + down) * ratio + view.y * scale
        if self.dots:
            chosen = None
            if len(self.chosen):
                marked = np.zeros(points.count, bool)
                marked[self.chosen] = True
                chosen = marked[self._shown]
            x = self._x * np.float32(scale) + np.float32(x0)
            y = self._y * np.float32(-scale) + np.float32(y0)
            codes = np.ascontiguousarray(drawing.draw(x, y, self._groups, width, height, chosen, ratio))
            # Qt looks colours up several times as fast as NumPy
            dots = QImage(codes.data, width, height, width, QImage.Format.Format_Indexed8)
            dots.setColorTable(_table())
            image = dots.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        else:
            image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(0)
        if self.lines:
            painter = QPainter(image)
            self._draw_lines(painter, QTransform(scale, 0, 0, -scale, x0, y0), ratio)
            painter.end()
        image.setDevicePixelRatio(ratio)
        self._drawn = image
        self._of = MapView(view.width, view.height, view.x, view.y, view.scale)

    def _draw_lines(self, painter: QPainter, transform: QTransform, ratio: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = self.over_pictures or theme.current() is theme.DARK
        painter.setTransform(transform)
        for group, inner, path in self._lines:
            colour = QColor(drawing.COLOURS[group % len(drawing.COLOURS)])
            if not dark:
                colour = colour.darker(150)
            pen = QPen(colour, (1.6, 1.0)[inner] * ratio)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawPath(path)
        painter.resetTransform()

    def _paint_pictures(self, painter: QPainter, view: MapView) -> None:
        """Paint one thumbnail in each square of the screen that has a point: the first one's."""
        points = self.points
        assert points is not None
        if points.thumbnails is None:
            return
        places = points.places[self._shown]
        x = (places[:, 0] - view.x) * view.scale + view.width / 2
        y = view.height / 2 - (places[:, 1] - view.y) * view.scale
        seen = np.flatnonzero((x > -SIDE) & (x < view.width + SIDE) & (y > -SIDE) & (y < view.height + SIDE))
        # squares of the plane and not of the screen, so that panning changes no one's picture
        cell = SIDE * 1.1 / view.scale
        squares = np.floor(places[seen] / cell).astype(np.int64)
        _, first = np.unique(squares[:, 0] * 1_000_003 + squares[:, 1], return_index=True)
        chosen = set(self.chosen.tolist())
        marks = [n for n in self._shown[seen].tolist() if n in chosen][:200]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wanted = dict.fromkeys([*self._shown[seen[first]].tolist(), *marks])
        for number in wanted:
            picture = self._thumbnail(points.thumbnails, number)
            place = QPointF(*view.to_widget(*(float(v) for v in points.places[number])))
            area = QRectF(place.x() - SIDE / 2, place.y() - SIDE / 2, SIDE, SIDE)
            if chosen and number not in chosen:
                painter.setOpacity(0.35)
            painter.drawPixmap(area, picture, QRectF(picture.rect()))
            painter.setOpacity(1.0)
            colour = QColor(drawing.COLOURS[int(points.groups[number]) % len(drawing.COLOURS)])
            bold = number in chosen
            painter.setPen(QPen(theme.current().light if bold else colour, 3 if bold else 1.5))
            painter.drawRect(area)
            if points.unlike is not None and points.unlike[number]:
                painter.setPen(QPen(theme.current().attention, 2))
                painter.drawLine(area.topLeft(), area.bottomRight())
                painter.drawLine(area.topRight(), area.bottomLeft())

    def _thumbnail(self, pictures: NDArray[np.uint8], number: int) -> QPixmap:
        if number not in self._small:
            self._small[number] = QPixmap.fromImage(as_image(np.ascontiguousarray(pictures[number])))
        return self._small[number]

    def _paint_names(self, painter: QPainter, view: MapView) -> None:
        points = self.points
        assert points is not None
        if not 1 < len(points.names) <= 40:
            return
        font = painter.font()
        font.setPixelSize(13)
        font.setBold(True)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for group, (x, y) in enumerate(self._middles):
            if group in self._hidden or math.isnan(x):
                continue
            place = QPointF(*view.to_widget(x, y))
            words = QFontMetricsF(font).elidedText(points.names[group], Qt.TextElideMode.ElideRight, 120)
            width = QFontMetricsF(font).horizontalAdvance(words) + 12
            pill = QRectF(place.x() - width / 2, place.y() - 10, width, 20)
            painter.setPen(QPen(QColor(drawing.COLOURS[group % len(drawing.COLOURS)]), 1.5))
            painter.setBrush(QColor(20, 20, 20, 215))
            painter.drawRoundedRect(pill, 6, 6)
            painter.setPen(QColor(245, 245, 245))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


@lru_cache(maxsize=1)
def _table() -> list[int]:
    """Return the colour of each code."""
    colours = {drawing.RING: QColor(255, 255, 255), drawing.OUTLINE: QColor(0, 0, 0, 190)}
    for number, name in enumerate(drawing.COLOURS):
        dim = QColor(name)
        dim.setAlpha(70)
        colours |= {number + 1: QColor(name), number + 1 + drawing.DIMMED: dim}
    return [colours[code].rgba() if code in colours else 0 for code in range(256)]
