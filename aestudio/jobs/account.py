"""What is known of a training run, and what its curves say of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean, variance
from typing import TYPE_CHECKING, Any, Literal

from aestudio.catalog.card import Card

if TYPE_CHECKING:
    # not before the window is painted
    from aestudio.training.history import Row

IMPROVING = 0.05
"""A gain (dB) in the last third of a run that says that more time would help; a loss of as much: it went too far."""
FALLING = 0.02
"""A share by which the loss fell late in a run that says that it went on learning its own pictures."""
SURE = 3.0
"""By so many standard errors it must have fallen too: crops differ, and a short run sees few of them."""
NOISY_TRUTH = 4.0
"""Noise (of 255) that pictures to judge by surely have: less may be texture."""
SHORT = 100
"""A run of fewer steps than this says nothing of what more time would bring, unless it was gaining."""

NATS = ("elbo", "log_likelihood")

Points = Sequence[tuple[float, float]]
Kind = Literal["", "short", "improving", "by heart", "worse", "from start", "own only", "settled", "noise", "stopped"]


@dataclass(frozen=True)
class Account:
    """What is known of a finished run. ``losses`` and ``scores`` go over the share of the budget in 0..1.

    Of each table of scores the first one counts: ``psnr`` (dB), ``agreement`` (dB, of models that learned from noisy
    pictures alone), ``simulated`` (dB, of those that also had a model to begin with) or ``elbo`` (nats; of plain
    autoencoders ``log_likelihood``). ``residual`` is what ``training.residual`` found; ``steps`` is how many it learned
    for (0: not known); ``kept`` is the version that became the model, "best" by the score that counts or "last";
    ``truth_noise`` is the noise of the pictures that it is judged by, of 255; ``paired``: they have files of their own.
    """

    task: str
    title: str
    start: str = ""
    pictures: int = 0
    held_out: int = 0
    untouched: Mapping[str, float] = field(default_factory=dict)
    start_scores: Mapping[str, float] = field(default_factory=dict)
    losses: Points = ()
    scores: Sequence[tuple[float, Mapping[str, float]]] = ()
    residual: Mapping[str, Any] = field(default_factory=dict)
    steps: int = 0
    kept: str = "best"
    truth_noise: float = 0.0
    paired: bool = False

    @property
    def measure(self) -> str:
        """Return the name of the score that counts, or nothing where there is none."""
        return next((name for _, scores in self.scores for name in scores), "")

    @property
    def curve(self) -> list[tuple[float, float]]:
        """Return the score that counts over the budget."""
        return [(at, scores[self.measure]) for at, scores in self.scores if self.measure in scores]

    @property
    def by_critic(self) -> bool:
        """Return whether a critic asked for texture beside what the score measures."""
        return self.kept == "last" and self.measure == "psnr"

    @property
    def figures(self) -> Mapping[str, float]:
        """Return the scores of the version that was kept."""
        counted = [scores for _, scores in self.scores if self.measure in scores]
        if self.kept == "last":
            return counted[-1] if counted else {}
        return max(counted, key=lambda scores: scores[self.measure], default={})

    @property
    def measured_ssim(self) -> float | None:
        """Return the SSIM of the latest scores, where it was measured."""
        return self.scores[-1][1].get("ssim") if self.scores else None


def shares(rows: Sequence[Row]) -> list[float]:
    """Return how far into the run each row of its log was written, as a share of its budget.

    Of a run that went on with a larger budget than it began with each part has shares of its own: there, and where a
    log has none, they are those of its seconds.
    """
    told = [row.progress for row in rows]
    if all(map(math.isfinite, told)) and all(a <= b for a, b in pairwise(told)):
        return told
    ends = rows[-1].seconds, told[-1] if math.isfinite(told[-1]) else 1.0
    return [row.seconds / max(ends[0], 1e-9) * ends[1] for row in rows]


def account_of(card: Card, rows: Sequence[Row]) -> Account:
    """Return what a model's card and the log of its run say."""
    told = card.training
    start, at = told.get("start", {}), shares(rows)
    scores = [(share, row.scores) for share, row in zip(at, rows, strict=True) if row.scores]
    if not scores and isinstance(told.get("validation"), dict):
        scores = [(1.0, told["validation"])]
    return Account(
        card.task,
        card.title or card.id,
        str(told.get("from", "")),
        int(told.get("pictures", 0)),
        int(told.get("held_out", 0)),
        told.get("doing_nothing", {}),
        start if isinstance(start, dict) else {},
        [(share, row.loss) for share, row in zip(at, rows, strict=True) if math.isfinite(row.loss)],
        scores,
        told.get("residual", {}),
        rows[-1].step if rows else 0,
        str(told.get("kept", "last" if card.task == "vae" else "best")),
        float(told.get("truth_noise", 0.0)),
        told.get("degradation") == "pairs",
    )


def trend(curve: Points) -> float:
    """Return by how much the best score rose in the last third of a run, or, below 0, how far the end is below it.

    The larger of the two counts: a best that is found late may be lost again.
    """
    if not curve:
        return 0.0
    best, end = max(score for _, score in curve), curve[-1][0]
    earlier = [score for at, score in curve if at <= end * 2 / 3]
    gain, lost = best - max(earlier, default=best), best - curve[-1][1]
    return gain if gain > lost else -lost


def smoothed(points: Points, past: float) -> list[tuple[float, float]]:
    """Return the exponential mean of a curve: ``past`` (0..1) is the share of what was before.

    It is corrected for its start (Kingma and Ba, "Adam", ICLR 2015, section 3), so that the first value counts as
    any other.
    """
    return Smoothing().of(points, past)


class Smoothing:
    """The mean of :func:`smoothed` of a curve that grows: what was averaged stays, whatever comes to it."""

    def __init__(self) -> None:
        self._points: Points = ()
        self._past, self._mean, self._weight = 0.0, 0.0, 0.0
        self._result: list[tuple[float, float]] = []

    def of(self, points: Points, past: float) -> list[tuple[float, float]]:
        """Return the mean of a curve, which is averaged from its start where it is another one than last time."""
        if points is not self._points or past != self._past or len(points) < len(self._result):
            self._points, self._past, self._mean, self._weight, self._result = points, past, 0.0, 0.0, []
        for at, value in points[len(self._result) :]:
            self._mean = past * self._mean + (1 - past) * value
            self._weight = past * self._weight + (1 - past)
            self._result.append((at, self._mean / self._weight))
        return self._result


def reading(account: Account) -> Kind:
    """Return what the curves of a run say; nothing where they are too short to be read."""
    curve, is_short = account.curve, 0 < account.steps < SHORT
    if len(curve) < 3 or account.by_critic:
        return "short" if curve and is_short else ""
    # nats are of any size
    enough = 0.002 * abs(account.figures[account.measure]) if account.measure in NATS else IMPROVING
    rose, fell = trend(curve), late_fall(account)
    if rose > enough:
        return "improving"
    if is_short:
        return "short"
    learning = fell is not None and fell > FALLING
    if rose < -enough:
        if learning:
            return "by heart"
        # a log that begins later does not know the start
        return "from start" if account.start and curve[0][0] <= 0 and _recovers(curve) else "worse"
    if account.measure == "agreement" or _by_noise(account):
        return "noise"
    if learning:
        return "own only"
    if account.figures[account.measure] - curve[0][1] < enough:
        # what never improved did not stop improving
        return ""
    return "stopped" if fell is None else "settled"


def _recovers(curve: Points) -> bool:
    """Return whether a curve that was best at its start has won back a quarter of its fall since its lowest point."""
    scores = [score for _, score in curve]
    fall = scores[0] - min(scores)
    return scores[0] == max(scores) and scores[-1] - min(scores) > fall / 4


def _by_noise(account: Account) -> bool:
    """Return whether at least half of what is left is the noise of the pictures that it is judged by.

    Where the damage was made on those pictures, their noise is in the input too. Of two noises in one picture the most
    that can be known leaves the product of their variances over the sum (Wiener): doing nothing tells the other one.
    """
    if account.measure != "psnr" or account.truth_noise < NOISY_TRUTH:
        return False
    noise, left = (account.truth_noise / 255) ** 2, 10 ** (-account.figures["psnr"] / 10)
    if not account.paired and "psnr" in account.untouched:
        damage = 10 ** (-account.untouched["psnr"] / 10)
        noise *= damage / (noise + damage)
    return noise > left / 2


def late_fall(account: Account) -> float | None:
    """Return by which share the loss of the training pictures fell from a run's middle third to its last sixth.

    0 where that may be chance, by the spread of the losses. None where it says nothing: the loss of a model that
    learns from noise alone has a part that grows, a bound is its own score.
    """
    if account.measure != "psnr" or not account.losses:
        return None
    end = account.losses[-1][0]
    middle = [loss for at, loss in account.losses if end / 3 < at <= end * 2 / 3]
    late = [loss for at, loss in account.losses if at > end * 5 / 6]
    if not middle or not late:
        return None
    before, after = fmean(middle), fmean(late)
    if before <= 0:
        return None
    chance = math.sqrt(sum(variance(some) / len(some) for some in (middle, late) if len(some) > 1))
    return (before - after) / before if before - after > SURE * chance else 0.0
