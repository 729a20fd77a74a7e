from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.ensemble import WAYS, mean_result, results, seen, seen_back
from aestudio.engine.session import Floats, Session
from aestudio.evaluation.metrics import psnr


class Stretched:
    """Stands in for a session: brightens every other row of what it sees, so that turning matters."""

    def run(self, window: Floats, sigma: float | None = None) -> Floats:
        brighter = window.copy()
        brighter[::2] += np.float32(0.5)
        return brighter


@pytest.mark.parametrize("way", WAYS)
def test_turning_back_is_the_inverse(way: int) -> None:
    window = np.random.default_rng(0).random((24, 40, 3), np.float32)
    assert np.array_equal(seen_back(seen(window, way), way), window)


def test_the_eight_ways_all_differ() -> None:
    window = np.random.default_rng(0).random((8, 8, 3), np.float32)
    assert len({seen(window, way).tobytes() for way in WAYS}) == 8


def test_the_mean_has_no_preferred_direction() -> None:
    window = np.zeros((8, 8, 3), np.float32)
    session = cast("Session", Stretched())
    assert len({r.tobytes() for r in results(session, window, None)}) > 1
    np.testing.assert_allclose(mean_result(session, window, None), 0.25, atol=1e-6)


def test_eight_results_are_truer_than_one() -> None:
    session = Session(store.find("denoise-fast"), device.choose("cpu", "float32"))
    y, x = np.mgrid[0:96, 0:128]
    clean = np.repeat((0.5 + 0.3 * np.sin(x / 9) * np.cos(y / 7))[..., None], 3, axis=2).astype(np.float32)
    noisy = clean + np.random.default_rng(0).normal(0, 25 / 255, clean.shape).astype(np.float32)
    one, eight = session.run(noisy, 25.0), mean_result(session, noisy, 25.0)
    assert psnr(eight, clean, 1.0) > psnr(one, clean, 1.0) + 0.02
