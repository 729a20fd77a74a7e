from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio.engine.noise import estimate_sigma, patch_sigma


def scene(height: int = 241, width: int = 319) -> NDArray[np.float32]:
    """Smooth shading, edges and texture: what a photograph has."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    red = 0.5 + 0.3 * np.sin(x / 17) * np.cos(y / 23)
    green = 0.4 + 0.3 * ((x // 40 + y // 30) % 2)
    blue = 0.5 + 0.2 * np.sin(x * y / 900)
    return np.stack([red, green, blue], axis=2).astype(np.float32)


@pytest.mark.parametrize("sigma", [3, 10, 25, 50])
def test_colour_noise_is_judged_within_a_tenth(sigma: float) -> None:
    noisy = scene() + np.random.default_rng(1).normal(0, sigma / 255, scene().shape)
    assert estimate_sigma(noisy) == pytest.approx(sigma, rel=0.1)


@pytest.mark.parametrize("sigma", [10, 25, 50])
def test_grey_noise_is_judged_within_a_fifth(sigma: float) -> None:
    grey = scene()[..., :1]
    noisy = grey + np.random.default_rng(2).normal(0, sigma / 255, grey.shape)
    assert estimate_sigma(noisy) == pytest.approx(sigma, rel=0.2)
    assert estimate_sigma(np.repeat(noisy, 3, axis=2)) == pytest.approx(sigma, rel=0.2)


def test_a_clean_picture_is_nearly_silent_and_a_tiny_one_silent() -> None:
    assert estimate_sigma(scene()) < 1.5
    assert estimate_sigma(np.zeros((1, 1, 3))) == 0
    assert estimate_sigma(np.full((64, 64, 3), 0.5)) == 0


def test_the_same_pixels_give_the_same_answer() -> None:
    noisy = scene() + np.random.default_rng(3).normal(0, 0.1, scene().shape)
    assert estimate_sigma(noisy) == estimate_sigma(noisy)


@pytest.mark.parametrize("quality", [85, 95])
def test_jpegs_with_thinned_colour_are_judged_by_their_brightness(quality: int) -> None:
    noisy = np.clip(scene() * 255 + np.random.default_rng(4).normal(0, 20, scene().shape), 0, 255).astype(np.uint8)
    store = io.BytesIO()
    Image.fromarray(noisy).save(store, "JPEG", quality=quality, subsampling=2)
    with Image.open(store) as image:
        stored = np.array(image)
    assert estimate_sigma(stored.astype(np.float32) / 255) == pytest.approx(18, rel=0.2)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_burnt_out_areas_say_nothing(share: float) -> None:
    noisy = np.clip(scene() + np.random.default_rng(5).normal(0, 25 / 255, scene().shape), 0, 1)
    noisy[: int(share * len(noisy))] = 1.0
    assert estimate_sigma(noisy) == pytest.approx(25, rel=0.12)


@pytest.mark.parametrize("side", [10, 32, 200])
@pytest.mark.parametrize("channels", [1, 3])
def test_an_even_area_needs_few_pixels(side: int, channels: int) -> None:
    slope = np.linspace(0.3, 0.6, side)[:, None, None] * np.ones((side, side, channels))
    noisy = slope + np.random.default_rng(3).normal(0, 15 / 255, slope.shape)
    assert patch_sigma(noisy.astype(np.float32)) == pytest.approx(15, rel=0.12)


def test_an_edge_at_the_rim_of_an_area_does_not_count() -> None:
    noisy = np.full((64, 64, 3), 0.4) + np.random.default_rng(3).normal(0, 10 / 255, (64, 64, 3))
    noisy[:, 55:] += 0.4
    assert patch_sigma(noisy.astype(np.float32)) == pytest.approx(10, rel=0.1)
