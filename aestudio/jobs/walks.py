"""What a path through a latent space asks for: its frames as an animation or as files, and how large that becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from aestudio.jobs.ids import new_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WalkForm = Literal["gif", "webp", "png"]


@dataclass(frozen=True)
class ExportWalk:
    """The frames of a path to write -> Progress repeatedly, Finished (``output``); or Failed.

    ``vectors`` float32 (F, latent) in the order in which they are shown, ``labels`` (F,) their classes where the model
    has any. ``target`` is a file; for ``png`` a folder, in which they are called ``stem``-0000.png and so on.
    Frames are of ``side`` pixels and shown for ``seconds`` each, ``plays`` times in all (0: for ever).
    """

    model: str
    vectors: Floats
    target: str
    form: WalkForm = "gif"
    side: int = 256
    seconds: float = 0.05
    plays: int = 0
    labels: tuple[int, ...] = ()
    stem: str = "frame"
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class EstimateWalk:
    """About how large the file or files of a path become -> SizeEstimated.

    ``vectors`` are some of its ``frames``, one after the other.
    """

    model: str
    vectors: Floats
    frames: int
    form: WalkForm = "gif"
    side: int = 256
    seconds: float = 0.05
    labels: tuple[int, ...] = ()
    id: str = field(default_factory=new_id)


Jobs = ExportWalk | EstimateWalk
