"""The curves of a training run, side by side: the loss, and the score of pictures that are held out."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from aestudio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QShowEvent

    from aestudio.ui.widgets.curve_panel import CurvePanel

Points = Sequence[tuple[float, float]]
NARROWEST = 0.01
"""The least share of the budget that fills a panel."""
STEP = 1.5


@dataclass(frozen=True)
class Panel:
    """One curve: points of (share of the budget in 0..1, value), and level lines with their names.

    ``raw`` is what a smoothed curve was made of: it is drawn faintly behind.
    """

    title: str
    points: Points = ()
    levels: tuple[tuple[str, float], ...] = ()
    logarithmic: bool = False
    raw: Points = ()

    def span(self, first: float = 0.0, last: float = 1.0) -> tuple[float, float]:
        """Return the least and the greatest value to show of a part of the budget, as they are drawn."""
        shown = [v for part in (self.points, self.raw) for at, v in part if first <= at <= last]
        values = [self.drawn(v) for v in shown] + [self.drawn(v) for _, v in self.levels]
        low, high = min(values, default=0.0), max(values, default=1.0)
        margin = max((high - low) * 0.08, 1e-3)
        return low - margin, high + margin

    def drawn(self, value: float) -> float:
        """Return the height of a value: its logarithm where the axis is logarithmic."""
        return math.log10(max(value, 1e-9)) if self.logarithmic else value


class _Plotting(QObject):
    """pyqtgraph, imported where curves are first wanted and on a thread: it takes 0.4 s, and the window never waits."""

    here = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_here = False
        self._thread: threading.Thread | None = None

    def fetch(self) -> None:
        """Import it unless that is being done; ``here`` says when it is done."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._import, name="plotting")
            self._thread.start()

    def wait(self) -> None:
        """Return when it is there, having begun with it if need be."""
        self.fetch()
        if self._thread is not None:
            self._thread.join()

    def _import(self) -> None:
        import aestudio.ui.widgets.curve_panel  # noqa: F401

        self.is_here = True
        self.here.emit()


plotting = _Plotting()


class LossPlot(QWidget):
    """Shows the panels over the whole budget, or over the part that a person looks closer at.

    The wheel and ``+`` and ``-`` look closer and farther, dragging and the arrow keys move, a double-click and Home
    show all again. ``view_changed`` says that another part is shown, ``drawn`` that the curves have come up. Nothing
    is drawn while it is out of sight.
    """

    view_changed = Signal()
    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels: tuple[Panel, ...] = ()
        self._stale = False
        self._curves: list[CurvePanel] = []
        self._first, self._last = 0.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(150)
        self._row = QHBoxLayout(self)
        # room for the ring that shows the focus
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(16)
        plotting.here.connect(self._show)

    @property
    def view(self) -> tuple[float, float]:
        """Return the part of the budget that is shown, within 0..1."""
        return self._first, self._last

    @property
    def curves(self) -> tuple[CurvePanel, ...]:
        """Return what draws the panels; none before the plotting library has come."""
        return tuple(self._curves)

    def show_panels(self, *panels: Panel) -> None:
        """Draw these panels from left to right."""
        self._panels, self._stale = panels, True
        if plotting.is_here:
            self._show()
        else:
            plotting.fetch()

    def restyle(self) -> None:
        """Draw in the theme's colours."""
        for curve in self._curves:
            curve.restyle()
        self.update()

    def look_at(self, first: float, last: float) -> None:
        """Show a part of the budget, moved to where there is something."""
        width = min(max(last - first, NARROWEST), 1.0)
        first = min(max(first, 0.0), 1.0 - width)
        if not math.isclose(first, self._first, abs_tol=1e-9) or not math.isclose(
            first + width, self._last, abs_tol=1e-9
        ):
            self._first, self._last = first, first + width
            for curve in self._curves:
                curve.look_at(*self.view)
            self.view_changed.emit()

    def zoom(self, factor: float) -> None:
        """Show ``factor`` times less, keeping the middle in its place."""
        middle, half = (self._first + self._last) / 2, (self._last - self._first) / factor / 2
        self.look_at(middle - half, middle + half)

    def move_by(self, share: float) -> None:
        """Move what is shown by a share of a panel's width."""
        offset = share * (self._last - self._first)
        self.look_at(self._first + offset, self._last + offset)

    def reset(self) -> None:
        """Show the whole budget."""
        self.look_at(0.0, 1.0)

    def sizeHint(self) -> QSize:
        return QSize(640, 190)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(STEP)
            case Qt.Key.Key_Minus:
                self.zoom(1 / STEP)
            case Qt.Key.Key_Left:
                self.move_by(-0.2)
            case Qt.Key.Key_Right:
                self.move_by(0.2)
            case Qt.Key.Key_Home:
                self.reset()
            case _:
                super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if plotting.is_here:
            self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(theme.current().accent)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def _show(self) -> None:
        if not self._stale or not self.isVisible():
            return
        self._stale = False
        if len(self._panels) != len(self._curves):
            self._make()
        for curve, panel in zip(self._curves, self._panels, strict=True):
            curve.show_panel(panel)
        if self._curves:
            self.drawn.emit()

    def _make(self) -> None:
        from aestudio.ui.widgets.curve_panel import CurvePanel

        for old in self._curves:
            old.deleteLater()
        self._curves = [CurvePanel(NARROWEST) for _ in self._panels]
        for curve in self._curves:
            self._row.addWidget(curve, 1)
            curve.look_at(*self.view)
            curve.looked_at.connect(self.look_at)
            curve.all_wanted.connect(self.reset)
