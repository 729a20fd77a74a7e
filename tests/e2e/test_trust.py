"""The map of invented detail, from the key to the canvas, with the real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aestudio.engine.invented import cell_means
from aestudio.evaluation.metrics import spearman
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.tile_pyramid import TilePyramid
from tests.e2e.test_window import clean, engine, page, photo, settle, window  # noqa: F401 - fixtures


def whole(layer: TilePyramid | None, step: int) -> NDArray[np.uint8]:
    """Return what a layer shows as one array, a value for each ``step`` pixels."""
    assert layer is not None
    pieces = list(layer.within(0, 0, layer.width, layer.height))
    shape = (-(-layer.height // step), -(-layer.width // step), pieces[0].levels[0].shape[2])
    picture = np.zeros(shape, np.uint8)
    for piece in pieces:
        y, x, pixels = piece.y // step, piece.x // step, piece.levels[0]
        picture[y : y + pixels.shape[0], x : x + pixels.shape[1]] = pixels
    return picture


def test_the_map_says_where_the_result_is_wrong(
    window: MainWindow,  # noqa: F811
    settle: Callable[[], None],  # noqa: F811
    photo: Path,  # noqa: F811
    clean: NDArray[np.uint8],  # noqa: F811
    qtbot: QtBot,
) -> None:
    page(window, "denoiseTab")
    window.open_files([photo])
    settle()
    tab = window.denoise
    qtbot.keyClick(tab.view, Qt.Key.Key_I)
    assert not window.idle
    settle()
    assert tab.inspector.trust.verdict_words.text() == "What was removed looks like noise."
    assert "of 255 was removed" in tab.inspector.trust.grain_words.text()
    words = tab.inspector.trust.invented_words.text()
    assert "In sight, the result is likely off by" in words
    amber = whole(tab.view.invented, 8)[..., 3]
    error = cell_means(np.abs(whole(tab.view.after, 1).astype(np.float32) - clean).mean(2))
    assert amber.shape == error.shape
    assert spearman(amber, error) > 0.4
    said = float(words.partition("off by ")[2].split()[0])
    assert 0.5 * error.mean() < said < 2 * error.mean()
