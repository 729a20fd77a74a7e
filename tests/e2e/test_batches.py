"""Batches with the real window and the real engine: killed at every stage, and no picture lost or done twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.jobs.client import ProcessClient
from aestudio.ui.app import create_app
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.file_list import State
from tests.real_window import PATIENCE, PICTURES, RESULTS, whole

VICTIM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from aestudio.ui.app import create_app
from aestudio.ui.main_window import MainWindow
sources, out = Path(sys.argv[1]), Path(sys.argv[2])
app = create_app(["aestudio"])
window = MainWindow()
window.denoise.inspector.noise.set_value(20)
window.denoise.inspector._on_noise_touched()
window.show()
window.open_files([sources])
timer = QTimer()
def begin():
    if len(window.pictures) == int(sys.argv[3]):
        timer.stop()
        window.denoise.saves.began.connect(lambda path: print("began", path.name, flush=True))
        window.denoise.saves.saved.connect(lambda job, output: print("saved", Path(job.path).name, flush=True))
        window.denoise.save_all_to(out)
timer.timeout.connect(begin)
timer.start(50)
app.exec()
"""


@pytest.mark.parametrize("stage", ["began 0.png", "saved 0.png", "saved 2.png"])
def test_a_window_killed_at_any_stage_goes_on_at_the_next_start(
    album: list[Path], out: Path, engine: ProcessClient, qtbot: QtBot, tmp_path: Path, stage: str
) -> None:
    command = [sys.executable, "-c", VICTIM, str(album[0].parent), str(out), str(PICTURES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        for line in victim.stdout:
            if line.strip() == stage:
                break
        os.kill(victim.pid, signal.SIGKILL)
    before = {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in out.glob("[!.]*")}
    assert len(before) < PICTURES
    create_app(["aestudio"])
    window = MainWindow(engine)
    window.show()
    qtbot.waitUntil(window.left_behind.bar.isVisible, timeout=PATIENCE)
    window.left_behind.bar.yes_button.click()
    qtbot.waitUntil(lambda: sorted(p.name for p in out.glob("[!.]*")) == RESULTS, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.idle and not window.denoise.saves.busy, timeout=PATIENCE)
    assert whole(out) == RESULTS
    after = {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in out.iterdir()}
    assert {name: after[name] for name in before} == before
    window.close()
    window.deleteLater()
    QApplication.processEvents()


@pytest.mark.parametrize("stage", ["queued", "first tile", "first saved"])
def test_an_engine_killed_at_any_stage_costs_nothing(
    opened: MainWindow, engine: ProcessClient, out: Path, qtbot: QtBot, stage: str
) -> None:
    saves = opened.denoise.saves
    reached = {
        "queued": lambda: saves.busy,
        "first tile": lambda: saves.progress is not None,
        "first saved": lambda: bool(saves.tally.saved),
    }[stage]
    opened.denoise.save_all_to(out)
    qtbot.waitUntil(reached, timeout=PATIENCE)
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not saves.busy and opened.idle, timeout=PATIENCE)
    assert whole(out) == RESULTS
    assert opened.denoise.row.saved_label.text() == f"{PICTURES} of {PICTURES} saved"


def test_a_folder_that_vanishes_holds_the_batch_up(opened: MainWindow, out: Path, qtbot: QtBot) -> None:
    shutil.rmtree(out)
    opened.denoise.save_all_to(out)
    qtbot.waitUntil(lambda: opened.denoise.saves.paused and opened.idle, timeout=PATIENCE)
    assert "There is no folder" in opened.notices.text.text()
    assert f"{PICTURES} pictures wait" in opened.notices.text.text()
    out.mkdir()
    opened.notices.retry_button.click()
    qtbot.waitUntil(lambda: not opened.denoise.saves.busy and opened.idle, timeout=PATIENCE)
    assert whole(out) == RESULTS


def test_files_deleted_and_changed_while_they_wait(
    opened: MainWindow, album: list[Path], out: Path, qtbot: QtBot
) -> None:
    tab = opened.denoise
    tab.saves.pause(True)
    tab.save_all_to(out)
    qtbot.waitUntil(lambda: opened.idle, timeout=PATIENCE)
    tab.saves.pause(True)
    album[4].unlink()
    Image.new("RGB", (70, 50)).save(album[5])
    tab.saves.pause(False)
    qtbot.waitUntil(lambda: not tab.saves.busy and opened.idle, timeout=PATIENCE)
    assert whole(out) == [RESULTS[n] for n in (0, 1, 2, 3, 5)]
    assert tab.file_list.state_of(album[4]) is State.FAILED
    qtbot.waitUntil(lambda: "newer version" in tab.file_list.item(5).toolTip(), timeout=PATIENCE)
    with Image.open(out / RESULTS[5]) as image:
        assert image.size == (70, 50)


@pytest.mark.parametrize("means", ["small-tiles", "processor"])
def test_what_failed_is_computed_by_other_means(
    opened: MainWindow, album: list[Path], out: Path, qtbot: QtBot, means: str
) -> None:
    tab = opened.denoise
    tab.saves.save_to(album[0], out / "missing" / "0.png")
    qtbot.waitUntil(lambda: not tab.saves.busy and opened.idle, timeout=PATIENCE)
    assert tab.file_list.state_of(album[0]) is State.FAILED
    (out / "missing").mkdir()
    tab.retry(album[0], means)
    qtbot.waitUntil(lambda: not tab.saves.busy and opened.idle, timeout=PATIENCE)
    with Image.open(out / "missing" / "0.png") as image, Image.open(album[0]) as source:
        assert image.size == source.size
        assert np.std(np.asarray(image)) < np.std(np.asarray(source))
