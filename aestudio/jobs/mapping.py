"""What the map of a latent space asks for and hears: points, planes, folders as points, pairs that are alike.

Vectors are float32 (N, latent), points of a plane float32 (N, 2), thumbnails uint8 (N, H, W, 1 or 3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from aestudio.jobs.ids import new_id
from aestudio.jobs.plane import Plane

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int32]

Box = tuple[float, float, float, float]
Method = Literal["pca", "tsne", "umap"]
MOST_FOR_TSNE = 5000


@dataclass(frozen=True)
class Survey:
    """What a model's latent space is like, and the points that it carries of its own data -> Surveyed; or Failed."""

    model: str
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class EmbedFolder:
    """The pictures of a folder and its subfolders as points -> Progress repeatedly, FolderEmbedded; or Failed."""

    model: str
    folder: str
    max_pixels: int = 0
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Arrange:
    """Latent vectors laid out on a plane by a ``method`` -> Arranged; or Failed."""

    vectors: Floats
    method: Method = "pca"
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class FindAlike:
    """Pairs of vectors that are closer than ``share`` of the usual distance to a nearest neighbour -> AlikeFound."""

    vectors: Floats
    share: float = 0.1
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Surveyed:
    """A latent space: its dimensions, the plane to look at first and what of it to show (left, bottom, right, top).

    ``vectors`` are those of its training data that the model carries, ``groups`` their classes by number (N,) int32,
    ``names`` those of the classes; all empty where it carries none. ``places`` are the points on the plane.
    """

    id: str
    latent: int
    plane: Plane
    home: Box
    vectors: Floats
    groups: Numbers
    names: tuple[str, ...]
    places: Floats


@dataclass(frozen=True)
class FolderEmbedded:
    """A folder's pictures as points, in the order of ``files`` (paths below the folder).

    ``groups`` (N,) int32 number the ``names``: the first folders below it or, where there are none, the model's
    classes. ``labels`` (N,) int32 are the classes that the pictures were encoded as, whatever the groups are; -1 for a
    model without any. ``unlike`` (N,) marks what comes back so badly that it is not the model's kind, ``psnr`` (N,) is
    in dB. ``skipped`` are the files that could not be read, with the reason; ``known`` of the others were remembered.
    """

    id: str
    folder: str
    files: tuple[str, ...]
    vectors: Floats
    psnr: Floats
    unlike: NDArray[np.bool_]
    groups: Numbers
    names: tuple[str, ...]
    thumbnails: NDArray[np.uint8]
    labels: Numbers
    skipped: tuple[tuple[str, str], ...] = ()
    known: int = 0


@dataclass(frozen=True)
class Arranged:
    """Points on a plane. ``plane`` says what its places stand for in latent space; None: nothing but the points."""

    id: str
    places: Floats
    home: Box
    plane: Plane | None = None


@dataclass(frozen=True)
class AlikeFound:
    """Pairs (M, 2) int32 of the closest, closest first, with their ``distances`` (M,); ``limit`` is what counted.

    ``left_out``: there are more than are told.
    """

    id: str
    pairs: Numbers
    distances: Floats
    limit: float
    left_out: bool = False


Jobs = Survey | EmbedFolder | Arrange | FindAlike
Answers = Surveyed | FolderEmbedded | Arranged | AlikeFound
