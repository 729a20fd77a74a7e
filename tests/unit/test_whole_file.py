"""Files that are written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aestudio.settings import write_json
from aestudio.whole_file import whole_file


def test_the_earlier_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(b"earlier")
    with whole_file(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"earlier"
    assert target.read_bytes() == b"new"
    with pytest.raises(RuntimeError, match="in the middle"):
        stop_halfway(target)
    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


def stop_halfway(target: Path) -> None:
    with whole_file(target) as file:
        file.write(b"half")
        raise RuntimeError("in the middle")


def test_two_writers_of_one_name_do_not_meet(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    with whole_file(target) as first, whole_file(target) as second:
        first.write(b"first")
        second.write(b"second")
    assert target.read_bytes() == b"first"
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


def test_a_name_that_is_no_text_comes_back_from_a_table(tmp_path: Path) -> None:
    file = tmp_path / "table.json"
    write_json(file, {"path": "caf\udce9.png", "title": "最佳"})
    assert json.loads(file.read_text("utf-8")) == {"path": "caf\udce9.png", "title": "最佳"}
    assert "最佳" in file.read_text("utf-8")
