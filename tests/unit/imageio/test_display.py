"""What is shown of a picture with a profile of its own, checked against Qt's colour management."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import imageio_samples as samples
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms
from PySide6.QtGui import QColorSpace, QImage

from aestudio.imageio.display import SQUARE, SQUARES, for_screen, over_checks
from aestudio.imageio.picture import Metadata
from aestudio.imageio.reader import read_info, read_picture, read_thumbnail

P3 = samples.display_p3()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def by_qt(pixels: NDArray[np.uint8], icc: bytes) -> NDArray[np.uint8]:
    height, width, _ = pixels.shape
    data = pixels.tobytes()
    image = QImage(data, width, height, width * 3, QImage.Format.Format_RGB888).copy()
    image.setColorSpace(QColorSpace.fromIccProfile(icc))
    image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    rows = np.array(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : width * 3].reshape(height, width, 3)


def test_a_wide_gamut_is_shown_through_its_profile() -> None:
    info = samples.picture(samples.smooth(3), metadata=Metadata(icc=P3)).info
    shown = for_screen(samples.smooth(3), info)
    assert np.abs(shown.astype(int) - by_qt(samples.smooth(3), P3)).max() <= 2
    assert np.abs(shown.astype(int) - samples.smooth(3)).max() > 8
    red = for_screen(np.array([[[200, 60, 60]]], np.uint8), info)[0, 0]
    assert red[0] > 200, "the same numbers are a stronger red than sRGB's"


@pytest.mark.parametrize("icc", [None, SRGB, b"nonsense", P3[:200], P3[:16] + b"CMYK" + P3[20:]])
def test_everything_else_is_shown_as_it_is(icc: bytes | None) -> None:
    pixels = samples.noise(np.uint8, 3)
    assert for_screen(pixels, samples.picture(pixels, metadata=Metadata(icc=icc)).info) is pixels


def test_grey_stays_grey() -> None:
    pixels = samples.smooth(1)
    info = samples.picture(pixels, metadata=Metadata(icc=P3)).info
    shown = for_screen(pixels, info)
    assert shown.shape == pixels.shape
    assert np.abs(shown.astype(int) - pixels).max() <= 8


def test_thumbnails_too(tmp_path: Path) -> None:
    Image.new("RGB", (64, 48), (200, 60, 60)).save(tmp_path / "a.png", icc_profile=P3)
    _, _, pixels = read_thumbnail(tmp_path / "a.png", 32)
    red = np.array([[[200, 60, 60]]], np.uint8)
    assert np.array_equal(pixels[5:6, 5:6], for_screen(red, read_info(tmp_path / "a.png")))


def test_grey_squares_show_through_what_is_transparent() -> None:
    pixels = np.full((3 * SQUARE, 2 * SQUARE, 3), 240, np.uint8)
    assert over_checks(pixels, None) is pixels
    assert over_checks(pixels, np.full((*pixels.shape[:2], 1), 255, np.uint8)) is pixels
    nothing = over_checks(pixels, np.zeros((*pixels.shape[:2], 1), np.uint8))
    assert sorted(np.unique(nothing)) == sorted(SQUARES)
    assert nothing[0, 0, 0] == nothing[SQUARE, SQUARE, 0] != nothing[0, SQUARE, 0]
    half = over_checks(pixels, np.full((*pixels.shape[:2], 1), 51, np.uint8))
    assert np.abs(half - (0.2 * 240 + 0.8 * nothing)).max() <= 0.5
    piece = over_checks(pixels[5:], np.zeros((3 * SQUARE - 5, 2 * SQUARE, 1), np.uint8), 0, 5)
    assert np.array_equal(piece, nothing[5:]), "pieces of a picture fit together"


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_a_thumbnail_shows_what_is_transparent(tmp_path: Path, mode: str) -> None:
    alpha = Image.new("L", (64, 48), 0)
    alpha.paste(255, (0, 0, 32, 48))
    image = Image.new("RGB", (64, 48), (250, 250, 250)).convert(mode)
    image.putalpha(alpha)
    image.save(tmp_path / "a.png")
    _, _, pixels = read_thumbnail(tmp_path / "a.png", 32)
    assert (pixels[:, :12] == 250).all()
    assert set(np.unique(pixels[:, 20:])) == set(SQUARES)


def named_by_numbers(primaries: int, curve: int) -> bytes:
    """Return an AVIF of one red whose colours are named by code points alone."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 60, 60)).save(file, "AVIF", quality=100, subsampling="4:4:4")
    data = file.getvalue()
    at = data.index(b"nclx") + 4
    return data[:at] + struct.pack(">HH", primaries, curve) + data[at + 4 :]


def test_colours_that_an_avif_names_by_numbers_are_shown_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.avif").write_bytes(named_by_numbers(12, 13))
    source = read_picture(tmp_path / "a.avif")
    shown = for_screen(source.pixels, source.info)
    standard = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    assert np.abs(shown[5, 5].astype(int) - by_qt(source.pixels, standard)[5, 5]).max() <= 2
    samples.save(tmp_path / "b.png", source)
    with Image.open(tmp_path / "b.png") as image:
        assert image.info["icc_profile"] == source.info.metadata.icc


@pytest.mark.parametrize(("primaries", "curve", "notes"), [(1, 13, 0), (2, 2, 0), (1, 1, 0), (9, 16, 1), (9, 18, 1)])
def test_other_numbers_change_nothing_and_hdr_is_said(tmp_path: Path, primaries: int, curve: int, notes: int) -> None:
    (tmp_path / "a.avif").write_bytes(named_by_numbers(primaries, curve))
    info = read_info(tmp_path / "a.avif")
    assert info.metadata.icc is None
    assert len(info.notes) == notes
