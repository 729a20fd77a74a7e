"""Pictures and metadata blocks made on the spot, independently of the code under test."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from aestudio.imageio.picture import Metadata, Picture, PictureInfo
from aestudio.imageio.values import from_unit, to_unit
from aestudio.imageio.writer import create_picture, plan_output

WIDTH, HEIGHT = 37, 31
MAKER_NOTE = b"AcmeCam\0" + bytes(np.random.default_rng(7).integers(0, 256, 203, dtype=np.uint8))
XMP = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:title="Snow \xe2\x98\x83"/>'
    b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
IPTC = b"\x1c\x02\x00\x00\x02\x00\x04" + b"\x1c\x02\x78\x00\x0bA caption\xc3\xa9" + b"\x1c\x02\x19\x00\x03odd"


def noise(dtype: DTypeLike, channels: int, height: int = HEIGHT, width: int = WIDTH, seed: int = 1) -> NDArray[Any]:
    """Return random (height, width, channels) over the whole range; floats reach from -2 to 100."""
    rng = np.random.default_rng(seed)
    if np.dtype(dtype) == np.float32:
        out = (rng.random((height, width, channels)) * 3 - 1).astype(np.float32)
        out[0, 0] = [-2.0, 100.0, 1e-6][:channels]
        return out
    return rng.integers(0, np.iinfo(dtype).max + 1, (height, width, channels)).astype(dtype)


def smooth(channels: int, height: int = HEIGHT, width: int = WIDTH) -> NDArray[np.uint8]:
    """Return gentle 8-bit ramps, different along both axes and in each channel, for lossy formats."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [40 + 160 * x / width, 220 - 150 * y / height, 60 + 100 * (x / width) * (y / height)]
    return np.stack(planes[:channels], axis=2).astype(np.uint8)


def exif(order: str = "<", orientation: int = 1, size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """Return an EXIF block with camera, orientation, sizes, a maker note and a GPS directory."""

    def entry(tag: int, kind: int, count: int, data: bytes) -> bytes:
        return struct.pack(order + "HHI", tag, kind, count) + data.ljust(4, b"\0")

    def number(value: int) -> bytes:
        return struct.pack(order + "I", value)

    def short(value: int) -> bytes:
        return struct.pack(order + "H", value)

    head = (b"II*\0" if order == "<" else b"MM\0*") + number(8)
    main_at, make_at = 8, 8 + 2 + 4 * 12 + 4
    make = b"Acme Optics\0"
    sub_at = make_at + len(make)
    note_at = sub_at + 2 + 3 * 12 + 4
    gps_at = note_at + len(MAKER_NOTE) + len(MAKER_NOTE) % 2
    main = short(4) + b"".join(
        [
            entry(0x010F, 2, len(make), number(make_at)),
            entry(0x0112, 3, 1, short(orientation)),
            entry(0x8769, 4, 1, number(sub_at)),
            entry(0x8825, 4, 1, number(gps_at)),
        ]
    )
    sub = short(3) + b"".join(
        [
            entry(0x927C, 7, len(MAKER_NOTE), number(note_at)),
            entry(0xA002, 4, 1, number(size[0])),
            entry(0xA003, 3, 1, short(size[1])),
        ]
    )
    gps = short(1) + entry(0x0000, 1, 4, b"\2\3\0\0") + number(0)
    assert main_at == len(head)
    return head + main + number(0) + make + sub + number(0) + MAKER_NOTE + b"\0" * (len(MAKER_NOTE) % 2) + gps


def display_p3() -> bytes:
    """Return a Display P3 profile (matrix and gamma), padded beyond one JPEG segment."""

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(map(fixed, values))

    name = b"Display P3"
    text = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + b"\0" + b"\0" * 78
    parts = {
        b"desc": text + b"\0" * (-len(text) % 4),
        b"cprt": b"text\0\0\0\0none",
        b"wtpt": xyz(0.96419, 1.0, 0.82489),
        b"rXYZ": xyz(0.51512, 0.2412, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.1571, 0.06657, 0.78407),
    }
    for channel in (b"rTRC", b"gTRC", b"bTRC"):
        parts[channel] = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    parts[b"priv"] = b"data\0\0\0\0" + np.random.default_rng(3).bytes(70000)
    at, table, body = 128 + 4 + 12 * len(parts), b"", b""
    for tag, data in parts.items():
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02400000, b"mntr", b"RGB ", b"XYZ ") + b"\0" * 12 + b"acsp"
    head = head.ljust(68, b"\0") + fixed(0.96419) + fixed(1.0) + fixed(0.82489)
    return head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + body


def picture(
    pixels: NDArray[Any],
    alpha: NDArray[Any] | None = None,
    metadata: Metadata | None = None,
    format: str = "png",
    **more: object,
) -> Picture:
    """Return a picture around ``pixels`` as if it had been read from a file of ``format``."""
    height, width, channels = pixels.shape
    info = PictureInfo(
        Path("source"), format, width, height, channels, alpha is not None, pixels.dtype,
        metadata=metadata or Metadata(),
    )  # fmt: skip
    return Picture(replace(info, **more), pixels, alpha)


def save(path: Path, source: Picture, rows: int = 7, overwrite: bool = False, **plan: object) -> None:
    """Write ``source`` to ``path`` through the writer under test, ``rows`` rows at a time."""
    info = source.info
    output = plan_output(info, info.width, info.height, path, **plan)
    pixels, alpha = source.pixels, source.alpha
    if (output.dtype, output.linear) != (info.dtype, info.linear):
        pixels = from_unit(to_unit(pixels, info.linear), output.dtype, output.linear)
        alpha = None if alpha is None else from_unit(to_unit(alpha, False), output.dtype, False)
    with create_picture(path, output, overwrite) as writer:
        for y in range(0, info.height, rows):
            writer.write_rows(pixels[y : y + rows], None if alpha is None else alpha[y : y + rows])


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *chunks: bytes) -> bytes:
    """Return a PNG of raw ``rows`` (each with its filter byte)."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
