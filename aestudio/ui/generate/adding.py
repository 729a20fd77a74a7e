"""Adds pictures up: what lies in three wells, each by its weight, and the result live."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio.ui.generate.arithmetic import SIGNS, Arithmetic
from aestudio.ui.generate.live import LiveDecoder
from aestudio.ui.generate.steps import take_step
from aestudio.ui.widgets.sample_grid import Drawn

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels
    from aestudio.ui.generate.bench import Bench

Vector = tuple[float, ...]


@dataclass(frozen=True)
class Sum:
    """What lies in the wells, by letter, and the weights that are not 1."""

    pictures: tuple[tuple[str, Drawn], ...] = ()
    weights: tuple[tuple[str, float], ...] = ()


class Adding(QObject):
    """Between the wells and the bench. ``active``: the large picture is this tool's."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.panel = Arithmetic()
        self.active = False
        self.sum = Sum()
        self.pixels: Pixels | None = None
        self._live = LiveDecoder(bench.hub, "mix", self)
        self._live.decoded.connect(self._on_decoded)
        self._live.failed.connect(bench.say)
        panel = self.panel
        panel.wanted.connect(lambda letter: self.put(letter, bench.samples.grid.selected[:1]))
        panel.dropped.connect(self.put)
        panel.files_dropped.connect(lambda letter, files: bench.encode(files[:1], lambda s: self.put(letter, s)))
        panel.emptied.connect(self.empty)
        panel.weighed.connect(self.weigh)
        panel.reset_asked.connect(lambda: self._take(Sum()))
        panel.keep_asked.connect(self.keep)
        self._show_panel()

    def put(self, letter: str, samples: list[Drawn]) -> None:
        """Put a picture into a well."""
        if samples:
            self._take(replace(self.sum, pictures=self._pictures({**dict(self.sum.pictures), letter: samples[0]})))

    def empty(self, letter: str) -> None:
        """Take the picture out of a well."""
        left = {k: v for k, v in self.sum.pictures if k != letter}
        self._take(replace(self.sum, pictures=self._pictures(left)))

    def weigh(self, letter: str, weight: float) -> None:
        """Let a picture count more or less."""
        weights = {**dict(self.sum.weights), letter: weight}
        told = tuple((k, weights[k]) for k in SIGNS if weights.get(k, 1.0) != 1)
        self._take(replace(self.sum, weights=told), letter)

    @staticmethod
    def _pictures(found: dict[str, Drawn]) -> tuple[tuple[str, Drawn], ...]:
        return tuple((letter, found[letter]) for letter in SIGNS if letter in found)

    def _take(self, after: Sum, key: object = None) -> None:
        take_step(self._bench.history, self.sum, after, self._put, key)

    def _put(self, wanted: Sum) -> None:
        self.sum = wanted
        self._show_panel()
        self._follow()

    def _show_panel(self) -> None:
        self.panel.show_sum(dict(self.sum.pictures), dict(self.sum.weights))

    @property
    def vector(self) -> Vector:
        """Where the result lies; empty while there is no A."""
        from aestudio.engine.directions import combined

        pictures, weights = dict(self.sum.pictures), dict(self.sum.weights)
        if "A" not in pictures:
            return ()
        return combined([(SIGNS[k] * weights.get(k, 1.0), picture.vector) for k, picture in pictures.items()])

    @property
    def has_result(self) -> bool:
        """Whether there is an A to begin with."""
        return any(letter == "A" for letter, _ in self.sum.pictures)

    @property
    def formula(self) -> str:
        """The sum in signs, ``A − 0.5 B + C``."""
        weights, text = dict(self.sum.weights), ""
        for letter, _ in self.sum.pictures:
            weight = weights.get(letter, 1.0)
            term = letter if weight == 1 else f"{weight:.2f} {letter}"
            text += (f" {'−' if SIGNS[letter] < 0 else '+'} " if text else "") + term
        return text

    def _follow(self) -> None:
        card, vector = self._bench.card(), self.vector
        if card is None or not vector:
            self._live.stop()
            self.pixels = None
        else:
            self._live.show(card.id, vector, dict(self.sum.pictures)["A"].label)
        self.show()

    def _on_decoded(self, vector: Vector, pixels: Pixels) -> None:
        self.pixels = pixels
        self.show()

    def show(self) -> None:
        """Show the result beside what it begins with, where this tool is in front."""
        pictures = dict(self.sum.pictures)
        if self.active and "A" in pictures and self.pixels is not None:
            self._bench.show(self.formula, self.vector, self.pixels, pictures["A"].pixels)
        elif self.active and not self.has_result:
            self._bench.show_cursor()

    def keep(self) -> None:
        """Put the result among the samples."""
        pictures = dict(self.sum.pictures)
        if "A" in pictures:
            names = ", ".join(f"{letter}: {picture.name}" for letter, picture in pictures.items())
            made = replace(pictures["A"], vector=self.vector, name=f"{self.formula} ({names})")
            self._bench.decode_all([made], self._bench.put_in_front)

    def stop(self) -> None:
        """Decode nothing more."""
        self._live.stop()

    def bring_back(self, wanted: Sum) -> None:
        """Add again what was added before another model was looked at."""
        self._put(wanted)

    def forget(self) -> None:
        """Let go of what belongs to the model."""
        self.stop()
        self.sum, self.pixels = Sum(), None
        self._show_panel()
