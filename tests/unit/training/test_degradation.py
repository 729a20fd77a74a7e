from __future__ import annotations

import pytest
import torch

from aestudio.training.degradation import draw_sigma, gaussian_noise

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
