"""A camera RAW for tests: a mosaic with its colours and its turn, as DNG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def write_raw(path: Path, width: int = 192, height: int = 128, more: Sequence[tuple[Any, ...]] = ()) -> None:
    """Write a reddish RAW of this size, to be turned by a quarter, by the camera One1 of Acme, with ``more`` tags."""
    mosaic = np.full((height, width), 1000, np.uint16)
    mosaic[::2, ::2] = 9000  # red
    identity = [v for i in range(9) for v in (int(i % 4 == 0), 1)]
    extra = [
        (271, 2, 5, b"Acme", True), (272, 2, 5, b"One1", True), (274, 3, 1, 6, True),
        (33421, 3, 2, (2, 2), True), (33422, 1, 4, bytes([0, 1, 1, 2]), True),
        (50706, 1, 4, bytes([1, 4, 0, 0]), True), (50708, 2, 9, b"Acme One1", True), (50717, 3, 1, 16383, True),
        (50721, 10, 9, identity, True), (50778, 3, 1, 21, True), (50728, 5, 3, (1, 1, 1, 1, 1, 1), True),
    ]  # fmt: skip
    tifffile.imwrite(path, mosaic, photometric=32803, extratags=[*extra, *more], metadata=None, software=False)
