"""What training and scoring read: upright, 8 bits, of every kind of file that the window opens."""

from __future__ import annotations

from pathlib import Path

import imageio_samples as samples
import numpy as np
import pytest
import tifffile
from PIL import Image

from aestudio.errors import InputError
from aestudio.imageio import simple
from aestudio.imageio.reader import read_picture
from aestudio.imageio.simple import find_pictures, load_on_white, load_rgb, picture_size
from aestudio.imageio.values import to_display8
from aestudio.training.looks import look
from tests.camera_raw import write_raw


@pytest.mark.parametrize("suffix", ["jxl", "exr", "jp2", "dng", "gif"])
def test_what_pillow_lacks_is_read_as_the_window_reads_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "dng":
        write_raw(path)
    elif suffix == "gif":
        Image.fromarray(samples.smooth(3)).save(path)
    else:
        pixels = samples.noise(np.float32 if suffix == "exr" else np.uint16, 3)
        samples.save(path, samples.picture(pixels, format=suffix, linear=suffix == "exr"))
    shown = read_picture(path)
    assert find_pictures(tmp_path) == [path]
    assert np.array_equal(load_rgb(path), to_display8(shown.pixels, shown.info.linear))
    assert picture_size(path) == shown.pixels.shape[:2]
    assert (look(path).height, look(path).width) == picture_size(path)


@pytest.mark.parametrize("kind", ["float32", "float16", "float64", "uint32"])
def test_a_tiff_of_other_numbers_is_read_as_the_window_reads_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.tif"
    unit = samples.smooth(3).astype(np.float64) / 255
    values = unit * (2**32 - 1) if kind == "uint32" else unit
    tifffile.imwrite(path, values.astype(kind), photometric="rgb")
    shown = read_picture(path)
    assert np.array_equal(load_rgb(path), to_display8(shown.pixels, shown.info.linear))
    assert np.abs(load_rgb(path).astype(int) - samples.smooth(3)).max() <= 1
    assert picture_size(path) == unit.shape[:2]


@pytest.mark.parametrize("kind", ["int16", "int32"])
def test_numbers_with_a_sign_are_read_as_the_window_reads_them(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.tif"
    grey = samples.smooth(3)[..., 0]
    values = (grey.astype(np.float64) / 255 * np.iinfo(kind).max).astype(kind)
    values[:4] = -556
    tifffile.imwrite(path, values)
    found = load_rgb(path)
    assert found[:4].max() == 0
    assert np.abs(found[4:, :, 0].astype(int) - grey[4:]).max() <= 1
    shown = read_picture(path)
    assert np.abs(found.astype(int) - to_display8(shown.pixels, shown.info.linear)).max() <= 1


def test_its_transparency_lies_on_white_where_that_is_wanted(tmp_path: Path) -> None:
    clear = np.zeros((31, 37), np.uint8)
    samples.save(tmp_path / "a.jxl", samples.picture(samples.noise(np.uint8, 3), clear, format="jxl"))
    assert load_on_white(tmp_path / "a.jxl").min() == 255


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif", "tif"])
def test_a_picture_lies_as_its_file_says(tmp_path: Path, suffix: str, orientation: int) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "tif":
        tifffile.imwrite(path, samples.smooth(3), photometric="rgb", extratags=[(274, "H", 1, orientation, False)])
    else:
        options = {"lossless": True} if suffix == "webp" else {"quality": 98, "subsampling": "4:4:4"}
        block = b"Exif\0\0" + samples.exif(orientation=orientation)
        Image.fromarray(samples.smooth(3)).save(path, exif=block, **options)
    upright = read_picture(path).pixels
    assert upright.shape[:2] == ((31, 37) if orientation < 5 else (37, 31))
    assert np.abs(load_rgb(path).astype(int) - upright).max() <= 4
    assert picture_size(path) == upright.shape[:2]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_damaged_exif_takes_no_picture_away(tmp_path: Path) -> None:
    Image.fromarray(samples.smooth(3)).save(tmp_path / "a.jpg", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert load_rgb(tmp_path / "a.jpg").shape == (31, 37, 3)
    assert picture_size(tmp_path / "a.jpg") == (31, 37)


@pytest.mark.parametrize("suffix", sorted({".jpg", ".heic", ".psd", ".jxl", ".dng"} & simple.SUFFIXES))
def test_what_is_none_is_said(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"a letter")
    for read in (load_rgb, picture_size, look):
        with pytest.raises(InputError):
            read(path)
