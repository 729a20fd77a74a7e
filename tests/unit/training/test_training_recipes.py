"""Recipes written and read, and networks of other sizes."""

from __future__ import annotations

import errno
import math
from dataclasses import replace
from pathlib import Path

import pytest

from aestudio import whole_file
from aestudio.errors import OutputError, SettingsError
from aestudio.models.registry import build
from aestudio.training import recipes
from aestudio.training.damage import Damage
from aestudio.training.recipes import SIZES, Recipe

SHIPPED = sorted(path.stem for path in recipes.FOLDER.glob("*.toml"))


def parameters(recipe: Recipe) -> int:
    return sum(p.numel() for p in build(recipe.architecture, recipe.arguments).parameters())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_recipe_is_read_as_it_was_written(name: str, tmp_path: Path) -> None:
    recipe = recipes.load(name)
    changed = replace(recipe, title='Noël, "quoted" \\ \t\x7f\n最佳', muon_rate=1e-5, flip=True, held_out=3)
    if recipe.task != "vae" and recipe.architecture != "restoration-unet":
        damage = Damage(blur=(0.1, 1.3), gaussian=(5, 25), jpeg=(40, 90), method="nearest")
        changed = replace(changed, degradation="custom", damage=damage, loss="charbonnier", augmentation="none")
    path = tmp_path / "run" / "recipe.toml"
    for wanted in (recipe, changed):
        recipes.save(wanted, path)
        assert recipes.load(path) == wanted
    assert [p.name for p in path.parent.iterdir()] == ["recipe.toml"]


def test_a_recipe_that_cannot_be_written_says_so_and_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "recipe.toml"
    recipes.save(recipes.load("photo-fast"), path)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(OutputError, match="cannot be written"):
        recipes.save(recipes.load("denoise-fast"), path)
    assert recipes.load(path) == recipes.load("photo-fast")
    assert [p.name for p in tmp_path.iterdir()] == ["recipe.toml"]


@pytest.mark.parametrize("name", SHIPPED)
def test_smaller_and_larger_networks_can_be_built(name: str) -> None:
    recipe = recipes.load(name)
    small, usual, large = (recipes.sized(recipe, size) for size in SIZES)
    assert usual == recipe
    assert parameters(small) < parameters(recipe) < parameters(large)
    with pytest.raises(SettingsError, match="huge"):
        recipes.sized(recipe, "huge")


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("vae-digits-2d", {"size": 30}, "size must be a multiple of 4"),
        ("vae-portraits-64", {"size": 72}, "size must be a multiple of 16"),
        ("vae-portraits-64", {"top": 0}, "latent must be positive"),
        ("vae-portraits-64", {"classes": 3}, "classes"),
    ],
)
def test_a_design_that_cannot_be_is_refused(name: str, wrong: dict[str, int], said: str) -> None:
    recipe = recipes.load(name)
    with pytest.raises(SettingsError, match=said):
        replace(recipe, arguments={**recipe.arguments, **wrong})


def test_a_damage_that_is_none_is_refused_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    text = (recipes.FOLDER / "photo-fast.toml").read_text("utf-8").replace('"photo"', '"custom"')
    for damage, said in (("blur = [2, 1]", "blur"), ("fog = [1, 2]", "fog"), ("", "custom")):
        path.write_text(f"{text}\n[damage]\n{damage}\n", encoding="utf-8")
        with pytest.raises(SettingsError, match=said):
            recipes.load(path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("minutes", math.inf),
        ("minutes", math.nan),
        ("clip", -1.0),
        ("muon_rate", 0.0),
        ("adamw_rate", math.inf),
        ("warmup", -5),
        ("highest_sigma", 0.0),
        ("highest_sigma", 300.0),
        ("clipped", 1.5),
        ("grey", -0.1),
        ("overrated", 2.0),
        ("overexposed", -0.1),
        ("kl_warmup", 2.0),
        ("prior", -1),
        ("seed", -1),
        ("validate_every", -1.0),
        ("checkpoint_every", -1.0),
    ],
)
def test_a_value_that_means_nothing_is_refused_by_its_name(key: str, value: float) -> None:
    table = {"task": "denoise", "architecture": "restoration-unet", key: value}
    with pytest.raises(SettingsError, match=key):
        recipes.from_table(table)
