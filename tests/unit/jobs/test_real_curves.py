"""The verdict reads the curves of real runs as what they were.

``curves.json`` holds the losses and scores of small runs on photographs (BSDS500), each of some minutes on one thread:
tiny networks, noise of up to sigma 25 or 75. ``what`` says what each of them was.
"""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import pytest

from aestudio.catalog.card import Card
from aestudio.jobs.account import Account, Kind, account_of, late_fall, reading
from aestudio.jobs.verdict import verdict
from aestudio.training.history import Row

CURVES: dict[str, dict[str, Any]] = {
    one["name"]: one for one in json.loads(Path(__file__).with_name("curves.json").read_text("utf-8"))
}
READ: dict[str, Kind] = {
    "short": "improving",
    "under2": "improving",
    "four": "improving",
    "heart2": "by heart",
    "coarse": "worse",
    "pairs": "noise",
    "noisy": "noise",
    "again": "settled",
}


def account(name: str) -> Account:
    known = CURVES[name]
    card = Card(name, name, known["task"], "restoration-unet", {}, training=known["training"])
    rows = [
        Row(step, seconds, progress, math.nan if loss is None else loss, scores)
        for step, seconds, progress, loss, scores in known["rows"]
    ]
    return account_of(card, rows)


def test_every_curve_is_read() -> None:
    assert set(READ) == set(CURVES)


@pytest.mark.parametrize("name", READ)
def test_a_real_curve_is_read_as_what_it_was(name: str) -> None:
    assert reading(account(name)) == READ[name], CURVES[name]["what"]


@pytest.mark.parametrize("name", READ)
def test_what_is_said_of_it_does_not_contradict_itself(name: str) -> None:
    said = " ".join(sentence.english() for sentence in verdict(account(name)))
    assert not ("more time would help" in said and "time would change little" in said)
    assert ("more time would help" in said) == (READ[name] == "improving")
    assert ("is the noise of the pictures" in said) == (READ[name] == "noise")


def test_a_run_that_learns_by_heart_is_improving_before_that() -> None:
    whole = account("heart2")
    first = [point for point in whole.scores if point[0] <= 0.35]
    losses = [point for point in whole.losses if point[0] <= 0.35]
    assert reading(dataclasses.replace(whole, scores=first, losses=losses, steps=420)) == "improving"
    fell = late_fall(whole)
    assert fell is not None
    assert fell > 0.2


def test_noise_of_the_truth_is_what_tells_a_limit_from_an_end() -> None:
    assert reading(dataclasses.replace(account("pairs"), truth_noise=0.0)) in ("settled", "own only")
