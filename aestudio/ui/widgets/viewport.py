"""Where a picture lies on the canvas: zoom and place, as plain arithmetic. Qt-free.

Canvas coordinates are screen pixels (device pixels), picture coordinates are its own pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_ZOOM = 32.0
STEP = 2 ** (1 / 4)
MARGIN = 48.0
"""Screen pixels of the picture that always stay on the canvas."""


@dataclass
class Viewport:
    """``zoom`` is screen pixels per picture pixel; (``x``, ``y``) is the picture's top left on the canvas.

    While ``fitting``, the picture follows the canvas; it is never enlarged beyond 1:1 to fill it.
    """

    canvas_width: float = 1.0
    canvas_height: float = 1.0
    width: float = 0.0
    height: float = 0.0
    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    fitting: bool = True

    def fit_zoom(self) -> float:
        """Return the zoom at which the whole picture shows."""
        if not self.width or not self.height:
            return 1.0
        return min(1.0, self.canvas_width / self.width, self.canvas_height / self.height)

    def fit(self) -> None:
        """Show the whole picture and keep doing so."""
        self.fitting = True
        self.zoom = self.fit_zoom()
        self._settle()

    def resize(self, canvas_width: float, canvas_height: float) -> None:
        """Follow the canvas; without fitting, what is in the middle stays there."""
        middle = self.to_picture(self.canvas_width / 2, self.canvas_height / 2)
        self.canvas_width, self.canvas_height = max(1.0, canvas_width), max(1.0, canvas_height)
        if self.fitting:
            self.fit()
        else:
            self._place(middle, (self.canvas_width / 2, self.canvas_height / 2))

    def show_size(self, width: float, height: float) -> None:
        """Take a picture of another size; where it is the same picture enlarged, the view of it stays."""
        same_shape = self.width > 0 and abs(width * self.height - height * self.width) < 2 * max(width, self.width)
        ratio = width / self.width if same_shape else 0.0
        middle = self.to_picture(self.canvas_width / 2, self.canvas_height / 2)
        self.width, self.height = width, height
        if self.fitting or not ratio:
            self.fit()
        else:
            self.zoom = min(self.zoom / ratio, LARGEST_ZOOM)
            self._place((middle[0] * ratio, middle[1] * ratio), (self.canvas_width / 2, self.canvas_height / 2))

    def zoom_to(self, zoom: float, at: tuple[float, float] | None = None) -> None:
        """Set the zoom; the picture point under ``at`` (the canvas's middle by default) stays under it."""
        at = at or (self.canvas_width / 2, self.canvas_height / 2)
        point = self.to_picture(*at)
        self.zoom = max(min(zoom, LARGEST_ZOOM), min(self.fit_zoom(), 1.0) / 2)
        self.fitting = False
        self._place(point, at)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by screen pixels."""
        self.fitting = False
        self.x += dx
        self.y += dy
        self._settle()

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Return the picture point under a canvas point."""
        return (x - self.x) / self.zoom, (y - self.y) / self.zoom

    def to_canvas(self, x: float, y: float) -> tuple[float, float]:
        """Return the canvas point of a picture point."""
        return x * self.zoom + self.x, y * self.zoom + self.y

    def _place(self, point: tuple[float, float], at: tuple[float, float]) -> None:
        self.x = at[0] - point[0] * self.zoom
        self.y = at[1] - point[1] * self.zoom
        self._settle()

    def _settle(self) -> None:
        self.x = _settled(self.x, self.width * self.zoom, self.canvas_width, self.fitting)
        self.y = _settled(self.y, self.height * self.zoom, self.canvas_height, self.fitting)


def _settled(start: float, length: float, room: float, fitting: bool) -> float:
    """Return where an edge may lie: centred while fitting, else at least a margin of picture in sight.

    Whole screen pixels, so that 1:1 is exact.
    """
    if fitting:
        return float(round((room - length) / 2))
    margin = min(MARGIN, length, room)
    return float(round(min(max(start, margin - length), room - margin)))
