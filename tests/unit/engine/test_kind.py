from __future__ import annotations

import numpy as np
import pytest

from aestudio.engine import kind

Pixels = np.ndarray


def photographs(count: int) -> list[Pixels]:
    """Textures with the falling spectrum of photographs."""
    made = []
    for seed in range(count):
        random = np.random.default_rng(seed)
        spectrum = np.fft.rfft2(random.normal(size=(96, 96)))
        frequency = np.hypot(np.fft.fftfreq(96)[:, None], np.fft.rfftfreq(96)[None])
        plane = np.fft.irfft2(spectrum / (frequency + 0.01) ** random.uniform(0.9, 1.3))
        plane = 0.5 + plane / plane.std() * random.uniform(0.1, 0.2)
        made.append(np.repeat(np.rint(plane.clip(0, 1) * 255)[..., None] / 255, 3, axis=2).astype(np.float32))
    return made


def drawing() -> Pixels:
    page = np.ones((96, 96, 3), np.float32)
    page[20:24, 10:80] = page[10:80, 50:52] = 0
    return page


def test_drawings_are_strange_and_photographs_are_not() -> None:
    described = kind.describe(photographs(60))
    assert described["figures"] == list(kind.FIGURES)
    unseen = [kind.strangeness(p, described) for p in photographs(80)[60:]]
    assert np.mean(np.array(unseen) > 1) <= 0.1
    assert kind.strangeness(drawing(), described) > 1.5


def test_one_in_a_hundred_of_its_own_pictures_is_beyond_the_threshold() -> None:
    pictures = photographs(100)
    described = kind.describe(pictures)
    beyond = [kind.strangeness(p, described) > 1 for p in pictures]
    assert np.mean(beyond) == pytest.approx(kind.FALSE_ALARMS, abs=0.011)


def test_a_card_without_a_kind_never_warns() -> None:
    assert kind.strangeness(drawing(), {}) == 0
    assert kind.strangeness(drawing(), {"luma_mean": 0.4}) == 0
    assert kind.describe(photographs(3)) == {}


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 2, 1), (1, 9, 3)])
def test_tiny_and_flat_pictures_have_figures(shape: tuple[int, ...]) -> None:
    described = kind.describe(photographs(30))
    assert np.isfinite(kind.strangeness(np.full(shape, 0.5, np.float32), described))
