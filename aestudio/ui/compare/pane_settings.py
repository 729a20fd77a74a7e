"""A pane's own settings, in a small window over it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from aestudio.ui.naming import named
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.ui.choices import Choice


class PaneSettings(QFrame):
    """Noise level and strength of one pane; ``changed`` has the new settings."""

    changed = Signal(object)

    def __init__(self, choice: Choice, card: Card, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        named(self, "paneSettings", self.tr("Settings of this pane"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(280)
        self._choice = choice
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        self.noise: LabelledSlider | None = None
        self.noise_auto: QCheckBox | None = None
        if card.task == "denoise" and not card.blind:
            self._make_noise(box, card)
        self.strength = LabelledSlider(
            "paneStrengthSlider",
            self.tr("Strength"),
            self.tr("How much of the restored picture is mixed into the original; 0 leaves it as it was."),
            low=0,
            high=100,
            default=100,
            unit="%",
        )
        self.strength.set_value(choice.strength * 100)
        self.strength.value_changed.connect(lambda percent: self._take(replace(self._choice, strength=percent / 100)))
        box.addWidget(self.strength)

    def _make_noise(self, box: QVBoxLayout, card: Card) -> None:
        low, high = (card.noise_range[0], card.noise_range[1]) if len(card.noise_range) == 2 else (0, 75)
        self.noise = LabelledSlider(
            "paneNoiseSlider",
            self.tr("Noise"),
            self.tr("How noisy the picture is taken to be: more removes more grain, and in the end fine detail."),
            low=low,
            high=high,
            default=15,
            decimals=1,
        )
        self.noise_auto = named(
            QCheckBox(self.tr("Measure it (auto)")),
            "paneNoiseAuto",
            self.tr("Measure the noise automatically"),
            self.tr("The noise is estimated from the picture's own pixels."),
        )
        self.noise_auto.setChecked(self._choice.noise is None)
        if self._choice.noise is None:
            self.noise.show_unknown(self.tr("auto"))
        else:
            self.noise.set_value(self._choice.noise)
        box.addWidget(self.noise)
        box.addWidget(self.noise_auto)
        self.noise.touched.connect(self._on_noise)
        self.noise_auto.toggled.connect(self._on_auto)

    def _on_noise(self) -> None:
        assert self.noise is not None
        assert self.noise_auto is not None
        self.noise_auto.blockSignals(True)
        self.noise_auto.setChecked(False)
        self.noise_auto.blockSignals(False)
        self._take(replace(self._choice, noise=self.noise.value))

    def _on_auto(self, auto: bool) -> None:
        assert self.noise is not None
        if auto:
            self.noise.show_unknown(self.tr("auto"))
        else:
            self.noise.set_value(self.noise.value)
        self._take(replace(self._choice, noise=None if auto else self.noise.value))

    def _take(self, choice: Choice) -> None:
        if choice != self._choice:
            self._choice = choice
            self.changed.emit(choice)
