"""A look at damage: cut where it was asked for, the same twice, and travelling whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aestudio.errors import InputError
from aestudio.imageio.reader import read_picture
from aestudio.jobs import wire
from aestudio.jobs.damaged import degraded
from aestudio.jobs.damaging import Degrade
from aestudio.training.damage import Damage

DAMAGE = Damage(blur=(0.3, 2), gaussian=(2, 40), jpeg=(20, 90))


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_look_at_damage_shows_the_mildest_and_the_strongest(scale: int, mode: str, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    smooth = np.kron(random.integers(40, 200, (41, 47, 3)), np.ones((9, 9, 1))).astype(np.uint8)
    path = tmp_path / "photo.png"
    Image.fromarray(smooth).convert(mode).save(path)
    picture = read_picture(path)
    job = Degrade(str(path), DAMAGE, (1.0, 0.0), 192, scale)
    seen = degraded(wire.decode(wire.encode(job)), picture)
    assert seen.before.shape == seen.mildest.shape == seen.strongest.shape == (192, 192, 3)

    def harm(pixels: np.ndarray) -> float:
        return float(np.abs(pixels.astype(int) - seen.before).mean())

    assert 0 < harm(seen.mildest) < harm(seen.strongest)
    again = wire.decode(wire.encode(degraded(job, picture)))
    assert np.array_equal(again.strongest, seen.strongest)
    elsewhere = degraded(Degrade(str(path), DAMAGE, (0.0, 1.0), 192, scale), picture)
    assert not np.array_equal(elsewhere.before, seen.before)


def test_a_picture_that_is_too_small_says_so(tmp_path: Path) -> None:
    path = tmp_path / "tiny.png"
    Image.new("RGB", (17, 31)).save(path)
    with pytest.raises(InputError, match="too small"):
        degraded(Degrade(str(path), DAMAGE), read_picture(path))
