"""The panel of settings: which model a noise setting asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aestudio.catalog.card import Card
from aestudio.jobs.events import Started
from aestudio.settings import Settings
from aestudio.ui.choices import Choice
from aestudio.ui.tabs.inspector import Inspector
from tests.ui.conftest import write_card


@pytest.fixture
def inspector(qtbot: QtBot, models: Path, home: Path) -> Inspector:
    """Return the denoiser's panel with a blind model among others."""
    write_card(Card("photo-fast", "Camera, fast", "denoise", "none", {}), models)
    panel = Inspector("denoise", Settings())
    qtbot.addWidget(panel)
    return panel


def choose(inspector: Inspector, model: str) -> None:
    index = inspector.model_picker.findData(model)
    inspector.model_picker.setCurrentIndex(index)
    inspector.model_picker.activated.emit(index)


def asked(inspector: Inspector) -> tuple[str, float | None]:
    restoration = inspector.restoration()
    assert restoration is not None
    return restoration.model, restoration.noise


def test_auto_is_the_blind_models_and_a_level_is_for_one_that_takes_it(inspector: Inspector) -> None:
    assert inspector.noise is not None
    assert inspector.noise_auto is not None
    assert asked(inspector) == ("photo-fast", None)
    inspector.noise.slider.setValue(inspector.noise.slider.value() + 50)
    model, noise = asked(inspector)
    assert model == "denoise-fast"
    assert noise is not None
    inspector.noise_auto.setChecked(True)
    assert asked(inspector) == ("photo-fast", None)


def test_choosing_a_blind_model_measures_again(inspector: Inspector) -> None:
    assert inspector.noise_auto is not None
    inspector.noise_auto.setChecked(False)
    assert asked(inspector)[0] == "denoise-fast"
    choose(inspector, "photo-fast")
    assert asked(inspector) == ("photo-fast", None)
    assert inspector.noise_auto.isChecked()


def test_a_choice_of_ones_own_stays_where_it_can(inspector: Inspector) -> None:
    assert inspector.noise_auto is not None
    choose(inspector, "denoise-other")
    assert asked(inspector) == ("denoise-other", None)
    inspector.noise_auto.setChecked(False)
    assert asked(inspector)[0] == "denoise-other"
    choose(inspector, "photo-fast")
    inspector.noise_auto.setChecked(False)
    assert asked(inspector)[0] == "denoise-fast"
    inspector.noise_auto.setChecked(True)
    assert asked(inspector)[0] == "photo-fast"


def test_listing_the_models_anew_is_a_change_only_where_the_chosen_one_is_gone(
    inspector: Inspector, qtbot: QtBot, models: Path
) -> None:
    inspector.model_picker.setCurrentIndex(1)
    with qtbot.assertNotEmitted(inspector.changed):
        inspector.load_models()
    (models / f"{inspector.model_picker.currentData()}.safetensors").unlink()
    with qtbot.waitSignal(inspector.changed):
        inspector.load_models()


def test_a_model_picked_by_hand_stays_picked(inspector: Inspector) -> None:
    choices = []
    inspector.changed.connect(lambda: choices.append(inspector.choice()))
    choose(inspector, "denoise-other")
    assert choices[-1].model == "denoise-other"
    assert choices[-1].model_chosen


def test_a_typed_scale_comes_back_exactly(qtbot: QtBot, models: Path, home: Path) -> None:
    panel = Inspector("upscale", Settings())
    qtbot.addWidget(panel)
    assert panel.scale_picker is not None
    panel.scale_picker.setCurrentText("2.3333333")
    exact = panel.choice()
    panel.scale_picker.setCurrentText("x4")
    panel.show_choice(exact)
    assert panel.choice() == exact


def test_best_quality_asks_for_the_ensemble(inspector: Inspector, qtbot: QtBot) -> None:
    with qtbot.waitSignal(inspector.changed):
        inspector.ensemble_box.click()
    restoration = inspector.restoration()
    assert restoration is not None
    assert restoration.ensemble
    inspector.show_choice(Choice("denoise-fast"))
    assert not inspector.ensemble_box.isChecked()


def test_a_picture_is_cleaned_first_by_the_model_for_photos_or_the_one_that_was_named(
    inspector: Inspector, qtbot: QtBot, models: Path
) -> None:
    panel = Inspector("upscale", Settings())
    qtbot.addWidget(panel)
    assert panel.clean_box is not None
    with qtbot.waitSignal(panel.changed):
        panel.clean_box.click()
    restoration = panel.restoration()
    assert restoration is not None
    assert restoration.cleaner == "photo-fast"
    write_card(Card("own-photo", "Own", "denoise", "none", {}), models)
    named = replace(panel.choice(), cleaner="own-photo")
    panel.show_choice(named)
    assert panel.choice() == named
    panel.show_choice(replace(named, cleaner="gone"))
    assert panel.choice().cleaner in ("photo-fast", "own-photo")
    panel.show_choice(replace(named, cleaner=""))
    assert panel.choice().cleaner == ""
    assert inspector.clean_box is None


def test_without_a_model_that_judges_by_itself_nothing_is_cleaned_first(qtbot: QtBot, models: Path, home: Path) -> None:
    panel = Inspector("upscale", Settings())
    qtbot.addWidget(panel)
    assert panel.clean_box is not None
    assert not panel.clean_box.isEnabled()


def test_a_noisy_picture_is_offered_to_be_cleaned_first(inspector: Inspector, qtbot: QtBot) -> None:
    panel = Inspector("upscale", Settings())
    qtbot.addWidget(panel)
    assert panel.clean_box is not None
    started = Started("", "upscale-x2-fast", "CPU", 8, 8, better="upscale-x4-fast", damage="noise")
    panel.show_trust(started, None)
    trust = panel.trust
    assert trust.clean_button.isVisibleTo(trust)
    assert not trust.better_button.isVisibleTo(trust)
    with qtbot.waitSignal(panel.changed):
        trust.clean_button.click()
    assert panel.choice().cleaner == "photo-fast"
    panel.show_trust(replace(started, damage="blocks"), None)
    assert not trust.clean_button.isVisibleTo(trust)
    assert trust.better_button.isVisibleTo(trust)
    inspector.show_trust(replace(started, better="denoise-other"), None)
    assert inspector.trust.better_button.isVisibleTo(inspector.trust)
