from __future__ import annotations

import csv
import dataclasses
import math
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.catalog.card import read_card
from aestudio.errors import Cancelled, InputError, SettingsError, WeightsError
from aestudio.models.registry import build
from aestudio.models.weights import load_network
from aestudio.training import machine, recipes
from aestudio.training.fit import Provenance, fit
from aestudio.training.loop import Trainer
from aestudio.training.machine import compiled
from aestudio.training.moment import Moment
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe
from aestudio.training.schedule import rate_factor
from tests.unit.training.tiny import TINY

CPU = torch.device("cpu")


def trainer(recipe: Recipe, folder: Path, runs: Path) -> Trainer:
    return Trainer(recipe, make_objective(recipe, folder, CPU), runs, CPU)


def test_training_denoises_better_than_before(folder: Path, tmp_path: Path) -> None:
    run = trainer(TINY, folder, tmp_path / "run")
    before = run.run(steps=1).scores["psnr"]
    after = run.run(steps=150).scores["psnr"]
    assert after > before + 1.0


def test_a_resumed_run_ends_where_an_uninterrupted_one_does(folder: Path, tmp_path: Path) -> None:
    whole = trainer(TINY, folder, tmp_path / "whole").run(steps=8)
    stop_at = iter([False] * 4 + [True])
    with pytest.raises(Cancelled):
        trainer(TINY, folder, tmp_path / "parts").run(steps=8, cancelled=lambda: next(stop_at))
    second = trainer(TINY, folder, tmp_path / "parts")
    second.resume()
    assert second.step == 4
    parts = second.run(steps=8)
    assert parts.pixels == whole.pixels
    assert all(torch.equal(whole.state[name], parts.state[name]) for name in whole.state)


def test_a_run_that_is_stopped_early_keeps_what_scored_best(folder: Path, tmp_path: Path) -> None:
    run = trainer(TINY, folder, tmp_path / "run")
    scores = iter([30.0, 20.0])
    run.objective.validate = lambda network: {"psnr": next(scores)}  # type: ignore[method-assign]
    before = {name: value.clone() for name, value in run.average.items()}
    wishes = iter([False, False, True])
    result = run.run(steps=100, enough=lambda: next(wishes))
    assert result.steps == 2
    assert result.scores == {"psnr": 30.0}
    assert all(torch.equal(result.state[name], before[name]) for name in before)
    later = trainer(TINY, folder, tmp_path / "run")
    later.resume()
    assert later.best is not None
    assert later.best.score == 30.0


def test_what_doing_nothing_scores_is_known(folder: Path, tmp_path: Path) -> None:
    extent = make_objective(TINY, folder, CPU).extent()
    assert (extent.pictures, extent.held_out) == (5, 1)
    assert extent.untouched == pytest.approx(-20 * math.log10(25 / 255), abs=1.0)  # the clipped noise is weaker
    arguments = {"scale": 2, "widths": [8, 16], "blocks": 1}
    twice = dataclasses.replace(TINY, task="upscale", architecture="upscaler", arguments=arguments, scale=2)
    run = trainer(twice, folder, tmp_path)
    (example,) = run.objective.examples(run.network, 3)
    assert example.before.shape == example.now.shape == example.truth.shape


def test_the_noise_of_the_truth_is_known(folder: Path, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    for path in folder.iterdir():
        soft = Image.fromarray(random.integers(40, 216, (5, 6, 3), dtype=np.uint8)).resize((120, 100))
        soft.save(path)
    assert make_objective(TINY, folder, CPU).extent().noise < 1
    for path in folder.iterdir():
        noisy = np.asarray(Image.open(path)) + random.normal(0, 12, (100, 120, 3))
        Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(path)
    assert make_objective(TINY, folder, CPU).extent().noise == pytest.approx(12, abs=2)
    path = fit(TINY, folder, "mine", tmp_path / "run", tmp_path / "models", CPU, steps=1)
    assert read_card(path).training["truth_noise"] == pytest.approx(12, abs=2)


def test_another_recipes_checkpoint_is_refused(folder: Path, tmp_path: Path) -> None:
    trainer(TINY, folder, tmp_path / "run").run(steps=1)
    other = dataclasses.replace(TINY, arguments={"widths": [4, 8], "blocks": 1})
    with pytest.raises(WeightsError, match="another recipe"):
        trainer(other, folder, tmp_path / "run").resume()


def test_the_rate_warms_up_stays_and_falls_to_nothing() -> None:
    recipe = dataclasses.replace(TINY, warmup=10, decay=0.5)
    assert rate_factor(0.0, 0, recipe) == pytest.approx(0.1)
    assert rate_factor(0.3, 100, recipe) == 1
    assert rate_factor(0.75, 100, recipe) == pytest.approx(0.5)
    assert rate_factor(1.0, 100, recipe) == pytest.approx(0.0)


@pytest.mark.parametrize("task", ["upscale", "vae"])
def test_other_tasks_fit_and_write_their_cards(task: str, folder: Path, tmp_path: Path) -> None:
    if task == "upscale":
        arguments = {"scale": 2, "widths": [8, 16], "blocks": 1}
        recipe = dataclasses.replace(TINY, task=task, architecture="upscaler", arguments=arguments, scale=2)
    else:
        arguments = {"size": 28, "latent": 2, "width": 4, "hidden": 16}
        recipe = dataclasses.replace(TINY, task=task, architecture="conv-vae", arguments=arguments)
    path = fit(recipe, folder, "mine", tmp_path / "run", tmp_path / "models", CPU, steps=2)
    network, card = load_network(path)
    assert (card.id, card.task, card.scale) == ("mine", task, recipe.scale)
    assert card.training["steps"] == 2
    assert card.training["megapixels_seen"] >= 0
    assert network
    assert "mine" in path.with_suffix(".md").read_text(encoding="utf-8")


PHOTO = dataclasses.replace(
    TINY, architecture="photo-unet", arguments={**TINY.arguments, "level_width": 8}, degradation="photo", batch=5
)
PHOTO_X2 = dataclasses.replace(
    TINY,
    task="upscale",
    architecture="upscaler",
    arguments={"scale": 2, "widths": [8, 16], "blocks": 1},
    scale=2,
    degradation="photo",
    adversarial=0.01,
)


@pytest.mark.parametrize("recipe", [PHOTO, PHOTO_X2])
def test_photo_recipes_fit_and_resume_to_the_same_weights(recipe: Recipe, large_folder: Path, tmp_path: Path) -> None:
    whole = trainer(recipe, large_folder, tmp_path / "whole").run(steps=6)
    stop_at = iter([False] * 3 + [True])
    with pytest.raises(Cancelled):
        trainer(recipe, large_folder, tmp_path / "parts").run(steps=6, cancelled=lambda: next(stop_at))
    second = trainer(recipe, large_folder, tmp_path / "parts")
    second.resume()
    parts = second.run(steps=6)
    assert all(torch.equal(whole.state[name], parts.state[name]) for name in whole.state)


def test_a_photo_model_is_blind_and_knows_its_kind(large_folder: Path, tmp_path: Path) -> None:
    path = fit(PHOTO, large_folder, "photo", tmp_path / "run", tmp_path / "models", CPU, steps=2)
    card = read_card(path)
    assert card.blind
    assert card.statistics["threshold"] > 0


def test_the_estimated_level_approaches_the_true_one(large_folder: Path, tmp_path: Path) -> None:
    run = trainer(PHOTO, large_folder, tmp_path / "run")
    before = run.run(steps=1).scores["level_error"]
    assert run.run(steps=120).scores["level_error"] < 0.8 * before


def test_starting_from_a_model_keeps_what_fits_and_says_what_is_new(folder: Path, tmp_path: Path) -> None:
    x2 = dataclasses.replace(
        TINY, task="upscale", architecture="upscaler", arguments={"scale": 2, "widths": [8, 16], "blocks": 1}, scale=2
    )
    x4 = dataclasses.replace(x2, arguments={**x2.arguments, "scale": 4}, scale=4, patch=8)
    first = fit(x2, folder, "two", tmp_path / "a", tmp_path / "models", CPU, steps=3)
    said: list[str] = []
    second = fit(x4, folder, "four", tmp_path / "b", tmp_path / "models", CPU, steps=1, start=first, say=said.append)
    assert "tail.weight" in said[0]
    assert "head.weight" not in said[0]
    assert read_card(second).training["from"] == "two"


def test_a_log_is_kept(folder: Path, tmp_path: Path) -> None:
    seen: list[Moment] = []
    trainer(TINY, folder, tmp_path / "run").run(steps=3, watch=seen.append)
    with (tmp_path / "run" / "log.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert rows[-1]["step"] == "3"
    with Image.open(tmp_path / "run" / "examples.png") as sheet:
        assert sheet.width > 2 * sheet.height  # one held-out picture: before, now, truth
    assert float(rows[-1]["psnr"]) > 5
    assert seen[-1].gradient_norm > 0
    assert float(rows[-1]["gradient_norm"]) == pytest.approx(seen[-1].gradient_norm, rel=1e-5)


def test_names_and_folders_are_checked(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="name"):
        fit(TINY, folder, "../evil", tmp_path, tmp_path, CPU, steps=1)
    with pytest.raises(InputError, match="at least 400"):
        make_objective(dataclasses.replace(TINY, patch=400), folder, CPU)


def test_provenance_is_on_the_card(folder: Path, tmp_path: Path) -> None:
    source = Provenance("my cat, 6 pictures", "CC0")
    path = fit(TINY, folder, "cat", tmp_path / "r", tmp_path / "m", CPU, steps=1, provenance=source)
    card = read_card(path)
    assert card.licence == "CC0"
    assert card.training["data"] == "my cat, 6 pictures"


def test_shipped_recipes_are_valid_and_bad_ones_say_why(tmp_path: Path) -> None:
    for path in recipes.FOLDER.glob("*.toml"):
        assert recipes.load(path.stem).title
    with pytest.raises(SettingsError, match="no recipe"):
        recipes.load("nonsense")
    bad = tmp_path / "bad.toml"
    bad.write_text('task = "denoise"\narchitecture = "x"\nspeed = 3\n')
    with pytest.raises(SettingsError, match="speed"):
        recipes.load(bad)
    bad.write_text('task = "paint"\narchitecture = "x"\n')
    with pytest.raises(SettingsError, match="task must be"):
        recipes.load(bad)


def test_validation_pictures_fit_every_scale(folder: Path) -> None:
    arguments = {"scale": 3, "widths": [8, 16], "blocks": 1}
    recipe = dataclasses.replace(TINY, task="upscale", architecture="upscaler", arguments=arguments, scale=3)
    with torch.inference_mode():
        assert make_objective(recipe, folder, CPU).validate(build("upscaler", arguments).eval())["psnr"] > 0


@pytest.mark.parametrize("recipe", [PHOTO, PHOTO_X2])
def test_batches_keep_their_precision_where_the_network_has_less(
    recipe: Recipe, large_folder: Path, tmp_path: Path
) -> None:
    run = trainer(recipe, large_folder, tmp_path / "run")
    run.autocast = True
    seen: list[torch.Tensor] = []
    drawn = run.objective.draw

    def draw(*arguments: object) -> tuple[torch.Tensor, ...]:
        assert not torch.is_autocast_enabled("cpu")
        batch = drawn(*arguments)  # type: ignore[arg-type]
        seen.extend(batch[:2])
        return batch

    run.objective.draw = draw  # type: ignore[method-assign]
    assert run.run(steps=2).scores["psnr"] > 0
    assert all(t.dtype == torch.float32 for t in seen)
    levels = seen[0] * 255
    assert torch.allclose(levels, levels.round(), atol=1e-3)


@pytest.mark.parametrize(("gain", "low"), [(0.0, False), (0.2, False), (2.0, True)])
def test_a_run_is_in_bfloat16_where_that_is_faster(
    gain: float, low: bool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "bfloat16_gain", lambda: gain)
    assert trainer(TINY, folder, tmp_path / "run").autocast is low


def test_a_gpu_without_bfloat16_of_its_own_trains_in_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    for capability, low in (((7, 5), False), ((8, 0), True), ((12, 0), True)):
        monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device, found=capability: found)
        assert machine.in_bfloat16(torch.device("cuda")) is low


@pytest.mark.filterwarnings("ignore:`torch.jit")
def test_an_installed_program_compiles_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    network = torch.nn.Conv2d(1, 1, 3)
    assert compiled(network) is not network
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert compiled(network) is network
