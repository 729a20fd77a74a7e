"""Files whose numbers are light itself, and that say so by their profile."""

from __future__ import annotations

from pathlib import Path

import imagecodecs
import imageio_samples as samples
import numpy as np
import pytest
import tifffile
from PIL import ImageCms

from aestudio.imageio.display import for_screen
from aestudio.imageio.output import ROUNDED, losses
from aestudio.imageio.picture import Metadata, Picture
from aestudio.imageio.profiles import is_light, light_profile, shown_profile
from aestudio.imageio.reader import read_picture
from aestudio.imageio.values import from_unit, to_display8, to_unit
from aestudio.imageio.writer import plan_output

P3_CORNERS = (0.680, 0.320, 1.0, 0.265, 0.690, 1.0, 0.150, 0.060, 1.0)
P3_LIGHT = bytes(imagecodecs.cms_profile("rgb", whitepoint=(0.3127, 0.3290, 1.0), primaries=P3_CORNERS, gamma=1.0))


def with_profile(path: Path, icc: bytes, pixels: np.ndarray) -> Picture:
    """Write a TIFF as image editors do, their working space's linear version beside it, and read it."""
    tifffile.imwrite(path, pixels, photometric="rgb", iccprofile=icc)
    return read_picture(path)


@pytest.mark.parametrize("channels", [1, 3])
def test_light_from_an_exr_stays_light_in_a_tiff(tmp_path: Path, channels: int) -> None:
    pixels = samples.noise(np.float32, channels)
    samples.save(tmp_path / "a.exr", samples.picture(pixels, format="exr", linear=True))
    first = read_picture(tmp_path / "a.exr")
    samples.save(tmp_path / "b.tif", first)
    again = read_picture(tmp_path / "b.tif")
    assert again.info.linear
    assert np.array_equal(again.pixels, first.pixels)
    assert again.info.metadata.icc is not None
    assert is_light(again.info.metadata.icc)


def test_a_float_tiff_is_light_where_its_profile_says_so(tmp_path: Path) -> None:
    pixels = samples.noise(np.float32, 3)
    assert with_profile(tmp_path / "a.tif", P3_LIGHT, pixels).info.linear
    assert not with_profile(tmp_path / "b.tif", samples.display_p3(), pixels).info.linear
    eight = with_profile(tmp_path / "c.tif", P3_LIGHT, samples.smooth(3))
    assert not eight.info.linear, "of eight bits, the profile alone tells what they mean"


def test_light_of_sixteen_bits_stays_light_in_a_tiff_alone(tmp_path: Path) -> None:
    pixels = samples.noise(np.uint16, 3)
    source = with_profile(tmp_path / "a.tif", P3_LIGHT, pixels)
    assert source.info.linear
    samples.save(tmp_path / "b.tif", source)
    again = read_picture(tmp_path / "b.tif")
    assert again.info.linear
    assert again.info.metadata.icc == P3_LIGHT
    assert np.array_equal(again.pixels, pixels)
    samples.save(tmp_path / "c.png", source)
    encoded = read_picture(tmp_path / "c.png")
    assert np.array_equal(encoded.pixels, from_unit(to_unit(pixels, True), np.uint16, False))
    assert encoded.info.metadata.icc == shown_profile(P3_LIGHT)
    eight = plan_output(source.info, 37, 31, depth="8")
    assert not eight.linear
    assert losses(source.info, eight) == (ROUNDED,)


def test_light_that_is_encoded_gets_the_profile_of_what_it_became(tmp_path: Path) -> None:
    source = with_profile(tmp_path / "a.tif", P3_LIGHT, np.full((31, 37, 3), 0.25, np.float32))
    kept = plan_output(source.info, 37, 31)
    assert kept.linear
    assert kept.metadata.icc == P3_LIGHT
    samples.save(tmp_path / "b.png", source, depth="16")
    back = read_picture(tmp_path / "b.png")
    assert back.pixels[0, 0, 0] / 65535 == pytest.approx(0.5371, abs=1e-3)  # sRGB's curve at 0.25
    icc = back.info.metadata.icc
    assert icc is not None
    assert not is_light(icc)
    # the same light as before, by a library that reads profiles
    lab = [
        ImageCms.ImageCmsProfile(str(path))
        for path, profile in ((tmp_path / "shown.icc", icc), (tmp_path / "light.icc", P3_LIGHT))
        if path.write_bytes(profile)
    ]
    assert lab[0].profile.red_colorant == lab[1].profile.red_colorant
    assert lab[0].profile.media_white_point == lab[1].profile.media_white_point


def test_light_in_a_wide_gamut_is_shown_through_it(tmp_path: Path) -> None:
    light = np.zeros((31, 37, 3), np.float32)
    light[...] = 0.6, 0.05, 0.05
    source = with_profile(tmp_path / "a.tif", P3_LIGHT, light)
    shown = for_screen(to_display8(source.pixels, source.info.linear), source.info)[0, 0]
    encoded = samples.picture(to_display8(light, True), metadata=Metadata(icc=shown_profile(P3_LIGHT)))
    assert shown.tolist() == for_screen(encoded.pixels, encoded.info)[0, 0].tolist()
    assert shown[0] > to_display8(light, True)[0, 0, 0], "the same numbers are a stronger red than sRGB's"
    srgb = with_profile(tmp_path / "b.tif", light_profile(3), light)
    assert np.array_equal(for_screen(to_display8(light, True), srgb.info), to_display8(light, True))


def test_damaged_profiles_say_nothing() -> None:
    assert not is_light(b"")
    assert not is_light(P3_LIGHT[:140])
    assert not is_light(P3_LIGHT[:128] + b"\xff" * 200)
    assert not is_light(samples.display_p3())
    assert is_light(P3_LIGHT)
