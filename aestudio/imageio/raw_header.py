"""What a camera RAW says of itself: EXIF, XMP and IPTC out of the containers that cameras make.

Most are built like a TIFF, some under a number of their own in its header (Olympus, Panasonic); Fujifilm's holds a
JPEG, and Canon's CR3 is made of ISO base media boxes (ISO/IEC 14496-12) with one TIFF for each directory.
"""

from __future__ import annotations

import io
import os
import re
import struct
from typing import TYPE_CHECKING, BinaryIO

from aestudio.imageio import containers, exif
from aestudio.imageio.containers import Header

if TYPE_CHECKING:
    from pathlib import Path

EXIF_UNREAD = "The EXIF of this camera RAW was not read; it is left out."
NOTES_UNREAD = "The maker notes of this camera RAW were not read; they are left out."
# TIFF's own number and those of Olympus ("RO", "RS") and Panasonic, in the byte order of their file.
_MAGICS = frozenset({42, 0x4F52, 0x5352, 0x55})
_LARGEST = 1 << 26
# How a RAW is to be developed (Adobe's Camera Raw schema): a program would do it to the developed picture once more.
_DEVELOPMENT = re.compile(
    rb"\scrs:\w+=(?:\"[^\"]*\"|'[^']*')|<crs:\w+(?:\s[^<>]*)?/>|<(crs:\w+)(?:\s[^<>]*)?>.*?</\1>", re.DOTALL
)
_CR3_DIRECTORIES = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_CR3_MAIN, _CR3_EXIF, _CR3_NOTES, _CR3_GPS = b"CMT1", b"CMT2", b"CMT3", b"CMT4"


def raw_header(path: Path) -> Header:
    """Return the metadata of a camera RAW; what could not be read is said in ``left_out``. Raises OSError only."""
    found = Header()
    with path.open("rb") as file:
        start = file.read(16)
        try:
            if start.startswith(b"FUJIFILMCCD-RAW"):
                _read_fujifilm(file, found)
            elif start[4:8] == b"ftyp":
                _read_cr3(file, found)
            else:
                _read_tiff(file, found)
        except (ValueError, struct.error):
            pass  # the pixels are what counts; a RAW without readable EXIF is still a picture
    if found.exif is None:
        found.left_out.insert(0, EXIF_UNREAD)
    if found.xmp is not None:
        found.xmp = _DEVELOPMENT.sub(b"", found.xmp)
    return found


def _read_fujifilm(file: BinaryIO, found: Header) -> None:
    file.seek(84)
    at, length = (int.from_bytes(file.read(4), "big") for _ in range(2))
    file.seek(at)
    inner = containers.read_jpeg(io.BytesIO(file.read(min(length, _LARGEST))))
    found.exif, found.xmp, found.iptc = inner.exif, inner.xmp, inner.iptc


def _read_tiff(file: BinaryIO, found: Header) -> None:
    layout, first = exif.open_layout(file, _MAGICS)
    entries, _ = exif.read_directory(file, layout, first)
    found.exif = exif.blob_from_tiff(file, layout, entries)
    blocks = exif.read_tree(file, layout, entries, frozenset({700, 33723}))
    found.xmp, found.iptc = (blocks[tag].data if tag in blocks else None for tag in (700, 33723))


def _read_cr3(file: BinaryIO, found: Header) -> None:
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    directories: dict[bytes, bytes] = {}
    for kind, at, length in containers.boxes(file, end):
        if kind == b"moov":
            file.seek(at)
            for inner, start, size in containers.boxes(file, at + length):
                file.seek(start)
                if inner == b"uuid" and file.read(16) == _CR3_DIRECTORIES:
                    directories |= _blocks(file, start + size)
        elif kind == b"uuid":
            file.seek(at)
            if file.read(16) == containers.UUID_XMP:
                found.xmp = containers.block(file, length - 16)
    if _CR3_MAIN not in directories:
        return
    layout, tree = exif.blob_tree(directories[_CR3_MAIN])
    tree = {tag: item for tag, item in tree.items() if tag in exif.DESCRIPTIVE}
    for name, pointer in ((_CR3_EXIF, exif.EXIF_IFD), (_CR3_GPS, exif.GPS_IFD)):
        if name in directories:
            own, sub = exif.blob_tree(directories[name])
            tree[pointer] = exif.Field(4, 1, sub=sub if own.order == layout.order else exif.swap_tree(sub))
    found.exif = exif.block_of(tree, layout)
    if _CR3_NOTES in directories:
        found.left_out.append(NOTES_UNREAD)  # their places count from the start of a block that is gone


def _blocks(file: BinaryIO, end: int) -> dict[bytes, bytes]:
    """Return the boxes up to offset ``end`` that hold a directory, by type."""
    found = {}
    for kind, at, length in containers.boxes(file, end):
        if kind in (_CR3_MAIN, _CR3_EXIF, _CR3_NOTES, _CR3_GPS):
            file.seek(at)
            found[kind] = containers.block(file, length)
    return found
