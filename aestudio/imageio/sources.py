"""From a file of a known format to its header and its rows: one opener for each format."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from aestudio.imageio import containers, exif, profiles
from aestudio.imageio.containers import ContainerError, Header
from aestudio.imageio.decoders import (
    DecodeError,
    ForeignColoursError,
    ForeignCompressionError,
    OiioRows,
    Rows,
    WholeRows,
    cmyk_to_rgb,
    describes_inks,
    file_bytes,
    pillow_image,
    pillow_pixels,
    srgb_profile,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aestudio.imageio.picture import Array

MORE_CHANNELS = "It holds {0} more channel{1}; only colour and alpha are used."
FIRST_FRAME = "It holds {0} pictures; the first one is used."
CMYK_PROFILE = "Its CMYK inks were converted to sRGB through its own profile."
CMYK_PLAIN = "Its CMYK inks were converted to sRGB by a plain formula, because it holds no usable profile."
PALETTE = "Its palette was expanded to full colours."
DISPLAY_WINDOW = "Where it lies in its display window is left out."
PRIMARIES = "Its colours have primaries of their own, which are left out: other programs will take them for others."


Opener: TypeAlias = "Callable[[Path, int], Source]"


class SourceSizeError(ValueError):
    """A header that claims more pixels than allowed."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"{width} x {height}")
        self.width, self.height = width, height


@dataclass
class Source:
    """A file ready to be decoded: its header, what its rows hold, and the rows. Sizes are as stored."""

    format: str
    header: Header
    width: int
    height: int
    channels: int
    has_alpha: bool
    dtype: np.dtype[Any]
    rows: Rows
    linear: bool = False
    associated: bool = False
    orientation: int = 1
    notes: list[str] = field(default_factory=list)


def within(width: int, height: int, limit: int) -> None:
    """Raise SourceSizeError above ``limit`` pixels, ContainerError where there are none."""
    if width <= 0 or height <= 0:
        raise ContainerError("its header gives it no size")
    if width * height > limit:
        raise SourceSizeError(width, height)


def open_source(path: Path, kind: str, limit: int) -> Source:
    """Return the file at ``path`` of format ``kind`` (see ``formats.sniff``), nothing decoded yet.

    Raises SourceSizeError where its header claims more than ``limit`` pixels, ContainerError,
    DecodeError, OSError, or what a library raises for a damaged file.
    """
    from aestudio.imageio import whole

    try:
        return (OPENERS | whole.OPENERS)[kind](path, limit)
    except (struct.error, IndexError, exif.DirectoryError) as error:
        raise ContainerError("its header is damaged") from error


def frames_note(frames: int) -> list[str]:
    """Return the note for a file of several pictures, if it is one."""
    return [FIRST_FRAME.format(frames)] if frames > 1 else []


def more_channels(count: int) -> list[str]:
    """Return the note for a file of ``count`` channels that are neither colour nor alpha, if there are any."""
    return [MORE_CHANNELS.format(count, "s" * (count > 1))] if count > 0 else []


def oiio_source(path: Path, kind: str, header: Header, limit: int, linear: bool = False) -> Source:
    """Return a source read by rows; colour planes and alpha are picked out of the file's channels."""
    rows = OiioRows(path)
    try:
        spec = rows.spec
        if rows.format != {"jxl": "jpegxl", "exr": "openexr"}.get(kind, kind):
            raise DecodeError("its content is not what its first bytes say")
        within(spec.width, spec.height, limit)
        notes = frames_note(header.frames)
        colours, alpha = _planes(list(spec.channelnames), spec.alpha_channel)
        rows.planes = (*colours, alpha) if alpha is not None else tuple(colours)
        notes += more_channels(spec.nchannels - len(rows.planes))
        if header.palette:
            notes.append(PALETTE)
        if rows.kind in ("uint32", "uint", "int32", "int", "double", "int64", "uint64", "int16", "int8"):
            notes.append(f"Its {rows.kind} values are kept as 32-bit float, as shares of the largest one.")
        return Source(
            format=kind,
            header=header,
            width=spec.width,
            height=spec.height,
            channels=len(colours),
            has_alpha=alpha is not None,
            dtype=rows.dtype,
            rows=rows,
            linear=linear,
            notes=notes,
        )
    except BaseException:
        rows.close()
        raise


def _planes(names: list[str], alpha: int) -> tuple[list[int], int | None]:
    """Return which channels are the colours (1 or 3 of them) and which is alpha."""
    last = {name.rsplit(".", 1)[-1].upper(): i for i, name in reversed(list(enumerate(names)))}
    found = alpha if 0 <= alpha < len(names) else last.get("A")
    if all(c in last for c in "RGB"):
        return [last[c] for c in "RGB"], found
    rest = [i for i in range(len(names)) if i != found]
    if not rest:
        return [0], None  # a lone alpha plane is shown as grey
    return (rest[:3] if len(rest) >= 3 else rest[:1]), found


def _open_jpeg(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        header = containers.read_jpeg(file)
    within(header.width, header.height, limit)
    turn = exif.orientation(header.exif)
    if header.components != 4:
        source = oiio_source(path, "jpeg", header, limit)
        source.orientation = turn
        return source
    return cmyk_source(path, "jpeg", header, np.dtype(np.uint8), turn, lambda: pillow_pixels(path, "CMYK"))


def cmyk_source(
    path: Path,
    kind: str,
    header: Header,
    dtype: np.dtype[Any],
    turn: int,
    decode: Callable[[], Array],
    alpha: bool = False,
) -> Source:
    """Return a source whose inks become sRGB; its ink profile gives way to sRGB's.

    ``decode`` returns the four inks, with ``alpha`` behind them where there is one.
    """
    icc = header.icc
    usable = describes_inks(icc)
    header.icc = srgb_profile()

    def colours() -> Array:
        stored = decode()
        rgb = cmyk_to_rgb(stored[..., :4], icc if usable else None)
        return np.concatenate([rgb, stored[..., 4:5]], axis=2) if alpha else rgb

    notes = [CMYK_PROFILE if usable else CMYK_PLAIN, *frames_note(header.frames)]
    return Source(
        kind, header, header.width, header.height, 3, alpha, dtype, WholeRows(colours), orientation=turn, notes=notes
    )


def _open_png(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        try:
            header = containers.read_png(file)
        except containers.PictureEndsEarly as error:
            within(error.header.width, error.header.height, limit)
            raise
    within(header.width, header.height, limit)
    source = oiio_source(path, "png", header, limit)
    source.orientation = exif.orientation(header.exif)
    return source


def _open_tiff(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        header = containers.read_tiff(file)
    within(header.width, header.height, limit)
    stored = dict(header.extra).pop("tiff:orientation", b"")
    header.extra = [item for item in header.extra if item[0] != "tiff:orientation"]
    turn = exif.orientation(header.exif) if not stored else (stored[0] if 1 <= stored[0] <= 8 else 1)
    inks = header.photometric == 5 and header.components >= 4
    other = header.compression in _NOT_IN_OIIO
    if header.compression in _IN_NEITHER or (other and (inks or header.palette)):
        raise ForeignCompressionError
    if inks:
        rows = OiioRows(path, raw_colour=True)
        # what is multiplied by alpha are not the inks
        alpha = header.alpha and not header.associated and header.components == 5
        source = cmyk_source(path, "tiff", header, rows.dtype, turn, lambda: rows.read(0, header.height), alpha)
        source.notes += more_channels(header.components - 4 - alpha)
        return source
    if header.photometric in (8, 9, 10):
        raise ForeignColoursError("CIE Lab")
    source = oiio_source(path, "tiff", header, limit)
    if other and isinstance(source.rows, OiioRows):
        planes = source.rows.planes
        source.rows.close()
        source.rows = WholeRows(lambda: _libtiff_pixels(path, header, source.dtype)[..., list(planes)])
    if header.photometric == containers.WHITE_IS_ZERO and isinstance(source.rows, OiioRows):
        # the library turns 8 bits and less round by itself
        source.rows.negative = source.dtype != np.uint8
    source.associated = header.associated and source.has_alpha
    source.orientation = turn
    # of eight bits too few would be left in the shadows for that to be meant
    source.linear = source.dtype != np.uint8 and header.icc is not None and profiles.is_light(header.icc)
    return source


# LERC, LZMA and Zstandard: the libtiff in OpenImageIO's wheels is built without them, that in imagecodecs with them.
# Of inks and of palettes, it makes colours of its own.
_NOT_IN_OIIO = (34887, 34925, 50000)
# JPEG 2000 and JPEG XL inside TIFF, each under all the numbers that it goes by.
_IN_NEITHER = (33003, 33005, 34712, 50002, 52546)


def _libtiff_pixels(path: Path, header: Header, dtype: np.dtype[Any]) -> Array:
    """Return the first picture (H, W, C) of a TIFF whose compression OpenImageIO lacks; white is the highest value."""
    import imagecodecs

    try:
        pixels = np.asarray(imagecodecs.tiff_decode(file_bytes(path)))
    except imagecodecs.TiffError as error:
        raise DecodeError(str(error)) from error
    size = (header.height, header.width)
    if pixels.dtype == bool:
        pixels = pixels.astype(np.uint8) * np.uint8(255)
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    elif pixels.shape[:2] != size:
        pixels = np.moveaxis(pixels, 0, -1)  # planes stored apart
    if pixels.shape != (*size, header.components) or pixels.dtype != dtype:
        raise DecodeError("its values are of a kind that aestudio does not read with this compression")
    if header.photometric == containers.WHITE_IS_ZERO:
        full = dtype.type(1 if dtype.kind == "f" else np.iinfo(dtype).max)
        pixels = np.concatenate([full - pixels[..., :1], pixels[..., 1:]], axis=2)
    return pixels


def _open_exr(path: Path, limit: int) -> Source:
    source = oiio_source(path, "exr", Header(), limit, linear=True)
    if isinstance(source.rows, OiioRows):
        spec = source.rows.spec
        source.notes += frames_note(spec.get_int_attribute("oiio:subimages", 1))
        shown = (spec.full_x, spec.full_y, spec.full_width, spec.full_height)
        if shown != (spec.x, spec.y, spec.width, spec.height):
            source.notes.append(DISPLAY_WINDOW)
        if spec.getattribute("chromaticities") is not None:
            source.notes.append(PRIMARIES)
    source.associated = source.has_alpha
    return source


def _open_hdr(path: Path, limit: int) -> Source:
    return oiio_source(path, "hdr", Header(), limit, linear=True)


def _open_pillow(path: Path, kind: str, header: Header, limit: int) -> Source:
    """Return a source that Pillow decodes whole, at 8 bits."""
    with pillow_image(path) as image:
        width, height = image.size
        within(width, height, limit)
        mode, info = image.mode, image.info
        header.frames = max(header.frames, int(getattr(image, "n_frames", 1)))
    header.palette = header.palette or mode == "P"
    grey = mode in ("1", "L", "LA", "I", "I;16", "F")
    alpha = mode in ("LA", "RGBA", "PA", "La", "RGBa") or "transparency" in info
    target = ("LA" if alpha else "L") if grey else ("RGBA" if alpha else "RGB")
    notes = frames_note(header.frames) + ([PALETTE] if header.palette else [])
    rows = WholeRows(lambda: pillow_pixels(path, target))
    return Source(kind, header, width, height, 1 if grey else 3, alpha, np.dtype(np.uint8), rows, notes=notes)


def _open_webp(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        header = containers.read_webp(file)
    source = _open_pillow(path, "webp", header, limit)
    source.orientation = exif.orientation(header.exif)
    return source


def _open_bmp(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        head = file.read(46)
    found = Header()
    if len(head) == 46 and struct.unpack_from("<I", head, 14)[0] >= 40:
        # pixels per metre (BITMAPINFOHEADER)
        across, up = struct.unpack_from("<ii", head, 38)
        if across > 0 and up > 0:
            found.dpi = (across * 0.0254, up * 0.0254)
    return _open_pillow(path, "bmp", found, limit)


def _open_gif(path: Path, limit: int) -> Source:
    with path.open("rb") as file:
        width, height = struct.unpack_from("<HH", containers.take(file, 10), 6)
    within(width, height, limit)
    return _open_pillow(path, "gif", Header(palette=True), limit)


OPENERS: dict[str, Opener] = {
    "jpeg": _open_jpeg,
    "png": _open_png,
    "tiff": _open_tiff,
    "exr": _open_exr,
    "hdr": _open_hdr,
    "webp": _open_webp,
    "bmp": _open_bmp,
    "gif": _open_gif,
}
