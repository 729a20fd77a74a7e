"""Many pictures at once: a queue that survives its window, its engine and its disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.jobs import events, spec
from aestudio.jobs.waiting import Waiting
from aestudio.ui import battery, intake, pictures
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.file_list import FileList, State
from tests.ui.conftest import dispose, make_photo
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]


@pytest.fixture
def album(window: MainWindow, tmp_path: Path, wait_idle: Wait) -> list[Path]:
    """Return six pictures that are open."""
    files = [make_photo(tmp_path / "in" / f"{n}.png", 60, 40, seed=n) for n in range(6)]
    window.open_files(files)
    wait_idle()
    return files


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


RESULTS = [f"{n}-denoised.png" for n in range(6)]


def successor(qtbot: QtBot) -> MainWindow:
    window = MainWindow(FakeClient())
    window.show()
    qtbot.waitExposed(window)
    return window


def left_behind(window: MainWindow, qtbot: QtBot) -> tuple[int, int]:
    """Return what the journal says is left, once all that was asked of it before is answered."""
    qtbot.waitUntil(lambda: window.device_label.text() == "CPU")
    answers: list[tuple[int, int]] = []
    window.journal._do(lambda waiting: waiting.orphans(), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def close_while_saving(
    window: MainWindow, client: FakeClient, out: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begin to save all and close the window once two are saved and the others are not."""
    tab = window.denoise
    client.delay = 0.03
    tab.save_all_to(out)
    qtbot.waitUntil(lambda: len(tab.saves.tally.saved) >= 2)
    client.pause(spec.Save)
    monkeypatch.setattr(window, "_sure", lambda left: True)
    window.close()


def test_what_a_closed_window_still_had_to_save_is_offered_and_done(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_while_saving(window, client, out, qtbot, monkeypatch)
    there = names(out)
    assert 2 <= len(there) <= 4
    stamps = {p: p.stat().st_mtime_ns for p in out.iterdir()}
    second, third = successor(qtbot), successor(qtbot)
    for new in (second, third):
        qtbot.waitUntil(new.left_behind.bar.isVisible)
    assert second.left_behind.bar.text.text() == f"{6 - len(there)} of 6 pictures are still to be saved."
    second.left_behind.bar.yes_button.click()
    qtbot.waitUntil(lambda: names(out) == RESULTS)
    qtbot.waitUntil(lambda: second.idle and not second.denoise.saves.busy)
    assert {p: p.stat().st_mtime_ns for p in stamps} == stamps
    assert set(second.pictures.paths()) <= set(album)
    third.left_behind.bar.yes_button.click()
    qtbot.waitUntil(third.notices.isVisible)
    assert "another window" in third.notices.text.text()
    assert not third.denoise.saves.busy
    for new in (second, third):
        new.close()
        dispose(new)


def test_what_was_left_behind_can_be_forgotten_and_a_fresh_window_offers_nothing(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_while_saving(window, client, out, qtbot, monkeypatch)
    app = QApplication.instance()
    app.setProperty("fresh", True)
    fresh = successor(qtbot)
    assert left_behind(fresh, qtbot)[0] > 0
    assert not fresh.left_behind.bar.isVisible()
    app.setProperty("fresh", False)
    second = successor(qtbot)
    qtbot.waitUntil(second.left_behind.bar.isVisible)
    second.left_behind.bar.no_button.click()
    second.close()
    third = successor(qtbot)
    assert left_behind(third, qtbot) == (0, 0)
    assert not third.left_behind.bar.isVisible()
    for new in (fresh, second, third):
        new.close()
        dispose(new)


def test_an_engine_that_dies_costs_no_picture(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = window.denoise
    client.pause(spec.Save, after=1)
    tab.save_all_to(out)
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 3)
    client.die()
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 4)  # the suspects run alone
    client.go_on(spec.Save)
    wait_idle()
    assert names(out) == RESULTS
    assert tab.row.saved_label.text() == "6 of 6 saved"


def test_a_picture_that_ends_every_engine_is_left_out(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = window.denoise
    client.pause(spec.Save, after=1)
    tab.save_all_to(out)
    for begun in (3, 4):
        qtbot.waitUntil(lambda begun=begun: len(client.jobs(spec.Save)) == begun)
        client.die()
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 5)
    client.go_on(spec.Save)
    wait_idle()
    assert len(names(out)) == 5
    assert tab.row.saved_label.text() == "5 of 6 saved, 1 failed"


def test_thumbnails_survive_the_engine_and_only_the_file_that_ends_it_fails(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    files = [make_photo(tmp_path / "in" / f"{n}.png", 60, 40, seed=n) for n in range(6)]
    client.deadly.add(str(files[1]))
    window.open_files(files)
    wait_idle()
    states = [window.pictures[path].failure is not None for path in files]
    assert states == [False, True, *[False] * 4]
    assert all(window.pictures[path].thumbnail is not None for path in files if path != files[1])
    # asked for again once, and alone
    assert [job.path for job in client.jobs(spec.Thumbnail)].count(str(files[1])) == 2
    client.deadly.clear()
    window.pictures.retry(files[1])
    qtbot.waitUntil(lambda: window.pictures[files[1]].thumbnail is not None)


def test_a_picture_that_was_being_read_when_the_engine_ended_can_still_be_read(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    file = make_photo(tmp_path / "a.png", 60, 40)
    client.pause(spec.Load)
    window.open_files([file])
    qtbot.waitUntil(lambda: bool(client.jobs(spec.Load)) and window.pictures[file].thumbnail is not None)
    client.die()
    client.go_on(spec.Load)
    wait_idle()
    assert window.pictures[file].failure is None
    window.denoise.inspector.run_button.click()
    wait_idle()
    assert window.denoise.file_list.state_of(file) is State.DONE


def test_a_full_disk_holds_the_batch_up_and_loses_nothing(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = window.denoise
    client.full = True
    tab.save_all_to(out)
    qtbot.waitUntil(window.notices.isVisible)
    wait_idle()
    assert "No space left" in window.notices.text.text()
    assert "6 pictures wait" in window.notices.text.text()
    assert tab.row.status.text().startswith("Paused")
    assert tab.file_list.state_of(album[0]) is State.QUEUED
    client.full = False
    window.notices.retry_button.click()
    wait_idle()
    assert names(out) == RESULTS
    assert tab.row.saved_label.text() == "6 of 6 saved"


def test_of_a_batch_that_was_held_up_and_stopped_it_is_not_said_that_it_waits(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    client.full = True
    window.denoise.save_all_to(out)
    qtbot.waitUntil(window.notices.isVisible)
    wait_idle()
    assert "6 pictures wait" in window.notices.text.text()
    window.denoise.row.cancel_button.click()
    wait_idle()
    assert window.notices.text.text() == "6 pictures were not saved."
    assert not window.notices.retry_button.isVisible()


def entered(window: MainWindow, qtbot: QtBot) -> list[str]:
    """Return the names of the files that the journal says are still to be made."""
    answers: list[list[str]] = []

    def ask(waiting: Waiting) -> list[str]:
        with waiting._journal.transaction() as database:
            return sorted(Path(os.fsdecode(name)).name for (name,) in database.execute("SELECT target FROM waiting"))

    window.journal._do(ask, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


@pytest.fixture
def full(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> MainWindow:
    """Return the window with a batch that is held up, as there is no room in its folder."""
    client.full_folders.add(out)
    window.denoise.save_all_to(out)
    qtbot.waitUntil(window.notices.isVisible)
    wait_idle()
    assert "6 pictures wait" in window.notices.text.text()
    return window


def test_what_waits_for_a_full_disk_is_saved_to_another_folder(
    full: MainWindow, out: Path, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab, other = full.denoise, tmp_path / "other"
    other.mkdir()
    tab.save_all_to(other)
    assert full.notices.text.text() == "Saving goes on."
    wait_idle()
    assert names(other) == RESULTS
    assert names(out) == []
    assert tab.row.saved_label.text() == "6 of 6 saved"
    assert not tab.saves.paused
    assert entered(full, qtbot) == []


def test_what_else_waits_for_a_full_disk_comes_last(
    full: MainWindow, client: FakeClient, album: list[Path], out: Path, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab, other = full.denoise, tmp_path / "other"
    other.mkdir()
    client.pause(spec.Save)
    tab.saves.save_all_to(album[2:], other)
    assert full.notices.text.text() == "Saving goes on; the 2 that still wait for their folder come last."
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 6)
    tab.saves.reorder(album)
    client.go_on(spec.Save)
    qtbot.waitUntil(lambda: tab.saves.problem is not None)
    wait_idle()
    assert names(other) == RESULTS[2:]
    assert "2 pictures wait" in full.notices.text.text()
    assert [Path(job.path).stem for job in client.jobs(spec.Save)] == list("01223450" + "1")
    assert entered(full, qtbot) == RESULTS[:2]
    client.full_folders.clear()
    full.notices.retry_button.click()
    wait_idle()
    assert names(out) == RESULTS[:2]
    assert tab.row.saved_label.text() == "6 of 6 saved"
    assert entered(full, qtbot) == []


def test_a_full_disk_is_full_in_all_its_folders(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    files = [make_photo(tmp_path / "in" / f"{n}" / f"{n}.png", 60, 40, seed=n) for n in range(6)]
    window.open_files(files)
    wait_idle()
    saves, other = window.denoise.saves, tmp_path / "other"
    other.mkdir()
    client.full_folders = {path.parent for path in files}
    saves.save([saves.job_for(path, path.with_stem("result")) for path in files], again=False)
    qtbot.waitUntil(lambda: saves.problem is not None)
    wait_idle()
    saves.save_all_to(files, other)
    wait_idle()
    assert names(other) == RESULTS
    assert saves.problem is None
    assert entered(window, qtbot) == []


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_said_of_pictures_that_wait_counts_them(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, number: int
) -> None:
    saves, again = window.denoise.saves, album[2 - number : 2]
    client.full = True
    saves.save_all_to(album[:2], out)
    wait_idle()
    saves.cancel(album[: 2 - number])
    saves.pause(False)
    wait_idle()
    first, last = {1: ("One picture waits", "One picture was"), 2: ("2 pictures wait", "2 pictures were")}[number]
    assert f"{first}; nothing is lost." in window.notices.text.text()
    saves.cancel(again)
    assert window.notices.text.text() == f"{last} not saved."


def test_saving_to_the_same_folder_again_goes_on_with_what_waits_for_it(
    full: MainWindow, client: FakeClient, out: Path, wait_idle: Wait
) -> None:
    client.full_folders.clear()
    full.denoise.save_all_to(out)
    wait_idle()
    assert names(out) == RESULTS
    assert full.denoise.row.saved_label.text() == "6 of 6 saved"


def test_one_picture_that_is_saved_elsewhere_takes_the_others_along(
    full: MainWindow, client: FakeClient, album: list[Path], out: Path, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    client.full_folders.clear()
    full.denoise.saves.save_to(album[4], tmp_path / "four.png")
    wait_idle()
    assert (tmp_path / "four.png").is_file()
    assert names(out) == [name for name in RESULTS if name != RESULTS[4]]
    assert entered(full, qtbot) == []


def test_what_is_being_written_to_a_full_disk_gives_way_too(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    saves, other = window.denoise.saves, tmp_path / "other"
    other.mkdir()
    client.pause(spec.Save, after=2)
    window.denoise.save_all_to(out)
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 3)
    first = client.jobs(spec.Save)[0].id
    client.full_folders.add(out)
    client.inject(events.Failed(first, "no-space", "No space left on the disk.", "Free some space.", "ENOSPC"))
    qtbot.waitUntil(lambda: saves.problem is not None)
    saves.save_all_to(album[:2], other)
    client.go_on(spec.Save)
    qtbot.waitUntil(lambda: saves.problem is not None)
    wait_idle()
    assert names(other) == RESULTS[:2]
    assert entered(window, qtbot) == RESULTS[2:]
    assert [Path(job.path).stem for job in client.jobs(spec.Save)].count("1") == 2, "here and there"


def test_saving_all_again_skips_what_is_there_just_so(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait
) -> None:
    tab = window.denoise
    tab.save_all_to(out)
    wait_idle()
    (out / RESULTS[3]).unlink()
    tab.save_all_to(out)
    wait_idle()
    assert names(out) == RESULTS
    assert tab.row.saved_label.text() == "1 of 6 saved, 5 skipped"
    assert tab.file_list.state_of(album[0]) is State.SKIPPED
    assert "0-denoised.png" in tab.file_list.item(0).toolTip()
    tab.inspector.strength.field.setValue(50)
    tab.save_all_to(out)
    wait_idle()
    assert len(names(out)) == 12


def test_saved_is_said_of_the_settings_in_force_alone(
    window: MainWindow, album: list[Path], out: Path, wait_idle: Wait
) -> None:
    tab = window.denoise
    tab.file_list.pick(album[5])
    tab.inspector.own_box.click()
    wait_idle()
    tab.save_all_to(out)
    wait_idle()
    tab.file_list.pick(album[0])
    wait_idle()
    tab.inspector.strength.field.setValue(21)
    assert tab.file_list.state_of(album[0]) is State.DONE
    assert tab.file_list.state_of(album[1]) is State.WAITING
    assert tab.file_list.state_of(album[5]) is State.SAVED, "its own settings did not change"
    tab.file_list.pick(album[1])
    wait_idle()
    assert tab.file_list.state_of(album[1]) is State.DONE
    tab.inspector.strength.field.setValue(100)
    assert [tab.file_list.state_of(path) for path in album] == [State.SAVED] * 6


def test_what_was_queued_with_other_settings_does_not_become_saved(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait
) -> None:
    tab = window.denoise
    client.pause(spec.Save)
    tab.save_all_to(out)
    tab.inspector.strength.field.setValue(50)
    assert tab.file_list.state_of(album[3]) is State.QUEUED
    client.go_on(spec.Save)
    wait_idle()
    assert names(out) == RESULTS
    assert [tab.file_list.state_of(path) for path in album] == [State.DONE] + [State.WAITING] * 5


def test_what_is_saved_again_while_it_waits_gets_names_of_its_own(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = window.denoise
    window.settings.save_beside, window.settings.save_folder = False, str(out)
    client.pause(spec.Save)

    def save_all() -> None:
        tab.save_all()
        assert tab.saves.dialog is not None
        tab.saves.dialog.save_button.click()
        qtbot.waitUntil(lambda: not tab.saves._entering)

    save_all()
    tab.inspector.strength.field.setValue(40)
    tab.save_all()
    assert tab.saves.dialog is not None
    assert tab.saves.dialog.example.text() == "For example 0-denoised-2.png"
    tab.saves.dialog.reject()
    save_all()
    client.go_on(spec.Save)
    wait_idle()
    assert tab.row.saved_label.text() == "12 of 12 saved"
    assert len(names(out)) == 12
    # what is known of them is known of each
    tab.save_all_to(out)
    wait_idle()
    assert tab.row.saved_label.text() == "0 of 6 saved, 6 skipped"
    assert "0-denoised-2.png" in tab.file_list.item(0).toolTip()


def test_listing_the_models_anew_takes_nothing_back(
    window: MainWindow, album: list[Path], out: Path, wait_idle: Wait
) -> None:
    tab = window.denoise
    tab.save_to(out / "mine.png")
    wait_idle()
    tab.inspector.load_models()
    assert tab.file_list.state_of(album[0]) is State.SAVED


def test_without_a_journal_saving_goes_on_and_it_is_said(
    qtbot: QtBot, models: Path, photo: Path, out: Path, home: Path
) -> None:
    (home / "journal.sqlite").write_bytes(b"this is no database at all, not even nearly" * 50)
    window = successor(qtbot)
    window.open_files([photo])
    qtbot.waitUntil(window.notices.isVisible)
    assert "cannot be noted" in window.notices.text.text()
    window.denoise.save_all_to(out)
    qtbot.waitUntil(lambda: names(out) == ["photo-denoised.png"])
    qtbot.waitUntil(lambda: window.idle)
    window.close()
    dispose(window)


def numbers(window: MainWindow) -> list[str]:
    """Return the order of the list, which both pages share."""
    orders = [
        [tab.file_list.item(row).text()[0] for row in range(tab.file_list.count())]
        for tab in (window.denoise, window.super_resolution)
    ]
    assert orders[0] == orders[1] == [path.stem for path in window.pictures.paths()]
    return orders[0]


def test_the_order_is_changed_by_key_and_by_dragging_and_saving_follows(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    files = window.denoise.file_list
    client.pause(spec.Save)
    window.denoise.save_all_to(out)
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 3)
    files.pick(album[5])
    files.setFocus()
    shown = window.denoise.restorer.path
    qtbot.keyClick(files, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(files, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert numbers(window) == list("012534")
    assert window.denoise.restorer.path == shown
    assert files.selected() == [album[5]]
    files.item(0).setSelected(True)
    place = QPointF(files.visualRect(files.indexFromItem(files.item(4))).center()) + QPointF(0, 20)
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(place, Qt.DropAction.MoveAction, QMimeData(), no_button, no_key)
    event.source = lambda: files
    files.dropEvent(event)
    assert numbers(window) == list("123054")
    client.go_on(spec.Save)
    wait_idle()
    assert [Path(job.path).stem for job in client.jobs(spec.Save)][3:] == list("354")


def choose(files: FileList, row: int, text: str) -> None:
    """Choose an entry of a file's menu."""
    menu = files.menu_of(files.item(row))
    next(a for a in menu.actions() if a.text() == text).trigger()
    menu.deleteLater()


def test_several_files_are_stopped_and_removed_together(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = window.denoise
    client.pause(spec.Save)
    tab.save_all_to(out)
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 3)
    for row in (2, 4):
        tab.file_list.item(row).setSelected(True)
    tab.file_list.item(0).setSelected(False)
    choose(tab.file_list, 2, "Stop saving")
    qtbot.waitUntil(lambda: tab.file_list.state_of(album[2]) is State.STOPPED)
    assert tab.file_list.state_of(album[4]) is State.STOPPED
    client.go_on(spec.Save)
    wait_idle()
    assert names(out) == [RESULTS[n] for n in (0, 1, 3, 5)]
    choose(tab.file_list, 2, "Remove from the list")
    assert numbers(window) == list("0135")


def test_what_is_stopped_before_the_journal_has_it_is_not_written(
    window: MainWindow, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = window.denoise
    tab.save_all_to(out)
    # nothing has come back from the journal yet
    tab.saves.cancel([album[2], album[4]])
    qtbot.waitUntil(lambda: tab.file_list.state_of(album[2]) is State.STOPPED)
    wait_idle()
    assert tab.file_list.state_of(album[4]) is State.STOPPED
    assert names(out) == [RESULTS[n] for n in (0, 1, 3, 5)]
    assert left_behind(window, qtbot) == (0, 0)


def test_removed_pictures_can_be_put_back(window: MainWindow, album: list[Path]) -> None:
    files = window.denoise.file_list
    for row in (2, 4):
        files.item(row).setSelected(True)
    files.item(0).setSelected(False)
    choose(files, 2, "Remove from the list")
    assert numbers(window) == list("0135")
    assert window.notices.text.text() == "2 pictures were removed from the list."
    window.notices.retry_button.click()
    assert numbers(window) == list("012345"), "where they were"


def counted(monkeypatch: pytest.MonkeyPatch, thing: object, name: str) -> list[object]:
    """Return a list that grows with each call of a method."""
    calls: list[object] = []
    method = getattr(thing, name)
    monkeypatch.setattr(thing, name, lambda *arguments: calls.append(arguments) or method(*arguments))
    return calls


@pytest.mark.parametrize("staying", [[], [3]])
def test_removing_many_is_one_change_and_loads_nothing_that_goes(
    window: MainWindow,
    client: FakeClient,
    album: list[Path],
    wait_idle: Wait,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    staying: list[int],
) -> None:
    files, told = window.denoise.file_list, []
    window.pictures.removed.connect(told.append)
    files.selectAll()
    for row in staying:
        files.item(row).setSelected(False)
    before = len(client.jobs(spec.Load))
    refreshes = [counted(monkeypatch, tab, "refresh") for tab in (window.denoise, window.super_resolution)]
    files.setFocus()
    qtbot.keyClick(files, Qt.Key.Key_Delete)
    going = [path for row, path in enumerate(album) if row not in staying]
    assert told == [going]
    assert all(len(calls) <= 5 for calls in refreshes), "however many they are"
    wait_idle()
    assert [job.path for job in client.jobs(spec.Load)[before:]] == [str(album[row]) for row in staying]
    for tab in (window.denoise, window.super_resolution):
        assert tab.restorer.path == tab.file_list.current_path() == (album[staying[0]] if staying else None)
        assert tab.file_list.count() == len(staying)


def test_many_are_put_back_at_once_among_what_was_rearranged_meanwhile(
    window: MainWindow, album: list[Path], tmp_path: Path, wait_idle: Wait
) -> None:
    files, moves = window.denoise.file_list, []
    for row in (1, 2, 4):
        files.item(row).setSelected(True)
    files.item(0).setSelected(False)
    choose(files, 2, "Remove from the list")
    window.pictures.move([album[0]], 3)
    window.open_files([make_photo(tmp_path / "in" / "6.png", 60, 40, seed=6)])
    wait_idle()
    assert numbers(window) == list("3506")
    window.pictures.moved.connect(lambda paths, rows: moves.append(rows))
    window.pictures.put_back([album[n] for n in (4, 1, 2)], album)
    assert numbers(window) == list("1234506"), "each before the first that stood after it"
    assert moves == [[0, 1, 3]], "in one go"
    assert window.denoise.file_list.current_path() == window.denoise.restorer.path == album[4]


def test_what_is_put_back_has_the_settings_that_it_had(window: MainWindow, album: list[Path]) -> None:
    files, keeper = window.denoise.file_list, window.denoise.keeper
    keeper.choices.set_own(album[2], True)
    own = replace(keeper.choices.of(album[2]), strength=0.25)
    keeper.choices.change(album[2], own)
    for row in (2, 4):
        files.item(row).setSelected(True)
    files.item(0).setSelected(False)
    choose(files, 2, "Remove from the list")
    assert not keeper.choices.has_own(album[2])
    window.notices.retry_button.click()
    assert keeper.choices.of(album[2]) == own
    assert keeper.choices.has_own(album[2])
    assert not keeper.choices.has_own(album[4])


def test_one_that_was_removed_by_mistake_is_put_back_as_it_was(
    window: MainWindow, album: list[Path], wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = window.denoise
    tab.file_list.pick(album[2])
    tab.inspector.own_box.click()
    tab.inspector.strength.field.setValue(21)
    wait_idle()
    tab.file_list.setFocus()
    qtbot.keyClick(tab.file_list, Qt.Key.Key_Delete)
    assert numbers(window) == list("01345")
    assert window.notices.text.text() == "2.png was removed from the list."
    window.notices.retry_button.click()
    assert numbers(window) == list("012345")
    assert tab.keeper.choices.of(album[2]).strength == 0.21


def test_of_a_removed_picture_it_is_said_that_it_is_still_saved(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = window.denoise
    client.pause(spec.Save)
    tab.save_all_to(out)
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 3)
    tab.file_list.pick(album[4])
    choose(tab.file_list, 4, "Remove from the list")
    assert window.notices.text.text() == "A removed picture is still saved."
    window.notices.retry_button.click()
    client.go_on(spec.Save)
    wait_idle()
    assert names(out) == [RESULTS[n] for n in (0, 1, 2, 3, 5)]


def test_the_example_of_a_name_is_of_a_picture_that_is_still_to_be_saved(
    window: MainWindow, album: list[Path], out: Path, wait_idle: Wait
) -> None:
    tab = window.denoise
    window.settings.save_beside, window.settings.save_folder = False, str(out)
    tab.saves.save_all_to(album[:2], out)
    wait_idle()
    tab.saves.save_all(album)
    assert tab.saves.dialog is not None
    assert tab.saves.dialog.example.text() == "For example 2-denoised.png"
    tab.saves.dialog.reject()


def test_a_failed_file_is_tried_again_by_other_means(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait
) -> None:
    tab = window.denoise
    client.unwritable.add(str(album[1]))
    tab.save_all_to(out)
    wait_idle()
    assert tab.file_list.state_of(album[1]) is State.FAILED
    assert "cannot be written" in tab.file_list.item(1).toolTip()
    client.unwritable.clear()
    choose(tab.file_list, 1, "Try again with smaller tiles")
    wait_idle()
    assert client.jobs(spec.Save)[-1].means == "small-tiles"
    assert names(out) == RESULTS


def test_of_others_that_are_done_it_is_spoken_only_where_there_are_some(
    window: MainWindow, client: FakeClient, album: list[Path], out: Path, wait_idle: Wait
) -> None:
    client.unwritable.update(map(str, album[:3]))
    for sources, words in (
        (album[:3], "3 of 3 pictures could not be saved. The reasons are in the list."),
        (album[:4], "3 of 4 pictures could not be saved. The others are done; the reasons are in the list."),
    ):
        window.denoise.saves.save_all_to(sources, out)
        wait_idle()
        assert window.notices.text.text() == words


def test_thousands_of_files_of_all_kinds(
    window: MainWindow,
    client: FakeClient,
    tmp_path: Path,
    wait_idle: Wait,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "EAGER", 50)
    folder = tmp_path / "all kinds"
    folder.mkdir()
    dropped = [folder / f"{n}.{kind}" for n in range(700) for kind in ("png", "jpg", "txt", "")]
    for path in dropped:
        path.write_bytes(b"")
    helpings: list[int] = []
    window.pictures.added.connect(lambda new, _: helpings.append(len(new)))
    window.open_files(dropped)
    wait_idle()
    assert len(window.pictures) == window.denoise.file_list.count() == 1400
    assert max(helpings) == intake.HELPING
    assert "1400 of the files are no pictures" in window.notices.text.text()
    asked = len(client.jobs(spec.Thumbnail))
    assert asked < 100
    window.denoise.file_list.scrollToBottom()
    last = dropped[-3].absolute()
    qtbot.waitUntil(lambda: window.denoise.file_list.state_of(last) is State.FAILED)
    assert len(client.jobs(spec.Thumbnail)) < asked + 50


def test_on_battery_only_what_is_looked_at_is_computed(
    window: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(battery, "on_battery", lambda: True)
    window.open_files([photo])
    wait_idle()
    assert [job.fill for job in client.jobs(spec.Restore)] == [False]
    assert window.denoise.file_list.state_of(photo) is State.DONE
    assert window.idle


def test_before_a_batch_it_is_said_what_it_takes_and_what_does_not_fit(
    window: MainWindow, client: FakeClient, album: list[Path], qtbot: QtBot
) -> None:
    def said() -> str:
        window.denoise.save_all()
        dialog = window.denoise.saves.dialog
        qtbot.waitUntil(lambda: bool(dialog.plan_words.text()))
        text = dialog.plan_words.text()
        assert (dialog.plan_words.property("level") == "attention") == ("⚠" in text)
        dialog.reject()
        return text

    assert said() == "It takes about 3 min on this device. 100.0 MB are free on that disk."
    client.costs = (30.0, 2 * 10**9, True, 10**9, 74 * 10**6)
    text = said()
    assert "74.1 kB are missing on that disk" in text
    assert "takes 2.0 GB of memory and 1.0 GB are free" in text
    client.costs = (30.0, 10**8, True, 10**9, 10**8)
    assert "smaller tiles" in said()
    assert [job.timed for job in client.jobs(spec.EstimateSize)] == [True] * 3


def test_a_file_that_cannot_be_read_does_not_stand_for_a_batch(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    broken = tmp_path / "0.png"
    broken.write_bytes(b"no picture")
    good = [make_photo(tmp_path / f"{n}.png", 60, 40, seed=n) for n in (1, 2)]
    window.open_files([broken, *good])
    wait_idle()
    window.denoise.save_all()
    dialog = window.denoise.saves.dialog
    qtbot.waitUntil(lambda: bool(dialog.plan_words.text()))
    assert [job.path for job in client.jobs(spec.EstimateSize)] == [str(good[0])]
    assert "together" in dialog.size_words.text()
    dialog.reject()
