"""The pixel libraries behind one small face: rows of a file as stored, before any orientation.

OpenImageIO reads by rows where the format allows; Pillow, imagecodecs, pi_heif and rawpy decode
whole pictures. Each is imported where it is used, so that a program that only reads JPEG stays quick.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PIL import Image

    from aestudio.imageio.picture import Array


class DecodeError(ValueError):
    """Pixels that cannot be decoded; the library's words."""


class ForeignColoursError(DecodeError):
    """A whole file whose colours, of that ``kind``, nobody here reads."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class ForeignCompressionError(DecodeError):
    """A whole file whose compression nobody here undoes."""

    def __init__(self) -> None:
        super().__init__("it is compressed in a foreign way")


class Rows(Protocol):
    """Rows of a picture as stored: (rows, W, C) with alpha, where there is one, as the last plane."""

    def read(self, start: int, stop: int) -> Array:
        """Return rows ``start`` to ``stop``; raises DecodeError."""

    def close(self) -> None:
        """Let go of the file."""


class WholeRows:
    """Rows of a picture that is decoded in one piece, at the first call."""

    def __init__(self, decode: Callable[[], Array]) -> None:
        self._decode: Callable[[], Array] | None = decode
        self._pixels: Array | None = None

    def read(self, start: int, stop: int) -> Array:
        """Return rows ``start`` to ``stop``; raises what the decoder raises."""
        if self._pixels is None:
            if self._decode is None:
                raise DecodeError("the picture is closed")
            pixels = self._decode()
            self._pixels = pixels if pixels.ndim == 3 else pixels[..., None]
        return self._pixels[start:stop]

    def close(self) -> None:
        """Let go of the pixels."""
        self._pixels = self._decode = None


# libjpeg goes on after damage and only says so. A few stray bytes before a marker harm no pixel
# (several cameras write them); everything else that it says means that pixels were made up.
_HARMLESS = ("extraneous bytes before marker",)

_KINDS: dict[str, type[Any]] = {"uint8": np.uint8, "uint16": np.uint16}


class OiioRows:
    """Rows of a file by OpenImageIO, in bounded memory. Raises DecodeError from ``__init__`` and ``read``.

    ``negative`` turns the first plane round: a file may say that its white is 0.
    """

    def __init__(self, path: Path, raw_colour: bool = False) -> None:
        import OpenImageIO as oiio

        self._resources = ExitStack()
        config = oiio.ImageSpec()
        config.attribute("oiio:UnassociatedAlpha", 1)
        if raw_colour:
            config.attribute("oiio:RawColor", 1)
        opened = oiio.ImageInput.open(self._reachable(path), config)
        if opened is None:
            self._resources.close()
            said = oiio.geterror().splitlines()
            raise DecodeError(said[0] if said else "it cannot be opened")
        self._input = opened
        self.spec = self._input.spec()
        self.format = str(self._input.format_name())
        kind = str(self.spec.format)
        self.kind = kind
        self.dtype: np.dtype[Any] = np.dtype(_KINDS.get(kind, np.float32))
        self._wanted = "float" if self.dtype == np.float32 else str(self.dtype)
        self.planes: tuple[int, ...] = tuple(range(self.spec.nchannels))
        self.negative = False
        self._band: tuple[int, int, Array] | None = None

    def _reachable(self, path: Path) -> str:
        """Return a name that the library can take: names that are no Unicode get a link that is."""
        name = os.fspath(path)
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            folder = self._resources.enter_context(tempfile.TemporaryDirectory(prefix="aestudio-"))
            link = os.path.join(folder, "picture")
            os.symlink(os.path.abspath(name), link)
            return link
        return name

    def read(self, start: int, stop: int) -> Array:
        """Return rows ``start`` to ``stop`` of the chosen planes; raises DecodeError."""
        pixels = self._tiled(start, stop) if self.spec.tile_width else self._scanlines(start, stop)
        if self.planes != tuple(range(pixels.shape[2])):
            pixels = pixels[..., list(self.planes)]
        if self.negative:
            full = self.dtype.type(1 if self.dtype.kind == "f" else np.iinfo(self.dtype).max)
            pixels = np.concatenate([full - pixels[..., :1], pixels[..., 1:]], axis=2)
        return pixels

    def _scanlines(self, start: int, stop: int) -> Array:
        top = self.spec.y
        rows = self._input.read_scanlines(top + start, top + stop, 0, 0, self.spec.nchannels, self._wanted)
        return self._checked(rows, stop - start)

    def _tiled(self, start: int, stop: int) -> Array:
        """Return rows out of whole rows of tiles, keeping the last one for the next call."""
        spec, parts, at = self.spec, [], start
        while at < stop:
            if self._band is None or not self._band[0] <= at < self._band[1]:
                first = at // spec.tile_height * spec.tile_height
                last = min(first + spec.tile_height, spec.height)
                y, x = spec.y + first, spec.x
                tiles = self._input.read_tiles(
                    x, x + spec.width, y, spec.y + last, 0, 1, 0, spec.nchannels, self._wanted
                )
                self._band = (first, last, self._checked(tiles, last - first))
            first, last, band = self._band
            end = min(stop, last)
            parts.append(band[at - first : end - first])
            at = end
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _checked(self, pixels: Array | None, rows: int) -> Array:
        said = [line for line in str(self._input.geterror()).splitlines() if not any(h in line for h in _HARMLESS)]
        if pixels is None or said:
            raise DecodeError(said[-1] if said else "its pixels cannot be decoded")
        return np.asarray(pixels).reshape(rows, self.spec.width, self.spec.nchannels)

    def close(self) -> None:
        """Close the file."""
        self._input.close()
        self._resources.close()


def pillow_image(path: Path | BinaryIO) -> Image.Image:
    """Return the opened, not yet decoded, Pillow image of a file."""
    from PIL import Image

    # The size limit is ours, by the header and with its own advice; Pillow's would come first.
    Image.MAX_IMAGE_PIXELS = None
    return Image.open(path)


def pillow_pixels(path: Path, mode: str) -> Array:
    """Return the first frame of a file in Pillow's ``mode`` (L, LA, RGB, RGBA, CMYK), uint8 (H, W, C)."""
    with pillow_image(path) as image:
        pixels = np.asarray(image if image.mode == mode else image.convert(mode))
    return pixels if pixels.ndim == 3 else pixels[..., None]


def file_bytes(path: Path) -> bytes:
    """Return a whole file, for decoders that take nothing else."""
    return path.read_bytes()


def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB."""
    import imagecodecs

    return bytes(imagecodecs.cms_profile("srgb"))


def describes_inks(icc: bytes | None) -> bool:
    """Return whether a profile is one of four inks, and whole."""
    if icc is None or icc[16:20] != b"CMYK":
        return False
    import imagecodecs

    try:
        cmyk_to_rgb(np.zeros((1, 1, 4), np.uint8), icc)
    except (imagecodecs.CmsError, ValueError):
        return False
    return True


def cmyk_to_rgb(ink: Array, icc: bytes | None) -> Array:
    """Return CMYK (H, W, 4; full scale is full ink) as sRGB of its own dtype, by a plain formula without a profile."""
    if icc:
        import imagecodecs

        whole = np.round(ink.clip(0, 1) * 65535).astype(np.uint16) if ink.dtype == np.float32 else ink
        rgb = np.asarray(
            imagecodecs.cms_transform(
                np.ascontiguousarray(whole),
                icc,
                imagecodecs.cms_profile("srgb"),
                colorspace="cmyk",
                outcolorspace="rgb",
            )
        )
        return rgb if ink.dtype != np.float32 else (rgb / np.float32(65535)).astype(np.float32)
    full = 1.0 if ink.dtype == np.float32 else float(np.iinfo(ink.dtype).max)
    unit = 1.0 - ink.astype(np.float32) / np.float32(full)
    rgb = unit[..., :3] * unit[..., 3:] * np.float32(full)
    return rgb if ink.dtype == np.float32 else np.floor(rgb + 0.5).astype(ink.dtype)
