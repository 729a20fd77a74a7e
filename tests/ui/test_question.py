"""Questions in the window's look: before a file is written over, and names that are shown as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from aestudio import ui
from aestudio.ui.main_window import MainWindow
from aestudio.ui.naming import label, plain
from aestudio.ui.question import Question, ask_for_file

Answer = Callable[[str], list[str]]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | str], None]:
    """Return what lets the system's dialog answer with a name."""

    def let(name: Path | str) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(name), ""))

    return let


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Return what answers every question by the button of that text, and lists what was asked."""

    def let(words: str) -> list[str]:
        asked: list[str] = []

        def answer(box: QMessageBox) -> int:
            asked.append(box.text())
            next(b for b in box.buttons() if b.text() == words).click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", answer)
        return asked

    return let


@pytest.mark.parametrize(("words", "kept"), [("Keep it", True), ("Replace", False)])
def test_a_name_that_became_another_is_asked_about(
    opened: MainWindow,
    tmp_path: Path,
    typed: Callable[[Path], None],
    answering: Answer,
    wait_idle: Callable[[], None],
    words: str,
    kept: bool,
) -> None:
    there = tmp_path / "mine.png"
    there.write_bytes(b"not yours")
    typed(tmp_path / "mine")
    asked = answering(words)
    opened.denoise.saves._name_file(opened.pictures.paths()[0])
    wait_idle()
    assert asked == ["mine.png exists already."]
    assert (there.read_bytes() == b"not yours") is kept


def test_what_was_typed_whole_was_asked_about_by_the_system(
    window: MainWindow, tmp_path: Path, typed: Callable[[Path | str], None], answering: Answer
) -> None:
    asked = answering("Keep it")
    there = tmp_path / "a.tif"
    there.touch()
    typed(there)
    assert ask_for_file(window, "", tmp_path / "b.png", "") == there
    typed(tmp_path / "new")
    assert ask_for_file(window, "", tmp_path / "b.png", "") == tmp_path / "new.png"
    typed("")
    assert ask_for_file(window, "", tmp_path / "b.png", "") is None
    assert asked == []


def test_one_kind_of_file_has_one_suffix(
    window: MainWindow, tmp_path: Path, typed: Callable[[Path], None], answering: Answer
) -> None:
    (tmp_path / "v1.2.gif").touch()
    asked = answering("Keep it")
    typed(tmp_path / "v1.2")
    assert ask_for_file(window, "", tmp_path / "b.gif", "", [".gif"]) is None
    assert asked == ["v1.2.gif exists already."]


def test_nobody_asks_for_a_file_to_write_by_another_way() -> None:
    sources = Path(ui.__file__).parent.rglob("*.py")
    assert [s.name for s in sources if "getSaveFileName" in s.read_text(encoding="utf-8")] == ["question.py"]


def test_a_question_shows_names_as_they_are_and_changes_nothing_by_itself(window: MainWindow, qtbot: QtBot) -> None:
    box = Question("q", "Delete “<b>mine</b>”?", "More.", window)
    box.answer("Delete", QMessageBox.ButtonRole.DestructiveRole)
    keep = box.answer("Keep", QMessageBox.ButtonRole.RejectRole)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert not box.iconPixmap().isNull()
    assert box.defaultButton() is keep
    box.open()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.clickedButton() is keep


def test_what_looks_like_markup_is_a_name() -> None:
    assert label("<b>bad</b>").textFormat() is Qt.TextFormat.PlainText
    assert plain("a & b.png") == "a & b.png"
    assert "&lt;i&gt;" in plain("<i>.png")
