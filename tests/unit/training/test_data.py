from __future__ import annotations

import dataclasses
import tracemalloc
import weakref
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from aestudio.errors import InputError
from aestudio.imageio.simple import find_pictures, load_rgb
from aestudio.training import recipes
from aestudio.training.data import Buffer, PicturePool, shrink, split
from aestudio.training.objective import When
from aestudio.training.photographs import PhotoObjective
from aestudio.training.restoring import DenoiseObjective

CPU = torch.device("cpu")


def numbered(height: int, width: int, start: int) -> NDArray[np.uint8]:
    """A picture whose pixels all differ within it, as far as bytes allow."""
    red, green = np.mgrid[0:height, 0:width]
    return np.stack([red + start, green, np.full_like(red, start)], axis=2).astype(np.uint8)


def dihedral(picture: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    turned = [np.rot90(picture, k) for k in range(4)]
    return turned + [t.transpose(1, 0, 2) for t in turned]


def test_crops_are_the_pictures_own_pixels_in_all_eight_positions() -> None:
    pictures = [numbered(20, 31, 0), numbered(37, 16, 100)]
    pool = PicturePool(pictures, CPU)
    generator = torch.Generator().manual_seed(0)
    crops, same = pool.draw(64, 8, generator)
    assert crops is same
    assert crops.dtype == torch.uint8
    views = set()
    for crop in crops.permute(0, 2, 3, 1).numpy():
        source = pictures[1] if crop[0, 0, 2] == 100 else pictures[0]
        start = int(source[0, 0, 0])
        top, left = int(crop[..., 0].min()) - start, int(crop[..., 1].min())
        truth = source[top : top + 8, left : left + 8]
        matches = [k for k, view in enumerate(dihedral(truth)) if np.array_equal(view, crop)]
        assert matches
        views.add(matches[0])
    assert views == set(range(8))


def test_what_a_pool_holds_is_in_memory_once() -> None:
    pictures = [numbered(21, 30, 0), numbered(36, 17, 100)]
    pool = PicturePool(pictures, CPU, scale=2)
    assert len(pool.pictures) == 2
    for number, picture in enumerate(pictures):
        height, width = (n // 2 * 2 for n in picture.shape[:2])
        assert np.array_equal(pool.pictures[number], picture[:height, :width])
        assert np.shares_memory(pool.pictures[number], pool.large.bytes.numpy())
    assert [p.shape for p in pool.pictures[:5]] == [p.shape for p in pool.pictures]
    assert np.array_equal(pool.pictures[-1], pool.pictures[1])
    with pytest.raises(IndexError):
        pool.pictures[2]


def test_pictures_are_let_go_once_the_objective_has_them() -> None:
    pictures = [numbered(64, 64, n) for n in range(4)]
    left = [weakref.ref(picture) for picture in pictures]
    objective = DenoiseObjective(recipes.load("denoise-fast"), pictures, pictures[:1], CPU)
    del pictures
    assert all(ref() is None for ref in left[1:])
    assert objective.extent().pictures == 4


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_level_that_is_set_too_high_is_learned_from_as_often_as_the_recipe_says(share: float) -> None:
    recipe = dataclasses.replace(recipes.load("denoise-fast"), overrated=share, clipped=0, grey=0, batch=64, patch=32)
    flat = [np.full((64, 64, 3), 128, np.uint8)]
    objective = DenoiseObjective(recipe, flat, flat, CPU)
    noisy, told, clean = objective.draw(torch.Generator().manual_seed(0), When(0, 0.0))
    ratio = (noisy - clean).flatten(1).std(1) / told.mean((1, 2, 3))
    if share:
        assert float(ratio.mean()) == pytest.approx(0.6, abs=0.05)
    else:
        assert torch.allclose(ratio, torch.ones(64), atol=0.06)


@pytest.mark.parametrize(("name", "kind"), [("denoise-fast", DenoiseObjective), ("photo-fast", PhotoObjective)])
def test_as_many_crops_are_made_lighter_as_the_recipe_says_and_none_darker(
    name: str, kind: type[DenoiseObjective | PhotoObjective]
) -> None:
    grey = [np.full((192, 192, 3), 160, np.uint8)]
    for share, least in ((0.0, 0), (1.0, 16)):
        recipe = dataclasses.replace(recipes.load(name), overexposed=share, grey=0, batch=32, patch=32)
        objective = kind(recipe, grey, grey, CPU)
        clean = next(x for x in objective.draw(torch.Generator().manual_seed(0), When(0, 0.0))[1:] if x.shape[1] == 3)
        light = clean.mean((1, 2, 3)) * 255
        assert light.min() >= 159
        assert light.max() <= 255.01
        assert int((light > 170).sum()) >= least
        assert int((light > 254).sum()) >= least // 4
        if not share:
            assert light.max() <= 162


def test_small_twins_match_their_large_crops() -> None:
    random = np.random.default_rng(0)
    coarse = random.integers(0, 256, (12, 15, 3), dtype=np.uint8)
    picture = np.repeat(np.repeat(coarse, 8, 0), 8, 1)
    pool = PicturePool([picture], CPU, scale=2)
    large, small = pool.draw(16, 16, torch.Generator().manual_seed(1))
    assert large.shape == (16, 3, 32, 32)
    assert small.shape == (16, 3, 16, 16)
    again = np.stack([shrink(p, 2) for p in large.permute(0, 2, 3, 1).numpy()])
    inner = slice(3, -3)
    difference = np.abs(again[:, inner, inner].astype(int) - small.permute(0, 2, 3, 1).numpy()[:, inner, inner])
    assert difference.max() <= 1


def test_pictures_smaller_than_a_patch_are_never_drawn() -> None:
    pool = PicturePool([np.zeros((8, 8, 3), np.uint8), np.full((40, 40, 3), 9, np.uint8)], CPU)
    crops, _ = pool.draw(32, 16, torch.Generator().manual_seed(0))
    assert bool((crops == 9).all())


@pytest.mark.parametrize("scale", [1, 2])
def test_a_pool_is_filled_picture_by_picture(scale: int) -> None:
    # of an odd width: what is cut off makes a copy of each
    pictures = [np.full((101, 101, 3), number, np.uint8) for number in range(30)]
    twins = [np.zeros((1, 1, 3), np.uint8)] * 30
    tracemalloc.start()
    pool = PicturePool(pictures, CPU, scale, twins)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * pictures[0].nbytes
    assert [int(pool.pictures[number].mean()) for number in range(30)] == list(range(30))


def test_only_from_pinned_memory_a_picture_is_copied_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[bool] = []
    honest = torch.Tensor.copy_

    def copy(target: torch.Tensor, source: torch.Tensor, non_blocking: bool = False) -> torch.Tensor:
        waited.append(not non_blocking)
        return honest(target, source)

    monkeypatch.setattr(torch.Tensor, "copy_", copy)
    buffer = Buffer.empty(2, 48, CPU)
    buffer.put(1, np.full((4, 4, 3), 7, np.uint8))
    assert waited == [True, True]
    assert np.array_equal(buffer.take(1), np.full((4, 4, 3), 7))


def test_the_split_depends_on_names_alone_and_keeps_both_parts() -> None:
    paths = [Path(f"/a/{i}.png") for i in range(30)]
    training, validation = split(paths, 5)
    moved = [Path("/b") / p.name for p in paths]
    assert [p.name for p in split(moved, 5)[1]] == [p.name for p in validation]
    assert len(validation) == 5
    assert not set(training) & set(validation)
    assert split(paths[:1], 5) == (paths[:1], paths[:1])


def test_bad_folders_and_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        find_pictures(tmp_path / "none")
    with pytest.raises(InputError, match="no pictures"):
        find_pictures(tmp_path)
    broken = tmp_path / "x.png"
    broken.write_bytes(b"not a picture")
    with pytest.raises(InputError, match=r"x\.png"):
        load_rgb(broken)
