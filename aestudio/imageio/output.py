"""What a result's file will hold: decided before anything is computed, so that a wrong wish costs nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio.errors import SettingsError
from aestudio.imageio import exif as exif_blocks
from aestudio.imageio import profiles, stacks
from aestudio.imageio.containers import EXIF_PREFIX, JPEG_COMMENT, JPEG_LONG_XMP, TIFF_PLACE, XMP_PREFIX
from aestudio.imageio.embedding import jpeg_holds, tiff_holds
from aestudio.imageio.formats import ABILITIES, SUFFIX_FORMATS, WRITE_FORMATS
from aestudio.imageio.picture import NO_METADATA, Metadata, PictureInfo, depth_of
from aestudio.imageio.recipe import Recipe, with_recipe

if TYPE_CHECKING:
    from pathlib import Path

_DTYPES: dict[str, type[Any]] = {"8": np.uint8, "16": np.uint16, "32f": np.float32}
_NEAREST = {"8": ("8", "16", "32f"), "16": ("16", "32f", "8"), "32f": ("32f", "16", "8")}
_KEEP_AS = {"psd": "tiff", "heic": "tiff", "raw": "tiff", "gif": "png", "hdr": "exr"}
_DEFAULT_QUALITY = {"jpeg": 95, "webp": 95, "avif": 90, "jxl": 95, "jp2": 95}
_ALWAYS_COLOUR = ("webp", "avif")
_PNG_TEXT = frozenset(f"png:{name}" for name in ("tEXt", "zTXt", "iTXt"))
_PNG_COLOURS = frozenset(f"png:{name}" for name in ("cICP", "gAMA", "cHRM", "sRGB", "mDCV", "cLLI"))
# Whole sentences, so that each can be said in another language.
PROFILE_LOST = "{0} cannot hold the source's colour profile; it is left out."
COLOURS_LOST = "{0} cannot hold how the source's colours are to be shown; that is left out."
EXIF_LOST = "{0} cannot hold the source's EXIF; it is left out."
XMP_LOST = "{0} cannot hold the source's XMP; it is left out."
LONG_XMP_LOST = "{0} cannot hold what the source's XMP has beyond 64 KB; that is left out."
IPTC_LOST = "{0} cannot hold the source's IPTC; it is left out."
TEXT_LOST = "{0} cannot hold the source's text; it is left out."
COMMENT_LOST = "{0} cannot hold the source's comment; it is left out."
DESCRIPTION_LOST = "The source's description counts pictures or values that the result does not have; it is left out."
PLACE_LOST = "{0} cannot hold where on earth the source's pixels lie; that is left out."
PLACE_MOVED = "Where on earth the source's pixels lie is left out: the result's lie elsewhere."
FLOAT_ROUNDED = "Values are rounded from 32-bit float to 16 bits."
FLOAT_ROUNDED_MORE = "Values are rounded from 32-bit float to 8 bits."
ROUNDED = "Values are rounded from 16 bits to 8 bits."
_ROUNDED = {("32f", "16"): FLOAT_ROUNDED, ("32f", "8"): FLOAT_ROUNDED_MORE, ("16", "8"): ROUNDED}
_DEPTH_NAMES = {"8": "8 bits", "16": "16 bits", "32f": "32-bit float"}


@dataclass(frozen=True)
class OutputInfo:
    """What a file to be written holds. Rows given to its writer are exactly of ``dtype``.

    ``quality`` is 1..100 for a lossy file, None for a lossless one. ``linear`` says whether the
    rows' colours are scene-linear (``from_unit``'s argument; alpha never is): OpenEXR always wants
    them so, float TIFF where its source was, every other file display-encoded.
    ``associated`` says that the rows' colours are multiplied by alpha, in scene-linear light where
    ``scene`` is set; the writer multiplies or divides as the format wants. ``bare`` says that metadata is left out
    on wish.
    """

    format: str
    dtype: np.dtype[Any]
    width: int
    height: int
    channels: int
    has_alpha: bool
    linear: bool = False
    metadata: Metadata = NO_METADATA
    quality: int | None = None
    associated: bool = False
    scene: bool = False
    bare: bool = False

    @property
    def depth(self) -> str:
        """Return "8", "16" or "32f"."""
        return depth_of(self.dtype)

    @property
    def associated_file(self) -> bool:
        """Tell whether the file itself holds colours multiplied by alpha."""
        if not self.has_alpha:
            return False
        return self.format == "exr" or (self.format == "tiff" and self.associated and self.scene == self.linear)


def _format_for(info: PictureInfo, target: Path | None, format: str) -> str:
    if format != "keep" and format not in WRITE_FORMATS:
        raise SettingsError(f"There is no output format {format}.", f"Choose one of {', '.join(WRITE_FORMATS)}.")
    named = SUFFIX_FORMATS.get(target.suffix.lower()) if target is not None and target.suffix else None
    if target is not None and target.suffix and named is None and format == "keep":
        raise SettingsError(
            f"Files ending in {target.suffix} cannot be written.", f"Use one of {', '.join(WRITE_FORMATS.values())}."
        )
    if named is not None and format not in ("keep", named):
        raise SettingsError(
            f"The name {target.name if target else ''} says {ABILITIES[named].title}, "
            f"the format asked for is {ABILITIES[format].title}.",
            "Leave one of them out.",
        )
    if named is not None:
        return named
    if format != "keep":
        return format
    return "png" if info.palette and info.format != "tiff" else _KEEP_AS.get(info.format, info.format)


def plan_output(
    info: PictureInfo,
    width: int,
    height: int,
    target: Path | None = None,
    format: str = "keep",
    depth: str = "keep",
    quality: int | None = None,
    metadata: bool = True,
    recipe: Recipe | None = None,
    dpi: int = 0,
) -> OutputInfo:
    """Return what a result of ``width`` x ``height`` pixels made from the picture ``info`` is written as.

    Format: the one that ``target``'s suffix names, else ``format``; "keep" is the source's own,
    TIFF for what is only read (PSD, HEIC, RAW), PNG for GIF and palettes, OpenEXR for Radiance HDR.
    Depth: "8", "16", "32f" or "keep" (the source's, or the nearest that the format holds).
    Quality (1..100): JPEG 95 and AVIF 90 where none is given; WebP, JPEG XL and JPEG 2000 are
    lossless unless the source is lossy (then 95) or a quality below 100 is asked for.
    Without ``metadata`` only what its numbers mean as colours is carried, and no ``recipe`` either.
    ``dpi``: the pixels per inch that it says instead of the source's, as far as the format can say them.

    Raises SettingsError for what contradicts itself or cannot be held. What a plan leaves behind
    without contradiction is told by :func:`losses`.
    """
    kind = _format_for(info, target, format)
    able = ABILITIES[kind]
    if depth not in ("keep", *_DTYPES):
        raise SettingsError(f"There is no depth {depth}.", "Choose keep, 8, 16 or 32f.")
    if depth != "keep" and depth not in able.depths:
        holds = " or ".join(able.depths)
        raise SettingsError(
            f"{able.title} does not hold {_DEPTH_NAMES[depth]}.", f"Choose a depth of {holds}, or TIFF."
        )
    if depth == "keep":
        depth = next(d for d in _NEAREST[info.depth] if d in able.depths)
    if not (0 < width <= able.side and 0 < height <= able.side):
        raise SettingsError(
            f"{able.title} holds pictures up to {able.side} pixels a side, and this one has {width} x {height}.",
            "Choose PNG or TIFF.",
        )
    if quality is not None and not 1 <= quality <= 100:
        raise SettingsError(f"A quality of {quality} is out of range.", "Choose 1 to 100.")
    linear = kind == "exr" or (kind == "tiff" and info.linear and depth in ("32f", info.depth))
    icc = _held_profile(info, kind, linear)
    dtype = np.dtype(_DTYPES[depth])
    held = _carried(info, kind, width, height, dtype, recipe, icc) if metadata else _colours_alone(info, kind, icc)
    return OutputInfo(
        format=kind,
        dtype=dtype,
        width=width,
        height=height,
        channels=info.channels,
        has_alpha=info.has_alpha and able.alpha,
        linear=linear,
        metadata=_printed(held, dpi) if dpi else held,
        quality=_quality(info, kind, quality),
        associated=info.associated and info.has_alpha and able.alpha,
        scene=info.linear,
        bare=not metadata,
    )


def _quality(info: PictureInfo, kind: str, quality: int | None) -> int | None:
    able = ABILITIES[kind]
    if not able.lossy:
        return None
    if not able.lossless:
        return _DEFAULT_QUALITY[kind] if quality is None else quality
    if quality is None:
        return None if info.lossless else _DEFAULT_QUALITY[kind]
    return None if quality == 100 else quality


def _carried(
    info: PictureInfo,
    kind: str,
    width: int,
    height: int,
    dtype: np.dtype[Any],
    recipe: Recipe | None,
    icc: bytes | None,
) -> Metadata:
    """Return the blocks that ``kind`` holds: the source's, sizes inside EXIF patched, the profile and the recipe."""
    able, own = ABILITIES[kind], info.metadata
    exif = own.exif if able.exif else None
    resized = (width, height) != (info.width, info.height)
    exif = exif_blocks.without_thumbnail(exif) if exif else None
    if exif and resized:
        exif = exif_blocks.patch_size(exif, width, height)
    if exif:
        planes = info.channels + (info.has_alpha and able.alpha)
        exif = stacks.of_one(exif, (info.width, info.height), (width, height), planes, info.dtype, dtype)
    extra = (item for item in own.extra if item[0].partition(":")[0] == kind)
    carried = replace(
        own,
        icc=icc,
        exif=exif,
        xmp=own.xmp if able.xmp else None,
        iptc=own.iptc if able.iptc else None,
        extra=tuple(item for item in extra if not (resized and item[0] == TIFF_PLACE)),
    )
    return carried if recipe is None else with_recipe(carried, kind, recipe)


def _printed(held: Metadata, dpi: int) -> Metadata:
    """Return what a file holds with the resolution of a print, in EXIF as well where that says one."""
    exif = exif_blocks.patch_resolution(held.exif, dpi) if held.exif else held.exif
    return replace(held, exif=exif, dpi=(float(dpi), float(dpi)))


def _colours_alone(info: PictureInfo, kind: str, icc: bytes | None) -> Metadata:
    """Return what says how the numbers are to be shown, without which the colours would shift."""
    extra = tuple(item for item in info.metadata.extra if kind == "png" and item[0] in _PNG_COLOURS)
    return Metadata(icc=icc, extra=extra)


def _held_profile(info: PictureInfo, kind: str, linear: bool) -> bytes | None:
    """Return the source's colour profile where a file of that format can hold it, as what it holds is encoded.

    Light that is written ``linear`` without a profile gets one, since nothing else in a TIFF says what its numbers are.
    """
    if not ABILITIES[kind].icc:
        return None
    icc = info.metadata.icc
    if info.linear and linear:
        icc = icc or profiles.light_profile(info.channels)
    elif info.linear and icc and profiles.is_light(icc):
        icc = profiles.shown_profile(icc)
    if icc is None or (kind == "png" and icc == profiles.png_profile(info.metadata.extra, info.channels)):
        return None  # a PNG goes on to say it by its own chunks
    # grey is written as colour there, which a profile of grey does not describe
    coloured = kind in _ALWAYS_COLOUR or (kind == "jxl" and info.has_alpha)
    if coloured and info.channels == 1 and icc[16:20] == b"GRAY":
        return None
    if kind != "jxl":
        return icc
    from aestudio.imageio.encoders import jxl_takes

    return icc if jxl_takes(icc, 3 if coloured else info.channels) else None


def losses(info: PictureInfo, output: OutputInfo) -> tuple[str, ...]:
    """Return plain sentences about what ``output`` does not keep of ``info``; metadata left out on wish is none."""
    able = ABILITIES[output.format]
    told = []
    if info.has_alpha and not output.has_alpha:
        told.append(f"{able.title} holds no transparency; the alpha plane is left out.")
    order = ("8", "16", "32f")
    if order.index(output.depth) < order.index(info.depth):
        told.append(_ROUNDED[info.depth, output.depth])
    if info.linear and info.depth == "32f" and output.depth != "32f":
        told.append("Scene-linear values are written display-encoded and clipped to 0..1.")
    elif info.depth == "32f" and output.depth != "32f":
        told.append("Values outside 0..1 are clipped.")
    own = info.metadata if not output.bare else Metadata(icc=info.metadata.icc)
    further = {name for name, _ in own.extra}
    same_size = (output.width, output.height) == (info.width, info.height)
    for sentence, block, held in (
        (PROFILE_LOST, own.icc, bool(output.metadata.icc) or output.format == "png"),
        (COLOURS_LOST, profiles.png_beyond_profiles(info.metadata.extra, info.channels), output.format == "png"),
        (EXIF_LOST, own.exif, able.exif and _exif_fits(own.exif, output.format)),
        (DESCRIPTION_LOST, stacks.left_out(own.exif, output.metadata.exif), False),
        (XMP_LOST, own.xmp, able.xmp and (output.format != "jpeg" or jpeg_holds(own.xmp or b"", XMP_PREFIX))),
        (LONG_XMP_LOST, JPEG_LONG_XMP in further, output.format == "jpeg"),
        (IPTC_LOST, own.iptc, able.iptc),
        (TEXT_LOST, bool(_PNG_TEXT & further), output.format == "png"),
        (COMMENT_LOST, JPEG_COMMENT in further, output.format == "jpeg"),
        (PLACE_LOST, TIFF_PLACE in further, output.format == "tiff"),
        (PLACE_MOVED, TIFF_PLACE in further and output.format == "tiff", same_size),
    ):
        if block and not held:
            told.append(sentence.format(able.title))
    return tuple(told)


def _exif_fits(exif: bytes | None, kind: str) -> bool:
    if not exif:
        return True
    return jpeg_holds(exif, EXIF_PREFIX) if kind == "jpeg" else kind != "tiff" or tiff_holds(exif)
