"""What stays of docs/scores.md and docs/benchmarks.md where a part of them is made anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import speed
from benchmarks.rows import with_others, with_rows

PAGE = """# Scores

## Denoising

|  | MP/s | sigma | dB |
|---|---|---|---|
| BM3D | - | 25 | 30.71 |
| **ours** | 1.03 | 15 | 33.70 |
| **ours** | 1.03 | 25 | 31.06 |
| **others** | 2.5 | 25 | 30.00 |

What is said below it.

## Enlarging

| x2 | dB |
|---|---|
| **ours** | 37 |

| x3 | dB |
|---|---|
| **ours** | 33 |
"""


def test_the_rows_of_a_model_take_the_place_of_its_own_of_that_table_alone() -> None:
    made = """## Denoising

|  | MP/s | sigma | dB |
|---|---|---|---|
| **ours** | 0.5 | 15 | 33.77 |
| **ours** | 0.5 | 25 | 31.14 |

## Enlarging

| x3 | dB |
|---|---|
| **ours** | 34 |
"""
    expected = PAGE.replace("33.70", "33.77").replace("31.06", "31.14").replace("| 33 |", "| 34 |")
    assert with_rows(PAGE, made) == expected, "the speed stays: it was measured beside that of the others"


def test_a_new_model_stands_below_the_last_of_its_table() -> None:
    page = with_rows(PAGE, "## Enlarging\n\n| x2 | dB |\n|---|---|\n| **new** | 38 |\n")
    assert page == PAGE.replace("| **ours** | 37 |\n", "| **ours** | 37 |\n| **new** | 38 |\n")


def test_a_table_that_the_page_lacks_is_an_error() -> None:
    with pytest.raises(KeyError):
        with_rows(PAGE, "## Enlarging\n\n| x4 | dB |\n|---|---|\n| **ours** | 31 |\n")


def test_sections_that_are_not_made_stay_below_those_that_are() -> None:
    before = "# Old\n\n## Made\n\nold\n\n## By hand\n\n| a |\n|---|\n\n## Apart\n\nlast\n"
    page = with_others("# New\n\n## Made\n\nnew\n", before)
    assert page == "# New\n\n## Made\n\nnew\n\n## By hand\n\n| a |\n|---|\n\n## Apart\n\nlast\n"
    assert with_others(page, page) == page


def test_measuring_speed_keeps_what_was_measured_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "benchmarks.md"
    monkeypatch.setattr(speed, "report", lambda arguments, folder: "# Benchmarks\n\n## Window\n\n0.4 s\n")
    monkeypatch.setattr(sys, "argv", ["speed", "--output", str(target)])
    speed.main()
    target.write_text(target.read_text(encoding="utf-8") + "\n## Editing a picture\n\n14 ms\n", encoding="utf-8")
    speed.main()
    assert target.read_text(encoding="utf-8") == (
        "# Benchmarks\n\n## Window\n\n0.4 s\n\n## Editing a picture\n\n14 ms\n"
    )
