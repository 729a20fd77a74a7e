"""Where a run's pictures come from, and whether all of them are held in memory or streamed.

Neither needs a full look at a folder first: what its beginning tells decides.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.engine.memory import free_memory, total_memory
from aestudio.errors import InputError
from aestudio.imageio.simple import load_rgb, picture_size, walk_pictures
from aestudio.training import data
from aestudio.training.objective import Position
from aestudio.training.path_list import PathList
from aestudio.training.pieces import SLOT_SIDE, Cut
from aestudio.training.streaming import Stream

log = logging.getLogger(__name__)

Pixels = NDArray[np.uint8]
# A folder is looked at so far before the run begins; one with more is streamed.
LOOKED_AT = 5000
# It takes so long on a very slow disk only: what a look finds decides what is held out and read first.
LOOK_SECONDS = 20.0
# So many headers, evenly spaced, tell how large pictures are.
_SAMPLED = 64
# Of a folder too large to look at whole: the share of names that are never trained on.
HELD_OUT_SHARE = 0.01
_MOST_HELD_OUT = 0.2
# Of a folder without a usable picture, so many are opened before it is given up.
_TRIED = 500
# A held-out picture is kept to this side: no objective looks at more of it.
_KEPT_SIDE = 1200
# The cache where the recipe leaves it to the machine: a share of the memory, within bounds.
_SHARE = {"cpu": 1 / 8, "cuda": 1 / 4}
_LEAST, _MOST = 256 << 20, {"cpu": 2 << 30, "cuda": 16 << 30}
# What is read whole lies in memory as it was read, where batches are drawn from and, while it is prepared, once more.
_TIMES_IN_MEMORY = 3


@dataclass(frozen=True)
class Source:
    """Folders of pictures, or one picture alone; ``without`` are files in them that are left out.

    Below ``pairs`` lie the network's inputs and in ``folders`` their truth; ``register`` undoes shifts between them.
    """

    folders: tuple[Path, ...]
    without: frozenset[Path] = frozenset()
    pairs: Path | None = None
    register: bool = False

    @classmethod
    def of(cls, what: Path | Source) -> Source:
        """Return a source as it is, or that of one folder."""
        return what if isinstance(what, Source) else cls((what,))

    @property
    def where(self) -> str:
        """Return the folders in words."""
        return " and ".join(map(str, self.folders))

    def walk(self) -> Iterator[tuple[str, str]]:
        """Yield (folder, name) of every picture file. Raises InputError where a folder is none."""
        for parent, name in itertools.chain.from_iterable(map(_files, self.folders)):
            if not self.without or Path(parent, name) not in self.without:
                yield parent, name

    def paths(self) -> list[Path]:
        """Return all picture files, sorted folder by folder. Raises InputError where there is none."""
        found = list(self.walk())
        if not found:
            raise no_pictures(self.where)
        return sorted(Path(folder, name) for folder, name in found)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    return iter([(str(folder.parent), folder.name)]) if folder.is_file() else walk_pictures(folder)


def no_pictures(where: str) -> InputError:
    """Return what is said of folders without pictures."""
    return InputError(f"There are no pictures in {where}.", "Name a folder that holds JPEG, PNG or TIFF files.")


def cache_bytes(cache_mb: int, device: torch.device) -> int:
    """Return how many bytes of pictures may be in memory: those of the recipe, or what suits the device if 0."""
    if cache_mb:
        return cache_mb << 20
    kind = device.type if device.type in _SHARE else "cpu"
    return max(_LEAST, min(_MOST[kind], int(total_memory(device) * _SHARE[kind])))


def whole_bytes(room: int) -> int:
    """Return how many of ``room`` bytes pictures may take that are all read before the run begins.

    On their way to a GPU they lie in the machine's own memory too, some of them twice.
    """
    free = free_memory()
    if free < 0:
        free = total_memory(torch.device("cpu")) // 2
    return min(room, free // _TIMES_IN_MEMORY)


@dataclass(frozen=True)
class Gathered:
    """What there is to learn from, a list or a stream, and the held-out pictures."""

    training: Sequence[Pixels]
    held_out: list[Pixels]


def gather(
    source: Source,
    held_out: int,
    smallest: int,
    widest: int,
    scale: int,
    room: int,
    device: torch.device,
    say: Callable[[str], None],
    seed: int,
    position: Position | None,
) -> Gathered:
    """Return the source's pictures with a shorter side of ``smallest`` pixels or more, ``held_out`` of them apart.

    They are all in memory where they take no more than ``room`` bytes and the machine has that to spare; else they
    are streamed, in pieces that crops of ``widest`` pixels are cut from, in an order that ``seed`` decides and from
    ``position`` on. Which are held out depends on their names alone. Raises InputError where none is usable.
    """
    looked = Look(source)
    if looked.whole and (len(looked) == 1 or looked.bytes() <= whole_bytes(room)):
        return _all(source, sorted(looked), held_out, smallest, say)
    cut = Cut(looked.slot(max(widest, smallest)), smallest, scale)
    return _streamed(looked, held_out, cut, room, device, say, seed, position)


class Look(Sequence[Path]):
    """The beginning of a source's files; ``rest`` goes on where it ends. Raises InputError where there are none."""

    def __init__(self, source: Source) -> None:
        self.source, self.rest = source, source.walk()
        self.known = PathList()
        began = time.monotonic()
        for folder, name in itertools.islice(self.rest, LOOKED_AT):
            self.known.append(folder, name)
            if time.monotonic() - began > LOOK_SECONDS:
                break
        self._next = next(self.rest, None)
        self.whole = self._next is None
        if not len(self.known):
            raise no_pictures(source.where)
        chosen = np.linspace(0, len(self.known) - 1, min(_SAMPLED, len(self.known))).astype(int)
        self._areas = [h * w for h, w in _sizes([self.known[int(i)] for i in chosen])]

    def __len__(self) -> int:
        return len(self.known)

    def __getitem__(self, number: int) -> Path:  # type: ignore[override]
        return self.known[number]

    def going_on(self) -> Iterator[tuple[str, str]]:
        """Yield what the look did not reach."""
        return itertools.chain([] if self._next is None else [self._next], self.rest)

    def bytes(self) -> float:
        """Return an estimate of what the files take decoded."""
        return 3 * len(self.known) * float(np.mean(self._areas)) if self._areas else 0.0

    def slot(self, least: int) -> int:
        """Return the pixels of a ring's slot: most pictures fit whole where they are small."""
        typical = float(np.quantile(self._areas, 0.9)) if self._areas else 0.0
        return int(max(least**2, min(SLOT_SIDE**2, typical)))


def _sizes(paths: Sequence[Path]) -> Iterator[tuple[int, int]]:
    for path in paths:
        try:
            yield picture_size(path)
        except InputError:
            continue


def _all(source: Source, paths: Sequence[Path], held_out: int, smallest: int, say: Callable[[str], None]) -> Gathered:
    pictures = data.readable(paths, load_rgb, source.where, say)
    usable = {k: p for k, p in pictures.items() if min(p.shape[:2]) >= smallest}
    if not usable:
        if len(paths) == 1:
            raise InputError(
                f"The picture is too small to learn from: its shorter side must be {smallest} pixels at least.",
                "Choose a larger one.",
            )
        raise data.too_small(source.where, smallest)
    if len(usable) < len(pictures):
        say(
            f"Left out, because a side is shorter than {smallest} pixels: "
            f"{len(pictures) - len(usable)} of {len(pictures)} pictures."
        )
    training, validation = data.split(list(usable), held_out)
    return Gathered([usable[p] for p in training], [usable[p] for p in validation])


def _streamed(
    looked: Look,
    held_out: int,
    cut: Cut,
    room: int,
    device: torch.device,
    say: Callable[[str], None],
    seed: int,
    position: Position | None,
) -> Gathered:
    where, ranked = looked.source.where, sorted(looked, key=lambda path: data.rank(path.name))
    # of what is not known yet nothing can be said but that a name is held out or is not
    share = min(_MOST_HELD_OUT, max(HELD_OUT_SHARE, 2 * held_out / len(ranked)))
    kept_out = [path for path in ranked if data.rank(path.name) < share]
    kept = list(itertools.islice(_usable(kept_out, cut.smallest), held_out))
    if not kept:
        # a few large pictures, or many that are none: one more will do
        for path in ranked[len(kept_out) : len(kept_out) + _TRIED]:
            kept_out.append(path)
            kept = list(_usable([path], cut.smallest))
            if kept:
                break
        else:
            unreadable = next(_sizes(kept_out), None) is None
            raise data.none_readable(where) if unreadable else data.too_small(where, cut.smallest)
    names = {path.name for path in kept_out}
    known = PathList()
    for path in looked:
        if path.name not in names:
            known.append(str(path.parent), path.name)
    rest = ((folder, name) for folder, name in looked.going_on() if data.rank(name) >= share and name not in names)
    stream = Stream(known, rest, lambda path: (load_rgb(path), None), cut, room, device, where, say, seed, position)
    say(
        f"The pictures in {where} are too many to read them all first: they are read while the network learns, "
        f"with up to {room >> 20} MB of them in memory."
    )
    return Gathered(stream, kept)


def _usable(paths: Sequence[Path], smallest: int) -> Iterator[Pixels]:
    for path in paths:
        try:
            picture = load_rgb(path)
        except InputError as error:
            log.warning("Left out: %s", error.what)
            continue
        if min(picture.shape[:2]) >= smallest:
            top, left = (max(0, n - _KEPT_SIDE) // 2 for n in picture.shape[:2])
            yield picture[top : top + _KEPT_SIDE, left : left + _KEPT_SIDE].copy()
