"""Vectors on a plane, and pairs that are alike."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from latent_samples import GREY, install

from aestudio.catalog import store
from aestudio.engine import arrange, device, generate
from aestudio.engine.session import Session
from aestudio.errors import Cancelled, SettingsError

CPU32 = device.choose("cpu", "float32")


def clusters(count: int = 60, latent: int = 7) -> np.ndarray:
    rng = np.random.default_rng(0)
    middles = rng.normal(size=(3, latent)) * 8
    return (middles[np.arange(count) % 3] + rng.normal(size=(count, latent))).astype(np.float32)


def test_principal_axes_are_those_of_the_singular_values() -> None:
    vectors = clusters()
    axes = arrange.principal_axes(vectors)
    _, _, directions = np.linalg.svd(vectors - vectors.mean(0))
    for found, expected in zip(axes[1:], directions[:2], strict=True):
        assert abs(found @ expected) == pytest.approx(1, abs=1e-5)
        assert found[np.abs(found).argmax()] > 0
    places = arrange.place(vectors, axes)
    back = axes.origin + places[:, :1] * axes.first + places[:, 1:] * axes.second
    flat = vectors.mean(0) + (vectors - vectors.mean(0)) @ directions[:2].T @ directions[:2]
    assert np.allclose(back, flat, atol=1e-3)
    left, bottom, right, top = arrange.around(places)
    inside = (places[:, 0] > left) & (places[:, 0] < right) & (places[:, 1] > bottom) & (places[:, 1] < top)
    assert inside.mean() > 0.9
    for bad in (np.zeros((9, 1), np.float32), np.full((9, 3), np.nan, np.float32)):
        with pytest.raises(SettingsError):
            arrange.principal_axes(bad)


def test_the_strongest_axes_change_the_picture_most() -> None:
    install("wide", {**GREY, "latent": 9})
    session = Session(store.find("wide"), CPU32)
    axes = arrange.strongest_axes(session)
    assert np.linalg.norm(axes.first) == pytest.approx(1)
    assert axes.first @ axes.second == pytest.approx(0, abs=1e-6)

    def change(direction: np.ndarray) -> float:
        pair = generate.decode(session, np.stack([direction, -direction]).astype(np.float32)).astype(float)
        return float(np.square(pair[0] - pair[1]).sum())

    others = np.random.default_rng(0).normal(size=(20, 9))
    strongest = change(axes.first)
    assert all(change(other / np.linalg.norm(other)) <= strongest * 1.1 for other in others)
    install("line", {**GREY, "latent": 1})
    with pytest.raises(SettingsError, match="one dimension"):
        arrange.strongest_axes(Session(store.find("line"), CPU32))


def test_tsne_keeps_neighbours_together_and_is_the_same_again() -> None:
    vectors = clusters()
    places = arrange.tsne(vectors, 100)
    apart = np.linalg.norm(places[:, None] - places, axis=2) + np.eye(len(places)) * 1e9
    assert (apart.argmin(1) % 3 == np.arange(len(places)) % 3).mean() > 0.95
    assert np.array_equal(places, arrange.tsne(vectors, 100))
    with pytest.raises(SettingsError, match="very long"):
        arrange.tsne(vectors, 59)
    with pytest.raises(SettingsError, match="too few"):
        arrange.tsne(vectors[:3], 59)


@pytest.mark.skipif(importlib.util.find_spec("umap") is not None, reason="UMAP is installed")
def test_without_umap_it_is_said() -> None:
    with pytest.raises(SettingsError, match="not installed"):
        arrange.umap(clusters())


def test_close_pairs_are_all_that_are_close() -> None:
    vectors = clusters(700, 5)
    vectors[500] = vectors[3]
    vectors[650] = vectors[3] + 1e-3
    vectors += 1000  # far from the origin digits are lost
    found = arrange.alike(vectors, 0.05)
    assert {tuple(pair) for pair in found.pairs.tolist()} == {(3, 500), (3, 650), (500, 650)}
    assert found.pairs[0].tolist() == [3, 500]
    assert found.distances[0] == 0
    whole = np.linalg.norm(vectors[:, None].astype(float) - vectors, axis=2)
    wide = arrange.alike(vectors, 1.0)
    expected = {(i, j) for i, j in np.argwhere(whole <= wide.limit) if i < j}
    assert {tuple(pair) for pair in wide.pairs.tolist()} == expected
    assert (np.diff(wide.distances) >= 0).all()
    few = arrange.alike(vectors, 1.0, most=10)
    assert few.left_out
    assert len(few.pairs) == 10
    assert len(arrange.alike(vectors[:1], 0.5).pairs) == 0
    with pytest.raises(SettingsError):
        arrange.alike(vectors, 2)


def test_looking_for_pairs_is_stopped_in_between() -> None:
    looked: list[int] = []

    def check() -> None:
        looked.append(1)
        if len(looked) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        arrange.alike(np.random.default_rng(0).normal(0, 1, (2000, 3)).astype(np.float32), 0.5, check=check)
    assert len(looked) == 2


@pytest.mark.parametrize(("count", "latent"), [(37, 3264), (400, 300), (5, 9)])
def test_the_widest_directions_are_the_covariances(count: int, latent: int) -> None:
    spread = np.geomspace(9, 0.1, latent)
    vectors = (np.random.default_rng(1).normal(size=(count, latent)) * spread + 3).astype(np.float32)
    axes = arrange.principal_axes(vectors)
    _, _, right = np.linalg.svd(vectors.astype(np.float64) - vectors.mean(0), full_matrices=False)
    for axis, true in zip(axes[1:], right[:2], strict=True):
        assert abs(axis @ true) == pytest.approx(1, abs=1e-6)
        assert np.linalg.norm(axis) == pytest.approx(1)
    assert axes.first @ axes.second == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("vectors", [np.ones((4, 3264)), np.eye(2, 300), np.ones((1, 2)), np.zeros((500, 300))])
def test_vectors_that_hardly_differ_have_a_plane(vectors: np.ndarray) -> None:
    axes = arrange.principal_axes(vectors.astype(np.float32))
    assert np.stack(axes[1:]) @ np.stack(axes[1:]).T == pytest.approx(np.eye(2), abs=1e-9)
    assert np.isfinite(arrange.place(vectors.astype(np.float32), axes)).all()
