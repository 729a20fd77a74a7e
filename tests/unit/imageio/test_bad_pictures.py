"""What bad input gets: one clear sentence with what to do, and never a picture made up."""

from __future__ import annotations

import os
import struct
import time
from pathlib import Path

import imageio_samples as samples
import numpy as np
import pytest
from PIL import Image

from aestudio.errors import InputError, TooLargeError
from aestudio.imageio.formats import READ_SUFFIXES
from aestudio.imageio.reader import open_picture, read_info, read_picture, read_thumbnail
from aestudio.imageio.simple import load_rgb

WRITTEN = ["a.jpg", "a.png", "a.tif", "a.webp", "a.avif", "a.jxl", "a.exr", "a.jp2", "a.bmp"]


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_picture(path)
    error = caught.value
    assert error.advice
    assert error.what.endswith(".")
    assert "\n" not in str(error)
    return error


@pytest.mark.parametrize("name", WRITTEN)
def test_a_truncated_picture_is_refused(tmp_path: Path, name: str) -> None:
    samples.save(tmp_path / name, samples.picture(samples.noise(np.uint8, 3, 131, 137)))
    data = (tmp_path / name).read_bytes()
    for share in (0.9, 0.5, 0.05):
        (tmp_path / name).write_bytes(data[: int(len(data) * share)])
        refused(tmp_path / name)


def test_a_truncated_jpeg_is_refused_at_the_rows_that_are_missing(tmp_path: Path) -> None:
    samples.save(tmp_path / "a.jpg", samples.picture(samples.noise(np.uint8, 3, 640, 137)))
    data = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(data[: len(data) // 2])
    with open_picture(tmp_path / "a.jpg") as reader:
        reader.read_rows(0, 64)
        with pytest.raises(InputError, match="damaged or incomplete"):
            reader.read_rows(64, 640)
    with pytest.raises(InputError):
        read_thumbnail(tmp_path / "a.jpg", 64)


def test_stray_bytes_in_a_jpeg_that_harm_no_pixel_are_forgiven(tmp_path: Path) -> None:
    samples.save(tmp_path / "a.jpg", samples.picture(samples.smooth(3)))
    good = read_picture(tmp_path / "a.jpg").pixels
    data = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(data[:-2] + b"\x12\x34\x56" + data[-2:])
    assert np.array_equal(read_picture(tmp_path / "a.jpg").pixels, good)


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_damage_in_the_middle_is_refused(tmp_path: Path, name: str) -> None:
    samples.save(tmp_path / name, samples.picture(samples.noise(np.uint8, 3, 131, 137)))
    data = bytearray((tmp_path / name).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = b"\xff\xd0" * 200
    (tmp_path / name).write_bytes(data)
    refused(tmp_path / name)


@pytest.mark.parametrize("suffix", sorted(READ_SUFFIXES))
def test_text_with_a_pictures_suffix_is_no_picture(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"notes{suffix}").write_text("this is not a picture\n" * 20)
    assert "not a picture" in refused(tmp_path / f"notes{suffix}").what


@pytest.mark.parametrize(
    "start",
    [
        b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0", b"RIFF\x10\0\0\0WEBP", b"v/1\x01", b"BM",
        b"GIF89a", b"8BPS\0\1", b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n", b"\0\0\0\x0cjP  \r\n\x87\n",
        b"\xff\x4f\xff\x51",
        b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1", b"#?RADIANCE\n",
        b"FUJIFILMCCD-RAW ",
    ],
)  # fmt: skip
def test_a_picture_that_is_nothing_but_its_first_bytes(tmp_path: Path, start: bytes) -> None:
    noise = np.random.default_rng(0).bytes(600)
    for tail in (b"", bytes(600), b"\xff" * 600, noise):
        (tmp_path / "a").write_bytes(start + tail)
        refused(tmp_path / "a")


def test_a_file_of_zero_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    assert "zero bytes" in refused(tmp_path / "a.jpg").what


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path).what
    assert "no file" in refused(tmp_path / "none.png").what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "pipe" in refused(tmp_path / "pipe.png").what
    with pytest.raises(InputError, match="pipe"):
        read_thumbnail(tmp_path / "pipe.png", 64)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    samples.save(tmp_path / "a.png", samples.picture(samples.noise(np.uint8, 3)))
    (tmp_path / "a.png").chmod(0)
    assert "may not be read" in refused(tmp_path / "a.png").what


def test_a_refused_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(b"x")

    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert "may not be read" in refused(tmp_path / "a.png").what


def bomb(kind: str) -> bytes:
    """Return a header of 30000 x 20000 pixels with little behind it."""
    if kind == "png":
        head = samples.chunk(b"IHDR", struct.pack(">IIBBBBB", 30000, 20000, 8, 2, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I", 1000) + b"IDAT" + b"\x78\x9c" + bytes(30)
    if kind == "jpeg":
        return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, 20000, 30000, 3) + b"\1\x11\0\2\x11\0\3\x11\0\xff\xda"
    if kind == "tiff":
        entries = [(256, 4, 30000), (257, 4, 20000), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1)]
        body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
        return b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + bytes(4)
    if kind == "gif":
        return (
            b"GIF89a"
            + struct.pack("<HHBBB", 30000, 20000, 0, 0, 0)
            + b","
            + struct.pack("<HHHHB", 0, 0, 30000, 20000, 0)
        )
    if kind == "bmp":
        return (
            b"BM"
            + struct.pack("<IHHI", 100, 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, 30000, 20000, 1, 24, 0, 0, 0, 0, 0, 0)
        )
    if kind == "psd":
        return b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 20000, 30000, 8, 3) + bytes(14)
    if kind == "jp2":
        return (
            b"\xff\x4f\xff\x51"
            + struct.pack(">HHIIIIIIIIH", 47, 0, 30000, 20000, 0, 0, 512, 512, 0, 0, 3)
            + b"\7\1\1" * 3
        )
    raise AssertionError(kind)


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "gif", "bmp", "psd", "jp2"])
def test_a_decompression_bomb_is_refused_by_its_header(tmp_path: Path, kind: str) -> None:
    (tmp_path / "bomb").write_bytes(bomb(kind))
    start = time.perf_counter()
    with pytest.raises(TooLargeError) as caught:
        read_info(tmp_path / "bomb")
    assert time.perf_counter() - start < 2
    assert "30000 x 20000" in caught.value.what
    assert "600 megapixels" in caught.value.what
    assert "--max-pixels 600000000" in caught.value.advice


def test_a_picture_larger_than_the_free_memory_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "bomb.bmp").write_bytes(bomb("bmp"))
    with pytest.raises(TooLargeError, match=r"needs 1\.8 GB of memory, and 1\.0 GB are free") as caught:
        read_picture(tmp_path / "bomb.bmp", 10**9, free=10**9)
    assert "Close other programs" in caught.value.advice


@pytest.mark.parametrize("name", WRITTEN)
def test_the_limit_is_the_callers(tmp_path: Path, name: str) -> None:
    samples.save(tmp_path / name, samples.picture(samples.noise(np.uint8, 3)))
    assert read_info(tmp_path / name, 37 * 31).width == 37
    with pytest.raises(TooLargeError):
        read_info(tmp_path / name, 37 * 31 - 1)


def test_a_compressed_profile_that_would_fill_the_memory_is_left_out(tmp_path: Path) -> None:
    import zlib

    bomb = b"ICC profile\0\0" + zlib.compress(bytes(80_000_000), 9)
    rows = b"".join(b"\0" + bytes(37) for _ in range(31))
    (tmp_path / "a.png").write_bytes(samples.png(37, 31, 8, 0, rows, samples.chunk(b"iCCP", bomb)))
    assert read_info(tmp_path / "a.png").metadata.icc is None


@pytest.mark.parametrize(
    "stem", ["with spaces", "снимок 写真 صورة", "🙂🏔", "what?x=1&y=%20#3 %04d [1]", "x" * 246, "é" * 123]
)
def test_any_name_a_disk_allows(tmp_path: Path, stem: str) -> None:
    pixels = samples.noise(np.uint8, 3)
    for suffix in (".png", ".jpg", ".tif", ".exr", ".webp"):
        path = tmp_path / f"{stem}{suffix}"
        samples.save(path, samples.picture(pixels))
        assert read_picture(path).pixels.shape == (31, 37, 3)
        assert read_thumbnail(path, 16)[:2] == (37, 31)
    assert len(list(tmp_path.iterdir())) == 5


@pytest.mark.skipif(os.name == "nt", reason="names are always Unicode there")
def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    pixels = samples.noise(np.uint8, 3)
    samples.save(tmp_path / "a.png", samples.picture(pixels))
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.png"))
    try:
        (tmp_path / "a.png").rename(odd)
    except OSError:
        pytest.skip("this disk takes Unicode only")
    assert np.array_equal(read_picture(odd).pixels, pixels)
    odd.write_bytes(b"no picture at all")
    assert str(refused(odd)).encode("utf-8")


def test_colours_that_are_not_read_are_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "lab.tif"
    Image.new("LAB", (20, 16), (50, 10, 200)).save(path)
    for read in (read_picture, load_rgb):
        with pytest.raises(InputError, match="CIE Lab colours") as caught:
            read(path)
        assert "Convert it to RGB" in caught.value.advice
