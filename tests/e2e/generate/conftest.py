"""The generate tab with the real engine: one window and one engine for the tests of a module, begun anew for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio import cli
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.generate import GenerateTab
from tests.real_window import PATIENCE, opened

Pictures = list[NDArray[np.int64]]
Decoder = Callable[[NDArray[np.float32]], Pictures]
Settle = Callable[[], None]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the module's window and engine a temporary AESTUDIO_HOME; return it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AESTUDIO_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def window(request: pytest.FixtureRequest, qapp: QApplication, home: Path) -> Iterator[MainWindow]:
    """Return a window whose generate tab is in front, with the module's ``MODEL``."""
    with opened(QtBot(request)) as made:
        picker = made.generate.inspector.model_picker
        picker.setCurrentIndex(picker.findData(request.module.MODEL))
        made.tabs.setCurrentWidget(made.generate)
        yield made


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Settle:
    return lambda: qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)


@pytest.fixture
def tab(window: MainWindow, settle: Settle) -> GenerateTab:
    """Return the generate tab as it is when the model was chosen just now."""
    made = window.generate
    settle()
    window.tabs.setCurrentWidget(made)
    made.inspector.use_tool("samples")
    made.inspector.seed.setValue(0)
    made.inspector.temperature.set_value(1.0)
    made.inspector.truncation.slider.setValue(made.inspector.truncation.slider.maximum())
    for part in (made.own, made.samples, made.tools):
        part.forget()
    made._start_over()
    settle()
    return made


@pytest.fixture
def decoded_outside(request: pytest.FixtureRequest, tmp_path: Path) -> Decoder:
    """Return what makes pictures of vectors (N, latent) as ``aestudio decode`` does."""

    def decode(vectors: NDArray[np.float32]) -> Pictures:
        asked, out = tmp_path / "asked.npz", tmp_path / "asked"
        np.savez(asked, z_mean=np.asarray(vectors, np.float32))
        command = ["decode", str(asked), "-o", str(out), "--model", request.module.MODEL, "--quiet", "--overwrite"]
        assert cli.run(command) == 0
        written = sorted(out.iterdir())[: len(vectors)]
        assert len(written) == len(vectors)
        return [_pixels_of(file) for file in written]

    return decode


def _pixels_of(file: Path) -> NDArray[np.int64]:
    """Return the pixels of a picture (H, W) or (H, W, 3)."""
    with Image.open(file) as picture:
        return np.asarray(picture).astype(np.int64)
