"""The recipe in files: found again in every format that carries one, and nothing else of them changed."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import imageio_samples as samples
import numpy as np
import pytest
from PIL import Image

from aestudio.imageio.picture import NO_METADATA, Metadata
from aestudio.imageio.reader import read_info, read_picture
from aestudio.imageio.recipe import Recipe, find_recipe, with_recipe

RECIPE = Recipe("aestudio 0.1", "denoise", "photo-fast", "ab" * 32, {"noise": None, "strength": 0.8, "say": '"<&é>"'})
OTHER = Recipe("aestudio 0.2", "upscale", "upscale-x4-fast", "cd" * 32, {"scale": 4.0})
FULL = Metadata(samples.display_p3(), samples.exif(), samples.XMP, samples.IPTC)


@pytest.mark.parametrize("own", [FULL, NO_METADATA], ids=["full", "bare"])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.jxl", "a.jp2", "a.avif", "a.tif"])
def test_a_recipe_comes_back_and_moves_nothing_else(tmp_path: Path, name: str, own: Metadata) -> None:
    source = samples.picture(samples.noise(np.uint8, 3), metadata=own)
    samples.save(tmp_path / f"plain-{name}", source)
    samples.save(tmp_path / name, source, recipe=RECIPE)
    plain, back = (read_info(tmp_path / n).metadata for n in (f"plain-{name}", name))
    assert find_recipe(plain) is None
    assert find_recipe(back) == RECIPE
    assert (back.icc, back.exif, back.iptc) == (plain.icc, plain.exif, plain.iptc)
    if name == "a.png":
        assert back.xmp == plain.xmp
        with Image.open(tmp_path / name) as image:
            assert '"photo-fast"' in image.info["aestudio recipe"]
    elif own is FULL:
        head, _, tail = samples.XMP.partition(b"</rdf:RDF>")
        assert back.xmp is not None
        assert back.xmp.startswith(head)
        assert back.xmp.endswith(b"</rdf:RDF>" + tail)


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_the_newest_recipe_takes_the_place_of_the_last(tmp_path: Path, name: str) -> None:
    samples.save(tmp_path / f"1-{name}", samples.picture(samples.noise(np.uint8, 3), metadata=FULL), recipe=RECIPE)
    samples.save(tmp_path / f"2-{name}", read_picture(tmp_path / f"1-{name}"), recipe=OTHER)
    back = read_info(tmp_path / f"2-{name}").metadata
    assert find_recipe(back) == OTHER
    assert b"photo-fast" not in (tmp_path / f"2-{name}").read_bytes()
    samples.save(tmp_path / f"3-{name}", read_picture(tmp_path / f"2-{name}"))
    assert read_info(tmp_path / f"3-{name}").metadata == back, "without a recipe of its own nothing is touched"


def test_one_that_another_program_wrote_anew_is_read_and_replaced() -> None:
    own = with_recipe(FULL, "tiff", RECIPE).xmp
    assert own is not None
    tree = ElementTree.fromstring(own[own.index(b"<x:xmpmeta") : own.rindex(b"<?xpacket")])
    ElementTree.register_namespace("aestudio", "urn:aestudio:recipe:1/")
    again = ElementTree.tostring(tree)
    assert again != own
    assert find_recipe(Metadata(xmp=again)) == RECIPE
    replaced = with_recipe(Metadata(xmp=again), "tiff", OTHER)
    assert find_recipe(replaced) == OTHER
    assert b"photo-fast" not in (replaced.xmp or b"")
    head = b"<r:RDF xmlns:r='u' xmlns:aestudio='urn:aestudio:recipe:1/'>"
    element = head + b"<aestudio:recipe>%s</aestudio:recipe></r:RDF>"
    assert find_recipe(Metadata(xmp=element % OTHER.to_text().encode())) == OTHER


def test_a_packet_keeps_its_subject() -> None:
    xmp = samples.XMP.replace(b'rdf:about=""', b"rdf:about='uuid:1'")
    merged = with_recipe(Metadata(xmp=xmp), "jpeg", RECIPE).xmp or b""
    assert b'rdf:about="uuid:1" xmlns:aestudio' in merged


@pytest.mark.parametrize(
    "xmp",
    [samples.XMP.decode().encode("utf-16"), b"<nothing/>", samples.XMP[:-40] + b" " * 65000 + samples.XMP[-40:]],
    ids=["utf-16", "no end", "full segment"],
)
def test_where_it_does_not_fit_the_packet_stays(xmp: bytes) -> None:
    assert with_recipe(Metadata(xmp=xmp), "jpeg", RECIPE) == Metadata(xmp=xmp)


def test_formats_without_room_and_files_without_metadata_carry_none(tmp_path: Path) -> None:
    source = samples.picture(samples.noise(np.uint8, 3), metadata=FULL)
    samples.save(tmp_path / "a.bmp", source, recipe=RECIPE)
    assert find_recipe(read_info(tmp_path / "a.bmp").metadata) is None
    samples.save(tmp_path / "a.png", source, recipe=RECIPE, metadata=False)
    assert read_info(tmp_path / "a.png").metadata == Metadata(icc=FULL.icc)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"program": 1, "task": "x", "model": "y"}', "[" * 9999])
def test_nonsense_is_no_recipe(text: str) -> None:
    assert Recipe.from_text(text) is None


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha">]><x xmlns:aestudio="urn:aestudio:recipe:1/" aestudio:recipe="&a;"/>'
    assert find_recipe(Metadata(xmp=bomb)) is None
