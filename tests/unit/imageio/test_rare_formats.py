"""Formats that are only read, or that need files of other makes."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import imagecodecs
import imageio_samples as samples
import numpy as np
import OpenImageIO as oiio
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from aestudio.errors import InputError
from aestudio.imageio import exif as exif_blocks
from aestudio.imageio import raw_header, whole
from aestudio.imageio.picture import Metadata
from aestudio.imageio.reader import read_info, read_picture, read_thumbnail
from aestudio.imageio.writer import plan_output
from tests.camera_raw import write_raw


def psd(pixels: NDArray[Any], mode: int, blocks: dict[int, bytes], transparent: bool = False) -> bytes:
    """Return a Photoshop file with image resources ``blocks``; the last of ``transparent`` pixels is merged alpha."""
    height, width, channels = pixels.shape
    resources = b"".join(
        b"8BIM" + struct.pack(">HHI", n, 0, len(data)) + data + b"\0" * (len(data) % 2) for n, data in blocks.items()
    )
    head = b"8BPS\0\1" + bytes(6)
    head += struct.pack(">HIIHH", channels, height, width, pixels.dtype.itemsize * 8, mode)
    planes = pixels.transpose(2, 0, 1).astype(pixels.dtype.newbyteorder(">")).tobytes()
    layers = struct.pack(">h", -1) + bytes(18) + b"8BIMnorm" + bytes(4) + struct.pack(">I", 12) + bytes(8) + b"\1l\0\0"
    layers = struct.pack(">I", len(layers)) + layers + bytes(4) if transparent else b""
    parts = struct.pack(">I", len(resources)) + resources + struct.pack(">I", len(layers)) + layers
    return head + bytes(4) + parts + b"\0\0" + planes


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_psd_is_read_flattened_with_its_blocks(tmp_path: Path, dtype: type) -> None:
    pixels = samples.noise(dtype, 3)
    icc = samples.display_p3()
    blocks = {1039: icc, 1058: samples.exif(), 1060: samples.XMP, 1028: samples.IPTC}
    (tmp_path / "a.psd").write_bytes(psd(pixels, 3, blocks))
    back = read_picture(tmp_path / "a.psd")
    assert np.array_equal(back.pixels, pixels)
    own = back.info.metadata
    assert (own.icc, own.exif, own.xmp, own.iptc) == (icc, samples.exif(), samples.XMP, samples.IPTC)
    assert plan_output(back.info, 37, 31).format == "tiff"
    assert plan_output(back.info, 37, 31).dtype == dtype


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("rounded", [0, -1], ids=["exact", "one level darker"])
def test_what_a_psd_lays_over_white_is_taken_off_it(tmp_path: Path, dtype: type, channels: int, rounded: int) -> None:
    full = np.iinfo(dtype).max
    colours = samples.smooth(channels).astype(np.float64) / 255
    colours[:, :10] = 0
    alpha = np.linspace(0, 1, 37)[None, :, None].repeat(31, axis=0)
    over = np.rint((colours * alpha + 1 - alpha) * full) + rounded * (alpha > 0)
    stored = np.concatenate([np.clip(over, 0, full), np.rint(alpha * full)], axis=2).astype(dtype)
    (tmp_path / "a.psd").write_bytes(psd(stored, 3 if channels == 3 else 1, {}, transparent=True))
    back = read_picture(tmp_path / "a.psd")
    assert back.alpha is not None
    assert np.array_equal(back.alpha, stored[..., -1])
    error = np.abs(back.pixels / full - colours) * alpha
    assert error.max() <= 2.1 / full
    assert back.pixels[:, 1:10].max() == 0 if rounded else True
    assert np.array_equal(back.pixels[:, -1], stored[:, -1, :-1]), "opaque pixels are as they are stored"


def test_inks_of_a_psd_are_converted(tmp_path: Path) -> None:
    inks = np.tile(np.array([255, 0, 0, 255], np.uint8), (31, 37, 1))  # Photoshop: 255 is no ink
    (tmp_path / "a.psd").write_bytes(psd(inks, 4, {}))
    back = read_picture(tmp_path / "a.psd")
    assert back.pixels[3, 3].tolist() == [255, 0, 0]
    assert any("CMYK" in note for note in back.info.notes)


def packed(planes: NDArray[Any], count: str = ">u2") -> bytes:
    """Return planes (C, H, W) as rows of PackBits behind a table of their lengths, as Photoshop packs them."""
    rows = [imagecodecs.packbits_encode(row.tobytes()) for plane in planes for row in plane]
    return b"\0\1" + np.array([len(row) for row in rows], count).tobytes() + b"".join(rows)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("pack", [False, True], ids=["raw", "packed"])
@pytest.mark.parametrize("channels", [4, 5])
def test_the_black_ink_of_a_psd_is_no_transparency(tmp_path: Path, dtype: type, pack: bool, channels: int) -> None:
    full = np.iinfo(dtype).max
    stored = samples.noise(dtype, 1, width=37 * channels)[..., 0].reshape(31, 37, channels)
    data = psd(stored, 4, {})
    if pack:
        planes = stored.transpose(2, 0, 1).astype(stored.dtype.newbyteorder(">"))
        data = data[: -len(planes.tobytes()) - 2] + packed(planes)
    (tmp_path / "a.psd").write_bytes(data)
    back = read_picture(tmp_path / "a.psd")
    share = stored[..., :4] / full  # Photoshop: full scale is paper
    assert np.abs(back.pixels / full - share[..., :3] * share[..., 3:]).max() <= 0.51 / full
    assert any("1 more channel" in note for note in back.info.notes) == (channels == 5)


def test_a_large_document_of_inks_is_read(tmp_path: Path) -> None:
    stored = samples.noise(np.uint8, 1, width=37 * 4)[..., 0].reshape(31, 37, 4)
    planes = stored.transpose(2, 0, 1)
    data = psd(stored, 4, {})
    data = data[:5] + b"\2" + data[6 : -planes.size - 6] + bytes(8) + packed(planes, ">u4")
    (tmp_path / "a.psb").write_bytes(data)
    back = read_picture(tmp_path / "a.psb").pixels
    assert np.abs(back / 255 - stored[..., :3] / 255 * (stored[..., 3:] / 255)).max() <= 0.51 / 255


def test_a_psd_of_inks_that_breaks_off_or_of_two_inks_is_said(tmp_path: Path) -> None:
    data = psd(samples.noise(np.uint8, 4 - 1), 4, {})
    (tmp_path / "short.psd").write_bytes(data[:-100])
    with pytest.raises(InputError, match="damaged or incomplete"):
        read_picture(tmp_path / "short.psd")
    (tmp_path / "duotone.psd").write_bytes(psd(samples.noise(np.uint8, 1), 8, {}))
    with pytest.raises(InputError, match="duotone colours, which aestudio does not read"):
        read_info(tmp_path / "duotone.psd")


def test_a_selection_in_a_psd_is_said_to_be_left_out(tmp_path: Path) -> None:
    four = np.concatenate([samples.noise(np.uint8, 3), samples.noise(np.uint8, 1)], axis=2)
    (tmp_path / "a.psd").write_bytes(psd(four, 3, {}))
    back = read_picture(tmp_path / "a.psd")
    assert np.array_equal(back.pixels, four[..., :3])
    assert any("1 more channel" in note for note in back.info.notes)


def test_alpha_beside_inks_is_kept(tmp_path: Path) -> None:
    five = samples.noise(np.uint8, 1, width=37 * 5)[..., 0].reshape(31, 37, 5)
    tifffile.imwrite(tmp_path / "a.tif", five, photometric="separated", extrasamples=["unassalpha"])
    back = read_picture(tmp_path / "a.tif")
    assert back.alpha is not None
    assert np.array_equal(back.alpha, five[..., 4])
    tifffile.imwrite(tmp_path / "b.tif", five, photometric="separated", extrasamples=["unspecified"])
    back = read_picture(tmp_path / "b.tif")
    assert back.alpha is None
    assert any("1 more channel" in note for note in back.info.notes)


def test_a_damaged_profile_of_inks_is_said_not_to_have_been_used(tmp_path: Path) -> None:
    inks = samples.noise(np.uint8, 1, width=37 * 4)[..., 0].reshape(31, 37, 4)
    head = bytearray(samples.display_p3()[:128])
    head[16:20] = b"CMYK"
    tifffile.imwrite(tmp_path / "a.tif", inks, photometric="separated", iccprofile=bytes(head) + bytes(400))
    back = read_picture(tmp_path / "a.tif")
    assert any("plain formula" in note for note in back.info.notes)
    assert back.pixels.shape == (31, 37, 3)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_of_an_animated_jpeg_xl_the_first_picture_is_used(tmp_path: Path, dtype: type, channels: int) -> None:
    drawn = [samples.noise(dtype, 1, width=37 * channels, seed=n)[..., 0].reshape(31, 37, channels) for n in range(3)]
    frames = np.stack(drawn) if channels > 1 else np.stack(drawn)[..., 0]
    kind = "rgb" if channels > 1 else "gray"
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(frames, lossless=True, photometric=kind, numthreads=1))
    back = read_picture(tmp_path / "a.jxl")
    assert np.array_equal(back.pixels, drawn[0][..., : 3 if channels > 1 else 1])
    assert back.info.lossless
    assert any("the first one is used" in note for note in back.info.notes)
    if channels == 4:
        assert back.alpha is not None
        assert np.array_equal(back.alpha, drawn[0][..., 3])


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("channels", [3, 4])
def test_of_an_animated_webp_it_is_known_whether_it_lost_anything(
    tmp_path: Path, lossless: bool, channels: int
) -> None:
    drawn = [
        samples.noise(np.uint8, 1, width=37 * channels, seed=n)[..., 0].reshape(31, 37, channels) for n in range(3)
    ]
    first, *others = map(Image.fromarray, drawn)
    first.save(tmp_path / "a.webp", save_all=True, append_images=others, lossless=lossless)
    info = read_info(tmp_path / "a.webp")
    assert info.lossless == lossless
    assert info.has_alpha == (channels == 4)
    assert (plan_output(info, 37, 31).quality is None) == lossless


@pytest.mark.parametrize("channels", [3, 4])
def test_of_an_animated_avif_the_first_picture_is_read(tmp_path: Path, channels: int) -> None:
    ramps = np.dstack([samples.smooth(3), samples.smooth(1)])[..., :channels]
    drawn = [np.ascontiguousarray(frame) for frame in (ramps, ramps[::-1], ramps[:, ::-1])]
    first, *others = map(Image.fromarray, drawn)
    first.save(tmp_path / "a.avif", save_all=True, append_images=others, quality=100)
    back = read_picture(tmp_path / "a.avif")
    assert back.info.notes == (whole.SEQUENCE,)
    near = np.abs(back.pixels.astype(int) - drawn[0][..., :3])
    assert near.max() < np.abs(back.pixels.astype(int) - drawn[1][..., :3]).max() / 4
    assert back.info.has_alpha == (channels == 4)


def test_camera_raw_is_developed_to_16_bits(tmp_path: Path) -> None:
    write_raw(tmp_path / "a.dng")
    back = read_picture(tmp_path / "a.dng")
    info = back.info
    assert (info.format, info.dtype, info.channels) == ("raw", np.uint16, 3)
    assert (info.width, info.height) == (128, 192), "turned upright by the developer"
    assert any("RAW" in note for note in info.notes)
    red, green, _ = back.pixels.reshape(-1, 3).mean(axis=0)
    assert red > 2 * green
    assert info.metadata.exif is not None
    assert b"Acme" in info.metadata.exif
    assert exif_blocks.orientation(info.metadata.exif) == 1
    assert plan_output(info, 128, 192).format == "tiff"


XMP_ON_ITS_SIDE = samples.XMP.replace(b"dc:title=", b'tiff:Orientation="6" dc:title=')


@pytest.mark.parametrize("start", [b"II*\0", b"IIRO", b"IIRS", b"IIU\0"], ids=["dng", "orf", "old orf", "rw2"])
def test_a_camera_raw_brings_its_exif_xmp_and_iptc(tmp_path: Path, start: bytes) -> None:
    xmp = XMP_ON_ITS_SIDE
    write_raw(
        tmp_path / "a.dng", more=[(700, 1, len(xmp), xmp, True), (33723, 7, len(samples.IPTC), samples.IPTC, True)]
    )
    data = (tmp_path / "a.dng").read_bytes()
    (tmp_path / "a.dng").write_bytes(start + data[4:])
    info = read_info(tmp_path / "a.dng")
    assert b"Acme" in (info.metadata.exif or b"")
    assert info.metadata.xmp == xmp.replace(b'Orientation="6"', b'Orientation="1"'), "it is developed upright"
    assert info.metadata.iptc == samples.IPTC
    assert info.notes == (whole.DEVELOPED,)


def test_how_a_camera_raw_was_developed_is_not_done_to_the_result_once_more(tmp_path: Path) -> None:
    attributes = (
        b'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="+1.35" crs:Look=\'a\' dc:title='
    )
    curve = b'<crs:ToneCurve a="b"><rdf:Seq><rdf:li>0, 0</rdf:li></rdf:Seq></crs:ToneCurve>\n<crs:Empty/>'
    xmp = samples.XMP.replace(b"dc:title=", attributes) + curve
    write_raw(tmp_path / "a.dng", more=[(700, 1, len(xmp), xmp, True)])
    back = read_info(tmp_path / "a.dng").metadata.xmp or b""
    assert b"crs:" not in back.replace(b"xmlns:crs=", b"")
    assert b"rdf:li>0, 0" not in back
    assert b" dc:title=" in back


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(data), kind) + data


def directory(order: str, *entries: tuple[int, int, int, bytes]) -> bytes:
    """Return a TIFF of one directory with values of up to four bytes."""
    rows = b"".join(struct.pack(order + "HHI", *entry[:3]) + entry[3].ljust(4, b"\0") for entry in entries)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return head + struct.pack(order + "H", len(entries)) + rows + bytes(4)


@pytest.mark.parametrize("notes", [True, False])
def test_the_directories_of_a_cr3_become_one_block(tmp_path: Path, notes: bool) -> None:
    parts = box(b"CNCV", b"CanonCR3") + box(b"CMT1", directory("<", (256, 3, 1, b"\1\0"), (271, 2, 4, b"Acm\0")))
    parts += box(b"CMT2", directory(">", (0x8827, 3, 1, b"\1\x90"))) + box(
        b"CMT4", directory("<", (0, 1, 4, b"\2\3\0\0"))
    )
    parts += box(b"CMT3", directory("<", (1, 3, 1, b"\1\0"))) if notes else b""
    moov = box(b"moov", box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48") + parts))
    xmp = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + samples.XMP)
    (tmp_path / "a.cr3").write_bytes(box(b"ftyp", b"crx \0\0\0\1crx isom") + moov + xmp)
    found = raw_header.raw_header(tmp_path / "a.cr3")
    assert found.exif is not None
    layout, tree = exif_blocks.blob_tree(found.exif)
    sub, gps = tree[exif_blocks.EXIF_IFD].sub, tree[exif_blocks.GPS_IFD].sub
    assert (layout.order, tree[271].data, 256 in tree) == ("<", b"Acm\0", False)
    assert sub is not None
    assert gps is not None
    assert (sub[0x8827].data, gps[0].data) == (b"\x90\1", b"\2\3\0\0"), "ISO 400 in the byte order of the block"
    assert found.xmp == samples.XMP
    assert found.left_out == [raw_header.NOTES_UNREAD] * notes


@pytest.mark.parametrize(
    "data", [b"\0MRM" + bytes(40), b"FOVb" + bytes(40), b"IIRO\xff\xff\xff\xff", b"\0\0\0\x10ftypcrx \0\0\0\1"]
)
def test_a_camera_raw_whose_exif_is_not_read_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.raw").write_bytes(data)
    assert raw_header.raw_header(tmp_path / "a.raw").left_out == [raw_header.EXIF_UNREAD]


def raw_with_preview(path: Path, preview: NDArray[np.uint8]) -> None:
    """Write a red RAW of 600 x 400 pixels, to be turned by a quarter, with a camera's own ``preview`` in it."""
    mosaic = np.full((400, 600), 1000, np.uint16)
    mosaic[::2, ::2] = 9000
    identity = [v for i in range(9) for v in (int(i % 4 == 0), 1)]
    camera = [
        (271, 2, 5, b"Acme", True), (272, 2, 5, b"One1", True), (274, 3, 1, 6, True),
        (50706, 1, 4, bytes([1, 4, 0, 0]), True), (50708, 2, 9, b"Acme One1", True), (50721, 10, 9, identity, True),
        (50778, 3, 1, 21, True), (50728, 5, 3, (1, 1, 1, 1, 1, 1), True),
    ]  # fmt: skip
    sensor = [(33421, 3, 2, (2, 2), True), (33422, 1, 4, bytes([0, 1, 1, 2]), True), (50717, 3, 1, 16383, True)]
    plain = {"metadata": None, "software": False}
    with tifffile.TiffWriter(path) as file:
        jpeg = {"photometric": "ycbcr", "compression": "jpeg"}
        file.write(preview, **jpeg, **plain, subifds=1, subfiletype=1, extratags=camera)
        file.write(mosaic, photometric=32803, **plain, subfiletype=0, extratags=sensor)


def test_the_thumbnail_of_a_raw_is_the_cameras_own_preview(tmp_path: Path) -> None:
    preview = np.zeros((200, 300, 3), np.uint8)
    preview[:, :150] = 255
    raw_with_preview(tmp_path / "a.dng", preview)
    width, height, pixels = read_thumbnail(tmp_path / "a.dng", 90)
    assert (width, height, pixels.shape) == (400, 600, (90, 60, 3))
    assert pixels[10, 30].mean() > 150, "its light left is up"
    assert pixels[80, 30].mean() < 100


def test_a_preview_of_another_shape_is_not_the_picture(tmp_path: Path) -> None:
    raw_with_preview(tmp_path / "a.dng", np.zeros((120, 160, 3), np.uint8))
    _, _, pixels = read_thumbnail(tmp_path / "a.dng", 90)
    assert pixels.shape == (90, 60, 3)
    assert pixels[45, 30, 0] > 2 * pixels[45, 30, 1], "developed"


@pytest.mark.parametrize(("bits", "channels"), [(10, 3), (12, 3), (12, 4), (10, 1)])
def test_deep_avif_keeps_its_depth(tmp_path: Path, bits: int, channels: int) -> None:
    pixels = samples.noise(np.uint16, channels) >> (16 - bits)
    pixels[0, 0] = (1 << bits) - 1
    data = imagecodecs.avif_encode(pixels if channels > 1 else pixels[..., 0], level=100, bitspersample=bits)
    (tmp_path / "a.avif").write_bytes(data)
    back = read_picture(tmp_path / "a.avif")
    assert back.info.channels == min(channels, 3)
    assert back.info.has_alpha == (channels == 4)
    assert back.pixels.dtype == np.uint16
    assert back.pixels.max() == 65535, "white is full scale"
    assert np.array_equal((back.pixels.astype(np.uint32) * ((1 << bits) - 1) + 32767) // 65535, pixels[..., :3])


def test_jpeg_2000_of_12_bits_and_as_a_bare_codestream(tmp_path: Path) -> None:
    pixels = samples.noise(np.uint16, 3) >> 4
    (tmp_path / "a.jp2").write_bytes(imagecodecs.jpeg2k_encode(pixels, codecformat="jp2", bitspersample=12))
    back = read_picture(tmp_path / "a.jp2")
    assert np.array_equal((back.pixels.astype(np.uint32) * 4095 + 32767) // 65535, pixels)
    shallow = samples.noise(np.uint8, 3)
    (tmp_path / "a.j2k").write_bytes(imagecodecs.jpeg2k_encode(shallow, codecformat="j2k"))
    assert np.array_equal(read_picture(tmp_path / "a.j2k").pixels, shallow)


def test_jpeg_xl_of_other_makes(tmp_path: Path) -> None:
    for width, height in ((37, 31), (64, 64), (160, 90), (8, 8), (300, 200)):
        pixels = samples.noise(np.uint8, 3, height, width)
        (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(pixels, lossless=True, usecontainer=False))
        back = read_picture(tmp_path / "a.jxl")
        assert np.array_equal(back.pixels, pixels)
    floats = samples.noise(np.float32, 3)
    (tmp_path / "f.jxl").write_bytes(imagecodecs.jpegxl_encode(floats, lossless=True))
    back = read_picture(tmp_path / "f.jxl")
    assert back.info.linear
    assert np.array_equal(back.pixels, floats)


def test_compressed_boxes_of_jpeg_xl_are_opened(tmp_path: Path) -> None:
    samples.save(tmp_path / "a.jxl", samples.picture(samples.noise(np.uint8, 3)))
    data = (tmp_path / "a.jxl").read_bytes()
    body = b"Exif" + imagecodecs.brotli_encode(b"\0\0\0\0" + samples.exif())
    (tmp_path / "a.jxl").write_bytes(data + struct.pack(">I4s", len(body) + 8, b"brob") + body)
    assert read_info(tmp_path / "a.jxl").metadata.exif == samples.exif()


def test_radiance_is_linear_and_kept_as_openexr(tmp_path: Path) -> None:
    pixels = np.abs(samples.noise(np.float32, 3))
    out = oiio.ImageOutput.create("hdr")
    assert out.open(str(tmp_path / "a.hdr"), oiio.ImageSpec(37, 31, 3, "float"))
    assert out.write_image(pixels)
    assert out.close()
    back = read_picture(tmp_path / "a.hdr")
    assert back.info.linear
    assert np.allclose(back.pixels, pixels, rtol=0.02, atol=0.02 * float(pixels.max(axis=2).max()))
    assert plan_output(back.info, 37, 31).format == "exr"


def test_heic_pixels_are_copied_scaled_and_turned_by_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pi_heif

    # A HEIC has no encoder here: the container is an AVIF's, the decoder a stand-in.
    data = imagecodecs.avif_encode(samples.noise(np.uint8, 3), level=90)
    (tmp_path / "a.heic").write_bytes(data.replace(b"avif", b"heic").replace(b"avis", b"heis"))
    pixels = (samples.noise(np.uint16, 3, 37, 31) >> 6) << 6
    pixels[0, 0] = 1023 << 6

    class Stand:
        size, mode, info = (31, 37), "RGB;16", {"bit_depth": 10}

        def __len__(self) -> int:
            return 2

        def __array__(self, dtype: object = None, copy: bool | None = None) -> NDArray[np.uint16]:
            return pixels

    monkeypatch.setattr(pi_heif, "open_heif", lambda *_, **__: Stand())
    back = read_picture(tmp_path / "a.heic")
    assert (back.info.format, back.info.width, back.info.height) == ("heic", 31, 37)
    assert back.pixels.max() == 65535
    assert not np.shares_memory(back.pixels, pixels)
    assert any("2 pictures" in note for note in back.info.notes)
    assert read_thumbnail(tmp_path / "a.heic", 16)[2].shape == (16, 13, 3)


def test_a_heic_whose_parts_are_damaged_never_reaches_the_decoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pi_heif

    def crash(*_: object, **__: object) -> None:
        raise AssertionError("the decoder was called")

    monkeypatch.setattr(pi_heif, "open_heif", crash)
    samples.save(
        tmp_path / "a.avif", samples.picture(samples.noise(np.uint8, 3), metadata=Metadata(exif=samples.exif()))
    )
    data = (tmp_path / "a.avif").read_bytes().replace(b"avif", b"heic").replace(b"avis", b"heis")
    depth = struct.pack(">I4s", 31, b"hvcC") + bytes(17) + b"\2\2" + bytes(4)
    damages = {
        "names": data.replace(b"infe\2\0\0\0\0\2\0\0Exif", b"infe\2\0\0\0\0\2\0\0Ex\xfff"),
        "depth": _with_property(data, depth),
        "outside": data[: len(data) // 2],
    }
    for word, damaged in damages.items():
        assert damaged != data
        (tmp_path / "a.heic").write_bytes(damaged)
        with pytest.raises(InputError, match=word):
            read_info(tmp_path / "a.heic")


def _with_property(data: bytes, box: bytes) -> bytes:
    """Return a HEIF file with one more box at the end of its ``ipco``; what lies behind moves along."""
    out = bytearray(data)
    at = data.index(b"ipco") - 4
    end = at + int.from_bytes(data[at : at + 4], "big")
    for name in (b"meta", b"iprp", b"ipco"):
        place = data.index(name) - 4
        out[place : place + 4] = (int.from_bytes(data[place : place + 4], "big") + len(box)).to_bytes(4, "big")
    return bytes(out[:end]) + box + bytes(out[end:])


def test_every_sniffed_format_has_an_opener() -> None:
    from aestudio.imageio import formats, sources

    known = {name for _, name in formats._STARTS} | {"tiff", "webp", "avif", "heic"}
    assert known == set(sources.OPENERS | whole.OPENERS)


@pytest.mark.parametrize("compression", ["zstd", "lzma", "lerc"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("apart", [False, True], ids=["together", "apart"])
def test_a_tiff_is_read_whose_compression_openimageio_lacks(
    tmp_path: Path, compression: str, dtype: type, apart: bool
) -> None:
    pixels = np.concatenate([samples.noise(dtype, 3), samples.noise(dtype, 1, seed=2)], axis=2)
    tifffile.imwrite(
        tmp_path / "a.tif",
        np.moveaxis(pixels, 2, 0) if apart else pixels,
        photometric="rgb",
        planarconfig="separate" if apart else "contig",
        extrasamples=["unassalpha"],
        compression=compression,
    )
    back = read_picture(tmp_path / "a.tif")
    assert np.array_equal(back.pixels, pixels[..., :3])
    assert back.alpha is not None
    assert np.array_equal(back.alpha, pixels[..., 3])


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.uint16])
def test_negatives_with_such_a_compression_are_turned_round(tmp_path: Path, dtype: type) -> None:
    grey = samples.noise(np.uint8, 1)[..., 0] > 127 if dtype is bool else samples.noise(dtype, 1)[..., 0]
    tifffile.imwrite(tmp_path / "a.tif", grey, photometric="miniswhite", compression="lzma")
    back = read_picture(tmp_path / "a.tif")
    assert np.array_equal(back.pixels[..., 0], 255 * ~grey if dtype is bool else np.iinfo(dtype).max - grey)


def test_a_compression_that_nobody_undoes_is_said(tmp_path: Path) -> None:
    inks = np.zeros((31, 37, 4), np.uint8)
    tifffile.imwrite(tmp_path / "inks.tif", inks, photometric="separated", compression="zstd")
    tifffile.imwrite(tmp_path / "jxl.tif", inks[..., :3], photometric="rgb", compression="jpegxl")
    for name in ("inks.tif", "jxl.tif"):
        with pytest.raises(InputError, match="compressed in a way that aestudio does not read") as refused:
            read_info(tmp_path / name)
        assert "LZW or ZIP" in refused.value.advice


def test_one_of_these_that_breaks_off_is_said(tmp_path: Path) -> None:
    tifffile.imwrite(
        tmp_path / "a.tif", samples.noise(np.uint8, 3), photometric="rgb", compression="zstd", rowsperstrip=4
    )
    data = (tmp_path / "a.tif").read_bytes()
    with tifffile.TiffFile(tmp_path / "a.tif") as file:
        at = file.pages[0].dataoffsets[-1]
    (tmp_path / "a.tif").write_bytes(data[:at] + bytes(len(data) - at))
    with pytest.raises(InputError, match="damaged or incomplete"):
        read_picture(tmp_path / "a.tif")


def test_the_resolution_of_a_bmp_is_kept(tmp_path: Path) -> None:
    Image.fromarray(samples.smooth(3)).save(tmp_path / "a.bmp", dpi=(200, 150))
    source = read_picture(tmp_path / "a.bmp")
    assert source.info.metadata.dpi == pytest.approx((200, 150), abs=0.02)
    samples.save(tmp_path / "b.bmp", source)
    with Image.open(tmp_path / "b.bmp") as back:
        assert back.info["dpi"] == pytest.approx((200, 150), abs=0.02)
