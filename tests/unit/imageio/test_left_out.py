"""What files hold beside their picture is said, and only that."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import imagecodecs
import imageio_samples as samples
import numpy as np
import OpenImageIO as oiio
import pytest
import tifffile
from PIL import Image

from aestudio.imageio import extras
from aestudio.imageio.reader import read_info
from aestudio.imageio.whole import SEQUENCE

HDRGM = b'<x:xmpmeta xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/>'
MOTION = b'<x:xmpmeta GCamera:MotionPhoto="1"/>'


def index(*kinds: int, order: str = "<") -> bytes:
    """Return a multi-picture index: a first picture, and one of each of these kinds."""
    rows = b"".join(struct.pack(order + "IIIHH", kind, 9, 9, 0, 0) for kind in (0x030000, *kinds))
    entry = struct.pack(order + "HHHII", 1, 0xB002, 7, len(rows), 8 + 2 + 12 + 4)
    return b"MPF\0" + (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8) + entry + bytes(4) + rows


def jpeg(path: Path, segments: bytes, xmp: bytes = b"") -> Path:
    file = io.BytesIO()
    Image.fromarray(samples.smooth(3)).save(file, "JPEG", **({"xmp": xmp} if xmp else {}))
    data = file.getvalue()
    marker = b"\xff\xe2" + struct.pack(">H", len(segments) + 2) + segments if segments else b""
    path.write_bytes(data[:2] + marker + data[2:])
    return path


@pytest.mark.parametrize(
    ("segments", "xmp", "told"),
    [
        (b"", b"", ()),
        (index(0x010001, 0x010002), b"", ()),
        (index(0x020002), b"", (extras.ANOTHER,)),
        (index(0x020003, 0x020003, order=">"), b"", (extras.FURTHER.format(2),)),
        (index(0), HDRGM, (extras.GAIN_MAP,)),
        (b"urn:iso:std:iso:ts:21496:-1\0\0\0\0\0", b"", (extras.GAIN_MAP,)),
        (b"", MOTION, (extras.VIDEO,)),
        (index(0)[:-20], b"", ()),
        (b"MPF\0II*\0\xff\xff\xff\xff", b"", ()),
    ],
    ids=["plain", "previews", "one more", "two more", "ultra hdr", "iso", "motion", "cut off", "damaged"],
)
def test_of_a_jpeg(tmp_path: Path, segments: bytes, xmp: bytes, told: tuple[str, ...]) -> None:
    assert read_info(jpeg(tmp_path / "a.jpg", segments, xmp)).notes == told


def test_of_a_heic() -> None:
    gain, depth, matte = (
        b"\0\0\0\0" + name + b"\0"
        for name in (
            b"urn:com:apple:photo:2020:aux:hdrgainmap",
            b"urn:mpeg:hevc:2015:auxid:2",
            b"urn:com:apple:photo:2018:aux:portraiteffectsmatte",
        )
    )
    alpha = (b"auxC", b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0")
    assert extras.of_heif([b"hvc1", b"Exif"], [alpha]) == []
    assert extras.of_heif([b"hvc1", b"tmap"], [alpha]) == [extras.GAIN_MAP]
    auxiliary = [(b"auxC", name) for name in (gain, depth, matte)]
    assert extras.of_heif([b"hvc1"], auxiliary) == [extras.GAIN_MAP, extras.DEPTH, extras.MASKS]


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png", "a.tif"])
def test_of_several_frames_or_pages(tmp_path: Path, name: str) -> None:
    frames = [Image.fromarray(samples.noise(np.uint8, 3, seed=n)) for n in range(3)]
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
    assert any("3 pictures" in note for note in read_info(tmp_path / name).notes)


STACK = np.stack([samples.noise(np.uint16, 1, seed=n)[..., 0] for n in range(3)])


@pytest.mark.parametrize(
    "how",
    [
        {"imagej": True, "truncate": True},
        {"photometric": "minisblack", "truncate": True},
        {"photometric": "minisblack", "volumetric": True, "tile": (3, 16, 16)},
    ],
    ids=["imagej", "shaped", "volume"],
)
def test_of_pictures_with_a_single_directory(tmp_path: Path, how: dict[str, Any]) -> None:
    tifffile.imwrite(tmp_path / "a.tif", STACK, **how)
    with tifffile.TiffFile(tmp_path / "a.tif") as file:
        assert len(file.pages) == 1
    assert any("3 pictures" in note for note in read_info(tmp_path / "a.tif").notes)


def test_pictures_that_are_counted_but_not_there_are_not_said(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", STACK[0], description="ImageJ=1.54f\nimages=3\nslices=3", metadata=None)
    assert read_info(tmp_path / "a.tif").notes == ()


def test_of_an_animated_jpeg_xl(tmp_path: Path) -> None:
    frames = np.stack([samples.noise(np.uint8, 3, seed=n) for n in range(3)])
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(frames, lossless=True))
    assert read_info(tmp_path / "a.jxl").notes == (SEQUENCE,)
    (tmp_path / "b.jxl").write_bytes(imagecodecs.jpegxl_encode(frames[0], lossless=True))
    assert read_info(tmp_path / "b.jxl").notes == ()


def test_of_an_exr_of_several_parts(tmp_path: Path) -> None:
    specs = [oiio.ImageSpec(37, 31, 3, "half") for _ in range(2)]
    for number, spec in enumerate(specs):
        spec.attribute("name", f"part{number}")
    out = oiio.ImageOutput.create("openexr")
    assert out.open(str(tmp_path / "a.exr"), specs)
    out.write_image(samples.noise(np.float32, 3))
    assert out.open(str(tmp_path / "a.exr"), specs[1], "AppendSubimage")
    out.write_image(samples.noise(np.float32, 3))
    out.close()
    assert any("2 pictures" in note for note in read_info(tmp_path / "a.exr").notes)
