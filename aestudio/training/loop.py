"""The training loop: a budget in minutes or steps, resumable at any moment, watched as it goes."""

from __future__ import annotations

import dataclasses
import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from aestudio.engine.device import memory_by_type
from aestudio.errors import Cancelled, SettingsError
from aestudio.models.registry import build
from aestudio.paths import examples_file
from aestudio.training.checkpoint import Best, finite, load_best, load_checkpoint, save_best, save_checkpoint
from aestudio.training.companions import resting
from aestudio.training.examples import save_sheet
from aestudio.training.gradients import Gradients
from aestudio.training.history import CHECKPOINT, LOG
from aestudio.training.machine import compiled, in_bfloat16
from aestudio.training.moment import Moment, append_row
from aestudio.training.muon import MuonAdamW, split_parameters
from aestudio.training.objective import Objective, When
from aestudio.training.pinned import Pinned
from aestudio.training.ranks import Ranks
from aestudio.training.recipes import Recipe
from aestudio.training.recovery import NotFinite, Recovery
from aestudio.training.schedule import rate_factor
from aestudio.training.takeover import Still

log = logging.getLogger(__name__)

# The averaged weights that scored best.
BEST = "best.safetensors"
# How often whoever watches hears of the loss, in seconds.
BEAT = 1.0
# How many held-out pictures are shown before and after.
EXAMPLES = 2
# Validating takes at most this share of the time.
VALIDATION_SHARE = 0.1
# After how many steps the losses are fetched, which makes a GPU finish its work first.
SETTLE_EVERY = {"cpu": 1, "mps": 10, "cuda": 20}


# What a step was: its loss, and the length of its gradients before they were clipped.
Taken = tuple[float, float]


@dataclass
class Result:
    """A finished run: the averaged weights that scored best and what they cost."""

    state: dict[str, Tensor]
    steps: int
    seconds: float
    pixels: int
    scores: dict[str, float]


class Trainer:
    """Fits one network by one recipe. ``folder`` receives ``last.safetensors``, ``best.safetensors``, ``log.csv``
    and a sheet of examples.

    On a GPU the network is compiled and the losses are looked at now and then, so that the device never waits.
    """

    def __init__(
        self, recipe: Recipe, objective: Objective, folder: Path, device: torch.device, ranks: Ranks | None = None
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.ranks = ranks or Ranks(device)
        self.recipe, self.objective, self.folder, self.device = recipe, objective, folder, device
        self.network = build(recipe.architecture, recipe.arguments)
        self.network.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.fast = compiled(self.network) if device.type == "cuda" else self.network
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        muon, adamw = split_parameters(self.network)
        self.optimiser = MuonAdamW(muon, adamw, recipe.muon_rate, recipe.adamw_rate, weight_decay=recipe.weight_decay)
        self.generator = self.ranks.generator(recipe.seed)
        for _, optimiser in objective.companions().values():
            optimiser.synchronise = self.ranks.average_gradients if self.ranks.size > 1 else None
        self._pending: list[Tensor] = []
        self.recovery = Recovery()
        self.gradients = Gradients(objective, self.fast, self.ranks, self.recovery, self.generator)
        self.best: Best | None = None
        self.pinned: Pinned | None = None
        self.still = Still()
        # where something more urgent needs the device, this waits; the seconds it took are nobody's
        self.rest: Callable[[], float] = lambda: 0.0
        self.keeps_best = recipe.keeps == "best"
        # whether what an earlier part of the run scored was by another yardstick
        self.anew = False
        self.step, self.seconds, self.pixels = 0, 0.0, 0
        self.autocast = in_bfloat16(device)

    def start_from(self, state: dict[str, Tensor]) -> list[str]:
        """Take over every tensor of the same name and shape; return the names that stay fresh.

        Raises SettingsError where nothing fits: the two networks have nothing in common.
        """
        own = self.network.state_dict()
        taken = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
        if not taken:
            raise SettingsError("The model to start from has another design.", "Choose one of the same task.")
        self.network.load_state_dict({**own, **taken})
        if self.recipe.hold and len(taken) < len(own):
            # of a model of the very same design nothing would be left to learn
            self.still.hold(self.network, taken)
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        return sorted(set(own) - set(taken))

    def resume(self) -> None:
        """Go on from ``last.safetensors``; what scored best only counts where it was by the same yardstick.

        Raises WeightsError where it is missing or does not fit.
        """
        facts = self._load()
        self.still.hold(self.network, facts.get("still", []))
        self.seconds = float(facts["seconds"])
        self.recovery.rate, self.recovery.parts = float(facts.get("rate", 1.0)), int(facts.get("parts", 1))
        self.recovery.rollbacks = int(facts.get("rollbacks", 0))
        # a checkpoint of an earlier version says nothing of it
        self.anew = facts.get("yardstick", self.objective.yardstick) != self.objective.yardstick
        if self.keeps_best and not self.anew:
            self.best = load_best(self.folder / BEST, self.device)

    def _load(self) -> dict[str, Any]:
        path, companions = self.folder / CHECKPOINT, self.objective.companions()
        facts = load_checkpoint(path, self.network, self.average, self.optimiser, self.generator, companions)
        self.step, self.pixels = int(facts["step"]), int(facts["pixels"])
        return facts

    def _roll_back(self, error: NotFinite) -> None:
        """Take up the last checkpoint with half the learning rate and other batches; the clock goes on."""
        self.recovery.roll_back(error)
        at = self.step
        self.optimiser.zero_grad(set_to_none=True)
        self.optimiser.state.clear()
        for _, optimiser in self.objective.companions().values():
            optimiser.state.clear()
        self._load()
        # the batches that led there are not drawn again
        self.generator.manual_seed(self.recipe.seed + 1000 * (self.step + self.recovery.rollbacks))
        # a run that is killed now knows later how far it has given way
        self.checkpoint()
        self.recovery.tell(
            f"The loss stopped being a number at step {at}: the run goes on from step {self.step} "
            f"with {self.recovery.rate:g} times the learning rate."
        )

    def checkpoint(self) -> None:
        """Write ``last.safetensors``; of several processes the first one does.

        Weights that are no numbers are not written: what is there is better. On a full disk it waits for room, as
        long as the run is wanted. Raises OutputError.
        """
        if not self.ranks.leads or not finite(self.network.state_dict()):
            return
        self.recovery.written(self._save)

    def _save(self) -> None:
        facts: dict[str, Any] = {
            "step": self.step,
            "seconds": self.seconds,
            "pixels": self.pixels,
            "rate": self.recovery.rate,
            "parts": self.recovery.parts,
            "rollbacks": self.recovery.rollbacks,
            "launch": self.ranks.launch,
            "still": sorted(self.still.names),
            "pictures": dict(self.objective.position()),
            "yardstick": self.objective.yardstick,
            "recipe": dataclasses.asdict(self.recipe),
        }
        path = self.folder / CHECKPOINT
        companions = self.objective.companions()
        save_checkpoint(path, self.network, self.average, self.optimiser, self.generator, facts, companions)

    def run(
        self,
        steps: int | None = None,
        watch: Callable[[Moment], None] = lambda moment: None,
        cancelled: Callable[[], bool] = lambda: False,
        enough: Callable[[], bool] = lambda: False,
        say: Callable[[str], None] = lambda text: None,
    ) -> Result:
        """Train until the budget (``steps``, or the recipe's minutes) is spent and return the averaged weights.

        Those that validated best are returned, the first ones among them. ``enough`` ends the run before its time.
        ``say`` hears a sentence when the run had to give way: a loss that is no number takes it back to the last
        checkpoint with half the learning rate, full memory cuts the batch in parts, a full disk makes it wait.
        Raises Cancelled after a checkpoint when ``cancelled`` says so, and NotFinite, OutOfMemoryError or OutputError
        where giving way did not help.
        """
        self.recovery.say = say
        self.recovery.given_up = lambda: cancelled() or enough()
        budget = self.recipe.minutes * 60
        self._warm_up()
        if self.step == 0 or self.anew:
            # what stands is judged and kept first: the run can go back to it
            if self.keeps_best and self.ranks.leads:
                if self.anew:
                    (self.folder / BEST).unlink(missing_ok=True)
                self._report([], min(1.0, self.step / steps if steps else self.seconds / budget), watch)
            self.checkpoint()
            self.anew = False
        saved = validated = told = clock = time.monotonic()
        cost = 0.0
        losses: list[Taken] = []
        every = SETTLE_EVERY[self.device.type]
        while True:
            if self.step % every == 0:
                self.seconds, *wishes = self.ranks.agree(self.seconds, cancelled(), enough())
                stop, done = wishes
            progress = self.step / steps if steps else self.seconds / budget
            if progress >= 1 or (self.step % every == 0 and done):
                break
            if self.step % every == 0 and stop:
                self.checkpoint()
                raise Cancelled
            clock += self.rest()
            if self.still.names and progress >= self.recipe.hold:
                self.still.release(self.network)
            self._one_step(progress)
            if self.step % every and not (steps and self.step >= steps):
                continue
            try:
                losses += self._settle()
            except NotFinite as error:
                self._roll_back(error)
            now = time.monotonic()
            self.seconds += now - clock
            clock = now
            if now - validated > max(self.recipe.validate_every, cost / VALIDATION_SHARE) and self.ranks.leads:
                self._report(losses, progress, watch)
                losses, validated = [], time.monotonic()
                cost = validated - now
            elif now - told > BEAT and self.ranks.leads:
                watch(self._moment(losses[-every:], progress, {}))
                told = now
            if now - saved > self.recipe.checkpoint_every:
                self.checkpoint()
                saved = time.monotonic()
        scores = self._report(losses, min(progress, 1.0), watch) if self.ranks.leads else {}
        self.checkpoint()
        best = self.best or Best(0.0, scores, self.average)
        return Result(best.state, self.step, self.seconds, self.pixels, best.scores)

    def timed(self, seconds: float, least: int) -> tuple[int, float]:
        """Take steps for about ``seconds``, at least so many; return their number and how long they took.

        For measuring only: nothing is scored, written or told, and the weights are no longer those of a run.
        """
        begun, steps, every = time.monotonic(), 0, SETTLE_EVERY[self.device.type]
        while steps < least or time.monotonic() - begun < seconds:
            self._one_step(0.0)
            steps += 1
            if steps % every == 0:
                self._settle()
        if self._pending:
            self._settle()
        return steps, time.monotonic() - begun

    def _warm_up(self) -> None:
        """Before the clock starts: one loss and gradient that count for nothing.

        A GPU compiles; several processes find out by it into how many parts the one with the least memory has to cut
        its share.
        """
        if self.device.type != "cuda" and self.ranks.size == 1:
            return
        generator, moment = torch.Generator(device=self.device).manual_seed(0), When(0, 1.0)
        with torch.no_grad():
            batch = self.ranks.share(self.objective.draw(generator, moment))
        with resting(self.objective.companions()):
            self.gradients.of(batch, moment, self.autocast)
        self.optimiser.zero_grad(set_to_none=True)
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        if self.ranks.size > 1:
            self.gradients.join()

    def _one_step(self, progress: float) -> None:
        self.optimiser.factor = rate_factor(progress, self.step, self.recipe) * self.recovery.rate
        moment = When(self.step, progress)
        with torch.no_grad():
            batch = self.ranks.share(self.objective.draw(self.generator, moment))
        self.objective.renew()
        loss = self.gradients.of(batch, moment, self.autocast)
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self._pending.append(torch.stack((loss, norm)))
        self._move()
        self.optimiser.zero_grad(set_to_none=True)
        keep = min(self.recipe.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.values()), list(self.network.state_dict().values()), 1 - keep)
        self.step += 1
        self.pixels += self.objective.pixels_per_step

    def _move(self) -> None:
        """Let the optimiser take its step; where memory runs out, one matrix after the other."""
        try:
            with memory_by_type():
                return self.optimiser.step()
        except (torch.OutOfMemoryError, MemoryError):
            if self.optimiser.frugal:
                raise
        self.optimiser.frugal = True
        self.recovery.frugal_step(self.device)
        self._move()

    def _settle(self) -> list[Taken]:
        """Return the steps since the last call. Raises NotFinite where a loss or a gradient is not a number."""
        taken: list[Taken] = [(loss, norm) for loss, norm in self.ranks.average(torch.stack(self._pending)).tolist()]
        self._pending = []
        if not all(math.isfinite(loss) and math.isfinite(norm) for loss, norm in taken):
            raise NotFinite(self.step)
        return taken

    def _report(self, losses: list[Taken], progress: float, watch: Callable[[Moment], None]) -> dict[str, float]:
        try:
            with memory_by_type(), self._averaged(), torch.inference_mode():
                scores = self.objective.validate(self.network)
                self._show_examples()
        except (torch.OutOfMemoryError, MemoryError):
            scores = {}
        if not scores:
            self.recovery.unscored(self.device)
        self._keep_best(scores)
        moment = self._moment(losses, progress, scores)
        append_row(self.folder / LOG, moment, self.recovery.told())
        watch(moment)
        return scores

    @contextmanager
    def _averaged(self) -> Iterator[None]:
        """Let the network hold the averaged weights for a while."""
        current = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        self.network.load_state_dict(self.average)
        self.network.eval()
        try:
            yield
        finally:
            self.network.load_state_dict(current)
            self.network.train()

    def _show_examples(self) -> None:
        pinned = self.pinned
        examples = self.objective.examples(self.network, EXAMPLES) if pinned is None else pinned.examples(self.network)
        try:
            save_sheet(examples_file(self.folder), examples)
        except OSError as error:
            # a run goes on without being looked at
            log.warning("The examples cannot be written: %s", error)

    def _moment(self, losses: list[Taken], progress: float, scores: dict[str, float]) -> Moment:
        loss, norm = (sum(values) / len(losses) for values in zip(*losses, strict=True)) if losses else (math.nan,) * 2
        megapixels, rate = self.pixels / 1e6, self.optimiser.factor
        return Moment(self.step, self.seconds, megapixels, loss, rate, scores, progress, norm)

    def _keep_best(self, scores: dict[str, float]) -> None:
        score = next(iter(scores.values()), -math.inf)
        if scores and self.keeps_best and (self.best is None or score > self.best.score):
            self.best = Best(score, scores, {k: v.clone() for k, v in self.average.items()})
            best = self.best
            self.recovery.written(lambda: save_best(self.folder / BEST, best))
