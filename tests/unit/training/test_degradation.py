from __future__ import annotations

import pytest
import torch

from aestudio.training.degradation import (
    BETWEEN,
    SHRINKING,
    SOFTNESS,
    draw_sigma,
    gaussian_noise,
    local_level,
    photo,
    photo_side,
    small_photo,
    weakened,
)

CPU = torch.device("cpu")


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def test_sigma_covers_its_range() -> None:
    sigma = draw_sigma(4000, 75, generator(), CPU) * 255
    assert float(sigma.min()) < 1
    assert 74 < float(sigma.max()) <= 75
    assert float((sigma > 55).float().mean()) == pytest.approx(0.15, abs=0.03)


def test_noise_has_the_strength_that_was_asked_for() -> None:
    clean = torch.full((8, 3, 64, 64), 0.5)
    noisy, same = gaussian_noise(clean, torch.full((8, 1, 1, 1), 20 / 255), generator(), clipped=0, grey=0)
    assert torch.equal(clean, same)
    assert float((noisy - clean).std()) * 255 == pytest.approx(20, rel=0.02)


def test_a_share_of_the_levels_is_weakened_to_a_fifth_at_the_least() -> None:
    told = torch.full((4000, 1, 1, 1), 50.0)
    real = weakened(told, 0.25, generator())
    assert float((real < told).float().mean()) == pytest.approx(0.25, abs=0.03)
    assert 10 <= float(real.min()) < 11
    assert float(real.max()) == 50


def test_where_no_level_is_weakened_no_random_number_is_drawn() -> None:
    told, used = torch.full((4, 1, 1, 1), 50.0), generator()
    assert torch.equal(weakened(told, 0.0, used), told)
    assert torch.equal(used.get_state(), generator().get_state())


def test_clipped_noise_is_what_an_8_bit_file_holds() -> None:
    clean = torch.rand(8, 3, 32, 32, generator=generator())
    noisy, _ = gaussian_noise(clean, torch.full((8, 1, 1, 1), 0.2), generator(), clipped=1, grey=0)
    levels = noisy * 255
    assert torch.allclose(levels, levels.round(), atol=1e-3)
    assert float(noisy.min()) == 0
    assert float(noisy.max()) == 1


def test_grey_pictures_share_one_noise() -> None:
    clean = torch.rand(4, 3, 16, 16, generator=generator())
    noisy, grey = gaussian_noise(clean, torch.full((4, 1, 1, 1), 0.1), generator(), clipped=0, grey=1)
    assert torch.allclose(grey[:, 0], grey[:, 2])
    assert torch.allclose(noisy[:, 0], noisy[:, 2])


def crops(count: int, side: int) -> torch.Tensor:
    coarse = torch.rand(count, 3, 9, 9, generator=generator())
    return torch.nn.functional.interpolate(coarse, size=(side, side), mode="bicubic").clamp(0, 1)


@pytest.mark.parametrize("step", range(len(SHRINKING)))
def test_photos_are_8_bit_files_with_clean_twins(step: int) -> None:
    noisy, clean = photo(crops(10, photo_side(32, step)), 32, step, generator())
    assert noisy.shape == clean.shape == (10, 3, 32, 32)
    levels = noisy * 255
    assert torch.allclose(levels, levels.round(), atol=1e-3)
    assert 0 <= float(noisy.min()) <= float(noisy.max()) <= 1
    assert 0 <= float(clean.min()) <= float(clean.max()) <= 1
    # white noise may be next to nothing and a fine file next to perfect, but not for all
    assert float((noisy - clean).square().mean((1, 2, 3)).sqrt().max()) > 2 / 255


@pytest.mark.parametrize("round_", range(len(SOFTNESS)))
def test_every_second_photo_of_a_camera_is_as_soft_as_its_own_pixels(round_: int) -> None:
    step = round_ * len(SHRINKING)
    textured = torch.rand(80, 3, photo_side(64, step), photo_side(64, step), generator=generator())
    _, clean = photo(textured, 64, step, generator())
    green = clean[:48, 1] - clean[:48, 1].mean((1, 2), keepdim=True)
    alike = (green[..., 1:] * green[..., :-1]).mean((1, 2)) / green.square().mean((1, 2))
    assert float(alike[0::2].mean()) > float(alike[1::2].mean()) + 0.04


def test_none_stays_clean_among_those_that_judge() -> None:
    clean = crops(100, photo_side(32, 0))
    counts = []
    for untouched in (0.0, 0.5):
        noisy, target = photo(clean, 32, 0, generator(), untouched)
        counts.append(int(((noisy - target).abs().amax((1, 2, 3)) < 0.6 / 255).sum()))
    assert counts[0] <= 2
    assert 40 <= counts[1] <= 60


def test_the_same_seed_gives_the_same_photos() -> None:
    first, second = (photo(crops(5, photo_side(16, 0)), 16, 0, generator())[0] for _ in range(2))
    assert torch.equal(first, second)


@pytest.mark.parametrize("step", range(len(BETWEEN)))
def test_small_photos_fit_their_large_twins(step: int) -> None:
    clean = crops(8, 4 * 48)
    small, large = small_photo(clean, 4, step, generator())
    assert small.shape == (8, 3, 32, 32)
    assert large.shape == (8, 3, 128, 128)
    # the ones that were only shrunk come first, and lie where the large ones do
    shrunk = torch.nn.functional.avg_pool2d(large[:2], 4)
    assert float((small[:2] - shrunk).abs().mean()) < 0.03


def test_local_level_is_the_root_mean_square_around() -> None:
    difference = torch.zeros(1, 3, 64, 64)
    difference[..., :32] = 0.1
    level = local_level(difference)
    assert level.shape == (1, 1, 8, 8)
    assert float(level[0, 0, 4, 0]) == pytest.approx(0.1)
    assert float(level[0, 0, 4, 7]) == 0
