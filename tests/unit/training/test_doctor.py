"""What is found in a folder before a run, on pictures like photographs and on what is done to them here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from aestudio.training import doctor, twins
from aestudio.training.doctor import STOPS, Examination, Finding
from aestudio.training.looks import look
from aestudio.training.recipes import Recipe, load

SIDE = 200


@pytest.fixture(scope="module")
def crops() -> list[Image.Image]:
    """Return sharp pictures that have what photographs have: things of all sizes before one another.

    The dead leaves model (Lee, Mumford and Huang, IJCV 2001): discs whose radii follow a power law.
    """
    random = np.random.default_rng(5)
    made = []
    for _ in range(14):
        large = Image.new("RGB", (2 * SIDE, 2 * SIDE))
        draw = ImageDraw.Draw(large)
        for radius in 30 / np.sqrt(random.uniform(0.01, 1, 150)):
            x, y = random.uniform(0, 2 * SIDE, 2)
            colour = tuple(int(c) for c in random.integers(0, 256, 3))
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
        # no lens draws an edge from one pixel to the next
        made.append(large.reduce(2).filter(ImageFilter.GaussianBlur(0.6)))
    return made


@pytest.fixture
def folder(tmp_path: Path, crops: list[Image.Image]) -> Path:
    for number, crop in enumerate(crops):
        crop.save(tmp_path / f"{number:02}.png")
    return tmp_path


def examined(folder: Path, recipe: Recipe | None = None, **how: float) -> dict[str, Finding]:
    recipe = recipe or Recipe("denoise", "restoration-unet", {"widths": [4, 8], "blocks": 1}, patch=64)
    files = sorted(p for p in folder.iterdir() if p.suffix in (".png", ".jpg"))
    examination = Examination(recipe, files, folder / "run", **how)  # type: ignore[arg-type]
    return {finding.kind: finding for finding in examination.findings()}


def names(found: tuple[Path, ...]) -> set[str]:
    return {path.name for path in found}


def test_a_folder_of_whole_sharp_pictures_is_passed(folder: Path, crops: list[Image.Image]) -> None:
    assert len(crops) >= doctor.FEWEST
    assert examined(folder) == {}


def test_what_cannot_be_learned_from_is_named(folder: Path, crops: list[Image.Image]) -> None:
    (folder / "text.jpg").write_text("no picture")
    whole = (folder / "00.png").read_bytes()
    (folder / "broken.png").write_bytes(whole[: len(whole) // 2])
    crops[1].resize((40, 63)).save(folder / "tiny.png")
    crops[2].convert("L").save(folder / "grey.png")
    Image.fromarray(np.asarray(crops[3].convert("L")).astype(np.uint16) * 257).save(folder / "deep.png")
    found = examined(folder)
    assert names(found["unreadable"].leave_out) == {"text.jpg", "broken.png"}
    assert names(found["small"].leave_out) == {"tiny.png"}
    assert names(found["grey"].paths) == {"grey.png", "deep.png"}
    assert names(found["deep"].paths) == {"deep.png"}
    assert not found["grey"].leave_out


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("noisy", lambda crop: _noisy(crop, 15)),
        ("blurred", lambda crop: crop.filter(ImageFilter.GaussianBlur(3))),
        ("compressed", None),
    ],
)
def test_pictures_that_are_not_clean_are_told_from_the_others(folder: Path, kind: str, spoil: object) -> None:
    spoiled = {"03", "07"}
    for name in spoiled:
        crop = Image.open(folder / f"{name}.png")
        crop.load()
        (folder / f"{name}.png").unlink()
        if callable(spoil):
            spoil(crop).save(folder / f"{name}.png")
        else:
            crop.save(folder / f"{name}.jpg", quality=30)
    found = examined(folder)
    assert {path.stem for path in found[kind].leave_out} == spoiled
    assert set(found) == {kind}


def _noisy(crop: Image.Image, sigma: float) -> Image.Image:
    noise = np.random.default_rng(0).normal(0, sigma, (crop.height, crop.width, 3))
    return Image.fromarray(np.clip(np.asarray(crop) + noise, 0, 255).round().astype(np.uint8))


def test_most_of_a_folder_is_not_left_out(folder: Path) -> None:
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as crop:
            _noisy(crop, 20).save(path)
    noisy = examined(folder)["noisy"]
    assert not noisy.leave_out
    assert "noisy pictures alone" in noisy.advice
    recipe = load("photo-fast")
    alone = Recipe("denoise", "photo-unet", recipe.arguments, degradation="noisy", patch=32)
    assert "noisy" not in examined(folder, alone)


def test_copies_are_found_and_those_across_the_split_apart_from_others(folder: Path, crops: list[Image.Image]) -> None:
    from aestudio.training.data import split

    # names decide what is held out: a copy's name is chosen so that it is not
    files = sorted(folder.glob("*.png"))
    candidates = [folder / f"copy-{n}.png" for n in range(200)]
    learned, held_out = next(
        (a, b) for a in candidates for b in [split([*files, a], 12)[1]] if a not in b and len(b) < len(files)
    )
    with Image.open(held_out[0]) as crop:
        crop.resize((150, 150)).save(learned)
    found = examined(folder)
    assert names(found["leak"].paths) == {learned.name, held_out[0].name}
    assert found["leak"].leave_out == (learned,)
    assert "alike" not in found


def test_the_largest_of_copies_stays(tmp_path: Path, crops: list[Image.Image]) -> None:
    crops[0].save(tmp_path / "a.png")
    crops[0].resize((120, 120)).save(tmp_path / "b.jpg", quality=70)
    groups = twins.groups([look(tmp_path / n, measures=False).hash for n in ("a.png", "b.jpg")])
    assert groups == [[0, 1]]


def test_neighbours_are_those_that_comparing_all_finds() -> None:
    random = np.random.default_rng(1)
    base = random.integers(0, 2**64, 300, np.uint64)
    flipped = base.copy()
    for bits in random.integers(0, 64, (5, 300)):
        flipped ^= np.uint64(1) << bits.astype(np.uint64)
    hashes = np.unique(np.concatenate([base, flipped]))
    apart = np.bitwise_count(hashes[:, None] ^ hashes[None])
    expected = np.argwhere(np.triu(apart <= twins.NEAR, 1))
    assert len(expected) >= 300 - 5
    assert np.array_equal(twins.pairs(hashes), expected)


def test_what_stops_a_run_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture")
    assert examined(tmp_path)["unreadable"].severity == STOPS
    Image.new("RGB", (20, 20), "red").save(tmp_path / "a.png")
    assert examined(tmp_path)["small"].severity == STOPS


def test_a_large_folder_is_looked_at_in_part(folder: Path) -> None:
    files = sorted(folder.glob("*.png"))
    recipe = Recipe("denoise", "restoration-unet", {"widths": [4, 8], "blocks": 1}, patch=64)
    examination = Examination(recipe, files, folder, most=6)
    heard = list[tuple[int, int]]()
    assert not [f for f in examination.findings(lambda *seen: heard.append(seen)) if f.kind == "few"]
    sums = examination.sums()
    assert (sums.looked_at, sums.pictures) == (6, len(files))
    assert heard[-1] == (6, 6)
    assert sums.megapixels == pytest.approx(len(files) * SIDE * SIDE / 1e6)
    stopped = Examination(recipe, files, folder, seconds=0)
    list(stopped.findings())
    assert 0 < stopped.sums().looked_at <= len(files)


def test_few_pictures_are_said_to_be_few_for_a_large_network(folder: Path) -> None:
    large = Recipe("denoise", "restoration-unet", {"widths": [64, 128, 256], "blocks": 2}, patch=64)
    assert "start from a shipped model" in examined(folder, large)["few"].advice
