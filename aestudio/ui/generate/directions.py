"""The directions that a person moves pictures along: the model's own, the widest first, and those taught."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.catalog import directions as store
from aestudio.catalog.axes import axes_of
from aestudio.catalog.directions import Directions, Taught
from aestudio.errors import StudioError
from aestudio.ui.language import sentence
from aestudio.ui.notifications import Notice

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.ui.widgets.sample_grid import Drawn

Vector = tuple[float, ...]


@dataclass(frozen=True)
class Direction:
    """A direction as a slider has it: ``vector`` is what 1 on the slider adds, ``reach`` how far it goes either way."""

    key: str
    name: str
    help: str
    vector: Vector
    reach: float
    taught: bool = False


class DirectionList(QObject):
    """``changed``: there are others now. What a person taught or named is kept as soon as it is said."""

    changed = Signal()
    notice = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = Directions("")
        self._axes: list[tuple[Vector, float]] = []
        self._damaged = False
        self.support = 0
        """The first dimensions in which directions lie; 0: all."""

    @property
    def known(self) -> bool:
        """Whether the model's own directions are known."""
        return bool(self._axes)

    def begin(self, card: Card) -> None:
        """Take another model's directions."""
        self._axes, self.support, self._damaged = [], 0, False
        try:
            axes = axes_of(card)
            if axes is not None:
                self._take(axes.directions, axes.deviations)
                self.support = axes.support
        except StudioError as error:
            self._say(error)
        try:
            self._kept = store.load(card.id)
        except StudioError as error:
            self._kept, self._damaged = Directions(card.id), True
            self._say(error)
        self.changed.emit()

    def find_in(self, samples: list[Drawn]) -> None:
        """Find the directions in which samples differ, for a model whose card tells none."""
        if not self._axes and len(samples) > 1:
            import numpy as np

            from aestudio.engine.directions import principal

            _, axes, deviations = principal(np.array([sample.vector for sample in samples], np.float32))
            self._take(axes, deviations)
            self.changed.emit()

    def _take(self, axes: tuple[Vector, ...], deviations: Vector) -> None:
        total = sum(d**2 for d in deviations) or 1.0
        steps = [tuple(deviation * value for value in axis) for axis, deviation in zip(axes, deviations, strict=True)]
        self._axes = [(step, deviation**2 / total) for step, deviation in zip(steps, deviations, strict=True)]

    def taught(self) -> list[Direction]:
        """Return those that were taught by examples, the newest first."""
        return [self._shown(t) for t in reversed(self._kept.taught)]

    def own(self) -> list[Direction]:
        """Return the model's own, the widest first."""
        found = []
        for number, (step, share) in enumerate(self._axes, 1):
            key, percent = _axis_key(number), round(100 * share)
            usual = self.tr("Direction {number} ({share}%)").format(number=number, share=percent)
            name = self._kept.names.get(key)
            help_text = self.tr("Holds {share}% of the variety of the model’s pictures; 1 is their usual spread.")
            found.append(Direction(key, name or usual, help_text.format(share=percent), step, 4.0))
        return found

    def step(self, key: str) -> Vector | None:
        """Return what 1 on a direction's slider adds to a vector; None where there is no such direction."""
        own = {_axis_key(number): step for number, (step, _) in enumerate(self._axes, 1)}
        return own.get(key) or next((taught.vector for taught in self._kept.taught if taught.key == key), None)

    def _shown(self, taught: Taught) -> Direction:
        return Direction(taught.key, taught.name, self.told(taught.accuracy, taught.examples), taught.vector, 2.0, True)

    def told(self, accuracy: float | None, examples: tuple[int, int]) -> str:
        """Return a sentence on how well a direction tells its examples apart."""
        having, lacking = examples
        if accuracy is None:
            return self.tr("Learned from one example each; more of them make it surer.")
        words = self.tr("Tells {share}% of {count} examples apart without being shown them ({having} with it).")
        return words.format(share=round(100 * accuracy), count=having + lacking, having=having)

    def teach(self, name: str, having: list[Drawn], lacking: list[Drawn]) -> Direction | None:
        """Learn a direction from two groups of pictures and keep it; return it, or None where that cannot be."""
        import numpy as np

        from aestudio.engine.directions import learn

        try:
            groups = [np.array([s.vector for s in group], np.float32) for group in (having, lacking)]
            found = learn(groups[0], groups[1], self.support)
        except StudioError as error:
            self._say(error)
            return None
        taught = Taught("", name, found.vector, found.accuracy, found.examples)
        self.keep(self._kept.with_taught(taught))
        return self._shown(self._kept.taught[-1])

    def keep(self, kept: Directions) -> None:
        """Keep these from now on."""
        self._kept = kept
        try:
            # what cannot be read is not written over
            if not self._damaged:
                store.save(kept)
        except StudioError as error:
            self._say(error)
        self.changed.emit()

    @property
    def kept(self) -> Directions:
        """What is kept for the model."""
        return self._kept

    def export(self, file: Path) -> None:
        """Write what was taught to a file of its own."""
        try:
            store.write(self._kept, file)
            self.notice.emit(Notice("info", self.tr("Saved {path}.").format(path=file)))
        except StudioError as error:
            self._say(error)

    def with_those_of(self, file: Path) -> Directions | None:
        """Return what is kept and the directions of a file; None, and it is said, where they do not fit the model."""
        try:
            found = store.read(file, store.CHOOSE_OTHER)
        except StudioError as error:
            self._say(error)
            return None
        latent = len(self._axes[0][0]) if self._axes else 0
        if found.model != self._kept.model or any(latent and len(t.vector) != latent for t in found.taught):
            what = self.tr("The directions in {name} are of another model, {model}.")
            self.notice.emit(
                Notice("failure", what.format(name=file.name, model=found.model), self.tr("Choose that model first."))
            )
            return None
        kept = self._kept
        for taught in found.taught:
            if all(t.vector != taught.vector for t in kept.taught):
                kept = kept.with_taught(taught)
        return kept

    def _say(self, error: StudioError) -> None:
        self.notice.emit(Notice("failure", sentence(error.what), sentence(error.advice)))


def _axis_key(number: int) -> str:
    return f"axis-{number}"
