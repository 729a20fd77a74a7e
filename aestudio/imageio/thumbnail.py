"""Small copies for lists and drop targets, without decoding more than they need."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from aestudio.errors import InputError
from aestudio.imageio import exif
from aestudio.imageio.display import for_screen, over_checks
from aestudio.imageio.values import to_display8

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.imageio.picture import Array
    from aestudio.imageio.reader import PictureReader


BLACK = 16
"""The mean of 0..255 that a letterbox's bars stay below."""
LARGEST_EMBEDDED = 1024
"""The longer side of an embedded copy that is believed; cameras write 160 pixels."""


def thumbnail(path: Path, side: int) -> tuple[int, int, Array]:
    """Return full width, full height and the copy; see ``reader.read_thumbnail``."""
    from aestudio.imageio.reader import open_picture

    with open_picture(path) as reader:
        info = reader.info
        small = None
        if info.format == "jpeg":
            small = _embedded(reader, side)
            small = draft(reader, side) if small is None else small
        elif info.format == "raw":
            small = _camera_preview(reader, side)
        if small is None:
            small = _reduced(reader, side)
        fitted = _fit(small, info.width, info.height, side)
        colours, cover = fitted[..., : info.channels], fitted[..., info.channels :]
        shown = over_checks(for_screen(colours, info), cover if cover.size else None)
        return info.width, info.height, shown


def _embedded(reader: PictureReader, side: int) -> Array | None:
    """Return the camera's own small copy, oriented, or None where there is none that is large enough and true.

    It spares the decoding of the whole file. Cameras letterbox it to 160 x 120 with black bars, which are cut off;
    where more than bars would go, the file was cropped since, and the copy is not of this picture any more.
    """
    from PIL import Image

    from aestudio.imageio.reader import orient

    info = reader.info
    data = exif.thumbnail(info.metadata.exif)
    if data is None:
        return None
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            if max(image.size) > LARGEST_EMBEDDED:
                return None
            mode = "L" if info.channels == 1 else "RGB"
            pixels = np.asarray(image if image.mode == mode else image.convert(mode))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    pixels = pixels if pixels.ndim == 3 else pixels[..., None]
    stored = (info.height, info.width) if reader.orientation <= 4 else (info.width, info.height)
    height, width = pixels.shape[:2]
    scale = min(height / stored[0], width / stored[1])
    rows, columns = (min(n, round(s * scale)) for n, s in zip((height, width), stored, strict=True))
    top, left = (height - rows) // 2, (width - columns) // 2
    bars = [pixels[:top], pixels[top + rows :], pixels[:, :left], pixels[:, left + columns :]]
    # a row on each side is what rounding moves
    cut = height - rows > 2 or width - columns > 2
    if max(rows, columns) < min(side, max(stored)) or (cut and any(b.size and float(b.mean()) > BLACK for b in bars)):
        return None
    return orient(pixels[top : top + rows, left : left + columns], reader.orientation)


def draft(reader: PictureReader, side: int) -> Array:
    """Return a JPEG (H, W, C) decoded at 1/2, 1/4 or 1/8 of its size, oriented; no smaller than twice ``side``.

    Raises InputError where it cannot be decoded.
    """
    from aestudio.imageio.decoders import pillow_image
    from aestudio.imageio.reader import orient

    info = reader.info
    mode = "L" if info.channels == 1 else "RGB"
    try:
        with pillow_image(info.path) as image:
            image.draft(mode, (2 * side, 2 * side))
            pixels = np.asarray(image if image.mode == mode else image.convert(mode))
    except (OSError, ValueError, SyntaxError) as error:
        raise InputError(f"{info.path.name} is damaged or incomplete: {error}.", "Copy or save it again.") from error
    pixels = pixels if pixels.ndim == 3 else pixels[..., None]
    return orient(pixels, reader.orientation)


# LibRaw's names of turns, as EXIF orientations.
_FLIPS = {3: 3, 5: 8, 6: 6}
_SAME_SHAPE = 0.02


def _camera_preview(reader: PictureReader, side: int) -> Array | None:
    """Return the JPEG that a camera put into its RAW, upright; None where there is none of the picture's own shape.

    Developing takes seconds.
    """
    import rawpy

    from aestudio.imageio.decoders import pillow_image
    from aestudio.imageio.reader import orient

    info = reader.info
    try:
        with rawpy.imread(str(info.path)) as raw:
            found, flip = raw.extract_thumb(), raw.sizes.flip
        if found.format != rawpy.ThumbFormat.JPEG:
            return None
        with pillow_image(io.BytesIO(bytes(found.data))) as image:
            turn = image.getexif().get(exif.ORIENTATION) or _FLIPS.get(flip, 1)
            image.draft("RGB", (2 * side, 2 * side))
            upright = orient(np.asarray(image.convert("RGB")), turn)
    except (rawpy.LibRawError, OSError, ValueError, SyntaxError):
        return None  # it is only a short cut
    shape = upright.shape[1] / upright.shape[0]
    return upright if abs(shape * info.height / info.width - 1) < _SAME_SHAPE else None


def _reduced(reader: PictureReader, side: int) -> Array:
    """Return the picture, its alpha last, averaged over squares of a whole number of pixels, read by rows."""
    info = reader.info
    factor = max(1, max(info.width, info.height) // (2 * side))
    step = factor * max(1, 256 // factor)
    parts = []
    for start in range(0, info.height, step):
        colours, alpha = reader.read_rows(start, min(start + step, info.height))
        planes = [to_display8(colours, info.linear)]
        planes += [] if alpha is None else [to_display8(alpha, False)[..., None]]
        rows = np.concatenate(planes, axis=2)
        height, width = -(-rows.shape[0] // factor) * factor, -(-info.width // factor) * factor
        padding = ((0, height - rows.shape[0]), (0, width - info.width), (0, 0))
        padded = np.pad(rows, padding, mode="edge") if height != rows.shape[0] or width != info.width else rows
        squares = padded.reshape(height // factor, factor, width // factor, factor, rows.shape[2])
        parts.append(np.round(squares.mean(axis=(1, 3), dtype=np.float32)).astype(np.uint8))
    return np.concatenate(parts)


def _fit(pixels: Array, width: int, height: int, side: int) -> Array:
    """Return ``pixels`` resampled so that the longer side is ``side`` or the picture's own if less."""
    from PIL import Image

    scale = min(1.0, side / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if (pixels.shape[1], pixels.shape[0]) != size:
        image = Image.fromarray(np.ascontiguousarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels))
        pixels = np.asarray(image.resize(size, Image.Resampling.BOX if min(size) < 2 else Image.Resampling.LANCZOS))
    return np.ascontiguousarray(pixels if pixels.ndim == 3 else pixels[..., None])
