"""The points that lie on a map: where, of which group, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

Box = tuple[float, float, float, float]

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Points:
    """``vectors`` (N, latent), their ``places`` (N, 2) on the plane, ``groups`` (N,) by number into ``names``.

    Of a folder's pictures also the ``files``, the ``thumbnails`` (N, H, W, 1 or 3), and which are ``unlike`` the kind
    that the model knows. ``labels`` (N,) are the classes that the points are decoded as, -1 where none is known.
    ``title`` says what they are.
    """

    title: str
    vectors: NDArray[np.float32]
    places: NDArray[np.float32]
    groups: NDArray[np.int32]
    names: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    thumbnails: NDArray[np.uint8] | None = None
    unlike: NDArray[np.bool_] | None = None
    psnr: NDArray[np.float32] | None = None
    labels: NDArray[np.int32] | None = None

    @property
    def count(self) -> int:
        """How many points there are."""
        return len(self.vectors)

    def group(self, number: int) -> str:
        """Return the name of a point's group."""
        group = int(self.groups[number])
        return self.names[group] if 0 <= group < len(self.names) else ""

    def name(self, number: int) -> str:
        """Return what a point is called: its file's name, or its group's and its number."""
        return self.files[number].name if self.files else f"{self.group(number)} #{number + 1}".strip()

    def home(self) -> Box:
        """Return what of the plane to show at first: all but the outermost in a hundred, with some air."""
        import numpy as np

        low, high = np.quantile(self.places, (0.005, 0.995), axis=0)
        air = np.maximum((high - low) * 0.08, 0.05)
        (left, bottom), (right, top) = (low - air).tolist(), (high + air).tolist()
        return left, bottom, right, top

    def counts(self) -> list[int]:
        """Return how many points each group has."""
        import numpy as np

        counted: list[int] = np.bincount(np.maximum(self.groups, 0), minlength=max(1, len(self.names))).tolist()
        return counted
