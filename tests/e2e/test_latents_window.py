"""The generate tab with the real engine: what it shows is what the command line writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio import cli, paths
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.samples import COUNT
from tests.real_window import opened

PATIENCE = 120_000
MODEL = "vae-digits-2d"
SAMPLES = paths.resources_folder() / "samples"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with opened(qtbot) as made:
        picker = made.generate.inspector.model_picker
        picker.setCurrentIndex(picker.findData(MODEL))
        made.tabs.setCurrentWidget(made.generate)
        yield made


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)


def test_a_seed_gives_the_same_in_the_window_and_on_the_command_line(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    settle()
    tab = window.generate
    tab.inspector.seed.setValue(11)
    tab.inspector.truncation.set_value(1.5)
    tab.sample()
    settle()
    bar = tab.grid.horizontalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    assert tab.grid.count == 2 * COUNT
    options = ["--model", MODEL, "--seed", "11", "--count", str(2 * COUNT), "--truncation", "1.5", "--quiet"]
    assert cli.run(["generate", "-o", str(tmp_path), *options]) == 0
    for number, shown in enumerate(tab.grid.pixels):
        with Image.open(tmp_path / f"11-{number:04d}.png") as written:
            # batches of another size may round a value the other way
            assert np.abs(np.asarray(written).astype(int) - shown[:, :, 0]).max() <= 1


def test_a_picture_of_ones_own_is_placed_on_the_map(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    settle()
    tab = window.generate
    sample = tab.grid.samples[3]
    Image.fromarray(sample.pixels[:, :, 0]).save(tmp_path / "mine.png")
    window.open_files([tmp_path / "mine.png"])
    settle()
    mine = tab.grid.samples[0]
    found = tab.own.find(mine)
    assert found is not None
    assert mine.name == "mine.png"
    # the encoder finds about where the picture came from: it comes back nearly as it was
    assert found.psnr > 20
    assert not found.unlike
    error = np.abs(mine.pixels.astype(float) - sample.pixels).mean()
    assert found.error == pytest.approx(error, abs=0.01)
    assert f"{error:.0f} of 255" in tab.inspector.loss_words.text()


def test_a_photo_of_another_size_and_kind_is_fitted_and_said(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    settle()
    tab = window.generate
    before = tab.grid.count
    (tmp_path / "text.png").write_text("no picture")
    window.open_files([SAMPLES / "noisy-house.jpg", tmp_path / "text.png"])
    settle()
    # one more sample, the photo; the other file is named in a sentence, and nothing that was there is lost
    assert tab.grid.count == before + 1
    mine = tab.grid.samples[0]
    assert mine.name == "noisy-house.jpg"
    assert mine.pixels.shape[:2] == (28, 28)
    found = tab.own.find(mine)
    assert found is not None
    assert found.unlike
    said = tab.inspector.loss_words.text()
    assert "of 255" in said
    assert "not this model’s kind" in said
    assert "To fit the model it was" in said
    assert "text.png" in window.notices.text.text()
