"""What a batch needs around it: no sleep, word to a person who is elsewhere, no waste of a battery."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from aestudio.jobs import spec
from aestudio.jobs.vectors import EncodeFiles
from aestudio.ui import batch_care, battery
from aestudio.ui.dialogs.models import ModelsDialog
from aestudio.ui.keep_awake import KeepAwake
from aestudio.ui.main_window import MainWindow
from tests.ui.conftest import CARDS, make_photo
from tests.ui.fake_client import FakeClient


@pytest.mark.skipif(sys.platform != "linux", reason="by systemd")
def test_sleep_is_inhibited_until_it_is_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    script = tmp_path / "systemd-inhibit"
    said = tmp_path / "said"
    script.write_text(f'#!/bin/sh\necho "$@" >> {said}\nfor last; do :; done\n"$last"\necho over >> {said}\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    awake = KeepAwake()
    awake.keep(True)
    awake.keep(True)
    qtbot.waitUntil(lambda: said.exists() and said.read_text().count("idle:sleep") == 1)
    child = awake._child
    assert child is not None
    awake.keep(False)
    assert child.poll() is not None
    assert not awake.kept


def test_where_there_is_no_way_nothing_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    awake = KeepAwake()
    awake.keep(True)
    awake.keep(False)


def test_a_battery_in_use_is_told_from_one_that_is_charged_and_from_a_mouse(tmp_path: Path) -> None:
    def supply(name: str, **facts: str) -> None:
        (tmp_path / name).mkdir(exist_ok=True)
        for fact, value in facts.items():
            (tmp_path / name / fact).write_text(value + "\n")

    supply("AC", type="Mains", online="0")
    supply("hidpp_battery_0", type="Battery", scope="Device", status="Discharging")
    assert not battery.discharging(tmp_path)
    supply("BAT0", type="Battery", status="Full")
    assert not battery.discharging(tmp_path)
    supply("BAT1", type="Battery", status="Discharging")
    assert battery.discharging(tmp_path)


@pytest.fixture
def batch(window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Callable[[], None]) -> MainWindow:
    """Return a window that saves four pictures and stands still while doing so."""
    window.open_files([make_photo(tmp_path / "in" / f"{n}.png", 60, 40, seed=n) for n in range(4)])
    wait_idle()
    client.pause(spec.Save)
    (tmp_path / "out").mkdir()
    window.denoise.save_all_to(tmp_path / "out")
    return window


def test_the_machine_stays_awake_while_a_batch_runs_and_its_end_is_told(
    batch: MainWindow,
    client: FakeClient,
    qtbot: QtBot,
    wait_idle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alerted: list[object] = []
    monkeypatch.setattr(QApplication, "alert", lambda *a: alerted.append(a[0]))
    monkeypatch.setattr(batch, "isActiveWindow", lambda: False)
    awake = batch.batch_care._awake
    assert awake.kept
    batch.denoise.row.pause_button.click()
    client.go_on(spec.Save)
    wait_idle()
    assert not awake.kept
    batch.denoise.row.pause_button.click()
    wait_idle()
    assert not awake.kept
    assert alerted == [batch]


def test_closing_asks_once_and_says_what_goes_on_later(
    batch: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    seen: list[str] = []

    def answer(box: QMessageBox) -> int:
        seen.append(box.informativeText())
        name = ("Go on saving", "Stop and close")[len(seen) - 1]
        next(b for b in box.findChildren(QPushButton) if b.text() == name).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert not batch.close()
    assert batch.close()
    assert "4 are not saved yet" in seen[0]
    assert len(seen) == 2


def test_the_question_follows_what_is_saved_and_ends_with_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    left = [2, 2, 1, 1, 0]
    said: list[str] = []

    def still() -> int:
        box = window.findChild(QMessageBox, "closeQuestion")
        if box is not None:
            said.append(box.informativeText())
        return left.pop(0) if len(left) > 1 else left[0]

    monkeypatch.setattr(batch_care, "COUNTING", 10)
    monkeypatch.setattr(window.batch_care, "left", still)
    assert window.batch_care.may_stop(3)
    assert "3 are not saved" in said[0]
    assert any("1 are not saved" in text for text in said)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer every question with going on; return what was asked."""
    seen: list[str] = []

    def answer(box: QMessageBox) -> int:
        seen.append(f"{box.text()} {box.informativeText()}")
        next(b for b in box.findChildren(QPushButton) if b.text() == "Go on saving").click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return seen


def test_closing_asks_about_files_that_the_generate_page_writes(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Callable[[], None], asked: list[str]
) -> None:
    window.tabs.setCurrentWidget(window.generate)
    wait_idle()
    client.pause(EncodeFiles, after=1)
    client.pause(spec.Export)
    window.generate.tools.exchange.encode([make_photo(tmp_path / "in.png", 60, 40)], tmp_path / "vectors.npz")
    assert window.batch_care._awake.kept
    assert not window.close()
    window.generate.export_to(tmp_path / "samples.png")
    assert not window.close()
    assert asked == [
        "Files are still being written. vectors.npz is not finished yet: closing gives it up.",
        "Files are still being written. 2 files are not finished yet: closing gives them up.",
    ]
    client.go_on(EncodeFiles)
    client.go_on(spec.Export)
    wait_idle()
    assert (tmp_path / "vectors.npz").exists()
    assert not window.batch_care._awake.kept
    assert window.close()
    assert len(asked) == 2


def test_closing_asks_about_files_that_the_list_of_models_writes(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    window.dialogs.models()
    dialog = window.findChild(ModelsDialog)
    assert dialog is not None
    # nothing is run: what a command says is said here
    monkeypatch.setattr(dialog._errand, "run", lambda words: None)
    dialog.export_onnx(CARDS[0], tmp_path / "fast.onnx")
    assert window.batch_care._awake.kept
    assert not window.close()
    assert "fast.onnx is not finished yet" in asked[0]
    dialog._errand.failed.emit("There is no room.", "")
    assert not window.batch_care._awake.kept
    dialog.take_in(tmp_path / "a.aestudio", tmp_path / "b.aestudio")
    assert [file.name for file in window.batch_care.writing()] == ["a.aestudio", "b.aestudio"]
    dialog.close()
    assert not window.batch_care._awake.kept
    assert window.close()
    assert len(asked) == 1
