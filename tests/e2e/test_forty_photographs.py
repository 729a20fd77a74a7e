"""A model of one's own from forty small photographs: it beats the shipped one that it started from, where it counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio import paths
from aestudio.__main__ import main
from aestudio.cli import DONE
from aestudio.evaluation.metrics import psnr
from aestudio.training import recipes

Pixels = NDArray[np.uint8]
SIDE = 256
STEPS = 50
SHARED = Path(__file__).parents[3] / "shared" / "data" / "train" / "bsds397"
GAIN = 0.5
"""Decibels that such a short run gains at least; untrained or untaught weights gain nothing."""


def photographs() -> list[Pixels]:
    """Return 44 small photographs, the last four apart from the others: real ones, or parts of the samples."""
    found = sorted(SHARED.glob("*.jpg"))[:44] if SHARED.is_dir() else []
    if len(found) == 44:
        return [_middle(Image.open(path).convert("RGB")) for path in found]
    samples = [Image.open(path).convert("RGB") for path in sorted((paths.resources_folder() / "samples").glob("*.*g"))]
    # half the size, so that the noise that two of them have is next to nothing
    *taught, held_out = [sample.reduce(2) if sample.width > SIDE else sample for sample in samples]
    random = np.random.default_rng(0)
    return [*(_part(taught[n % len(taught)], random) for n in range(40)), *(_part(held_out, random) for _ in range(4))]


def _middle(picture: Image.Image) -> Pixels:
    left, top = (picture.width - SIDE) // 2, (picture.height - SIDE) // 2
    return np.asarray(picture.crop((left, top, left + SIDE, top + SIDE)))


def _part(picture: Image.Image, random: np.random.Generator) -> Pixels:
    side = 200
    left, top = (int(n) for n in random.integers(0, (picture.width - side, picture.height - side)))
    return np.asarray(picture.crop((left, top, left + side, top + side)).resize((SIDE, SIDE)))


def banded(picture: Pixels, seed: int) -> Pixels:
    """Return the picture as a poor sensor reads it: noise that the whole of a row has, in each colour its own."""
    random = np.random.default_rng(seed)
    rows = random.normal(0, 14, (picture.shape[0], 1, 3))
    fine = random.normal(0, 4, picture.shape)
    noisy: Pixels = np.clip(picture + rows + fine, 0, 255).round().astype(np.uint8)
    return noisy


def write(folder: Path, pictures: Sequence[Pixels]) -> None:
    folder.mkdir()
    for number, picture in enumerate(pictures):
        Image.fromarray(picture).save(folder / f"{number:02}.png")


def test_forty_photographs_make_a_model_that_beats_its_start(tmp_path: Path) -> None:
    pictures = photographs()
    noisy = [banded(picture, number) for number, picture in enumerate(pictures)]
    write(tmp_path / "clean", pictures[:40])
    write(tmp_path / "noisy", noisy[:40])
    write(tmp_path / "new", noisy[40:])
    train = ["train", "denoise", str(tmp_path / "clean"), "--pairs", str(tmp_path / "noisy"), "--name", "banding"]
    usual = (recipes.FOLDER / "photo-fast.toml").read_text("utf-8")
    # a run of a minute cannot spend a hundred steps on getting up to speed
    own = usual.replace("batch = 8", "batch = 4\nwarmup = 5\nema = 0.9").replace("patch = 96", "patch = 64")
    (tmp_path / "quick.toml").write_text(own)
    quick = ["--recipe", str(tmp_path / "quick.toml"), "--steps", str(STEPS), "--rate", "0.2", "--device", "cpu"]
    assert main([*train, "--from", "photo-fast", *quick, "--quiet"]) == DONE
    scores = {}
    for model in ("photo-fast", "banding"):
        out = tmp_path / model
        words = ["denoise", str(tmp_path / "new"), "-o", str(out), "--model", model, "--device", "cpu", "--quiet"]
        assert main(words) == DONE
        results = [np.asarray(Image.open(path).convert("RGB")) for path in sorted(out.glob("*.png"))]
        pairs = zip(results, pictures[40:], strict=True)
        scores[model] = float(np.mean([psnr(result, clean) for result, clean in pairs]))

    assert scores["banding"] > scores["photo-fast"] + GAIN, scores
