"""The recipe of a result: what was asked for, and what came of it; and of a picture that is opened."""

from __future__ import annotations

import contextlib
from typing import Any

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
        same = not recipe.weights or store.find(recipe.model).has_digest(recipe.weights)
    except (StudioError, OSError):
        return recipe.to_text(), "missing"
    return recipe.to_text(), "same" if same else "other"


LONGEST_MASK = 24_000
"""Characters of a painted region that a recipe carries; all of an XMP packet has 64,000 in a JPEG file."""
INCH = 2.54


def recipe_of(restoration: Restoration, work: Work, mix: Mix, dpi: int = 0) -> Recipe:
    """Return how ``work`` was made. A ``noise`` of None was left to the program, which found ``noise_used``.

    ``dpi``: the pixels per inch of the print that was asked for (0: none). A region is carried along where it is not
    too intricate; otherwise it is only said that there was one.
    """
    cleaner = {"cleaner": restoration.cleaner} if restoration.cleaner else {}
    own = (
        {"noise": restoration.noise, "noise_used": None if work.sigma is None else round(work.sigma, 2)}
        if restoration.task == "denoise"
        else {"scale": work.scale, **_size(restoration, dpi), **cleaner}
    )
    colour = {} if mix.colour == mix.light else {"colour": round(mix.colour, 4)}
    detail = {"detail": round(mix.detail, 4)} if mix.detail else {}
    region: dict[str, Any] = {}
    if mix.mask is not None:
        plain = mix.mask.to_plain()
        region = {"region": True} | ({"mask": plain} if len(plain["data"]) <= LONGEST_MASK else {})
    settings = {**own, **region, "strength": round(mix.light, 4), **colour, **detail, "ensemble": restoration.ensemble}
    weights = ""
    with contextlib.suppress(OSError):  # the file may be gone by now; the network is not
        weights = work.session.model.digest()
    return Recipe(f"aestudio {__version__}", restoration.task, restoration.model, weights, settings)


def _size(restoration: Restoration, dpi: int) -> dict[str, Any]:
    """Return the size that was asked for, by the names of the window's settings, where it was not a factor."""
    if not restoration.side:
        return {}
    if dpi:
        return {"size": "print", "centimetres": round(restoration.pixels / dpi * INCH, 1), "dpi": dpi}
    return {"size": restoration.side, "pixels": restoration.pixels}
