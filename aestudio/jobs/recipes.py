"""The recipe of a result: what was asked for, and what came of it."""

from __future__ import annotations

import contextlib

from aestudio import __version__
from aestudio.engine.restore import Work
from aestudio.imageio.recipe import Recipe
from aestudio.jobs.spec import Restoration


def recipe_of(restoration: Restoration, work: Work, strength: float) -> Recipe:
    """Return how ``work`` was made. A ``noise`` of None was left to the program, which found ``noise_used``."""
    own = (
        {"noise": restoration.noise, "noise_used": None if work.sigma is None else round(work.sigma, 2)}
        if restoration.task == "denoise"
        else {"scale": restoration.scale}
    )
    settings = {**own, "strength": round(strength, 4)}
    weights = ""
    with contextlib.suppress(OSError):  # the file may be gone by now; the network is not
        weights = work.session.model.digest()
    return Recipe(f"aestudio {__version__}", restoration.task, restoration.model, weights, settings)
