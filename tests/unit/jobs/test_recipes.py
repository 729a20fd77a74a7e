"""What a recipe says of a restoration."""

from __future__ import annotations

import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np

from aestudio.catalog.card import Card
from aestudio.catalog.store import Model
from aestudio.engine.restore import Work
from aestudio.imageio.mask import Mask
from aestudio.imageio.mix import Mix
from aestudio.jobs.recipes import recipe_of
from aestudio.jobs.spec import Restoration
from aestudio.ui.choices import Choice

MASK = Mask(4, 2, zlib.compress(bytes(range(8))), feather=0.05, inverted=True)


def work(weights: Path, sigma: float | None = None, scale: float = 1.0) -> Work:
    session = SimpleNamespace(model=Model(Card("m", "", "denoise", "", {}), weights))
    return cast("Work", SimpleNamespace(session=session, sigma=sigma, scale=scale))


def test_only_what_was_chosen_is_told(tmp_path: Path) -> None:
    # an empty header, then the weights
    (tmp_path / "m.safetensors").write_bytes(bytes(8) + b"weights")
    made = recipe_of(Restoration("denoise", "m"), work(tmp_path / "m.safetensors", 17.3149), Mix(0.8, 0.8, 0.0))
    assert made.settings == {"noise": None, "noise_used": 17.31, "strength": 0.8, "ensemble": False}
    assert made.weights.startswith("9a129038d9a00aed")
    everything = recipe_of(
        Restoration("upscale", "m", scale=2.5, ensemble=True, cleaner="photo"),
        work(tmp_path / "m.safetensors", scale=2.5),
        Mix(0.8, 0.5, 0.3, MASK),
    )
    assert everything.settings == {
        "scale": 2.5, "cleaner": "photo", "strength": 0.8, "colour": 0.5, "detail": 0.3, "region": True,
        "mask": MASK.to_plain(),
        "ensemble": True,
    }  # fmt: skip
    assert Choice.of_recipe(everything).restoration("upscale") == Restoration(
        "upscale", "m", scale=2.5, ensemble=True, cleaner="photo"
    )


def test_a_size_is_told_as_it_was_asked_for(tmp_path: Path) -> None:
    done = work(tmp_path / "m.safetensors", scale=3.1)
    side = recipe_of(Restoration("upscale", "m", side="width", pixels=3840), done, Mix())
    assert {k: side.settings[k] for k in ("size", "pixels")} == {"size": "width", "pixels": 3840}
    for centimetres, dpi in ((29.7, 300), (10.1, 72), (100.0, 240)):
        wanted = Choice("m", True, size="print", centimetres=centimetres, dpi=dpi)
        restoration = wanted.restoration("upscale")
        assert restoration is not None
        told = recipe_of(restoration, done, Mix(), wanted.print_dpi("upscale"))
        again = Choice.of_recipe(told)
        assert (again.size, again.centimetres, again.dpi) == ("print", centimetres, dpi)
        assert again.restoration("upscale") == restoration


def test_a_region_comes_back_unless_it_is_too_intricate(tmp_path: Path) -> None:
    done = work(tmp_path / "m.safetensors", 10.0)
    assert Choice.of_recipe(recipe_of(Restoration("denoise", "m"), done, Mix(mask=MASK))).mask == MASK
    noise = np.random.default_rng(0).integers(0, 256, 300 * 200, np.uint8).tobytes()
    intricate = Mask(300, 200, zlib.compress(noise))
    told = recipe_of(Restoration("denoise", "m"), done, Mix(mask=intricate)).settings
    assert told["region"] is True
    assert "mask" not in told


def test_a_model_that_is_gone_meanwhile_harms_no_result(tmp_path: Path) -> None:
    assert recipe_of(Restoration("denoise", "m"), work(tmp_path / "gone.safetensors"), Mix()).weights == ""
