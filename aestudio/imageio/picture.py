"""A picture in memory: pixels at the file's own depth, alpha apart, metadata as opaque blobs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pathlib import Path

Array = NDArray[Any]

_DEPTHS = {np.dtype(np.uint8): "8", np.dtype(np.uint16): "16", np.dtype(np.float32): "32f"}


def depth_of(dtype: np.dtype[Any]) -> str:
    """Return "8", "16" or "32f" for uint8, uint16 and float32."""
    return _DEPTHS[np.dtype(dtype)]


@dataclass(frozen=True)
class Metadata:
    """What a file says about its pixels, as the bytes it says it in.

    ``exif`` is the TIFF-structured block (``II*\\0`` or ``MM\\0*`` first) without the ``Exif\\0\\0``
    that JPEG puts before it; ``iptc`` is the bare IIM records; ``dpi`` is (horizontal, vertical).
    ``extra`` holds blocks that only one format knows, as (name, bytes): ``jpeg:xmp-extended``,
    ``jpeg:comment``, ``png:cICP`` and the like. They are written back to that format only.
    """

    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    dpi: tuple[float, float] | None = None
    extra: tuple[tuple[str, bytes], ...] = ()


NO_METADATA = Metadata()


@dataclass(frozen=True)
class PictureInfo:
    """What is known of a picture before its pixels are decoded.

    ``width`` and ``height`` are as shown (orientation applied), ``channels`` counts the colour
    planes (1 or 3), ``dtype`` is uint8, uint16 or float32, and ``linear`` marks scene-linear data.
    ``associated`` says that the file's colours are already multiplied by its alpha (OpenEXR);
    they are kept that way, because dividing and multiplying again would not give them back.
    ``lossless`` tells whether the file's own compression kept its pixels exactly. ``missing`` is the value that the
    file itself says stands for none, as rasters of the earth do.
    """

    path: Path
    format: str
    width: int
    height: int
    channels: int
    has_alpha: bool
    dtype: np.dtype[Any]
    linear: bool = False
    metadata: Metadata = NO_METADATA
    notes: tuple[str, ...] = ()
    palette: bool = False
    associated: bool = False
    lossless: bool = True
    missing: float | None = None

    @property
    def depth(self) -> str:
        """Return "8", "16" or "32f"."""
        return depth_of(self.dtype)

    @property
    def pixels(self) -> int:
        """Return how many pixels it has."""
        return self.width * self.height


@dataclass
class Picture:
    """A decoded picture: ``pixels`` (H, W, C) and ``alpha`` (H, W) or None, both of ``info.dtype``.

    ``stamp`` is the size and time of the file that it was read from, where somebody noted it.
    """

    info: PictureInfo
    pixels: Array
    alpha: Array | None
    stamp: tuple[int, int] = (-1, -1)

    @cached_property
    def known(self) -> Array:
        """The pixels (H, W, C) with the middle of all others in the place of those without a value."""
        holes = self.missing_in(self.pixels)
        if holes is None or holes.all():
            return self.pixels
        others = self.pixels[~holes]
        filled = self.pixels.copy()
        filled[holes] = np.median(others[:: max(1, others.size // 1_000_000)])
        return filled

    def missing_in(self, pixels: Array) -> NDArray[np.bool_] | None:
        """Return which of ``pixels``, of any shape and the file's own kind, have no value; None where all have one."""
        value = self.info.missing
        if value is None or math.isnan(value):
            return None
        holes: NDArray[np.bool_] = pixels == (np.float32(value) if pixels.dtype.kind == "f" else value)
        return holes if holes.any() else None

    @property
    def nbytes(self) -> int:
        """Return how many bytes of memory its pixels and alpha take."""
        return self.pixels.nbytes + (0 if self.alpha is None else self.alpha.nbytes)
