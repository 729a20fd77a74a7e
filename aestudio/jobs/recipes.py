"""The recipe of a result: what was asked for, and what came of it; and of a picture that is opened."""

from __future__ import annotations

import contextlib

from aestudio import __version__
from aestudio.catalog import store
from aestudio.engine.restore import Work
from aestudio.errors import StudioError
from aestudio.imageio.mix import Mix
from aestudio.imageio.picture import Metadata
from aestudio.imageio.recipe import Recipe, find_recipe
from aestudio.jobs.spec import Restoration


def found_recipe(metadata: Metadata) -> tuple[str, str]:
    """Return the recipe that a file carries as Loaded tells it: its text, and whether its model is here."""
    recipe = find_recipe(metadata)
    if recipe is None:
        return "", ""
    try:
        same = recipe.weights in ("", store.find(recipe.model).digest())
    except (StudioError, OSError):
        return recipe.to_text(), "missing"
    return recipe.to_text(), "same" if same else "other"


def recipe_of(restoration: Restoration, work: Work, mix: Mix) -> Recipe:
    """Return how ``work`` was made. A ``noise`` of None was left to the program, which found ``noise_used``."""
    own = (
        {"noise": restoration.noise, "noise_used": None if work.sigma is None else round(work.sigma, 2)}
        if restoration.task == "denoise"
        else {"scale": work.scale, **({"cleaner": restoration.cleaner} if restoration.cleaner else {})}
    )
    colour = {} if mix.colour == mix.light else {"colour": round(mix.colour, 4)}
    detail = {"detail": round(mix.detail, 4)} if mix.detail else {}
    region = {} if mix.mask is None else {"region": True}
    settings = {**own, **region, "strength": round(mix.light, 4), **colour, **detail, "ensemble": restoration.ensemble}
    weights = ""
    with contextlib.suppress(OSError):  # the file may be gone by now; the network is not
        weights = work.session.model.digest()
    return Recipe(f"aestudio {__version__}", restoration.task, restoration.model, weights, settings)
