from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.invented import cell_means, disagreement, likely_error, powers, window_signs
from aestudio.engine.restore import Work
from aestudio.engine.session import Floats, Session
from aestudio.imageio.resample import resize
from tests.unit.engine.test_restore import picture, scene


class Stub:
    """Stands in for a session: ``change`` makes the result of what is seen."""

    def __init__(self, change: Any) -> None:  # noqa: ANN401 - any function of a window
        self.change = change

    def run(self, window: Floats, sigma: float | None = None) -> Floats:
        result: Floats = self.change(window).astype(np.float32)
        return result


def signs(change: Any, window: Floats) -> Floats:  # noqa: ANN401
    return window_signs(cast("Session", Stub(change)), window)


def test_a_network_that_turning_does_not_matter_to_has_no_spread() -> None:
    found = signs(lambda w: w * 0.5 + 0.1, scene(40, 56))
    assert found[..., 0].max() < 1e-3
    assert found[..., 2].max() == 0


def test_a_network_that_turning_matters_to_has_spread_where_it_does() -> None:
    def guess(window: Floats) -> Floats:
        result = window.copy()
        result[:16] += np.float32(0.2)
        return result

    found = signs(guess, scene(64, 64))[..., 0]
    # seen upside down and along both diagonals, the four edges are guessed once each; corners by two; the middle never
    assert found[24:40, 24:40].max() < 1e-3
    assert found[2:14, 24:40].min() > 10


def test_a_result_that_shrinks_to_its_input_does_not_disagree() -> None:
    window = scene(30, 42)
    even, flat = np.full((90, 126, 3), 0.4, np.float32), np.full((30, 42, 3), 0.4, np.float32)
    assert disagreement(even, flat).max() < 1e-6
    enlarged = resize(window, (90, 126), 3)
    away = disagreement(enlarged, window).mean()
    for _ in range(20):  # back-projection: each round adds what the shrunk result lacks
        enlarged += resize(window - resize(enlarged, (30, 42), 1 / 3), (90, 126), 3)
    assert disagreement(enlarged, window).shape == (90, 126)
    assert disagreement(enlarged, window).mean() < 0.05 * away


def test_means_over_cells_count_only_what_is_there() -> None:
    values = np.arange(10 * 19, dtype=np.float32).reshape(10, 19)
    means = cell_means(values)
    assert means.shape == (2, 3)
    assert means[0, 0] == pytest.approx(values[:8, :8].mean())
    assert means[1, 2] == pytest.approx(values[8:, 16:].mean())


@pytest.mark.parametrize(
    ("model", "scale"), [("denoise-fast", 1.0), ("upscale-x2-fast", 2.0), ("upscale-x2-fast", 1.5)]
)
def test_tiles_of_the_map_fit_the_tiles_of_the_result(model: str, scale: float) -> None:
    session = Session(store.find(model), device.choose("cpu", "float32"))
    work = Work(picture((scene(70, 101) * 255).astype(np.uint8)), session, 20.0 if scale == 1 else None, scale)
    for place in work.plan(1024).tiles():
        rows, columns = work.kept(place)
        likely = likely_error(work, place)
        assert likely.shape == (-(-(rows.stop - rows.start) // 8), -(-(columns.stop - columns.start) // 8))
        assert np.isfinite(likely).all()
        assert 0 < likely.min() <= likely.max() < 255


def test_what_is_busy_is_likelier_wrong_than_what_is_smooth() -> None:
    session = Session(store.find("upscale-x4-fast"), device.choose("cpu", "float32"))
    window = np.full((48, 48, 3), 0.5, np.float32)
    window[:, 24:] += np.random.default_rng(0).normal(0, 0.2, (48, 24, 1)).astype(np.float32)
    likely = powers(session).likely(cell_means(window_signs(session, window)), None)
    assert np.median(likely[:, 14:]) > 3 * np.median(likely[:, :10])
