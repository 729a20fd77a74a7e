"""One panel of curves, drawn by pyqtgraph: imported where curves are shown, since pyqtgraph takes 0.4 s to import."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aestudio.ui import theme
from aestudio.ui.naming import label
from aestudio.ui.widgets.loss_plot import Panel, Points
from aestudio.ui.widgets.thinning import thinned

if TYPE_CHECKING:
    from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
    from PySide6.QtGui import QFont

AXIS_WIDTH = 52
"""Logical pixels left of the curves for their figures, alike in all panels so that these line up."""
Ticks = list[tuple[float, list[float]]]
RAW_OPACITY = 0.45
FEWEST_COLUMNS = 100
"""Columns that a curve is thinned for where its panel is narrower, or has no width yet."""


class CurvePanel(QWidget):
    """A title over a smoothed curve, what it was made of, and level lines; the heights fit what is in sight.

    ``looked_at`` says which part of the budget the wheel or the mouse chose, ``all_wanted`` that of a double-click.
    """

    looked_at = Signal(float, float)
    all_wanted = Signal()

    def __init__(self, narrowest: float, parent: QWidget | None = None) -> None:
        """``narrowest`` is the least share of the budget to show."""
        super().__init__(parent)
        self._panel = self._thin = Panel("")
        self._levels: list[Any] = []
        self.title = label("", "quiet")
        self._field = _Share("bottom")
        self._height = _Height("left")
        self.plot = pyqtgraph.PlotWidget(axisItems={"bottom": self._field, "left": self._height})
        for widget in (self.plot, self.plot.viewport()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        # half a figure's height stands out above the field
        self.plot.plotItem.layout.setContentsMargins(0, 6, 0, 0)
        self._height.setWidth(AXIS_WIDTH)
        self._height.enableAutoSIPrefix(False)
        self._box = self.plot.getViewBox()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.disableAutoRange()
        self._box.setLimits(xMin=0.0, xMax=1.0, minXRange=narrowest, maxXRange=1.0)
        self._raw = self.plot.plot(antialias=True)
        self._curve = self.plot.plot(antialias=True)
        self._end = self.plot.plot(antialias=True, symbol="o", symbolSize=6)
        self._raw.setOpacity(RAW_OPACITY)
        self._box.sigXRangeChanged.connect(self._moved)
        self._box.sigResized.connect(lambda _: self._draw())
        self.plot.scene().sigMouseClicked.connect(self._clicked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.title)
        box.addWidget(self.plot, 1)
        self.restyle()

    @property
    def heights(self) -> tuple[float, float]:
        """Return the least and the greatest height that is shown: a logarithm where the axis is logarithmic."""
        low, high = self._box.viewRange()[1]
        return low, high

    @property
    def levels(self) -> tuple[Any, ...]:
        """Return pyqtgraph's lines of the levels, the lowest first."""
        return tuple(self._levels)

    def show_panel(self, panel: Panel) -> None:
        """Draw a panel in place of what is shown."""
        levels, self._panel = self._panel.levels, panel
        self.title.setText(panel.title)
        if panel.logarithmic != self._height.logMode:
            # it also makes the whole of the curve fill the panel
            seen = self._box.viewRange()[0]
            with QSignalBlocker(self._box):
                self.plot.setLogMode(y=panel.logarithmic)
                self._box.disableAutoRange()
                self.look_at(*seen)
        self._draw()
        if panel.levels != levels:
            self._draw_levels()
        # heights of nothing mean nothing
        self._height.setStyle(showValues=bool(panel.points or panel.raw or panel.levels))
        self._fit()

    def look_at(self, first: float, last: float) -> None:
        """Show a part of the budget, in 0..1."""
        self._box.setXRange(first, last, padding=0)

    def restyle(self) -> None:
        """Draw in the theme's colours."""
        colours = theme.current()
        self.plot.setBackground(colours.panel)
        self._box.setBackgroundColor(colours.canvas)
        for axis in (self._height, self._field):
            axis.setPen(colours.line)
            axis.setTextPen(colours.quiet)
            axis.setTickFont(self._small())
        self._raw.setPen(colours.accent, width=1)
        self._curve.setPen(colours.accent, width=2)
        self._end.setSymbolBrush(colours.accent)
        self._end.setSymbolPen(colours.accent)
        self._draw_levels()
        self._box.setBorder(pyqtgraph.mkPen(colours.line))

    def _draw_levels(self) -> None:
        """Draw each level as a broken line, with its name on the side of the line where there is more room.

        Names stand at the right and the left end by turns: levels may lie close together.
        """
        for line in self._levels:
            self.plot.removeItem(line)
        colours = theme.current()
        pen = pyqtgraph.mkPen(colours.edge, style=Qt.PenStyle.DashLine)
        self._levels = []
        for number, (name, value) in enumerate(sorted(self._panel.levels, key=lambda level: level[1])):
            end = 1 - number % 2
            place = {"position": 0.01 + 0.98 * end, "color": colours.text, "anchors": [(end, 0), (end, 1)]}
            height = self._panel.drawn(value)
            line = pyqtgraph.InfiniteLine(height, angle=0, pen=pen, label=name, labelOpts=place)
            line.label.setFont(self._small())
            self._levels.append(line)
            self.plot.addItem(line)

    def _small(self) -> QFont:
        font = theme.tabular(self.font())
        font.setPixelSize(11)
        return font

    def _draw(self) -> None:
        """Draw as many points of the part in sight as can be told apart: a night's run has tens of thousands."""
        panel, (first, last) = self._panel, self._box.viewRange()[0]
        columns = max(round(self._box.width() * self.devicePixelRatioF()), FEWEST_COLUMNS)
        points, raw = thinned(panel.points, first, last, columns), thinned(panel.raw, first, last, columns)
        self._thin = dataclasses.replace(panel, points=points, raw=raw)
        for item, drawn in ((self._raw, raw), (self._curve, points), (self._end, panel.points[-1:])):
            item.setData(*_columns(drawn))

    def _fit(self) -> None:
        self._box.setYRange(*self._thin.span(*self._box.viewRange()[0]), padding=0)

    def _moved(self) -> None:
        self._draw()
        self._fit()
        first, last = self._box.viewRange()[0]
        self.looked_at.emit(first, last)

    def _clicked(self, event: MouseClickEvent) -> None:
        if event.double():
            self.all_wanted.emit()


class _Share(pyqtgraph.AxisItem):  # type: ignore[misc]
    """The axis of how much of the budget is spent: 0 to 100%."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [f"{value:.{0 if spacing >= 0.01 else 1}%}" for value in values]


class _Height(pyqtgraph.AxisItem):  # type: ignore[misc]
    """The axis of a curve's values. Where it is logarithmic and shows less than a decade it has ticks, too."""

    def logTickValues(
        self, minVal: float, maxVal: float, size: float, stdTicks: Ticks
    ) -> Ticks | list[tuple[None, list[float]]]:
        ticks = super().logTickValues(minVal, maxVal, size, stdTicks)
        if maxVal - minVal >= 1:
            return ticks  # type: ignore[no-any-return]
        low, high = 10**minVal, 10**maxVal
        for spacing, _ in self.tickSpacing(low, high, size):
            values = [spacing * n for n in range(math.ceil(low / spacing), math.floor(high / spacing) + 1)]
            if len(values) > 1:
                return [(None, [math.log10(value) for value in values])]
        return ticks  # type: ignore[no-any-return]

    def logTickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [f"{10**value * scale:.3g}" for value in values]


def _columns(points: Points) -> tuple[list[float], list[float]]:
    return [at for at, _ in points], [value for _, value in points]
