"""The controls of a restoring page, with the real engine behind them, down to the file that is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio.ui.main_window import MainWindow
from tests.camera_raw import write_raw
from tests.real_window import PATIENCE


@pytest.fixture
def settle(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)


def test_a_camera_raw_opens_developed_and_is_saved_at_16_bits(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    tab, raw = window.denoise, tmp_path / "shot.dng"
    write_raw(raw)
    window.open_files([raw])
    settle()
    facts = tab.restorer.canvas.facts
    assert (facts.format, facts.depth, facts.width, facts.height) == ("raw", "16", 128, 192)
    assert tab.bar.notes_button.isVisible()
    tab.bar.notes_button.click()
    assert "RAW" in window.notices.text.text()
    tab.save_all_to(tmp_path)
    settle()
    with tifffile.TiffFile(tmp_path / "shot-denoised.tif") as file:
        pixels, make = file.asarray(), file.pages[0].tags["Make"].value
    assert (pixels.dtype, pixels.shape, make) == (np.uint16, (192, 128, 3), "Acme")
    red, green, _ = pixels.reshape(-1, 3).mean(axis=0)
    assert red > 2 * green


def test_noise_is_measured_on_a_flat_patch_and_undone(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    tab, chance = window.denoise, np.random.default_rng(0)
    pixels = chance.integers(60, 196, (240, 320, 3)).astype(np.float64)
    pixels[40:200, 60:260] = 128 + chance.normal(0, 18, (160, 200, 3))
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(tmp_path / "patch.png")
    window.open_files([tmp_path / "patch.png"])
    settle()
    before = tab.inspector.choice()
    tab.inspector.noise_pick.click()
    assert tab.view.tool is not None
    tab.view.tool.picked.emit((70, 50, 250, 190))
    settle()
    assert tab.view.tool is None
    assert tab.inspector.choice().noise == pytest.approx(18, rel=0.08)
    assert tab.restorer.current_result
    window.front.step(True)
    settle()
    assert tab.inspector.choice() == before


def test_an_enlargement_for_a_print_is_saved_as_large_and_tells_its_resolution(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    tab = window.super_resolution
    noise = np.random.default_rng(0).integers(90, 160, (70, 100, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "small.png")
    window.tabs.setCurrentWidget(tab)
    window.open_files([tmp_path / "small.png"])
    settle()
    scale = tab.inspector.scaling
    scale.way.setCurrentIndex(scale.way.findData("print"))
    scale.way.activated.emit(scale.way.currentIndex())
    scale.length.setValue(4.0)
    scale.dpi.setValue(127)
    settle()
    tab.save_to(tmp_path / "print.png")
    settle()
    with Image.open(tmp_path / "print.png") as image:
        assert image.size == (200, 140)
        assert image.info["dpi"] == pytest.approx((127, 127), abs=0.1)
