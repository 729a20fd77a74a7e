"""HEIC, AVIF and JPEG XL: what their boxes and headers say, without decoding a pixel.

ISO/IEC 23008-12 (HEIF: items and their properties) and ISO/IEC 18181 (JPEG XL: size header).
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from aestudio.imageio import extras, profiles
from aestudio.imageio.containers import ContainerError, Header, boxes, take, without_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST_BLOCK = 1 << 26
# Rotation (quarter turns anticlockwise) and then mirroring (None, top-bottom, left-right), as the
# EXIF orientation that asks for the same.
_TURNS = {
    (0, None): 1, (0, 0): 4, (0, 1): 2,
    (1, None): 8, (1, 0): 5, (1, 1): 7,
    (2, None): 3, (2, 0): 2, (2, 1): 4,
    (3, None): 6, (3, 0): 7, (3, 1): 5,
}  # fmt: skip


@dataclass
class _Items:
    """The parts of a HEIF ``meta`` box that lead to the primary picture and its metadata."""

    primary: int = 0
    kinds: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)  # type, content type
    extents: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    in_idat: set[int] = field(default_factory=set)
    idat: int = 0
    properties: list[tuple[bytes, bytes]] = field(default_factory=list)
    owners: dict[int, list[int]] = field(default_factory=dict)


class _Cursor:
    """Reads big-endian numbers out of a block."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def number(self, size: int) -> int:
        if self.at + size > len(self.data):
            raise ContainerError("one of its boxes ends early")
        out = int.from_bytes(self.data[self.at : self.at + size], "big")
        self.at += size
        return out


def _content(source: BinaryIO, start: int, length: int) -> bytes:
    if length > _LARGEST_BLOCK:
        raise ContainerError("one of its boxes is implausibly large")
    source.seek(start)
    return take(source, length)


def _inside(source: BinaryIO, start: int, length: int) -> Iterator[tuple[bytes, int, int]]:
    source.seek(start)
    yield from boxes(source, start + length)


def _read_items(source: BinaryIO, start: int, length: int) -> _Items:
    items = _Items()
    for kind, at, size in _inside(source, start + 4, length - 4):  # a version comes first
        if kind == b"idat":
            items.idat = at
        elif kind == b"iprp":
            for inner, where, count in _inside(source, at, size):
                if inner == b"ipco":
                    items.properties = [(k, _content(source, a, n)) for k, a, n in _inside(source, where, count)]
                elif inner == b"ipma":
                    _read_owners(items, _content(source, where, count))
        elif kind == b"iinf":
            skip = 8 if _content(source, at, 1)[0] else 6
            for inner, where, count in _inside(source, at + skip, size - skip):
                if inner == b"infe":
                    _read_kind(items, _content(source, where, count))
        elif kind == b"pitm":
            data = _content(source, at, size)
            items.primary = int.from_bytes(data[4 : 8 if data[0] else 6], "big")
        elif kind == b"iloc":
            _read_places(items, _content(source, at, size))
    return items


def _read_kind(items: _Items, data: bytes) -> None:
    cursor = _Cursor(data)
    version = cursor.number(4) >> 24
    if version < 2:
        return
    number = cursor.number(4 if version > 2 else 2)
    rest = data[cursor.at + 2 :]
    _, _, names = rest[4:].partition(b"\0")
    items.kinds[number] = (rest[:4], names.split(b"\0")[0])


def _read_owners(items: _Items, data: bytes) -> None:
    cursor = _Cursor(data)
    head = cursor.number(4)
    version, wide = head >> 24, head & 1
    for _ in range(cursor.number(4)):
        number = cursor.number(4 if version else 2)
        mask = 0x7FFF if wide else 0x7F
        items.owners[number] = [cursor.number(2 if wide else 1) & mask for _ in range(cursor.number(1))]


def _read_places(items: _Items, data: bytes) -> None:
    cursor = _Cursor(data)
    version = cursor.number(4) >> 24
    sizes = cursor.number(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    for _ in range(cursor.number(4 if version > 1 else 2)):
        number = cursor.number(4 if version > 1 else 2)
        if version and cursor.number(2) & 15 == 1:
            items.in_idat.add(number)
        cursor.number(2)
        base = cursor.number(base_size)
        places = []
        for _ in range(cursor.number(2)):
            cursor.number(index_size)
            offset = cursor.number(offset_size)
            places.append((base + offset, cursor.number(length_size)))
        items.extents[number] = places


def _item(source: BinaryIO, items: _Items, number: int) -> bytes:
    shift = items.idat if number in items.in_idat else 0
    places = items.extents.get(number, [])
    if sum(length for _, length in places) > _LARGEST_BLOCK:
        raise ContainerError("it has an implausibly large metadata block")
    return b"".join(_content(source, shift + at, length) for at, length in places)


def _check_items(items: _Items, end: int) -> None:
    """Raise ContainerError for items that lie outside the file or whose names are not text.

    Decoders have been seen to crash on them, and a crash would take the engine process along.
    """
    for number, names in items.kinds.items():
        shift = items.idat if number in items.in_idat else 0
        if any(shift + at + length > end for at, length in items.extents.get(number, [])):
            raise ContainerError("a part of it lies outside the file")
        if not all(32 <= byte < 127 for name in names for byte in name):
            raise ContainerError("the names of its parts are damaged")
    # pi-heif sizes its buffer by the depth in hvcC; where that is damaged, pixels overrun it.
    told = {bits for name, data in items.properties if name == b"pixi" for bits in data[5:]}
    coded = {
        (byte & 7) + 8 for name, data in items.properties if name == b"hvcC" and len(data) > 18 for byte in data[17:19]
    }
    if told and coded and not coded <= told:
        raise ContainerError("it contradicts itself about its depth")


def read_heif(source: BinaryIO) -> tuple[Header, int]:
    """Return what a HEIC or AVIF says of its primary picture, and the EXIF orientation its properties ask for.

    Colours that are named by numbers get the profile of that name. The size is as coded, before that orientation.
    Orientation inside EXIF has no meaning here.
    """
    end = source.seek(0, os.SEEK_END)
    source.seek(0)
    found, angle, mirror = Header(lossless=False, components=3), 0, None
    named = (0, 0)  # primaries and curve, where they are named by numbers
    for kind, start, length in boxes(source, end):
        if kind == b"moov":
            found.frames = 2  # a sequence; how many pictures, its tracks would say
        if kind != b"meta":
            continue
        items = _read_items(source, start, length)
        _check_items(items, end)
        for index in items.owners.get(items.primary, []):
            if not 0 < index <= len(items.properties):
                continue
            name, data = items.properties[index - 1]
            if name == b"ispe":
                found.width, found.height = struct.unpack_from(">II", data, 4)
            elif name == b"irot":
                angle = data[0] & 3
            elif name == b"imir":
                mirror = data[0] & 1
            elif name == b"colr" and data[:4] in (b"prof", b"rICC"):
                found.icc = data[4:]
            elif name == b"colr" and data[:4] == b"nclx":
                named = struct.unpack_from(">HH", data, 4)
        found.icc = found.icc or profiles.named_profile(*named)
        found.left_out = [profiles.HDR.format(profiles.HDR_CURVES[named[1]])] if named[1] in profiles.HDR_CURVES else []
        found.left_out += extras.of_heif([kind for kind, _ in items.kinds.values()], items.properties)
        for name, data in items.properties:
            if name == b"av1C" and len(data) >= 3:
                found.bits = max(found.bits, 12 if data[2] & 0x20 else 10 if data[2] & 0x40 else 8)
            elif name == b"auxC" and (b":alpha" in data or b"auxid:1" in data):
                found.alpha = True
        coded = [d for n, d in items.properties if n == b"av1C" and len(d) >= 3]
        if coded and all(d[2] & 0x10 for d in coded):
            found.components = 1
        for number, (name, content) in items.kinds.items():
            if name == b"Exif":
                block = _item(source, items, number)
                skip = 4 + int.from_bytes(block[:4], "big")
                found.exif = without_prefix(block[skip:]) if skip < len(block) else None
            elif name == b"mime" and content == b"application/rdf+xml":
                found.xmp = _item(source, items, number)
    return found, _TURNS[angle, mirror]


class _Bits:
    """Reads a JPEG XL header: least significant bit first."""

    def __init__(self, data: bytes) -> None:
        self._bits = int.from_bytes(data, "little")
        self._left = len(data) * 8

    def take(self, count: int) -> int:
        if count > self._left:
            raise ContainerError("its header ends early")
        out = self._bits & ((1 << count) - 1)
        self._bits >>= count
        self._left -= count
        return out

    def number(self, *choices: int | tuple[int, int]) -> int:
        """Return a number of one of four kinds: fixed, or of (so many bits, plus so much)."""
        choice = choices[self.take(2)]
        return choice if isinstance(choice, int) else self.take(choice[0]) + choice[1]

    def side(self, small: bool) -> int:
        if small:
            return (self.take(5) + 1) * 8
        return self.take((9, 13, 18, 30)[self.take(2)]) + 1


# Bytes that hold all of a JPEG XL's header that is read, with the names of some channels.
_JXL_HEAD = 4096
# Aspect ratios that a JPEG XL header has a short code for.
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}


def _read_size(bits: _Bits) -> tuple[int, int]:
    """Return (width, height) of a size header."""
    small = bool(bits.take(1))
    height = bits.side(small)
    ratio = bits.take(3)
    if ratio == 0:
        return bits.side(small), height
    across, down = _RATIOS[ratio]
    return height * across // down, height


def _start_codestream(found: Header, start: bytes) -> None:
    """Note what a codestream's start says (ISO/IEC 18181-1, 7.3 and annex D).

    That is the size, as stored (before orientation), whether more pictures follow, whether there is an alpha plane, and
    whether the colours are the picture's own numbers, or what an encoder that loses something made of them (XYB).
    """
    if start[:2] != b"\xff\x0a":
        raise ContainerError("its codestream does not begin as one")
    bits = _Bits(start[2:])
    found.width, found.height = _read_size(bits)
    if bits.take(1):  # no more than usual is said of the picture
        return
    if bits.take(1):
        bits.take(3)  # orientation
        if bits.take(1):
            _read_size(bits)  # the size to show it at
        if bits.take(1):  # a preview, whose header comes first
            return
        if bits.take(1):  # an animation
            found.frames = 2
            bits.number(100, 1000, (10, 1), (30, 1))  # ticks
            bits.number(1, 1001, (8, 1), (10, 1))  # of so many seconds
            bits.number(0, (3, 0), (16, 0), (32, 0))  # how often it plays
            bits.take(1)  # timecodes
    _skip_depth(bits)
    bits.take(1)  # whether 16 bits suffice for computing
    kinds = [_channel_kind(bits) for _ in range(bits.number(0, 1, (4, 2), (12, 1)))]
    found.alpha = _JXL_ALPHA in kinds
    found.lossless = not bits.take(1)


_JXL_ALPHA, _JXL_SPOT, _JXL_CFA = 0, 2, 5


def _skip_depth(bits: _Bits) -> None:
    if bits.take(1):  # floats
        bits.number(32, 16, 24, (6, 1))
        bits.take(4)
    else:
        bits.number(8, 10, 12, (6, 1))


def _channel_kind(bits: _Bits) -> int:
    """Return what a channel beside the colours is."""
    if bits.take(1):  # the usual: alpha of 8 bits
        return _JXL_ALPHA
    kind = bits.number(0, 1, (4, 2), (6, 18))
    _skip_depth(bits)
    bits.number(0, 3, 4, (3, 1))  # how much smaller it is
    for _ in range(bits.number(0, (4, 0), (5, 16), (10, 48))):
        bits.take(8)  # its name
    if kind == _JXL_ALPHA:
        bits.take(1)  # whether the colours are multiplied by it
    elif kind == _JXL_SPOT:
        bits.take(64)
    elif kind == _JXL_CFA:
        bits.number(1, (2, 0), (4, 3), (8, 19))
    return kind


def read_jxl(source: BinaryIO) -> Header:
    """Return a JPEG XL's size as stored, and its EXIF and XMP boxes (compressed ones too)."""
    found = Header(lossless=False)
    start = take(source, 2)
    source.seek(0)
    if start == b"\xff\x0a":
        _start_codestream(found, source.read(_JXL_HEAD))
        return found
    end = source.seek(0, os.SEEK_END)
    source.seek(0)
    recompressed = False
    for kind, at, length in boxes(source, end):
        if kind in (b"jxlc", b"jxlp") and not found.width:
            source.seek(at + 4 * (kind == b"jxlp"))
            _start_codestream(found, source.read(_JXL_HEAD))
        elif kind == b"jbrd":
            recompressed = True
        elif kind == b"jhgm":
            found.left_out.append(extras.GAIN_MAP)
        elif kind in (b"Exif", b"xml ", b"brob"):
            data, name = _content(source, at, length), kind
            if kind == b"brob":
                import imagecodecs

                name = data[:4]
                data = bytes(imagecodecs.brotli_decode(data[4:])) if name in (b"Exif", b"xml ") else b""
            if name == b"Exif" and len(data) > 4:
                found.exif = without_prefix(data[4 + int.from_bytes(data[:4], "big") :])
            elif name == b"xml ":
                found.xmp = data
    found.lossless = found.lossless and not recompressed  # a JPEG that can be had back
    return found
