"""The map of invented detail, scaled to what a network of one's own gets wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aestudio.catalog import store
from aestudio.catalog.card import read_card
from aestudio.engine import device
from aestudio.engine.ensemble import WAYS, seen, turned, turned_back
from aestudio.engine.invented import fitted, powers
from aestudio.engine.session import Session
from aestudio.training.fit import fit
from aestudio.training.recipes import Recipe
from aestudio.training.trust import LEAST, MOST, error_scale

Pair = tuple[tuple[Tensor, ...], Tensor]


@pytest.mark.parametrize("way", WAYS)
def test_tensors_are_turned_as_pictures_are(way: int) -> None:
    picture = np.random.default_rng(0).random((6, 8, 3), np.float32)
    tensor = torch.from_numpy(picture).permute(2, 0, 1)[None]
    assert np.array_equal(turned(tensor, way)[0].permute(1, 2, 0).numpy(), seen(picture, way))
    assert torch.equal(turned_back(turned(tensor, way), way), tensor)


class Half(nn.Module):
    """Takes half of what a small blur would take."""

    def forward(self, picture: Tensor, plane: Tensor) -> Tensor:
        return torch.lerp(picture, nn.functional.avg_pool2d(picture, 5, 1, 2, count_include_pad=False), 0.5)


class First(nn.Module):
    """Leaves the picture as it is."""

    def forward(self, picture: Tensor, *told: Tensor) -> Tensor:
        return picture


def noisy(sigma: float) -> Iterator[Pair]:
    for number in range(3):
        generator = torch.Generator().manual_seed(number)
        truth = torch.linspace(0.2, 0.8, 64).expand(1, 3, 48, 64)
        given = truth + sigma / 255 * torch.randn(truth.shape, generator=generator)
        yield (given, torch.full_like(given[:, :1], sigma / 255)), truth


def test_the_scale_makes_the_likely_error_the_true_one_in_the_mean() -> None:
    def away(pairs: Iterator[Pair]) -> float:
        return float(torch.stack([(Half()(*given) - truth).abs().mean() for given, truth in pairs]).mean())

    def further() -> Iterator[Pair]:
        return ((given, truth + 4 / 255) for given, truth in noisy(10))

    one = error_scale("denoise", Half(), noisy(10))
    assert LEAST < one < MOST
    # what the network makes is the same and looks the same
    assert error_scale("denoise", Half(), further()) / one == pytest.approx(away(further()) / away(noisy(10)), rel=0.01)
    exact = (((truth, torch.zeros_like(truth[:, :1])), truth) for _, truth in noisy(10))
    assert error_scale("denoise", First(), exact) == LEAST
    hopeless = (((given, plane), torch.zeros_like(truth)) for (given, plane), truth in noisy(0))
    assert error_scale("denoise", First(), hopeless) == MOST


@pytest.mark.parametrize("task", ["denoise", "upscale"])
def test_a_trained_models_card_says_how_large_its_errors_are(folder: Path, tmp_path: Path, task: str) -> None:
    architecture, scale = ("restoration-unet", 1) if task == "denoise" else ("upscaler", 2)
    told = {"scale": scale} if scale > 1 else {}
    recipe = Recipe(task, architecture, {"widths": [8, 16], "blocks": 1, **told}, scale=scale, patch=16, held_out=2)
    path = fit(recipe, folder, "own", tmp_path / "run", tmp_path / "models", torch.device("cpu"), steps=2)
    scale_ = cast("float", read_card(path).statistics["error_scale"])
    assert LEAST <= scale_ <= MOST
    session = Session(store.Model(read_card(path), path), device.choose("cpu", "float32"))
    assert powers(session).constant == pytest.approx(fitted(task).constant + math.log(scale_))
