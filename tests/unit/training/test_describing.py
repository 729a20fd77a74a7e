"""What the card of a model says that it does, where the recipe's own words are about something else."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtWidgets import QApplication

from aestudio.training import recipes
from aestudio.training.damage import Damage
from aestudio.training.describing import OWN
from aestudio.training.fit import make_card
from aestudio.training.recipes import Recipe
from aestudio.ui import language


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    undo = language.install("zh_TW")
    yield
    undo()


def described(recipe: Recipe) -> str:
    return make_card(recipe, "mine", {}, [], {}, "my own").description


@pytest.mark.parametrize(
    ("name", "degradation"),
    [
        *product(["photo-fast", "photo-best", "upscale-x4-fast", "upscale-x4-photo"], ["custom", "pairs"]),
        # noisy pictures teach no enlarging
        *product(["photo-fast", "photo-best"], ["noisy"]),
    ],
)
def test_a_model_that_learned_something_else_does_not_say_what_the_recipe_says(name: str, degradation: str) -> None:
    recipe = recipes.load(name)
    assert described(recipe) == recipe.description
    damage = Damage(gaussian=(5, 30)) if degradation == "custom" else Damage()
    changed = dataclasses.replace(recipe, degradation=degradation, damage=damage)
    words = described(changed)
    assert words.startswith("Enlarges" if recipe.task == "upscale" else ("Undoes", "Restores", "Removes noise like"))
    assert "JPEG" not in words
    assert "camera" not in words
    assert described(dataclasses.replace(changed, description="")) == words
    assert described(dataclasses.replace(changed, description="Mends my scans.")) == "Mends my scans."


def test_what_models_of_ones_own_do_is_said_in_the_windows_language(chinese: None) -> None:
    for text in OWN.values():
        assert re.search(r"[\u4e00-\u9fff]", language.sentence(text)), text
