"""Training on a CUDA device: compiled, in bfloat16, its input made there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.errors import Cancelled
from aestudio.models.weights import load_network
from aestudio.training.fit import fit
from aestudio.training.loop import SETTLE_EVERY, Trainer
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device"),
]
UNET = {"widths": [16, 32], "blocks": 1}
RECIPES = [
    Recipe("denoise", "restoration-unet", UNET, patch=32, batch=5, held_out=2),
    Recipe("denoise", "photo-unet", {**UNET, "level_width": 16}, patch=32, batch=5, held_out=2, degradation="photo"),
    Recipe("upscale", "upscaler", {**UNET, "scale": 2}, scale=2, patch=32, batch=4, held_out=2),
    Recipe(
        "upscale", "upscaler", {**UNET, "scale": 2}, scale=2, patch=32, batch=4, held_out=2,
        degradation="photo", adversarial=0.01,
    ),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(22):
        smooth = np.kron(random.integers(0, 256, (30, 31, 3)), np.ones((8, 8, 1))).astype(np.uint8)
        Image.fromarray(smooth).save(pictures / f"{number}.png")
    return pictures


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_model_is_fitted_and_stored(recipe: Recipe, folder: Path, tmp_path: Path) -> None:
    steps = SETTLE_EVERY["cuda"] + 3
    device = torch.device("cuda")
    path = fit(recipe, folder, "mine", tmp_path / "run", tmp_path / "models", device, steps=steps)
    network, card = load_network(path)
    assert card.training["steps"] == steps
    assert all(bool(t.isfinite().all()) for t in network.state_dict().values())


def test_training_gains_and_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    device = torch.device("cuda")

    def trainer() -> Trainer:
        return Trainer(RECIPES[0], make_objective(RECIPES[0], folder, device), tmp_path / "run", device)

    before = trainer().run(steps=1).scores["psnr"]
    stop_at = iter([False, False, True])
    with pytest.raises(Cancelled):
        trainer().run(steps=200, cancelled=lambda: next(stop_at))
    second = trainer()
    second.resume()
    assert second.step == 2 * SETTLE_EVERY["cuda"]
    assert second.run(steps=200).scores["psnr"] > before + 1
