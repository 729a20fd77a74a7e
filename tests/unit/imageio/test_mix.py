"""A result mixed into the original: the same for files and on the screen."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from aestudio.errors import SettingsError
from aestudio.imageio.mix import LUMA, Mix, blend, blend8, texture_to_uint8
from aestudio.imageio.values import from_unit, to_unit

MIXES = [Mix(0.5, 0.5), Mix(1, 0), Mix(0, 1), Mix(0.3, 0.8), Mix(0, 0), Mix(1, 1, 1), Mix(0.7, 0.2, 0.5)]


def pair(channels: int = 3) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    random = np.random.default_rng(1)
    before = random.integers(0, 256, (31, 37, channels))
    after = np.clip(before + random.normal(0, 20, before.shape), 0, 255)
    return before.astype(np.uint8), after.astype(np.uint8)


def luma(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return values @ np.array(LUMA, np.float32)


def test_all_is_the_result_itself_and_nothing_the_original() -> None:
    before, after = (to_unit(p, False) for p in pair())
    assert blend(before, after, None, Mix()) is after
    assert np.array_equal(blend(before, after, None, Mix(0, 0)), before)


def test_light_alone_leaves_colour_alone_and_the_other_way_round() -> None:
    before, after = (to_unit(p, False) for p in pair())
    light, colour = blend(before, after, None, Mix(1, 0)), blend(before, after, None, Mix(0, 1))
    chroma_before, chroma_light = (v - luma(v)[..., None] for v in (before, light))
    assert chroma_light == pytest.approx(chroma_before, abs=1e-6)
    assert luma(light) == pytest.approx(luma(after), abs=1e-6)
    assert luma(colour) == pytest.approx(luma(before), abs=1e-6)


@pytest.mark.parametrize("mix", MIXES)
@pytest.mark.parametrize("channels", [1, 3])
def test_the_screen_shows_what_the_file_gets(mix: Mix, channels: int) -> None:
    before, after = pair(channels)
    texture = np.random.default_rng(2).normal(0, 0.05, (31, 37, 1)).astype(np.float32)
    written = from_unit(blend(to_unit(before, False), to_unit(after, False), texture, mix), np.uint8, False)
    shown = blend8(before, after, texture_to_uint8(texture), mix)
    assert np.abs(shown.astype(int) - written).max() <= 1
    assert np.mean(shown != written) < (0.3 if mix.detail else 0.01)


def test_detail_comes_with_the_light_and_has_no_colour() -> None:
    before, after = (to_unit(p, False) for p in pair())
    texture = np.full((31, 37, 1), 0.1, np.float32)
    fine = blend(before, after, texture, Mix(0.5, 1, 0.4))
    assert fine - blend(before, after, texture, Mix(0.5, 1)) == pytest.approx(np.full(before.shape, 0.02), abs=1e-6)
    assert np.array_equal(blend(before, after, texture, Mix(0, 0, 1)), before)


def test_grey_has_no_colour_of_its_own() -> None:
    before, after = (to_unit(p, False) for p in pair(1))
    assert blend(before, after, None, Mix(1, 0.2)) == pytest.approx(after)


def test_shares_out_of_range_are_refused() -> None:
    with pytest.raises(SettingsError, match="strength"):
        Mix(1.5)
    with pytest.raises(SettingsError, match="colour"):
        Mix(1, -0.1)
    with pytest.raises(SettingsError, match="detail"):
        Mix(1, 1, 2)
