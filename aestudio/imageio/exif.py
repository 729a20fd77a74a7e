"""TIFF directories: what EXIF blocks and TIFF files have in common.

Only what carrying metadata needs: find a tag, patch a number in place, rebuild a directory
somewhere else with its values, maker notes included, byte for byte.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import BinaryIO

# Bytes of one value, by TIFF type number (13 is IFD; 16..18 are BigTIFF's 64-bit types).
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
# What a value is made of, for changing the byte order (rationals are pairs of 4 bytes).
_WORDS = {3: 2, 4: 4, 5: 4, 8: 2, 9: 4, 10: 4, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_INTEGERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_LARGEST_VALUE = 1 << 26  # no honest metadata value is beyond 64 MiB
_MOST_ENTRIES = 4096

ORIENTATION = 274
THUMBNAIL_START, THUMBNAIL_LENGTH = 513, 514
EXIF_IFD, GPS_IFD, INTEROP_IFD = 34665, 34853, 40965
POINTERS = (EXIF_IFD, GPS_IFD, INTEROP_IFD)
_UNIT, _INCH, _RATIONAL = 296, 2, 5
_WIDTHS, _HEIGHTS = (256, 40962), (257, 40963)
# Tags of a TIFF's main directory that describe the picture rather than where its bytes lie.
DESCRIPTIVE = frozenset(
    {269, 270, 271, 272, ORIENTATION, 282, 283, 285, 296, 305, 306, 315, 316, 33432, 18246, 18249, 50341}
    | set(range(40091, 40096))
    | set(POINTERS)
)
# Where on earth the pixels of a TIFF lie, and which of its numbers is none (GeoTIFF 1.1 and GDAL's two tags).
GEOGRAPHIC = frozenset({33550, 33922, 34264, 34735, 34736, 34737, 42112, 42113})
_PLAIN = frozenset({ORIENTATION, 282, 283, 296})


class DirectoryError(ValueError):
    """A block that is not the TIFF structure it claims to be."""


@dataclass(frozen=True)
class Layout:
    """Byte order ("<" or ">") and whether offsets have 64 bits (BigTIFF)."""

    order: str
    big: bool = False


@dataclass(frozen=True)
class Entry:
    """One tag: its type, how many values, and where in the file they start."""

    tag: int
    type: int
    count: int
    offset: int

    @property
    def size(self) -> int:
        """Return the length of the values in bytes."""
        return _SIZES.get(self.type, 1) * self.count


@dataclass
class Field:
    """One tag's value lifted out of its file: bytes in the tree's byte order, or a sub-directory."""

    type: int
    count: int
    data: bytes = b""
    sub: dict[int, Field] | None = field(default=None)


Tree = dict[int, Field]


def _read(source: BinaryIO, offset: int, length: int) -> bytes:
    if length > _LARGEST_VALUE:
        raise DirectoryError("a value is implausibly large")
    source.seek(offset)
    data = source.read(length)
    if len(data) != length:
        raise DirectoryError("the block ends early")
    return data


def open_layout(source: BinaryIO, magics: frozenset[int] = frozenset({42})) -> tuple[Layout, int]:
    """Return the layout of a TIFF structure and the offset of its first directory.

    ``magics``: the numbers that its header may have. Raises DirectoryError where it is none.
    """
    head = _read(source, 0, 8)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None:
        raise DirectoryError("no TIFF header")
    magic = struct.unpack(order + "H", head[2:4])[0]
    if magic == 43:
        return Layout(order, True), int(struct.unpack(order + "Q", _read(source, 8, 8))[0])
    if magic not in magics:
        raise DirectoryError("no TIFF header")
    return Layout(order), int(struct.unpack(order + "I", head[4:8])[0])


def read_directory(source: BinaryIO, layout: Layout, offset: int) -> tuple[dict[int, Entry], int]:
    """Return the entries of the directory at ``offset`` by tag, and the offset of the next one (0: none)."""
    count_format, entry_size, inline, word = ("Q", 20, 8, "Q") if layout.big else ("H", 12, 4, "I")
    count_size = struct.calcsize("<" + count_format)
    count = struct.unpack(layout.order + count_format, _read(source, offset, count_size))[0]
    if count > _MOST_ENTRIES:
        raise DirectoryError("a directory has implausibly many entries")
    start = offset + count_size
    table = _read(source, start, count * entry_size)
    entries: dict[int, Entry] = {}
    for i in range(count):
        tag, kind, number = struct.unpack_from(layout.order + "HH" + word, table, i * entry_size)
        here = start + i * entry_size + entry_size - inline
        entry = Entry(tag, kind, number, here)
        if entry.size > inline:
            entry = Entry(tag, kind, number, struct.unpack_from(layout.order + word, table, here - start)[0])
        entries[tag] = entry
    try:
        following = struct.unpack(layout.order + word, _read(source, start + len(table), inline))[0]
    except DirectoryError:
        following = 0  # some writers leave the last link out
    return entries, following


def value(source: BinaryIO, entry: Entry) -> bytes:
    """Return the bytes of an entry's values, in the file's byte order."""
    return _read(source, entry.offset, entry.size)


def integers(source: BinaryIO, layout: Layout, entry: Entry) -> tuple[int, ...]:
    """Return an entry's values where they are unsigned whole numbers, else an empty tuple."""
    kind = _INTEGERS.get(entry.type)
    if kind is None:
        return ()
    return struct.unpack(f"{layout.order}{entry.count}{kind}", value(source, entry))


def count_pages(source: BinaryIO, layout: Layout, offset: int) -> int:
    """Return how many directories follow each other from ``offset``, reduced copies left out."""
    pages, seen = 0, set[int]()
    while offset and offset not in seen and len(seen) < 1000:
        seen.add(offset)
        try:
            entries, offset = read_directory(source, layout, offset)
            kind = integers(source, layout, entries[254]) if 254 in entries else (0,)
        except DirectoryError:
            break
        pages += not (kind and kind[0] & 5)  # 1: a reduced copy, 4: a mask
    return pages


def read_tree(
    source: BinaryIO, layout: Layout, entries: dict[int, Entry], keep: frozenset[int] | None = None, depth: int = 0
) -> Tree:
    """Return the values of ``entries`` (all, or those in ``keep``), sub-directories followed; damaged ones left out."""
    tree: Tree = {}
    for tag, entry in entries.items():
        if (keep is not None and tag not in keep) or entry.type not in _SIZES:
            continue
        try:
            if tag in POINTERS and depth < 2:
                where = integers(source, layout, entry)
                sub, _ = read_directory(source, layout, where[0])
                tree[tag] = Field(4, 1, sub=read_tree(source, layout, sub, None, depth + 1))
            else:
                tree[tag] = Field(entry.type, entry.count, value(source, entry))
        except (DirectoryError, IndexError):
            continue
    return tree


def swap(data: bytes, kind: int) -> bytes:
    """Return the bytes of values of TIFF type ``kind`` in the other byte order."""
    size = _WORDS.get(kind, 1)
    if size == 1:
        return data
    return b"".join(data[i : i + size][::-1] for i in range(0, len(data), size))


def swap_tree(tree: Tree) -> Tree:
    """Return ``tree`` in the other byte order; bytes of undefined type (maker notes) stay as they are."""
    return {
        tag: Field(f.type, f.count, swap(f.data, f.type), None if f.sub is None else swap_tree(f.sub))
        for tag, f in tree.items()
    }


def pack_tree(tree: Tree, layout: Layout, base: int, following: int = 0) -> bytes:
    """Return ``tree`` as bytes to be put at offset ``base`` (even): its directory first, then values.

    ``following`` is the offset of the next directory, or 0.
    """
    count_format, entry_size, inline, word = ("Q", 20, 8, "Q") if layout.big else ("H", 12, 4, "I")
    head = struct.pack(layout.order + count_format, len(tree))
    tail_start = base + len(head) + len(tree) * entry_size + inline
    table, tail = bytearray(), bytearray()

    def place(data: bytes) -> int:
        where = tail_start + len(tail)
        tail.extend(data)
        if len(tail) % 2:
            tail.append(0)
        return where

    for tag in sorted(tree):
        item = tree[tag]
        kind, count, data = item.type, item.count, item.data
        if item.sub is not None:
            where = tail_start + len(tail)
            place(pack_tree(item.sub, layout, where))
            data = struct.pack(layout.order + word, where)
            kind = 18 if layout.big else 4
            count = 1
        table += struct.pack(layout.order + "HH" + word, tag, kind, count)
        table += data.ljust(inline, b"\0") if len(data) <= inline else struct.pack(layout.order + word, place(data))
    return head + bytes(table) + struct.pack(layout.order + word, following) + bytes(tail)


def blob_tree(blob: bytes) -> tuple[Layout, Tree]:
    """Return the byte order and the main directory of an EXIF block, sub-directories followed."""
    source = io.BytesIO(blob)
    layout, offset = open_layout(source)
    entries, _ = read_directory(source, layout, offset)
    return layout, read_tree(source, layout, entries)


def block_of(tree: Tree, layout: Layout) -> bytes:
    """Return a block with ``tree``, which is in the byte order of ``layout``, as its main directory."""
    head = (b"II*\0" if layout.order == "<" else b"MM\0*") + struct.pack(layout.order + "I", 8)
    return head + pack_tree(tree, Layout(layout.order), 8)


def blob_from_tiff(source: BinaryIO, layout: Layout, entries: dict[int, Entry]) -> bytes | None:
    """Return an EXIF block with the descriptive tags of a TIFF's main directory, or None where it has none."""
    tree = read_tree(source, layout, entries, DESCRIPTIVE)
    if not set(tree) - _PLAIN:
        return None
    return block_of(tree, layout)


def geographic_blob(source: BinaryIO, layout: Layout, entries: dict[int, Entry]) -> bytes | None:
    """Return a block with the tags of a TIFF's main directory that say where on earth it lies, None without any."""
    tree = read_tree(source, layout, entries, GEOGRAPHIC)
    if not tree:
        return None
    return block_of(tree, layout)


def _find(blob: bytes, tags: tuple[int, ...]) -> tuple[Layout, list[Entry]]:
    """Return the entries with these tags in the main and the Exif directory of an EXIF block."""
    source = io.BytesIO(blob)
    layout, offset = open_layout(source)
    main, _ = read_directory(source, layout, offset)
    found = [main[tag] for tag in tags if tag in main]
    if EXIF_IFD in main:
        try:
            sub, _ = read_directory(source, layout, integers(source, layout, main[EXIF_IFD])[0])
        except (DirectoryError, IndexError):
            return layout, found
        found += [sub[tag] for tag in tags if tag in sub]
    return layout, found


def is_exif(blob: bytes) -> bool:
    """Tell whether ``blob`` is a readable EXIF block."""
    try:
        blob_tree(blob)
    except (DirectoryError, struct.error):
        return False
    return True


def orientation(blob: bytes | None) -> int:
    """Return the EXIF orientation 1..8; 1 where there is none or the block is damaged."""
    found = _numbers(blob, (ORIENTATION,))
    return found[0] if found and 1 <= found[0] <= 8 else 1


def thumbnail(blob: bytes | None) -> bytes | None:
    """Return the small JPEG that a camera puts into an EXIF block, or None where there is none."""
    if not blob:
        return None
    source = io.BytesIO(blob)
    try:
        layout, offset = open_layout(source)
        _, offset = read_directory(source, layout, offset)
        if not offset:
            return None
        entries, _ = read_directory(source, layout, offset)
        start, length = (integers(source, layout, entries[tag])[0] for tag in (THUMBNAIL_START, THUMBNAIL_LENGTH))
        return _read(source, start, length)
    except (DirectoryError, struct.error, KeyError, IndexError):
        return None


def without_thumbnail(blob: bytes) -> bytes:
    """Return ``blob`` with its main directory the last one: a camera's small copy is not of what was made of it since.

    Every other byte stays where it is, since maker notes know their place.
    """
    source = io.BytesIO(blob)
    try:
        layout, offset = open_layout(source)
        _, following = read_directory(source, layout, offset)
        if layout.big or not following:
            return blob
        (count,) = struct.unpack_from(layout.order + "H", blob, offset)
        out = bytearray(blob)
        struct.pack_into(layout.order + "I", out, offset + 2 + 12 * count, 0)
    except (DirectoryError, struct.error):
        return blob
    return bytes(out)


def _numbers(blob: bytes | None, tags: tuple[int, ...]) -> list[int]:
    if not blob:
        return []
    try:
        layout, entries = _find(blob, tags)
        return [n for entry in entries for n in integers(io.BytesIO(blob), layout, entry)[:1]]
    except (DirectoryError, struct.error):
        return []


def _patch(blob: bytes, tags: tuple[int, ...], number: int) -> bytes:
    try:
        layout, entries = _find(blob, tags)
    except (DirectoryError, struct.error):
        return blob
    out = bytearray(blob)
    for entry in entries:
        kind = _INTEGERS.get(entry.type)
        fits = kind is not None and number < 1 << (8 * _SIZES[entry.type])
        if kind is not None and fits and entry.count == 1:
            struct.pack_into(layout.order + kind, out, entry.offset, number)
    return bytes(out)


def reset_orientation(blob: bytes) -> bytes:
    """Return ``blob`` with its orientation set to 1 in place and every other byte as it was."""
    return _patch(blob, (ORIENTATION,), 1)


def patch_size(blob: bytes, width: int, height: int) -> bytes:
    """Return ``blob`` with the pixel-size tags that it has set to ``width`` x ``height`` in place."""
    return _patch(_patch(blob, _WIDTHS, width), _HEIGHTS, height)


def patch_resolution(blob: bytes, dpi: int) -> bytes:
    """Return ``blob`` with the resolution tags that it has set to ``dpi`` pixels per inch in place."""
    blob = _patch(blob, (_UNIT,), _INCH)
    try:
        layout, entries = _find(blob, (282, 283))
    except (DirectoryError, struct.error):
        return blob
    out = bytearray(blob)
    for entry in entries:
        if entry.type == _RATIONAL and entry.count == 1:
            struct.pack_into(layout.order + "II", out, entry.offset, dpi, 1)
    return bytes(out)


def swap_size(blob: bytes, width: int, height: int) -> bytes:
    """Return ``blob`` with size tags that said ``height`` x ``width`` turned to ``width`` x ``height``.

    Called when a quarter turn was applied; tags that never matched the pixels are left alone.
    """
    if set(_numbers(blob, _WIDTHS)) == {height} and set(_numbers(blob, _HEIGHTS)) == {width}:
        return patch_size(blob, width, height)
    return blob
