"""Samples with the real engine: kept, varied, more of them, drawn otherwise, and saved in every form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aestudio import cli
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.generate import GenerateTab
from aestudio.ui.tabs.samples import COUNT

MODEL = "vae-emoji-64"
SIDE = 64


def shown(tab: GenerateTab) -> NDArray[np.int64]:
    """Return the pictures of the grid (N, H, W, 3)."""
    return np.stack(tab.grid.pixels).astype(np.int64)


def opened_file(file: Path) -> NDArray[np.int64]:
    with Image.open(file) as picture:
        return np.asarray(picture.convert("RGB")).astype(np.int64)


def click_on(tab: GenerateTab, row: int, qtbot: QtBot) -> None:
    place = tab.grid.visualRect(tab.grid.model().index(row, 0)).center()
    qtbot.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def variety(pictures: NDArray[np.int64]) -> float:
    """Return how far pictures are from each other, in 8-bit levels."""
    return float(pictures.std(0).mean())


def test_more_like_this_is_nearer_than_any_other_and_what_is_kept_stays(
    tab: GenerateTab, settle: Callable[[], None], qtbot: QtBot
) -> None:
    fresh = shown(tab)
    click_on(tab, 3, qtbot)
    chosen = tab.grid.current
    assert chosen is not None
    assert np.array_equal(tab.decoded.pixels, fresh[3])
    qtbot.mouseClick(tab.samples.keep_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tab.samples.like_button, Qt.MouseButton.LeftButton)
    settle()
    assert tab.grid.samples[0].kept
    assert np.array_equal(tab.grid.samples[0].pixels, chosen.pixels)
    varied = tab.grid.samples[1:]
    assert len(varied) == COUNT
    assert len({sample.vector for sample in varied}) == COUNT
    # nearer in the latent space, and to the eye
    middle = np.array(chosen.vector)
    tab.samples.back_button.click()
    settle()
    others = [np.array(sample.vector) for sample in tab.grid.samples if sample.vector != chosen.vector]
    near = [float(np.linalg.norm(np.array(sample.vector) - middle)) for sample in varied]
    far = [float(np.linalg.norm(vector - middle)) for vector in others]
    assert np.median(near) < min(far)
    alike = [float(np.abs(sample.pixels.astype(int) - chosen.pixels).mean()) for sample in varied]
    unlike = [float(np.abs(picture - fresh[3]).mean()) for row, picture in enumerate(fresh) if row != 3]
    assert np.median(alike) < 0.8 * np.median(unlike)
    # the kept one stays in front of all again, and of another seed's too
    assert np.array_equal(tab.grid.samples[0].pixels, fresh[3])
    assert np.array_equal(shown(tab)[1:4], fresh[:3])
    tab.inspector.dice.click()
    settle()
    assert np.array_equal(shown(tab)[0], fresh[3])
    assert not np.array_equal(shown(tab)[1:4], fresh[:3])


@pytest.mark.parametrize("option", ["temperature", "truncation"])
def test_less_variety_is_drawn_as_the_command_line_draws_it(
    tab: GenerateTab, settle: Callable[[], None], option: str, tmp_path: Path
) -> None:
    before = shown(tab)
    slider = tab.inspector.temperature if option == "temperature" else tab.inspector.truncation
    # to half of a standard deviation
    slider.slider.setValue(10 if option == "temperature" else 5)
    assert slider.value == pytest.approx(0.5)
    tab.inspector.sample_button.click()
    settle()
    after = shown(tab)
    assert len(after) == COUNT
    assert variety(after) < variety(before)
    options = ["--model", MODEL, "--seed", "0", "--count", str(COUNT), f"--{option}", "0.5", "--quiet"]
    assert cli.run(["generate", "-o", str(tmp_path), *options]) == 0
    for number, picture in enumerate(after):
        assert np.abs(opened_file(tmp_path / f"0-{number:04d}.png") - picture).max() <= 1


def test_scrolling_brings_more_each_time(tab: GenerateTab, settle: Callable[[], None], window: MainWindow) -> None:
    bar = tab.grid.horizontalScrollBar()
    before = shown(tab)
    for times in (2, 3):
        bar.setValue(bar.maximum())
        assert not window.idle
        settle()
        assert tab.grid.count == times * COUNT
    assert np.array_equal(shown(tab)[:COUNT], before)
    # none of them is another one again
    assert len({sample.vector for sample in tab.grid.samples}) == 3 * COUNT
    assert len({sample.pixels.tobytes() for sample in tab.grid.samples}) == 3 * COUNT


@pytest.mark.parametrize("kept", [(), (1, 4, 6)])
def test_every_form_of_export_holds_what_is_shown(
    tab: GenerateTab,
    settle: Callable[[], None],
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    kept: tuple[int, ...],
) -> None:
    for row in kept:
        click_on(tab, row, qtbot)
        tab.samples.keep_button.click()
    wanted = [shown(tab)[row] for row in kept] if kept else list(shown(tab))
    forms = tab.inspector.form_picker
    for form, columns in (("sheet", 2 if kept else 7), ("strip", len(wanted))):
        forms.setCurrentIndex(forms.findData(form))
        target = tmp_path / f"{form}.png"
        tab.export_to(target)
        settle()
        assert target.name in window.notices.text.text()
        sheet = opened_file(target)
        rows = -(-len(wanted) // columns)
        assert sheet.shape == (rows * SIDE, columns * SIDE, 3)
        cells = sheet.reshape(rows, SIDE, columns, SIDE, 3).swapaxes(1, 2).reshape(-1, SIDE, SIDE, 3)
        assert np.abs(cells[: len(wanted)] - wanted).max() <= 1
        assert not cells[len(wanted) :].any()
    forms.setCurrentIndex(forms.findData("files"))
    folder = tmp_path / "files"
    folder.mkdir()
    tab.export_to(folder)
    settle()
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == [f"0-{number:04d}.png" for number in range(len(wanted))]
    for file, picture in zip(files, wanted, strict=True):
        assert np.abs(opened_file(file) - picture).max() <= 1
    # once more into the same folder: said, and nothing is written over
    stamps = [file.stat().st_mtime_ns for file in files]
    tab.export_to(folder)
    settle()
    assert "in that folder already" in window.notices.text.text()
    assert [file.stat().st_mtime_ns for file in sorted(folder.iterdir())] == stamps
