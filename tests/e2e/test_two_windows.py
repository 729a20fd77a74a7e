"""Two windows with an engine each, on one journal: they share the work and never make one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.file_list import State
from tests.real_window import PATIENCE, PICTURES, RESULTS, whole


@pytest.fixture
def second(opened: MainWindow, album: list[Path], qtbot: QtBot) -> Iterator[MainWindow]:
    """Return another window with the same pictures and settings."""
    made = MainWindow()
    made.show()
    made.denoise.inspector.noise.set_value(20)
    made.denoise.inspector._on_noise_touched()
    made.open_files(album)
    qtbot.waitUntil(lambda: made.idle, timeout=PATIENCE)
    yield made
    made._sure = lambda left: True
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def over(qtbot: QtBot, *windows: MainWindow) -> None:
    qtbot.waitUntil(lambda: all(w.idle and not w.denoise.saves.busy for w in windows), timeout=PATIENCE)


def test_the_same_pictures_are_saved_once(
    opened: MainWindow, second: MainWindow, album: list[Path], out: Path, qtbot: QtBot
) -> None:
    # what one window has still to write is no business of the other's
    opened.denoise.save_all_to(out)
    qtbot.waitUntil(lambda: bool(opened.denoise.saves._running), timeout=PATIENCE)
    second.denoise.save_all_to(out)
    over(qtbot, opened, second)
    assert whole(out) == RESULTS
    assert opened.denoise.row.saved_label.text() == f"{PICTURES} of {PICTURES} saved"
    assert second.denoise.row.saved_label.text() == f"0 of {PICTURES} saved, {PICTURES} skipped"
    tips = [second.denoise.file_list.item(row).toolTip() for row in range(PICTURES)]
    assert all("saving it as" in tip or "saved just so before" in tip for tip in tips)
    assert all(second.denoise.file_list.state_of(path) is State.SKIPPED for path in album)


def test_other_settings_into_one_folder_get_names_of_their_own(
    opened: MainWindow, second: MainWindow, out: Path, qtbot: QtBot
) -> None:
    second.denoise.inspector.strength.field.setValue(40)
    opened.denoise.save_all_to(out)
    second.denoise.save_all_to(out)
    over(qtbot, opened, second)
    assert whole(out) == sorted([*RESULTS, *(f"{n}-denoised-2.png" for n in range(PICTURES))])


def test_what_a_closed_window_leaves_the_other_takes_over(
    opened: MainWindow, second: MainWindow, out: Path, qtbot: QtBot
) -> None:
    second.denoise.save_all_to(out)
    qtbot.waitUntil(lambda: bool(second.denoise.saves.tally.saved), timeout=PATIENCE)
    second._sure = lambda left: True
    second.close()
    done = {name: (out / name).stat().st_mtime_ns for name in whole(out)}
    assert 0 < len(done) < PICTURES
    opened.left_behind.look()
    qtbot.waitUntil(opened.left_behind.bar.isVisible, timeout=PATIENCE)
    opened.left_behind.bar.yes_button.click()
    qtbot.waitUntil(lambda: sorted(p.name for p in out.glob("[!.]*")) == RESULTS, timeout=PATIENCE)
    over(qtbot, opened)
    assert whole(out) == RESULTS
    assert {name: (out / name).stat().st_mtime_ns for name in done} == done
