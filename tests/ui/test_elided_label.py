"""A name that is too long must not widen what it stands in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from aestudio.ui.main_window import MainWindow
from aestudio.ui.training.form import TrainingForm
from aestudio.ui.widgets.elided_label import ElidedLabel
from tests.ui.conftest import make_photo

LONG = "IMG_20240714_183321_" + "holiday " * 20 + ".jpg"


def test_it_gives_way_and_stays_whole_for_those_who_ask(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    row.addWidget(words := ElidedLabel(LONG))
    page.resize(200, 60)
    page.show()
    assert page.width() == 200
    assert words.text() == LONG
    assert words.shown() != LONG
    assert "…" in words.shown()
    words.setText("short")
    assert words.shown() == "short"


def test_a_long_name_leaves_the_panels_of_generate_as_wide_as_they_are(window: MainWindow) -> None:
    page = window.generate
    window.tabs.setCurrentWidget(page)
    smallest = window.minimumSizeHint().width()
    page.inspector.show_decoded(LONG, "")
    page.findChild(QLabel, "sampleLabel").setText(LONG)
    scroll = page.inspector.findChild(QScrollArea, "inspectorScroll")
    assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
    assert window.minimumSizeHint().width() == smallest


def test_a_long_name_leaves_the_training_form_as_wide_as_it_is(window: MainWindow, tmp_path: Path) -> None:
    form = TrainingForm(window.hub)
    before = form.way.minimumSizeHint().width()
    form.show_photo(make_photo(tmp_path / f"{'x' * 200}.png", 60, 40))
    assert form.way.count() == 4, "a single photo is one of the ways"
    assert form.way.minimumSizeHint().width() == before
