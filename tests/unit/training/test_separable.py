from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional as F

from aestudio.training import separable


def pictures(count: int = 3, height: int = 37, width: int = 150) -> torch.Tensor:
    return torch.rand(count, 3, height, width, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("method", ["bicubic", "bilinear", "area"])
@pytest.mark.parametrize("size", [(20, 75), (37, 150), (64, 31), (111, 450), (1, 1)])
def test_resizing_is_what_pytorch_makes(method: str, size: tuple[int, int]) -> None:
    picture = pictures()
    smooth = {} if method == "area" else {"antialias": True}
    expected = F.interpolate(picture, size=size, mode=method, **smooth)
    assert torch.allclose(separable.resized(picture, size, method), expected, atol=1e-6)


def test_blur_is_a_convolution_with_each_pictures_own_kernel() -> None:
    picture, most = pictures(), 3.0
    wide, high = torch.tensor([0.2, 1.0, 3.0]), torch.tensor([2.0, 0.4, 0.9])
    soft = separable.apply(picture, separable.blur(high, 37, most), separable.blur(wide, 150, most))
    radius = math.ceil(3 * most)
    steps = torch.arange(-radius, radius + 1)
    mirrored = F.pad(picture, (radius, radius, radius, radius), mode="reflect")
    for one, across, down, padded in zip(soft, wide, high, mirrored, strict=True):
        row, column = (torch.exp(-0.5 * (steps / s) ** 2) for s in (across, down))
        kernel = torch.outer(column / column.sum(), row / row.sum()).expand(3, 1, -1, -1)
        assert torch.allclose(F.conv2d(padded[None], kernel, groups=3)[0], one, atol=1e-5)


def test_a_side_shorter_than_the_kernel_is_blurred_as_far_as_it_goes() -> None:
    line = separable.blur(torch.tensor([2.0]), 2, 3.0).matrix
    assert torch.allclose(line.sum(2), torch.ones(1, 2))
    assert torch.equal(separable.blur(torch.tensor([2.0]), 1, 3.0).matrix, torch.ones(1, 1, 1))


def test_matrices_are_made_on_the_processor_and_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    honest = F.interpolate

    def noted(pixels: torch.Tensor, **how: object) -> torch.Tensor:
        made.append(pixels.device.type)
        return honest(pixels, **how)

    monkeypatch.setattr(F, "interpolate", noted)
    elsewhere = torch.empty(1, device="meta")
    assert separable.resizing(37, 20, "area", elsewhere).matrix.device.type == "meta"
    assert separable.blurring(37, 1.5, elsewhere).matrix.device.type == "meta"
    assert made == ["cpu"]


def test_no_picture_is_no_picture() -> None:
    assert separable.resized(pictures(0), (8, 16), "area").shape == (0, 3, 8, 16)
