"""A network taught by a larger one: what it learns lies between the truth and the teacher's answer.

A teacher's answer holds less chance than the truth does: what it leaves out, noise has hidden, and a smaller network
need not try to guess it (Hinton et al., "Distilling the knowledge in a neural network", 2015, section 2).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from aestudio.catalog.card import Card
from aestudio.errors import SettingsError
from aestudio.models.weights import load_network
from aestudio.training.machine import compiled
from aestudio.training.muon import MuonAdamW
from aestudio.training.objective import Batch, Example, Extent, Objective, Position, When
from aestudio.training.recipes import Recipe
from aestudio.training.restoring import Restoration

ADVICE = "Choose another teacher, or leave it away."


class TaughtObjective:
    """A restoring objective whose truth is mixed with what ``teacher``, on its device, makes of the same input.

    ``share`` in 0..1 is the teacher's part of it; held-out pictures are judged by the truth alone.
    """

    def __init__(self, objective: Restoration, teacher: nn.Module, share: float) -> None:
        self.objective, self.teacher, self.share = objective, teacher, share
        self.recipe, self.crops, self.pixels_per_step = objective.recipe, objective.crops, objective.pixels_per_step
        self.yardstick = objective.yardstick

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        return self.objective.draw(generator, moment)

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        given, truth, rest = batch[: (at := self.objective.given)], batch[at], batch[at + 1 :]
        with torch.no_grad():
            answer = self.teacher(*given).float().clamp(0, 1)
        return self.objective.loss(network, (*given, torch.lerp(truth, answer, self.share), *rest), moment)

    def renew(self) -> None:
        self.objective.renew()

    def position(self) -> Position:
        return self.objective.position()

    def validate(self, network: nn.Module) -> dict[str, float]:
        return self.objective.validate(network)

    def extent(self) -> Extent:
        return self.objective.extent()

    def examples(self, network: nn.Module, most: int) -> list[Example]:
        return self.objective.examples(network, most)

    def statistics(self) -> dict[str, Any]:
        return self.objective.statistics()

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return self.objective.companions()


def taught(objective: Objective, teacher: Path, device: torch.device) -> tuple[TaughtObjective, Card]:
    """Return an objective with the model of a weight file as its teacher, and that model's card.

    Raises SettingsError for a model that cannot teach what the recipe fits, WeightsError.
    """
    network, card = load_network(teacher)
    if not isinstance(objective, Restoration):
        raise SettingsError("Only what has a truth can be taught by another model.", "Leave the teacher away.")
    _check(objective.recipe, card, int(getattr(network, "size_multiple", 1)))
    network.to(device).to(memory_format=torch.channels_last).eval().requires_grad_(False)  # type: ignore[call-overload]
    fast = compiled(network) if device.type == "cuda" else network
    return TaughtObjective(objective, fast, objective.recipe.teaching), card


def _check(recipe: Recipe, card: Card, step: int) -> None:
    if card.task != recipe.task:
        raise SettingsError(f"The model {card.id} is for the task {card.task}, not for {recipe.task}.", ADVICE)
    if card.scale != recipe.scale:
        raise SettingsError(
            f"The model {card.id} enlarges {card.scale} times, and the recipe is for {recipe.scale} times.", ADVICE
        )
    if recipe.task == "denoise" and card.blind != (recipe.architecture == "photo-unet"):
        if card.blind:
            raise SettingsError(
                f"The model {card.id} judges the noise by itself, and the one to fit is told it.", ADVICE
            )
        raise SettingsError(f"The model {card.id} is told the noise, and the one to fit judges it by itself.", ADVICE)
    if recipe.adversarial:
        raise SettingsError("A critic learns from the truth alone.", "Leave the teacher away, or set adversarial to 0.")
    if recipe.patch % step:
        raise SettingsError(
            f"Crops of {recipe.patch} pixels do not suit the model {card.id}.", f"Use a multiple of {step}."
        )
