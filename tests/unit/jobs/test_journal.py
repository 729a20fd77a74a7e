from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import pytest

from aestudio.errors import OutputError
from aestudio.jobs.journal import Journal


def test_done_means_same_bytes_same_settings_and_a_result_that_exists(tmp_path: Path) -> None:
    source, output = tmp_path / "a.png", tmp_path / "out.png"
    source.write_bytes(b"one")
    output.write_bytes(b"result")
    with Journal(tmp_path / "home" / "journal.sqlite") as journal:
        assert not journal.is_done(source, {"noise": 5}, output)
        journal.record(source, {"noise": 5}, output)
    with Journal(tmp_path / "home" / "journal.sqlite") as journal:
        assert journal.is_done(source, {"noise": 5}, output)
        assert not journal.is_done(source, {"noise": 6}, output)
        source.write_bytes(b"changed")
        assert not journal.is_done(source, {"noise": 5}, output)
        journal.record(source, {"noise": 5}, output)
        output.unlink()
        assert not journal.is_done(source, {"noise": 5}, output)


def test_what_was_written_over_a_result_is_not_done(tmp_path: Path) -> None:
    source, output = tmp_path / "a.png", tmp_path / "out.png"
    source.write_bytes(b"one")
    output.write_bytes(b"result")
    with Journal(tmp_path / "journal.sqlite") as journal:
        journal.record(source, {"noise": 5}, output)
        output.write_bytes(b"another")
        journal.record(source, {"noise": 6}, output)
        assert journal.is_done(source, {"noise": 6}, output)
        assert not journal.is_done(source, {"noise": 5}, output)
        later = time.time() + 60
        os.utime(output, (later, later))
        assert not journal.is_done(source, {"noise": 6}, output)


def test_a_damaged_or_newer_journal_is_said(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"this is no database at all, not even nearly" * 50)
    with pytest.raises(OutputError, match="cannot be used"):
        Journal(path)
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(OutputError, match="newer version"):
        Journal(path)


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_names_that_are_no_unicode_are_kept(tmp_path: Path) -> None:
    source, output = tmp_path / os.fsdecode(b"caf\xe9.png"), tmp_path / os.fsdecode(b"\xff.png")
    source.write_bytes(b"one")
    output.write_bytes(b"result")
    with Journal(tmp_path / "journal.sqlite") as journal:
        journal.record(source, {}, output)
        assert journal.is_done(source, {}, output)
        assert not journal.is_done(output, {}, source)
