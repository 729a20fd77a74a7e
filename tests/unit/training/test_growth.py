"""A larger network begins with what a smaller one does."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from aestudio.catalog.card import read_card
from aestudio.models.registry import build
from aestudio.models.unet import PhotoUNet, RestorationUNet
from aestudio.models.upscaler import Upscaler
from aestudio.training import history, recipes
from aestudio.training.fit import fit
from aestudio.training.growth import grown
from aestudio.training.recipes import Recipe
from aestudio.training.takeover import weights_for

SMALL = {"widths": [8, 12, 16], "blocks": 1}
LARGE = {"widths": [12, 16, 24], "blocks": 2}


def random_weights(network: nn.Module, seed: int) -> nn.Module:
    torch.manual_seed(seed)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(torch.randn_like(parameter) * (2 / parameter[0].numel()) ** 0.5)
    return network.eval()


def take_over(network: nn.Module, start: nn.Module) -> nn.Module:
    network.load_state_dict({**network.state_dict(), **weights_for(network, start)})
    return network.eval()


@pytest.mark.parametrize(
    ("make", "inputs"),
    [
        (RestorationUNet, ((1, 3, 32, 32), (1, 1, 32, 32))),
        (PhotoUNet, ((1, 3, 32, 32),)),
        (Upscaler, ((1, 3, 16, 16),)),
    ],
)
def test_a_wider_and_deeper_network_computes_the_same(make: type[nn.Module], inputs: tuple[tuple[int, ...]]) -> None:
    start = random_weights(make(**SMALL).double(), 1)
    larger = random_weights(make(**LARGE).double(), 2)
    given = [torch.rand(shape, dtype=torch.double) for shape in inputs]
    with torch.inference_mode():
        before, wanted = larger(*given), start(*given)
        after = take_over(larger, start)(*given)
    assert (before - wanted).abs().max() > 0.01
    assert torch.allclose(after, wanted, atol=1e-9)


@pytest.mark.parametrize("make", [RestorationUNet, PhotoUNet])
@pytest.mark.parametrize("biased", [False, True])
def test_a_first_layer_with_a_bias_goes_on_from_one_with_and_without(make: type[nn.Module], biased: bool) -> None:
    start = random_weights(make(**SMALL, bias=biased).double(), 1)
    given = [torch.rand((1, channels, 32, 32), dtype=torch.double) for channels in ((3, 1), (3,))[make is PhotoUNet]]
    with torch.inference_mode():
        assert torch.allclose(take_over(make(**LARGE, bias=True).double(), start)(*given), start(*given), atol=1e-9)


def test_every_weight_of_a_grown_network_can_learn() -> None:
    torch.manual_seed(0)
    start = random_weights(RestorationUNet(**SMALL), 1)
    larger = RestorationUNet(**LARGE)
    take_over(larger, start)
    optimiser = torch.optim.SGD(larger.parameters(), lr=0.05)
    begun = {name: p.detach().clone() for name, p in larger.named_parameters()}
    for _ in range(3):
        picture = torch.rand(2, 3, 32, 32)
        (larger(picture, torch.full((2, 1, 32, 32), 0.1)) - picture.flip(3)).square().mean().backward()
        optimiser.step()
        optimiser.zero_grad()
    assert all(not torch.equal(p, begun[name]) for name, p in larger.named_parameters())


def test_a_narrower_network_takes_over_what_fits_as_it_is() -> None:
    start, smaller = RestorationUNet(**LARGE), RestorationUNet(**SMALL)
    assert grown(smaller, start) == {}
    assert weights_for(smaller, start).keys() == start.state_dict().keys()


def test_ends_of_another_kind_are_left_out() -> None:
    start, larger = Upscaler(scale=2, **SMALL), Upscaler(scale=4, **LARGE)
    taken = weights_for(larger, start)
    assert "tail.weight" not in taken
    assert taken["head.weight"].shape == larger.head.weight.shape


def test_a_run_of_a_larger_network_begins_with_the_score_of_the_smaller_model(folder: Path, tmp_path: Path) -> None:
    cpu = torch.device("cpu")
    shared = {"patch": 16, "batch": 4, "held_out": 1, "decay": 0.0, "warmup": 1}
    small = Recipe("denoise", "restoration-unet", {**SMALL}, **shared)
    large = Recipe("denoise", "restoration-unet", {**LARGE}, **shared)
    start = fit(small, folder, "small", tmp_path / "small", tmp_path / "models", cpu, steps=30)
    fit(large, folder, "large", tmp_path / "large run", tmp_path / "models", cpu, steps=1, start=start)
    begun = history.read(tmp_path / "large run")[0]
    assert begun.step == 0
    assert begun.scores["psnr"] == pytest.approx(read_card(start).training["validation"]["psnr"], abs=0.01)


def siblings() -> list[tuple[str, Recipe, Recipe]]:
    """Return each shipped recipe of a restorer that can begin as a smaller one, with that one's."""
    best = [(p.stem, recipes.load(p.stem)) for p in sorted(recipes.FOLDER.glob("*-best.toml"))]
    fast = [(p.stem, recipes.load(p.stem)) for p in sorted(recipes.FOLDER.glob("*-fast.toml"))]
    return [
        *((name, recipe, recipes.load(name.replace("best", "fast"))) for name, recipe in best),
        *((f"large {name}", recipes.sized(recipe, "large"), recipe) for name, recipe in fast),
    ]


@pytest.mark.parametrize(("name", "large", "small"), siblings(), ids=[name for name, *_ in siblings()])
def test_every_larger_network_grows_from_its_fast_sibling(name: str, large: Recipe, small: Recipe) -> None:
    network = build(large.architecture, large.arguments)
    taken = weights_for(network, build(small.architecture, small.arguments))
    assert taken.keys() == network.state_dict().keys()
    if name.endswith("-best"):
        assert sum(p.numel() for p in network.parameters()) <= 8e6
