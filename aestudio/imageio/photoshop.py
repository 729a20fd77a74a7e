"""Photoshop files: what they say of themselves, and the merged picture inside.

Adobe Photoshop File Formats Specification.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from aestudio.imageio.containers import Header, block, image_resources, take, without_prefix
from aestudio.imageio.decoders import ForeignColoursError, ForeignCompressionError, OiioRows, WholeRows
from aestudio.imageio.sources import Source, cmyk_source, more_channels, oiio_source, within

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.imageio.picture import Array

_PALETTE, _CMYK, _DUOTONE, _LAB = 2, 4, 8, 9
_TYPES = {8: ">u1", 16: ">u2", 32: ">f4"}


def open_psd(path: Path, limit: int) -> Source:
    """Return the merged picture of a file of at most ``limit`` pixels."""
    with path.open("rb") as file:
        header = read_psd(file)
    within(header.width, header.height, limit)
    if header.photometric == _LAB:
        raise ForeignColoursError("CIE Lab")
    if header.photometric == _DUOTONE:
        raise ForeignColoursError("duotone")
    header.palette = header.photometric == _PALETTE
    if header.photometric == _CMYK:
        return _of_inks(path, header)
    source = oiio_source(path, "psd", header, limit)
    if not isinstance(source.rows, OiioRows):
        return source
    known = source.rows.spec.nchannels
    if header.bits == 32:
        source.linear = True
    elif not header.palette and header.alpha and header.components > source.channels and header.bits in _TYPES:
        # OpenImageIO knows no transparent grey, and where it takes white off a colour it does not hold the result
        # within 0 and full scale: dark colours come round as white
        source.has_alpha, known = True, max(known, source.channels + 1)
        source.rows.close()
        count = source.channels + 1
        source.rows = WholeRows(lambda: _without_white(_planes(path, header, count)))
    if not header.palette:
        source.notes += more_channels(header.components - known)
    return source


def read_psd(source: BinaryIO) -> Header:
    """Return what a file's header, its image resources and the number of its layers say."""
    found = Header()
    head = take(source, 26)
    found.components, found.height, found.width, found.bits, mode = struct.unpack(">HIIHH", head[12:])
    found.photometric = mode
    _skip(source, 4)
    for number, data in image_resources(block(source, struct.unpack(">I", take(source, 4))[0])):
        if number == 1039:
            found.icc = data
        elif number == 1058:
            found.exif = without_prefix(data)
        elif number == 1060:
            found.xmp = data
        elif number == 1028:
            found.iptc = data
        elif number == 1005 and len(data) >= 16:
            across, _, _, down = struct.unpack_from(">iHHi", data)
            found.dpi = (across / 65536, down / 65536) if across > 0 and down > 0 else None
    wide = 8 if head[5] == 2 else 4
    if int.from_bytes(source.read(wide), "big"):
        source.seek(wide, os.SEEK_CUR)
        # "If it is a negative number, ... the first alpha channel contains the transparency data for the merged result"
        found.alpha = int.from_bytes(source.read(2), "big", signed=True) < 0
    return found


def _of_inks(path: Path, header: Header) -> Source:
    dtype = np.dtype(_TYPES.get(header.bits, ">u1")).newbyteorder("=")

    def inks() -> Array:
        # Photoshop stores paper as full scale; OpenImageIO takes the black of four inks for transparency.
        stored = _planes(path, header, 4)
        return 1.0 - stored if stored.dtype == np.float32 else np.iinfo(stored.dtype).max - stored

    source = cmyk_source(path, "psd", header, dtype, 1, inks)
    source.notes += more_channels(header.components - 4)
    return source


def _planes(path: Path, header: Header, count: int) -> Array:
    """Return the first ``count`` planes (H, W, count) of the merged picture as they are stored.

    "Image Data Section": raw planes, or rows by PackBits after a table of their lengths.
    """
    import imagecodecs

    kind: np.dtype[Any] = np.dtype(_TYPES.get(header.bits, ">u1"))
    row = header.width * kind.itemsize
    with path.open("rb") as file:
        large = take(file, 6)[5] == 2
        file.seek(26)
        for width in (4, 4, 8 if large else 4):
            _skip(file, width)
        packing = int.from_bytes(take(file, 2), "big")
        if packing == 0:
            data = take(file, count * header.height * row)
        elif packing == 1:
            number = np.dtype(">u4" if large else ">u2")
            table = take(file, header.components * header.height * number.itemsize)
            lengths = np.frombuffer(table, number)[: count * header.height]
            rows = [imagecodecs.packbits_decode(take(file, int(length)), out=row) for length in lengths]
            data = b"".join(bytes(packed).ljust(row, b"\0") for packed in rows)
        else:
            raise ForeignCompressionError
    planes = np.frombuffer(data, kind).reshape(count, header.height, header.width)
    return np.ascontiguousarray(planes.transpose(1, 2, 0)).astype(kind.newbyteorder("="))


def _skip(source: BinaryIO, width: int) -> None:
    """Go past a section that begins with its length in so many bytes."""
    source.seek(int.from_bytes(take(source, width), "big"), os.SEEK_CUR)


def _without_white(planes: Array) -> Array:
    """Return colours and alpha (H, W, C), integers, of colours that were laid over white, as Photoshop stores them."""
    full = np.iinfo(planes.dtype).max
    out, cover = planes.copy(), planes[..., -1].astype(np.float32)
    soft = (cover > 0) & (cover < full)
    alpha = cover[soft][:, None]
    light = (planes[soft][:, :-1].astype(np.float32) - (full - alpha)) * (full / alpha)
    out[soft, :-1] = np.clip(np.rint(light), 0, full).astype(planes.dtype)
    return out
