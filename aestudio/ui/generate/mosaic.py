"""The mosaic of a map: what places of the plane decode to, in tiles that sharpen as one looks closer."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from aestudio.jobs.events import Event, Failed, MapReady
from aestudio.jobs.plane import FLAT, Plane
from aestudio.jobs.spec import Map
from aestudio.ui.widgets.layer_painter import as_image
from aestudio.ui.widgets.map_layer import MapLayer
from aestudio.ui.widgets.map_view import Box

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.widgets.map_view import MapView

SMALLEST = 32
"""Logical pixels of the screen that a cell has at least; a larger picture has its own size."""
CELLS = 8
"""Cells along a tile's side; half as many of pictures larger than LARGE, so that the cursor never waits long."""
LARGE = 32
AT_ONCE = 2
MOST_BYTES = 96 * 2**20
COARSER = 3
"""Levels below the one that suits the zoom which are shown until that is there; each has half as many cells across."""
SETTLES = 80
"""Milliseconds after the last change of scale until the mosaic is painted smoothly again."""

Tile = tuple[int, int, int]
"""Level, column and row: at level n a cell is 2**-n wide, at (0, 0) begins the plane's origin."""


def level_for(scale: float, size: int) -> int:
    """Return the level whose cells are as large on screen as pictures of ``size`` pixels, or up to twice that."""
    return math.floor(math.log2(scale / max(size, SMALLEST)))


def tile_span(level: int, cells: int) -> float:
    """Return how much of the plane a tile's side covers."""
    return cells * 2.0**-level


def tile_box(tile: Tile, cells: int) -> Box:
    """Return what a tile covers."""
    span = tile_span(tile[0], cells)
    return tile[1] * span, tile[2] * span, (tile[1] + 1) * span, (tile[2] + 1) * span


def tiles_in(box: Box, level: int, cells: int) -> list[Tile]:
    """Return the tiles of a level that touch a box, from its middle outwards."""
    span = tile_span(level, cells)
    columns = range(math.floor(box[0] / span), math.ceil(box[2] / span))
    rows = range(math.floor(box[1] / span), math.ceil(box[3] / span))
    middle = (box[0] + box[2]) / 2 / span - 0.5, (box[1] + box[3]) / 2 / span - 0.5
    tiles = [(level, column, row) for column in columns for row in rows]
    return sorted(tiles, key=lambda t: (t[1] - middle[0]) ** 2 + (t[2] - middle[1]) ** 2)


class Mosaic(MapLayer):
    """Asks for the tiles in sight, a few at a time: coarse ones first, and never what is out of sight by then.

    ``failed`` carries the event of a tile that could not be made, after which no more are asked for;
    ``busy_changed``: it began or ended to ask.
    """

    failed = Signal(object)
    busy_changed = Signal()
    order = 0

    def __init__(self, hub: JobHub) -> None:
        super().__init__()
        self._hub = hub
        self.model, self.plane, self.label = "", FLAT, -1
        self.visible = True
        self._size, self._cells = 28, CELLS
        self._tiles: OrderedDict[Tile, QPixmap] = OrderedDict()
        self._jobs: dict[str, Tile] = {}
        self._view: MapView | None = None
        self._broken = False
        self._painted_at = 0.0
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLES)
        self._settling.timeout.connect(self.changed)

    @property
    def busy(self) -> bool:
        """Whether tiles are being made."""
        return bool(self._jobs)

    @property
    def count(self) -> int:
        """How many tiles are there."""
        return len(self._tiles)

    def show(self, model: str, size: int, plane: Plane, view: MapView, label: int = -1) -> None:
        """Show a plane of a model whose pictures have ``size`` pixels a side; of one class where it has any."""
        self.forget()
        self.model, self.plane, self.label, self._view = model, plane, label, view
        self._painted_at = view.scale
        self._size, self._cells = size, CELLS if size <= LARGE else CELLS // 2
        self._broken = False
        self.follow()

    def set_visible(self, visible: bool) -> None:
        """Show the mosaic, or only what lies on it."""
        self.visible = visible
        self.follow()
        self.changed.emit()

    def forget(self) -> None:
        """Let go of everything: another plane is looked at."""
        for job_id in self._jobs:
            self._hub.drop(job_id)
        self._jobs.clear()
        self._tiles.clear()
        self._view = None
        self.busy_changed.emit()

    def stop(self) -> None:
        """Make no more tiles until the map is moved."""
        for job_id in self._jobs:
            self._hub.drop(job_id)
        self._jobs.clear()
        self.busy_changed.emit()

    def follow(self) -> None:
        """Ask for what the view lacks."""
        if self._view is None or self._broken or not self.visible:
            return
        asked = set(self._jobs.values())
        for tile in self._wanted(self._view):
            if len(self._jobs) >= AT_ONCE:
                break
            if tile not in self._tiles and tile not in asked:
                job = Map(self.model, tile_box(tile, self._cells), self._cells, self._cells, self.plane, self.label)
                self._jobs[job.id] = tile
                self._hub.submit(job, self._on_event)
        self.busy_changed.emit()

    def close_down(self) -> None:
        """Paint nothing anew any more."""
        self._settling.stop()

    def _wanted(self, view: MapView) -> list[Tile]:
        level, box = level_for(view.scale, self._size), view.visible()
        fine = tiles_in(box, level, self._cells)
        if all(tile in self._tiles for tile in fine):
            return []
        return [*tiles_in(box, level - COARSER, self._cells), *fine]

    def _on_event(self, event: Event) -> None:
        tile = self._jobs.pop(event.id, None)
        if tile is None:
            return
        if isinstance(event, MapReady):
            # a pixmap has the screen's own format: painting it converts nothing
            self._tiles[tile] = QPixmap.fromImage(as_image(event.pixels).convertToFormat(QImage.Format.Format_RGB32))
            self._trim()
            self.changed.emit()
        elif isinstance(event, Failed):
            self._broken = True
            self.stop()
            self.failed.emit(event)
        self.follow()

    def _trim(self) -> None:
        each = (self._size * self._cells) ** 2 * 4
        while len(self._tiles) * each > MOST_BYTES:
            self._tiles.popitem(last=False)

    def paint(self, painter: QPainter, view: MapView) -> None:
        if not self.visible:
            return
        level, box = level_for(view.scale, self._size), view.visible()
        fine = tiles_in(box, level, self._cells)
        # while the scale changes, whatever is between two pixels can wait: smoothing takes more than half of a frame
        zooming = view.scale != self._painted_at
        self._painted_at = view.scale
        if zooming:
            self._settling.start()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not zooming)
        if not all(tile in self._tiles for tile in fine):
            for coarse in (*range(level - COARSER - 2, level), level + 1):
                self._paint(painter, view, tiles_in(box, coarse, self._cells))
        self._paint(painter, view, fine)

    def _paint(self, painter: QPainter, view: MapView, tiles: list[Tile]) -> None:
        for tile in tiles:
            pixmap = self._tiles.get(tile)
            if pixmap is not None:
                self._tiles.move_to_end(tile)
                left, bottom, right, top = tile_box(tile, self._cells)
                x0, y0 = view.to_widget(left, top)
                x1, y1 = view.to_widget(right, bottom)
                # whole pixels, rounded alike for neighbours so that no gap shows
                area = QRect(round(x0), round(y0), round(x1) - round(x0), round(y1) - round(y0))
                painter.drawPixmap(area, pixmap)
