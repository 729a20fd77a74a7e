"""Restore only inside an area that is painted on the picture, or outside it. Folded away until it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from aestudio.imageio.mask import WIDEST_FEATHER, Mask
from aestudio.ui.naming import named, tool_button
from aestudio.ui.widgets.brush_tool import LARGEST, SMALLEST
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.ui.choices import Choice


class RegionControls(QWidget):
    """``changed`` tells that a person wants another region; ``painted`` is it, or None for the whole picture."""

    changed = Signal()
    shown = Signal(object)
    """Another mask shows now, by whatever way it came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painted: Mask | None = None
        help_text = self.tr("Restore only a part of the picture, which you paint with a brush.")
        self.fold = tool_button("regionFold", self.tr("Region"), help_text, text=self.tr("Region"))
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setProperty("role", "fold")
        self.brush = tool_button(
            "brushButton", self.tr("Brush"), self.tr("Paint what is to be restored ([ and ] change the size)."), "brush"
        )
        self.eraser = tool_button(
            "eraserButton", self.tr("Eraser"), self.tr("Take away from what is painted."), "eraser"
        )
        self.clear = tool_button(
            "clearRegionButton", self.tr("Clear"), self.tr("Restore the whole picture again."), "close"
        )
        self.brush.setCheckable(True)
        self.eraser.setCheckable(True)
        self.inverted = named(
            QCheckBox(self.tr("Restore outside")),
            "outsideBox",
            self.tr("Restore outside what is painted"),
            self.tr("Leave what is painted as it was, and restore the rest."),
        )
        self.brush_size = LabelledSlider(
            "brushSlider",
            self.tr("Brush size"),
            self.tr("How wide the brush is, of the picture's longer side."),
            low=SMALLEST,
            high=LARGEST,
            default=8,
            step=0.5,
            decimals=1,
            unit="%",
        )
        self.feather = LabelledSlider(
            "featherSlider",
            self.tr("Soft edge"),
            self.tr("How gently the restored part passes into the rest, of the picture's longer side."),
            low=0,
            high=100 * WIDEST_FEATHER,
            default=1,
            step=0.1,
            decimals=1,
            unit="%",
        )
        self.body = QWidget()
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (self.brush, self.eraser, self.clear):
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(self.body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(row)
        for widget in (self.inverted, self.brush_size, self.feather):
            box.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.body)
        self._unfold(False)
        self._enable()
        self.fold.toggled.connect(self._unfold)
        self.clear.clicked.connect(lambda: self.take(None))
        self.inverted.clicked.connect(self._on_edge)
        self.feather.value_changed.connect(self._on_edge)

    def take(self, mask: Mask | None) -> None:
        """Take what a person painted; the edge is as it is set here."""
        self.painted = self._edged(mask)
        self._enable()
        self.shown.emit(self.painted)
        self.changed.emit()

    def show_choice(self, choice: Choice) -> None:
        """Show the region of ``choice`` without counting it as the person's."""
        if choice.mask == self.painted:
            return
        self.painted = choice.mask
        if self.painted is not None:
            self.feather.set_value(self.painted.feather * 100)
            self.inverted.setChecked(self.painted.inverted)
            self.fold.setChecked(True)
        self._enable()
        self.shown.emit(self.painted)

    def _edged(self, mask: Mask | None) -> Mask | None:
        if mask is None:
            return None
        return replace(mask, feather=self.feather.value / 100, inverted=self.inverted.isChecked())

    def _on_edge(self) -> None:
        if self.painted is not None:
            self.painted = self._edged(self.painted)
            self.changed.emit()

    def _enable(self) -> None:
        self.clear.setEnabled(self.painted is not None)

    def _unfold(self, open_: bool) -> None:
        self.body.setVisible(open_)
        self.fold.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
        if not open_:
            self.brush.setChecked(False)
            self.eraser.setChecked(False)
