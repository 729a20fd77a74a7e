"""Pictures with their truth in files of their own."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from aestudio.errors import InputError
from aestudio.models.registry import build
from aestudio.training import pair_reading, paired
from aestudio.training.alignment import SURE, Twins, registered, shift, unrelated
from aestudio.training.data import shrink
from aestudio.training.doctor import WARNS
from aestudio.training.objective import When
from aestudio.training.objectives import make_objective
from aestudio.training.pair_checks import pair_findings
from aestudio.training.pair_reading import gather_pairs
from aestudio.training.pairs import find_pairs, match
from aestudio.training.recipes import Recipe
from aestudio.training.sources import Source
from aestudio.training.streaming import Stream

CPU = torch.device("cpu")
RANDOM = np.random.default_rng(0)
# Pairs that make some 47 MB.
COUNT = 120


def scene(height: int, width: int) -> NDArray[np.uint8]:
    """Return a picture of soft blobs, as unlike noise as photographs are."""
    coarse = np.random.default_rng(height).integers(0, 256, (height // 6 + 2, width // 6 + 2, 3), dtype=np.uint8)
    large = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    return np.array(large)


def noisy(picture: NDArray[np.uint8], sigma: float = 20) -> NDArray[np.uint8]:
    return np.clip(picture + RANDOM.normal(0, sigma, picture.shape), 0, 255).astype(np.uint8)


def save(folder: Path, name: str, picture: NDArray[np.uint8]) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(folder / name)


def files(folder: str, *names: str) -> list[tuple[Path, Path]]:
    return [(Path(folder, name), Path(folder)) for name in names]


@pytest.mark.parametrize(
    ("truths", "inputs"),
    [
        (["a.png", "x/b.jpg"], ["a.tif", "x/b.png"]),
        (["a_11_mean.JPG", "b_5_mean.JPG"], ["a_11_real.JPG", "b_5_real.JPG"]),
        (["clean-1.png", "clean-2.png"], ["noisy-1.png", "noisy-2.png"]),
        (["one/a.png", "two/b.png"], ["a.png", "b.png"]),
    ],
)
def test_files_of_one_name_belong_together(truths: list[str], inputs: list[str]) -> None:
    pairs, alone = match(files("/t", *truths), files("/i", *inputs))
    assert [(p.truth, p.given) for p in pairs] == [
        (Path("/t", t), Path("/i", i)) for t, i in zip(truths, inputs, strict=True)
    ]
    assert not alone


def test_files_without_a_partner_are_named_and_none_is_guessed() -> None:
    pairs, alone = match(files("/t", "a.png", "x/c.png", "y/c.png"), files("/i", "a.png", "c.png", "d.png"))
    assert [p.truth.name for p in pairs] == ["a.png"]
    assert len(alone) == 4


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("moved", [(3, -5), (0, 0), (-7, 2)])
def test_shifts_are_found_and_undone(moved: tuple[int, int], scale: int) -> None:
    down, right = moved
    whole = scene(190 * scale, 230 * scale)
    y, x = ((10 - n) * scale for n in moved)
    truth = whole[10 * scale : 170 * scale, 10 * scale : 210 * scale]
    behind = whole[y : y + 160 * scale, x : x + 200 * scale]
    given = noisy(shrink(behind, scale) if scale > 1 else behind)
    found = shift(Twins("a", truth, given), scale)
    assert found[:2] == moved
    assert found[2] > SURE
    made = registered(Twins("a", truth, given), down, right, scale)
    assert made.truth.shape[0] == scale * made.given.shape[0] == scale * (160 - abs(down))
    assert shift(made, scale)[:2] == (0, 0)


def test_pictures_that_show_different_things_are_not_taken_for_shifted() -> None:
    assert shift(Twins("a", noisy(np.full((160, 200, 3), 90, np.uint8)), noisy(scene(160, 200))))[2] < SURE


@pytest.mark.parametrize("scale", [1, 2])
def test_a_pair_of_two_things_is_known_from_a_noisy_a_dark_and_a_plain_one(scale: int) -> None:
    truth = scene(160, 200)
    small = shrink(truth, scale) if scale > 1 else truth
    dark = np.clip(small * 0.1 + np.random.default_rng(0).normal(0, 15, small.shape), 0, 255).astype(np.uint8)
    plain = np.full_like(small, 90)
    assert [unrelated(Twins("a", truth, given)) for given in (small, noisy(small), dark, plain)] == [False] * 4
    assert unrelated(Twins("a", truth, noisy(255 - small)))
    assert unrelated(Twins("a", truth, small[::-1, ::-1].copy()))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for number in range(6):
        truth = scene(70 + number, 90)
        save(tmp_path / "truth", f"{number}_mean.png", truth)
        save(tmp_path / "noisy", f"{number}_real.png", noisy(truth))
    return tmp_path / "truth", tmp_path / "noisy"


def test_a_pair_of_two_things_is_pointed_at_before_a_run_and_in_it(folders: tuple[Path, Path]) -> None:
    truth, given = folders
    save(given, "3_real.png", noisy(255 - scene(73, 90)))
    source = Source((truth,), pairs=given)
    pairs, alone = find_pairs(source)
    findings = list(pair_findings(pairs, alone, 1, register=False))
    assert [(f.kind, f.severity, [p.name for p in f.paths]) for f in findings] == [("unrelated", WARNS, ["3_mean.png"])]
    heard: list[str] = []
    gather_pairs(source, 2, 1, 32, 10**9, torch.device("cpu"), heard.append)
    assert heard == ["Showing something else than their inputs (1): 3_mean.png. Look whether they are pairs."]


@pytest.mark.parametrize("architecture", ["restoration-unet", "photo-unet"])
def test_a_denoiser_learns_from_pairs(architecture: str, folders: tuple[Path, Path]) -> None:
    truth, given = folders
    arguments = {"widths": [8, 16], "blocks": 1}
    recipe = Recipe("denoise", architecture, arguments, degradation="pairs", patch=32, batch=4, held_out=2)
    objective = make_objective(recipe, Source((truth,), pairs=given), CPU)
    extent = objective.extent()
    assert (extent.pictures, extent.held_out) == (5, 1)
    assert extent.untouched is not None
    assert 20 < extent.untouched < 26
    generator = torch.Generator().manual_seed(0)
    batch = objective.draw(generator, When(0, 0.5))
    clean = batch[2] if architecture == "restoration-unet" else batch[1]
    # the same crop, turned alike: what is between them is the noise
    assert 0.05 < float((batch[0] - clean).std()) < 0.1
    network = build(architecture, arguments)
    assert torch.isfinite(objective.loss(network, batch, When(0, 0.5)))
    with torch.inference_mode():
        assert objective.validate(network.eval())["psnr"] > 0


def test_an_upscaler_learns_from_pairs(tmp_path: Path) -> None:
    for number in range(3):
        large = scene(96, 128)
        save(tmp_path / "large", f"{number}.png", large)
        save(tmp_path / "small", f"{number}.png", shrink(large, 2))
    recipe = Recipe(
        "upscale", "upscaler", {"scale": 2, "widths": [8, 16], "blocks": 1}, degradation="pairs", scale=2, patch=16
    )
    source = Source((tmp_path / "large",), pairs=tmp_path / "small")
    small, large_crop = make_objective(recipe, source, CPU).draw(torch.Generator(), When(0, 0.0))
    assert (small.shape[-1], large_crop.shape[-1]) == (16, 32)
    with pytest.raises(InputError, match="2 times as large as"):
        gather_pairs(source, 2, 1, 16, 10**9, CPU, print)


def test_what_does_not_fit_is_left_out_and_said(folders: tuple[Path, Path]) -> None:
    truth, given = folders
    save(truth, "more_mean.png", scene(70, 90))
    save(given, "5_real.png", scene(40, 40))
    moved = scene(90, 110)
    save(truth, "4_mean.png", moved[10:80, 10:100])
    save(given, "4_real.png", noisy(moved[7:77, 14:104], 5))
    said: list[str] = []
    found = gather_pairs(Source((truth,), pairs=given, register=True), 2, 1, 32, 10**9, CPU, said.append)
    assert (len(found.training), len(found.held_out)) == (4, 1)
    words = " ".join(said)
    assert "(1): more_mean.png." in words
    assert "5_mean.png" in words
    assert "4_mean.png -4, 3" in words
    empty = truth.parent / "none"
    empty.mkdir()
    with pytest.raises(InputError, match="has the name"):
        gather_pairs(Source((truth,), pairs=empty), 2, 1, 32, 10**9, CPU, print)


def test_pairs_that_memory_cannot_hold_are_read_while_the_network_learns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(COUNT):
        truth = scene(256 + number % 3, 256)
        save(tmp_path / "truth", f"{number:03}.png", truth)
        save(tmp_path / "noisy", f"{number:03}.png", noisy(truth))
    monkeypatch.setattr(pair_reading, "SLOT_SIDE", 64)
    said: list[str] = []
    room, whole = 800_000, COUNT * 2 * 3 * 256 * 256
    source = Source((tmp_path / "truth",), pairs=tmp_path / "noisy")
    tracemalloc.start()
    try:
        found = gather_pairs(source, 4, 1, 32, room, CPU, said.append)
        stream = found.training
        assert isinstance(stream, Stream)
        assert "too many to read them all first" in said[-1]
        assert (len(stream.known), len(found.held_out)) == (COUNT - 4, 4)
        pool = stream.pool(CPU)
        try:
            assert len(pool.large.bytes) + len(pool.small.bytes) <= room
            before, end = pool.renewed, time.monotonic() + 60
            truth, given = pool.draw(64, 32, torch.Generator().manual_seed(0))
            # the same crops, turned alike
            assert 10 < float((truth.float() - given.float()).std()) < 30
            while pool.renewed < before + 40 and time.monotonic() < end:
                pool.draw(64, 32, torch.Generator().manual_seed(0))
                pool.renew()
            assert pool.renewed >= before + 40, "pairs that nobody has seen come in"
        finally:
            stream.close()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak + room < whole / 2, f"{peak / 1e6:.1f} of {whole / 1e6:.1f} MB"


def test_a_denoiser_learns_from_pairs_that_are_streamed(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    truth, given = folders
    monkeypatch.setattr(paired, "cache_bytes", lambda cache_mb, device: 100_000)
    recipe = Recipe(
        "denoise", "restoration-unet", {"widths": [8, 16], "blocks": 1}, degradation="pairs", patch=32, batch=4
    )
    save(given, "5_real.png", scene(40, 40))
    objective = make_objective(recipe, Source((truth,), pairs=given), CPU)
    assert (objective.extent().pictures, objective.extent().held_out) == (4, 1)
    batch = objective.draw(torch.Generator().manual_seed(0), When(0, 0.5))
    assert 0.05 < float((batch[0] - batch[2]).std()) < 0.1
    assert objective.statistics()


@pytest.mark.parametrize(("count", "unseen"), [(1, 0), (2, 1)])
def test_what_alone_there_is_to_learn_from_is_not_called_unseen(tmp_path: Path, count: int, unseen: int) -> None:
    for number in range(count):
        truth = scene(160 + number, 160)
        save(tmp_path / "truth", f"{number}.png", truth)
        save(tmp_path / "noisy", f"{number}.png", noisy(truth))
    tiny = Recipe("denoise", "restoration-unet", {"widths": [8, 16], "blocks": 1}, patch=32, batch=2)
    assert make_objective(tiny, tmp_path / "truth", CPU).extent().held_out == unseen
    pairs = Source((tmp_path / "truth",), pairs=tmp_path / "noisy")
    assert make_objective(replace(tiny, degradation="pairs"), pairs, CPU).extent().held_out == unseen
