"""Whose settings are whose, and the way back through their changes."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from aestudio.imageio.mask import Mask
from aestudio.jobs.spec import Save
from aestudio.ui.choices import Choice, Choices
from aestudio.ui.main_window import MainWindow
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]
FIRST = Choice("m", strength=1.0)
A, B = Path("/a.png"), Path("/b.png")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        self.now += 10
        return self.now


@pytest.fixture
def choices() -> Choices:
    return Choices(FIRST, Clock())


def test_settings_are_everyones_until_a_picture_has_its_own(choices: Choices) -> None:
    second, third = replace(FIRST, strength=0.5), replace(FIRST, strength=0.2)
    choices.change(A, second)
    assert choices.of(B) == second
    choices.set_own(A, own=True)
    choices.change(A, third)
    assert (choices.of(A), choices.of(B)) == (third, second)
    choices.set_own(A, own=False)
    assert choices.of(A) == second


def test_every_change_is_undone_and_redone(choices: Choices) -> None:
    levels = [replace(FIRST, noise=float(n)) for n in (5, 10)]
    choices.change(A, levels[0])
    choices.set_own(A, own=True)
    choices.change(A, levels[1])
    assert [choices.undo() is not None for _ in range(4)] == [True, True, True, False]
    assert choices.of(A) == FIRST
    assert not choices.has_own(A)
    assert [choices.redo() is not None for _ in range(4)] == [True, True, True, False]
    assert choices.of(A) == levels[1]
    assert choices.of(B) == levels[0]
    choices.undo()
    choices.change(B, replace(FIRST, noise=7.0))
    assert not choices.can_redo


def test_a_sliders_travel_is_one_step() -> None:
    choices = Choices(FIRST, lambda: 0.0)
    for percent in range(99, 40, -1):
        choices.change(None, replace(FIRST, strength=percent / 100))
    choices.undo()
    assert choices.of(None) == FIRST
    assert not choices.can_undo


def test_each_stroke_of_a_brush_and_each_control_is_a_step_however_fast() -> None:
    choices, strokes = Choices(FIRST, lambda: 0.0), [Mask(2, 1, zlib.compress(bytes([n, 255]))) for n in range(3)]
    for mask in strokes:
        choices.change(A, replace(FIRST, mask=mask))
    for feather in (0.02, 0.03, 0.04):
        choices.change(A, replace(FIRST, mask=replace(strokes[2], feather=feather)))
    choices.change(A, replace(choices.of(A), noise=7.0))
    steps = []
    while choices.undo() is not None:
        steps.append((choices.of(A).noise, choices.of(A).mask))
    assert steps == [
        (None, replace(strokes[2], feather=0.04)),
        (None, strokes[2]),
        (None, strokes[1]),
        (None, strokes[0]),
        (None, None),
    ]


def test_a_travel_back_to_its_start_takes_no_earlier_step_along() -> None:
    times = iter((0.0, 9.0, 9.1, 9.2))
    choices = Choices(FIRST, lambda: next(times))
    for strength in (0.5, 0.6, 0.5, 0.7):
        choices.change(None, replace(FIRST, strength=strength))
    choices.undo()
    assert choices.common.strength == 0.5


def test_settings_for_all_reach_those_with_their_own_and_are_undone_at_once(choices: Choices) -> None:
    mask = Mask(1, 1, zlib.compress(b"\xff"))
    choices.set_own(A, own=True)
    choices.change(A, replace(FIRST, noise=3.0))
    choices.change(B, replace(FIRST, noise=9.0, mask=mask))
    wanted = replace(FIRST, noise=20.0)
    choices.give_all(wanted)
    assert choices.of(A) == choices.of(None) == wanted
    assert not choices.has_own(A)
    assert choices.of(B) == replace(wanted, mask=mask)
    choices.undo()
    assert [choices.of(path).noise for path in (A, B, None)] == [3.0, 9.0, FIRST.noise]
    choices.forget(A)
    choices.redo()
    assert not choices.has_own(A)
    assert choices.of(B).noise == 20.0


def test_a_closed_picture_takes_its_steps_along(choices: Choices) -> None:
    choices.set_own(A, own=True)
    choices.change(A, replace(FIRST, noise=3.0))
    choices.change(B, replace(FIRST, noise=9.0))
    choices.forget(A)
    assert choices.of(A) == choices.of(B)
    choices.undo()
    assert choices.of(B) == FIRST
    assert not choices.can_undo


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert found is not None
    return found


def test_a_picture_of_its_own_is_saved_with_its_own(
    opened: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait
) -> None:
    tab = opened.denoise
    first = tab.file_list.current_path()
    assert first is not None
    tab.inspector.own_box.click()
    tab.inspector.strength.slider.setValue(30)
    opened.open_files([make_photo(tmp_path / "second.png", 300, 200, seed=1)])
    wait_idle()
    assert tab.inspector.strength.value == 100
    assert tab.view.strength == 1.0
    assert not tab.inspector.own_box.isChecked()
    target = tmp_path / "out"
    target.mkdir()
    tab.save_all_to(target)
    wait_idle()
    strengths = {Path(m.path).name: m.mix.light for m in client.submitted if isinstance(m, Save)}
    assert strengths == {first.name: 0.3, "second.png": 1.0}
    tab.file_list.pick(first)
    wait_idle()
    assert tab.inspector.strength.value == 30
    assert tab.inspector.own_box.isChecked()


def test_undo_and_redo_move_the_controls(opened: MainWindow, client: FakeClient, wait_idle: Wait) -> None:
    tab = opened.denoise
    undo, redo = action(opened, "undoAction"), action(opened, "redoAction")
    assert not undo.isEnabled()
    assert tab.inspector.noise is not None
    tab.inspector.noise.slider.setValue(40)
    wait_idle()
    assert undo.isEnabled()
    undo.trigger()
    wait_idle()
    assert tab.inspector.noise_auto is not None
    assert tab.inspector.noise_auto.isChecked()
    assert redo.isEnabled()
    redo.trigger()
    wait_idle()
    assert tab.inspector.noise.value == 40
    assert tab.restorer.current_result


def test_settings_are_copied_to_another_picture(
    opened: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait
) -> None:
    tab = opened.denoise
    tab.inspector.own_box.click()
    tab.inspector.strength.slider.setValue(45)
    action(opened, "copySettingsAction").trigger()
    opened.open_files([make_photo(tmp_path / "second.png", 300, 200, seed=1)])
    wait_idle()
    assert tab.inspector.strength.value == 100
    tab.inspector.own_box.click()
    action(opened, "pasteSettingsAction").trigger()
    wait_idle()
    assert tab.inspector.strength.value == 45


def test_a_change_after_a_step_back_is_a_step_of_its_own() -> None:
    choices = Choices(FIRST, lambda: 0.0)
    half, third = replace(FIRST, strength=0.5), replace(FIRST, strength=0.3)
    choices.change(None, half)
    choices.set_own(A, own=True)
    choices.undo()
    choices.change(None, third)
    choices.undo()
    assert choices.of(None) == half


def test_settings_of_the_last_picture_go_with_it(opened: MainWindow, wait_idle: Wait) -> None:
    tab = opened.denoise
    path = tab.file_list.current_path()
    assert path is not None
    tab.inspector.own_box.click()
    tab.inspector.strength.slider.setValue(20)
    opened.pictures.remove(path)
    assert tab.inspector.strength.value == 100
    assert not tab.inspector.own_box.isEnabled()
