"""Rasters of the earth say which of their numbers is none: it stays where it is, and comes to be nowhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile

from aestudio.engine import device
from aestudio.engine.session import SessionCache
from aestudio.imageio.reader import read_picture
from aestudio.jobs.files import Tools, restore_file
from aestudio.jobs.spec import Restoration

WANTED = Restoration("denoise", "denoise-fast", noise=25.0)


def raster(path: Path, kind: type, value: float, text: str) -> np.ndarray:
    """Write a noisy slope, one of whose corners is a hole of ``value``, named as ``text``; return the hole."""
    random = np.random.default_rng(0)
    slope = np.linspace(0.35, 0.65, 61)[None, :] + random.normal(0, 0.1, (47, 61))
    full = 1.0 if kind is np.float32 else np.iinfo(kind).max
    pixels = np.clip(slope * full, 1 if full > 1 else 0, full - 1 if full > 1 else 1).astype(kind)
    pixels[:13, :17] = value
    tifffile.imwrite(path, pixels, extratags=[(42113, "s", 0, text, True)])
    return pixels == value


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [(np.float32, -9999.0, "-9999"), (np.uint16, 0, "0"), (np.uint16, 65535, "65535 "), (np.uint8, 130, "130")],
)
def test_what_has_no_value_stays_so_alone(tmp_path: Path, kind: type, value: float, text: str) -> None:
    hole = raster(tmp_path / "a.tif", kind, value, text)
    tools = Tools(device.choose("cpu", "float32"), SessionCache())
    restore_file(tmp_path / "a.tif", tmp_path / "b.tif", WANTED, tools)
    result = read_picture(tmp_path / "b.tif")
    assert result.info.missing == value
    assert np.array_equal(result.pixels[..., 0] == value, hole)
    # what a network saw in its place did not spread: the slope goes on beside it
    beside = result.pixels[13:18, :17, 0].astype(float) / (1.0 if kind is np.float32 else np.iinfo(kind).max)
    assert np.all((beside > 0.25) & (beside < 0.6))


def test_a_number_of_another_kind_is_no_value_of_these_pixels(tmp_path: Path) -> None:
    shape = np.full((9, 11), 7, np.int16)
    tifffile.imwrite(tmp_path / "signed.tif", shape, extratags=[(42113, "s", 0, "7", True)])
    tifffile.imwrite(tmp_path / "words.tif", shape.astype(np.uint8), extratags=[(42113, "s", 0, "none", True)])
    tifffile.imwrite(tmp_path / "nan.tif", shape.astype(np.float32), extratags=[(42113, "s", 0, "nan", True)])
    for name in ("signed", "words", "nan"):
        picture = read_picture(tmp_path / f"{name}.tif")
        assert picture.known is picture.pixels
