"""Whether a picture is of the kind that a model was trained on: a few statistics and a distance.

The kind of a set of pictures is the mean and the covariance of five figures; a picture is far from it
where its Mahalanobis distance exceeds what all but one in a hundred of the set's own pictures have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

# A picture is judged by pieces of it: more pixels tell nothing new.
_PIECE = 256
_PIECES = 4
FALSE_ALARMS = 0.01
FIGURES = ("flat", "entropy", "commonest", "edges", "tails")


def figures(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return the five ``FIGURES`` of a picture (H, W, C) in 0..1, as its files store it in 8 bits.

    The share of pixels like their neighbours, the bits of the brightness histogram, the share of the
    commonest brightness, the share of changes that are abrupt, and how heavy the tails of changes are
    (logarithm of the fourth over the squared second moment); each on the scale on which photographs spread evenly.
    """
    pieces = _pieces(values)
    luma = np.concatenate([p.reshape(-1) for p in pieces])
    across = np.concatenate([np.diff(p, axis=1).reshape(-1) for p in pieces])
    down = np.concatenate([np.diff(p, axis=0).reshape(-1) for p in pieces])
    changes = np.abs(np.concatenate((across, down)).astype(np.float64))
    histogram = np.bincount(luma, minlength=256) / luma.size
    occupied = histogram[histogram > 0]
    moved = np.count_nonzero(changes > 4)
    second, fourth = np.mean(changes**2), np.mean(changes**4)
    return np.array(
        [
            _logit(float(np.mean(changes <= 1))),
            -np.sum(occupied * np.log2(occupied)),
            _logit(float(histogram.max())),
            _logit(np.count_nonzero(changes > 64) / moved if moved else 0.0),
            np.log(fourth / second**2) if second > 0 else 0.0,
        ]
    )


def describe(pictures: Iterable[NDArray[Any]]) -> dict[str, Any]:
    """Return the kind of ``pictures`` (each (H, W, C), 0..1), for a card. Needs at least 20; fewer have no kind."""
    table = np.array([figures(p) for p in pictures])
    if len(table) < 20:
        return {}
    mean = table.mean(0)
    covariance = np.cov(table.T) + 0.01 * np.eye(len(FIGURES))
    kind = {"figures": list(FIGURES), "mean": mean.round(4).tolist(), "covariance": covariance.round(5).tolist()}
    distances = [_distance(row, kind) for row in table]
    return {**kind, "threshold": round(float(np.quantile(distances, 1 - FALSE_ALARMS)), 3)}


def is_known(kind: Mapping[str, Any]) -> bool:
    """Return whether a card's statistics name a kind, by figures that this version knows."""
    return tuple(kind.get("figures", ())) == FIGURES


def strangeness(values: NDArray[Any], kind: Mapping[str, Any]) -> float:
    """Return how far a picture (H, W, C), 0..1, is from a card's kind: above 1 it is not of it.

    0 where the card names no kind, or figures that this version does not know.
    """
    if not is_known(kind) or min(values.shape[:2]) < 2:
        return 0.0
    return _distance(figures(values), kind) / float(kind["threshold"])


def _distance(row: NDArray[np.float64], kind: Mapping[str, Any]) -> float:
    away = row - np.array(kind["mean"])
    return float(np.sqrt(away @ np.linalg.solve(np.array(kind["covariance"]), away)))


def _logit(share: float) -> float:
    return float(np.log((share + 1e-3) / (1 - share + 1e-3)))


def _pieces(values: NDArray[Any]) -> list[NDArray[np.int64]]:
    """Return the luma of up to 4 x 4 pieces spread over the picture, in 8-bit steps."""
    rows, columns = (_starts(n) for n in values.shape[:2])
    cut = [values[y : y + _PIECE, x : x + _PIECE] for y in rows for x in columns]
    return [np.rint(np.clip(p.mean(2), 0, 1) * 255).astype(np.int64) for p in cut]


def _starts(length: int) -> list[int]:
    if length <= _PIECE * _PIECES:
        return list(range(0, max(1, length - 1), _PIECE))
    return [int(s) for s in np.linspace(0, length - _PIECE, _PIECES)]
