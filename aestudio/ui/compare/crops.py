"""Places of a picture that are worth a look: where there is most detail. Qt-free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aestudio.imageio.halve import half

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels

Place = tuple[float, float]


def detailed_places(preview: Pixels, crop: tuple[float, float], count: int) -> list[Place]:
    """Return up to ``count`` middles (x, y) of crops with most detail, as shares of the width and height.

    ``crop`` is a crop's own share of both; no two overlap by more than half. Detail is the mean gradient of a
    quarter-size picture, in which noise is averaged away.
    """
    import numpy as np

    small = preview
    for _ in range(2):
        if min(small.shape[:2]) >= 64:
            small = half(small)
    grey = small.mean(axis=2, dtype=np.float32)
    slope = np.zeros_like(grey)
    slope[:, 1:] += np.abs(np.diff(grey, axis=1))
    slope[1:] += np.abs(np.diff(grey, axis=0))
    height, width = grey.shape
    wide, high = (max(1, min(n, round(n * share))) for n, share in zip((width, height), crop, strict=True))
    total = np.pad(slope, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    detail = total[high:, wide:] - total[:-high, wide:] - total[high:, :-wide] + total[:-high, :-wide]
    places: list[Place] = []
    while not places or (len(places) < count and detail.max() > 0):
        top, left = (int(n) for n in np.unravel_index(int(detail.argmax()), detail.shape))
        places.append(((left + wide / 2) / width, (top + high / 2) / height))
        rows = slice(max(0, top - high // 2), top + high // 2 + 1)
        detail[rows, max(0, left - wide // 2) : left + wide // 2 + 1] = -1
    return places
