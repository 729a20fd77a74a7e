"""ICC, EXIF, XMP and IPTC put into finished files, byte for byte, around pixels that stay as they are.

Each function streams a file that a pixel library wrote into a new one (TIFF: changes it in place)
and leaves out what that library added on its own.
"""

from __future__ import annotations

import hashlib
import math
import shutil
import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO

from aestudio.imageio import exif as exif_blocks
from aestudio.imageio.containers import (
    EXIF_PREFIX,
    ICC_PREFIX,
    JPEG_COMMENT,
    JPEG_LONG_XMP,
    PHOTOSHOP_PREFIX,
    TIFF_PLACE,
    UUID_EXIF,
    UUID_IPTC,
    UUID_XMP,
    XMP_EXTENSION_PREFIX,
    XMP_PREFIX,
    ContainerError,
    boxes,
    extension_guid,
    take,
)
from aestudio.imageio.exif import Field, Layout, Tree

if TYPE_CHECKING:
    from aestudio.imageio.picture import Metadata

JPEG_SEGMENT = 65533  # bytes that one segment holds
_PIXEL_TAGS = frozenset({254, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 317, 322, 323, 324, 325, 338, 339})
_PNG_PIXELS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


def jpeg_holds(block: bytes, prefix: bytes) -> bool:
    """Tell whether ``block`` fits one JPEG segment."""
    return len(prefix) + len(block) <= JPEG_SEGMENT


def _segment(code: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, code, len(data) + 2) + data


def _resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2)


def _jpeg_segments(metadata: Metadata) -> bytes:
    out = bytearray()
    if metadata.exif and jpeg_holds(metadata.exif, EXIF_PREFIX):
        out += _segment(0xE1, EXIF_PREFIX + metadata.exif)
    if metadata.xmp and jpeg_holds(metadata.xmp, XMP_PREFIX):
        out += _segment(0xE1, XMP_PREFIX + metadata.xmp)
        extension = dict(metadata.extra).get(JPEG_LONG_XMP)
        if extension:
            # readers look for the name that the packet says
            digest = hashlib.md5(extension, usedforsecurity=False).hexdigest().upper().encode("ascii")
            guid = extension_guid(metadata.xmp) or digest
            for at in range(0, len(extension), 65400):
                place = guid + struct.pack(">II", len(extension), at)
                out += _segment(0xE1, XMP_EXTENSION_PREFIX + place + extension[at : at + 65400])
    if metadata.icc:
        size = JPEG_SEGMENT - len(ICC_PREFIX) - 2
        count = math.ceil(len(metadata.icc) / size)
        for i in range(count if count < 256 else 0):
            out += _segment(0xE2, ICC_PREFIX + bytes([i + 1, count]) + metadata.icc[i * size : (i + 1) * size])
    if metadata.iptc:
        block, size = _resource(0x0404, metadata.iptc), JPEG_SEGMENT - len(PHOTOSHOP_PREFIX)
        for at in range(0, len(block), size):
            out += _segment(0xED, PHOTOSHOP_PREFIX + block[at : at + size])
    for name, comment in metadata.extra:
        if name == JPEG_COMMENT:
            out += _segment(0xFE, comment)
    return bytes(out)


def jpeg_start(metadata: Metadata) -> bytes:
    """Return the first bytes of a JPEG, up to where its tables come: JFIF's density and all blocks that fit."""
    across, down = metadata.dpi or (0.0, 0.0)
    fits = 0.5 <= across < 65535 and 0.5 <= down < 65535
    density = (1, round(across), round(down)) if fits else (0, 1, 1)
    jfif = b"JFIF\0\1\1" + struct.pack(">BHHBB", *density, 0, 0)
    return b"\xff\xd8" + _segment(0xE0, jfif) + _jpeg_segments(metadata)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _raw_profile(name: bytes, data: bytes) -> bytes:
    digits = data.hex().encode("ascii")
    lines = b"\n".join(digits[i : i + 72] for i in range(0, len(digits), 72))
    text = b"\n%s\n%8d\n%s\n" % (name, len(data), lines)
    return _chunk(b"zTXt", b"Raw profile type " + name + b"\0\0" + zlib.compress(text))


def _png_chunks(metadata: Metadata) -> bytes:
    kept = [(name[4:].encode("ascii"), data) for name, data in metadata.extra if name.startswith("png:")]
    out = bytearray()
    for kind, data in kept:
        if kind != b"sRGB" or not metadata.icc:  # the two together are not allowed
            out += _chunk(kind, data)
    if metadata.icc:
        out += _chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(metadata.icc))
    if metadata.dpi:
        across, down = (min(2**31 - 1, max(0, round(d / 0.0254))) for d in metadata.dpi)
        out += _chunk(b"pHYs", struct.pack(">IIB", across, down, 1))
    if metadata.exif:
        out += _chunk(b"eXIf", metadata.exif)
    if metadata.xmp:
        out += _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + metadata.xmp)
    if metadata.iptc:
        out += _raw_profile(b"iptc", _resource(0x0404, metadata.iptc))
    return bytes(out)


def embed_png(source: BinaryIO, target: BinaryIO, metadata: Metadata) -> None:
    """Copy a PNG with ``metadata`` after its header and the encoder's own chunks left out."""
    target.write(take(source, 8))
    while True:
        head = take(source, 8)
        length, kind = struct.unpack(">I4s", head)
        data = take(source, length + 4)
        if kind in _PNG_PIXELS:
            target.write(head)
            target.write(data)
        if kind == b"IHDR":
            target.write(_png_chunks(metadata))
        if kind == b"IEND":
            return


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data) + 8, kind) + data


def embed_jxl(source: BinaryIO, target: BinaryIO, metadata: Metadata) -> None:
    """Copy a JPEG XL with EXIF and XMP boxes before its codestream; a bare codestream gets boxes around it."""
    blocks = b""
    if metadata.exif:
        blocks += _box(b"Exif", b"\0\0\0\0" + metadata.exif)
    if metadata.xmp:
        blocks += _box(b"xml ", metadata.xmp)
    start = take(source, 2)
    source.seek(0)
    if start == b"\xff\x0a":
        target.write(_box(b"JXL ", b"\r\n\x87\n") + _box(b"ftyp", b"jxl \0\0\0\0jxl ") + blocks)
        target.write(struct.pack(">I4s", 0, b"jxlc"))  # a length of 0: up to the end of the file
        shutil.copyfileobj(source, target, 1 << 20)
        return
    end = source.seek(0, 2)
    source.seek(0)
    written = False
    for kind, at, length in boxes(source, end):
        if not written and kind in (b"jxlc", b"jxlp", b"jxli", b"jbrd"):
            target.write(blocks)
            written = True
        if kind not in (b"Exif", b"xml ", b"jumb", b"brob"):
            source.seek(at)
            target.write(struct.pack(">I4sQ", 1, kind, length + 16) if length > 2**31 else _head(kind, length))
            _copy(source, target, length)


def _head(kind: bytes, length: int) -> bytes:
    return struct.pack(">I4s", length + 8, kind)


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    while length:
        data = source.read(min(length, 1 << 20))
        if not data:
            raise ContainerError("the encoder's file breaks off")
        target.write(data)
        length -= len(data)


def embed_jp2(source: BinaryIO, target: BinaryIO, metadata: Metadata) -> None:
    """Copy a JPEG 2000 file with its profile in the header box and the other blocks in UUID boxes."""
    end = source.seek(0, 2)
    source.seek(0)
    for kind, at, length in boxes(source, end):
        if kind == b"jp2h" and metadata.icc:
            inner = bytearray()
            source.seek(at)
            for name, start, size in boxes(source, at + length):
                source.seek(start)
                profile = b"\2\0\0" + metadata.icc  # method 2: an ICC profile
                inner += _box(name, profile if name == b"colr" else take(source, size))
            target.write(_box(b"jp2h", bytes(inner)))
            continue
        if kind == b"jp2c":
            for name, block in ((UUID_EXIF, metadata.exif), (UUID_XMP, metadata.xmp), (UUID_IPTC, metadata.iptc)):
                if block:
                    target.write(_box(b"uuid", name + block))
        source.seek(at)
        target.write(_head(kind, length) if length < 2**31 else struct.pack(">I4sQ", 1, kind, length + 16))
        _copy(source, target, length)


def tiff_holds(blob: bytes) -> bool:
    """Tell whether an EXIF block can be taken apart into TIFF directories."""
    return exif_blocks.is_exif(blob)


def embed_tiff(file: BinaryIO, metadata: Metadata) -> None:
    """Give a TIFF, open for reading and writing, a main directory with ``metadata``, at its end.

    The pixels stay where they are; the directory that the encoder wrote is no longer referred to.
    """
    layout, first = exif_blocks.open_layout(file)
    entries, _ = exif_blocks.read_directory(file, layout, first)
    tree = exif_blocks.read_tree(file, layout, entries, _PIXEL_TAGS)
    long = 16 if layout.big else 4
    for tag in (324, 325, 273, 279):  # arrays of offsets and lengths keep their type; only a check
        if tag in tree and tree[tag].type not in (3, 4, long):
            raise ContainerError("the encoder wrote strips in an unknown way")
    tree |= _descriptions(metadata, layout)
    for name, held in metadata.extra:
        if name == TIFF_PLACE:
            tree |= _in_order(held, layout)
    for tag, kind, block in ((34675, 7, metadata.icc), (700, 1, metadata.xmp), (33723, 7, metadata.iptc)):
        if block:
            tree[tag] = Field(kind, len(block), block)
    base = file.seek(0, 2)
    if base % 2:
        file.write(b"\0")
        base += 1
    packed = exif_blocks.pack_tree(tree, layout, base)
    if not layout.big and base + len(packed) >= 2**32:
        raise ContainerError("the file grew beyond what its kind of TIFF can address")
    file.write(packed)
    file.seek(8 if layout.big else 4)
    file.write(struct.pack(layout.order + ("Q" if layout.big else "I"), base))


def _in_order(blob: bytes, layout: Layout) -> Tree:
    """Return the main directory of a block in the byte order of a file."""
    own, found = exif_blocks.blob_tree(blob)
    return found if own.order == layout.order else exif_blocks.swap_tree(found)


def _descriptions(metadata: Metadata, layout: Layout) -> Tree:
    """Return the descriptive tags of an EXIF block, in the byte order of the file that they go to."""
    tree: Tree = {}
    if metadata.exif and tiff_holds(metadata.exif):
        found = _in_order(metadata.exif, layout)
        tree = {tag: item for tag, item in found.items() if tag in exif_blocks.DESCRIPTIVE}
    short = layout.order + "H"
    tree[exif_blocks.ORIENTATION] = Field(3, 1, struct.pack(short, 1))
    if metadata.dpi and not {282, 283} <= set(tree):
        for tag, dots in zip((282, 283), metadata.dpi, strict=True):
            tree[tag] = Field(5, 1, struct.pack(layout.order + "II", min(2**31, round(dots * 10000)), 10000))
        tree[296] = Field(3, 1, struct.pack(short, 2))
    return tree


COPIERS = {"png": embed_png, "jxl": embed_jxl, "jp2": embed_jp2}
