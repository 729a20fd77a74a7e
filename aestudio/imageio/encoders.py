"""Rows to files: one encoder for each written format, pixels only (``embedding`` adds the blocks).

PNG, TIFF, JPEG and OpenEXR are written by rows; the others are gathered and encoded in one piece.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from aestudio.imageio.embedding import jpeg_start
from aestudio.imageio.picture import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aestudio.imageio.output import OutputInfo
    from aestudio.imageio.picture import Array

_OIIO_NAMES = {"png": "png", "tiff": "tiff", "exr": "openexr", "jxl": "jpegxl"}
# Rows handed on at a time: whole TIFF strips and OpenEXR blocks, compressed side by side. For JPEG it is
# the restart interval too: 8 rows of at most 8188 squares stay below the 65535 that its counter holds.
_BLOCK = 64


class EncodeError(ValueError):
    """Pixels that could not be written; the library's words."""


class Encoder(Protocol):
    """Takes rows (rows, W, planes) in order. ``close`` completes the file, ``abandon`` only lets go of it."""

    def write(self, rows: Array) -> None:
        """Take the next rows; raises EncodeError or OSError."""

    def close(self) -> None:
        """Complete the file; raises EncodeError or OSError."""

    def abandon(self) -> None:
        """Let go of the file; never raises."""


class _Blocks:
    """Regroups rows that arrive in any portions into blocks of ``_BLOCK``."""

    def __init__(self, height: int, width: int, planes: int, dtype: np.dtype[Any]) -> None:
        self._block = np.empty((min(_BLOCK, height), width, planes), dtype)
        self._filled = self._row = 0
        self._height = height

    def add(self, rows: Array) -> Iterator[tuple[int, Array]]:
        """Yield (first row, rows) for each block that ``rows`` complete; valid until the next one."""
        at = 0
        while at < len(rows):
            count = min(len(rows) - at, len(self._block) - self._filled)
            self._block[self._filled : self._filled + count] = rows[at : at + count]
            self._filled += count
            at += count
            if self._filled == len(self._block) or self._row + self._filled == self._height:
                yield self._row, self._block[: self._filled]
                self._row, self._filled = self._row + self._filled, 0


class OiioEncoder:
    """Writes by OpenImageIO, a block of rows at a time."""

    def __init__(self, path: Path, output: OutputInfo) -> None:
        import OpenImageIO as oiio

        # The library writes no JPEG XL of grey and alpha: its grey goes into all three colours.
        self._tripled = output.format == "jxl" and output.channels == 1 and output.has_alpha
        channels = 3 if self._tripled else output.channels
        planes = channels + output.has_alpha
        kind = "float" if output.dtype == np.float32 else str(output.dtype)
        spec = oiio.ImageSpec(output.width, output.height, planes, kind)
        names = ["Y"] if channels == 1 else ["R", "G", "B"]
        spec.channelnames = tuple(names + ["A"] * output.has_alpha)
        spec.alpha_channel = channels if output.has_alpha else -1
        for name, setting in _settings(output).items():
            spec.attribute(name, setting)
        icc = output.metadata.icc
        if output.format == "jxl" and icc:  # inside the codestream, where no later pass can put it
            spec.attribute("ICCProfile", oiio.TypeDesc(f"uint8[{len(icc)}]"), np.frombuffer(icc, np.uint8))
        self._output: Any = oiio.ImageOutput.create(_OIIO_NAMES[output.format])
        if self._output is None or not self._output.open(str(path), spec):
            raise EncodeError(self._said() or "the file cannot be opened")
        self._blocks = _Blocks(output.height, output.width, planes, output.dtype)

    def _said(self) -> str:
        return str(self._output.geterror()).strip() if self._output is not None else ""

    def write(self, rows: Array) -> None:
        """Take the next rows; raises EncodeError."""
        if self._tripled:
            rows = rows[..., [0, 0, 0, 1]]
        for first, block in self._blocks.add(rows):
            if not self._output.write_scanlines(first, first + len(block), 0, block):
                raise EncodeError(self._said() or "the rows could not be written")

    def close(self) -> None:
        """Complete the file; raises EncodeError."""
        done = self._output.close()
        said = self._said()
        self._output = None
        if not done or said:
            raise EncodeError(said or "the file could not be completed")

    def abandon(self) -> None:
        """Close what there is of the file."""
        if self._output is not None:
            self._output.close()
            self._said()
            self._output = None


@lru_cache(maxsize=16)
def jxl_takes(icc: bytes, channels: int) -> bool:
    """Return whether a JPEG XL of 1 or 3 colours can hold a profile: its library refuses those that it cannot read."""
    from aestudio.imageio.output import OutputInfo

    metadata = Metadata(icc=icc)
    trial = OutputInfo("jxl", np.dtype(np.uint8), 8, 8, channels, has_alpha=False, metadata=metadata)
    with tempfile.TemporaryDirectory(prefix="aestudio-") as folder:
        try:
            encoder = OiioEncoder(Path(folder) / "trial.jxl", trial)
            encoder.write(np.zeros((8, 8, channels), np.uint8))
            encoder.close()
        except EncodeError:
            return False
    return True


def _settings(output: OutputInfo) -> dict[str, Any]:
    """Return OpenImageIO's settings: nothing lost that the format can keep, no colours touched."""
    settings: dict[str, Any] = {"oiio:UnassociatedAlpha": int(not output.associated_file)}
    if output.format == "png":
        settings |= {"png:compressionLevel": 3}
    elif output.format == "tiff":
        settings |= {"Compression": "zip", "tiff:RowsPerStrip": 32, "tiff:write_exif": 0}
        settings |= {"tiff:predictor": 3 if output.dtype == np.float32 else 2}
    elif output.format == "exr":
        settings |= {"Compression": "zip"}
    elif output.format == "jxl":
        settings |= {"Compression": f"jpegxl:{output.quality or 100}", "jpegxl:effort": 4}
    return settings


class JpegEncoder:
    """Writes JPEG by rows: blocks encoded in memory, joined by restart markers.

    Each block is a JPEG of its own with the same tables; its entropy-coded data, which starts
    afresh at a restart marker, goes into one file (ITU-T T.81, B.2.1). So memory stays bounded, and
    a full disk is an OSError here: libjpeg's own file output answers it by ending the process.
    """

    def __init__(self, path: Path, output: OutputInfo) -> None:
        self._quality, self._grey = output.quality, output.channels == 1
        self._height, self._width = output.height, output.width
        self._blocks = _Blocks(output.height, output.width, output.channels, output.dtype)
        self._file = path.open("wb")
        try:
            self._file.write(jpeg_start(output.metadata))
        except OSError:
            self.abandon()
            raise

    def write(self, rows: Array) -> None:
        """Take the next rows; raises OSError."""
        for first, block in self._blocks.add(rows):
            tables, scan = self._encoded(block)
            if first == 0:
                self._file.write(tables)
            else:
                self._file.write(bytes([0xFF, 0xD0 + (first // _BLOCK - 1) % 8]))
            self._file.write(scan)

    def _encoded(self, block: Array) -> tuple[bytes, memoryview]:
        """Return the tables and headers for the whole picture, and the block's entropy-coded data."""
        from PIL import Image

        file = io.BytesIO()
        image = Image.fromarray(block[..., 0] if self._grey else block)
        image.save(file, "JPEG", quality=self._quality, subsampling="4:4:4")
        data, at, tables = file.getbuffer(), 2, bytearray()
        while True:
            code, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
            segment = bytearray(data[at : at + 2 + length])
            at += 2 + length
            if code == 0xC0:
                segment[5:7] = self._height.to_bytes(2, "big")
            if code == 0xDA:
                squares = -(-self._width // 8) * (_BLOCK // 8)
                tables += b"\xff\xdd\0\4" + squares.to_bytes(2, "big")
            if code != 0xE0:
                tables += segment
            if code == 0xDA:
                return bytes(tables), data[at:-2]

    def close(self) -> None:
        """Complete the file; raises OSError."""
        self._file.write(b"\xff\xd9")
        self._file.close()

    def abandon(self) -> None:
        """Close what there is of the file."""
        with contextlib.suppress(OSError):  # what is still buffered may find the disk full again
            self._file.close()


class GatheringEncoder:
    """Gathers all rows, encodes them in one piece at the end."""

    def __init__(self, path: Path, output: OutputInfo) -> None:
        self._path, self._output = path, output
        self._rows = np.empty((output.height, output.width, output.channels + output.has_alpha), output.dtype)
        self._row = 0

    def write(self, rows: Array) -> None:
        """Take the next rows."""
        self._rows[self._row : self._row + len(rows)] = rows
        self._row += len(rows)

    def close(self) -> None:
        """Encode and write; raises OSError or EncodeError."""
        if self._output.format == "jp2":
            data = _jp2(self._rows, self._output)
        else:
            data = _pillow(self._rows, self._output)
        with self._path.open("wb") as file:
            file.write(data)

    def abandon(self) -> None:
        """Let go of the rows."""
        self._rows = np.empty(0)


def _jp2(pixels: Array, output: OutputInfo) -> bytes:
    import imagecodecs

    # OpenJPEG's measure of quality is the PSNR in dB; 1..99 is spread over 25..60.
    level = None if output.quality is None else round(25 + 35 * (output.quality - 1) / 98)
    data = imagecodecs.jpeg2k_encode(
        pixels if pixels.shape[2] > 1 else pixels[..., 0], level, codecformat="jp2", reversible=output.quality is None
    )
    return bytes(data)


def _pillow(pixels: Array, output: OutputInfo) -> bytes:
    """Return a WebP, AVIF or BMP. WebP and AVIF get their metadata here: Pillow keeps the bytes."""
    from PIL import Image

    if output.has_alpha and output.channels == 1 and output.format in ("webp", "avif"):
        pixels = pixels[..., [0, 0, 0, 1]]
    image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    own, extra = output.metadata, dict[str, Any]()
    if output.format == "bmp":
        extra = {"dpi": own.dpi} if own.dpi else {}
    else:
        extra = {name: block for name, block in (("icc_profile", own.icc), ("xmp", own.xmp)) if block}
    if output.format == "webp":
        if own.exif:
            extra["exif"] = own.exif
        if output.quality is None:
            extra |= {"lossless": True, "exact": True, "quality": 40, "method": 3}
        else:
            extra |= {"quality": output.quality, "method": 4, "exact": True}
        if image.mode == "L":
            image = image.convert("RGB")
    stand_in = b""
    if output.format == "avif":
        extra |= {"quality": output.quality, "subsampling": "4:4:4", "speed": 7}
        if own.exif:
            # Pillow takes EXIF apart to look for an orientation, which moves maker notes. It gets a
            # block of the same length without one, and the real bytes take its place afterwards.
            stand_in = (b"MM\0*\0\0\0\x08\0\0\0\0\0\0" + b"aestudio" * (len(own.exif) // 8 + 1))[: len(own.exif)]
            extra["exif"] = stand_in
    file = io.BytesIO()
    image.save(file, output.format.upper(), **extra)
    data = file.getvalue()
    if stand_in and own.exif:
        if data.count(stand_in) != 1:
            raise EncodeError("the EXIF block did not arrive in the file")
        data = data.replace(stand_in, own.exif)
    return data


def encoder_for(path: Path, output: OutputInfo) -> Encoder:
    """Return the encoder of ``output.format``, writing to ``path``; raises EncodeError or OSError."""
    if output.format == "jpeg":
        return JpegEncoder(path, output)
    return OiioEncoder(path, output) if output.format in _OIIO_NAMES else GatheringEncoder(path, output)
