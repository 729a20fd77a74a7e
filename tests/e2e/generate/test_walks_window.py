"""Paths with the real engine: round and straight, looping or not, saved in every form, and far too long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence
from PySide6.QtWidgets import QComboBox

from aestudio.ui.generate.walking import Walking
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.generate import GenerateTab

MODEL = "vae-emoji-64"
STEPS, PINS = 4, 3
Settle = Callable[[], None]
Decoder = Callable[[NDArray[np.float32]], list[NDArray[np.int64]]]


def pick(picker: QComboBox, value: str) -> None:
    picker.setCurrentIndex(picker.findData(value))


@pytest.fixture
def path(tab: GenerateTab, settle: Settle) -> Walking:
    """Return a path from the first three samples, with four frames from one to the next."""
    tab.inspector.use_tool("path")
    made = tab.tools.path
    pick(made.panel.shape_picker, "round")
    pick(made.panel.ending_picker, "circle")
    made.panel.steps.slider.setValue(STEPS)
    made.panel.side.setValue(48)
    made.add(tab.grid.samples[:PINS])
    settle()
    return made


def frames_of(path: Walking) -> NDArray[np.float32]:
    job = path.whole("")
    assert job is not None
    return job.vectors


def test_a_round_path_keeps_its_distance_and_a_straight_one_cuts_through(
    path: Walking, settle: Settle, tab: GenerateTab, decoded_outside: Decoder
) -> None:
    pins = np.array([pin.vector for pin in path.route.pins])
    seen = {}
    for shape in ("round", "straight"):
        pick(path.panel.shape_picker, shape)
        settle()
        vectors = frames_of(path)
        assert vectors[::STEPS] == pytest.approx(pins, abs=1e-4)
        # half way between the first two pins, as the window shows it and as the command line decodes it
        path._on_scrubbed(STEPS // 2)
        settle()
        expected = decoded_outside(vectors)[STEPS // 2]
        assert tab.decoded.pixels is not None
        assert np.abs(tab.decoded.pixels.astype(int) - expected).max() <= 1
        seen[shape] = vectors[STEPS // 2], expected
    ends = np.linalg.norm(pins[:2], axis=1)
    (round_vector, round_picture), (straight_vector, straight_picture) = seen["round"], seen["straight"]
    assert np.linalg.norm(round_vector) == pytest.approx(ends.mean(), rel=1e-3)
    assert straight_vector == pytest.approx(pins[:2].mean(0), abs=1e-4)
    assert np.linalg.norm(straight_vector) < 0.95 * ends.mean()
    assert np.abs(round_picture - straight_picture).mean() > 1


@pytest.mark.parametrize(
    ("ending", "count", "plays"), [("circle", PINS * STEPS, 0), ("back", 4 * STEPS, 0), ("stop", 2 * STEPS + 1, 1)]
)
def test_every_form_holds_every_frame(
    path: Walking, settle: Settle, decoded_outside: Decoder, tmp_path: Path, ending: str, count: int, plays: int
) -> None:
    panel = path.panel
    pick(panel.ending_picker, ending)
    settle()
    vectors = frames_of(path)
    assert len(vectors) == count
    steps = np.linalg.norm(np.diff(vectors, axis=0), axis=1)
    if ending != "stop":
        # from the last frame on to the first is a step like the others
        assert np.linalg.norm(vectors[0] - vectors[-1]) < 1.5 * steps.max()
    expected = [
        np.asarray(Image.fromarray(frame.astype(np.uint8)).resize((48, 48), Image.Resampling.LANCZOS)).astype(int)
        for frame in decoded_outside(vectors)
    ]
    for form, off in (("gif", 14.0), ("webp", 8.0)):
        pick(panel.form_picker, form)
        target = tmp_path / f"walk.{form}"
        path.saver.export_to(target)
        settle()
        with Image.open(target) as animation:
            assert animation.size == (48, 48)
            assert getattr(animation, "n_frames", 1) == count
            # a GIF that plays once says nothing of loops
            assert animation.info.get("loop", 1) == plays
            for frame, wanted in zip(ImageSequence.Iterator(animation), expected, strict=True):
                assert np.abs(np.asarray(frame.convert("RGB")).astype(int) - wanted).mean() < off
                assert animation.info["duration"] == 50
    pick(panel.form_picker, "png")
    (tmp_path / "frames").mkdir()
    path.saver.export_to(tmp_path / "frames")
    settle()
    files = sorted((tmp_path / "frames").iterdir())
    assert len(files) == count
    for file, wanted in zip(files, expected, strict=True):
        with Image.open(file) as picture:
            assert picture.size == (48, 48)
            assert np.abs(np.asarray(picture).astype(int) - wanted).mean() < 3


def test_ten_thousand_pins_get_one_sentence_and_the_path_goes_on(
    path: Walking, settle: Settle, window: MainWindow, tab: GenerateTab, tmp_path: Path
) -> None:
    before, frames = path.route, frames_of(path)
    path.add([tab.grid.samples[5]] * 10_000)
    settle()
    assert window.notices.text.text().startswith("A path of 10003 pins is too long to walk.")
    assert path.route == before
    assert np.array_equal(frames_of(path), frames)
    # what is there is walked and saved as before
    pick(path.panel.form_picker, "gif")
    path.saver.export_to(tmp_path / "walk.gif")
    settle()
    with Image.open(tmp_path / "walk.gif") as animation:
        assert getattr(animation, "n_frames", 1) == PINS * STEPS
