"""What came of a training run, in plain sentences: for the window, the command line and the report.

A sentence is a template in English with what fills its gaps, so that each of them can say it in its own language.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aestudio.jobs.account import IMPROVING, Account, reading

FEW = 4
WHITE = 0.15
"""No more autocorrelation than this, at any shift, is like noise."""


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
