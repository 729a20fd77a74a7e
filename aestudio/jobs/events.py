"""Events: what the engine tells about its jobs. Pixels are uint8 (H, W, 1 or 3), display-encoded.

A ``stamp`` is that of the file as it was when it was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aestudio.jobs import mapping
from aestudio.jobs.damaging import Degraded
from aestudio.jobs.stamps import MISSING, Stamp
from aestudio.jobs.vectors import VectorsRead

if TYPE_CHECKING:
    # numpy takes a tenth of a second to load: the window is painted without it
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]


INVENTED_STEPS = 10
"""Steps of a map of invented detail for each 8-bit unit of the likely error."""
DOUBTFUL = 10.0
"""A part of a result that is likely off by more than this, in 8-bit units, is to be looked at."""


@dataclass(frozen=True)
class EngineReady:
    """The engine has imported torch and chosen a device. ``device`` is a short name for the title bar.

    ``pid`` is its process, by which its unfinished files are known; 0 where it has none.
    """

    device: str
    precision: str
    reason: str
    pid: int = 0
    id: str = ""


@dataclass(frozen=True)
class ThumbnailReady:
    """A small view of a file, with the size of the whole picture."""

    id: str
    path: str
    width: int
    height: int
    pixels: Pixels
    stamp: Stamp = MISSING


@dataclass(frozen=True)
class Loaded:
    """A picture's facts: size as shown (orientation applied), ``depth`` (``8``, ``16``, ``32f``),
    ``notes`` in sentences (what was left out or converted), ``recipe`` the text of the one that the file carries,
    ``recipe_model`` whether its model is here: ``same``, ``other`` (another file of that name) or ``missing``.
    """

    id: str
    path: str
    width: int
    height: int
    channels: int
    depth: str
    format: str
    has_alpha: bool
    notes: tuple[str, ...] = ()
    recipe: str = ""
    recipe_model: str = ""
    stamp: Stamp = MISSING


@dataclass(frozen=True)
class PreviewReady:
    """The whole picture shrunk to at most 1024 pixels, shown until its tiles arrive."""

    id: str
    pixels: Pixels


@dataclass(frozen=True)
class BeforeTile:
    """A piece of the original at (x, y), ``width`` x ``height`` of its pixels, shrunk 2**level times."""

    id: str
    x: int
    y: int
    pixels: Pixels
    width: int
    height: int
    level: int = 0
    number: int = -1
    stamp: Stamp = MISSING


@dataclass(frozen=True)
class Started:
    """A job began to compute, or goes on with another grid or another version of its file.

    ``noise`` is the level used, estimated or given (8-bit units; None for upscale).
    ``width`` and ``height`` are the result's; ``tile`` names the grid, by the side of its windows.
    ``unlike`` says that the picture is not of the kind that the model was trained on, ``damage`` (``blocks``,
    ``noise``) what of it an enlargement would sharpen too, ``better`` which installed model suits it better.
    """

    id: str
    model: str
    device: str
    width: int
    height: int
    noise: float | None = None
    estimated: bool = False
    tile: int = 0
    unlike: bool = False
    better: str = ""
    damage: str = ""
    stamp: Stamp = MISSING


@dataclass(frozen=True)
class TileReady:
    """A piece of the result at (x, y) of the result's own size, and the same piece before.

    ``before`` is the original for denoising and a plain bicubic enlargement for upscaling;
    ``after`` is at full strength: the window blends. Both cover ``width`` x ``height`` pixels of the result and
    are shrunk 2**level times; ``number`` is the tile's in its grid, or -1 of a part that comes ahead of it.
    ``texture`` (H, W, 1) is what denoising took of it, as imageio.mix.texture_to_uint8 writes it; ``seconds`` is how
    long the network took for the tile.
    """

    id: str
    x: int
    y: int
    before: Pixels
    after: Pixels
    width: int
    height: int
    level: int = 0
    number: int = -1
    texture: Pixels | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class ViewReady:
    """All of the view of that serial has been sent; what follows is computed in idle time."""

    id: str
    serial: int = 0


@dataclass(frozen=True)
class Judged:
    """What was removed, as engine.verdict judges it: ``kind`` is nothing, left, noise or edges; ``removed`` in 8-bit
    units, root mean square; ``correlogram`` its autocorrelation at shifts of -4..4 pixels down and across, 81 values
    row by row; ``blind`` says that the model takes no noise level.
    """

    id: str
    kind: str
    removed: float
    correlogram: tuple[float, ...] = ()
    blind: bool = False


@dataclass(frozen=True)
class InventedTile:
    """How far a tile of the result, at (x, y) and of ``width`` x ``height`` pixels, is likely to be off.

    ``pixels`` (ceil(height/8), ceil(width/8), 1) are the likely error over 8 x 8 pixels each, in
    ``INVENTED_STEPS`` for each 8-bit unit.
    """

    id: str
    x: int
    y: int
    pixels: Pixels
    width: int
    height: int
    number: int = -1


@dataclass(frozen=True)
class InventedReady:
    """Every tile in sight has been sent: its likely error there, in 8-bit units, and the ``share`` of it that is
    likely off by more than ``events.DOUBTFUL``.
    """

    id: str
    error: float
    share: float


@dataclass(frozen=True)
class Measured:
    """The noise of the area that was asked about, in 8-bit units."""

    id: str
    noise: float


@dataclass(frozen=True)
class Scored:
    """How near a picture is to its reference: PSNR in dB (infinite where they are equal) and SSIM (not a number for
    less than 11 pixels a side).
    """

    id: str
    psnr: float
    ssim: float


@dataclass(frozen=True)
class Begun:
    """A Save is worked at from now on; until then it waited in the engine for its turn."""

    id: str


@dataclass(frozen=True)
class Progress:
    """How far a job is: ``done`` of ``total`` tiles, and the seconds left (negative while unknown)."""

    id: str
    done: int
    total: int
    seconds_left: float = -1.0


@dataclass(frozen=True)
class SizeEstimated:
    """About how many bytes the file of a result takes.

    ``seconds`` of work and bytes of ``memory`` that making it takes, where that was asked; ``crowded`` says that the
    device has no memory for tiles of the usual size. ``free_memory`` and ``free_disk`` are what is left; -1: unknown.
    ``lost`` says in sentences what the file cannot hold.
    """

    id: str
    bytes: int
    seconds: float = -1.0
    memory: int = -1
    crowded: bool = False
    free_memory: int = -1
    free_disk: int = -1
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class PicturesReady:
    """Generated or decoded pictures (N, H, W, channels).

    Of generated ones also the ``vectors`` (N, latent), float32, and the ``labels`` (N,) where the model has classes.
    """

    id: str
    pixels: Pixels
    stream: str = ""
    vectors: NDArray[np.float32] | None = None
    labels: tuple[int, ...] = ()


@dataclass(frozen=True)
class Encoded:
    """A picture as the model takes it and as it gives it back, both (H, W, channels), and where it lies, (latent,).

    ``label`` is its likeliest class (-1: the model has none), ``error`` the mean absolute error in 8-bit units,
    ``psnr`` in dB; ``unlike``: not this model's kind. ``notes`` say how the picture was fitted.
    """

    id: str
    pixels: Pixels
    reconstruction: Pixels
    vector: tuple[float, ...]
    label: int
    error: float
    psnr: float
    unlike: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapReady:
    """The mosaic (rows * size, columns * size, channels) of a part of a plane."""

    id: str
    pixels: Pixels


@dataclass(frozen=True)
class Finished:
    """A job is done. ``output`` is the file that it wrote, if any; ``summary`` holds figures for logs.

    ``lost`` says in sentences what of the original that file cannot hold.
    """

    id: str
    output: str = ""
    seconds: float = 0.0
    summary: dict[str, Any] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failed:
    """A job ended without a result: one sentence, what to do, and the technical cause to copy.

    ``kind`` is the stable word of the error (see errors.py); ``engine`` means the process died.
    """

    id: str
    kind: str
    what: str
    advice: str = ""
    details: str = ""


@dataclass(frozen=True)
class CancelledEvent:
    """A job was stopped on request."""

    id: str


Event = (
    EngineReady
    | ThumbnailReady
    | Loaded
    | PreviewReady
    | BeforeTile
    | Started
    | Begun
    | TileReady
    | ViewReady
    | Judged
    | Measured
    | Degraded
    | InventedTile
    | InventedReady
    | Scored
    | Progress
    | SizeEstimated
    | PicturesReady
    | Encoded
    | MapReady
    | mapping.Answers
    | VectorsRead
    | Finished
    | Failed
    | CancelledEvent
)
ENDINGS = (Finished, Failed, CancelledEvent)
ANSWERS = (
    *(ThumbnailReady, Measured, Degraded, SizeEstimated, Encoded, MapReady, VectorsRead),
    *(mapping.Surveyed, mapping.FolderEmbedded, mapping.Arranged, mapping.AlikeFound),
)
"""Events that are a job's whole answer: no ending follows."""
