"""What a run takes over from the model that it begins with, and how long that stays as it is."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from aestudio.errors import Cancelled
from aestudio.models.ladder_vae import LadderVAE
from aestudio.models.weights import load_network
from aestudio.training.fit import fit
from aestudio.training.recipes import Recipe
from aestudio.training.takeover import Still, weights_for

CPU = torch.device("cpu")
SMALL = Recipe(
    "vae",
    "ladder-vae",
    {
        "size": 8,
        "channels": 3,
        "widths": [4, 8],
        "groups": [1, 1],
        "depth": [1, 2],
        "top": 2,
        "hidden": 16,
        "likelihood": "gaussian",
    },
    batch=4,
    warmup=2,
    held_out=4,
    clip=50.0,
    kl_warmup=0.0,
    decay=0.0,
)
LARGE = dataclasses.replace(
    SMALL,
    arguments={
        **SMALL.arguments,
        "size": 16,
        "widths": [4, 4, 8],
        "groups": [0, 1, 1],
        "depth": [1, 1, 2],
        "halved": 1,
    },
)
OWN = ("enlarge.0.", "head.")
"""What a network for pictures twice as large does not take over."""


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Return a folder of 70 small pictures."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    random = np.random.default_rng(0)
    for number in range(70):
        pixels = np.kron(random.integers(0, 256, (4, 4, 3)), np.ones((4, 4, 1))).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def start(pictures: Path, tmp_path: Path) -> Path:
    return fit(SMALL, pictures, "small", tmp_path / "small run", tmp_path / "models", CPU, steps=2)


def state(path: Path) -> dict[str, Tensor]:
    return load_network(path)[0].state_dict()


def test_the_levels_of_a_smaller_ladder_become_the_coarser_ones() -> None:
    torch.manual_seed(0)
    small, large = LadderVAE(**SMALL.arguments), LadderVAE(**LARGE.arguments)
    taken = weights_for(large, small)
    missing, unexpected = large.load_state_dict(taken, strict=False)
    assert not unexpected
    assert {name for name in large.state_dict() if name.startswith(OWN)} == set(missing)
    # the same is said of a picture that was halved, and at the same side the same features come of it
    assert large.group_sizes() == small.group_sizes()
    picture = torch.rand(2, 3, 16, 16)
    z = small.encode(torch.nn.functional.avg_pool2d(picture, 2)).z_mean
    assert torch.equal(large.encode(picture).z_mean, z)
    seen: dict[str, Tensor] = {}
    small.down[0][0].register_forward_hook(lambda module, given, made: seen.update(small=made))
    large.down[1][0].register_forward_hook(lambda module, given, made: seen.update(large=made))
    small.decode(z)
    large.decode(z)
    assert torch.equal(seen["small"], seen["large"])


def test_what_is_taken_over_is_held_for_its_share_of_the_run(pictures: Path, start: Path, tmp_path: Path) -> None:
    def run(hold: float) -> dict[str, Tensor]:
        recipe = dataclasses.replace(LARGE, hold=hold)
        name = f"large{hold}"
        return state(fit(recipe, pictures, name, tmp_path / name, tmp_path / "models", CPU, steps=8, start=start))

    begun = LadderVAE.one_level_coarser(state(start))
    held, half, free = run(1.0), run(0.5), run(0.0)

    def kept(end: dict[str, Tensor]) -> int:
        return sum(torch.equal(value, end[name]) for name, value in begun.items())

    assert kept(held) == len(begun)
    assert kept(half) == kept(free) == 0
    assert any(not torch.equal(half[name], free[name]) for name in begun)


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("stop_at", [4, 7])
def test_a_run_that_goes_on_holds_the_same_parts(
    pictures: Path, start: Path, tmp_path: Path, stop_at: int, again: bool
) -> None:
    recipe = dataclasses.replace(LARGE, hold=0.75)

    def run(name: str, resume: bool = False, stop_at: int = 99) -> Path:
        calls = iter(range(100))
        return fit(
            recipe,
            pictures,
            name,
            tmp_path / name,
            tmp_path / "models",
            CPU,
            steps=8,
            start=None if resume and not again else start,
            resume=resume,
            cancelled=lambda: next(calls) >= stop_at,
        )

    whole = state(run("whole"))
    with pytest.raises(Cancelled):
        run("parts", stop_at=stop_at)
    parts = state(run("parts", resume=True))
    assert all(torch.equal(whole[name], parts[name]) for name in whole)


def test_a_model_of_the_same_design_learns_on_as_a_whole(pictures: Path, start: Path, tmp_path: Path) -> None:
    recipe = dataclasses.replace(SMALL, hold=1.0)
    end = state(fit(recipe, pictures, "on", tmp_path / "on", tmp_path / "models", CPU, steps=4, start=start))
    assert not any(torch.equal(value, end[name]) for name, value in state(start).items())


def test_parts_are_let_go_by_their_names() -> None:
    network, still = LadderVAE(**SMALL.arguments), Still()
    still.hold(network, ["head.weight"])
    assert [n for n, p in network.named_parameters() if not p.requires_grad] == ["head.weight"]
    still.release(network)
    assert all(p.requires_grad for p in network.parameters())
    assert not still.names
