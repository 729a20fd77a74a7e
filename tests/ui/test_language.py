"""The window in another language: what is said above the engine and below it."""

from __future__ import annotations

import pytest

from aestudio.ui import language


def test_a_sentence_is_found_by_its_pattern() -> None:
    match = language.as_pattern("{0} says it is {1} x {2}.").fullmatch("a (1).png says it is 3 x 4.")
    assert match is not None
    assert match.groups() == ("a (1).png", "3", "4")


@pytest.mark.parametrize(
    ("setting", "found"),
    [("en", "en"), ("zh_TW", "zh_TW"), ("klingon", "en")],
)
def test_a_setting_names_a_language(setting: str, found: str) -> None:
    assert language.chosen(setting) == found
