"""Folders and disks that go away or fill up while a batch runs: it waits, says why, and loses nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.file_list import State
from tests.real_window import PATIENCE, PICTURES, RESULTS, whole

SUFFIXES = {"png": ".png", "tiff": ".tif", "jpeg": ".jpg", "webp": ".webp"}


def mount(place: Path, *options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(place)], check=True, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small disk of its own, which only an administrator of a Linux system can make."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root may mount a disk, on Linux")
    place = tmp_path / "disk"
    place.mkdir()
    try:
        mount(place, "-o", "size=600k")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk may be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


def go_on(window: MainWindow, qtbot: QtBot) -> None:
    """Press what the notice offers, and wait until all is saved."""
    window.notices.retry_button.click()
    qtbot.waitUntil(lambda: not window.denoise.saves.busy and window.idle, timeout=PATIENCE)


def held_up(window: MainWindow, qtbot: QtBot) -> str:
    """Wait until the batch is held up; return what is said."""
    saves = window.denoise.saves
    qtbot.waitUntil(lambda: saves.problem is not None and not saves._running and window.idle, timeout=PATIENCE)
    assert window.notices.isVisible()
    return window.notices.text.text()


def test_a_target_folder_that_vanishes_in_the_middle_of_a_batch(
    opened: MainWindow, album: list[Path], out: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    saves = opened.denoise.saves
    opened.denoise.save_all_to(out)
    qtbot.waitUntil(lambda: bool(saves.tally.saved), timeout=PATIENCE)
    away = tmp_path / "away"
    out.rename(away)
    said = held_up(opened, qtbot)
    assert "There is no folder" in said
    assert "nothing is lost" in said
    done = whole(away)
    assert 0 < len(done) < PICTURES
    stamps = {name: (away / name).stat().st_mtime_ns for name in done}
    away.rename(out)
    go_on(opened, qtbot)
    assert whole(out) == RESULTS
    assert {name: (out / name).stat().st_mtime_ns for name in done} == stamps


@pytest.mark.parametrize("format", list(SUFFIXES))
def test_a_disk_that_fills_up_in_the_middle_of_a_batch(
    opened: MainWindow, disk: Path, qtbot: QtBot, format: str
) -> None:
    opened.settings.output_format, opened.settings.output_quality = format, 100
    # what room is left holds the first result and not the last
    opened.denoise.save_all_to(disk)
    said = held_up(opened, qtbot)
    assert "No space left" in said
    assert "nothing is lost" in said
    expected = [Path(name).with_suffix(SUFFIXES[format]).name for name in RESULTS]
    assert len(whole(disk)) < PICTURES
    subprocess.run(["mount", "-o", "remount,size=40m", str(disk)], check=True)
    go_on(opened, qtbot)
    assert whole(disk) == expected
    assert opened.denoise.row.saved_label.text() == f"{PICTURES} of {PICTURES} saved"


@pytest.mark.parametrize("how", ["renamed", "unmounted"])
def test_originals_whose_disk_goes_away_while_they_wait(
    opened: MainWindow, album: list[Path], out: Path, qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest,
    how: str,
) -> None:  # fmt: skip
    tab = opened.denoise
    away = tmp_path / "removable"
    if how == "unmounted":
        away = request.getfixturevalue("disk")
        subprocess.run(["mount", "-o", "remount,size=40m", str(away)], check=True)
    else:
        away.mkdir()
    sources = [Path(shutil.copy(path, away / f"w{path.name}")) for path in album]
    opened.open_files(sources)
    qtbot.waitUntil(lambda: opened.idle, timeout=PATIENCE)
    tab.saves.pause(True)
    tab.saves.save_all_to(sources, out)
    if how == "unmounted":
        subprocess.run(["umount", "-l", str(away)], check=True)
    else:
        away.rename(tmp_path / "elsewhere")
    tab.saves.pause(False)
    qtbot.waitUntil(lambda: not tab.saves.busy and opened.idle, timeout=PATIENCE)
    # what the engine holds decoded is read from there no more: a result is of a file that can be looked at again
    assert whole(out) == []
    for path in sources:
        assert tab.file_list.state_of(path) is State.FAILED
    assert f"{PICTURES} of {PICTURES} pictures could not be saved" in opened.notices.text.text()
    assert "There is no file" in tab.file_list.item(PICTURES).toolTip()
    if how == "unmounted":
        mount(away)
        for path in album:
            shutil.copy(path, away / f"w{path.name}")
    else:
        (tmp_path / "elsewhere").rename(away)
    go_on(opened, qtbot)
    assert whole(out) == [f"w{name}" for name in RESULTS]
    with Image.open(out / f"w{RESULTS[5]}") as image, Image.open(album[5]) as source:
        assert image.size == source.size
