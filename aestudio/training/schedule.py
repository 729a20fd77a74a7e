"""How the learning rate goes over a run."""

from __future__ import annotations

import math

from aestudio.training.recipes import Recipe


def rate_factor(progress: float, step: int, recipe: Recipe) -> float:
    """Return the learning rate's factor in 0..1: linear warm-up, constant, half-cosine decay at the end."""
    warm = min(1.0, (step + 1) / recipe.warmup) if recipe.warmup else 1.0
    start = 1 - recipe.decay
    if progress <= start or recipe.decay == 0:
        return warm
    fallen = min(1.0, (progress - start) / recipe.decay)
    return warm * 0.5 * (1 + math.cos(math.pi * fallen))
