"""Measures every pane against a reference, once what it shows has come to rest."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from aestudio.imageio.mix import WHOLE, Mix
from aestudio.jobs.events import Event, Failed, Progress, Scored
from aestudio.jobs.spec import Restoration, RestorationTask, Score

if TYPE_CHECKING:
    from aestudio.settings import Settings
    from aestudio.ui.compare.pane import Pane
    from aestudio.ui.job_hub import JobHub

REST = 300
"""Milliseconds that a view must rest before it is measured."""


class Scorer(QObject):
    """``reference`` is the file to measure against, None for none; ``whole`` measures all, not only what is in view.

    Figures are those that are published: for denoising PSNR over R, G and B, for upscaling of the luma and without
    a ``border`` of as many pixels as the scale; SSIM of the luma.
    """

    def __init__(
        self,
        task: RestorationTask,
        hub: JobHub,
        settings: Settings,
        panes: Callable[[], list[Pane]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._task, self._hub, self._settings, self._panes = task, hub, settings, panes
        self.border = 0.0
        self.reference: Path | None = None
        self.whole = False
        self._asked: dict[Pane, Score] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._ask)

    def set_reference(self, reference: Path | None) -> None:
        """Measure against another file."""
        self.reference = reference
        if reference is None:
            self.stop()
        self.refresh()

    def set_whole(self, whole: bool) -> None:
        """Measure whole pictures, or what is in view of them."""
        self.whole = whole
        self.refresh()

    def refresh(self) -> None:
        """Measure anew whatever changed."""
        if self.reference is not None:
            self._hub.hold(self._name())
            self._timer.start()

    def stop(self) -> None:
        """Forget every figure and measure no more."""
        self._timer.stop()
        for pane in list(self._asked):
            self._drop(pane)
        self._hub.release(self._name())

    def _ask(self) -> None:
        shown = self._panes()
        for pane in [p for p in self._asked if p not in shown]:
            self._drop(pane)
        # an original has no result of its own: its plain enlargement is what another pane's began with
        lender = next((p.content.restoration(self._task) for p in shown if p.content and p.content.choice), None)
        for pane in shown:
            job = self._job(pane, lender)
            before = self._asked.get(pane)
            if before is not None and (job is None or _same(job, before)):
                continue
            self._drop(pane)
            if job is not None:
                self._asked[pane] = job
                pane.show_score(self.tr("measuring…"))
                self._hub.submit(job, partial(self._on_event, pane))
        self._hub.release(self._name())

    def _job(self, pane: Pane, lender: Restoration | None) -> Score | None:
        """Return how a pane is to be measured, or None while it shows nothing that can be."""
        content = pane.content
        if content is None or self.reference is None or not pane.ready:
            return None
        restoration = content.restoration(self._task)
        mix = content.choice.mix if content.choice is not None else WHOLE
        if pane.stands_in:
            restoration, mix = lender, Mix(light=0, colour=0)
        return Score(
            str(content.path),
            str(self.reference),
            restoration,
            mix,
            None if self.whole else pane.box_in_sight(),
            round(self.border),
            self._task == "upscale",
            self._settings.max_pixels,
        )

    def _on_event(self, pane: Pane, event: Event) -> None:
        match event:
            case Progress() if event.total > event.done > 0:
                pane.show_score(self.tr("measuring… {percent}%").format(percent=100 * event.done // event.total))
            case Scored():
                pane.show_score(self._words(event), self._help())
            case Failed():
                pane.show_score(self.tr("⚠ not measured"), problem=f"{event.what} {event.advice}".strip())

    def _words(self, scored: Scored) -> str:
        if math.isinf(scored.psnr):
            return self.tr("equal to the reference")
        ratio = self.tr("PSNR {ratio:.2f} dB").format(ratio=scored.psnr)
        if math.isnan(scored.ssim):
            return ratio
        return f"{ratio} · " + self.tr("SSIM {similarity:.4f}").format(similarity=scored.ssim)

    def _help(self) -> str:
        where = self.tr("the whole picture") if self.whole else self.tr("what is in view")
        of = self.tr("the brightness") if self._task == "upscale" else self.tr("red, green and blue")
        return self.tr("Of {where}, in 8 bits: PSNR of {channels}, SSIM of the brightness. More is nearer.").format(
            where=where, channels=of
        )

    def _drop(self, pane: Pane) -> None:
        job = self._asked.pop(pane, None)
        if job is not None:
            self._hub.drop(job.id)
            pane.show_score("")

    def _name(self) -> str:
        return f"scores-{id(self)}"


def _same(a: Score, b: Score) -> bool:
    """Return whether two jobs measure the same."""
    return replace(a, id=b.id) == b
