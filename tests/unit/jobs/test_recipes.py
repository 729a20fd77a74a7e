"""What a recipe says of a restoration."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

from aestudio.catalog.card import Card
from aestudio.catalog.store import Model
from aestudio.engine.restore import Work
from aestudio.imageio.mask import Mask
from aestudio.imageio.mix import Mix
from aestudio.jobs.recipes import recipe_of
from aestudio.jobs.spec import Restoration
from aestudio.ui.choices import Choice


def work(weights: Path, sigma: float | None = None, scale: float = 1.0) -> Work:
    session = SimpleNamespace(model=Model(Card("m", "", "denoise", "", {}), weights))
    return cast("Work", SimpleNamespace(session=session, sigma=sigma, scale=scale))


def test_only_what_was_chosen_is_told(tmp_path: Path) -> None:
    (tmp_path / "m.safetensors").write_bytes(b"weights")
    made = recipe_of(Restoration("denoise", "m"), work(tmp_path / "m.safetensors", 17.3149), Mix(0.8, 0.8, 0.0))
    assert made.settings == {"noise": None, "noise_used": 17.31, "strength": 0.8, "ensemble": False}
    assert made.weights.startswith("9a129038d9a00aed")
    everything = recipe_of(
        Restoration("upscale", "m", scale=2.5, ensemble=True, cleaner="photo"),
        work(tmp_path / "m.safetensors", scale=2.5),
        Mix(0.8, 0.5, 0.3, Mask(1, 1, b"")),
    )
    assert everything.settings == {
        "scale": 2.5, "cleaner": "photo", "strength": 0.8, "colour": 0.5, "detail": 0.3, "region": True,
        "ensemble": True,
    }  # fmt: skip
    assert Choice.of_recipe(everything).restoration("upscale") == Restoration(
        "upscale", "m", scale=2.5, ensemble=True, cleaner="photo"
    )


def test_a_model_that_is_gone_meanwhile_harms_no_result(tmp_path: Path) -> None:
    assert recipe_of(Restoration("denoise", "m"), work(tmp_path / "gone.safetensors"), Mix()).weights == ""
