"""Learning from noisy pictures alone: what the samplings are, and that it removes noise that nobody showed it clean."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.__main__ import main
from aestudio.cli import DONE, WRONG
from aestudio.training.loop import Trainer
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe
from aestudio.training.selfsupervised import SelfSupervisedObjective, neighbours, portions, sampling_step, taken_apart

CPU = torch.device("cpu")
NOISY = Recipe(
    task="denoise",
    architecture="photo-unet",
    arguments={"widths": [8, 16], "blocks": 1, "level_width": 8},
    degradation="noisy",
    patch=32,
    batch=4,
    warmup=2,
    held_out=2,
)


def smooth(side: int, random: np.random.Generator) -> np.ndarray:
    rough = Image.fromarray(random.integers(40, 216, (5, 5, 3), dtype=np.uint8))
    return np.asarray(rough.resize((side, side), Image.Resampling.BICUBIC), dtype=np.float64)


def noise(side: int, coarse: bool, random: np.random.Generator) -> np.ndarray:
    white = random.normal(0, 20, (side, side, 3))
    if not coarse:
        return white
    return (white + np.roll(white, 1, 0) + np.roll(white, 1, 1) + np.roll(white, (1, 1), (0, 1))) / 2


def stored(picture: np.ndarray) -> np.ndarray:
    return picture.round().clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize(("coarse", "step"), [(False, 1), (True, 2)])
def test_samples_are_taken_as_far_apart_as_noise_reaches(coarse: bool, step: int) -> None:
    random = np.random.default_rng(0)
    pictures = [stored(smooth(161, random) + noise(161, coarse, random)) for _ in range(3)]
    assert sampling_step(pictures) == step


def test_a_picture_without_noise_is_taken_as_it_is() -> None:
    assert sampling_step([np.full((64, 64, 3), 255, dtype=np.uint8)]) == 1


def test_samplings_are_two_pixels_of_each_cell_that_touch() -> None:
    place = torch.arange(16.0).view(1, 1, 4, 4)
    which = torch.randint(0, 8, (1, 1, 2, 2), generator=torch.Generator().manual_seed(0))
    first, second = neighbours(place, which)
    corner = torch.tensor([[0.0, 2], [8, 10]])
    for part in (first, second):
        inside = part[0, 0] - corner
        assert all(float(v) in (0, 1, 4, 5) for v in inside.flatten())
    assert all(abs(float(v)) in (1, 4) for v in (first - second).flatten())
    assert taken_apart(place, 2, 3)[0, 0].tolist() == [[5, 7], [13, 15]]


def test_one_picture_is_judged_by_a_part_that_is_not_learned_from() -> None:
    picture = np.arange(400 * 301 * 3, dtype=np.uint32).reshape(400, 301, 3)
    learned, judged = portions(picture, 96)  # type: ignore[arg-type]
    assert learned.shape[0] + judged.shape[0] == 400
    assert not set(learned[..., 0].flat) & set(judged[..., 0].flat)
    assert portions(picture[:120], 96)[0].shape == (120, 301, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(("side", "unseen"), [(400, 1), (100, 0)])
def test_a_photo_too_small_to_be_divided_is_not_called_unseen(tmp_path: Path, side: int, unseen: int) -> None:
    random = np.random.default_rng(0)
    Image.fromarray(stored(smooth(side, random) + noise(side, False, random))).save(tmp_path / "a.png")
    assert make_objective(NOISY, tmp_path, CPU).extent().held_out == unseen


@pytest.mark.timeout(900)  # it trains for hundreds of steps, beside whatever else the machine does
def test_noise_is_removed_that_was_never_seen_apart(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    clean = [smooth(128, random) for _ in range(8)]
    for number, picture in enumerate(clean):
        Image.fromarray(stored(picture + noise(128, False, random))).save(tmp_path / f"{number}.png")
    objective = make_objective(NOISY, tmp_path, CPU)
    assert isinstance(objective, SelfSupervisedObjective)
    assert objective.apart == 1
    result = Trainer(NOISY, objective, tmp_path / "run", CPU).run(steps=520)
    network = Trainer(NOISY, objective, tmp_path / "other", CPU).network
    network.load_state_dict(result.state)
    noisy = stored(clean[0] + noise(128, False, random))
    given = torch.from_numpy(noisy).permute(2, 0, 1)[None].float() / 255
    with torch.inference_mode():
        restored = network(given)[0].permute(1, 2, 0).numpy() * 255
    before, after = (np.mean((x - clean[0]) ** 2) for x in (noisy, restored))
    assert 10 * np.log10(before / after) > 1.5


def test_the_command_learns_from_one_photo(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    random = np.random.default_rng(2)
    photo, recipe = tmp_path / "photo.png", tmp_path / "tiny.toml"
    Image.fromarray(stored(smooth(201, random) + noise(201, False, random))).save(photo)
    recipe.write_text(
        'task = "denoise"\narchitecture = "photo-unet"\npatch = 16\nbatch = 2\n'
        "[arguments]\nwidths = [8, 16]\nblocks = 1\nlevel_width = 8\n"
    )
    words = ["train", "denoise", str(photo), "--name", "one", "--recipe", str(recipe), "--steps", "2"]
    assert main([*words, "--self-supervised", "--json"]) == DONE
    assert (home / "models" / "one.safetensors").exists()
    assert '"event": "finished"' in capsys.readouterr().out
    recipe.write_text(recipe.read_text().replace('"photo-unet"', '"restoration-unet"').replace("level_width = 8\n", ""))
    assert main([*words, "--self-supervised", "--overwrite"]) == WRONG
    assert "without a given level" in capsys.readouterr().err
