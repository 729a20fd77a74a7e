"""The rows of docs/scores.md that are made for some models alone."""

from __future__ import annotations

import pytest

from benchmarks.rows import with_rows

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
