"""What the loop asks of a task: one shape for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from aestudio.training.muon import MuonAdamW
from aestudio.training.recipes import Recipe


@dataclass(frozen=True)
class When:
    """Where a run is: its number of steps so far, and ``progress`` in 0..1 of its budget."""

    step: int
    progress: float


Batch = tuple[Tensor, ...]
# How far a run's pictures have been read: named counts, nothing where all of them are in memory.
Position = Mapping[str, float]


@dataclass(frozen=True)
class Example:
    """A held-out picture as it is given, what the network makes of it, and the truth where it is known.

    ``start`` is what the model that the run began with makes of it, where that is shown beside.
    Each is (C, H, W) in 0..1, all of one size.
    """

    before: Tensor
    now: Tensor
    truth: Tensor | None
    start: Tensor | None = None


@dataclass(frozen=True)
class Extent:
    """How much there is to learn from: numbers of pictures, and the first score of leaving the held-out ones alone.

    ``held_out`` is 0 where what is judged by is learned from too, because there is too little to keep some apart.
    ``baselines`` are all scores of leaving them alone, by their names. ``noise`` is what the truth of the held-out ones
    has itself, in 8-bit units (0: none, or there is no truth). ``anew``: what a run that goes on had scored before was
    by others.
    """

    pictures: int
    held_out: int
    untouched: float | None = None
    baselines: dict[str, float] = field(default_factory=dict)
    noise: float = 0.0
    anew: bool = False


class Objective(Protocol):
    """A task to fit: batches with a loss, and a validation score.

    ``recipe`` is what was asked for, fitted to the pictures. A batch is of ``crops`` rows. Scores of one ``yardstick``
    can be compared.
    """

    recipe: Recipe
    crops: int
    pixels_per_step: int
    yardstick: str

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        """Return one fresh batch, on the device and in float32: rounding of low precision would spoil it."""
        ...

    def renew(self) -> None:
        """Let the batch of the step that was taken make room for pictures that nobody has seen."""
        ...

    def position(self) -> Position:
        """Return what an objective must be made with to go on from here."""
        ...

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        """Return the scalar loss of a batch."""
        ...

    def validate(self, network: nn.Module) -> dict[str, float]:
        """Return named scores on held-out pictures; the first one is better when higher."""
        ...

    def extent(self) -> Extent:
        """Return how much there is to learn from, and what doing nothing scores."""
        ...

    def examples(self, network: nn.Module, most: int) -> list[Example]:
        """Return up to ``most`` held-out pictures before and after the network, on its device."""
        ...

    def statistics(self) -> dict[str, Any]:
        """Return the kind of the training pictures, for the card (see ``engine.kind``)."""
        ...

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        """Return the networks that learn beside the one to fit, with their optimisers: a checkpoint keeps them."""
        ...
