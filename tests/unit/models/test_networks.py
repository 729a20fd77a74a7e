from __future__ import annotations

import pytest
import torch

from aestudio.errors import WeightsError
from aestudio.models.registry import ARCHITECTURES, build
from aestudio.models.unet import PhotoUNet, RestorationUNet, colour_drift, local_mean
from aestudio.models.upscaler import Upscaler
from aestudio.models.weights import count_parameters


def test_denoiser_is_homogeneous_without_biases() -> None:
    torch.manual_seed(0)
    network = RestorationUNet(widths=(8, 16, 32), blocks=1).double().eval()
    picture, sigma = torch.rand(1, 3, 32, 24).double(), torch.full((1, 1, 32, 24), 0.1).double()
    with torch.inference_mode():
        once, twice = (network.predict_noise(k * picture, k * sigma) for k in (1, 2))
    assert torch.allclose(twice, 2 * once, atol=1e-9)
    assert not torch.allclose(once, torch.zeros_like(once), atol=1e-4)


def test_a_first_layer_with_a_bias_tells_white_from_grey() -> None:
    torch.manual_seed(0)
    network = RestorationUNet(widths=(8, 16, 32), blocks=1, bias=True).double().eval()
    grey, sigma = torch.full((1, 3, 32, 24), 0.5).double(), torch.full((1, 1, 32, 24), 0.1).double()
    with torch.inference_mode():
        for bias, same in ((0.0, True), (0.5, False)):
            network.head.bias.fill_(bias)
            noise, twice = (network.predict_noise(k * grey, k * sigma) for k in (1, 2))
            assert torch.allclose(twice, 2 * noise, atol=1e-9) is same


def test_denoiser_keeps_the_pictures_precision_with_low_precision_weights() -> None:
    network = RestorationUNet(widths=(8, 16), blocks=1).to(torch.bfloat16)
    with torch.no_grad():
        network.tail.weight.zero_()
    picture = torch.rand(1, 3, 16, 16)
    with torch.inference_mode():
        result = network(picture, torch.zeros(1, 1, 16, 16))
    assert result.dtype == torch.float32
    assert torch.equal(result, picture)


def test_a_photo_network_judges_the_level_unless_told() -> None:
    torch.manual_seed(0)
    network = PhotoUNet(widths=(8, 16, 32), blocks=1, level_width=8).eval()
    picture = torch.rand(2, 3, 24, 40)
    with torch.inference_mode():
        level = network.level(picture)
        assert level.shape == (2, 1, 3, 5)
        assert float(level.min()) >= 0
        assert torch.allclose(network(picture), network(picture, level))
        assert not torch.allclose(network(picture), network(picture, level + 0.2))


def test_a_flat_picture_has_no_level_whatever_its_brightness() -> None:
    estimator = PhotoUNet(widths=(8, 16), blocks=1).level
    with torch.no_grad():
        # what remains is the brightness itself: without it the estimate follows the differences alone
        estimator.head.weight[:, -3:] = 0
        assert torch.allclose(estimator(torch.full((1, 3, 16, 16), 0.7)), torch.zeros(1, 1, 2, 2), atol=1e-6)


def test_faint_noise_is_seen_with_low_precision_weights() -> None:
    torch.manual_seed(0)
    estimator = PhotoUNet(widths=(8, 16), blocks=1).level
    picture = 0.8 + 0.002 * torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        estimator.head.weight[:, -3:] = 0
        exact = estimator(picture)
        rough = estimator.to(torch.bfloat16)(picture)
    assert float((rough - exact).abs().max()) < 0.05 * float(exact.max())


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_upscaler_starts_from_a_bicubic_enlargement(scale: int) -> None:
    network = Upscaler(scale=scale, widths=(8, 16), blocks=1)
    with torch.no_grad():
        network.tail.weight.zero_()
    picture = torch.full((1, 3, 10, 6), 0.25)
    with torch.inference_mode():
        result = network(picture)
    assert result.shape == (1, 3, 10 * scale, 6 * scale)
    assert torch.allclose(result, torch.full_like(result, 0.25), atol=1e-6)


def test_registry_refuses_what_it_does_not_know() -> None:
    with pytest.raises(WeightsError, match="not known"):
        build("gan-9000", {})
    with pytest.raises(WeightsError, match="cannot be built"):
        build("restoration-unet", {"colour_count": 3})


def test_every_architecture_builds_with_its_defaults() -> None:
    assert all(count_parameters(build(name, {})) > 1000 for name in ARCHITECTURES)


@pytest.mark.parametrize(("widths", "blocks", "unshuffle"), [((4, 8), 1, 1), ((4, 8, 16), 1, 2), ((4, 4), 2, 2)])
def test_reach_is_how_far_a_pixel_sees(widths: tuple[int, ...], blocks: int, unshuffle: int) -> None:
    torch.manual_seed(0)
    network = RestorationUNet(widths=widths, blocks=blocks, unshuffle=unshuffle).double()
    side = 2 * (network.reach + 2 * network.size_multiple)
    side += -side % network.size_multiple
    picture = torch.rand(1, 3, side, side, dtype=torch.float64)
    sigma = torch.full((1, 1, side, side), 0.1, dtype=torch.float64)
    centre = side // 2
    with torch.inference_mode():
        before = network.predict_noise(picture, sigma)
        picture[..., centre, centre] += 1.0
        changed = (network.predict_noise(picture, sigma) - before).abs().amax((0, 1)) > 1e-12
    rows = torch.nonzero(changed.any(1)).flatten()
    seen = max(centre - int(rows.min()), int(rows.max()) - centre)
    assert network.reach * 0.6 <= seen <= network.reach + network.size_multiple


def test_the_denoiser_keeps_local_mean_colours() -> None:
    torch.manual_seed(0)
    network = RestorationUNet(widths=(8, 16), blocks=1).eval()
    picture = 0.5 + 0.1 * torch.rand(1, 3, 128, 96)
    with torch.inference_mode():
        sigma = torch.full((1, 1, 128, 96), 0.1)
        drift = network.predict_noise(picture, sigma).mean((0, 2, 3)).abs().max()
        kept = (network(picture, sigma) - picture).mean((0, 2, 3)).abs().max()
    assert float(drift) > 1e-3
    assert float(kept) < 0.1 * float(drift)


@pytest.mark.parametrize("size", [(8, 8), (16, 40), (120, 64)])
def test_local_mean_of_a_constant_is_the_constant(size: tuple[int, int]) -> None:
    constant = torch.full((1, 3, *size), 0.37)
    assert torch.allclose(local_mean(constant), torch.full((1, 3, size[0] // 8, size[1] // 8), 0.37))


def test_less_drift_is_taken_out_where_noise_is_clipped() -> None:
    noise, sigma = torch.full((1, 3, 64, 64), 0.02), torch.full((1, 1, 64, 64), 0.1)
    drifts = [float(colour_drift(noise, torch.full_like(noise, v), sigma).mean()) for v in (0.5, 0.15, 0.0, 1.0)]
    assert drifts == pytest.approx([0.02, 0.01, 0.0, 0.0], abs=1e-6)
