"""One zoom and place for all panes of a comparison."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from aestudio.ui.widgets.viewport import STEP, Viewport


class SharedView(QObject):
    """A viewport that several panes of one size look through; ``moved``: something else is in sight in all of them."""

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()

    def resize(self, width: int, height: int) -> None:
        """Follow the panes' size, in screen pixels."""
        if (width, height) != (self.viewport.canvas_width, self.viewport.canvas_height):
            self.viewport.resize(width, height)
            self.moved.emit()

    def show_size(self, width: int, height: int) -> None:
        """Take a picture of another size."""
        if (width, height) != (self.viewport.width, self.viewport.height):
            self.viewport.show_size(width, height)
            self.moved.emit()

    def fit(self) -> None:
        """Show the whole picture."""
        self.viewport.fit()
        self.moved.emit()

    def zoom_to(self, zoom: float, at: tuple[float, float] | None = None) -> None:
        """Zoom about a point of the pane, in screen pixels (its middle by default)."""
        self.viewport.zoom_to(zoom, at)
        self.moved.emit()

    def zoom_by(self, steps: float, at: tuple[float, float] | None = None) -> None:
        """Zoom in (positive) or out by wheel notches."""
        self.zoom_to(self.viewport.zoom * STEP**steps, at)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by screen pixels."""
        self.viewport.pan(dx, dy)
        self.moved.emit()

    def look_at(self, x: float, y: float, zoom: float) -> None:
        """Bring a point of the picture, as shares of its width and height, into the middle."""
        view = self.viewport
        view.zoom_to(zoom)
        left, top = view.to_canvas(x * view.width, y * view.height)
        self.pan(view.canvas_width / 2 - left, view.canvas_height / 2 - top)

    def middle(self) -> tuple[float, float]:
        """Return the point in the middle, as shares of the picture's width and height."""
        view = self.viewport
        x, y = view.to_picture(view.canvas_width / 2, view.canvas_height / 2)
        return x / max(1.0, view.width), y / max(1.0, view.height)


def fitted(view: Viewport, width: int, height: int) -> Viewport:
    """Return where a picture of (width, height) lies that is fitted into the one that ``view`` shows.

    Its sides are scaled alike; where the shapes differ by no more than rounding, it fills the whole.
    """
    if not width or not height:
        return view
    if same_shape(view, width, height):
        scale_x, scale_y = view.width / width, view.height / height
    else:
        scale_x = scale_y = min(view.width / width, view.height / height)
    wide, high = width * scale_x, height * scale_y
    x = view.x + round((view.width - wide) / 2 * view.zoom)
    y = view.y + round((view.height - high) / 2 * view.zoom)
    return Viewport(view.canvas_width, view.canvas_height, wide, high, view.zoom, x, y, view.fitting)


def same_shape(view: Viewport, width: int, height: int) -> bool:
    """Return whether a picture of (width, height) has the shape of the one that ``view`` shows, but for rounding."""
    return abs(width * view.height - height * view.width) < 2 * max(view.width, view.height, width, height)
