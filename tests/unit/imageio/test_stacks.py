"""What a microscope's TIFF says of its stack: a result is opened by the field's readers as the one picture it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import imageio_samples as samples
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray

from aestudio.imageio import output
from aestudio.imageio.reader import read_info, read_picture
from aestudio.imageio.writer import create_picture, losses, plan_output

PLANES = np.stack([samples.noise(np.uint16, 1, seed=n)[..., 0] for n in range(3)])
IMAGEJ = {"imagej": True, "resolution": (5.0, 7.5)}
OME = {"axes": "YX", "PhysicalSizeX": 0.2}


def enlarged(source: Path, target: Path) -> Path:
    info = read_info(source)
    plan = plan_output(info, 2 * info.width, 3 * info.height, target)
    with create_picture(target, plan) as writer:
        writer.write_rows(samples.noise(np.uint16, 1, plan.height, plan.width))
    return target


def described(path: Path) -> str:
    with tifffile.TiffFile(path) as file:
        assert len(file.pages) == 1
        tag = file.pages[0].tags.get(270)
        return "" if tag is None else str(tag.value)


@pytest.mark.parametrize(
    ("pixels", "how", "expected"),
    [
        (PLANES, IMAGEJ | {"metadata": {"axes": "ZYX", "unit": "um", "min": 3.0, "spacing": 2.0}}, "unit=um\nmin=3.0"),
        (PLANES, IMAGEJ | {"metadata": {"axes": "CYX"}, "truncate": True}, ""),
        (PLANES, {"metadata": {"axes": "CYX"}, "ome": True}, None),
        (PLANES, {"photometric": "minisblack", "metadata": {"axes": "ZYX", "lens": "40x"}}, {"lens": "40x"}),
        (PLANES[:2], {"photometric": "minisblack", "planarconfig": "separate"}, {}),
    ],
    ids=["imagej", "imagej, one directory", "ome", "shaped", "shaped, planes"],
)
def test_one_picture_of_a_stack_says_that_it_is_one(
    tmp_path: Path, pixels: NDArray[np.uint16], how: dict[str, Any], expected: str | dict[str, str] | None
) -> None:
    tifffile.imwrite(tmp_path / "a.tif", pixels, **how)
    source = read_picture(tmp_path / "a.tif")
    samples.save(tmp_path / "b.tif", source)
    assert np.array_equal(tifffile.imread(tmp_path / "b.tif"), pixels[0])
    said = described(tmp_path / "b.tif")
    if isinstance(expected, dict):
        assert json.loads(said) == {"shape": list(pixels[0].shape), **expected}
    elif expected is not None:
        first, count, *rest = said.split("\n")
        assert (first.partition("=")[0], count) == ("ImageJ", "images=1")
        assert rest == expected.split()
    else:
        assert said == ""
    told = losses(source.info, plan_output(source.info, 37, 31))
    assert (output.DESCRIPTION_LOST in told) == (expected is None)


@pytest.mark.parametrize(
    "how",
    [IMAGEJ | {"metadata": {"unit": "um", "spacing": 2.0}}, {"ome": True, "metadata": OME}, {"metadata": {"a": "b"}}],
    ids=["imagej", "ome", "shaped"],
)
def test_what_is_said_of_a_single_picture_stays_to_the_letter(tmp_path: Path, how: dict[str, Any]) -> None:
    tifffile.imwrite(tmp_path / "a.tif", PLANES[0], **how)
    source = read_picture(tmp_path / "a.tif")
    samples.save(tmp_path / "b.tif", source)
    assert described(tmp_path / "b.tif") == described(tmp_path / "a.tif") != ""
    assert losses(source.info, plan_output(source.info, 37, 31)) == ()


def test_an_enlarged_picture_is_measured_by_its_own_pixels(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", PLANES, **IMAGEJ, metadata={"unit": "um", "xorigin": 4.0})
    with tifffile.TiffFile(enlarged(tmp_path / "a.tif", tmp_path / "b.tif")) as file:
        assert file.asarray().shape == (93, 74)
        tags = file.pages[0].tags
        assert tags[282].value == (10, 1)
        assert tags[283].value == (45, 2)
        assert file.imagej_metadata is not None
        assert (file.imagej_metadata["unit"], file.imagej_metadata["xorigin"]) == ("um", 8)


@pytest.mark.parametrize("kind", ["ome", "shaped"])
def test_an_enlarged_picture_does_not_say_its_old_size(tmp_path: Path, kind: str) -> None:
    tifffile.imwrite(tmp_path / "a.tif", PLANES[0], ome=kind == "ome", metadata=OME if kind == "ome" else {})
    assert tifffile.imread(enlarged(tmp_path / "a.tif", tmp_path / "b.tif")).shape == (93, 74)
    assert described(tmp_path / "b.tif") == ("" if kind == "ome" else '{"shape": [93, 74]}')
    info = read_info(tmp_path / "a.tif")
    told = losses(info, plan_output(info, 74, 93))
    assert told == ((output.DESCRIPTION_LOST,) if kind == "ome" else ())


def test_values_of_another_depth_are_not_measured_as_before(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", PLANES[0], imagej=True, metadata={"unit": "um", "max": 60000.0, "c1": 0.5})
    samples.save(tmp_path / "b.tif", read_picture(tmp_path / "a.tif"), depth="8")
    said = described(tmp_path / "b.tif")
    assert "unit=um" in said
    assert "max=" not in said
    assert "c1=" not in said


@pytest.mark.parametrize("said", ['{"shape": [3', '{"shape": "flat"}', '{"shape": [-1, 31, 37]}'])
def test_a_damaged_note_of_a_shape_is_left_out_and_said(tmp_path: Path, said: str) -> None:
    tifffile.imwrite(tmp_path / "a.tif", PLANES[0], description=said, metadata=None)
    info = read_info(tmp_path / "a.tif")
    assert losses(info, plan_output(info, 37, 31)) == (output.DESCRIPTION_LOST,)
