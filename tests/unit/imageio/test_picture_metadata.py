"""ICC, EXIF with maker notes, XMP and IPTC: carried as bytes, checked by other libraries too."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import imageio_samples as samples
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from aestudio.imageio import exif as exif_blocks
from aestudio.imageio.embedding import embed_tiff
from aestudio.imageio.picture import Metadata
from aestudio.imageio.reader import read_info, read_picture
from aestudio.imageio.writer import losses, plan_output

ICC = samples.display_p3()


def everything(**changes: object) -> Metadata:
    return Metadata(**({"icc": ICC, "exif": samples.exif(), "xmp": samples.XMP, "iptc": samples.IPTC} | changes))


def test_the_profile_made_here_is_one() -> None:
    from PIL import ImageCms

    assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(ICC))).strip() == "Display P3"
    assert len(ICC) > 65533, "longer than one JPEG segment"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.jxl", "a.jp2", "a.avif"])
def test_blocks_are_carried_byte_for_byte(tmp_path: Path, name: str, order: str) -> None:
    own = everything(exif=samples.exif(order))
    samples.save(tmp_path / name, samples.picture(samples.noise(np.uint8, 3), metadata=own))
    back = read_info(tmp_path / name).metadata
    assert back.icc == ICC
    assert back.exif == samples.exif(order)
    assert back.xmp == samples.XMP
    if name in ("a.jpg", "a.png", "a.jp2"):
        assert back.iptc == samples.IPTC


@pytest.mark.parametrize("order", ["<", ">"])
def test_where_on_earth_a_tiff_lies_is_kept_or_said(tmp_path: Path, order: str) -> None:
    path, pixels = tmp_path / "a.tif", samples.noise(np.uint16, 3)
    keys = (1, 1, 0, 1, 1024, 0, 1, 2)
    tags = [
        (33550, "d", 3, (0.5, 0.5, 0.0), True),
        (33922, "d", 6, (0.0, 0.0, 0.0, 440720.0, 3751320.0, 0.0), True),
        (34735, "H", len(keys), keys, True),
        (42113, "s", 0, "-9999", True),
    ]
    tifffile.imwrite(path, pixels, photometric="rgb", byteorder=order, extratags=tags)
    source = read_picture(path)
    height, width = pixels.shape[:2]
    same = plan_output(source.info, width, height, tmp_path / "same.tif")
    assert losses(source.info, same) == ()
    samples.save(tmp_path / "same.tif", source)
    with tifffile.TiffFile(tmp_path / "same.tif") as back:
        found = back.pages[0].tags
        assert found[33550].value == (0.5, 0.5, 0.0)
        assert found[33922].value[3:5] == (440720.0, 3751320.0)
        assert found[34735].value == keys
        assert found[42113].value == "-9999"
        assert np.array_equal(back.asarray(), pixels)
    large = plan_output(source.info, 2 * width, 2 * height, tmp_path / "large.tif")
    assert not large.metadata.extra
    assert "lie elsewhere" in losses(source.info, large)[0]
    other = plan_output(source.info, width, height, None, "png")
    assert "PNG cannot hold where on earth" in losses(source.info, other)[0]


def with_small_copy(blob: bytes, order: str) -> bytes:
    """Return an EXIF block with a second directory, in which there is a JPEG."""
    file = io.BytesIO()
    Image.fromarray(samples.smooth(3)).resize((16, 12)).save(file, "JPEG")
    small, start = file.getvalue(), len(blob) + 2 + 2 * 12 + 4
    rows = [struct.pack(order + "HHII", tag, 4, 1, n) for tag, n in ((513, start), (514, len(small)))]
    out = bytearray(blob + struct.pack(order + "H", 2) + b"".join(rows) + bytes(4) + small)
    (count,) = struct.unpack_from(order + "H", blob, 8)
    struct.pack_into(order + "I", out, 10 + 12 * count, len(blob))
    return bytes(out)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_cameras_small_copy_is_not_shown_for_the_result(tmp_path: Path, order: str) -> None:
    own = samples.exif(order)
    block = with_small_copy(own, order)
    assert exif_blocks.thumbnail(block) is not None
    source = samples.picture(samples.noise(np.uint8, 3), metadata=everything(exif=block))
    samples.save(tmp_path / "a.jpg", source)
    back = read_info(tmp_path / "a.jpg").metadata.exif
    assert back is not None
    assert exif_blocks.thumbnail(back) is None
    assert back[: len(own)] == own, "nothing else moved or changed"


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_tiff_holds_them_in_its_own_directories(tmp_path: Path, order: str) -> None:
    own = everything(exif=samples.exif(order))
    samples.save(tmp_path / "a.tif", samples.picture(samples.noise(np.uint16, 3), metadata=own))
    back = read_info(tmp_path / "a.tif").metadata
    assert (back.icc, back.xmp, back.iptc) == (ICC, samples.XMP, samples.IPTC)
    assert back.exif is not None
    _, tree = exif_blocks.blob_tree(back.exif)
    sub, gps = tree[exif_blocks.EXIF_IFD].sub, tree[exif_blocks.GPS_IFD].sub
    assert sub is not None
    assert gps is not None
    assert sub[0x927C].data == samples.MAKER_NOTE
    assert gps[0].data == b"\2\3\0\0"
    samples.save(tmp_path / "b.tif", read_picture(tmp_path / "a.tif"))
    assert read_info(tmp_path / "b.tif").metadata == back, "a second time nothing moves at all"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.avif"])
def test_another_library_finds_the_same(tmp_path: Path, name: str, order: str) -> None:
    own = everything(exif=samples.exif(order), dpi=(300.0, 240.0))
    samples.save(tmp_path / name, samples.picture(samples.noise(np.uint8, 3), metadata=own))
    with Image.open(tmp_path / name) as image:
        image.load()
        assert image.info["icc_profile"] == ICC
        found = image.getexif()
        assert found[0x010F] == "Acme Optics"
        assert found.get_ifd(0x8769)[0x927C] == samples.MAKER_NOTE
        assert (found.get_ifd(0x8769)[0xA002], found.get_ifd(0x8769)[0xA003]) == (37, 31)
        assert found.get_ifd(0x8825)[0] == b"\2\3\0\0"
        if name in ("a.jpg", "a.png", "a.tif"):
            assert [float(d) for d in image.info["dpi"]] == pytest.approx([300, 240], abs=0.02)
        xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp", "")
    assert (xmp if isinstance(xmp, bytes) else xmp.encode()) == samples.XMP


def test_a_tiff_stays_one_that_other_libraries_read(tmp_path: Path) -> None:
    pixels = samples.noise(np.float32, 3)
    samples.save(tmp_path / "a.tif", samples.picture(pixels, metadata=everything(), format="tiff"))
    with tifffile.TiffFile(tmp_path / "a.tif") as file:
        assert len(file.pages) == 1
        assert np.array_equal(file.asarray(), pixels)
        assert file.pages[0].tags[700].value == samples.XMP
        assert "Software" not in file.pages[0].tags, "no traces of the library that wrote it"


STORED = samples.smooth(3)


def shown(orientation: int) -> NDArray[np.uint8]:
    """Return STORED as people see it, by Pillow."""
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }  # fmt: skip
    image = Image.fromarray(STORED)
    return np.asarray(image.transpose(turns[orientation]) if orientation > 1 else image)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif", "avif"])
def test_orientation_is_applied_once_and_reset(tmp_path: Path, kind: str, orientation: int) -> None:
    block = samples.exif(orientation=orientation)
    path = tmp_path / f"in.{kind}"
    image = Image.fromarray(STORED)
    if kind == "tif":
        image.save(path, tiffinfo={274: orientation, 271: "Acme Optics"})
    elif kind == "avif":
        image.save(path, exif=block, quality=98, subsampling="4:4:4")
    else:
        image.save(path, exif=b"Exif\0\0" + block, quality=98, lossless=True, subsampling=0)
    back = read_picture(path)
    expected = shown(orientation)
    assert (back.info.height, back.info.width) == expected.shape[:2]
    assert np.abs(back.pixels.astype(int) - expected).max() < 12
    if kind not in ("tif", "avif"):  # there Pillow writes an EXIF of its own
        turned = orientation >= 5
        size = (31, 37) if turned else (37, 31)
        assert back.info.metadata.exif == samples.exif(orientation=1, size=size)
    assert exif_blocks.orientation(back.info.metadata.exif) == 1
    out = tmp_path / f"out.{kind}"
    samples.save(out, back)
    again = read_picture(out)
    assert again.pixels.shape == expected.shape
    assert np.abs(again.pixels.astype(int) - expected).max() < 16
    with Image.open(out) as written:
        assert written.getexif().get(274, 1) == 1


def test_rows_of_a_mirrored_picture_are_read_in_pieces(tmp_path: Path) -> None:
    Image.fromarray(STORED).save(tmp_path / "a.png", exif=b"Exif\0\0" + samples.exif(orientation=2))
    from aestudio.imageio.reader import open_picture

    with open_picture(tmp_path / "a.png") as reader:
        rows = [reader.read_rows(0, 10)[0], reader.read_rows(10, 31)[0]]
    assert np.array_equal(np.concatenate(rows), shown(2))


def test_the_orientation_in_xmp_follows_and_nothing_else_in_it(tmp_path: Path) -> None:
    xmp = samples.XMP.replace(b"dc:title=", b'tiff:Orientation="6" dc:title=')
    path = tmp_path / "a.jpg"
    Image.fromarray(STORED).save(path, exif=b"Exif\0\0" + samples.exif(orientation=6), xmp=xmp)
    assert read_info(path).metadata.xmp == xmp.replace(b'Orientation="6"', b'Orientation="1"')
    Image.fromarray(STORED).save(path, exif=b"Exif\0\0" + samples.exif(orientation=1), xmp=xmp)
    assert read_info(path).metadata.xmp == xmp


def test_a_new_size_is_written_into_exif_and_nothing_else(tmp_path: Path) -> None:
    info = samples.picture(samples.noise(np.uint8, 3), metadata=everything()).info
    assert plan_output(info, 74, 62).metadata.exif == samples.exif(size=(74, 62))
    assert plan_output(info, 37, 31).metadata.exif == samples.exif()


def test_without_metadata_the_colours_stay_what_they_were() -> None:
    extra = (("png:tEXt", b"Author\0Ana"), ("png:cICP", b"\x0c\x0d\x00\x01"))
    info = samples.picture(samples.noise(np.uint8, 3), metadata=everything(extra=extra)).info
    bare = plan_output(info, 37, 31, metadata=False)
    assert bare.metadata == Metadata(icc=ICC, extra=extra[1:])
    assert losses(info, bare) == ()


def test_png_text_and_colour_chunks_stay_in_png(tmp_path: Path) -> None:
    kept = (("png:tEXt", b"Author\0Ana"), ("png:cICP", b"\x0c\x0d\x00\x01"))
    samples.save(tmp_path / "a.png", samples.picture(samples.noise(np.uint8, 3), metadata=Metadata(extra=kept)))
    assert read_info(tmp_path / "a.png").metadata.extra == kept
    samples.save(tmp_path / "b.jpg", read_picture(tmp_path / "a.png"))
    assert read_info(tmp_path / "b.jpg").metadata.extra == ()
    info = read_info(tmp_path / "a.png")
    assert losses(info, plan_output(info, 37, 31)) == ()
    assert "cannot hold the source's text" in " ".join(losses(info, plan_output(info, 37, 31, format="jpeg")))


def test_a_long_xmp_of_a_jpeg_keeps_its_extension(tmp_path: Path) -> None:
    extension = np.random.default_rng(0).bytes(150001)
    own = everything(extra=(("jpeg:xmp-extended", extension),))
    samples.save(tmp_path / "a.jpg", samples.picture(samples.noise(np.uint8, 3), metadata=own, format="jpeg"))
    assert read_info(tmp_path / "a.jpg").metadata == own


@pytest.mark.parametrize(
    "note", ['xmpNote:HasExtendedXMP="{0}"', "<xmpNote:HasExtendedXMP>{0}</xmpNote:HasExtendedXMP>"]
)
def test_parts_of_a_long_xmp_in_any_order_become_one_that_its_packet_names(tmp_path: Path, note: str) -> None:
    guid, extension = b"0123456789ABCDEF" * 2, np.random.default_rng(0).bytes(150001)
    prefix = b"http://ns.adobe.com/xmp/extension/\0"

    def part(name: bytes, whole: bytes, at: int) -> bytes:
        data = prefix + name + struct.pack(">II", len(whole), at) + whole[at : at + 60000]
        return struct.pack(">BBH", 0xFF, 0xE1, len(data) + 2) + data

    xmp = samples.XMP + note.format(guid.decode()).encode()
    Image.fromarray(samples.smooth(3)).save(tmp_path / "plain.jpg", xmp=xmp)
    data = (tmp_path / "plain.jpg").read_bytes()
    foreign = part(b"F" * 32, b"of another packet", 0)
    parts = foreign + b"".join(part(guid, extension, at) for at in (60000, 120000, 0))
    (tmp_path / "a.jpg").write_bytes(data[:2] + parts + data[2:])
    source = read_picture(tmp_path / "a.jpg")
    assert source.info.metadata.extra == (("jpeg:xmp-extended", extension),)
    samples.save(tmp_path / "b.jpg", source)
    saved = (tmp_path / "b.jpg").read_bytes()
    assert saved.count(prefix) == saved.count(prefix + guid) == 3


def test_what_a_person_wrote_into_a_jpeg_stays_in_it(tmp_path: Path) -> None:
    Image.fromarray(samples.noise(np.uint8, 3)).save(tmp_path / "a.jpg", comment=b"Ana, by the lake")
    samples.save(tmp_path / "b.jpg", read_picture(tmp_path / "a.jpg"))
    with Image.open(tmp_path / "b.jpg") as saved:
        assert saved.info["comment"] == b"Ana, by the lake"
    info = read_info(tmp_path / "b.jpg")
    assert "cannot hold the source's comment" in " ".join(losses(info, plan_output(info, 37, 31, format="png")))
    assert plan_output(info, 37, 31, metadata=False).metadata.extra == ()


def test_blocks_that_a_format_cannot_hold_are_named() -> None:
    info = samples.picture(samples.noise(np.uint8, 3), metadata=everything()).info
    told = " ".join(losses(info, plan_output(info, 37, 31, format="exr")))
    assert "colour profile" in told
    assert "EXIF" in told
    assert "IPTC" in " ".join(losses(info, plan_output(info, 37, 31, format="webp")))
    large = samples.picture(samples.noise(np.uint8, 3), metadata=everything(exif=samples.exif() + bytes(70000))).info
    assert "EXIF" in " ".join(losses(large, plan_output(large, 37, 31, format="jpeg")))


def test_a_damaged_exif_block_is_carried_as_it_is(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png", "a.webp"):
        own = Metadata(exif=b"II*\0\xff\xff\xff\xff damaged")
        samples.save(tmp_path / name, samples.picture(samples.noise(np.uint8, 3), metadata=own))
        assert read_info(tmp_path / name).metadata.exif == own.exif


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_tiff_beyond_4_gigabytes_gets_its_blocks_in_64_bit_directories(tmp_path: Path, order: str) -> None:
    pixels = samples.noise(np.uint16, 3)
    tifffile.imwrite(tmp_path / "a.tif", pixels, photometric="rgb", bigtiff=True, metadata=None, byteorder=order)
    own = everything(exif=samples.exif(">"), dpi=(300.0, 240.0))
    with (tmp_path / "a.tif").open("r+b") as file:
        embed_tiff(file, own)
    back = read_picture(tmp_path / "a.tif")
    assert np.array_equal(back.pixels, pixels)
    found = back.info.metadata
    assert (found.icc, found.xmp, found.iptc, found.dpi) == (ICC, samples.XMP, samples.IPTC, (300.0, 240.0))
    assert found.exif is not None
    assert samples.MAKER_NOTE in found.exif


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif"])
@pytest.mark.parametrize("metadata", [True, False])
def test_a_print_says_its_own_resolution(tmp_path: Path, name: str, metadata: bool) -> None:
    first = tmp_path / "first.jpg"
    own = Image.Exif()
    own[282], own[283], own[296] = 72.0, 72.0, 2
    Image.fromarray(samples.noise(np.uint8, 3)).save(first, exif=own.tobytes(), dpi=(72, 72))
    samples.save(tmp_path / name, read_picture(first), dpi=300, metadata=metadata)
    with Image.open(tmp_path / name) as picture:
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        if metadata:
            assert (picture.getexif()[282], picture.getexif()[283]) == (300, 300)
