"""The samples of a model: drawn from a seed, more as one scrolls, chosen, kept and varied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aestudio.jobs.events import Event, Failed, PicturesReady
from aestudio.jobs.ids import new_id
from aestudio.jobs.spec import Sample
from aestudio.ui.naming import named, push_button
from aestudio.ui.widgets.elided_label import ElidedLabel
from aestudio.ui.widgets.sample_grid import Drawn, SampleGrid

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub

COUNT = 48
"""How many samples are made at a time."""
VARIATION = 0.4
"""How far “more like this” strays: 0 gives the same picture, 1 any picture."""


class Samples(QFrame):
    """``chosen`` carries the sample that was picked, ``failed`` what went wrong; ``changed``: there are others now."""

    chosen = Signal(object)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, hub: JobHub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvasBar")
        self._hub = hub
        self._source = Sample("")
        self._drawn = Sample("")
        self._kept: list[Drawn] = []
        self._pending = ""
        self._like = ""
        self.grid = named(
            SampleGrid(), "sampleGrid", self.tr("Samples"), self.tr("Choose a sample to keep it or to vary it.")
        )
        self.grid.setToolTip("")
        self.words = named(ElidedLabel("", "quiet"), "sampleLabel", self.tr("Chosen sample"))
        self.like_button = push_button(
            "moreLikeButton", self.tr("More like this"), self.tr("Make samples that resemble the chosen one."), "copy"
        )
        self.keep_button = push_button(
            "keepButton", self.tr("Keep"), self.tr("Keep the chosen sample in front while others come and go."), "lock"
        )
        self.keep_button.setCheckable(True)
        self.back_button = push_button(
            "allSamplesButton", self.tr("Back to all"), self.tr("Show the samples of the seed again."), "back"
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addWidget(self.words, 1)
        row.addWidget(self.like_button)
        row.addWidget(self.keep_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(8)
        box.addLayout(row)
        box.addWidget(self.grid, 1)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.end_near.connect(self.more)
        self.like_button.clicked.connect(self.vary)
        self.keep_button.clicked.connect(self._on_keep)
        self.back_button.clicked.connect(lambda: self.draw(self._source))
        self._refresh()

    @property
    def busy(self) -> bool:
        """Whether samples are being made."""
        return bool(self._pending)

    @property
    def wanted(self) -> list[Drawn]:
        """What is to be exported: those that are kept, or all where none is."""
        return self._kept or self.grid.samples

    @property
    def kept(self) -> list[Drawn]:
        """Those that are kept."""
        return self._kept

    @property
    def source(self) -> Sample:
        """What was asked for last from a seed."""
        return self._source

    @property
    def seed(self) -> int:
        """The seed of what shows: not one that was asked for and cancelled."""
        return (self._drawn if self._drawn.model else self._source).seed

    def forget(self) -> None:
        """Let go of everything: another model is looked at."""
        self.stop()
        self._kept = []
        self._drawn = Sample("")
        self.grid.show_message("")
        self._refresh()

    def bring_back(self, kept: list[Drawn]) -> None:
        """Keep these in front of what is drawn next."""
        self._kept = kept

    def draw(self, job: Sample) -> None:
        """Show the samples of a seed."""
        self._source = job
        self._begin(job)

    def vary(self) -> None:
        """Show samples like the chosen one."""
        sample = self.grid.current
        if sample is not None:
            seed = self._source.seed
            source = Sample(self._source.model, seed=seed, like=sample.vector, label=sample.label, amount=VARIATION)
            self._begin(source, sample.name)

    def adopt(self, sample: Drawn, before: Drawn | None = None) -> None:
        """Put a picture of the person's own in front, or behind the one ``before`` it, choose it and keep it."""
        kept = [s for s in self._kept if s.vector != sample.vector]
        at = next((row for row, s in enumerate(kept, 1) if before is not None and s.vector == before.vector), 0)
        self._arrange([*kept[:at], sample, *kept[at:]])
        self.grid.setCurrentIndex(self.grid.model().index(at, 0))

    def adopt_all(self, samples: list[Drawn]) -> None:
        """Put pictures in front, choose the first of them and keep them all."""
        new = {sample.vector for sample in samples}
        self._arrange([*samples, *(s for s in self._kept if s.vector not in new)])
        self.grid.setCurrentIndex(self.grid.model().index(0, 0))

    def release(self, samples: list[Drawn], before: list[Drawn]) -> None:
        """Let go of pictures that were put in front; those of them that were kept ``before`` are so again."""
        gone = {sample.vector for sample in samples}
        kept = [s for s in self._kept if s.vector not in gone]
        for row, sample in enumerate(before):
            if sample.vector in gone:
                kept.insert(row, sample)
        self._arrange(kept)

    def _arrange(self, kept: list[Drawn]) -> None:
        others = [s for s in self.grid.samples if not s.kept]
        self._kept = kept
        self.grid.show_samples([*self._kept, *others])
        self._refresh()
        self.changed.emit()

    def more(self) -> None:
        """Show more of what shows, as long as the person scrolls."""
        # where those of another model were cancelled, only what is kept shows, and there is no more of that
        if not self._pending and self.grid.count and self._drawn.model == self._source.model:
            self._submit(replace(self._drawn, first=self._drawn.first + COUNT, count=COUNT, id=new_id()), self._like)

    def stop(self) -> None:
        """Make no more of them."""
        if self._pending:
            self._hub.drop(self._pending)
            self._pending = ""
            if self.grid.count == 0:
                self.grid.show_message(self.tr("No samples."))

    def _begin(self, job: Sample, like: str = "") -> None:
        self.stop()
        if self.grid.count == 0:
            self.grid.show_message(self.tr("Making samples…"))
        self._submit(replace(job, first=0, count=COUNT, id=new_id()), like)

    def _submit(self, job: Sample, like: str) -> None:
        self._pending, self._asked, self._asked_like = job.id, job, like
        self._hub.submit(job, self._on_event)
        self.changed.emit()

    def _on_event(self, event: Event) -> None:
        if event.id != self._pending:
            return
        self._pending = ""
        if isinstance(event, PicturesReady):
            self._drawn, self._like = self._asked, self._asked_like
            self._show(event)
        elif isinstance(event, Failed):
            if self._asked.first == 0:
                self.grid.show_message(self.tr("No samples."))
            self.failed.emit(event)
        self._refresh()
        self.changed.emit()

    def _show(self, event: PicturesReady) -> None:
        assert event.vectors is not None
        first, labels = self._drawn.first, event.labels or (-1,) * len(event.pixels)
        made = [
            Drawn(pixels, tuple(vector.tolist()), number, self._name(first + i))
            for i, (pixels, vector, number) in enumerate(zip(event.pixels, event.vectors, labels, strict=True))
        ]
        known = {sample.vector for sample in self._kept}
        made = [sample for sample in made if sample.vector not in known]
        if first:
            self.grid.add_samples(made)
        else:
            self.grid.show_samples([*self._kept, *made])

    def _name(self, number: int) -> str:
        if self._drawn.like:
            return self.tr("Number {number} like {name}").format(number=number + 1, name=self._like)
        return self.tr("Sample {number} of seed {seed}").format(number=number + 1, seed=self._drawn.seed)

    def _on_chosen(self, sample: Drawn) -> None:
        self._refresh()
        self.chosen.emit(sample)

    def _on_keep(self) -> None:
        sample = self.grid.current
        if sample is None:
            return
        changed = replace(sample, kept=not sample.kept)
        self._kept = [s for s in self._kept if s.vector != sample.vector] + [changed] * changed.kept
        self.grid.change_current(changed)
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        sample = self.grid.current
        idle = self.tr("Choose a sample to keep it or to see more like it.") if self.grid.count else ""
        self.words.setText(sample.name if sample else idle)
        self.like_button.setEnabled(sample is not None)
        self.keep_button.setEnabled(sample is not None)
        kept = sample is not None and sample.kept
        self.keep_button.setChecked(kept)
        self.keep_button.setText(self.tr("Kept") if kept else self.tr("Keep"))
        self.back_button.setVisible(bool(self._drawn.like) and self.grid.count > 0)
