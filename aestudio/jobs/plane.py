"""A plane through a latent space: what a map is a map of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aestudio.errors import SettingsError

if TYPE_CHECKING:
    # numpy takes a tenth of a second to load: the window is painted without it
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Vector = tuple[float, ...]


@dataclass(frozen=True)
class Plane:
    """The point (x, y) stands for ``origin + x * first + y * second``; all three have the latent's dimensions.

    ``names`` are those of the two axes, for people. Raises SettingsError where the lengths differ.
    """

    origin: Vector
    first: Vector
    second: Vector
    names: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        if not len(self.origin) == len(self.first) == len(self.second):
            raise SettingsError("The plane's directions are of different lengths.", "Choose two of one model.")

    @property
    def latent(self) -> int:
        """The number of dimensions of the space that the plane lies in."""
        return len(self.origin)

    def vector(self, x: float, y: float) -> Vector:
        """Return the latent vector that a point of the plane stands for."""
        origin, axes, _ = self._arrays
        return tuple((origin + x * axes[0] + y * axes[1]).tolist())

    def place(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the points (N, 2) of the plane that are nearest to latent vectors (N, latent).

        The axes need be neither of length 1 nor at a right angle: a least-squares fit. Where both point the same way,
        the shortest solution.
        """
        import numpy as np

        origin, _, onto = self._arrays
        placed: NDArray[np.float32] = ((np.asarray(vectors, np.float64) - origin) @ onto).astype(np.float32)
        return placed

    @cached_property
    def _arrays(self) -> tuple[Floats, Floats, Floats]:
        """The origin (latent,), the axes (2, latent), and what takes a vector's distance from it onto them (latent, 2).

        Kept: a cursor asks for places many times a second.
        """
        import numpy as np

        axes = np.array([self.first, self.second], np.float64)
        onto: Floats = np.linalg.pinv(axes).astype(np.float64)
        return np.array(self.origin, np.float64), axes, onto


FLAT = Plane((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
"""A latent of two dimensions is its own plane."""


def through(origin: Vector, first: Vector, second: Vector, names: tuple[str, str] = ("", "")) -> Plane:
    """Return the plane of two named directions: the axes are theirs, the place of ``origin`` is (0, 0).

    Raises SettingsError where a direction has no length, or both point the same way and so span no plane.
    """
    import numpy as np

    a, b = np.array(first), np.array(second)
    if len(a) == len(b) and np.linalg.norm(a) * np.linalg.norm(b) > 0:
        along = abs(float(a @ b)) / float(np.linalg.norm(a) * np.linalg.norm(b))
        if along < 1 - 1e-6:
            return Plane(origin, first, second, names)
    raise SettingsError("These two directions span no plane.", "Choose two that point different ways.")
