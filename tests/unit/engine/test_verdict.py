from __future__ import annotations

import numpy as np
import pytest

from aestudio.engine.verdict import judge

Floats = np.ndarray


def scene(seed: int = 0) -> Floats:
    """Return (192, 256, 3): half of it smooth, half of it busy."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:192, 0:256]
    smooth = 0.4 + 0.2 * np.sin(x / 80) * np.cos(y / 60)
    busy = smooth + 0.15 * np.sign(np.sin(x / 3)) * np.sign(np.sin(y / 4))
    picture = np.where(x < 128, smooth, busy) + 0.01 * random.normal(size=x.shape)
    return np.repeat(picture[..., None], 3, axis=2)


def test_white_noise_taken_away_looks_like_noise() -> None:
    clean = scene()
    noise = np.random.default_rng(1).normal(0, 15 / 255, clean.shape[:2])[..., None]
    verdict = judge([(clean + noise, clean)])
    assert verdict.kind == "noise"
    assert verdict.removed == pytest.approx(15, rel=0.05)
    assert abs(verdict.autocorrelation) < 0.05


def test_what_was_removed_is_said_of_all_colours() -> None:
    clean = scene()
    noise = np.random.default_rng(1).normal(0, 15 / 255, clean.shape)
    assert judge([(clean + noise, clean)]).removed == pytest.approx(15, rel=0.05)


def test_busy_parts_that_lost_more_are_said() -> None:
    clean = scene()
    flat = clean.copy()
    # the pattern itself is flattened by half
    flat[:, 128:] = 0.5 * (flat[:, 128:] + flat[:, 128:].mean())
    noise = np.random.default_rng(1).normal(0, 5 / 255, clean.shape[:2])[..., None]
    assert judge([(clean + noise, flat)]).kind == "edges"


def test_noise_that_was_only_thinned_is_said() -> None:
    clean = scene()
    noise = np.random.default_rng(1).normal(0, 20 / 255, clean.shape[:2])
    blurred = (np.roll(noise, 1, 0) + np.roll(noise, -1, 0) + np.roll(noise, 1, 1) + np.roll(noise, -1, 1) + noise) / 5
    # the fine part went, the coarse part stayed: what went is finer than white
    verdict = judge([(clean + noise[..., None], clean + blurred[..., None])])
    assert verdict.autocorrelation < -0.19
    assert verdict.kind == "left"


def test_nothing_removed_and_tiny_pieces() -> None:
    clean = scene()
    assert judge([(clean, clean)]).kind == "nothing"
    assert judge([(clean[:9, :9], clean[:9, :9])]).kind == "nothing"
    assert judge([]).kind == "nothing"


def test_what_a_blind_model_removes_is_held_against_what_it_found() -> None:
    clean = scene()
    noise = np.random.default_rng(1).normal(0, 15 / 255, clean.shape)
    found = [np.full((24, 32), 15.0)]
    kinds = [judge([(clean + noise, clean + (1 - share) * noise)], found).kind for share in (0.5, 1.0, 2.0)]
    assert kinds == ["left", "noise", "edges"]


def test_the_correlogram_shows_how_coarse_the_noise_is() -> None:
    clean = scene()
    noise = np.random.default_rng(1).normal(0, 15 / 255, clean.shape[:2])
    coarse = (noise + np.roll(noise, 1, axis=1)) / np.sqrt(2)
    values = np.array(judge([(clean + coarse[..., None], clean)]).correlogram).reshape(9, 9)
    assert values[4, 4] == 1
    assert np.allclose(values, values[::-1, ::-1])
    assert values[4, 3:6] == pytest.approx([0.5, 1, 0.5], abs=0.06)
    assert abs(values[4, 7]) < 0.06
    assert abs(values[5, 4]) < 0.06
