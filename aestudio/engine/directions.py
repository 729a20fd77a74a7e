"""Directions of a latent space that a person names by examples. Numpy alone: the window learns them itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aestudio.errors import SettingsError

if TYPE_CHECKING:
    # numpy takes a tenth of a second to load: the window is painted without it
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Vector = tuple[float, ...]


@dataclass(frozen=True)
class Learned:
    """What tells one group of pictures from another: ``vector`` leads from the middle of the one without to the other.

    ``accuracy`` (0..1) is the share of examples that the direction tells apart when it is learned without them; None
    where neither group has two. ``examples`` are those with and without.
    """

    vector: Vector
    accuracy: float | None
    examples: tuple[int, int]


def learn(having: Vectors, lacking: Vectors, support: int = 0) -> Learned:
    """Return the direction from vectors (M, latent) that lack something to those (N, latent) that have it.

    It is the difference of the groups' means (Larsen et al., "Autoencoding beyond pixels", ICML 2016, section 4.2), in
    the first ``support`` dimensions (0: all): of a hierarchical model those of the top, since what a few examples
    say of its hundreds of details is chance. Raises SettingsError for a group without examples or vectors of
    different lengths.
    """
    import numpy as np

    groups = [np.atleast_2d(np.asarray(group, np.float64)) for group in (having, lacking)]
    if not all(group.size for group in groups):
        raise SettingsError("A direction is learned from two groups of examples.", "Put a picture into each of them.")
    if groups[0].shape[1] != groups[1].shape[1]:
        raise SettingsError("The examples were made by different models.", "Choose those of one model.")
    for group in groups:
        group[:, support or group.shape[1] :] = 0
    step = groups[0].mean(0) - groups[1].mean(0)
    if not step.any():
        raise SettingsError("Both groups lie in the same place, so that no direction leads from one to the other.",
                            "Choose other examples.")  # fmt: skip
    return Learned(tuple(step.tolist()), _accuracy(*groups), (len(groups[0]), len(groups[1])))


def _accuracy(having: NDArray[Any], lacking: NDArray[Any]) -> float | None:
    """Return the share of examples on the right side of the middle of both means, each left out of its own."""
    right = counted = 0
    for group, other in ((having, lacking), (lacking, having)):
        if len(group) > 1:
            rest, far = (group.sum(0) - group) / (len(group) - 1), other.mean(0)
            right += int((((group - (rest + far) / 2) * (rest - far)).sum(1) > 0).sum())
            counted += len(group)
    return right / counted if counted else None


def principal(vectors: Vectors, most: int = 24) -> tuple[Vector, tuple[Vector, ...], Vector]:
    """Return (mean, axes of length 1, standard deviations along them), the widest first, of vectors (N, latent).

    No more than ``most`` axes, and none along which the vectors hardly differ.
    """
    import numpy as np

    points = np.asarray(vectors, np.float64)
    mean = points.mean(0)
    _, spread, axes = np.linalg.svd(points - mean, full_matrices=False)
    deviations = spread / max(1.0, len(points) - 1) ** 0.5
    kept = max(1, min(most, int((deviations > 1e-3 * deviations[0]).sum())))
    axes = axes[:kept] * np.sign(np.take_along_axis(axes[:kept], np.abs(axes[:kept]).argmax(1)[:, None], 1))
    return tuple(mean.tolist()), tuple(tuple(a) for a in axes.tolist()), tuple(deviations[:kept].tolist())


def moved(vector: Vector, steps: list[tuple[float, Vector]]) -> Vector:
    """Return ``vector`` moved by so much of each direction."""
    import numpy as np

    place = np.array(vector, np.float64)
    for amount, direction in steps:
        place += amount * np.array(direction)
    return tuple(place.tolist())


def combined(terms: list[tuple[float, Vector]]) -> Vector:
    """Return the weighted sum of vectors: A - B + C is ``[(1, A), (-1, B), (1, C)]``.

    Raises SettingsError where there are none, or of different lengths.
    """
    if len({len(vector) for _, vector in terms}) != 1:
        raise SettingsError("These pictures cannot be added up.", "Choose pictures of one model.")
    return moved((0.0,) * len(terms[0][1]), terms)
