"""How long to train, and what that comes to on this device."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from aestudio.catalog import store
from aestudio.jobs.training import Probed, Refused
from aestudio.ui.language import sentence, tr
from aestudio.ui.naming import label, named

ENOUGH = 0.8
"""Share of what a shipped model has seen that counts as enough for a network to learn from nothing."""

LITTLE = 0.01
"""Share of what a model has seen that is too little to teach it anything."""


class EffortPicker(QWidget):
    """``changed`` carries the minutes that are chosen."""

    changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._efforts = (
            (10.0, self.tr("Quick: 10 minutes")),
            (60.0, self.tr("Good: 1 hour")),
            (480.0, self.tr("Best: overnight, 8 hours")),
        )
        self._probed: Probed | None = None
        self.picker = named(QComboBox(), "effortPicker", self.tr("Effort"), self.tr("How long to train."))
        for minutes, words in self._efforts:
            self.picker.addItem(words, minutes)
        self.words = named(label("", "quiet", wrap=True), "effortWords", self.tr("What the effort comes to"))
        self.words.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.picker)
        box.addWidget(self.words)
        self.picker.currentIndexChanged.connect(lambda: self.changed.emit(self.minutes))

    @property
    def known(self) -> bool:
        """Whether it is known what an effort comes to."""
        return self._probed is not None

    @property
    def minutes(self) -> float:
        """The minutes of the effort that is chosen."""
        return float(self.picker.currentData())

    def show_pace(self, probed: Probed | None) -> None:
        """Say of each effort what it comes to at this pace, or nothing where that is not known."""
        self._probed = probed
        for row, (minutes, words) in enumerate(self._efforts):
            self.picker.setItemText(row, words if probed is None else f"{words} · {amount(probed, minutes)}")

    def show_asking(self) -> None:
        """Say that it is being timed."""
        self.show_pace(None)
        self._say(self.tr("Timing a few steps on this device…"))

    def show_refused(self, refused: Refused) -> None:
        """Say why nothing can be learned, in time."""
        self.show_pace(None)
        self._say(f"{sentence(refused.what)} {sentence(refused.advice)}".strip())

    def judge(self, recipe: str, start: str, minutes: float) -> None:
        """Say whether so many minutes are much or little for a network, from nothing or from a model."""
        if self._probed is not None:
            self._say(" ".join(part for part in (self._device(), judged(self._probed, recipe, start, minutes)) if part))

    def hush(self) -> None:
        """Say nothing of what is not known."""
        self.show_pace(None)
        self._say("")

    def _device(self) -> str:
        assert self._probed is not None
        return self.tr("Timed on {device}.").format(device=sentence(self._probed.device))

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))


def amount(probed: Probed, minutes: float) -> str:
    """Return how many steps and pixels so many minutes are, roughly."""
    steps, seen = probed.steps_per_second * minutes * 60, probed.megapixels_per_second * minutes * 60
    return tr("about {steps:,} steps, {seen:,} megapixels seen").format(steps=_rounded(steps), seen=_rounded(seen))


def judged(probed: Probed, recipe: str, start: str, minutes: float) -> str:
    """Return whether the time is much or little, judged by what the shipped model of the recipe has seen."""
    needed = megapixels(recipe)
    if not needed or probed.megapixels_per_second <= 0:
        return ""
    seen = probed.megapixels_per_second * minutes * 60
    if start:
        known = megapixels(start)
        words = tr("It goes on from a model that has seen {known:,} megapixels of others' pictures.")
        if seen < LITTLE * known:
            words = tr(
                "It goes on from a model that has seen {known:,} megapixels; "
                "so little time on this device will hardly change it."
            )
        return words.format(known=_rounded(known))
    if seen >= ENOUGH * needed:
        words = tr("That is enough to learn from nothing: the model that comes with aestudio saw {known:,} megapixels.")
        return words.format(known=_rounded(needed))
    words = tr(
        "From nothing this network needs about {time} on this device; "
        "starting from the model that comes with aestudio is the better choice."
    )
    return words.format(time=_long(needed / probed.megapixels_per_second))


def megapixels(model: str) -> float:
    """Return how much an installed model has seen, with those that it was begun from; 0 where that is not known."""
    card = next((m.card for m in store.installed() if m.card.id == model), None)
    seen = 0.0
    training: Any = card.training if card is not None else {}
    while isinstance(training, dict):
        value = training.get("megapixels_seen", 0)
        seen += value if isinstance(value, int | float) else 0
        training = training.get("before")
    return seen


def _rounded(value: float) -> int:
    """Return a number to two figures: more would pretend to know."""
    return int(float(f"{value:.2g}"))


def _long(seconds: float) -> str:
    if seconds < 5400:
        return tr("{minutes} minutes").format(minutes=max(1, round(seconds / 60)))
    if seconds < 172_800:
        return tr("{hours} hours").format(hours=round(seconds / 3600))
    return tr("{days} days").format(days=round(seconds / 86_400))
