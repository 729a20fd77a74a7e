"""What picture files say before their pixels: sizes, and ICC, EXIF, XMP and IPTC as they lie there.

The pixel libraries lose or rewrite these blocks (maker notes above all), so they are taken from
the containers themselves. Nothing here decodes a pixel; every size read from a file is bounded.
"""

from __future__ import annotations

import contextlib
import os
import re
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from aestudio.imageio import exif as exif_blocks
from aestudio.imageio import extras, profiles, stacks

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST_BLOCK = 1 << 26
EXIF_PREFIX = b"Exif\0\0"
XMP_PREFIX = b"http://ns.adobe.com/xap/1.0/\0"
XMP_EXTENSION_PREFIX = b"http://ns.adobe.com/xmp/extension/\0"
ICC_PREFIX = b"ICC_PROFILE\0"
PHOTOSHOP_PREFIX = b"Photoshop 3.0\0"
MPF_PREFIX = b"MPF\0"
GAIN_MAP_PREFIX = b"urn:iso:std:iso:ts:21496:-1\0"
UUID_EXIF = b"JpgTiffExif->JP2"
UUID_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
UUID_IPTC = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
_EXTENSION_GUID = re.compile(rb"""HasExtendedXMP(?:\s*=\s*["']|\s*>\s*)([0-9A-Fa-f]{32})""")
# What TIFF 6.0 calls grey that is stored as a negative, among its photometric interpretations.
WHITE_IS_ZERO = 0
# Blocks that JPEG alone knows: the part of XMP that outgrew its segment, and what a person or a program wrote.
JPEG_LONG_XMP, JPEG_COMMENT = "jpeg:xmp-extended", "jpeg:comment"
TIFF_PLACE = "tiff:place"
_NO_DATA = 42113  # GDAL's, a number in words
_IMAGE_DEPTH = 32997  # how many slices of a volume lie behind one another
# PNG blocks that say how its numbers are to be shown, or what a person wrote; kept for PNG only.
PNG_KEPT = (b"cICP", b"gAMA", b"cHRM", b"sRGB", b"mDCV", b"cLLI", b"tEXt", b"zTXt", b"iTXt", b"tIME")


class ContainerError(ValueError):
    """A file whose structure breaks off or contradicts itself."""


@dataclass
class Header:
    """What a container says: its size as stored, and its blocks. Zero or None where it does not say.

    ``left_out`` says in sentences what else it holds that is not read; ``missing`` is the number that stands for no
    value, in a TIFF whose samples are of a ``sample_format`` (1: unsigned integers, 3: floats).
    """

    width: int = 0
    height: int = 0
    components: int = 0
    bits: int = 8
    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    dpi: tuple[float, float] | None = None
    extra: list[tuple[str, bytes]] = field(default_factory=list)
    frames: int = 1
    lossless: bool = True
    palette: bool = False
    photometric: int | None = None
    compression: int = 1
    alpha: bool = False
    associated: bool = False
    left_out: list[str] = field(default_factory=list)
    sample_format: int = 1
    missing: float | None = None


def take(source: BinaryIO, length: int) -> bytes:
    """Return exactly ``length`` bytes or raise ContainerError."""
    data = source.read(length)
    if len(data) != length:
        raise ContainerError("it ends in the middle of its header")
    return data


def block(source: BinaryIO, length: int) -> bytes:
    """Return exactly ``length`` bytes of metadata or raise ContainerError, also for more than any file has."""
    if length > _LARGEST_BLOCK:
        raise ContainerError("it has an implausibly large metadata block")
    return take(source, length)


def inflate(data: bytes) -> bytes | None:
    """Return ``data`` inflated, or None where it is damaged or would become implausibly large."""
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(data, _LARGEST_BLOCK)
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else out


def without_prefix(block: bytes | None) -> bytes | None:
    """Return an EXIF block without the prefix that some writers leave on it."""
    if block and block.startswith(EXIF_PREFIX):
        block = block[len(EXIF_PREFIX) :]
    return block or None


def extension_guid(xmp: bytes | None) -> bytes | None:
    """Return the name (32 digits) by which a packet calls what it has beyond one JPEG segment, or None."""
    named = _EXTENSION_GUID.search(xmp or b"")
    return named[1] if named else None


def read_jpeg(source: BinaryIO) -> Header:
    """Return what a JPEG's segments say, up to its first scan."""
    found = Header(lossless=False)
    icc: dict[int, bytes] = {}
    extensions: dict[bytes, dict[int, bytes]] = {}
    photoshop = b""
    pictures, gain_map = 0, False
    take(source, 2)
    while True:
        marker = take(source, 1)
        if marker != b"\xff":
            continue
        while marker == b"\xff":
            marker = take(source, 1)
        code = marker[0]
        if code in (0x00, 0x01) or 0xD0 <= code <= 0xD8:
            continue
        if code in (0xDA, 0xD9):
            break
        length = struct.unpack(">H", take(source, 2))[0]
        if length < 2:
            raise ContainerError("one of its segments has no length")
        data = take(source, length - 2)
        if 0xC0 <= code <= 0xCF and code not in (0xC4, 0xC8, 0xCC):
            if len(data) < 6:
                raise ContainerError("its frame header is too short")
            found.bits, found.height, found.width, found.components = struct.unpack_from(">BHHB", data)
        elif code == 0xE0 and data.startswith(b"JFIF\0") and len(data) >= 12:
            unit, across, down = struct.unpack_from(">BHH", data, 7)
            if unit in (1, 2) and across and down:
                scale = 1.0 if unit == 1 else 2.54
                found.dpi = (across * scale, down * scale)
        elif code == 0xE1 and data.startswith(EXIF_PREFIX):
            found.exif = found.exif or data[len(EXIF_PREFIX) :]
        elif code == 0xE1 and data.startswith(XMP_PREFIX):
            found.xmp = found.xmp or data[len(XMP_PREFIX) :]
        elif code == 0xE1 and data.startswith(XMP_EXTENSION_PREFIX) and len(data) > len(XMP_EXTENSION_PREFIX) + 40:
            guid, _, place = struct.unpack_from(">32sII", data, len(XMP_EXTENSION_PREFIX))
            extensions.setdefault(guid, {})[place] = data[len(XMP_EXTENSION_PREFIX) + 40 :]
        elif code == 0xE2 and data.startswith(ICC_PREFIX):
            icc[data[len(ICC_PREFIX)]] = data[len(ICC_PREFIX) + 2 :]
        elif code == 0xE2 and data.startswith(MPF_PREFIX):
            pictures = extras.further_pictures(data[len(MPF_PREFIX) :])
        elif code == 0xE2 and data.startswith(GAIN_MAP_PREFIX):
            gain_map = True
        elif code == 0xED and data.startswith(PHOTOSHOP_PREFIX):
            photoshop += data[len(PHOTOSHOP_PREFIX) :]
        elif code == 0xFE and data:
            found.extra.append((JPEG_COMMENT, data))
    found.left_out = extras.of_jpeg(found.xmp or b"", pictures, gain_map)
    if icc:
        found.icc = b"".join(icc[i] for i in sorted(icc))
    if extensions:
        # only the one that the packet names belongs to it; its parts may come in any order (XMP part 3, 1.1.3.1)
        parts = extensions.get(extension_guid(found.xmp) or b"") or next(iter(extensions.values()))
        found.extra.append((JPEG_LONG_XMP, b"".join(parts[place] for place in sorted(parts))))
    found.iptc = dict(image_resources(photoshop)).get(0x0404)
    return found


def image_resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (number, bytes) of Photoshop image resource blocks; stops where they break off."""
    at = 0
    while data[at : at + 4] == b"8BIM" and at + 12 <= len(data):
        number = struct.unpack_from(">H", data, at + 4)[0]
        name = data[at + 6] + 1
        at += 6 + name + name % 2
        if at + 4 > len(data):
            return
        length = struct.unpack_from(">I", data, at)[0]
        yield number, data[at + 4 : at + 4 + length]
        at += 4 + length + length % 2


def read_png(source: BinaryIO) -> Header:
    """Return what a PNG's chunks say. Walks to the end, so that a cut-off file is noticed."""
    found = Header()
    take(source, 8)
    end = source.seek(0, os.SEEK_END)
    source.seek(8)
    while True:
        length, kind = struct.unpack(">I4s", take(source, 8))
        if kind == b"IEND":
            break
        if kind == b"IHDR":
            data = take(source, 13)
            found.width, found.height, found.bits, colour = struct.unpack_from(">IIBB", data)
            found.palette = colour == 3
            found.components = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}.get(colour, 3)
            found.alpha = colour in (4, 6)
            source.seek(-13, os.SEEK_CUR)
        elif kind == b"tRNS":
            found.alpha = True
        elif kind == b"acTL":
            found.frames = max(1, struct.unpack(">I", take(source, 4))[0])
            source.seek(-4, os.SEEK_CUR)
        if kind in (b"iCCP", b"eXIf", b"pHYs", *PNG_KEPT):
            _png_block(found, kind, block(source, length))
            source.seek(4, os.SEEK_CUR)
        elif source.seek(length + 4, os.SEEK_CUR) > end:
            raise PictureEndsEarly(found)
    found.icc = found.icc or profiles.png_profile(found.extra, 3 if found.components >= 3 else 1)
    curve = dict(found.extra).get("png:cICP", b"")[1:2]
    if curve and curve[0] in profiles.HDR_CURVES:
        found.left_out.append(profiles.HDR.format(profiles.HDR_CURVES[curve[0]]))
    return found


class PictureEndsEarly(ContainerError):
    """The pixels break off, but ``header`` was read: its size may matter more than the break."""

    def __init__(self, header: Header) -> None:
        super().__init__("it breaks off in the middle")
        self.header = header


def _png_block(found: Header, kind: bytes, data: bytes) -> None:
    if kind == b"iCCP":
        _, _, rest = data.partition(b"\0")
        found.icc = inflate(rest[1:])
    elif kind == b"eXIf":
        found.exif = without_prefix(data)
    elif kind == b"pHYs":
        if len(data) >= 9 and data[8] == 1:
            across, down = struct.unpack_from(">II", data)
            found.dpi = (across * 0.0254, down * 0.0254)
    elif kind == b"iTXt" and data.startswith(b"XML:com.adobe.xmp\0"):
        packed, rest = data[18:19] == b"\1", data[20:]
        text = rest.split(b"\0", 2)[-1]  # language and translated keyword come first
        found.xmp = inflate(text) if packed else text
    elif kind in (b"zTXt", b"tEXt") and data.startswith(b"Raw profile type "):
        name, _, rest = data[17:].partition(b"\0")
        block = _raw_profile((inflate(rest[1:]) or b"") if kind == b"zTXt" else rest)
        if name in (b"exif", b"APP1") and block and block.startswith(EXIF_PREFIX):
            found.exif = found.exif or without_prefix(block)
        elif name == b"iptc" and block:
            found.iptc = dict(image_resources(block)).get(0x0404, None if block[:4] == b"8BIM" else block)
        elif name == b"xmp":
            found.xmp = found.xmp or block
    else:
        found.extra.append((f"png:{kind.decode('ascii')}", data))


def _raw_profile(text: bytes) -> bytes | None:
    """Return the bytes of ImageMagick's hexadecimal text (name, length, digits), or None."""
    parts = text.split(None, 2)
    try:
        return bytes.fromhex(parts[2].decode("ascii")) if len(parts) == 3 else None
    except (ValueError, UnicodeDecodeError):
        return None


def read_webp(source: BinaryIO) -> Header:
    """Return what a WebP's RIFF chunks say."""
    found = Header(lossless=False, components=3)
    head = take(source, 12)
    end = struct.unpack_from("<I", head, 4)[0] + 8
    while source.tell() + 8 <= end:
        kind, length = struct.unpack("<4sI", take(source, 8))
        if kind in (b"ICCP", b"EXIF", b"XMP "):
            data = block(source, length)
            source.seek(length % 2, os.SEEK_CUR)
            if kind == b"ICCP":
                found.icc = data
            elif kind == b"EXIF":
                found.exif = without_prefix(data)
            else:
                found.xmp = data
            continue
        if kind == b"VP8L":
            found.lossless = True
        elif kind == b"ANMF":
            found.frames += 1
            if length >= 24 and found.frames == 2:
                # behind 16 bytes about its place and time, a frame is chunks itself: alpha, then the colours
                inner = source.read(24)
                first = inner[16:20]
                if first == b"ALPH":
                    skipped = int.from_bytes(inner[20:24], "little")
                    source.seek(skipped + skipped % 2, os.SEEK_CUR)
                    first = source.read(4)
                    source.seek(-4 - skipped - skipped % 2, os.SEEK_CUR)
                found.lossless = first == b"VP8L"
                source.seek(-24, os.SEEK_CUR)
        source.seek(length + length % 2, os.SEEK_CUR)
    found.frames = max(1, found.frames - 1)
    return found


def read_tiff(source: BinaryIO) -> Header:
    """Return what the main directory of a TIFF says, its EXIF rebuilt as a block of its own."""
    found = Header()
    layout, first = exif_blocks.open_layout(source)
    entries, following = exif_blocks.read_directory(source, layout, first)

    def numbers(tag: int) -> tuple[int, ...]:
        return exif_blocks.integers(source, layout, entries[tag]) if tag in entries else ()

    def blob(tag: int) -> bytes | None:
        return exif_blocks.value(source, entries[tag]) if tag in entries else None

    found.width, found.height = (numbers(256) or (0,))[0], (numbers(257) or (0,))[0]
    found.components = (numbers(277) or (1,))[0]
    found.bits = (numbers(258) or (1,))[0]
    found.photometric = (numbers(262) or (1,))[0]
    found.palette = found.photometric == 3
    extra = numbers(338)
    found.alpha, found.associated = any(k in (1, 2) for k in extra), 1 in extra
    found.compression = (numbers(259) or (1,))[0]
    found.lossless = found.compression not in (6, 7, 34892, 50001, 50002, 33003, 33005, 34712)
    found.icc, found.xmp, found.iptc = blob(34675), blob(700), blob(33723)
    resources = blob(34377)
    if found.iptc is None and resources:
        found.iptc = dict(image_resources(resources)).get(0x0404)
    if 282 in entries and 283 in entries and (numbers(296) or (2,))[0] in (2, 3):
        scale = 2.54 if numbers(296)[:1] == (3,) else 1.0
        pairs = [struct.unpack(layout.order + "II", (blob(tag) or b"").ljust(8, b"\0")[:8]) for tag in (282, 283)]
        if all(a and b for a, b in pairs):
            found.dpi = (pairs[0][0] / pairs[0][1] * scale, pairs[1][0] / pairs[1][1] * scale)
    found.exif = exif_blocks.blob_from_tiff(source, layout, entries)
    if (place := exif_blocks.geographic_blob(source, layout, entries)) is not None:
        found.extra.append((TIFF_PLACE, place))
    found.sample_format = (numbers(339) or (1,))[0]
    with contextlib.suppress(ValueError):
        found.missing = float((blob(_NO_DATA) or b"nan").rstrip(b"\0 "))
    # pictures with a single directory lie behind one another: so many as ImageDepth or a description says
    told = exif_blocks.read_tree(source, layout, entries, frozenset({stacks.DESCRIPTION})).get(stacks.DESCRIPTION)
    counted = stacks.pictures(told.data if told else b"", found.width, found.height, found.components)
    frame = found.width * found.height * found.components * found.bits // 8
    behind = counted if (numbers(273) or (0,))[0] + counted * frame <= _end(source) else 1
    found.frames = max(1 + exif_blocks.count_pages(source, layout, following), *numbers(_IMAGE_DEPTH), behind)
    if exif_blocks.ORIENTATION in entries and found.exif is None:
        found.extra.append(("tiff:orientation", bytes([(numbers(exif_blocks.ORIENTATION) or (1,))[0] & 255])))
    return found


def boxes(source: BinaryIO, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield (type, start of content, length of content) of ISO base media boxes up to offset ``end``."""
    at = source.tell()
    while at + 8 <= end:
        source.seek(at)
        length, kind = struct.unpack(">I4s", take(source, 8))
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", take(source, 8))[0], 16
        elif length == 0:
            length = end - at
        if length < head:
            raise ContainerError("one of its boxes has no length")
        yield kind, at + head, min(length, end - at) - head
        at += length


def _end(source: BinaryIO) -> int:
    here = source.tell()
    end = source.seek(0, os.SEEK_END)
    source.seek(here)
    return end


def read_jp2(source: BinaryIO) -> Header:
    """Return what a JPEG 2000 file's boxes say (a bare codestream: its size only)."""
    found = Header(lossless=True)
    if take(source, 4) == b"\xff\x4f\xff\x51":
        head = take(source, 39)
        right, bottom, left, top = struct.unpack_from(">IIII", head, 4)
        found.width, found.height = right - left, bottom - top
        found.components, depth = struct.unpack_from(">HB", head, 36)
        found.bits = (depth & 127) + 1
        return found
    source.seek(0)
    for kind, start, length in boxes(source, _end(source)):
        if kind == b"jp2h":
            source.seek(start)
            for inner, at, size in boxes(source, start + length):
                source.seek(at)
                if inner == b"ihdr":
                    found.height, found.width, found.components, bits = struct.unpack(">IIHB", take(source, 11))
                    found.bits = 16 if bits == 255 else (bits & 127) + 1
                elif inner == b"colr":
                    data = block(source, size)
                    if data[:1] in (b"\2", b"\3"):
                        found.icc = found.icc or data[3:]
                elif inner == b"pclr":
                    found.palette = True
        elif kind == b"uuid" and length >= 16:
            source.seek(start)
            name = take(source, 16)
            if name in (UUID_EXIF, UUID_XMP, UUID_IPTC):
                data = block(source, length - 16)
                if name == UUID_EXIF:
                    found.exif = without_prefix(data)
                elif name == UUID_XMP:
                    found.xmp = data
                else:
                    found.iptc = data
    return found
