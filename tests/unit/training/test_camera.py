from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
import torch

from aestudio.training import camera
from aestudio.training.camera import Draw
from aestudio.training.jpeg import to_ycc

CPU = torch.device("cpu")
METHODS = (camera.demosaic_bilinear, camera.demosaic_malvar, camera.demosaic_directional)


def draw(count: int = 6, seed: int = 0) -> Draw:
    return Draw(count, torch.Generator().manual_seed(seed), CPU)


def smooth(count: int = 6, height: int = 40, width: int = 56) -> torch.Tensor:
    y, x = torch.meshgrid(torch.arange(height) / height, torch.arange(width) / width, indexing="ij")
    base = torch.stack((0.2 + 0.6 * x, 0.3 + 0.4 * y, 0.5 + 0.2 * x * y))
    return base.expand(count, 3, height, width).contiguous()


def test_undeveloping_and_developing_again_gives_the_picture() -> None:
    picture = smooth()
    shot = camera.draw_camera(draw())
    # the tone curve is only inverted exactly at its ends: between them the picture's contrast changes a little
    whole = dataclasses.replace(shot, contrast=torch.zeros_like(shot.contrast))
    again = camera.develop(camera.to_sensor(picture, whole), whole)
    assert float((again - picture).abs().mean()) < 0.01


def test_a_colour_matrix_keeps_grey_grey() -> None:
    rows = camera.draw_camera(draw(50)).matrix.sum(2)
    assert torch.allclose(rows, torch.ones_like(rows), atol=1e-5)


@pytest.mark.parametrize("odd", [(False, False), (False, True), (True, False), (True, True)])
@pytest.mark.parametrize("method", METHODS)
def test_demosaicing_keeps_what_was_recorded_and_smooth_colour(
    method: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], odd: tuple[bool, bool]
) -> None:
    colours = smooth(2)
    row, column = (torch.full((2, 1, 1, 1), o) for o in odd)
    mask = camera.bayer_mask(colours, row, column)
    assert torch.equal(mask.sum(1), torch.ones_like(mask[:, 0]))
    # half of the pixels record green, a quarter each red and blue
    assert mask.mean((0, 2, 3)).tolist() == [0.25, 0.5, 0.25]
    made = method(colours, mask)
    inside = (slice(None), slice(None), slice(4, -4), slice(4, -4))
    assert torch.allclose((made * mask)[inside], (colours * mask)[inside], atol=1e-6)
    assert float((made - colours)[inside].abs().max()) < 0.01


def test_noise_grows_with_the_light_and_spares_the_clean_side() -> None:
    dark, bright = torch.full((6, 3, 64, 64), 0.15), torch.full((6, 3, 64, 64), 0.6)
    for clean in (dark, bright):
        noisy, target = camera.camera_noise(clean, draw())
        assert float((noisy - target).std()) > 0.002
        assert float(target.std((2, 3)).max()) < 1e-3
    shot = camera.draw_camera(draw())
    one = {k: v[:1].expand(2, *v.shape[1:]) for k, v in vars(shot).items()}
    light = camera.to_sensor(torch.cat((dark[:1], bright[:1])), camera.Camera(**one))
    variance = shot.shot[0] * light + shot.read[0]
    assert bool((variance[1] > variance[0]).all())


def octaves(noise: torch.Tensor) -> torch.Tensor:
    """Return the power of each octave of (N, C, H, W), finest first, (4, N, C)."""
    powers = []
    for _ in range(4):
        coarser = torch.nn.functional.avg_pool2d(noise, 2)
        fine = noise - torch.nn.functional.interpolate(coarser, scale_factor=2.0)
        powers.append(fine.square().mean((2, 3)))
        noise = coarser
    return torch.stack(powers)


def test_what_a_camera_leaves_of_noise_is_coarser_and_in_colour_most(monkeypatch: pytest.MonkeyPatch) -> None:
    def falls() -> torch.Tensor:
        noisy, target = camera.camera_noise(torch.full((60, 3, 96, 96), 0.4), draw(60))
        power = octaves(to_ycc(noisy - target))
        # an octave of white noise has four times the power of the next
        return (power[:-1] / power[1:]).log2().median(1).values

    stored = falls()
    monkeypatch.setattr(camera, "_in_camera", lambda noise, draw: noise)
    recorded = falls()
    assert bool((stored < recorded - 0.1).all())
    assert bool((stored[:, 1:].amax(1) < stored[:, 0] - 0.3).all())


def test_noise_is_drawn_over_the_range_of_iso() -> None:
    shot = camera.draw_camera(draw(2000)).shot
    assert float(shot.min()) == pytest.approx(camera.SHOT[0], rel=0.05)
    assert float(shot.max()) == pytest.approx(camera.SHOT[1], rel=0.05)


def test_blur_keeps_the_mean_and_takes_each_pictures_own_width() -> None:
    picture = torch.zeros(2, 1, 41, 41)
    picture[:, :, 20, 20] = 1
    soft = camera.gaussian_blur(picture, torch.tensor([0.3, 2.0]).view(2, 1, 1, 1))
    assert torch.allclose(soft.sum((1, 2, 3)), torch.ones(2), atol=1e-5)
    assert float(soft[0, 0, 20, 20]) > 0.9 > 0.1 > float(soft[1, 0, 20, 20])
    steps = torch.arange(41.0) - 20
    assert float((soft[1, 0].sum(0) * steps**2).sum()) == pytest.approx(4.0, rel=0.02)
