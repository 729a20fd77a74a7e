"""What came of a training run, in plain sentences: for the window, the command line and the report.

A sentence is a template in English with what fills its gaps, so that each of them can say it in its own language.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
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
FEW = 4
WHITE = 0.15
"""No more autocorrelation than this, at any shift, is like noise."""
SHORT = 100
"""A run of fewer steps than this says nothing of what more time would bring, unless it was gaining."""

NATS = ("elbo", "log_likelihood")


def noop(text: str) -> str:
    """Return the text: it is said later, and is to be translated."""
    return text


UNSEEN, ONE_UNSEEN = noop("{n} pictures that it never saw"), noop("1 picture that it never saw")
SEEN = noop("what it learned from")
STEPS, ONE_STEP = noop("{n} steps"), noop("1 step")
BETTER_THAN_START = "On {unseen} it is {gain:.1f} dB better than the model that it started from."
NO_BETTER_THAN_START = (
    "On {unseen} it is no better than the model that it started from: "
    "that one knows pictures like yours already, or there was too little time."
)
NO_BETTER_WITH_TIME = (
    "On {unseen} it is no better than the model that it started from: that one knows pictures like yours already."
)
WITH_A_CRITIC = (
    "A critic took part in its learning: it asks for texture like that of real pictures, which PSNR does not reward. "
    "Judge it by the look of its pictures."
)
BETTER_THAN_NOTHING = "Against doing nothing it gains {gain:.1f} dB ({score:.1f} dB in all)."
BETTER_THAN_ENLARGING = "Against plain enlarging it gains {gain:.1f} dB ({score:.1f} dB in all)."
NO_BETTER_THAN_NOTHING = "It is no better than doing nothing yet: give it more time or more pictures."
NO_BETTER_FROM_NOTHING = (
    "It is no better than doing nothing yet: give it more time or more pictures, or let it start from a shipped model."
)
NO_BETTER_AT_ALL = "It is no better than doing nothing."
STRUCTURE = "Its SSIM, how alike structures are (1: the same), is {score:.3f}; of the pictures left alone {before:.3f}."
AGREEMENT = (
    "There is no clean picture to compare with: how well a pixel is predicted from its neighbours, on {unseen}, "
    "stands at {score:.1f} dB, {gain:+.1f} dB against leaving the noise in. This is agreement, not "
    "PSNR; the noise itself is its ceiling."
)
SIMULATED_OF_START = "The model that it started from is {gain:.1f} dB behind there."
SIMULATED_NOT_OF_START = "The model that it started from is as good there."
AGREEMENT_OF_START = "The model that it started from has {gain:.1f} dB less of it."
AGREEMENT_NOT_OF_START = "The model that it started from agrees as well."
SIMULATED = (
    "There is no clean picture to compare with: on {unseen}, restored, made smaller and given "
    "noise like that of yours, it reaches {score:.1f} dB, {gain:+.1f} dB against leaving that noise in."
)
LIKELIHOOD = (
    "On {unseen} the likelihood of what codes become is {score:.1f} nats (higher is better), {psnr:.1f} dB PSNR."
)
BOUND = "On {unseen} its bound is {score:.1f} nats (higher is better)."
NOTHING_APART = (
    "There was too little to keep some apart: it is judged by what it learned from, and may do worse on other pictures."
)
HINT_ONLY = "With so few pictures to judge by, these figures are a hint only."
RESIDUAL_WHITE = (
    "What it removes from the pictures to judge by looks like noise: pixels of it up to four apart are at most "
    "{alike:.0f}% alike (white noise: 0%)."
)
RESIDUAL_LEFT = (
    "What it removes from the pictures to judge by is only the finest of the noise: pixels of it up to four apart "
    "are up to {alike:.0f}% alike or opposite (white noise: 0%)."
)
RESIDUAL_ALIKE = (
    "What it removes from the pictures to judge by has a pattern: pixels of it up to four apart are up to "
    "{alike:.0f}% alike or opposite (white noise: 0%). Either the noise itself is so, as of many cameras, or detail "
    "goes with it: look closely at fine texture."
)
RESIDUAL_NOTHING = "It removes next to nothing from the pictures to judge by."
STILL_IMPROVING = "It was still improving when it stopped: more time would help."
BY_HEART = (
    "It began to learn its own pictures by heart: they went on getting easier while the others got worse. "
    "Its best version was kept; more pictures would help, more time would not."
)
GOT_WORSE = "It got worse again towards the end, as with too few pictures; its best version was kept."
FELL_FROM_START = (
    "What its first steps cost the model that it began with was not won back in this time: more time or a lower "
    "learning rate would help."
)
GOT_WORSE_AND_KEPT = (
    "On pictures that it never saw it got worse again towards the end, as with too few pictures. Its last version was "
    "kept, which knows its own best; more pictures would help, more time would not."
)
OWN_ONLY = "Towards the end it got better on its own pictures only: more pictures would help more than more time."
SETTLED = (
    "It had stopped improving, on its own pictures too: what is left is hidden by the noise, or more than a network of "
    "this size can do. More time would change little, more pictures or a larger network might."
)
NOISE_LIMITED = (
    "It had stopped improving: most of what is left is the noise of the pictures that it is judged by, which nothing "
    "can predict."
)
STOPPED_IMPROVING = "It had stopped improving: more time would change little, more pictures might."
TOO_SHORT = "It learned for {steps} only: too few to say what more time would bring."
UNLIKE_THESE = "It will be worse on pictures unlike these."

Points = Sequence[tuple[float, float]]
Kind = Literal["", "short", "improving", "by heart", "worse", "from start", "own only", "settled", "noise", "stopped"]


@dataclass(frozen=True)
class Said:
    """A sentence or a part of one: its template, and what fills its gaps, other parts among it."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def english(self) -> str:
        """Return it in English."""
        return self.within(lambda template: template)

    def within(self, phrase: Callable[[str], str]) -> str:
        """Return it in the language that ``phrase`` returns a template in."""
        values = {name: v.within(phrase) if isinstance(v, Said) else v for name, v in self.values.items()}
        return phrase(self.template).format(**values)


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


def verdict(account: Account) -> list[Said]:
    """Return the verdict on a finished run: how good it is, what the curves say, what to expect of it."""
    said = {
        "agreement": _agreement,
        "simulated": _simulated,
        "elbo": _bound,
        "log_likelihood": _likelihood,
        "psnr": _quality,
    }.get(account.measure, lambda _: [])(account)
    if said and account.held_out < FEW:
        said.append(Said(HINT_ONLY if account.held_out else NOTHING_APART))
    return [*said, *_residual(account.residual), *_curve(account), Said(UNLIKE_THESE)]


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
    mean, weight, result = 0.0, 0.0, []
    for at, value in points:
        mean, weight = past * mean + (1 - past) * value, past * weight + (1 - past)
        result.append((at, mean / weight))
    return result


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


def _quality(account: Account) -> list[Said]:
    best, said = account.figures, []
    if account.by_critic:
        gain = best["psnr"] - account.untouched.get("psnr", math.inf)
        template = BETTER_THAN_ENLARGING if account.task == "upscale" else BETTER_THAN_NOTHING
        gained = [Said(template, {"gain": gain, "score": best["psnr"]})] if gain > 0 else []
        return [*gained, Said(WITH_A_CRITIC)]
    if "psnr" in account.start_scores:
        gain = best["psnr"] - account.start_scores["psnr"]
        template = BETTER_THAN_START
        if gain < IMPROVING:
            template = NO_BETTER_THAN_START if _more_time(account) else NO_BETTER_WITH_TIME
        said.append(Said(template, {"unseen": _unseen(account), "gain": gain}))
    if "psnr" in account.untouched:
        gain = best["psnr"] - account.untouched["psnr"]
        template = BETTER_THAN_ENLARGING if account.task == "upscale" else BETTER_THAN_NOTHING
        if gain <= 0:
            template = _no_better(account)
        said.append(Said(template, {"gain": gain, "score": best["psnr"]}))
    if "ssim" in best and "ssim" in account.untouched:
        said.append(Said(STRUCTURE, {"score": best["ssim"], "before": account.untouched["ssim"]}))
    return said


def _more_time(account: Account) -> bool:
    """Return whether more time may help: what the curves say of it must not be contradicted."""
    return reading(account) in ("", "short", "improving", "from start")


def _no_better(account: Account) -> str:
    """Return what is said of a model that is no better than doing nothing."""
    yet = NO_BETTER_THAN_NOTHING if account.start else NO_BETTER_FROM_NOTHING
    return yet if _more_time(account) else NO_BETTER_AT_ALL


def _agreement(account: Account) -> list[Said]:
    return _without_truth(account, "agreement", AGREEMENT, AGREEMENT_OF_START, AGREEMENT_NOT_OF_START)


def _simulated(account: Account) -> list[Said]:
    return _without_truth(account, "simulated", SIMULATED, SIMULATED_OF_START, SIMULATED_NOT_OF_START)


def _without_truth(account: Account, measure: str, gained: str, of_start: str, not_of_start: str) -> list[Said]:
    best = account.figures[measure]
    if measure not in account.untouched:
        return []
    gain = best - account.untouched[measure]
    said = [Said(gained, {"unseen": _unseen(account), "score": best, "gain": gain})]
    if measure in account.start_scores:
        more = best - account.start_scores[measure]
        said.append(Said(of_start if more >= IMPROVING else not_of_start, {"gain": more}))
    if gain <= 0:
        said.append(Said(_no_better(account)))
    return said


def _bound(account: Account) -> list[Said]:
    return [Said(BOUND, {"unseen": _unseen(account), "score": account.figures["elbo"]})]


def _likelihood(account: Account) -> list[Said]:
    score, psnr = (account.figures[name] for name in ("log_likelihood", "psnr"))
    return [Said(LIKELIHOOD, {"unseen": _unseen(account), "score": score, "psnr": psnr})]


def _unseen(account: Account) -> Said:
    if not account.held_out:
        return Said(SEEN)
    return Said(ONE_UNSEEN if account.held_out == 1 else UNSEEN, {"n": account.held_out})


def _residual(found: Mapping[str, Any]) -> list[Said]:
    if not found:
        return []
    if found.get("kind") == "nothing":
        return [Said(RESIDUAL_NOTHING)]
    values = list(found.get("correlogram", ()))
    # its middle is a pixel and itself
    others = values[: len(values) // 2] + values[len(values) // 2 + 1 :]
    alike = max(map(abs, others), default=0.0)
    template = RESIDUAL_WHITE if alike <= WHITE else RESIDUAL_ALIKE
    if found.get("kind") == "left":
        template = RESIDUAL_LEFT
    return [Said(template, {"alike": 100 * alike})]


def _curve(account: Account) -> list[Said]:
    templates = {
        "improving": STILL_IMPROVING,
        "by heart": BY_HEART,
        "worse": GOT_WORSE,
        "from start": FELL_FROM_START,
        "own only": OWN_ONLY,
        "settled": SETTLED,
        "noise": NOISE_LIMITED,
        "stopped": STOPPED_IMPROVING,
        "short": TOO_SHORT,
    }
    if account.kept == "last":
        templates |= {"by heart": GOT_WORSE_AND_KEPT, "worse": GOT_WORSE_AND_KEPT}
    kind = reading(account)
    steps = Said(ONE_STEP if account.steps == 1 else STEPS, {"n": account.steps})
    return [Said(templates[kind], {"steps": steps})] if kind else []
