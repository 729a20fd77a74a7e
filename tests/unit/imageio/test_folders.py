"""Which files of a folder are pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aestudio.imageio import folders


def make(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def test_hidden_folders_the_trash_and_links_are_left(tmp_path: Path) -> None:
    make(tmp_path / "a.PNG", tmp_path / "b.txt", tmp_path / "._a.png", tmp_path / "sub" / "c.jpg")
    make(tmp_path / ".Trash-1000" / "files" / "d.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "sub", target_is_directory=True)
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere.png")
    found = {Path(place, name).relative_to(tmp_path).as_posix() for place, name in folders.walk_pictures(tmp_path)}
    assert found == {"a.PNG", "sub/c.jpg"}
    assert [name for _, name in folders.walk_pictures(tmp_path, recursive=False)] == ["a.PNG"]


def test_a_folder_that_is_closed_is_told_and_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "open" / "a.png", tmp_path / "shut" / "b.png")
    honest = os.scandir

    def scandir(place: str) -> object:
        if place.endswith("shut"):
            raise PermissionError(13, "Permission denied", place)
        return honest(place)

    monkeypatch.setattr(folders.os, "scandir", scandir)
    told: list[OSError] = []
    assert [name for _, name in folders.walk_pictures(tmp_path, on_error=told.append)] == ["a.png"]
    assert [Path(error.filename).name for error in told] == ["shut"]


def test_a_walk_ends_when_nobody_wants_it(tmp_path: Path) -> None:
    make(*(tmp_path / f"{n}.png" for n in range(5)))
    looks = iter([False, False, True])
    assert len(list(folders.walk_pictures(tmp_path, stop=lambda: next(looks)))) == 2
