from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from aestudio import paths
from aestudio.catalog import store
from aestudio.catalog.store import Model
from aestudio.engine import device, kind
from aestudio.engine.session import Session
from aestudio.imageio.simple import load_rgb
from aestudio.jobs.files import better_model, is_unlike
from tests.unit.engine.test_restore import picture


def drawing(seed: int) -> np.ndarray:
    """Return a flat drawing of a few rectangles, (128, 128, 3) in 0..1."""
    random = np.random.default_rng(seed)
    sheet = np.ones((128, 128, 3), np.float32)
    for _ in range(int(random.integers(3, 9))):
        y, x = random.integers(0, 100, 2)
        sheet[y : y + int(random.integers(8, 40)), x : x + int(random.integers(8, 40))] = random.random(3)
    return sheet


def test_the_model_that_knows_the_kind_is_named_and_only_a_like_one(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = store.find("denoise-fast")
    drawings = kind.describe(drawing(seed) for seed in range(40))
    own = dataclasses.replace(photo.card, id="drawings", statistics=drawings)
    blind = dataclasses.replace(own, id="a-blind-one", noise_range=[])
    odd = picture((drawing(99) * 255).astype(np.uint8))

    def install(*cards: object) -> None:
        monkeypatch.setattr(store, "installed", lambda task: [Model(c, photo.path) for c in cards])

    install(photo.card, own, blind)
    assert better_model(odd, photo.card) == "drawings"
    # one that names no kind, or that does no better than nothing, is for no picture
    unknown = dataclasses.replace(own, id="unknown", statistics={"error_scale": 1.8})
    install(photo.card, own, unknown)
    assert better_model(odd, photo.card) == "drawings"
    scores = {"validation": {"psnr": 20.0}, "doing_nothing": {"psnr": 20.0}}
    install(photo.card, dataclasses.replace(own, training=scores), unknown)
    assert better_model(odd, photo.card) == ""
    install(photo.card, blind)
    assert better_model(odd, photo.card) == ""


def test_what_is_transparent_does_not_make_a_photo_unlike_photos() -> None:
    session = Session(store.find("photo-fast"), device.choose("cpu", "float32"))
    photo = load_rgb(paths.resources_folder() / "samples" / "noisy-house.jpg")[100:400, 100:400]
    pixels, alpha = np.zeros((900, 900, 3), np.uint8), np.zeros((900, 900), np.uint8)
    pixels[300:600, 200:500], alpha[300:600, 200:500] = photo, 255
    assert is_unlike(picture(pixels), session)
    assert not is_unlike(picture(pixels, alpha), session)
    assert is_unlike(picture(pixels, np.zeros_like(alpha)), session), "where nothing is seen, what the file has counts"
