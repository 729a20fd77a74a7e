"""A small network learns from a larger one's answers beside the truth."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from aestudio.__main__ import main
from aestudio.catalog.card import read_card
from aestudio.cli import DONE, WRONG
from aestudio.errors import SettingsError
from aestudio.models.registry import build
from aestudio.training import recipes
from aestudio.training.objective import When
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe
from aestudio.training.teaching import TaughtObjective, taught

CPU = torch.device("cpu")
SHARED = {"patch": 16, "batch": 4, "held_out": 1, "seed": 3}
NET = {"widths": [8, 16], "blocks": 1}
RECIPES = {
    "told": Recipe("denoise", "restoration-unet", NET, **SHARED),
    "blind": Recipe("denoise", "photo-unet", {**NET, "level_width": 8}, degradation="photo", **SHARED),
    "twice": Recipe("upscale", "upscaler", {**NET, "scale": 2}, scale=2, **SHARED),
}


def own_answer(recipe: Recipe, folder: Path, share: float) -> tuple[float, float]:
    """Return the losses of a network that is its own teacher: taught, and by the truth alone."""
    torch.manual_seed(0)
    network = build(recipe.architecture, recipe.arguments).eval()
    objective = make_objective(recipe, folder, CPU)
    # late: the level is no longer told, and both judge by themselves
    moment = When(90, 0.9)
    batch = objective.draw(torch.Generator().manual_seed(1), moment)
    mixed = TaughtObjective(objective, network, share)
    with torch.no_grad():
        return float(mixed.loss(network, batch, moment)), float(objective.loss(network, batch, moment))


@pytest.mark.parametrize("name", RECIPES)
def test_the_teacher_counts_by_its_share(name: str, large_folder: Path) -> None:
    recipe = RECIPES[name]
    if name == "blind":
        # of the blind one's loss a part is that of its estimate, which no teacher answers
        recipe = dataclasses.replace(recipe, batch=2)
    whole, plain = own_answer(recipe, large_folder, 1.0)
    half, _ = own_answer(recipe, large_folder, 0.5)
    none, _ = own_answer(recipe, large_folder, 0.0)
    assert none == pytest.approx(plain)
    assert half == pytest.approx((whole + none) / 2, rel=0.05)
    # nothing is left to learn from oneself, but for what lies outside of 0..1
    assert whole < 0.2 * plain or name == "blind"
    assert whole < plain


@pytest.fixture
def words(folder: Path, tmp_path: Path, home: Path) -> list[str]:
    for name, widths in (("small", [8, 16]), ("large", [16, 32])):
        wanted = dataclasses.replace(RECIPES["told"], arguments={**NET, "widths": widths}, title=name)
        recipes.save(wanted, tmp_path / f"{name}.toml")
    made = ["train", "denoise", str(folder), "--device", "cpu", "--quiet"]
    assert main([*made, "--name", "large", "--recipe", str(tmp_path / "large.toml"), "--steps", "2"]) == DONE
    return [*made, "--recipe", str(tmp_path / "small.toml"), "--name"]


def test_a_run_is_taught_and_goes_on_with_its_teacher(
    words: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = home / "models" / "mine.safetensors"
    assert main([*words, "mine", "--steps", "2", "--teacher", "large", "--set", "teaching=0.8"]) == DONE
    told = read_card(model).training
    assert (told["taught_by"], told["teaching"]) == ("large", 0.8)
    assert main([*words, "alone", "--steps", "2"]) == DONE
    assert read_card(home / "models" / "alone.safetensors").training.get("taught_by") is None
    assert model.read_bytes()[-256:] != (home / "models" / "alone.safetensors").read_bytes()[-256:]
    capsys.readouterr()
    assert main([*words, "mine", "--steps", "3", "--resume", "--teacher", "alone"]) == WRONG
    assert "The run is taught by the model large, not by alone." in capsys.readouterr().err
    assert main([*words, "alone", "--steps", "3", "--resume", "--teacher", "large"]) == WRONG
    assert "The run has no teacher" in capsys.readouterr().err
    (home / "models" / "large.safetensors").unlink()
    for steps, named in (("3", []), ("4", ["--teacher", "large"])):
        assert main([*words, "mine", "--steps", steps, "--resume", *named]) == DONE
        assert read_card(model).training["taught_by"] == "large"


def test_a_probe_times_the_teacher_too(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "mine", "--probe", "--teacher", "large"]) == DONE
    assert "steps" in capsys.readouterr().out
    assert main([*words, "mine", "--probe", "--teacher", "photo-fast"]) == WRONG
    assert "judges the noise by itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("student", "teacher", "said"),
    [
        ("told", "upscale-x2-fast", "is for the task upscale"),
        ("told", "photo-fast", "judges the noise by itself"),
        ("blind", "denoise-fast", "is told the noise"),
        ("twice", "upscale-x3-fast", "enlarges 3 times"),
    ],
)
def test_a_teacher_of_something_else_is_refused(student: str, teacher: str, said: str, large_folder: Path) -> None:
    from aestudio.catalog import store

    objective = make_objective(RECIPES[student], large_folder, CPU)
    with pytest.raises(SettingsError) as refused:
        taught(objective, store.find(teacher).path, CPU)
    assert said in refused.value.what


def test_what_has_no_truth_or_a_critic_is_not_taught(large_folder: Path) -> None:
    from aestudio.catalog import store

    teacher = store.find("photo-fast").path
    alone = make_objective(dataclasses.replace(RECIPES["blind"], degradation="noisy"), large_folder, CPU)
    with pytest.raises(SettingsError, match="has a truth"):
        taught(alone, teacher, CPU)
    photo = dataclasses.replace(RECIPES["twice"], degradation="photo", adversarial=0.1)
    with pytest.raises(SettingsError, match="critic"):
        taught(make_objective(photo, large_folder, CPU), store.find("upscale-x2-fast").path, CPU)
