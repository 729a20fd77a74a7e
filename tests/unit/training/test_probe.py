"""Timing a few steps: of a sample of the folder, and nothing is left of it."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.cli import run as main
from aestudio.errors import InputError
from aestudio.training.loop import Trainer
from aestudio.training.pairs import find_pairs
from aestudio.training.probe import OF_EACH, SAMPLE, copied, paces
from aestudio.training.recipes import Recipe
from aestudio.training.sources import Source

CPU = torch.device("cpu")
SMALL = Recipe("denoise", "restoration-unet", {"widths": [8, 16], "blocks": 1}, patch=16, batch=2)


def fill(folder: Path, count: int, side: int = 37) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        pixels = np.random.default_rng(number).integers(0, 255, (side, side + 6, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:02}.png")
    return folder


def names(source: Source) -> list[str]:
    """Return where the copies of a source lie below their folders."""
    return [path.relative_to(folder).as_posix() for folder in source.folders for path in sorted(folder.rglob("*.*"))]


def test_a_few_pictures_stand_for_all(tmp_path: Path) -> None:
    fill(tmp_path / "flat", 2 * SAMPLE, 5)
    (tmp_path / "scratch" / "classes").mkdir(parents=True)
    assert len(names(copied(Source((tmp_path / "flat",)), tmp_path / "scratch"))) == SAMPLE
    for name in ("one", "two"):
        fill(tmp_path / "classes" / name, 2 * OF_EACH, 5)
    chosen = names(copied(Source((tmp_path / "classes",)), tmp_path / "scratch" / "classes"))
    assert sorted({name.partition("/")[0] for name in chosen}) == ["one", "two"]
    assert len(chosen) == 2 * OF_EACH
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="There are no pictures"):
        copied(Source((tmp_path / "empty",)), tmp_path / "scratch")


def test_pictures_of_every_folder_stand_for_it_and_none_that_is_left_out(tmp_path: Path) -> None:
    first, second = fill(tmp_path / "first", 3, 5), fill(tmp_path / "second", 2, 5)
    (tmp_path / "empty").mkdir()
    (tmp_path / "scratch").mkdir()
    source = Source((first, tmp_path / "empty", second), frozenset([second / "01.png"]))
    assert names(copied(source, tmp_path / "scratch")) == ["00.png", "01.png", "02.png", "00.png"]
    with pytest.raises(InputError, match="gone does not exist"):
        copied(Source((first, tmp_path / "gone")), tmp_path / "empty")


def test_a_second_folder_alone_has_something_to_learn_from(tmp_path: Path) -> None:
    small, large = fill(tmp_path / "small", 3, 9), fill(tmp_path / "large", 3)
    assert list(paces(SMALL, Source((small, large)), CPU, seconds=0.05, limit=600))


def test_the_pace_is_that_of_real_steps(tmp_path: Path) -> None:
    said = list(paces(SMALL, fill(tmp_path / "pictures", 3), CPU, seconds=0.05, limit=600))
    assert len(said) > 1, "a first estimate, and a better one"
    for pace in said:
        assert pace.steps_per_second > 0
        assert pace.megapixels_per_second == pytest.approx(pace.steps_per_second * 2 * 16 * 16 / 1e6)
        assert pace.memory > 0


def test_no_step_is_begun_after_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    timed = Trainer.timed

    def counting(trainer: Trainer, seconds: float, least: int) -> tuple[int, float]:
        steps, taken = timed(trainer, seconds, least)
        counted.append(steps)
        return steps, taken

    monkeypatch.setattr(Trainer, "timed", counting)
    assert len(list(paces(SMALL, fill(tmp_path / "pictures", 3), CPU, limit=0.0))) == 1
    assert counted == [1]


def test_pictures_that_are_too_small_are_named_by_their_own_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=str(tmp_path / "pictures")):
        list(paces(SMALL, fill(tmp_path / "pictures", 3, 9), CPU))


def test_the_command_says_the_pace_and_leaves_nothing(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "small.toml"
    network = "[arguments]\nwidths = [8, 16]\nblocks = 1\n"
    recipe.write_text(f'task = "denoise"\narchitecture = "restoration-unet"\npatch = 16\nbatch = 2\n{network}')
    folder = fill(tmp_path / "pictures", 3)
    command = ["train", "denoise", str(folder), "--name", "mine", "--recipe", str(recipe), "--probe"]
    assert main([*command, "--json"]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {event["event"] for event in said} == {"probed"}
    assert said[-1]["steps_per_second"] > 0
    assert not (home / "runs" / "mine").exists()
    assert not list((home / "models").glob("*.safetensors"))


def test_a_start_of_another_task_is_refused_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["train", "denoise", str(tmp_path), "--name", "mine", "--from", "upscale-x2-fast"]
    assert main(command) == 2
    assert "for the task upscale" in capsys.readouterr().err


def test_pairs_are_timed_as_pairs(tmp_path: Path) -> None:
    paired = dataclasses.replace(SMALL, degradation="pairs")
    truth, more = fill(tmp_path / "truth", 3), fill(tmp_path / "more", 2)
    for number, path in enumerate([*truth.glob("*"), *more.glob("*")]):
        path.rename(path.with_stem(f"{number}_mean"))
        shutil.copy(path.with_stem(f"{number}_mean"), fill(tmp_path / "noisy", 0) / f"{number}_real.png")
    source = Source((truth, more), pairs=tmp_path / "noisy")
    (tmp_path / "scratch").mkdir()
    copies = copied(source, tmp_path / "scratch")
    assert len(find_pairs(copies)[0]) == 5
    said = list(paces(paired, source, CPU, seconds=0.05))
    assert said[-1].steps_per_second > 0


def test_pairs_that_do_not_fit_are_refused_by_a_probe_as_by_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth, other = fill(tmp_path / "truth", 3), fill(tmp_path / "other", 1)
    (other / "00.png").rename(other / "x.png")
    command = ["train", "denoise", str(truth), "--name", "mine", "--pairs", str(other), "--probe"]
    assert main(command) != 0
    assert "has the name of one" in capsys.readouterr().err
    for path in truth.glob("*"):
        with Image.open(path) as picture:
            picture.resize((picture.width * 2, picture.height * 2)).save(other / path.name)
    assert main(command) != 0
    assert "The true pictures are 0.5 times as large as" in capsys.readouterr().err
