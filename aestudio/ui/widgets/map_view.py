"""What part of a plane a map shows: middle and scale, as plain arithmetic. Qt-free.

Widget coordinates are logical pixels from the top left; those of the plane grow to the right and upwards.
"""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in the plane's coordinates."""
DEEPEST = 4096.0
"""How many times larger than at home a map can be shown."""
FARTHEST = 0.5
MARGIN = 8.0
"""Pixels around what is shown at home."""


@dataclass
class MapView:
    """``scale`` is pixels per unit of the plane, (``x``, ``y``) the point in the middle of the widget.

    While ``at_home``, the map follows the widget's size and shows all of ``home``.
    """

    width: float = 1.0
    height: float = 1.0
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    home: Box = (-3.0, -3.0, 3.0, 3.0)
    at_home: bool = True

    def home_scale(self) -> float:
        """Return the scale at which all of home shows."""
        left, bottom, right, top = self.home
        across = max(1.0, self.width - 2 * MARGIN) / max(right - left, 1e-9)
        return min(across, max(1.0, self.height - 2 * MARGIN) / max(top - bottom, 1e-9))

    def go_home(self) -> None:
        """Show all of home, and keep doing so."""
        left, bottom, right, top = self.home
        self.at_home, self.scale = True, self.home_scale()
        self.x, self.y = (left + right) / 2, (bottom + top) / 2

    def show(self, home: Box) -> None:
        """Take another plane, whose home that is."""
        self.home = home
        self.go_home()

    def resize(self, width: float, height: float) -> None:
        """Follow the widget; away from home, what is in the middle stays there."""
        self.width, self.height = max(1.0, width), max(1.0, height)
        if self.at_home:
            self.go_home()

    def zoom_by(self, factor: float, at: tuple[float, float] | None = None) -> None:
        """Show the plane so many times larger; the point under ``at`` (the middle by default) stays under it."""
        at = at or (self.width / 2, self.height / 2)
        x, y = self.to_plane(*at)
        least = self.home_scale()
        self.scale = min(max(self.scale * factor, least * FARTHEST), least * DEEPEST)
        self.at_home = False
        self._place((x, y), at)

    def pan(self, dx: float, dy: float) -> None:
        """Move the map by pixels; its home never leaves the middle."""
        self.at_home = False
        self.x -= dx / self.scale
        self.y += dy / self.scale
        self._settle()

    def reveal(self, x: float, y: float) -> bool:
        """Move the map where a point of it is out of sight; return whether it moved."""
        left, bottom, right, top = self.visible()
        if left <= x <= right and bottom <= y <= top:
            return False
        self.at_home = False
        self.x += x - min(max(x, left), right)
        self.y += y - min(max(y, bottom), top)
        self._settle()
        return True

    def to_plane(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the plane under one of the widget."""
        return self.x + (x - self.width / 2) / self.scale, self.y - (y - self.height / 2) / self.scale

    def to_widget(self, x: float, y: float) -> tuple[float, float]:
        """Return where on the widget a point of the plane lies."""
        return self.width / 2 + (x - self.x) * self.scale, self.height / 2 - (y - self.y) * self.scale

    def visible(self) -> Box:
        """Return what of the plane shows."""
        left, top = self.to_plane(0, 0)
        right, bottom = self.to_plane(self.width, self.height)
        return left, bottom, right, top

    def _place(self, point: tuple[float, float], at: tuple[float, float]) -> None:
        self.x = point[0] - (at[0] - self.width / 2) / self.scale
        self.y = point[1] + (at[1] - self.height / 2) / self.scale
        self._settle()

    def _settle(self) -> None:
        left, bottom, right, top = self.home
        self.x = min(max(self.x, left), right)
        self.y = min(max(self.y, bottom), top)
