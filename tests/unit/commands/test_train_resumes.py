"""A run goes on with the model that it began with, whatever became of that, and with no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from aestudio.__main__ import main
from aestudio.catalog.card import read_card
from aestudio.cli import DONE, NOT_STARTED, WRONG
from aestudio.training import fit as fitting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import nn

    from aestudio.training.objective import Objective
    from aestudio.training.recipes import Recipe
    from aestudio.training.sources import Source

RECIPE = """task = "denoise"
architecture = "photo-unet"
degradation = "photo"
patch = 16
batch = 2
held_out = 1
[arguments]
widths = [8, 16]
blocks = 1
level_width = 8
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(3):
        coarse = Image.fromarray(random.integers(40, 216, (4, 4, 3), dtype=np.uint8)).resize((300, 280))
        noise = random.normal(0, 12, (280, 300, 3))
        Image.fromarray((np.asarray(coarse) + noise).clip(0, 255).astype(np.uint8)).save(pictures / f"{number}.png")
    (tmp_path / "tiny.toml").write_text(RECIPE)
    return pictures


@pytest.fixture
def begun_with(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, torch.Tensor] | None]:
    """Return the weights of the models that the objectives of runs were given to begin with."""
    given: list[dict[str, torch.Tensor] | None] = []
    make = fitting.make_objective

    def making(
        recipe: Recipe,
        source: Source,
        device: torch.device,
        say: Callable[[str], None],
        network: nn.Module | None,
        position: Mapping[str, int] | None,
    ) -> Objective:
        given.append(None if network is None else {k: v.clone() for k, v in network.state_dict().items()})
        return make(recipe, source, device, say, network, position)

    monkeypatch.setattr(fitting, "make_objective", making)
    return given


def train(folder: Path, name: str, *words: str) -> int:
    recipe = str(folder.parent / "tiny.toml")
    return main(["train", "denoise", str(folder), "--recipe", recipe, "--device", "cpu", "--name", name, *words])


def test_a_run_remembers_what_it_began_with(
    folder: Path,
    home: Path,
    begun_with: list[dict[str, torch.Tensor] | None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert train(folder, "first", "--steps", "1") == DONE
    assert train(folder, "other", "--steps", "1") == DONE
    first = load_file(home / "models" / "first.safetensors")
    alone = ["--self-supervised", "--steps"]
    assert train(folder, "mine", *alone, "1", "--from", "first") == DONE
    begun_with.clear()
    assert train(folder, "mine", *alone, "2", "--resume", "--from", "other") == WRONG
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert "The run began with the model first, not with other." in said
    assert not begun_with, "refused before a picture is read"
    (home / "models" / "first.safetensors").unlink()
    for words in ((), ("--from", "first")):
        assert train(folder, "mine", *alone, str(3 + len(words)), "--resume", *words) == DONE
    assert len(begun_with) == 2
    for state in begun_with:
        assert state is not None
        assert all(torch.equal(state[name].float(), value.float()) for name, value in first.items())
    assert read_card(home / "models" / "mine.safetensors").training["from"] == "first"


def test_a_run_from_nothing_goes_on_from_nothing(
    folder: Path,
    begun_with: list[dict[str, torch.Tensor] | None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert train(folder, "first", "--steps", "1") == DONE
    assert train(folder, "mine", "--steps", "1", "--from", "first") == DONE
    # a new run of that name has nothing to do with the earlier one
    assert train(folder, "mine", "--steps", "1", "--overwrite") == DONE
    assert train(folder, "mine", "--steps", "2", "--resume", "--from", "first") == WRONG
    assert "The run began from nothing, not with the model first." in capsys.readouterr().err
    assert train(folder, "mine", "--steps", "2", "--resume") == DONE
    assert begun_with[-1] is None


def test_a_checkpoint_that_is_gone_or_broken_is_said_in_words_that_the_window_can_show(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(folder, "mine", "--steps", "1") == DONE
    checkpoint = home / "runs" / "mine" / "last.safetensors"
    checkpoint.write_bytes(checkpoint.read_bytes()[:100])
    capsys.readouterr()
    told = []
    for status, *options in ((NOT_STARTED, "--resume"), (WRONG, "--resume"), (WRONG,)):
        assert train(folder, "mine", "--steps", "2", "--json", *options) == status
        checkpoint.unlink(missing_ok=True)
        out, err = capsys.readouterr()
        told.append((json.loads(out.splitlines()[-1]), err))
    (_, broken), (gone, without), (there, exists) = told
    assert "cannot be read. Start the run anew." in broken
    assert "exists, and its run left no checkpoint. Choose another name, or overwrite it (--overwrite)." in without
    assert "Choose another name, resume its run (--resume) or overwrite it (--overwrite)." in exists
    # the window, which hears the same, has no options
    assert gone["advice"] == "Choose another name, or overwrite it."
    assert there["advice"] == "Choose another name, resume its run or overwrite it."


def test_a_model_may_be_fitted_on_under_its_own_name(
    folder: Path, home: Path, begun_with: list[dict[str, torch.Tensor] | None]
) -> None:
    assert train(folder, "mine", "--steps", "1") == DONE
    before = load_file(home / "models" / "mine.safetensors")
    assert train(folder, "mine", "--steps", "1", "--from", "mine", "--overwrite") == DONE
    assert train(folder, "mine", "--steps", "2", "--resume", "--from", "mine") == DONE
    state = begun_with[-1]
    assert state is not None
    assert all(torch.equal(state[name].float(), value.float()) for name, value in before.items())
