"""What a person says that happens to pictures: the ranges, what is done with them, and models that learn to undo it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.catalog.card import read_card
from aestudio.errors import SettingsError
from aestudio.training.damage import LIMITS, METHODS, Damage
from aestudio.training.degradation import spoil
from aestudio.training.fit import fit
from aestudio.training.losses import distance
from aestudio.training.objective import When
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import AUGMENTATIONS, LOSSES, Recipe

CPU = torch.device("cpu")
SMALL = {"channels": 3, "widths": [8, 16], "blocks": 1, "unshuffle": 2}
EVERYTHING = Damage((0.2, 1.5), (1, 2), "area", (100, 6400), (0, 25), (30, 95))
BLIND = Recipe("denoise", "photo-unet", SMALL, degradation="custom", damage=EVERYTHING, patch=32, batch=4)
TOLD = Recipe("denoise", "restoration-unet", SMALL, degradation="custom", damage=Damage(gaussian=(10, 40)), patch=32)
ENLARGING = Recipe(
    "upscale",
    "upscaler",
    {"scale": 2, "channels": 3, "widths": [8, 16], "blocks": 1},
    scale=2,
    degradation="custom",
    damage=EVERYTHING,
    patch=16,
    batch=4,
)


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def crops(count: int, side: int) -> torch.Tensor:
    coarse = torch.rand(count, 3, 9, 9, generator=generator())
    return torch.nn.functional.interpolate(coarse, size=(side, side), mode="bicubic").clamp(0, 1)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Return a folder of six pictures that a validation crop fits into."""
    folder = tmp_path / "photos"
    folder.mkdir()
    random = np.random.default_rng(0)
    for number in range(6):
        smooth = np.kron(random.integers(0, 256, (29, 31, 3)), np.ones((7, 7, 1))).astype(np.uint8)
        Image.fromarray(smooth).save(folder / f"{number}.png")
    return folder


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("method", METHODS)
def test_spoiled_pictures_are_8_bit_files_beside_the_truth(scale: int, method: str) -> None:
    clean = crops(5, 48 * scale)
    given, target, clear = spoil(clean, replace(EVERYTHING, method=method), scale, 3, generator())
    assert given.shape == clear.shape == (5, 3, 32, 32)
    assert target.shape == (5, 3, 32 * scale, 32 * scale)
    assert torch.allclose(given * 255, (given * 255).round(), atol=1e-3)
    assert 0 <= float(given.min()) <= float(given.max()) <= 1
    assert float((given - clear).std()) > 2 / 255
    again = spoil(clean, replace(EVERYTHING, method=method), scale, 3, generator())[0]
    assert torch.equal(given, again)


def test_nothing_is_done_that_was_not_asked_for() -> None:
    clean = (crops(3, 48) * 255).round() / 255
    given, target, _ = spoil(clean, Damage(gaussian=(0, 0)), 1, 0, generator())
    assert torch.allclose(given, target, atol=1e-6)
    assert torch.equal(target, clean[:, :, :32, :32])
    soft, target, _ = spoil(clean, Damage(blur=(0, 0)), 1, 0, generator())
    assert torch.allclose(soft, target, atol=1e-6)


def test_each_kind_is_as_strong_as_was_asked_for() -> None:
    grey = torch.full((64, 3, 48, 48), 0.5)
    for level in (5, 30):
        given, target, _ = spoil(grey, Damage(gaussian=(level, level)), 1, 0, generator())
        assert float((given - target).std()) * 255 == pytest.approx(level, rel=0.05)
    picture = crops(16, 48)

    def harm(**damage: tuple[float, float]) -> float:
        given, target, _ = spoil(picture, Damage(**damage), 1, 1, generator())
        return float((given - target).square().mean())

    assert harm(blur=(0.5, 0.5)) < harm(blur=(2, 2))
    assert harm(shrink=(1.5, 1.5)) < harm(shrink=(4, 4))
    assert harm(camera=(200, 200)) < harm(camera=(3200, 3200)) < harm(camera=(25_600, 25_600))
    assert harm(jpeg=(95, 95)) < harm(jpeg=(20, 20))


def test_the_strongest_and_the_mildest_of_a_range() -> None:
    mild, strong = EVERYTHING.at(0), EVERYTHING.at(1)
    assert mild.kinds == {
        "blur": (0.2, 0.2),
        "shrink": (1, 1),
        "camera": (100, 100),
        "gaussian": (0, 0),
        "jpeg": (95, 95),
    }
    assert strong.jpeg == (30, 30)
    assert strong.gaussian == (25, 25)
    assert strong.method == "area"
    assert not Damage().at(0.5).kinds


@pytest.mark.parametrize("kind", LIMITS)
def test_a_range_that_is_none_is_refused(kind: str) -> None:
    low, high = LIMITS[kind]
    assert Damage(**{kind: [low, high]}).kinds == {kind: (low, high)}
    for wrong in ((high, low), (low,), (low - 1, high), (low, high + 1), ("a", "b"), 3):
        with pytest.raises(SettingsError, match=kind):
            Damage(**{kind: wrong})
    with pytest.raises(SettingsError, match="method"):
        Damage(method="magic")


def test_a_custom_recipe_must_make_sense() -> None:
    for wrong in (
        {"damage": Damage()},
        {"degradation": "photo"},
        {"architecture": "restoration-unet"},
        {"task": "vae"},
        {"patch": 24},
        {"loss": "l3"},
        {"augmentation": "spin"},
    ):
        with pytest.raises(SettingsError, match="not usable"):
            replace(BLIND, **wrong)


@pytest.mark.parametrize("recipe", [BLIND, TOLD, ENLARGING], ids=["blind", "told", "enlarging"])
def test_a_model_learns_to_undo_it_and_says_what(recipe: Recipe, photos: Path, tmp_path: Path) -> None:
    path = fit(recipe, photos, "mine", tmp_path / "run", tmp_path / "models", CPU, steps=3)
    card = read_card(path)
    known = card.training["damage"]
    assert known["gaussian"] == list(recipe.damage.gaussian)
    assert known.get("jpeg") == (list(recipe.damage.jpeg) or None)
    assert known.get("method") == ("area" if recipe.damage.shrink else None)
    assert card.noise_range == ([10, 40] if recipe is TOLD else [])


def test_a_level_that_is_told_is_within_the_range(photos: Path) -> None:
    objective = make_objective(replace(TOLD, batch=200), photos, CPU)
    noisy, plane, _ = objective.draw(generator(), When(0, 0))
    levels = plane[:, 0, 0, 0] * 255
    assert 10 <= float(levels.min()) < 12
    assert 38 < float(levels.max()) <= 40
    assert torch.allclose(noisy * 255, (noisy * 255).round(), atol=1e-3)


@pytest.mark.parametrize("augmentation", AUGMENTATIONS)
def test_crops_stay_upright_where_that_is_asked_for(augmentation: str, tmp_path: Path) -> None:
    folder = tmp_path / "ramps"
    folder.mkdir()
    ramp = np.broadcast_to(np.arange(200, dtype=np.uint8)[None, :, None], (200, 200, 3))
    for number in range(3):
        Image.fromarray(np.ascontiguousarray(ramp)).save(folder / f"{number}.png")
    recipe = replace(TOLD, augmentation=augmentation, grey=0.0, batch=40)
    clean = make_objective(recipe, folder, CPU).draw(generator(), When(0, 0))[2]
    rises = clean[:, 0, 0, -1] > clean[:, 0, 0, 0]
    assert bool(rises.all()) == (augmentation == "none")


@pytest.mark.parametrize("kind", LOSSES)
def test_a_distance_is_that_of_its_name(kind: str) -> None:
    error = torch.tensor([0.0, -0.5, 0.5])
    expected = {"l1": 1 / 3, "l2": 0.5 / 3, "charbonnier": 1 / 3}[kind]
    assert float(distance(error, kind)) == pytest.approx(expected, abs=1e-3)
    zero = torch.zeros(3, requires_grad=True)
    distance(zero, kind).backward()
    assert torch.isfinite(zero.grad).all()
