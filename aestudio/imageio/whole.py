"""Openers for formats that are decoded whole: JPEG XL, JPEG 2000, AVIF, HEIC and camera RAW."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio.imageio import containers, exif, isobmff
from aestudio.imageio.containers import Header
from aestudio.imageio.decoders import (
    DecodeError,
    OiioRows,
    WholeRows,
    file_bytes,
    srgb_profile,
)
from aestudio.imageio.photoshop import open_psd
from aestudio.imageio.raw_header import raw_header
from aestudio.imageio.sources import Opener, Source, frames_note, oiio_source, within

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.imageio.picture import Array

SEQUENCE = "It holds a sequence of pictures; the first one is used."
DEVELOPED = "It was developed from camera RAW to 16-bit sRGB with the camera's white balance."


def _to_full_scale(pixels: Array, bits: int) -> Array:
    """Return integer samples of ``bits`` bits on the whole range of 8 or 16, white staying white."""
    if pixels.dtype != (np.uint8 if bits <= 8 else np.uint16):
        raise DecodeError("its pixels have another depth than its header says")
    if bits == 8 * pixels.dtype.itemsize:
        return pixels
    top, full = (1 << bits) - 1, 255 if bits <= 8 else 65535
    wide = np.minimum(pixels, top).astype(np.uint32)
    return ((wide * full + top // 2) // top).astype(np.uint8 if bits <= 8 else np.uint16)


def _with_planes(pixels: Array, colours: int, alpha: bool) -> Array:
    """Return decoded (H, W[, C]) pixels with exactly the planes that the header announced."""
    pixels = pixels if pixels.ndim == 3 else pixels[..., None]
    count = pixels.shape[2]
    if count == colours + alpha:
        return pixels
    planes = [0] if colours == 1 else ([0, 1, 2] if count >= 3 else [0, 0, 0])
    out = pixels[..., planes]
    if alpha:
        full = np.iinfo(pixels.dtype).max
        last = pixels[..., -1:] if count in (2, 4) else np.full_like(out[..., :1], full)
        out = np.concatenate([out, last], axis=2)
    return out


# OpenImageIO takes no JPEG XL shorter than its signature check; a picture of few pixels is.
_SMALL_JXL = 256


def _small_jxl(path: Path, header: Header) -> Source:
    """Return a JPEG XL of a few hundred bytes (too short to hold a profile), decoded at once."""
    import imagecodecs

    try:
        pixels = np.asarray(imagecodecs.jpegxl_decode(file_bytes(path)))
    except imagecodecs.JpegxlError as error:
        raise DecodeError(str(error)) from error
    pixels = pixels[..., None] if pixels.ndim == 2 else pixels
    if pixels.dtype not in (np.uint8, np.uint16, np.float32):
        raise DecodeError(f"its {pixels.dtype} values are none that aestudio reads")
    height, width, planes = pixels.shape
    return Source(
        "jxl", header, width, height, 3 if planes > 2 else 1, planes in (2, 4), pixels.dtype, WholeRows(lambda: pixels)
    )


def _jxl_pixels(path: Path, width: int, height: int) -> Array:
    """Return the first picture (H, W, C) of a JPEG XL."""
    import imagecodecs

    try:
        pixels = np.asarray(imagecodecs.jpegxl_decode(file_bytes(path), index=0))
    except imagecodecs.JpegxlError as error:
        raise DecodeError(str(error)) from error
    if pixels.shape[:2] != (height, width):
        raise DecodeError("its first picture has another size than its header says")
    return pixels if pixels.ndim == 3 else pixels[..., None]


def _open_jxl(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        header = isobmff.read_jxl(file)
    within(header.width, header.height, limit)
    if path.stat().st_size < _SMALL_JXL:
        return _small_jxl(path, header)
    source = oiio_source(path, "jxl", header, limit)
    rows = source.rows
    if isinstance(rows, OiioRows):
        profile = rows.spec.getattribute("ICCProfile")
        header.icc = None if profile is None else bytes(np.asarray(profile, np.uint8))
        space = str(rows.spec.get_string_attribute("oiio:ColorSpace"))
        source.linear = source.dtype == np.float32 and space.startswith("lin")
        if header.alpha and not source.has_alpha and rows.spec.nchannels == 2:
            # the library does not say of grey that its second plane is alpha
            rows.planes, source.has_alpha, source.notes = (0, 1), True, []
    if header.frames > 1:
        # the library reads on to the last one
        source.notes = [SEQUENCE]
        planes = rows.planes if isinstance(rows, OiioRows) else ()
        rows.close()
        source.rows = WholeRows(lambda: _jxl_pixels(path, source.width, source.height)[..., list(planes)])
    return source  # the decoder applies the orientation of the codestream; the one in EXIF has no meaning


def _open_jp2(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        header = containers.read_jp2(file)
    within(header.width, header.height, limit)
    if header.bits > 16:
        raise DecodeError(f"it has {header.bits} bits a sample, and aestudio reads up to 16")
    colours, alpha = (3 if header.components >= 3 else 1), header.components in (2, 4)
    if header.palette:
        colours, alpha = 3, False
    # Given the whole file, the decoder would convert the colours through the profile.
    bare = header.icc is not None and not header.palette

    def decode() -> Array:
        import imagecodecs

        try:
            pixels = np.asarray(imagecodecs.jpeg2k_decode(_codestream(path) if bare else file_bytes(path)))
        except imagecodecs.Jpeg2kError as error:
            raise DecodeError(str(error)) from error
        return _with_planes(_to_full_scale(pixels, header.bits), colours, alpha)

    dtype = np.dtype(np.uint8 if header.bits <= 8 else np.uint16)
    turn = exif.orientation(header.exif)
    return Source(
        "jp2", header, header.width, header.height, colours, alpha, dtype, WholeRows(decode), orientation=turn
    )


def _codestream(path: Path) -> bytes:
    """Return the codestream of a JPEG 2000 file without the boxes around it."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(0)
        for kind, at, length in containers.boxes(file, end):
            if kind == b"jp2c":
                file.seek(at)
                return file.read(length)
    raise DecodeError("it holds no pixels")


def _open_avif(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        header, turn = isobmff.read_heif(file)
    within(header.width, header.height, limit)

    def decode() -> Array:
        import imagecodecs

        try:
            pixels = np.asarray(imagecodecs.avif_decode(_as_still(file_bytes(path)), index=0))
        except imagecodecs.AvifError as error:
            raise DecodeError(str(error)) from error
        return _with_planes(_to_full_scale(pixels, header.bits), header.components, header.alpha)

    dtype = np.dtype(np.uint8 if header.bits <= 8 else np.uint16)
    notes = [SEQUENCE] if header.frames > 1 else []
    return Source(
        "avif", header, header.width, header.height, header.components, header.alpha, dtype, WholeRows(decode),
        orientation=turn, notes=notes,
    )  # fmt: skip


def _as_still(data: bytes) -> bytes:
    """Return an AVIF whose picture is read and not its sequence: asked for one of that, the library ends the process.

    Which of both is meant, a file says by its first brand (AV1 Image File Format, section 6.3).
    """
    return data[:8] + b"avif" + data[12:] if data[8:12] == b"avis" else data


def _open_heic(path: Path, limit: int) -> Source:
    import pi_heif

    with path.open("rb") as file:
        header, _ = isobmff.read_heif(file)
    within(header.width, header.height, limit)
    picture = pi_heif.open_heif(io.BytesIO(file_bytes(path)), convert_hdr_to_8bit=False)
    width, height = picture.size  # the library applies the rotation
    within(width, height, limit)
    mode = str(picture.mode)
    deep, alpha = mode.endswith(";16"), "A" in mode or "a" in mode
    colours = 1 if mode.startswith("L") else 3
    bits = int(picture.info.get("bit_depth", 8)) if deep else 8
    notes = frames_note(len(picture))

    def decode() -> Array:
        # A copy: the library's array points into memory that goes away with ``picture``.
        pixels = np.array(picture, copy=True)
        if deep:
            pixels = _to_full_scale(pixels >> (16 - bits), bits)
        return _with_planes(pixels, colours, alpha)

    return Source(
        "heic",
        header,
        width,
        height,
        colours,
        alpha,
        np.dtype(np.uint16 if deep else np.uint8),
        WholeRows(decode),
        associated="a" in mode,
        notes=notes,
    )


def _open_raw(path: Path, limit: int) -> Source:
    import rawpy

    try:
        with rawpy.imread(os.fspath(path)) as raw:
            width, height, flip = raw.sizes.iwidth, raw.sizes.iheight, raw.sizes.flip
    except rawpy.LibRawError as error:
        raise DecodeError(_raw_words(error)) from error
    if flip & 4:
        width, height = height, width
    within(width, height, limit)
    header = raw_header(path)
    header.icc = srgb_profile()

    def decode() -> Array:
        try:
            with rawpy.imread(os.fspath(path)) as raw:
                # sRGB's curve; brightened until a twentieth of a percent is white, as cameras do, and no more.
                developed = raw.postprocess(
                    use_camera_wb=True, output_bps=16, gamma=(2.4, 12.92), auto_bright_thr=0.0005
                )
                return np.asarray(developed)
        except rawpy.LibRawError as error:
            raise DecodeError(_raw_words(error)) from error

    return Source("raw", header, width, height, 3, False, np.dtype(np.uint16), WholeRows(decode), notes=[DEVELOPED])


def _raw_words(error: Exception) -> str:
    said: Any = error.args[0] if error.args else error
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


OPENERS: dict[str, Opener] = {
    "jxl": _open_jxl,
    "jp2": _open_jp2,
    "avif": _open_avif,
    "heic": _open_heic,
    "psd": open_psd,
    "raw": _open_raw,
}
