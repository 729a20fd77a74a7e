"""What a PNG's chunks say of its colours is said to other formats by a profile, and to PNG as before."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import imageio_samples as samples
import numpy as np
import pytest
from PIL import Image, ImageCms

from aestudio.imageio import output, profiles
from aestudio.imageio.display import for_screen
from aestudio.imageio.reader import read_info, read_picture
from aestudio.imageio.writer import losses, plan_output

SRGB = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
P3 = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)


def gama(number: int) -> bytes:
    return samples.chunk(b"gAMA", struct.pack(">I", number))


def chrm(*places: int) -> bytes:
    return samples.chunk(b"cHRM", struct.pack(">8I", *places))


def cicp(*codes: int) -> bytes:
    return samples.chunk(b"cICP", bytes(codes))


def png(path: Path, *chunks: bytes, channels: int = 3) -> Path:
    pixels = samples.noise(np.uint8, channels)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    path.write_bytes(samples.png(37, 31, 8, 2 if channels == 3 else 0, rows, *chunks))
    return path


def xyz(icc: bytes, tag: bytes) -> list[float]:
    at = icc.index(tag) + 4
    (start,) = struct.unpack_from(">I", icc, at)
    return [n / 65536 for n in struct.unpack_from(">3i", icc, start + 8)]


@pytest.mark.parametrize(
    "chunks",
    [
        (),
        (gama(45455),),
        (gama(45454), chrm(*SRGB)),
        (samples.chunk(b"sRGB", b"\0"), gama(100000)),
        (cicp(1, 13, 0, 1), gama(100000)),
        (gama(0),),
        (gama(100000), chrm(*[0] * 8)),
        (gama(100000), chrm(*[31270, 32900] * 4)),
    ],
    ids=["nothing", "gamma", "as srgb", "named srgb", "coded srgb", "no gamma", "no places", "no triangle"],
)
def test_srgb_and_nonsense_need_no_profile(tmp_path: Path, chunks: tuple[bytes, ...]) -> None:
    info = read_info(png(tmp_path / "a.png", *chunks))
    assert info.metadata.icc is None
    assert losses(info, plan_output(info, 37, 31, format="tiff")) == ()


@pytest.mark.parametrize(
    "chunks", [(gama(45455), chrm(*P3)), (cicp(12, 13, 0, 1),), (chrm(*P3),)], ids=["chrm and gama", "cicp", "chrm"]
)
@pytest.mark.parametrize("name", ["b.tif", "b.jpg", "b.webp", "b.avif", "b.jxl"])
def test_wide_colours_go_along_as_a_profile(tmp_path: Path, chunks: tuple[bytes, ...], name: str) -> None:
    source = read_picture(png(tmp_path / "a.png", *chunks))
    samples.save(tmp_path / name, source)
    back = read_picture(tmp_path / name)
    assert back.info.metadata.icc == source.info.metadata.icc is not None
    icc = back.info.metadata.icc
    assert icc is not None
    assert xyz(icc, b"rXYZ") == pytest.approx([0.51512, 0.2412, -0.00105], abs=0.001)
    assert xyz(icc, b"gXYZ") == pytest.approx([0.29198, 0.69225, 0.04189], abs=0.001)
    if name == "b.tif":
        assert np.array_equal(back.pixels, source.pixels)
    assert losses(source.info, plan_output(source.info, 37, 31, tmp_path / name)) == ()


@pytest.mark.parametrize("channels", [1, 3])
def test_numbers_that_are_light_are_shown_as_light(tmp_path: Path, channels: int) -> None:
    info = read_info(png(tmp_path / "a.png", gama(100000), channels=channels))
    icc = info.metadata.icc
    assert icc is not None
    assert ImageCms.ImageCmsProfile(io.BytesIO(icc)).profile.xcolor_space.strip() == (
        "RGB" if channels == 3 else "GRAY"
    )
    half = for_screen(np.full((2, 2, channels), 55, np.uint8), info)
    assert np.abs(half.astype(int) - 128).max() <= 1, "a fifth of the light is half of sRGB's scale"


def made_later(make: Callable[..., bytes]) -> Callable[..., bytes]:
    """Return a maker of profiles, as ``make``, whose clock is a year ahead."""

    def make_later(*what: Any, **more: Any) -> bytes:  # noqa: ANN401
        icc = make(*what, **more)
        return icc[:24] + struct.pack(">H", struct.unpack_from(">H", icc, 24)[0] + 1) + icc[26:]

    return make_later


@pytest.mark.parametrize("chunks", [(gama(100000), chrm(*P3)), (cicp(9, 16, 0, 1),), (cicp(12, 13, 0, 1), gama(45455))])
@pytest.mark.parametrize("metadata", [True, False])
def test_a_png_of_a_png_says_it_by_the_same_chunks_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunks: tuple[bytes, ...], metadata: bool
) -> None:
    source = read_picture(png(tmp_path / "a.png", *chunks))
    profiles._png_profile.cache_clear()  # as in the process that saves, some time after another one opened it
    profiles.named_profile.cache_clear()
    monkeypatch.setattr(imagecodecs, "cms_profile", made_later(imagecodecs.cms_profile))
    samples.save(tmp_path / "b.png", source, metadata=metadata)
    saved = (tmp_path / "b.png").read_bytes()
    assert all(saved.count(chunk) == 1 for chunk in chunks)
    assert b"iCCP" not in saved
    assert losses(source.info, plan_output(source.info, 37, 31, metadata=metadata)) == ()
    back = read_picture(tmp_path / "b.png")
    assert np.array_equal(back.pixels, source.pixels)
    assert back.info.metadata == source.info.metadata


def test_a_profile_of_its_own_stays_beside_the_chunks(tmp_path: Path) -> None:
    path = png(tmp_path / "a.png", gama(100000), chrm(*P3))
    with Image.open(path) as image:
        image.save(tmp_path / "plain.png", icc_profile=samples.display_p3())
    data = (tmp_path / "plain.png").read_bytes()
    path.write_bytes(data[:33] + gama(100000) + data[33:])
    source = read_picture(path)
    assert source.info.metadata.icc == samples.display_p3()
    samples.save(tmp_path / "b.png", source)
    saved = (tmp_path / "b.png").read_bytes()
    assert gama(100000) in saved
    assert b"iCCP" in saved


@pytest.mark.parametrize("metadata", [True, False])
def test_what_no_profile_says_is_said_to_be_left_out(tmp_path: Path, metadata: bool) -> None:
    info = read_info(png(tmp_path / "a.png", cicp(9, 16, 0, 1)))
    assert info.notes == (profiles.HDR.format("PQ"),)
    lost = output.COLOURS_LOST.format("TIFF")
    assert losses(info, plan_output(info, 37, 31, format="tiff", metadata=metadata)) == (lost,)
    assert losses(info, plan_output(info, 37, 31, metadata=metadata)) == ()
