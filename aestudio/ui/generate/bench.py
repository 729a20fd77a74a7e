"""What every tool of the generate page works with: the model, the samples, the large picture and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import Event, Failed, PicturesReady
from aestudio.jobs.ids import new_id
from aestudio.jobs.spec import Decode
from aestudio.ui.generate.steps import new_history, take_step
from aestudio.ui.notifications import Notice
from aestudio.ui.widgets.sample_grid import Drawn

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.imageio.halve import Pixels
    from aestudio.settings import Settings
    from aestudio.ui.generate.atlas import Atlas
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.tabs.generate_controls import GenerateControls
    from aestudio.ui.tabs.own_pictures import OwnPictures
    from aestudio.ui.tabs.samples import Samples
    from aestudio.ui.widgets.latent_map import LatentMap

Vector = tuple[float, ...]


class Bench(QObject):
    """``changed``: something is under way or is done; ``notice`` carries what a person should be told.

    ``progressed``: the ``progress`` is another.
    """

    changed = Signal()
    progressed = Signal()
    notice = Signal(object)

    def __init__(
        self,
        hub: JobHub,
        settings: Settings,
        inspector: GenerateControls,
        samples: Samples,
        own: OwnPictures,
        map_: LatentMap,
        atlas: Atlas,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.hub, self.settings, self.inspector = hub, settings, inspector
        self.samples, self.own, self.map, self.atlas = samples, own, map_, atlas
        self.history = new_history()
        self.history.setParent(self)
        self.progress = 0, 1
        """How much is done, and of how much."""
        self._batches: dict[str, tuple[list[Drawn], Callable[[list[Drawn]], None]]] = {}

    def card(self) -> Card | None:
        """Return the card of the chosen model."""
        return self.inspector.card()

    @property
    def mapped(self) -> bool:
        """Whether there is a map on which vectors have places."""
        return self.map.isVisible() and self.map.ready

    @property
    def busy(self) -> bool:
        """Whether several pictures are being decoded."""
        return bool(self._batches)

    @property
    def place_class(self) -> int:
        """The class that a place of the map is decoded as; -1 for a model without classes."""
        return self.atlas.place_class

    def labels_of(self, samples: Sequence[Drawn]) -> tuple[int, ...]:
        """Return the class of every sample for a model that is told one, nothing for another.

        One whose class is not known is of the first, as a vector that is decoded alone.
        """
        told = self.place_class >= 0 or any(sample.label >= 0 for sample in samples)
        return tuple(max(sample.label, 0) for sample in samples) if told else ()

    def place(self, vector: Vector) -> tuple[float, float]:
        """Return where on the map a vector lies; where that is not known, the cursor stays where it is."""
        return self.atlas.place_of(vector) or self.map.point

    def vector(self, x: float, y: float) -> Vector | None:
        """Return the vector that a place of the map stands for."""
        return self.atlas.vector_at(x, y)

    def show(self, title: str, vector: Vector, pixels: Pixels | None, original: Pixels | None = None) -> None:
        """Show a picture large, beside what it was made of, and where it lies."""
        there = self.place(vector) if self.mapped and vector else None
        self.inspector.show_decoded(title, "" if there is None else f"{there[0]:+z.2f}, {there[1]:+z.2f}")
        self.inspector.decoded.show_pixels(pixels, original)
        if there is not None:
            self.map.show_point(*there)

    def show_cursor(self) -> None:
        """Show what lies under the cursor: no tool has a picture of its own."""
        self.map.moved.emit(*self.map.point)

    def tell_progress(self, done: int, total: int) -> None:
        """Say how far what takes long is."""
        self.progress = done, total
        self.progressed.emit()

    def say(self, event: Failed) -> None:
        """Tell what went wrong."""
        self.notice.emit(Notice("failure", event.what, event.advice, event.details))

    def put_in_front(self, samples: list[Drawn]) -> None:
        """Keep pictures among the samples; that can be undone."""
        kept = [replace(sample, kept=True) for sample in samples]
        before = list(self.samples.kept)

        def put(wanted: list[Drawn]) -> None:
            if wanted:
                self.samples.adopt_all(wanted)
            else:
                self.samples.release(kept, before)

        take_step(self.history, [], kept, put)

    def encode(self, files: list[Path], into: Callable[[list[Drawn]], None]) -> None:
        """Encode files by the chosen model and hand them on, one by one."""
        card = self.card()
        if card is not None:
            self.own.open(files, card.id, lambda sample: into([sample]))

    def decode_all(self, samples: list[Drawn], then: Callable[[list[Drawn]], None]) -> None:
        """Decode the vectors of samples whose pictures are not made yet, and hand them on."""
        card = self.card()
        if card is None or not samples:
            return
        labels = self.labels_of(samples)
        if labels:
            # what shows keeps the class that it was decoded as
            samples = [replace(sample, label=label) for sample, label in zip(samples, labels, strict=True)]
        # a stream of its own: a newer one is no reason to make an older one no more
        job = Decode(card.id, tuple(sample.vector for sample in samples), f"batch-{new_id()}", labels)
        self._batches[job.id] = samples, then
        self.hub.submit(job, self._on_batch)
        self.changed.emit()

    def _on_batch(self, event: Event) -> None:
        samples, then = self._batches.pop(event.id, ([], lambda _: None))
        if isinstance(event, PicturesReady):
            then([replace(s, pixels=pixels) for s, pixels in zip(samples, event.pixels, strict=True)])
        elif isinstance(event, Failed):
            self.say(event)
        self.changed.emit()

    def stop(self) -> None:
        """Decode nothing more."""
        for job_id in list(self._batches):
            self.hub.drop(job_id)
        self._batches.clear()

    def forget(self) -> None:
        """Let go of everything: another model is looked at."""
        self.stop()
        self.history.clear()
