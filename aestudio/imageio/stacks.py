"""What the description of a microscope's TIFF says of a stack: how many pictures, and what is true of one of them.

Readers of that field believe a description more than the directories beside it: ImageJ's lines, OME-XML (Open
Microscopy Environment, schema 2016-06), and the shape that tifffile notes.
"""

from __future__ import annotations

import json
import math
import re
import struct
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio.imageio import exif as exif_blocks
from aestudio.imageio.exif import DirectoryError, Field, Layout, Tree

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

DESCRIPTION = 270
_ACROSS, _DOWN = 282, 283
_IMAGEJ, _SHAPED = b"ImageJ=", b'{"shape":'
_OME = re.compile(rb"<(?:\w+:)?OME\b")
_OME_PIXELS = re.compile(rb"<(?:\w+:)?Pixels\b[^<>]*>")
_OME_TYPES = {"uint8": b"uint8", "uint16": b"uint16", "float32": b"float"}
_COUNTS = (b"images", b"channels", b"slices", b"frames")
# What ImageJ says of the pictures of a stack among each other, and what it says of stored values.
_OF_A_STACK = frozenset(
    {*_COUNTS, b"hyperstack", b"mode", b"loop", b"spacing", b"zunit", b"zorigin", b"fps", b"finterval", b"tunit"}
)
_OF_VALUES = re.compile(rb"min|max|cf|c\d+|vunit")
_ORIGINS = {b"xorigin": 0, b"yorigin": 1}


def pictures(description: bytes, width: int, height: int, planes: int) -> int:
    """Return how many pictures of ``width`` x ``height`` x ``planes`` samples a description counts, at least 1."""
    description = description.rstrip(b"\0")
    if description.startswith(_IMAGEJ):
        return max(1, _count(_lines(description), b"images"))
    shape = _shape(description)
    return max(1, math.prod(shape) // max(1, width * height * planes))


def _lines(description: bytes) -> list[tuple[bytes, bytes]]:
    return [(name.strip(), said) for name, _, said in (line.partition(b"=") for line in description.split(b"\n"))]


def _count(lines: list[tuple[bytes, bytes]], name: bytes) -> int:
    said = dict(lines).get(name, b"").strip()
    return int(said) if said.isdigit() and len(said) < 10 else 1


def _noted(description: bytes) -> dict[str, Any] | None:
    """Return what tifffile noted, or None where that is damaged or none of its notes."""
    if not description.startswith(_SHAPED):
        return None
    try:
        noted = json.loads(description)
    except (ValueError, RecursionError):
        return None
    shape = noted.get("shape") if isinstance(noted, dict) else None
    whole = isinstance(shape, list) and len(shape) < 32 and all(type(n) is int and n > 0 for n in shape)
    return noted if whole else None


def _shape(description: bytes) -> tuple[int, ...]:
    noted = _noted(description)
    return tuple(noted["shape"]) if noted else ()


def of_one(
    blob: bytes, was: tuple[int, int], size: tuple[int, int], planes: int, stored: DTypeLike, written: DTypeLike
) -> bytes:
    """Return an EXIF block whose description is true of one picture; any other block byte for byte.

    ``was`` and ``size`` are the width and height of the source and of the picture, which has ``planes`` samples a pixel
    of the dtype ``written`` (the source's are ``stored``). A description of which no part is sure to be true is left
    out, see :func:`left_out`. ImageJ's calibration lies in the resolution, which follows the size.
    """
    try:
        layout, tree = exif_blocks.blob_tree(blob)
    except (DirectoryError, struct.error):
        return blob
    said = _said(tree)
    kept = _true_part(said, was, size, planes, np.dtype(stored).name, np.dtype(written).name)
    calibrated = said.startswith(_IMAGEJ) and b"unit" in dict(_lines(said)) and was != size
    if kept == said and not calibrated:
        return blob
    if kept is None:
        del tree[DESCRIPTION]
    else:
        tree[DESCRIPTION] = Field(2, len(kept) + 1, kept + b"\0")
    if calibrated:
        for tag, before, after in zip((_ACROSS, _DOWN), was, size, strict=True):
            _scale(tree, tag, Fraction(after, before), layout)
    return exif_blocks.block_of(tree, layout)


def _said(tree: Tree) -> bytes:
    return tree[DESCRIPTION].data.rstrip(b"\0") if DESCRIPTION in tree else b""


def left_out(before: bytes | None, after: bytes | None) -> bool:
    """Tell whether the block ``before`` has a description and the block ``after``, made of it, has none."""
    if not before or not after or before == after:
        return False
    try:
        return DESCRIPTION in exif_blocks.blob_tree(before)[1] and DESCRIPTION not in exif_blocks.blob_tree(after)[1]
    except (DirectoryError, struct.error):
        return False


def _true_part(
    said: bytes, was: tuple[int, int], size: tuple[int, int], planes: int, stored: str, written: str
) -> bytes | None:
    """Return what is true of one picture, or None where that is not sure of any part."""
    if said.startswith(_IMAGEJ):
        return _imagej(said, was, size, stored == written)
    if said.startswith(_SHAPED):
        noted = _noted(said)
        if noted is None:
            return None
        shape = [size[1], size[0]] + [planes] * (planes > 1)
        if noted["shape"] in (shape, [size[1], size[0], planes]):
            return said
        rest = {name: told for name, told in noted.items() if name not in ("shape", "axes", "truncate")}
        return json.dumps({"shape": shape, **rest}).encode("ascii")
    if _OME.search(said):
        return said if _ome_is_true(said, size, planes, written) else None
    return said


def _imagej(said: bytes, was: tuple[int, int], size: tuple[int, int], same_values: bool) -> bytes:
    lines = _lines(said)
    stack = any(_count(lines, name) > 1 for name in _COUNTS)
    kept = []
    for line, (name, told) in zip(said.split(b"\n"), lines, strict=True):
        if stack and name == b"images":
            kept.append(b"images=1")
        elif (stack and name in _OF_A_STACK) or (not same_values and _OF_VALUES.fullmatch(name)):
            continue
        elif name in _ORIGINS and was != size:
            axis = _ORIGINS[name]
            try:
                kept.append(name + b"=%.10g" % (float(told) * size[axis] / was[axis]))
            except ValueError:
                continue
        else:
            kept.append(line)
    return b"\n".join(kept)


def _ome_is_true(said: bytes, size: tuple[int, int], planes: int, written: str) -> bool:
    """Tell whether OME-XML is of one picture of this size and kind that lies in its own file."""
    found = _OME_PIXELS.findall(said)
    if len(found) != 1 or b"FileName=" in said:
        return False
    told = dict(re.findall(rb'(\w+)\s*=\s*"([^"]*)"', found[0]))
    counts = {b"SizeX": size[0], b"SizeY": size[1], b"SizeC": planes, b"SizeZ": 1, b"SizeT": 1}
    return told.get(b"Type") == _OME_TYPES.get(written) and all(
        told.get(name) == b"%d" % count for name, count in counts.items()
    )


def _scale(tree: Tree, tag: int, ratio: Fraction, layout: Layout) -> None:
    """Multiply a resolution in ``tree``, as near as a pair of 32 bits comes."""
    found = tree.get(tag)
    if found is None or (found.type, found.count) != (5, 1):
        return
    over, under = struct.unpack(layout.order + "II", found.data)
    scaled = Fraction(over, under or 1) * ratio
    if not under or not 0 < scaled < 2**31:
        return
    near = scaled.limit_denominator(max(1, min(10**6, int(2**31 / scaled))))
    tree[tag] = Field(5, 1, struct.pack(layout.order + "II", near.numerator, near.denominator))
