"""A model of one's own removed while the window works with it: used to the end, then missed in a sentence."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.catalog import store
from aestudio.jobs.client import ProcessClient
from aestudio.models.weights import load_network, save_network
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.file_list import State
from tests.real_window import PATIENCE, PICTURES, RESULTS, whole

OWN = "my-own"


@pytest.fixture
def weights(home: Path) -> Path:
    """Install a model of one's own; return its file."""
    shipped = store.find("denoise-fast")
    folder = paths.user_models_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{OWN}.safetensors"
    save_network(load_network(shipped.path)[0].state_dict(), replace(shipped.card, id=OWN, title="My own"), file)
    return file


@pytest.fixture
def at_work(weights: Path, opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return the window with the album restored by that model."""
    opened.denoise.inspector.choose_model(OWN)
    qtbot.waitUntil(lambda: opened.idle and opened.denoise.restorer.current_result, timeout=PATIENCE)
    assert opened.denoise.restorer.canvas.shown.model == OWN
    return opened


def test_a_batch_goes_on_to_its_end(at_work: MainWindow, weights: Path, out: Path, qtbot: QtBot) -> None:
    saves = at_work.denoise.saves
    at_work.denoise.save_all_to(out)
    qtbot.waitUntil(lambda: bool(saves.tally.saved), timeout=PATIENCE)
    weights.unlink()
    qtbot.waitUntil(lambda: not saves.busy and at_work.idle, timeout=PATIENCE)
    assert whole(out) == RESULTS
    assert at_work.denoise.row.saved_label.text() == f"{PICTURES} of {PICTURES} saved"


def test_what_needs_it_anew_fails_with_a_sentence_and_is_saved_once_it_is_back(
    at_work: MainWindow, engine: ProcessClient, weights: Path, album: list[Path], out: Path, qtbot: QtBot
) -> None:
    tab, away = at_work.denoise, weights.with_suffix(".away")
    tab.saves.pause(True)
    tab.save_all_to(out)
    weights.rename(away)
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)
    tab.saves.pause(False)
    qtbot.waitUntil(lambda: not tab.saves.busy and at_work.idle, timeout=PATIENCE)
    assert whole(out) == []
    assert f"{PICTURES} of {PICTURES} pictures could not be saved" in at_work.notices.text.text()
    assert all(tab.file_list.state_of(path) is State.FAILED for path in album)
    assert f"There is no model “{OWN}”" in tab.file_list.item(3).toolTip()
    away.rename(weights)
    at_work.notices.retry_button.click()
    qtbot.waitUntil(lambda: not tab.saves.busy and at_work.idle, timeout=PATIENCE)
    assert whole(out) == RESULTS
