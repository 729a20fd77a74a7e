"""What a model's card says that it does, where the shipped recipe that it was fitted by says something else."""

from __future__ import annotations

from aestudio.training import recipes
from aestudio.training.recipes import Recipe

UNDOES_DAMAGE = "Undoes the damage that was chosen for its training, on pictures like those that it learned from."
ENLARGES_DAMAGED = "Enlarges pictures and undoes the damage that was chosen for its training."
RESTORES_AS_PAIRS = (
    "Restores pictures as in the pairs that it learned from, each of a spoiled picture and its true one."
)
ENLARGES_AS_PAIRS = "Enlarges pictures as in the pairs that it learned from, each of a small picture and its large one."
FROM_NOISY = "Removes noise like that of the pictures that it learned from, of which there were no clean ones."

OWN = {
    ("denoise", "custom"): UNDOES_DAMAGE,
    ("upscale", "custom"): ENLARGES_DAMAGED,
    ("denoise", "pairs"): RESTORES_AS_PAIRS,
    ("upscale", "pairs"): ENLARGES_AS_PAIRS,
    ("denoise", "noisy"): FROM_NOISY,
}
"""By task and degradation; no shipped recipe has any of these."""


def description_of(recipe: Recipe) -> str:
    """Return what a model fitted by a recipe does, a sentence; what a person wrote into the recipe goes first."""
    said = OWN.get((recipe.task, recipe.degradation))
    if said is None:
        return recipe.description
    shipped = {recipes.load(path.stem).description for path in recipes.FOLDER.glob("*.toml")}
    return said if recipe.description in {"", *shipped} else recipe.description
