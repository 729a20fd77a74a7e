"""What ``aestudio train`` refuses, leaves out and says."""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.__main__ import main
from aestudio.catalog.card import read_card
from aestudio.cli import DONE, NOT_STARTED, WRONG
from aestudio.commands import train
from aestudio.errors import InputError
from aestudio.imageio.simple import find_pictures
from aestudio.training import checkpoint, loop
from aestudio.training.autoencoding import VaeObjective
from aestudio.training.checkpoint import facts_of
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe

RECIPE = """task = "{task}"
architecture = "restoration-unet"
patch = 16
batch = 2
[arguments]
widths = {widths}
blocks = 1
"""
CPU = torch.device("cpu")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(4):
        smooth = np.kron(random.integers(0, 256, (7, 9, 3)), np.ones((7, 7, 1))).astype(np.uint8)
        Image.fromarray(smooth).save(pictures / f"{number}.png")
    return pictures


@pytest.fixture
def command(folder: Path, tmp_path: Path) -> list[str]:
    recipe(tmp_path)
    return ["train", "denoise", str(folder), "--name", "mine", "--recipe", str(tmp_path / "tiny.toml"), "--steps"]


def recipe(tmp_path: Path, widths: str = "[8, 16]") -> None:
    (tmp_path / "tiny.toml").write_text(RECIPE.format(task="denoise", widths=widths))


def test_a_model_is_not_replaced_unasked(
    command: list[str], home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = home / "models" / "mine.safetensors"
    assert main([*command, "1"]) == DONE
    before = model.read_bytes()
    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(loop.Trainer, "run", None)  # refused before anything is computed
        assert main([*command, "2"]) == WRONG
    said = capsys.readouterr().err
    assert "exists" in said
    assert "resume its run (--resume) or overwrite it (--overwrite)" in said
    assert model.read_bytes() == before
    assert main([*command, "2", "--overwrite"]) == DONE
    assert model.read_bytes() != before


def test_resuming_without_a_checkpoint_says_so(
    command: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "1", "--resume"]) == DONE
    assert "starts anew" in capsys.readouterr().err
    (home / "runs" / "mine" / "last.safetensors").unlink()
    assert main([*command, "2", "--resume"]) == WRONG  # it would replace the model by a fresh one
    assert "no checkpoint" in capsys.readouterr().err


def test_another_recipe_does_not_go_on_with_a_run(
    command: list[str], tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "1"]) == DONE
    recipe(tmp_path, "[4, 8]")
    assert main([*command, "2", "--resume"]) == WRONG
    said = capsys.readouterr().err
    assert "[8, 16]" in said
    assert "[4, 8]" in said
    (home / "runs" / "mine" / "last.safetensors").write_bytes(b"nonsense")
    assert main([*command, "2", "--resume"]) == NOT_STARTED


@pytest.mark.parametrize("task", ["denoise", "vae"])
def test_unreadable_pictures_are_left_out_and_named(task: str, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("broken.png", "empty.jpg"):
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n" if name == "broken.png" else b"")
    arguments = {"size": 8} if task == "vae" else {"widths": [8, 16], "blocks": 1}
    wanted = Recipe(task, "any", arguments, patch=16, batch=2, held_out=2)
    with caplog.at_level(logging.WARNING):
        objective = make_objective(wanted, folder, CPU)
    assert all(name in caplog.text for name in ("broken.png", "empty.jpg"))
    if isinstance(objective, VaeObjective):
        assert len(objective.train) == 3
    for path in folder.glob("?.png"):
        path.write_bytes(b"")
    with pytest.raises(InputError, match="None of the pictures"):
        make_objective(wanted, folder, CPU)


def test_hidden_files_are_no_training_pictures(folder: Path) -> None:
    (folder / "._0.png").touch()
    (folder / ".aestudio-01.png").touch()
    (folder / ".thumbnails").mkdir()
    (folder / ".thumbnails" / "1.png").touch()
    assert [p.name for p in find_pictures(folder)] == ["0.png", "1.png", "2.png", "3.png"]


def test_what_came_of_a_run_is_said_where_it_was_started(
    command: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "3"]) == DONE
    *_, judged, expect, where = capsys.readouterr().out.splitlines()
    assert judged == "It learned for 3 steps only: too few to say what more time would bring."
    assert expect == "It will be worse on pictures unlike these."
    assert str(home / "models" / "mine.safetensors") in where
    assert main([*command, "3", "--overwrite", "--json"]) == DONE
    finished = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert finished["event"] == "finished"
    assert finished["verdict"][-2:] == [judged, expect]
    assert main([*command, "3", "--overwrite", "--quiet"]) == DONE
    assert expect not in capsys.readouterr().out


def test_no_loss_is_shown_before_there_is_one(
    command: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "2"]) == DONE
    first, second = [line for line in capsys.readouterr().out.splitlines() if line.startswith("step ")]
    assert "step 0" in first
    assert "psnr" in first
    assert "loss" not in first
    assert "loss 0." in second


def test_a_model_is_not_called_like_another_one(command: list[str], folder: Path, home: Path, tmp_path: Path) -> None:
    own = (tmp_path / "tiny.toml").read_text()
    titles = {}
    for name, title, words in (
        ("first", "Grain of mine", []),
        ("second", "Grain of mine", []),
        ("third", "Denoise, fast", []),
        ("fourth", "Grain of mine", ["--title", "The fourth"]),
        ("first", "Grain of mine", ["--overwrite"]),
    ):
        (tmp_path / "tiny.toml").write_text(f'title = "{title}"\n{own}')
        assert main([*command[:4], name, *command[5:], "1", "--quiet", *words]) == DONE
        card = read_card(home / "models" / f"{name}.safetensors")
        titles[name] = card.title
        assert 0 < card.training["megapixels_seen"] < 0.01
    assert titles == {
        "first": "Grain of mine",
        "second": "second",
        "third": "third",
        "fourth": "The fourth",
    }


def test_a_run_goes_on_by_the_recipe_that_it_began_with(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    recipe(tmp_path)
    words = ["train", "denoise", str(folder), "--name", "mine", "--steps"]
    begun = ["--recipe", str(tmp_path / "tiny.toml"), "--rate", "0.5", "--set", "loss=l2"]
    assert main([*words, "1", *begun]) == DONE
    first = facts_of(home / "runs" / "mine" / "last.safetensors")["recipe"]
    assert (first["loss"], first["muon_rate"]) == ("l2", 0.0025)
    assert main([*words, "2", "--resume"]) == DONE
    again = facts_of(home / "runs" / "mine" / "last.safetensors")["recipe"]
    assert again == first
    assert main([*words, "3", "--resume", "--rate", "0.5", "--set", "loss=l1"]) == DONE
    changed = facts_of(home / "runs" / "mine" / "last.safetensors")["recipe"]
    assert changed == {**first, "loss": "l1"}
    assert main(["train", "upscale", str(folder), "--name", "mine", "--resume", "--steps", "4"]) == WRONG


def test_a_checkpoint_of_an_early_version_goes_on_by_the_usual_recipe(
    command: list[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([*command, "1"]) == DONE
    asked = argparse.Namespace(name="mine")
    begun = train._begun_with(asked)
    assert begun is not None
    assert begun.arguments["widths"] == [8, 16]
    honest = checkpoint.facts_of
    monkeypatch.setattr(checkpoint, "facts_of", lambda path: {k: v for k, v in honest(path).items() if k != "recipe"})
    assert train._begun_with(asked) is None
    assert train._begun_with(argparse.Namespace(name="another")) is None
