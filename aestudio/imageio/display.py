"""Pixels for the screen: a copy converted to sRGB through the picture's own profile.

What is computed and saved stays in the picture's own encoding, and its alpha apart; this is only what people look at.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aestudio.imageio import profiles

if TYPE_CHECKING:
    from aestudio.imageio.picture import PictureInfo

log = logging.getLogger(__name__)

Pixels = NDArray[np.uint8]

SQUARE, SQUARES = 8, (102, 153)
"""The side of what is drawn under transparency, in pixels, and its two greys, which suit dark and light windows."""


def for_screen(pixels: Pixels, info: PictureInfo) -> Pixels:
    """Return display-encoded ``pixels`` (h, w, 1 or 3) of the picture ``info`` as sRGB of the same shape.

    They come back as they are where there is no profile, none that fits, or it is sRGB's.
    """
    icc = info.metadata.icc
    if icc and info.linear:
        icc = profiles.shown_profile(icc) if profiles.is_light(icc) else None
    convert = _converter(icc, info.channels) if icc else None
    return pixels if convert is None else convert(pixels)


def over_checks(pixels: Pixels, cover: Pixels | None, left: int = 0, top: int = 0) -> Pixels:
    """Return ``pixels`` (h, w, 1 or 3) over grey squares, as far as they are transparent.

    ``cover`` (h, w, 1) is alpha, or None where all is opaque; ``left`` and ``top`` are where the pixels lie, so that
    pieces of a picture fit together.
    """
    if cover is None or (cover == 255).all():
        return pixels
    height, width = pixels.shape[:2]
    rows, columns = (np.arange(top, top + height) // SQUARE, np.arange(left, left + width) // SQUARE)
    squares = np.where((rows[:, None] + columns) % 2, *SQUARES)[..., None]
    weight = cover.astype(np.float32) / np.float32(255)
    over: Pixels = np.rint(pixels * weight + squares * (1 - weight)).astype(np.uint8)
    return over


@lru_cache(maxsize=16)
def _converter(icc: bytes, channels: int) -> Callable[[Pixels], Pixels] | None:
    """Return what converts pixels of a profile to sRGB, or None where nothing is to be done."""
    from PIL import Image, ImageCms

    mode = {b"GRAY": "L", b"RGB ": "RGB"}.get(icc[16:20])
    grey = mode == "L"
    if mode is None or (grey and channels != 1):
        return None
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(icc)),
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        log.info("shown without its colour profile, which is damaged: %s", error)
        return None

    def convert(pixels: Pixels) -> Pixels:
        planes = pixels[..., 0] if grey else np.broadcast_to(pixels, (*pixels.shape[:2], 3))
        image = Image.fromarray(np.ascontiguousarray(planes))
        converted = np.asarray(ImageCms.applyTransform(image, transform))
        return converted[..., :channels]

    return None if _changes_nothing(convert, channels) else convert


def _changes_nothing(convert: Callable[[Pixels], Pixels], channels: int) -> bool:
    """Return whether no colour moves by more than a rounding step: sRGB's own profile, by whatever name."""
    steps = np.linspace(0, 255, 9).astype(np.uint8)
    axes = np.meshgrid(*[steps] * channels)
    colours = np.stack(axes, axis=-1).reshape(1, -1, channels)
    return int(np.abs(convert(colours).astype(int) - colours).max()) <= 1
