"""Two models on one crop in the real window with the real engine, measured against the clean picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.session import Session
from aestudio.evaluation import restoration
from aestudio.evaluation.metrics import psnr
from aestudio.ui.compare.content import Content
from aestudio.ui.compare.window import CompareWindow
from aestudio.ui.main_window import MainWindow
from tests.e2e.test_window import PATIENCE, clean, engine, photo, pixels, settle, window

__all__ = ["clean", "engine", "photo", "settle", "window"]


@pytest.fixture
def reference(clean: NDArray[np.uint8], tmp_path: Path) -> Path:
    path = tmp_path / "clean.png"
    Image.fromarray(clean).save(path)
    return path


def test_two_models_are_compared_on_one_crop_and_measured(
    window: MainWindow,
    settle: Callable[[], None],
    qtbot: QtBot,
    photo: Path,
    reference: Path,
    clean: NDArray[np.uint8],
) -> None:
    window.open_files([photo])
    settle()
    window.denoise.view.zoom_to(4.0)
    settle()
    window.dialogs.comparison(window.front.restoring)
    compare = window.findChild(CompareWindow, "compareWindow")
    assert compare is not None

    def rest() -> None:
        settle()
        qtbot.waitUntil(lambda: all(pane.ready for pane in compare.shown), timeout=PATIENCE)
        settle()

    rest()
    first, second = compare.shown
    assert first.content is not None
    assert first.content.choice is not None
    assert first.title != second.title
    assert first.box_in_sight() == second.box_in_sight()
    assert first.box_in_sight() != (0, 0, clean.shape[1], clean.shape[0])
    assert all("s a megapixel" in pane.facts.text() for pane in compare.shown)

    # in view, the file itself: the very pixels that show
    compare.show_in(second, Content(photo))
    compare.set_reference(reference)
    rest()
    left, top, right, bottom = second.box_in_sight()
    expected = psnr(pixels(photo)[top:bottom, left:right], clean[top:bottom, left:right])
    assert f"PSNR {expected:.2f} dB" in second.score.text()

    # whole, the model: the figure of the published protocol
    compare.scorer.set_whole(True)
    rest()
    session = Session(store.find(first.content.choice.model), device.choose())
    published = restoration.photo(session, pixels(photo), clean, None)["psnr"]
    shown = float(first.score.text().split()[1])
    assert shown == pytest.approx(published, abs=0.02)
    assert published > psnr(pixels(photo), clean) + 3
