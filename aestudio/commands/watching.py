"""How ``aestudio train`` shows a run: lines of JSON, or a line for each validation above a bar with the time left."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from aestudio.commands import say
from aestudio.jobs import training

if TYPE_CHECKING:
    from collections.abc import Callable

    from aestudio.training.moment import Moment

_BAR = "{percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}"


class Watcher:
    """Says how a run stands, as the options want it. A context manager: it takes its bar away on leaving.

    ``held`` returns how many pictures were seen by a moment, and the bytes held in memory and on the device.
    """

    def __init__(
        self, options: argparse.Namespace, leads: bool, held: Callable[[Moment], tuple[int, int, int]]
    ) -> None:
        self._held = held
        self._json, self._quiet = bool(options.json), bool(options.quiet)
        silent = self._json or self._quiet or not leads or not sys.stderr.isatty()
        self._bar: tqdm[Any] = tqdm(total=1.0, bar_format=_BAR, leave=False, disable=silent, file=sys.stderr)
        self._begun = False

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()

    def watch(self, moment: Moment) -> None:
        """Show a moment."""
        if self._json:
            loss, norm = (x if math.isfinite(x) else None for x in (moment.loss, moment.gradient_norm))
            row = (moment.step, moment.seconds, moment.progress, loss, moment.megapixels, moment.scores)
            event = training.Progressed(*row, norm, moment.rate, *self._held(moment))
            say.line(say.json_line(training.to_row(event)))
            return
        self._move(moment)
        if moment.scores and not self._quiet:
            scores = ", ".join(f"{name} {value:.3f}" for name, value in moment.scores.items())
            seen = f"{moment.megapixels:.0f}" if moment.megapixels >= 100 else f"{moment.megapixels:.3g}"
            # nothing was learned before the first step
            learned = "" if math.isnan(moment.loss) else f"loss {moment.loss:.5f}, rate x{moment.rate:.2f}, "
            self.line(
                f"step {moment.step}, {moment.seconds / 60:.1f} min, {seen} MP seen, {learned}validation: {scores}"
            )

    def _move(self, moment: Moment) -> None:
        if self._bar.disable:
            return
        if not self._begun:
            # what an earlier process did says nothing of this one's pace
            self._begun = True
            self._bar.initial = self._bar.n = moment.progress
        loss = "" if math.isnan(moment.loss) else f", loss {moment.loss:.5f}"
        self._bar.set_postfix_str(f"step {moment.step}{loss}", refresh=False)
        self._bar.update(min(1.0, moment.progress) - self._bar.n)

    def line(self, text: str) -> None:
        """Say a line on standard output, above the bar."""
        self._bar.clear()
        say.line(text)
        self._bar.refresh()

    def remark(self, text: str) -> None:
        """Say a sentence on standard error, above the bar."""
        self._bar.clear()
        print(text, file=sys.stderr, flush=True)
        self._bar.refresh()
