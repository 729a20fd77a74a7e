"""Directions of a latent space, as cards tell them."""

from __future__ import annotations

from typing import Any

import pytest

from aestudio.catalog import store
from aestudio.catalog.axes import axes_of
from aestudio.catalog.card import Card
from aestudio.errors import WeightsError

TOLD = {"latent": 4, "mean": [1, 2], "deviations": [2.0], "directions": [[0.6, 0.8]], "pictures": 7}


def card(told: dict[str, Any] | None) -> Card:
    return Card("m", "m", "vae", "ladder-vae", {}, statistics={} if told is None else {"axes": told})


def test_directions_have_the_whole_latents_length() -> None:
    axes = axes_of(card(TOLD))
    assert axes is not None
    assert axes.mean == (1, 2, 0, 0)
    assert axes.directions == ((0.6, 0.8, 0, 0),)
    assert (axes.deviations, axes.pictures) == ((2.0,), 7)
    assert axes_of(card(None)) is None


@pytest.mark.parametrize(
    "change", [{"mean": "x"}, {"deviations": [1, 1]}, {"directions": [[1, 0, 0]]}, {"latent": 1}, {"mean": None}]
)
def test_directions_that_do_not_add_up_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(WeightsError, match="directions on the card of “m”"):
        axes_of(card({**TOLD, **change}))


def test_shipped_directions_are_at_right_angles_and_ordered() -> None:
    found = {m.card.id: axes_of(m.card) for m in store.installed("vae")}
    assert found["vae-digits"] is not None
    for axes in filter(None, found.values()):
        assert list(axes.deviations) == sorted(axes.deviations, reverse=True)
        for number, one in enumerate(axes.directions):
            for other, two in enumerate(axes.directions[: number + 1]):
                product = sum(a * b for a, b in zip(one, two, strict=True))
                assert product == pytest.approx(float(number == other), abs=2e-3)
