from __future__ import annotations

import io
import struct

import imageio_samples as samples
import pytest

from aestudio.imageio import exif


def differing(a: bytes, b: bytes) -> list[int]:
    assert len(a) == len(b)
    return [i for i in range(len(a)) if a[i] != b[i]]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_read_and_reset_in_its_own_two_bytes(order: str, orientation: int) -> None:
    block = samples.exif(order, orientation)
    assert exif.orientation(block) == orientation
    clean = exif.reset_orientation(block)
    assert exif.orientation(clean) == 1
    assert clean == samples.exif(order, 1)
    assert len(differing(block, clean)) == (orientation != 1)


@pytest.mark.parametrize("order", ["<", ">"])
def test_sizes_are_patched_in_place_whatever_their_type(order: str) -> None:
    assert exif.patch_size(samples.exif(order), 740, 620) == samples.exif(order, size=(740, 620))


def test_a_size_too_large_for_its_short_tag_is_left_alone() -> None:
    assert exif.patch_size(samples.exif(), 70000, 70000) == samples.exif(size=(70000, samples.HEIGHT))


def test_a_quarter_turn_swaps_sizes_that_matched_and_no_others() -> None:
    block = samples.exif(size=(37, 31))
    assert exif.swap_size(block, 31, 37) == samples.exif(size=(31, 37))
    other = samples.exif(size=(4000, 3000))
    assert exif.swap_size(other, 31, 37) == other


@pytest.mark.parametrize(
    "block",
    [b"", b"II*\0", b"not exif at all", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", b"MM\0*" + b"\xff" * 40],
)
def test_a_damaged_block_has_no_orientation_and_is_never_changed(block: bytes) -> None:
    assert exif.orientation(block) == 1
    assert exif.reset_orientation(block) == block
    assert exif.patch_size(block, 5, 5) == block
    assert not exif.is_exif(block)


def test_a_directory_that_points_at_itself_ends() -> None:
    loop = b"II*\0" + struct.pack("<I", 8) + struct.pack("<HHHII", 1, 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    source = io.BytesIO(loop)
    layout, first = exif.open_layout(source)
    assert exif.count_pages(source, layout, first) == 1
    assert exif.blob_tree(loop)[1]


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_tree_moved_to_another_place_and_byte_order_reads_the_same(order: str, big: bool) -> None:
    own, tree = exif.blob_tree(samples.exif("<"))
    assert own.order == "<"
    if order == ">":
        tree = exif.swap_tree(tree)
    layout = exif.Layout(order, big)
    packed = b"\0" * 1000 + exif.pack_tree(tree, layout, 1000)
    source = io.BytesIO(packed)
    entries, following = exif.read_directory(source, layout, 1000)
    assert following == 0
    assert exif.value(source, entries[0x010F]) == b"Acme Optics\0"
    sub, _ = exif.read_directory(source, layout, exif.integers(source, layout, entries[exif.EXIF_IFD])[0])
    assert exif.value(source, sub[0x927C]) == samples.MAKER_NOTE
    assert exif.integers(source, layout, sub[0xA002]) == (samples.WIDTH,)
    assert exif.integers(source, layout, sub[0xA003]) == (samples.HEIGHT,)
