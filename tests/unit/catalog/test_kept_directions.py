"""Directions that a person taught: kept for each model, and what a damaged file gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from aestudio import paths
from aestudio.catalog import directions
from aestudio.catalog.directions import Directions, Taught
from aestudio.errors import InputError, OutputError

SMILE = Taught("", "Smiling", (0.5, -1.0), 0.92, (12, 9))


def test_what_was_taught_is_there_again(home: Path) -> None:
    kept = Directions("faces").with_taught(SMILE).with_taught(Taught("", "Hat", (0.0, 1.0)))
    kept = kept.renamed("axis-1", "Slant").renamed("taught-2", "A hat")
    directions.save(kept)
    found = directions.load("faces")
    assert found == kept
    assert [t.name for t in found.taught] == ["Smiling", "A hat"]
    assert found.taught[0].accuracy == 0.92
    assert directions.load("digits") == Directions("digits")
    assert [p.name for p in paths.directions_folder().iterdir()] == ["faces.json"]


def test_keys_stay_apart_when_one_is_removed() -> None:
    kept = Directions("faces").with_taught(SMILE).with_taught(SMILE).without("taught-1").with_taught(SMILE)
    assert [t.key for t in kept.taught] == ["taught-2", "taught-3"]
    directions.save(kept.without("taught-3"))
    # what was done by one that is gone is never another's
    assert directions.load("faces").with_taught(SMILE).taught[-1].key == "taught-4"
    assert kept.renamed("axis-1", "Slant").renamed("axis-1", "").names == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"version": 1, "model": "faces", "taught": [{"key": "a"}]}', "damaged"),
        ('{"version": 1, "model": "m", "taught": [{"key": "a", "name": "b", "vector": [NaN], "accuracy": null, '
         '"examples": [1, 1]}]}', "damaged"),
        ('{"version": 99}', "newer version"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_left_as_it_is(text: str, words: str, home: Path) -> None:
    file = paths.directions_folder() / "faces.json"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    with pytest.raises(InputError, match=words):
        directions.load("faces")
    assert file.read_text() == text


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        directions.write(Directions("faces"), tmp_path / "file" / "faces.json")
