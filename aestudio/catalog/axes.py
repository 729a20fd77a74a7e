"""Directions of a latent space in which a model's training pictures differ most, as its card tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aestudio.catalog.card import Card
from aestudio.errors import WeightsError

Vector = tuple[float, ...]


@dataclass(frozen=True)
class Axes:
    """The principal axes of the training pictures' posterior means, the widest first.

    ``mean`` and each of the ``directions`` have the whole latent's length; directions are of length 1 and at right
    angles. Of a hierarchical model they lie in its coarsest latents: all other numbers in them are 0. ``deviations``
    says how far the training pictures spread along each, as a standard deviation in latent units:
    ``mean + t * deviation * direction`` with t in -3..3 is where pictures lie. ``pictures`` were looked at.
    """

    mean: Vector
    directions: tuple[Vector, ...]
    deviations: Vector
    pictures: int = 0

    @property
    def support(self) -> int:
        """The first dimensions, in which all directions lie; 0 where that is the whole latent.

        A path goes around the origin in these and in the others apart.
        """
        lie = max((i for row in self.directions for i, value in enumerate(row) if value), default=-1) + 1
        return lie if lie < len(self.mean) else 0


def axes_of(card: Card) -> Axes | None:
    """Return the axes on a model's card, None where it has none.

    They stand under ``statistics["axes"]``: ``latent`` is the whole length, ``mean`` and ``directions`` those of the
    first dimensions alone, the others being 0. Raises WeightsError where they do not add up.
    """
    told: Any = card.statistics.get("axes")
    if not told:
        return None
    try:
        latent, mean, rows = int(told["latent"]), _numbers(told["mean"]), [_numbers(r) for r in told["directions"]]
        deviations, pictures = _numbers(told["deviations"]), int(told.get("pictures", 0))
        fits = len(mean) <= latent and len(rows) == len(deviations) and all(len(r) == len(mean) for r in rows)
    except (TypeError, ValueError, KeyError) as cause:
        raise _damaged(card) from cause
    if not fits:
        raise _damaged(card)
    rest = (0.0,) * (latent - len(mean))
    return Axes((*mean, *rest), tuple((*row, *rest) for row in rows), deviations, pictures)


def _numbers(values: list[float]) -> Vector:
    return tuple(float(v) for v in values)


def _damaged(card: Card) -> WeightsError:
    return WeightsError(f"The directions on the card of “{card.id}” are damaged.", "Put the original file back.")
