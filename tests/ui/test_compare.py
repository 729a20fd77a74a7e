"""The comparison window: panes of models and files, figures against a reference, the blind vote."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from aestudio.evaluation.metrics import psnr
from aestudio.jobs import spec
from aestudio.jobs.stamps import Stamp, seen
from aestudio.settings import Settings
from aestudio.ui import glimpse
from aestudio.ui.compare.ballot import Ballot
from aestudio.ui.compare.content import Content
from aestudio.ui.compare.crops import detailed_places
from aestudio.ui.compare.pane import Pane
from aestudio.ui.compare.pane_settings import PaneSettings
from aestudio.ui.compare.shared_view import fitted
from aestudio.ui.compare.window import CompareWindow
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.viewport import Viewport
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient, read
from tests.ui.test_accessibility import walk

Wait = Callable[[], None]


def open_comparison(window: MainWindow) -> CompareWindow:
    tab = window.front.restoring
    assert tab is not None
    tab.bar.compare.click()
    found = window.findChild(CompareWindow, "compareWindow")
    assert found is not None
    return found


@pytest.fixture
def large(window: MainWindow, wait_idle: Wait, tmp_path: Path) -> Path:
    path = make_photo(tmp_path / "large.png", 1500, 1100)
    window.open_files([path])
    wait_idle()
    return path


@pytest.fixture
def compare(window: MainWindow, large: Path, wait_idle: Wait) -> CompareWindow:
    """Return a comparison of the large photo, opened at 1:1 near its top left."""
    view = window.denoise.view
    view.zoom_to(1.0)
    view.viewport.pan(5000, 5000)
    view._zoomed()
    view.viewport.pan(-600, -500)
    view._zoomed()
    wait_idle()
    made = open_comparison(window)
    wait_idle()
    return made


def rest(wait_idle: Wait, compare: CompareWindow, qtbot: QtBot) -> None:
    wait_idle()
    qtbot.waitUntil(lambda: all(pane.ready for pane in compare.shown), timeout=60_000)
    wait_idle()


def middle(view: Viewport) -> tuple[float, float]:
    return view.to_picture(view.canvas_width / 2, view.canvas_height / 2)


def drop(pane: Pane, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(pane.view, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
    QApplication.sendEvent(pane.view, QDropEvent(QPointF(9, 9), copy, data, left, none))


def test_it_opens_on_the_models_where_the_canvas_looks(compare: CompareWindow, window: MainWindow) -> None:
    assert [pane.title for pane in compare.shown] == ["Photo, fast", "Other"]
    view = compare.shared.viewport
    assert view.zoom == 1.0
    assert middle(view) == pytest.approx(middle(window.denoise.view.viewport), abs=2)
    assert all(pane.ready for pane in compare.shown)


def test_panes_ask_for_what_is_in_view_and_no_more(compare: CompareWindow, client: FakeClient) -> None:
    asked = [job for job in client.jobs(spec.Restore) if isinstance(job, spec.Restore) and not job.fill]
    assert {job.restoration.model for job in asked} == {"denoise-fast", "denoise-other"}
    for pane in compare.shown:
        after = pane.view.layers.after
        assert after is not None
        whole = (0.0, 0.0, 1500.0, 1100.0)
        assert 0 < len(list(after.within(*whole))) < 1500 * 1100 / 256**2
        assert "s a megapixel" in pane.facts.text()


def test_moving_one_pane_moves_all(compare: CompareWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    first, second = compare.shown
    before = middle(compare.shared.viewport)
    position = first.view.rect().center()
    qtbot.mousePress(first.view, Qt.MouseButton.LeftButton, pos=position)
    qtbot.mouseMove(first.view, position + position.__class__(-120, -90))
    qtbot.mouseRelease(first.view, Qt.MouseButton.LeftButton, pos=position)
    rest(wait_idle, compare, qtbot)
    after = middle(compare.shared.viewport)
    assert after[0] > before[0]
    assert first.box_in_sight() == second.box_in_sight()
    qtbot.keyClick(second.view, Qt.Key.Key_2)
    assert compare.shared.viewport.zoom == 2.0
    qtbot.keyClick(second.view, Qt.Key.Key_0)
    assert compare.shared.viewport.fitting


def test_two_to_four_panes_show_different_things(compare: CompareWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    button = compare.findChild(QToolButton, "panes4Button")
    assert button is not None
    button.click()
    rest(wait_idle, compare, qtbot)
    contents = [pane.content for pane in compare.shown]
    assert len(set(contents)) == 4
    assert contents[2] == Content(compare._source)
    compare.show_panes(2)
    assert [pane.isVisible() for pane in compare.panes] == [True, True, False, False]
    assert not compare.panes[3].restorer.active


def test_a_file_of_another_size_is_fitted_and_said(
    compare: CompareWindow, qtbot: QtBot, wait_idle: Wait, tmp_path: Path
) -> None:
    other = make_photo(tmp_path / "other program.png", 750, 550)
    pane = compare.shown[1]
    drop(pane, other)
    rest(wait_idle, compare, qtbot)
    assert pane.content == Content(other)
    assert "shown ×2 larger to fit" in pane.facts.text()
    left, top, right, bottom = compare.shown[0].box_in_sight()
    assert pane.box_in_sight() == pytest.approx((left / 2, top / 2, right / 2, bottom / 2), abs=1)
    drop(pane, make_photo(tmp_path / "square.png", 600, 600))
    rest(wait_idle, compare, qtbot)
    assert "another shape" in pane.facts.text()


def test_another_shape_is_scaled_alike_in_both_directions() -> None:
    view = Viewport(800, 600, 1000, 500, 2.0, -40, -30, False)
    box = fitted(view, 100, 100)
    assert (box.width, box.height) == (500, 500)
    assert box.x == -40 + 250 * 2
    # a row less than twice the size is rounding, not another shape
    assert fitted(view, 500, 249).height == 500


def test_a_file_that_cannot_be_read_says_so(compare: CompareWindow, wait_idle: Wait, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")
    compare.show_in(compare.shown[1], Content(broken))
    wait_idle()
    assert "is not a picture" in compare.shown[1].facts.text()
    assert compare.shown[0].ready


def test_panes_that_lost_their_engine_are_tried_again(
    compare: CompareWindow, client: FakeClient, wait_idle: Wait, qtbot: QtBot
) -> None:
    pane = compare.shown[1]
    assert not pane.retry.isVisible()
    client.pause(spec.Restore)
    compare.shared.pan(-700, -500)
    qtbot.waitUntil(lambda: pane.restorer.busy and any(client.is_running(j.id) for j in client.jobs(spec.Restore)))
    client.die()
    qtbot.waitUntil(pane.retry.isVisible)
    assert "The engine stopped" in pane.facts.text()
    client.go_on(spec.Restore)
    for shown in compare.shown:
        if shown.retry.isVisible():
            shown.retry.click()
    rest(wait_idle, compare, qtbot)
    assert not any(shown.retry.isVisible() for shown in compare.shown)
    assert pane.view.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_settings_of_a_pane_are_its_own(
    compare: CompareWindow, window: MainWindow, qtbot: QtBot, wait_idle: Wait
) -> None:
    pane = compare.shown[1]
    pane.adjust.click()
    popup = compare.findChild(PaneSettings, "paneSettings")
    assert popup is not None
    assert popup.noise is not None
    popup.noise.field.setValue(40)
    popup.strength.field.setValue(60)
    popup.close()
    rest(wait_idle, compare, qtbot)
    assert pane.content is not None
    assert pane.content.choice is not None
    assert (pane.content.choice.noise, pane.content.choice.strength) == (40, 0.6)
    assert "noise set to 40.0" in pane.facts.text()
    assert "strength 60%" in pane.facts.text()
    assert window.denoise.inspector.choice().noise is None


def test_panes_are_measured_against_a_reference(
    compare: CompareWindow, client: FakeClient, qtbot: QtBot, wait_idle: Wait, large: Path, tmp_path: Path
) -> None:
    clean = tmp_path / "clean.png"
    Image.fromarray(np.asarray(Image.open(large).convert("RGB")) // 2 + 60).save(clean)
    compare.show_in(compare.shown[1], Content(large))
    rest(wait_idle, compare, qtbot)
    compare.set_reference(clean)
    rest(wait_idle, compare, qtbot)
    left, top, right, bottom = compare.shown[1].box_in_sight()
    expected = psnr(read(str(large))[top:bottom, left:right], read(str(clean))[top:bottom, left:right])
    assert f"PSNR {expected:.2f} dB" in compare.shown[1].score.text()
    assert "what is in view" in compare.shown[1].score.toolTip()
    compare.scorer.set_whole(True)
    rest(wait_idle, compare, qtbot)
    expected = psnr(read(str(large)), read(str(clean)))
    assert f"PSNR {expected:.2f} dB" in compare.shown[1].score.text()
    asked = len(client.jobs(spec.Score))
    compare.scorer.refresh()
    rest(wait_idle, compare, qtbot)
    assert len(client.jobs(spec.Score)) == asked
    compare.set_reference(make_photo(tmp_path / "small.png", 300, 200))
    rest(wait_idle, compare, qtbot)
    assert "not measured" in compare.shown[0].score.text()
    assert "another size" in compare.shown[0].facts.text()
    compare.set_reference(None)
    assert compare.shown[0].score.text() == ""


def test_the_original_stands_beside_enlargements_as_a_plain_one(
    window: MainWindow, photo: Path, client: FakeClient, qtbot: QtBot, wait_idle: Wait, tmp_path: Path
) -> None:
    window.tabs.setCurrentWidget(window.super_resolution)
    window.open_files([photo])
    wait_idle()
    compare = open_comparison(window)
    compare.show_panes(3)
    rest(wait_idle, compare, qtbot)
    original = compare.shown[2]
    assert original.content == Content(photo)
    assert (compare.shared.viewport.width, compare.shared.viewport.height) == (613 * 4, 407 * 4)
    assert "bicubic" in original.facts.text()
    reference = tmp_path / "reference.png"
    # as the fake engine enlarges plainly
    Image.open(photo).resize((613 * 4, 407 * 4), Image.Resampling.BICUBIC).save(reference)
    compare.set_reference(reference)
    rest(wait_idle, compare, qtbot)
    assert ["PSNR" in pane.score.text() for pane in compare.shown] == [True, True, False]
    assert original.score.text() == "equal to the reference"
    jobs = [job for job in client.jobs(spec.Score) if isinstance(job, spec.Score)]
    assert all(job.luma and job.border == 4 for job in jobs)
    assert any(job.mix.light == 0 and job.restoration is not None for job in jobs)


def test_a_blind_vote_tells_no_names_and_can_set_the_default(
    compare: CompareWindow, window: MainWindow, qtbot: QtBot, wait_idle: Wait
) -> None:
    favourite = compare.shown[1]
    button = compare.bar.vote
    button.click()
    vote = compare.vote
    rounds = 0
    while vote.running:
        rest(wait_idle, compare, qtbot)
        texts = [w.text() for p in compare.shown for w in (p.name, p.facts, p.score) if w.isVisible()]
        assert not any("Other" in text or "fast" in text or "megapixel" in text for text in texts)
        assert not any(pane.picker.isVisible() or pane.adjust.isVisible() for pane in compare.shown)
        place = "AB".index(favourite.letter)
        assert (compare._grid.itemAtPosition(0, place)).widget() is favourite  # type: ignore[union-attr]
        qtbot.keyClick(favourite.view, Qt.Key.Key_1 if place == 0 else Qt.Key.Key_B)
        rounds += 1
    assert rounds > 1
    assert f"“Other” won {rounds} of {rounds} votes." in vote.question.text()
    assert favourite.picker.isVisible()
    vote.default.click()
    assert window.settings.default_model == {"denoise": "denoise-other"}
    assert window.denoise.inspector.choice().model == "denoise-other"
    qtbot.keyClick(compare, Qt.Key.Key_Escape)
    assert not vote.isVisible()
    assert compare.isVisible()


def test_nothing_can_be_picked_before_all_panes_are_ready(
    compare: CompareWindow, client: FakeClient, qtbot: QtBot, wait_idle: Wait
) -> None:
    client.pause(spec.Restore)
    compare.start_vote()
    # somewhere that was never looked at
    compare.shared.look_at(0.95, 0.95, 1.0)
    compare.vote.refresh()
    assert not any(pane.ready for pane in compare.shown)
    compare.vote.pick(0)
    assert "Place 1" in compare.vote.question.text()
    assert all(pane.view.layers.after is None for pane in compare.shown)
    client.go_on(spec.Restore)
    rest(wait_idle, compare, qtbot)
    assert all(pane.view.layers.after is not None for pane in compare.shown)
    compare.vote.stop()
    assert [pane.name.text() for pane in compare.shown] == ["Photo, fast", "Other"]


def test_a_persons_pick_goes_before_the_default(window: MainWindow, opened: MainWindow) -> None:
    inspector = window.denoise.inspector
    inspector.model_picker.setCurrentIndex(inspector.model_picker.findData("denoise-fast"))
    inspector._on_model_chosen()
    window._on_default_model("denoise", "denoise-other")
    assert inspector.choice().model == "denoise-fast"
    assert Settings().default_model == {}


def test_a_ballot_counts_for_candidates_not_for_places() -> None:
    ballot = Ballot(3, 4, Random(1))
    assert len({tuple(order) for order in ballot.orders}) > 1
    for candidate in (2, 2, 0):
        ballot.vote(ballot.order.index(candidate))
    ballot.vote(None)
    assert ballot.done
    assert ballot.tally() == [1, 0, 2]
    assert ballot.winner() == 2
    even = Ballot(2, 2, Random(1))
    for candidate in (0, 1):
        even.vote(even.order.index(candidate))
    assert even.winner() is None


def test_places_have_detail_and_do_not_overlap_much() -> None:
    picture = np.full((600, 900, 3), 120, np.uint8)
    picture[60:160, 100:260] += (np.indices((100, 160)).sum(axis=0) // 16 % 2 * 90).astype(np.uint8)[..., None]
    picture[420:520, 650:800] += (np.indices((100, 150)).sum(axis=0) // 16 % 2 * 60).astype(np.uint8)[..., None]
    noise = np.random.default_rng(0).normal(0, 8, picture.shape)
    noisy = np.clip(picture + noise, 0, 255).astype(np.uint8)
    first, second = detailed_places(noisy, (0.2, 0.2), 5)[:2]
    assert math.dist(first, (180 / 900, 110 / 600)) < 0.08
    assert math.dist(second, (725 / 900, 470 / 600)) < 0.08
    assert len(detailed_places(noisy, (1.5, 1.5), 5)) == 1
    assert len(detailed_places(np.zeros((80, 80, 3), np.uint8), (0.2, 0.2), 5)) == 1


def test_it_is_used_by_keyboard_alone(compare: CompareWindow, qtbot: QtBot, wait_idle: Wait, large: Path) -> None:
    compare.set_reference(large)
    rest(wait_idle, compare, qtbot)
    walk(compare)
    compare.start_vote()
    rest(wait_idle, compare, qtbot)
    walk(compare)
    rest(wait_idle, compare, qtbot)


def test_menus_offer_models_the_original_and_the_pictures_of_the_list(
    compare: CompareWindow, window: MainWindow, photo: Path, qtbot: QtBot, wait_idle: Wait, large: Path
) -> None:
    window.open_files([photo])
    rest(wait_idle, compare, qtbot)
    pane = compare.shown[0]
    menu = pane.picker.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Original", "Photo, fast", "Other", "photo.png", "Another file…"]
    for index, content in ((3, Content(photo)), (0, Content(large))):
        menu.aboutToShow.emit()
        [action for action in menu.actions() if not action.isSeparator()][index].trigger()
        assert pane.content == content
    rest(wait_idle, compare, qtbot)
    reference = compare.bar.reference.menu()
    assert reference is not None
    reference.aboutToShow.emit()
    next(action for action in reference.actions() if action.text() == "photo.png").trigger()
    assert compare.scorer.reference == photo
    rest(wait_idle, compare, qtbot)


def test_closing_in_the_middle_of_work_leaves_nothing_waiting(
    compare: CompareWindow, window: MainWindow, client: FakeClient, qtbot: QtBot, wait_idle: Wait, large: Path
) -> None:
    client.pause(spec.Peek)
    client.pause(spec.Restore)
    compare.set_reference(large)
    compare.shared.look_at(0.9, 0.9, 2.0)
    qtbot.waitUntil(lambda: not window.idle and bool(client.jobs(spec.Restore)), timeout=60_000)
    compare.shared.pan(-40, -40)
    compare.close()
    client.go_on(spec.Peek)
    client.go_on(spec.Restore)
    qtbot.waitUntil(lambda: window.findChild(CompareWindow, "compareWindow") is None, timeout=60_000)
    wait_idle()


def test_closing_while_a_drive_has_not_answered_leaves_nothing_waiting(
    compare: CompareWindow, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    awake = threading.Event()

    def slow(path: Path) -> Stamp:
        awake.wait(30)
        return seen(path)

    monkeypatch.setattr(glimpse, "seen", slow)
    compare.show_panes(3)
    assert not window.idle
    compare.close()
    qtbot.waitUntil(lambda: window.findChild(CompareWindow, "compareWindow") is None)
    awake.set()
    qtbot.waitUntil(lambda: not any(thread.name == "glimpse" for thread in threading.enumerate()))
    qtbot.waitUntil(lambda: window.idle)


def test_a_pane_reads_a_file_again_that_changed(
    compare: CompareWindow, large: Path, client: FakeClient, qtbot: QtBot, wait_idle: Wait
) -> None:
    make_photo(large, 1500, 1000, seed=5)
    pane = compare.shown[0]
    pane.restorer.run()
    rest(wait_idle, compare, qtbot)
    assert pane.size_shown == (1500, 1000)
    after = pane.view.layers.after
    assert after is not None
    assert (after.width, after.height) == (1500, 1000)
