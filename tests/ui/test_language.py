"""The window in another language: what is said above the engine and below it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.jobs.events import Progress
from aestudio.jobs.phrases import as_pattern
from aestudio.settings import Settings
from aestudio.ui import language, words
from aestudio.ui.dialogs.preferences import PreferencesDialog

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    undo = language.install("zh_TW")
    yield
    undo()


def test_everything_that_can_be_said_is_translated() -> None:
    ran = subprocess.run(
        [sys.executable, "tools/translations.py", "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_words_change_and_change_back(chinese: None) -> None:
    progress = Progress("1", 3, 8, 41.2)
    assert words.working("…", progress) == "… 3 / 8 個圖塊，大約還需 41 秒"
    assert QLocale().language() == QLocale.Language.Chinese
    language.undo()
    assert words.working("…", progress) == "… 3 of 8 tiles, about 41 s left"


def test_a_sentence_from_the_engine_is_found_by_its_pattern(chinese: None) -> None:
    assert language.sentence("There is no file /a/{b} c.png.") == "沒有檔案 /a/{b} c.png。"
    assert language.sentence("Nobody has ever said this.") == "Nobody has ever said this."


def test_what_is_wrong_inside_a_file_is_said_in_the_same_language(chinese: None) -> None:
    said = language.sentence("a.png is damaged or incomplete: it breaks off in the middle.")
    assert said == "a.png 已損壞或不完整：它在中途斷掉。"
    own = language.sentence("a.tif is damaged or incomplete: the library's own words.")
    assert own == "a.tif 已損壞或不完整：the library's own words。"


def test_preferences_say_what_changes_at_the_next_start_only(qtbot: QtBot, home: Path) -> None:
    dialog = PreferencesDialog(Settings(language="en"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.later.isVisible()
    dialog.language.setCurrentIndex(dialog.language.findData("zh_TW"))
    assert dialog.later.isVisible()
    assert "starts again" in dialog.later.text()
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    assert not dialog.later.isVisible()
    dialog.interface_size.setCurrentIndex(dialog.interface_size.findData(150))
    assert dialog.later.isVisible()
    undo = language.install("zh_TW")
    fresh = PreferencesDialog(Settings(language="zh_TW"))
    qtbot.addWidget(fresh)
    fresh.show()
    undo()
    assert not fresh.later.isVisible()


def test_a_sentence_is_found_by_its_pattern() -> None:
    match = as_pattern("{0} says it is {1} x {2}.").fullmatch("a (1).png says it is 3 x 4.")
    assert match is not None
    assert match.groups() == ("a (1).png", "3", "4")


@pytest.mark.parametrize(
    ("setting", "found"),
    [("en", "en"), ("zh_TW", "zh_TW"), ("klingon", "en")],
)
def test_a_setting_names_a_language(setting: str, found: str) -> None:
    assert language.chosen(setting) == found
