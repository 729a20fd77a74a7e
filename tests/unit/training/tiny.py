"""The smallest recipe that learns something."""

from __future__ import annotations

from aestudio.training.recipes import Recipe

TINY = Recipe(
    task="denoise",
    architecture="restoration-unet",
    arguments={"widths": [8, 16], "blocks": 1},
    patch=16,
    batch=4,
    warmup=2,
    held_out=2,
    seed=3,
)
