"""A folder as a map, with the real engine: what is not of the model's kind, and an arrangement that is stopped."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio import cli
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.generate import GenerateTab
from tests.real_window import PATIENCE

MODEL = "vae-digits-2d"
Settle = Callable[[], None]
Decoder = Callable[[NDArray[np.float32]], list[NDArray[np.int64]]]


def test_what_is_not_its_kind_is_flagged_and_nothing_else(
    tab: GenerateTab, settle: Settle, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    command = ["generate", "--model", MODEL, "--count", "16", "--seed", "2", "--quiet", "-o", str(folder)]
    assert cli.run(command) == 0
    strange = []
    for number in range(4):
        strange.append(folder / f"noise {number}.png")
        noise = np.random.default_rng(number).integers(0, 256, (37, 31, 3), np.uint8)
        Image.fromarray(noise).save(strange[-1])
    window.open_files([folder])
    settle()
    atlas = tab.atlas
    assert atlas.points is not None
    assert atlas.points.count == 20
    assert atlas.panel.unlike_button.isEnabled()
    atlas.panel.unlike_button.click()
    assert set(atlas.chosen.files) == set(strange)
    assert atlas.panel.chosen_words.text() == "Not this model’s kind of picture: 4"
    said = [atlas.panel.rows.item(row).text() for row in range(4)]
    levels = [float(text.split("comes back at ")[1].split(" dB")[0]) for text in said]
    # the worst first, and all of them worse than any digit
    assert levels == sorted(levels)
    assert atlas.points.psnr is not None
    kind = [float(atlas.points.psnr[n]) for n in range(20) if n not in atlas.chosen.numbers]
    assert max(levels) < min(kind)


def test_an_arrangement_stopped_in_the_middle_leaves_everything_usable(
    tab: GenerateTab, settle: Settle, window: MainWindow, decoded_outside: Decoder, qtbot: QtBot
) -> None:
    atlas, picker = tab.atlas, tab.atlas.panel.plane_picker
    assert atlas.points is not None
    assert atlas.points.count == 5000
    before = atlas.points.places

    def choose(plane: str) -> None:
        picker.setCurrentIndex(picker.findData(plane))
        picker.activated.emit(picker.currentIndex())

    choose("tsne")
    assert not window.idle
    places = itertools.product((-1.0, 0.5), (0.25, 1.5))
    # places are decoded while it is under way
    for x, y in itertools.islice(places, 2):
        shown = tab.decoded.pixels
        tab.map.move_to(x, y)
        qtbot.waitUntil(lambda shown=shown: tab.decoded.pixels is not shown, timeout=PATIENCE)
    assert not window.idle
    assert tab.row.status.text() == "Arranging the points…"
    tab.row.cancel_button.click()
    settle()
    assert picker.currentData() == "own"
    assert atlas.points.places is before
    # and after it: what would run where the arrangement ran, and places by the same model
    atlas.panel.alike_button.click()
    settle()
    assert "much alike" in atlas.panel.chosen_words.text()
    for x, y in places:
        tab.map.move_to(x, y)
        settle()
        assert tab.decoded.pixels is not None
        expected = decoded_outside(np.array([[x, y]], np.float32))[0]
        assert np.abs(tab.decoded.pixels[:, :, 0].astype(int) - expected).max() <= 1
