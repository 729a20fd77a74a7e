"""Noise measured on pictures and made anew, and learning from noisy pictures with a model to begin with."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.catalog.card import Card
from aestudio.errors import SettingsError
from aestudio.models.unet import PhotoUNet
from aestudio.models.weights import save_network
from aestudio.training.adapting import AdaptingObjective
from aestudio.training.fit import fit
from aestudio.training.loop import Trainer
from aestudio.training.measured_noise import BINS, NoiseMaker, measure
from aestudio.training.objective import When
from aestudio.training.objectives import make_objective
from aestudio.training.ranks import Ranks
from aestudio.training.recipes import Recipe
from aestudio.training.selfsupervised import SelfSupervisedObjective

CPU = torch.device("cpu")
RECIPE = Recipe(
    task="denoise",
    architecture="photo-unet",
    arguments={"widths": [8, 16], "blocks": 1, "level_width": 8},
    degradation="noisy",
    patch=48,
    batch=8,
    warmup=2,
    held_out=2,
)


def shade(side: int, random: np.random.Generator) -> np.ndarray:
    rough = Image.fromarray(random.integers(40, 216, (4, 4, 3), dtype=np.uint8))
    return np.asarray(rough.resize((side, side), Image.Resampling.BICUBIC), dtype=np.float64)


def coarse(side: int, random: np.random.Generator) -> np.ndarray:
    """Return noise that is stronger in light, (side, side, 3), of standard deviation 1, alike within two pixels, its
    colours half alike."""
    white = random.normal(0, 1, (side, side, 3)) + random.normal(0, 1, (side, side, 1))
    return sum(np.roll(white, (i, j), (0, 1)) for i in (0, 1) for j in (0, 1)) / 8**0.5


def noisy(clean: np.ndarray, random: np.random.Generator) -> np.ndarray:
    strength = 4 + 12 * clean.mean(2, keepdims=True) / 255
    return (clean + strength * coarse(len(clean), random)).round().clip(0, 255).astype(np.uint8)


def idle() -> PhotoUNet:
    """Return a network that passes every picture through."""
    torch.manual_seed(0)
    network = PhotoUNet(3, [8, 16], 1, 2, 8)
    with torch.no_grad():
        network.tail.weight.zero_()
    return network


def test_noise_is_measured_by_brightness_shift_and_colour() -> None:
    random = np.random.default_rng(0)
    gentle = np.linspace(30, 220, 512)[None, :, None] * np.ones((512, 1, 3))
    noise = measure(noisy(gentle, random))
    assert noise is not None
    centres = (np.arange(BINS) + 0.5) / BINS
    inside = (centres > 0.15) & (centres < 0.85)
    # the lowest share of blocks stands for the strength: it lies a little below
    np.testing.assert_allclose(noise.strength[inside] * 255, (4 + 12 * centres)[inside], rtol=0.2)
    middle = noise.covariance.shape[0] // 2
    variance = noise.covariance[middle, middle]
    assert variance[0, 1] / variance[0, 0] == pytest.approx(0.5, abs=0.1)
    assert noise.covariance[middle, middle + 1, 0, 0] / variance[0, 0] == pytest.approx(0.5, abs=0.1)
    assert abs(noise.covariance[middle, middle + 4, 0, 0] / variance[0, 0]) < 0.1


def test_made_noise_is_like_what_was_measured() -> None:
    random = np.random.default_rng(1)
    gentle = np.linspace(30, 220, 512)[None, :, None] * np.ones((512, 1, 3))
    noise = measure(noisy(gentle, random))
    assert noise is not None
    maker, generator = NoiseMaker([noise], 96, CPU), torch.Generator().manual_seed(0)
    dark, light = (torch.full((24, 3, 96, 96), value) for value in (0.25, 0.75))
    strengths = [maker.draw(clean, generator) for clean in (dark, light)]
    assert float(strengths[0].std()) * 255 == pytest.approx(7, rel=0.25)
    assert float(strengths[1].std()) * 255 == pytest.approx(13, rel=0.25)
    made = strengths[1]
    beside = float((made[..., 1:] * made[..., :-1]).mean() / made.square().mean())
    assert beside == pytest.approx(0.5, abs=0.12)
    assert float((made[:, 0] * made[:, 1]).mean() / made.square().mean()) == pytest.approx(0.5, abs=0.12)


def test_a_picture_without_smooth_parts_or_noise_tells_nothing() -> None:
    assert measure(np.full((128, 128, 3), 255, dtype=np.uint8)) is None
    assert measure(np.zeros((20, 20, 3), dtype=np.uint8)) is None


@pytest.mark.timeout(900)  # it trains, beside whatever else the machine does
def test_noise_that_neighbours_share_is_learned_from_noisy_pictures_alone(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    clean = [shade(160, random) for _ in range(8)]
    for number, picture in enumerate(clean):
        Image.fromarray(noisy(picture, random)).save(tmp_path / f"{number}.png")
    begun_with = idle()
    objective = make_objective(RECIPE, tmp_path, CPU, begun_with=begun_with)
    assert isinstance(objective, AdaptingObjective)
    trainer = Trainer(RECIPE, objective, tmp_path / "run", CPU)
    trainer.start_from(begun_with.state_dict())
    with torch.inference_mode():
        before = objective.validate(trainer.network)["simulated"]
    result = trainer.run(steps=300)
    assert result.scores["simulated"] > before + 1.5
    trainer.network.load_state_dict(result.state)
    gains = []
    for picture in clean[:3]:
        given = noisy(picture, random)
        with torch.inference_mode():
            tensor = torch.from_numpy(given).permute(2, 0, 1)[None].float() / 255
            restored = trainer.network(tensor)[0].permute(1, 2, 0).numpy() * 255
        gains.append(10 * np.log10(np.mean((given - picture) ** 2) / np.mean((restored - picture) ** 2)))
    assert np.mean(gains) > 1.5


def test_taking_away_more_than_the_noise_costs(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    for number in range(3):
        Image.fromarray(noisy(shade(160, random), random)).save(tmp_path / f"{number}.png")
    network = idle()
    objective = make_objective(RECIPE, tmp_path, CPU, begun_with=network)
    batch = objective.draw(torch.Generator().manual_seed(0), When(0, 0.0))

    class Greedy(torch.nn.Module):
        """Takes nothing out of what was given noise, and everything out of what is as it is."""

        def forward(self, picture: torch.Tensor, level: torch.Tensor | None = None) -> torch.Tensor:
            return network(picture, level) if level is not None else picture * 0 + picture.mean((2, 3), keepdim=True)

        level = network.level

    with torch.inference_mode():
        assert objective.loss(Greedy(), batch, When(0, 0.0)) > objective.loss(network, batch, When(0, 0.0)) + 0.02


def test_pictures_smaller_than_a_crop_are_left_out(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    for number in range(6):
        whole = noisy(shade(320, random), random)
        Image.fromarray(whole[:84] if number % 2 else whole).save(tmp_path / f"{number}.png")
    large = dataclasses.replace(RECIPE, patch=96)
    objective = make_objective(large, tmp_path, CPU, begun_with=idle())
    assert isinstance(objective, AdaptingObjective)
    generator = torch.Generator().manual_seed(0)
    for step in range(4):
        batch = objective.draw(generator, When(step, 0.0))
        assert {len(values) for values in batch} == {objective.crops} == {4}
        assert batch[1].shape == (4, 3, 96, 96)


def test_a_batch_of_which_half_is_drawn_is_divided_among_processes_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(6)
    for number in range(3):
        Image.fromarray(noisy(shade(160, random), random)).save(tmp_path / f"{number}.png")
    card = Card("start", "Start", "denoise", "photo-unet", RECIPE.arguments)
    save_network(idle().state_dict(), card, tmp_path / "start.safetensors")
    ranks = Ranks(CPU)
    ranks.size = 8
    monkeypatch.setattr(ranks, "most", lambda number: number)
    with pytest.raises(SettingsError, match="batch of 8 cannot be divided among 8") as refused:
        fit(
            RECIPE, tmp_path, "mine", tmp_path / "run", tmp_path / "models", CPU, steps=1, ranks=ranks,
            start=tmp_path / "start.safetensors",
        )  # fmt: skip
    assert "multiple of 16" in refused.value.advice


def test_pictures_too_small_to_be_made_smaller_teach_through_their_neighbours(tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    for number in range(3):
        Image.fromarray(noisy(shade(128, random), random)).save(tmp_path / f"{number}.png")
    large = dataclasses.replace(RECIPE, patch=96)
    objective = make_objective(large, tmp_path, CPU, begun_with=idle())
    assert isinstance(objective, SelfSupervisedObjective)
    assert not isinstance(objective, AdaptingObjective)
