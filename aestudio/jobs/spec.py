"""Jobs: what the window or a script asks for, as plain frozen data that travels to the engine.

Coordinates are (x, y) pixels from the top left; ``path`` is absolute; every job has an ``id``
that its events repeat. A job is checked when it is made, so that it can be refused before it runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from aestudio.errors import SettingsError
from aestudio.imageio.mix import Mix
from aestudio.jobs.damaging import Degrade
from aestudio.jobs.ids import new_id
from aestudio.jobs.mapping import Arrange, EmbedFolder, FindAlike, Survey
from aestudio.jobs.plane import FLAT, Plane
from aestudio.jobs.vectors import DecodeFile, EncodeFiles
from aestudio.jobs.walks import EstimateWalk, ExportWalk

if TYPE_CHECKING:
    from aestudio.catalog.card import Card

CELL = 512
"""The side of the pieces in which an original is sent, in its pixels."""

RestorationTask = Literal["denoise", "upscale"]
Side = Literal["", "longer", "width", "height"]
LARGEST_SCALE = 16.0
ExportForm = Literal["sheet", "files", "strip"]
Means = Literal["auto", "small-tiles", "processor"]
"""How a result is computed: as suits the device, by small tiles that need little memory, or without the GPU."""


@dataclass(frozen=True)
class Restoration:
    """The settings that decide a result's pixels before they are mixed: two equal ones share tiles.

    ``noise`` is None for auto, else sigma in 8-bit units (0..100; denoise only); ``scale`` is the
    enlargement (> 1 and <= 16; upscale only); ``ensemble`` takes the mean of eight results, flipped and turned.
    Where a ``side`` is named, that of the result is to have so many ``pixels``, and the picture's own size says
    how many times larger it becomes. A ``cleaner`` is the id of a blind denoiser that the picture goes through
    before it is enlarged (upscale only).
    """

    task: RestorationTask
    model: str
    noise: float | None = None
    scale: float = 1.0
    ensemble: bool = False
    side: Side = ""
    pixels: int = 0
    cleaner: str = ""

    def __post_init__(self) -> None:
        if self.task not in ("denoise", "upscale"):
            raise SettingsError(f"There is no task “{self.task}”.", "Choose denoise or upscale.")
        if self.noise is not None and not 0 <= self.noise <= 100:
            raise SettingsError(f"A noise level of {self.noise:g} is out of range.", "Choose 0 to 100, or auto.")
        if self.task == "upscale" and not self.side and not 1 < self.scale <= LARGEST_SCALE:
            raise SettingsError(f"A scale of {self.scale:g} is out of range.", "Choose more than 1, up to 16.")
        if self.cleaner and self.task != "upscale":
            raise SettingsError("A picture is cleaned first only where it is enlarged.", "Choose upscale.")

    def factor(self, width: int, height: int) -> float:
        """Return how many times larger a picture of that size becomes. Raises SettingsError where it cannot."""
        if self.task != "upscale":
            return 1.0
        if not self.side:
            return self.scale
        scale = self.pixels / {"width": width, "height": height}.get(self.side, max(width, height))
        if scale <= 1:
            what = f"The picture is {width} × {height} pixels already, as large as it was to become."
            raise SettingsError(what, "Choose a larger size.")
        if scale > LARGEST_SCALE:
            what = f"The picture of {width} × {height} pixels would have to become {scale:.3g} times larger."
            raise SettingsError(what, f"Choose a size up to {LARGEST_SCALE:g} times larger.")
        return scale

    def result_size(self, width: int, height: int) -> tuple[int, int]:
        """Return the result's (width, height), sides rounded half up as the engine rounds them."""
        scale = self.factor(width, height)
        return int(width * scale + 0.5), int(height * scale + 0.5)

    def check(self, card: Card) -> None:
        """Raise SettingsError where the model of ``card`` cannot do this: it is for another task, or takes no level."""
        if card.task != self.task:
            raise SettingsError(f"The model “{card.id}” is for the task {card.task}.", f"Choose one for {self.task}.")
        if self.noise is not None and card.blind:
            raise SettingsError(
                f"The model “{card.id}” judges the noise by itself.", "Choose auto, or another model to set a level."
            )


@dataclass(frozen=True)
class Output:
    """How a result is stored: names as on the command line (``keep``, ``png``, ...; ``keep``, ``8``, ...).

    ``recipe``: how it was made is written into its metadata. Without ``metadata`` there is neither.
    ``dpi``: the pixels per inch that a print was asked for with (0: what the source says).
    """

    format: str = "keep"
    depth: str = "keep"
    quality: int | None = None
    metadata: bool = True
    overwrite: bool = False
    recipe: bool = True
    dpi: int = 0


@dataclass(frozen=True)
class View:
    """What a person looks at: a rectangle of a picture in its own pixels, and how far it is shrunk (2**level times).

    ``have`` names the tiles of the grid of ``tile`` pixels that are there already, and ``seen`` is how many
    tiles of the job had arrived when this was written: later ones are on their way. ``serial`` tells one view
    from the next.
    """

    left: float
    top: float
    right: float
    bottom: float
    level: int = 0
    have: tuple[int, ...] = ()
    tile: int = 0
    seen: int = 0
    serial: int = 0


@dataclass(frozen=True)
class Thumbnail:
    """A small view of a file, at most ``side`` pixels on its longer side -> ThumbnailReady or Failed."""

    path: str
    side: int = 128
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Load:
    """A picture to look at -> Loaded, PreviewReady, then BeforeTile until all is sent, Finished; or Failed.

    Without ``tiles`` the preview is all; Peek asks for what is looked at.
    """

    path: str
    max_pixels: int = 0
    tiles: bool = True
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Peek:
    """The original's pixels in ``view`` -> BeforeTile for each cell that is missing, Finished.

    A newer one of the same ``stream``, one for each canvas, replaces it.
    """

    path: str
    view: View
    max_pixels: int = 0
    stream: str = ""
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Measure:
    """The noise in an even area of a picture, (left, top, right, bottom) in its pixels -> Measured; or Failed."""

    path: str
    box: tuple[int, int, int, int]
    max_pixels: int = 0
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Restore:
    """A picture to restore and show -> Started, TileReady and Progress repeatedly, Finished; or Failed.

    With a ``view``, its tiles come first, from the middle outwards, in turns with other views, then ViewReady; the
    rest is computed without being sent, while nothing else is asked for, or left out without ``fill``. Without a
    view, every tile is sent, row by row. The full-depth result stays in the engine, so that saving and mixing
    cost no inference.
    """

    path: str
    restoration: Restoration
    max_pixels: int = 0
    view: View | None = None
    fill: bool = True
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Score:
    """A picture to measure against the file ``reference`` -> Progress, Scored, Finished; or Failed, also where the
    sizes differ.

    Without a ``restoration`` the file itself is measured, else its result as ``mix`` has it (with nothing of it: what
    it began with, for upscaling a plain enlargement). ``box`` is (left, top, right, bottom) of what is measured,
    None for all; ``border`` pixels at the picture's edges are left out. ``luma``: PSNR of the brightness alone.
    """

    path: str
    reference: str
    restoration: Restoration | None = None
    mix: Mix = field(default_factory=Mix)
    box: tuple[int, int, int, int] | None = None
    border: int = 0
    luma: bool = False
    max_pixels: int = 0
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class MapInvented:
    """Where a result is likely to be wrong, for what is looked at -> InventedTile for each tile, InventedReady.

    Tiles are those of Restore with these settings; the ones that ``view`` has are left out. It waits for every Restore.
    """

    path: str
    restoration: Restoration
    view: View
    max_pixels: int = 0
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Save:
    """A result to write; what is not computed yet is -> Begun, Progress, Finished (``output``); or Failed.

    ``target`` is a file's full path. ``mix`` says how much of the result counts. ``means`` other than ``auto``
    compute everything anew.
    """

    path: str
    restoration: Restoration
    target: str
    mix: Mix = field(default_factory=Mix)
    output: Output = field(default_factory=Output)
    max_pixels: int = 0
    means: Means = "auto"
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class EstimateSize:
    """How large the file of a result will be -> SizeEstimated, or Failed.

    With ``timed`` also how long it takes and what memory, by a tile; with a ``folder`` also what room its disk has.
    """

    path: str
    restoration: Restoration
    mix: Mix = field(default_factory=Mix)
    output: Output = field(default_factory=Output)
    max_pixels: int = 0
    timed: bool = False
    folder: str = ""
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Sample:
    """New pictures from a VAE, those of a seed from number ``first`` on -> PicturesReady with their vectors.

    ``truncation`` None for none. ``class_name`` empty: all classes in turn, where there are any. With a vector
    ``like``, pictures like that one of class ``label`` (-1: the model has none), more so the smaller ``amount`` is.
    """

    model: str
    count: int = 64
    seed: int = 0
    temperature: float = 1.0
    truncation: float | None = None
    class_name: str = ""
    first: int = 0
    like: tuple[float, ...] = ()
    label: int = -1
    amount: float = 0.0
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Decode:
    """Latent vectors to pictures -> PicturesReady. A newer Decode of one ``stream`` drops older ones.

    ``labels`` has a class for each vector; empty for a model without, or for all classes in turn.
    """

    model: str
    vectors: tuple[tuple[float, ...], ...]
    stream: str = "cursor"
    labels: tuple[int, ...] = ()
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Encode:
    """A person's picture as a point of a latent space -> Encoded; or Failed."""

    model: str
    path: str
    max_pixels: int = 0
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Export:
    """Pictures of latent vectors to write -> Finished (``output``); or Failed.

    ``target`` is a file for a ``sheet`` or a ``strip`` (all in one row); for ``files`` a folder, in which they are
    called ``stem``-0000.png and so on, as the command line calls them.
    """

    model: str
    vectors: tuple[tuple[float, ...], ...]
    target: str
    form: ExportForm = "sheet"
    labels: tuple[int, ...] = ()
    stem: str = ""
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Map:
    """A mosaic of what a part of a plane decodes to -> MapReady.

    ``box`` is (left, bottom, right, top) in the plane's coordinates, cut into ``columns`` x ``rows`` cells, each
    decoded at its middle. ``label`` is a class, for a model that has them (-1: its first).
    """

    model: str
    box: tuple[float, float, float, float] = (-3.0, -3.0, 3.0, 3.0)
    columns: int = 8
    rows: int = 8
    plane: Plane = FLAT
    label: int = -1
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Cancel:
    """Stop the job of that id: it ends with a Cancelled event between two tiles."""

    id: str


@dataclass(frozen=True)
class Look:
    """The person of the Restore job of that id looks somewhere else: its tiles come next."""

    id: str
    view: View


@dataclass(frozen=True)
class Forget:
    """Drop what the engine holds of a picture that the window closed."""

    path: str
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Configure:
    """Use another device, and keep within another limit of memory, from now on -> EngineReady.

    ``device`` and ``memory`` (megabytes, 0 for the program's own limits) as in the settings. Results made on
    another device are let go.
    """

    device: str
    memory: int = 0
    id: str = field(default_factory=new_id)


Walking = ExportWalk | EstimateWalk
Batch = EncodeFiles | DecodeFile
Picturing = Thumbnail | Load | Peek | Measure | Degrade | Restore | MapInvented | Score | Save | EstimateSize
Job = Picturing | Sample | Decode | Encode | Export | Map | Survey | EmbedFolder | Arrange | FindAlike | Walking | Batch
Message = Job | Cancel | Look | Forget | Configure
