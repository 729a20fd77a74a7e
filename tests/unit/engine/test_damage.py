"""Compression and noise are told from detail by the pixels alone."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio import paths
from aestudio.catalog import store
from aestudio.engine.damage import blockiness, damage
from aestudio.engine.noise import white_sigma
from aestudio.jobs.files import damage_for
from tests.unit.engine.test_restore import picture, scene

Pixels = NDArray[np.uint8]


def small(side: int = 160) -> Pixels:
    """Return a small photograph without damage."""
    with Image.open(paths.resources_folder() / "samples" / "small-monkeys.png") as image:
        image.thumbnail((side, side), Image.Resampling.BOX)
        return np.asarray(image.convert("RGB"))


def compressed(pixels: Pixels, quality: int) -> Pixels:
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "jpeg", quality=quality)
    return np.asarray(Image.open(packed).convert("RGB"))


def noisy(pixels: Pixels, sigma: float) -> Pixels:
    noise = np.random.default_rng(0).normal(0, sigma, pixels.shape)
    return np.clip(np.rint(pixels + noise), 0, 255).astype(np.uint8)


def of(pixels: Pixels) -> str:
    return damage((pixels / 255).astype(np.float32))


def test_a_clean_picture_has_none() -> None:
    assert of(small()) == ""
    assert of((scene(97, 131) * 255).astype(np.uint8)) == ""
    assert of(np.full((64, 64, 3), 200, np.uint8)) == ""
    assert of(compressed(small(), 97)) == ""


@pytest.mark.parametrize("quality", [30, 50, 70])
def test_blocks_are_found_wherever_their_grid_begins(quality: int) -> None:
    blocky = compressed(small(), quality)
    assert of(blocky) == "blocks"
    assert of(blocky[3:, 5:]) == "blocks"
    # also far from the corner of a large picture, and in grey
    large = np.tile(blocky, (7, 7, 1))[: 8 * 100, : 8 * 100]
    assert of(np.asarray(Image.fromarray(large).convert("L"))[..., None]) == "blocks"


def test_noise_is_found() -> None:
    assert of(noisy(small(), 8)) == "noise"
    assert 7 < white_sigma((noisy(small(), 8) / 255).astype(np.float32)) < 9


@pytest.mark.parametrize("shape", [(1, 1, 3), (7, 200, 3), (20, 20, 1), (23, 300, 3)])
def test_what_is_too_small_to_tell_has_none(shape: tuple[int, int, int]) -> None:
    values = np.random.default_rng(0).random(shape).astype(np.float32)
    assert blockiness(values) < 1.1
    assert isinstance(damage(values), str)


def test_the_model_that_cleans_is_named_only_where_there_is_something_to_clean() -> None:
    fast, photo = (store.find(f"upscale-x4-{kind}").card for kind in ("fast", "photo"))
    blocky = picture(compressed(small(), 40))
    assert damage_for(blocky, fast) == ("blocks", "upscale-x4-photo")
    assert damage_for(picture(small()), fast) == ("", "")
    assert damage_for(blocky, photo) == ("", "")
    assert damage_for(blocky, store.find("denoise-fast").card) == ("", "")


def test_strong_noise_is_found_where_compression_thinned_its_colours_out() -> None:
    file = io.BytesIO()
    Image.fromarray(noisy(small(), 25)).save(file, "JPEG", quality=90, subsampling=2)
    stored = np.asarray(Image.open(file))
    assert white_sigma((stored / 255).astype(np.float32)) < 4
    assert of(stored) == "noise"
