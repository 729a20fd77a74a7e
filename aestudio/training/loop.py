"""The training loop: a budget in minutes or steps, resumable at any moment, watched as it goes."""

from __future__ import annotations

import csv
import dataclasses
import math
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from aestudio.engine.device import native_bfloat16
from aestudio.errors import Cancelled, SettingsError, StudioError
from aestudio.models.registry import build
from aestudio.training.checkpoint import load_checkpoint, save_checkpoint
from aestudio.training.muon import MuonAdamW, split_parameters
from aestudio.training.objectives import Objective
from aestudio.training.recipes import Recipe

CHECKPOINT_EVERY = 120.0


@dataclass(frozen=True)
class Moment:
    """How a run stands: sent to whoever watches, and one row of the CSV."""

    step: int
    seconds: float
    megapixels: float
    loss: float
    rate: float
    scores: dict[str, float]


@dataclass
class Result:
    """A finished run: the averaged weights and what they cost."""

    state: dict[str, Tensor]
    steps: int
    seconds: float
    pixels: int
    scores: dict[str, float]


def rate_factor(progress: float, step: int, recipe: Recipe) -> float:
    """Return the learning rate's factor in 0..1: linear warm-up, constant, half-cosine decay at the end."""
    warm = min(1.0, (step + 1) / recipe.warmup) if recipe.warmup else 1.0
    start = 1 - recipe.decay
    if progress <= start or recipe.decay == 0:
        return warm
    fallen = min(1.0, (progress - start) / recipe.decay)
    return warm * 0.5 * (1 + math.cos(math.pi * fallen))


class Trainer:
    """Fits one network by one recipe. ``folder`` receives ``last.safetensors`` and ``log.csv``."""

    def __init__(self, recipe: Recipe, objective: Objective, folder: Path, device: torch.device) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.objective, self.folder, self.device = recipe, objective, folder, device
        self.network = build(recipe.architecture, recipe.arguments)
        self.network.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        muon, adamw = split_parameters(self.network)
        self.optimiser = MuonAdamW(muon, adamw, recipe.muon_rate, recipe.adamw_rate, weight_decay=recipe.weight_decay)
        self.generator = torch.Generator(device=device).manual_seed(recipe.seed)
        self.step, self.seconds, self.pixels = 0, 0.0, 0
        self.autocast = device.type == "cuda" or (device.type == "cpu" and native_bfloat16())

    def start_from(self, state: dict[str, Tensor]) -> list[str]:
        """Take over every tensor of the same name and shape; return the names that stay fresh.

        Raises SettingsError where nothing fits: the two networks have nothing in common.
        """
        own = self.network.state_dict()
        taken = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
        if not taken:
            raise SettingsError("The model to start from has another design.", "Choose one of the same task.")
        self.network.load_state_dict({**own, **taken})
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        return sorted(set(own) - set(taken))

    def resume(self) -> None:
        """Go on from ``last.safetensors``. Raises WeightsError where it is missing or does not fit."""
        facts = load_checkpoint(
            self.folder / "last.safetensors", self.network, self.average, self.optimiser, self.generator
        )
        self.step, self.seconds, self.pixels = int(facts["step"]), float(facts["seconds"]), int(facts["pixels"])

    def checkpoint(self) -> None:
        """Write ``last.safetensors``."""
        facts: dict[str, Any] = {
            "step": self.step,
            "seconds": self.seconds,
            "pixels": self.pixels,
            "recipe": dataclasses.asdict(self.recipe),
        }
        path = self.folder / "last.safetensors"
        save_checkpoint(path, self.network, self.average, self.optimiser, self.generator, facts)

    def run(
        self,
        steps: int | None = None,
        watch: Callable[[Moment], None] = lambda moment: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Result:
        """Train until the budget (``steps``, or the recipe's minutes) is spent and return the averaged weights.

        Raises Cancelled after a checkpoint when ``cancelled`` says so, StudioError on a loss that is not finite.
        """
        budget = self.recipe.minutes * 60
        saved = validated = clock = time.monotonic()
        losses: list[float] = []
        while (progress := self.step / steps if steps else self.seconds / budget) < 1:
            if cancelled():
                self.checkpoint()
                raise Cancelled
            losses.append(self._one_step(progress))
            now = time.monotonic()
            self.seconds += now - clock
            clock = now
            if now - validated > self.recipe.validate_every:
                self._report(losses, watch)
                losses, validated = [], time.monotonic()
            if now - saved > CHECKPOINT_EVERY:
                self.checkpoint()
                saved = time.monotonic()
        scores = self._report(losses, watch)
        self.checkpoint()
        return Result(self.average, self.step, self.seconds, self.pixels, scores)

    def _one_step(self, progress: float) -> float:
        self.optimiser.factor = rate_factor(progress, self.step, self.recipe)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.autocast):
            loss = self.objective.loss(self.network, self.generator, progress)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        value = float(loss.detach())
        if not (math.isfinite(value) and math.isfinite(float(norm))):
            raise StudioError(
                f"The loss stopped being a number at step {self.step}.",
                "Resume from the last checkpoint with half the learning rate.",
            )
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        keep = min(self.recipe.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, tensor in self.network.state_dict().items():
                self.average[name].lerp_(tensor, 1 - keep)
        self.step += 1
        self.pixels += self.objective.pixels_per_step
        return value

    def _report(self, losses: list[float], watch: Callable[[Moment], None]) -> dict[str, float]:
        current = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        self.network.load_state_dict(self.average)
        self.network.eval()
        with torch.inference_mode():
            scores = self.objective.validate(self.network)
        self.network.load_state_dict(current)
        self.network.train()
        mean = sum(losses) / len(losses) if losses else math.nan
        moment = Moment(self.step, self.seconds, self.pixels / 1e6, mean, self.optimiser.factor, scores)
        _append_row(self.folder / "log.csv", moment)
        watch(moment)
        return scores


def _append_row(path: Path, moment: Moment) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {k: v for k, v in dataclasses.asdict(moment).items() if k != "scores"} | moment.scores
    fresh = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row))
        if fresh:
            writer.writeheader()
        writer.writerow({k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()})


def device_name(device: torch.device) -> str:
    """Return the device's name in words, for cards and reports."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"{platform.machine()} processor, {torch.get_num_threads()} threads"
