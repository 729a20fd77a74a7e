"""How far to trust a result: the map of invented detail, the better model, the picture of what was removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aestudio.jobs import events, spec
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.restore import RestoreTab
from aestudio.ui.tabs.trust_panel import TrustPanel
from aestudio.ui.widgets.panes import Mode
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]


@pytest.fixture
def tab(window: MainWindow, photo: Path, wait_idle: Wait) -> RestoreTab:
    """Return the denoiser's page with a restored picture in sight."""
    window.open_files([photo])
    wait_idle()
    return window.denoise


def amber(tab: RestoreTab, share: float) -> float:
    """Return how much redder than blue the canvas is at a share of the picture's width, in its middle."""
    x, y = tab.view.viewport.to_canvas(tab.view.viewport.width * share, tab.view.viewport.height / 2)
    ratio = tab.view.devicePixelRatioF()
    colour = tab.view.grab().toImage().pixelColor(round(x / ratio), round(y / ratio))
    return colour.red() - colour.blue()


def test_the_map_lies_over_what_is_likely_wrong(
    tab: RestoreTab, client: FakeClient, wait_idle: Wait, qtbot: QtBot
) -> None:
    assert not client.jobs(spec.MapInvented)
    qtbot.keyClick(tab.view, Qt.Key.Key_I)
    assert tab.view.mode is Mode.INVENTED
    assert "Measuring" in tab.inspector.trust.invented_words.text()
    wait_idle()
    assert amber(tab, 0.75) > amber(tab, 0.25) + 100
    assert "12.7 of 255; 50% of it by more than 10" in tab.inspector.trust.invented_words.text()
    assert tab.inspector.trust.legend.isVisible()
    tab.view.mode = Mode.DIVIDER
    assert tab.view.invented is None
    assert not tab.inspector.trust.legend.isVisible()


def test_what_is_there_is_not_asked_for_again_and_new_settings_begin_anew(
    window: MainWindow, client: FakeClient, wait_idle: Wait, tmp_path: Path
) -> None:
    window.open_files([make_photo(tmp_path / "large.png", 2600, 1900)])
    tab = window.denoise
    tab.view.zoom_to(1.0)
    tab.view.mode = Mode.INVENTED
    wait_idle()
    first = client.jobs(spec.MapInvented)[-1]
    assert isinstance(first, spec.MapInvented)
    tab.view.viewport.pan(-300, 0)
    tab.view._zoomed()
    wait_idle()
    second = client.jobs(spec.MapInvented)[-1]
    assert isinstance(second, spec.MapInvented)
    assert second.view.have
    assert second.view.left > first.view.left
    tab.inspector.ensemble_box.click()
    wait_idle()
    last = client.jobs(spec.MapInvented)[-1]
    assert isinstance(last, spec.MapInvented)
    assert last.restoration.ensemble
    assert not last.view.have


def test_a_better_model_is_offered_and_taken(tab: RestoreTab, client: FakeClient, wait_idle: Wait) -> None:
    trust = tab.inspector.trust
    assert not trust.better_button.isVisible()
    job = tab.restorer.canvas
    assert job is not None
    started = events.Started("", "denoise-fast", "CPU", 613, 407, 17.0, unlike=True, better="denoise-other")
    tab.inspector.show_trust(started, None)
    assert "Unlike" in trust.kind_words.text()
    assert "Other" in trust.better_button.text()
    trust.better_button.click()
    wait_idle()
    restore = client.jobs(spec.Restore)[-1]
    assert isinstance(restore, spec.Restore)
    assert restore.restoration.model == "denoise-other"
    assert not trust.better_button.isVisible()


@pytest.mark.parametrize(("damage", "words"), [("blocks", "sharpens its blocks"), ("noise", "sharpens its grain")])
def test_a_model_that_cleans_is_offered_for_a_damaged_picture(tab: RestoreTab, damage: str, words: str) -> None:
    trust = tab.inspector.trust
    started = events.Started("", "denoise-fast", "CPU", 613, 407, unlike=True, better="denoise-other", damage=damage)
    tab.inspector.show_trust(started, None)
    assert words in trust.kind_words.text()
    assert trust.better_button.isVisibleTo(trust)
    tab.inspector.show_trust(None, None)
    assert not trust.kind_words.text()


def test_an_and_in_a_models_name_is_shown(tab: RestoreTab) -> None:
    panel = tab.inspector.trust
    started = events.Started("", "x4", "CPU", 613, 407, better="other")
    panel.show_facts(started, None, {"other": "A & b"})
    assert "A && b" in panel.better_button.text()
    assert panel.better_button.accessibleName() == "Use “A & b”"


def test_the_verdict_comes_with_how_it_looks(tab: RestoreTab) -> None:
    values = [0.0] * 81
    values[40], values[41], values[49] = 1.0, 0.3, 0.1
    tab.inspector.show_trust(None, events.Judged("", "edges", 4.25, tuple(values)))
    trust = tab.inspector.trust
    assert "Edges were removed" in trust.verdict_words.text()
    assert "4.2 of 255" in trust.grain_words.text()
    assert "20% alike" in trust.grain_words.text()
    shot = trust.grain.grab().toImage()
    ratio = trust.grain.devicePixelRatioF()
    middle, corner = (shot.pixelColor(round(n * ratio), round(n * ratio)).red() for n in (32, 5))
    assert (middle, corner) == (255, 128)
    tab.inspector.show_trust(None, None)
    assert not trust.isVisible()


def test_a_verdict_is_on_as_much_as_is_shown(qtbot: QtBot, home: Path) -> None:
    panel = TrustPanel()
    qtbot.addWidget(panel)
    judged = events.Judged("1", "edges", 4.0, (0.1,) * 81, blind=True)
    panel.show_facts(None, judged, {})
    assert panel.verdict_words.property("level") == "attention"
    assert panel.grain_words.text().startswith("4.0 of 255")
    panel.show_strength(0.5)
    assert panel.verdict_words.text() == "At full strength more than noise is removed; 50% of it is taken."
    assert not panel.verdict_words.property("level")
    assert panel.grain_words.text().startswith("2.0 of 255")
    panel.show_strength(0)
    assert panel.verdict_words.text() == "At this strength nothing is removed."
    assert panel.grain.isHidden()
    panel.show_facts(None, events.Judged("1", "left", 4.0, (0.1,) * 81), {})
    panel.show_strength(0.4)
    assert panel.verdict_words.text() == "Some noise is left: 40% of what could be is removed."
    panel.show_strength(1)
    assert "raise the noise level" in panel.verdict_words.text()


def test_moving_the_strength_changes_what_is_said(tab: RestoreTab) -> None:
    canvas = tab.restorer.canvas
    assert canvas is not None
    tab.inspector.show_trust(canvas.started, events.Judged("1", "noise", 4.0, (0.1,) * 81))
    assert tab.inspector.trust.verdict_words.text() == "What was removed looks like noise."
    tab.inspector.mixing.strength.slider.setValue(0)
    assert tab.inspector.trust.verdict_words.text() == "At this strength nothing is removed."


@pytest.mark.parametrize(("width", "whole"), [(320, True), (120, False)])
def test_a_long_title_is_cut_off_only_where_there_is_too_little_room(
    qtbot: QtBot, home: Path, width: int, whole: bool
) -> None:
    panel = TrustPanel()
    qtbot.addWidget(panel)
    panel.setFixedWidth(width)
    panel.show()
    started = events.Started("", "x4", "CPU", 613, 407, better="other")
    panel.show_facts(started, None, {"other": "Enlarge ×4, photo"})
    qtbot.waitUntil(lambda: panel.better_button.width() > width - 40)
    assert (panel.better_button.text() == "Use “Enlarge ×4, photo”") == whole
    assert panel.better_button.accessibleName() == "Use “Enlarge ×4, photo”"
    assert panel.sizeHint().width() <= 320
