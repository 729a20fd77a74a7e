"""What a look at damage asks for and hears: a piece of a picture as it is, and as training would damage it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aestudio.jobs.ids import new_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    # not before the window is painted
    from aestudio.training.damage import Damage

    Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Degrade:
    """A piece of a picture to damage -> Degraded; or Failed.

    ``place`` (across, down) in 0..1 says where the piece of at most ``side`` pixels is cut; ``scale`` is what an
    upscaler enlarges by. The same ``seed`` gives the same noise, so that what moves is what was changed. A newer one
    drops those that wait.
    """

    path: str
    damage: Damage
    place: tuple[float, float] = (0.5, 0.5)
    side: int = 192
    scale: int = 1
    seed: int = 0
    max_pixels: int = 0
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Degraded:
    """A piece as it is, and at the mildest and the strongest that the ranges allow, each (H, W, 3) of one size.

    Where pictures are to be enlarged, damaged pixels are shown as squares of ``scale`` pixels.
    """

    id: str
    before: Pixels
    mildest: Pixels
    strongest: Pixels
