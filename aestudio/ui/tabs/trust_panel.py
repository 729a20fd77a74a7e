"""How far the result can be trusted: is the picture one for this model, was it noise that went, what was made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from aestudio.ui import words
from aestudio.ui.invented import AMBER, FULL
from aestudio.ui.naming import label, named, push_button
from aestudio.ui.widgets.correlogram import Correlogram
from aestudio.ui.widgets.heat_legend import HeatLegend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aestudio.jobs.events import InventedReady, Judged, Started

BESIDE = 24
"""Pixels of a button beside its words."""


class TrustPanel(QWidget):
    """Says what is known, and nothing where nothing is. ``model_wanted``: the id of the model to use instead.

    ``clean_wanted``: the picture is to be cleaned before it is enlarged, which is offered where ``can_clean`` says so.
    """

    model_wanted = Signal(str)
    clean_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._better = self._title = ""
        self._strength = 1.0
        self._judged: Judged | None = None
        self.can_clean = False
        self.kind_words = named(label("", wrap=True), "kindLabel", self.tr("Kind of picture"))
        self.kind_words.setProperty("level", "attention")
        self.better_button = push_button(
            "betterModelButton",
            self.tr("Use the other model"),
            self.tr("Restore with a model that was trained on pictures like this one."),
        )
        # a model's title must not make the panel wider than a small window has room for
        self.better_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.better_button.installEventFilter(self)
        self.clean_button = push_button(
            "cleanFirstButton",
            self.tr("Clean first"),
            self.tr("Take the noise away before the picture is enlarged, or its grain grows with it."),
        )
        self.verdict_words = named(label("", wrap=True), "verdictLabel", self.tr("What was removed"))
        self.grain = named(
            Correlogram(),
            "correlogram",
            self.tr("Autocorrelation of what was removed"),
            self.tr(
                "How alike what was removed is between a pixel and those around it: white noise shows a single "
                "bright square in the middle, camera noise a blot, removed detail a pattern."
            ),
        )
        self.grain_words = named(label("", "quiet", wrap=True), "grainLabel", self.tr("How it looks"))
        self.invented_words = named(label("", wrap=True), "inventedLabel", self.tr("Invented detail"))
        most = f"{FULL:.0f}"
        self.legend = named(
            HeatLegend(QColor(*AMBER), self.tr("right"), self.tr("off by {n}").format(n=most)),
            "inventedLegend",
            self.tr("Likely error, from none to {n} of 255 and more").format(n=most),
            self.tr("How far each part of the result is likely to be off, of 255: the more amber, the more so."),
        )
        grain = QHBoxLayout()
        grain.setSpacing(8)
        grain.addWidget(self.grain)
        grain.addWidget(self.grain_words, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(self.tr("Trust"), "section"))
        for widget in (self.kind_words, self.clean_button, self.better_button, self.verdict_words):
            box.addWidget(widget)
        box.addLayout(grain)
        box.addWidget(self.invented_words)
        box.addWidget(self.legend)
        self.better_button.clicked.connect(lambda: self.model_wanted.emit(self._better))
        self.clean_button.clicked.connect(self.clean_wanted)
        self._shown: dict[QWidget, bool] = {}
        self.show_facts(None, None, {})
        self.show_invented(False, None)

    def show_facts(self, started: Started | None, judged: Judged | None, titles: Mapping[str, str]) -> None:
        """Say what the engine found out about the picture and its result; ``titles`` names the installed models."""
        self._better = started.better if started is not None and started.better in titles else ""
        self._say(self.kind_words, words.picture_kind(started))
        clean = self.can_clean and started is not None and started.damage == "noise"
        if self._better:
            self._title = titles[self._better]
            self._name_better()
        self._show(self.clean_button, clean)
        self._show(self.better_button, bool(self._better) and not clean)
        self._judged = judged
        self._show_verdict()

    def _name_better(self) -> None:
        """Name the other model on its button, cut off where there is too little room; whole on hover."""
        words = self.tr("Use “{model}”").format(model=self._title)
        room = max(0, self.better_button.width() - BESIDE)
        metrics = self.better_button.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.better_button.setText(shown.replace("&", "&&"))
        self.better_button.setAccessibleName(words)
        self.better_button.setToolTip(f"{words}\n{self.better_button.accessibleDescription()}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # hidden, the button has no width of its own yet
        if watched is self.better_button and event.type() == QEvent.Type.Resize and self._better:
            self._name_better()
        return super().eventFilter(watched, event)

    def show_strength(self, strength: float) -> None:
        """Say it of a result of which ``strength``, 0..1, is shown."""
        if strength != self._strength:
            self._strength = strength
            self._show_verdict()

    def _show_verdict(self) -> None:
        judged, strength = self._judged, self._strength
        self._say(self.verdict_words, "" if judged is None else words.verdict(judged, strength))
        attention = judged is not None and judged.kind in ("left", "edges") and strength == 1
        self.verdict_words.setProperty("level", "attention" if attention else "")
        self.verdict_words.style().polish(self.verdict_words)
        grain = judged.correlogram if judged is not None and judged.kind != "nothing" and strength else ()
        self.grain.show_values(grain)
        self._show(self.grain, bool(grain))
        self._say(self.grain_words, words.grain(judged, strength) if judged is not None and grain else "")
        self._settle()

    def show_invented(self, on: bool, ready: InventedReady | None) -> None:
        """Say how far the result in sight is likely to be off, while that is asked for."""
        measuring = self.tr("Measuring where the result is likely to be wrong…")
        self._say(self.invented_words, ("" if not on else measuring) if ready is None else words.invented(ready))
        self._show(self.legend, on)
        self._settle()

    def _say(self, widget: QLabel, text: str) -> None:
        widget.setText(text)
        self._show(widget, bool(text))

    def _show(self, widget: QWidget, shown: bool) -> None:
        self._shown[widget] = shown
        widget.setVisible(shown)

    def _settle(self) -> None:
        self.setVisible(any(self._shown.values()))
