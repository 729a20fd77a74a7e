"""Pixels out and back, bit for bit."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import imagecodecs
import imageio_samples as samples
import numpy as np
import OpenImageIO as oiio
import pytest
import tifffile
from numpy.typing import DTypeLike, NDArray
from PIL import Image

from aestudio.errors import SettingsError
from aestudio.imageio.picture import Metadata, Picture
from aestudio.imageio.reader import open_picture, read_info, read_picture, read_thumbnail
from aestudio.imageio.simple import load_rgb
from aestudio.imageio.sources import DISPLAY_WINDOW, PRIMARIES
from aestudio.imageio.values import decode_linear, from_unit, to_unit
from aestudio.imageio.writer import create_picture, losses, plan_output

LOSSLESS = [
    ("a.png", np.uint8), ("a.png", np.uint16), ("a.tif", np.uint8), ("a.tif", np.uint16), ("a.tif", np.float32),
    ("a.exr", np.float32), ("a.jp2", np.uint8), ("a.jp2", np.uint16), ("a.jxl", np.uint8), ("a.jxl", np.uint16),
    ("a.webp", np.uint8), ("a.bmp", np.uint8),
]  # fmt: skip


def whole(path: Path) -> Picture:
    return read_picture(path)


@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(("name", "dtype"), LOSSLESS)
def test_lossless_formats_give_back_every_bit(
    tmp_path: Path, name: str, dtype: DTypeLike, channels: int, alpha: bool
) -> None:
    pixels = samples.noise(dtype, channels)
    plane = samples.noise(dtype, 1, seed=2)[..., 0] if alpha else None
    kind = name[2:].replace("tif", "tiff")
    associated = alpha and kind == "exr"  # otherwise the writer has to multiply
    source = samples.picture(pixels, plane, format=kind, associated=associated, linear=kind == "exr")
    samples.save(tmp_path / name, source)
    back = whole(tmp_path / name)
    assert back.info.format == kind
    assert back.pixels.dtype == dtype
    assert (back.pixels == pixels).all()
    if alpha and kind != "bmp":
        assert back.alpha is not None
        assert plane is not None
        assert back.alpha.tobytes() == plane.tobytes()
    else:
        assert back.alpha is None
    if kind != "webp" and not (kind == "jxl" and alpha):
        assert back.info.channels == channels
        assert back.pixels.tobytes() == pixels.tobytes()


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.exr", "a.jpg"])
def test_rows_read_in_pieces_are_the_whole(tmp_path: Path, name: str) -> None:
    samples.save(tmp_path / name, samples.picture(samples.noise(np.uint8, 3, 301, 37)), rows=300)
    expected = whole(tmp_path / name).pixels
    with open_picture(tmp_path / name) as reader:
        pieces = [reader.read_rows(a, b)[0] for a, b in ((0, 1), (1, 64), (64, 65), (65, 300), (300, 301))]
        with pytest.raises(ValueError, match="rows 0 to 1"):
            reader.read_rows(0, 1)
    assert np.array_equal(np.concatenate(pieces), expected)


@pytest.mark.parametrize("rows", [1, 31, 64, 500])
def test_rows_may_arrive_in_any_portions(tmp_path: Path, rows: int) -> None:
    pixels = samples.noise(np.uint16, 3, 131, 37)
    for name in ("a.png", "a.tif"):
        samples.save(tmp_path / name, samples.picture(pixels), rows=rows)
        assert np.array_equal(whole(tmp_path / name).pixels, pixels)


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (7, 1)])
@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.jpg", "a.exr", "a.webp", "a.avif", "a.jxl", "a.jp2", "a.bmp"])
def test_the_smallest_pictures(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    samples.save(tmp_path / name, samples.picture(np.full((size[1], size[0], 3), 90, np.uint8), format="jpeg"))
    back = whole(tmp_path / name)
    assert (back.info.width, back.info.height) == size
    values = from_unit(to_unit(back.pixels, back.info.linear), np.uint8, False) if name == "a.jpg" else back.pixels
    assert values.shape[:2] == size[::-1]
    assert read_thumbnail(tmp_path / name, 16)[2].shape == (size[1], size[0], 3)


@pytest.mark.parametrize("name", ["a.jpg", "a.avif"])
def test_lossy_formats_stay_close_and_keep_the_channels_in_order(tmp_path: Path, name: str) -> None:
    pixels = samples.smooth(3)
    samples.save(tmp_path / name, samples.picture(pixels))
    error = np.abs(whole(tmp_path / name).pixels.astype(int) - pixels)
    assert error.mean() < 1.5
    assert error.max() < 12


@pytest.mark.parametrize("name", ["a.webp", "a.jxl", "a.jp2"])
def test_a_quality_makes_these_lossy_and_smaller(tmp_path: Path, name: str) -> None:
    pixels = samples.noise(np.uint8, 3, 128, 128)
    source = samples.picture(pixels)
    sizes = []
    for quality in (100, 80, 20):
        samples.save(tmp_path / name, source, overwrite=True, quality=quality)
        sizes.append((tmp_path / name).stat().st_size)
        assert np.array_equal(whole(tmp_path / name).pixels, pixels) == (quality == 100)
    assert sizes == sorted(sizes, reverse=True)


def test_jpeg_is_written_without_colour_subsampling(tmp_path: Path) -> None:
    pixels = np.zeros((32, 32, 3), np.uint8)
    pixels[:, ::2, 0] = 255  # red stripes one pixel wide
    samples.save(tmp_path / "a.jpg", samples.picture(pixels))
    assert np.abs(whole(tmp_path / "a.jpg").pixels.astype(int) - pixels).mean() < 4


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("size", [(64, 37), (65, 8), (1300, 37), (127, 130)])
def test_jpeg_by_blocks_decodes_like_jpeg_in_one_piece(tmp_path: Path, size: tuple[int, int], channels: int) -> None:
    pixels = samples.smooth(channels, *size) // 2 + samples.noise(np.uint8, channels, *size) // 3
    samples.save(tmp_path / "a.jpg", samples.picture(pixels), rows=50, quality=88)
    one_piece = Image.fromarray(pixels if channels == 3 else pixels[..., 0])
    one_piece.save(tmp_path / "b.jpg", quality=88, subsampling="4:4:4")
    with Image.open(tmp_path / "a.jpg") as a, Image.open(tmp_path / "b.jpg") as b:
        assert a.mode == b.mode
        assert np.array_equal(np.asarray(a), np.asarray(b))
    assert np.array_equal(whole(tmp_path / "a.jpg").pixels, whole(tmp_path / "b.jpg").pixels)


def test_grey_stays_one_channel_in_jpeg(tmp_path: Path) -> None:
    samples.save(tmp_path / "a.jpg", samples.picture(samples.smooth(1)))
    assert whole(tmp_path / "a.jpg").pixels.shape == (31, 37, 1)


def test_a_palette_is_expanded_with_its_transparency(tmp_path: Path) -> None:
    palette = samples.chunk(b"PLTE", bytes([255, 0, 0, 0, 255, 0, 0, 0, 255]))
    clear = samples.chunk(b"tRNS", bytes([255, 128]))
    (tmp_path / "p.png").write_bytes(samples.png(3, 1, 8, 3, b"\0\0\1\2", palette, clear))
    back = whole(tmp_path / "p.png")
    assert back.info.palette
    assert back.pixels.tolist() == [[[255, 0, 0], [0, 255, 0], [0, 0, 255]]]
    assert back.alpha is not None
    assert back.alpha.tolist() == [[255, 128, 255]]
    assert plan_output(back.info, 3, 1).format == "png"


def test_a_gif_is_expanded_its_first_frame_taken_and_said(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (37, 31), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    back = whole(tmp_path / "a.gif")
    assert back.pixels[0, 0].tolist() == [255, 0, 0]
    assert back.info.palette
    assert any("2 pictures" in note for note in back.info.notes)
    assert plan_output(back.info, 37, 31).format == "png"


def test_bilevel_becomes_8_bit_grey(tmp_path: Path) -> None:
    bits = np.random.default_rng(0).integers(0, 2, (31, 37)).astype(bool)
    Image.fromarray(bits).save(tmp_path / "a.tif", compression="group4")
    (tmp_path / "a.png").write_bytes(b"")
    Image.fromarray(bits).save(tmp_path / "a.png")
    for name in ("a.tif", "a.png"):
        back = whole(tmp_path / name)
        assert back.pixels.dtype == np.uint8
        assert np.array_equal(back.pixels[..., 0], bits * np.uint8(255))


def test_a_tiff_of_several_pages_tells_so(tmp_path: Path) -> None:
    pages = samples.noise(np.uint8, 3)
    with tifffile.TiffWriter(tmp_path / "a.tif") as file:
        file.write(pages, photometric="rgb")
        file.write(255 - pages, photometric="rgb")
    back = whole(tmp_path / "a.tif")
    assert np.array_equal(back.pixels, pages)
    assert any("2 pictures" in note for note in back.info.notes)


@pytest.mark.parametrize(
    "more", [{"tile": (16, 16)}, {"byteorder": ">"}, {"bigtiff": True}, {"planarconfig": "separate"}]
)
def test_tiffs_of_other_makes(tmp_path: Path, more: dict[str, Any]) -> None:
    pixels = samples.noise(np.uint16, 3)
    data = pixels.transpose(2, 0, 1) if "planarconfig" in more else pixels
    options = {k: v for k, v in more.items() if k in ("byteorder", "bigtiff")}
    with tifffile.TiffWriter(tmp_path / "a.tif", **options) as file:
        file.write(data, photometric="rgb", **{k: v for k, v in more.items() if k not in options})
    with open_picture(tmp_path / "a.tif") as reader:
        pieces = [reader.read_rows(a, b)[0] for a, b in ((0, 5), (5, 23), (23, 31))]
    assert np.array_equal(np.concatenate(pieces), pixels)


def test_unassociated_alpha_is_not_multiplied_into_colours(tmp_path: Path) -> None:
    pixels = samples.noise(np.uint16, 3)
    clear = np.zeros((31, 37), np.uint16)
    for name in ("a.png", "a.tif", "a.webp"):
        deep = name != "a.webp"
        colours = pixels if deep else (pixels >> 8).astype(np.uint8)
        samples.save(tmp_path / name, samples.picture(colours, clear if deep else clear.astype(np.uint8)))
        back = whole(tmp_path / name)
        assert np.array_equal(back.pixels, colours)
        assert back.alpha is not None
        assert not back.alpha.any()


def test_an_exr_with_alpha_to_tiff_and_png_divides_once(tmp_path: Path) -> None:
    # Half covered, scene-linear 0.25 of light: stored multiplied, 0.125.
    pixels, alpha = np.full((31, 37, 3), 0.125, np.float32), np.full((31, 37), 0.5, np.float32)
    source = samples.picture(pixels, alpha, format="exr", linear=True, associated=True)
    output = plan_output(source.info, 37, 31, format="png")
    assert not output.linear
    with create_picture(tmp_path / "a.png", output) as writer:
        writer.write_rows(from_unit(to_unit(pixels, True), np.uint16, False), from_unit(alpha, np.uint16, False))
    back = whole(tmp_path / "a.png")
    light = ((back.pixels[0, 0, 0] / 65535 + 0.055) / 1.055) ** 2.4
    assert light == pytest.approx(0.25, abs=1e-3)
    assert back.alpha is not None
    assert back.alpha[0, 0] == 32768


def test_associated_alpha_of_a_tiff_is_kept_as_it_is(tmp_path: Path) -> None:
    data = samples.noise(np.uint16, 3)
    rgba = np.concatenate([data // 2, np.full((31, 37, 1), 32768, np.uint16)], axis=2)
    tifffile.imwrite(tmp_path / "a.tif", rgba, photometric="rgb", extrasamples=["assocalpha"])
    back = whole(tmp_path / "a.tif")
    assert back.info.associated
    assert np.array_equal(back.pixels, rgba[..., :3])
    samples.save(tmp_path / "b.tif", back)
    again = whole(tmp_path / "b.tif")
    assert again.info.associated
    assert np.array_equal(again.pixels, rgba[..., :3])


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_a_tiff_whose_white_is_nought_is_no_negative(tmp_path: Path, dtype: type[np.generic]) -> None:
    full = 1 if dtype is np.float32 else np.iinfo(dtype).max  # type: ignore[type-var]
    light = (samples.smooth(1)[..., 0] / 255 * full).astype(dtype)
    tifffile.imwrite(tmp_path / "a.tif", (full - light).astype(dtype), photometric="miniswhite")
    assert np.allclose(read_picture(tmp_path / "a.tif").pixels[..., 0], light, atol=1e-6)
    assert np.abs(load_rgb(tmp_path / "a.tif")[..., 1] - np.rint(light / full * 255)).max() <= 1


@pytest.mark.parametrize("name", ["a.png", "a.tif", "f.tif"])
def test_grey_of_more_than_8_bits_is_not_cut_off_where_8_are_wanted(tmp_path: Path, name: str) -> None:
    light = samples.smooth(1)[..., 0].astype(np.uint16) * 257
    stored = light if name[0] == "a" else (light / 65535).astype(np.float32)
    Image.fromarray(stored).save(tmp_path / name)
    assert np.array_equal(load_rgb(tmp_path / name)[..., 0], samples.smooth(1)[..., 0])


def test_alpha_that_a_tiff_multiplied_in_display_values_is_multiplied_in_light_in_exr(tmp_path: Path) -> None:
    pixels = np.tile(np.array([102, 102, 102, 128], np.uint8), (8, 8, 1))
    tifffile.imwrite(tmp_path / "a.tif", pixels, photometric="rgb", extrasamples=["assocalpha"])
    samples.save(tmp_path / "a.exr", read_picture(tmp_path / "a.tif"))
    found = read_picture(tmp_path / "a.exr")
    expected = decode_linear(np.array(102 / 128)) * 128 / 255
    assert np.abs(found.pixels - expected).max() < 1e-3


@pytest.mark.parametrize(("name", "said"), [("a.webp", True), ("a.avif", True), ("a.jxl", True), ("a.png", False)])
def test_a_profile_of_grey_does_not_go_onto_colours(tmp_path: Path, name: str, said: bool) -> None:
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, 0x0233) + bytes(2)
    head = struct.pack(">8xI", 0x02400000) + b"mntrGRAYXYZ "
    tags = struct.pack(">I4sII", 1, b"kTRC", 144, len(curve))
    body = head.ljust(36, b"\0") + b"acsp"
    icc = body.ljust(128, b"\0") + tags + curve
    icc = struct.pack(">I", len(icc)) + icc[4:]
    alpha = np.full((31, 37), 255, np.uint8)
    grey = samples.picture(samples.smooth(1), alpha, metadata=Metadata(icc=icc))
    samples.save(tmp_path / name, grey)
    told = " ".join(losses(grey.info, plan_output(grey.info, 37, 31, tmp_path / name)))
    assert ("colour profile" in told) is said
    assert (read_info(tmp_path / name).metadata.icc == icc) is not said


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_jpeg_xl_that_lost_nothing_stays_one(
    tmp_path: Path, channels: int, alpha: bool, dtype: type[np.generic]
) -> None:
    pixels = samples.noise(dtype, channels + alpha, 80, 90)
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(np.squeeze(pixels), lossless=True))
    found = read_picture(tmp_path / "a.jxl")
    assert found.info.lossless
    assert np.array_equal(found.pixels, pixels[..., :channels])
    assert (found.alpha is not None) is alpha
    if found.alpha is not None:
        assert np.array_equal(found.alpha, pixels[..., -1])
    assert plan_output(found.info, 90, 80).quality is None


def test_a_jpeg_xl_that_lost_something_is_known_too(tmp_path: Path) -> None:
    pixels = samples.noise(np.uint8, 3, 80, 90)
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(pixels, distance=1.0))
    assert not read_info(tmp_path / "a.jxl").lossless
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG")
    (tmp_path / "b.jxl").write_bytes(imagecodecs.jpegxl_encode_jpeg(file.getvalue()))
    assert not read_info(tmp_path / "b.jxl").lossless, "a JPEG that can be had back"


def test_display_encoded_pixels_become_light_in_exr(tmp_path: Path) -> None:
    source = samples.picture(samples.noise(np.uint8, 3))
    output = plan_output(source.info, 37, 31, format="exr")
    assert output.linear
    with create_picture(tmp_path / "a.exr", output) as writer:
        writer.write_rows(from_unit(to_unit(source.pixels, False), output.dtype, output.linear))
    back = whole(tmp_path / "a.exr")
    assert back.info.linear
    assert np.array_equal(from_unit(to_unit(back.pixels, True), np.uint8, False), source.pixels)


def test_a_half_float_exr_of_other_makes_with_layers_and_an_offset(tmp_path: Path) -> None:
    spec = oiio.ImageSpec(37, 31, 5, "half")
    spec.channelnames = ("A", "B", "G", "R", "Z")
    spec.alpha_channel = 0
    spec.x, spec.y = 5, -9
    pixels = samples.noise(np.float32, 3)
    stack = np.concatenate([pixels[..., :1] * 0 + 1, pixels[..., ::-1], pixels[..., :1]], axis=2).astype(np.float16)
    out = oiio.ImageOutput.create("openexr")
    assert out.open(str(tmp_path / "a.exr"), spec)
    assert out.write_image(stack.astype(np.float32))
    assert out.close()
    with open_picture(tmp_path / "a.exr") as reader:
        assert reader.info.linear
        rows = [reader.read_rows(0, 11), reader.read_rows(11, 31)]
    assert np.array_equal(np.concatenate([r[0] for r in rows]), pixels.astype(np.float16).astype(np.float32))
    assert any("more channel" in note for note in reader.info.notes)


def test_what_an_exr_says_of_its_frame_and_primaries_is_said_to_be_left_out(tmp_path: Path) -> None:
    spec = oiio.ImageSpec(20, 10, 3, "float")
    spec.x, spec.y, spec.full_width, spec.full_height = 4, 2, 40, 30
    spec.attribute("chromaticities", "float[8]", (0.73, 0.27, 0.0, 1.0, 0.0, -0.08, 0.32, 0.34))
    output = oiio.ImageOutput.create("openexr")
    assert output.open(str(tmp_path / "a.exr"), spec)
    output.write_image(np.zeros((10, 20, 3), np.float32))
    output.close()
    assert read_info(tmp_path / "a.exr").notes == (DISPLAY_WINDOW, PRIMARIES)
    samples.save(tmp_path / "b.exr", read_picture(tmp_path / "a.exr"))
    assert read_info(tmp_path / "b.exr").notes == ()


def test_cmyk_is_converted_and_said(tmp_path: Path) -> None:
    Image.new("CMYK", (37, 31), (0, 255, 255, 0)).save(tmp_path / "a.jpg", quality=95)
    Image.new("CMYK", (37, 31), (0, 255, 255, 0)).save(tmp_path / "a.tif")
    tifffile.imwrite(
        tmp_path / "deep.tif", np.tile(np.array([0, 65535, 65535, 0], np.uint16), (31, 37, 1)), photometric="separated"
    )
    for name, full in (("a.jpg", 255), ("a.tif", 255), ("deep.tif", 65535)):
        back = whole(tmp_path / name)
        assert back.pixels.shape == (31, 37, 3)
        assert np.iinfo(back.pixels.dtype).max == full
        red = back.pixels[5, 5] / full
        assert red[0] > 0.95
        assert red[1:].max() < 0.05
        assert any("CMYK" in note for note in back.info.notes)
        assert back.info.metadata.icc is not None, "the result says that it is sRGB"


def test_thumbnails_are_small_oriented_and_know_the_full_size(tmp_path: Path) -> None:
    pixels = np.zeros((310, 370, 3), np.uint8)
    pixels[:, :185, 0] = 200  # red on the left
    Image.fromarray(pixels).save(tmp_path / "a.jpg", exif=b"Exif\0\0" + samples.exif(orientation=6), quality=95)
    width, height, small = read_thumbnail(tmp_path / "a.jpg", 64)
    assert (width, height) == (310, 370)
    assert small.shape == (64, 54, 3)
    assert small[5, 27, 0] > 150, "turned clockwise, the left is on top"
    assert small[58, 27, 0] < 50
    for name in ("b.png", "b.tif", "b.webp"):
        samples.save(tmp_path / name, samples.picture(pixels))
        width, height, small = read_thumbnail(tmp_path / name, 64)
        assert (width, height, small.shape) == (370, 310, (54, 64, 3))
        assert small[27, 5, 0] > 150
        assert small[27, 60, 0] < 50


def test_plans_keep_what_they_can() -> None:
    deep = samples.picture(samples.noise(np.uint16, 3), samples.noise(np.uint16, 1)[..., 0], format="tiff").info
    assert plan_output(deep, 37, 31).format == "tiff"
    assert plan_output(deep, 37, 31).depth == "16"
    assert plan_output(deep, 37, 31, Path("a.png")).depth == "16"
    jpeg = plan_output(deep, 37, 31, Path("a.JPG"))
    assert (jpeg.format, jpeg.depth, jpeg.has_alpha, jpeg.quality) == ("jpeg", "8", False, 95)
    told = " ".join(losses(deep, jpeg))
    assert "transparency" in told
    assert "16 bits to 8 bits" in told
    assert losses(deep, plan_output(deep, 37, 31)) == ()
    real = samples.picture(samples.noise(np.uint16, 3).astype(np.float32) / 65535, format="tiff").info
    assert "outside 0..1 are clipped" in " ".join(losses(real, plan_output(real, 37, 31, Path("a.png"))))
    assert losses(real, plan_output(real, 37, 31)) == ()
    for source in ("psd", "heic", "raw"):
        assert plan_output(samples.picture(deep_pixels(), format=source).info, 37, 31).format == "tiff"
    photo = samples.picture(samples.noise(np.uint8, 3), format="jpeg", lossless=False).info
    assert plan_output(photo, 37, 31, format="webp").quality == 95
    assert plan_output(deep, 37, 31, format="webp").quality is None


def deep_pixels() -> NDArray[Any]:
    return samples.noise(np.uint16, 3)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"format": "jpeg", "depth": "16"}, "16 bits"),
        ({"format": "png", "depth": "32f"}, "32-bit float"),
        ({"format": "nonsense"}, "nonsense"),
        ({"depth": "12"}, "12"),
        ({"format": "jpeg", "quality": 0}, "quality"),
        ({"target": Path("a.png"), "format": "tiff"}, "says PNG"),
        ({"target": Path("a.psd")}, ".psd"),
        ({"format": "webp", "width": 20000}, "16383"),
    ],
)
def test_plans_refuse_what_cannot_be(arguments: dict[str, Any], word: str) -> None:
    info = samples.picture(samples.noise(np.uint8, 3)).info
    with pytest.raises(SettingsError, match=word) as caught:
        plan_output(**({"info": info, "width": 37, "height": 31} | arguments))
    assert caught.value.advice


def test_a_wrong_suffix_does_not_matter(tmp_path: Path) -> None:
    samples.save(tmp_path / "a.png", samples.picture(samples.noise(np.uint8, 3)))
    (tmp_path / "a.png").rename(tmp_path / "a.jpg")
    assert read_info(tmp_path / "a.jpg").format == "png"
    assert whole(tmp_path / "a.jpg").pixels.shape == (31, 37, 3)
    assert imagecodecs.png_decode((tmp_path / "a.jpg").read_bytes()).shape == (31, 37, 3)


@pytest.mark.parametrize(("bars", "taken"), [("none", True), ("black", True), ("picture", False), ("damaged", False)])
def test_a_cameras_own_small_copy_is_taken_where_it_is_true(tmp_path: Path, bars: str, taken: bool) -> None:
    small = Image.new("RGB", (160, 107 if bars == "none" else 120), "blue")
    if bars == "black":
        for y in (*range(7), *range(113, 120)):
            small.paste("black", (0, y, 160, y + 1))
    packed = io.BytesIO()
    small.save(packed, "jpeg", quality=95)
    data = packed.getvalue() if bars != "damaged" else packed.getvalue()[:200]
    # main directory with the orientation, then the small copy's with where it lies
    head = b"II*\0\x08\0\0\0" + b"\x01\0" + struct.pack("<HHII", 274, 3, 1, 6) + struct.pack("<I", 26)
    second = b"\x02\0" + struct.pack("<HHII", 513, 4, 1, 56) + struct.pack("<HHII", 514, 4, 1, len(data)) + bytes(4)
    exif = head + second + data
    Image.new("RGB", (900, 600), "red").save(tmp_path / "a.jpg", exif=b"Exif\0\0" + exif)
    width, height, copy = read_thumbnail(tmp_path / "a.jpg", 128)
    assert (width, height, copy.shape) == (600, 900, (128, 85, 3))
    assert (copy[3:-3, 3:-3, 2] > 200).all() == taken
    assert (copy[3:-3, 3:-3, 0] > 200).all() != taken
