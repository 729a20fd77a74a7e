"""Latent vectors laid out on a plane, and pairs of them that are alike."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.engine.generate import Vectors, decode, latent_network
from aestudio.engine.session import Session
from aestudio.errors import SettingsError

Floats = NDArray[np.float32]
Box = tuple[float, float, float, float]
FEWEST = 5
"""Points below which there is nothing to lay out."""
_EDGE = 0.005
_AIR = 0.06
_BLOCK = 256
_SAMPLE = 500
# Dimensions up to which all eigenvectors take no longer than the two that are wanted.
_WHOLE = 256
# Directions looked at for the strongest: a hierarchical model's coarsest come first.
_DIRECTIONS = 64


class Axes(NamedTuple):
    """A plane through latent space: origin + x * first + y * second, each (latent,)."""

    origin: NDArray[np.float64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]


def around(points: Floats) -> Box:
    """Return (left, bottom, right, top) of points (N, 2) with some air, without the outermost in a hundred."""
    if len(points) == 0:
        return -3.0, -3.0, 3.0, 3.0
    low, high = np.quantile(points, _EDGE, axis=0), np.quantile(points, 1 - _EDGE, axis=0)
    air = np.maximum((high - low) * _AIR, 1e-3)
    left, bottom, right, top = (float(v) for v in (*(low - air), *(high + air)))
    return left, bottom, right, top


def principal_axes(vectors: Vectors) -> Axes:
    """Return the plane of the two directions in which vectors (N, latent) vary most, through their mean.

    Principal component analysis (Pearson 1901) by the eigenvectors of whichever is smaller, the covariance of the
    dimensions or the products of the vectors with each other: 64 pictures in 3264 dimensions take milliseconds, by the
    covariance half a minute. Axes have length 1, and their largest component is positive, so that a map never comes
    out mirrored. Raises SettingsError for one dimension.
    """
    if vectors.ndim != 2 or vectors.shape[1] < 2:
        raise SettingsError("A latent of one dimension has no map.", "Choose a model of two or more dimensions.")
    if not np.isfinite(vectors).all():
        raise SettingsError("Some of the latent values are not numbers.", "Make the vectors anew.")
    values = vectors.astype(np.float64)
    mean = values.mean(0)
    away = values - mean
    found = _widest_two(away) if len(values) >= away.shape[1] else away.T @ _widest_two(away.T)
    first, second = _at_right_angles(found)
    return Axes(mean, _facing(first), _facing(second))


def _widest_two(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the eigenvectors (D, 2) of the two largest eigenvalues of rows (N, D) multiplied by themselves."""
    products = rows.T @ rows
    if len(products) <= _WHOLE or not products.any():
        _, found = np.linalg.eigh(products)
        return np.asarray(found[:, :-3:-1])
    from scipy.sparse.linalg import eigsh

    # the start is fixed, so that the same vectors give the same map
    values, found = eigsh(products, k=2, v0=np.random.default_rng(0).standard_normal(len(products)))
    return np.asarray(found[:, np.argsort(values)[::-1]])


def _at_right_angles(found: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return two axes of length 1 along the columns of (latent, 2).

    Where the vectors do not vary in two directions, as two copies of one picture don't, an axis of the space stands in.
    """
    axes: list[NDArray[np.float64]] = []
    longest = float(np.linalg.norm(found, axis=0).max())
    for column in (*found.T, *np.eye(len(found))[:3]):
        away = column - sum((axis * (axis @ column) for axis in axes), np.zeros(len(column)))
        length = float(np.linalg.norm(away))
        if len(axes) < 2 and length > 1e-9 * max(longest, 1e-300):
            axes.append(away / length)
    return axes


def strongest_axes(session: Session) -> Axes:
    """Return the plane of the two directions that change the decoded picture most at the prior's middle.

    The singular vectors of finite differences over one standard deviation of each dimension. It is for models
    of which no data are at hand. Raises SettingsError for a latent of one dimension.
    """
    latent = latent_network(session).latent
    if latent < 2:
        raise SettingsError("A latent of one dimension has no map.", "Choose a model of two or more dimensions.")
    some = min(latent, _DIRECTIONS)
    steps = np.eye(some, latent, dtype=np.float32)
    labels = np.zeros(some, np.int64) if latent_network(session).classes else None
    there, back = (decode(session, sign * steps, labels).reshape(some, -1).astype(np.float64) for sign in (1, -1))
    directions, _, _ = np.linalg.svd((there - back) / 2, full_matrices=False)
    padded = [np.concatenate([_facing(directions[:, n]), np.zeros(latent - some)]) for n in (0, 1)]
    return Axes(np.zeros(latent), *padded)


def place(vectors: Vectors, axes: Axes) -> Floats:
    """Return the points (N, 2) of vectors on a plane whose axes have length 1 and are at a right angle."""
    placed: Floats = ((vectors - axes.origin) @ np.stack([axes.first, axes.second], 1)).astype(np.float32)
    return placed


def tsne(vectors: Vectors, most: int) -> Floats:
    """Return points (N, 2) whose neighbours are those of the vectors (van der Maaten and Hinton, JMLR 2008).

    The start is the principal plane and the seed is fixed: the same vectors give the same map. Raises SettingsError for
    fewer than five points, or more than ``most``.
    """
    from sklearn.manifold import TSNE

    _check_count(vectors)
    if len(vectors) > most:
        raise SettingsError(
            f"t-SNE of {len(vectors)} points would take very long.", f"It is for up to {most}: choose another plane."
        )
    perplexity = min(30.0, (len(vectors) - 1) / 3)
    points: Floats = TSNE(perplexity=perplexity, init="pca", random_state=0).fit_transform(vectors)
    return np.asarray(points, np.float32)


def umap(vectors: Vectors) -> Floats:
    """Return points (N, 2) by UMAP (McInnes, Healy and Melville, 2018). Raises SettingsError where it isn't there."""
    _check_count(vectors)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from umap import UMAP
    except ImportError as cause:
        raise SettingsError(
            "UMAP is not installed.", "Add it with “pip install aestudio[umap]”, or choose another plane."
        ) from cause
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = UMAP(n_neighbors=min(15, len(vectors) - 1), random_state=0, n_jobs=1).fit_transform(vectors)
    return np.asarray(fitted, np.float32)


class Alike(NamedTuple):
    """Pairs (M, 2), closest first, their distances (M,), the distance that counted, and whether more were found."""

    pairs: NDArray[np.int32]
    distances: Floats
    limit: float
    left_out: bool


def alike(vectors: Vectors, share: float, most: int = 20_000, check: Callable[[], None] = lambda: None) -> Alike:
    """Return the pairs of vectors (N, latent) that are no further apart than ``share`` of what is usual.

    Usual is the median distance of a vector to its nearest neighbour, by a sample of them. ``check`` is called now and
    then and may raise. Raises SettingsError for a share out of 0..1.
    """
    if not 0 <= share <= 1:
        raise SettingsError(f"A share of {share:g} is out of range.", "Choose 0 to 1.")
    values = torch.from_numpy(np.ascontiguousarray(vectors, np.float32))
    values = values - values.mean(0) if len(values) else values
    limit = share * _usual(values)
    found: list[torch.Tensor] = []
    for start in range(0, len(values), _BLOCK):
        check()
        rows = values[start : start + _BLOCK]
        # only pairs (i, j) with i < j: the columns begin where the block does
        apart = torch.cdist(rows, values[start:])
        near = (apart <= limit * (1 + 1e-4) + 1e-3).triu(1).nonzero()
        found.append(near + start)
    pairs = torch.cat(found) if found else torch.zeros((0, 2), dtype=torch.long)
    # cdist of many rows loses digits to cancellation: the few that may count are measured again
    distances = (values[pairs[:, 0]].double() - values[pairs[:, 1]].double()).square().sum(1).sqrt()
    keep = distances <= limit + 1e-9
    pairs, distances = pairs[keep], distances[keep]
    order = distances.argsort(stable=True)[:most]
    return Alike(
        pairs[order].numpy().astype(np.int32), distances[order].float().numpy(), float(limit), len(pairs) > most
    )


def _usual(values: torch.Tensor) -> float:
    if len(values) < 2:
        return 0.0
    generator = torch.Generator().manual_seed(0)
    some = torch.randperm(len(values), generator=generator)[:_SAMPLE]
    apart = torch.cdist(values[some], values)
    apart[torch.arange(len(some)), some] = torch.inf
    return float(apart.min(1).values.median())


def _facing(direction: NDArray[np.float64]) -> NDArray[np.float64]:
    return direction * (1.0 if direction[np.abs(direction).argmax()] > 0 else -1.0)


def _check_count(vectors: Vectors) -> None:
    if len(vectors) < FEWEST:
        raise SettingsError(f"{len(vectors)} pictures are too few for this map.", f"It needs at least {FEWEST}.")
