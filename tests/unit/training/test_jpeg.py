from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.training import jpeg


def scene() -> torch.Tensor:
    """Two smooth 48x64 pictures with some grain."""
    y, x = np.mgrid[0:48, 0:64]
    random = np.random.default_rng(0)
    planes = [120 + 60 * np.sin(x / 9 + k) + 30 * np.cos(y / (5 + k)) for k in range(6)]
    stacked = np.stack(planes).reshape(2, 3, 48, 64) + random.normal(0, 4, (2, 3, 48, 64))
    return torch.from_numpy(np.rint(stacked.clip(0, 255)) / 255).float()


def by_pillow(picture: torch.Tensor, quality: int, thinned: bool) -> torch.Tensor:
    store = io.BytesIO()
    pixels = np.rint(picture.permute(1, 2, 0).numpy() * 255).astype(np.uint8)
    Image.fromarray(pixels).save(store, "JPEG", quality=quality, subsampling=2 if thinned else 0)
    return torch.from_numpy(np.array(Image.open(store))).permute(2, 0, 1).float() / 255


@pytest.mark.parametrize("thinned", [True, False])
@pytest.mark.parametrize("quality", [10, 40, 75, 95])
def test_a_batch_decodes_as_files_of_it_do(quality: int, thinned: bool) -> None:
    pictures = scene()
    ours = jpeg.compress(pictures, torch.full((2,), float(quality)), range(2) if thinned else ())
    files = torch.stack([by_pillow(p, quality, thinned) for p in pictures])
    difference = float((ours - files).abs().mean())
    damage = float((files - pictures).abs().mean())
    # an integer transform and its roundings differ a little from the exact one, far less than compression does
    assert difference < 0.3 * damage
    assert difference * 255 < 1


def test_every_picture_has_a_quality_of_its_own() -> None:
    pictures = scene()[:1].repeat(2, 1, 1, 1)
    result = jpeg.compress(pictures, torch.tensor([10.0, 95.0]), ())
    coarse, fine = (result - pictures).abs().mean((1, 2, 3)).tolist()
    assert coarse > 2 * fine


def test_colour_is_thinned_where_asked_and_nowhere_else() -> None:
    pictures, quality = scene()[:1].repeat(3, 1, 1, 1), torch.full((3,), 90.0)
    mixed = jpeg.compress(pictures, quality, (1,))
    assert torch.equal(mixed[[0, 2]], jpeg.compress(pictures[:2], quality[:2], ()))
    assert torch.equal(mixed[1:2], jpeg.compress(pictures[:1], quality[:1], (0,)))
    assert not torch.equal(mixed[0], mixed[1])


def test_colour_differences_go_there_and_back() -> None:
    picture = scene()
    assert torch.allclose(jpeg.to_rgb(jpeg.to_ycc(picture)), picture, atol=1e-6)
    grey = torch.full((1, 3, 2, 2), 0.25)
    assert torch.allclose(jpeg.to_ycc(grey)[:, 1:], torch.zeros(1, 2, 2, 2), atol=1e-6)
