"""Pictures of one size with their classes: what networks with a latent space learn from."""

from __future__ import annotations

import gzip
import itertools
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from aestudio.errors import InputError
from aestudio.imageio.simple import load_on_white
from aestudio.training.data import readable, split
from aestudio.training.sources import Source

MNIST_TRAIN = ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
MNIST_TEST = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
# MNIST's last training digits are for validation, as in most of the literature.
MNIST_HELD_OUT = 10_000
# A folder of no more pictures is read whole where memory allows; of one with more, what these seconds allow.
FEW = 5000
READING_SECONDS = 30.0


@dataclass(frozen=True)
class Squares:
    """Pictures (N, size, size, channels) uint8 with their labels (N,), numbers into ``classes``.

    ``tried`` is how many files of a large folder were read for them, 0 where it was all of them.
    """

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]
    classes: tuple[str, ...] = ()
    tried: int = 0


def is_mnist(folder: Path) -> bool:
    """Return whether the folder holds MNIST's files."""
    return (folder / MNIST_TRAIN[0]).exists()


def load(
    folder: Path | Source,
    size: int,
    channels: int,
    held_out: int,
    room: int | None = None,
    say: Callable[[str], None] = lambda text: None,
    again: int | None = None,
    missed: Callable[[Path, InputError], None] | None = None,
) -> tuple[Squares, Squares]:
    """Return (training, validation) squares: MNIST's 50,000 and 10,000, or the pictures below ``folder``.

    Pictures lie on white, are cut to their middle square and resized; the first folder below ``folder`` is their
    class. Of a folder whose squares take more than ``room`` bytes, or a long time to read, some are taken at random,
    and ``say`` hears how many. A run that goes on takes ``again`` as many files as it tried before, whatever the time:
    then they are the same ones. ``missed`` hears of each that cannot be read. Raises InputError where there are none.
    """
    source = Source.of(folder)
    if is_mnist(source.folders[0]):
        whole = load_mnist(source.folders[0], MNIST_TRAIN)
        return _part(whole, slice(None, -MNIST_HELD_OUT)), _part(whole, slice(-MNIST_HELD_OUT, None))
    everything = source.paths()
    names = {path: _class(path, source.folders) for path in everything}
    classes = tuple(sorted(set(names.values())))
    chosen: Iterable[Path] = everything
    tried: list[Path] = []
    most = len(everything) if room is None else max(1, room // (size * size * channels))
    if room is not None and len(everything) > min(most, FEW):
        chosen = _noted(_some(everything, held_out, most, again), tried)
    found = readable(chosen, lambda path: square(path, size, channels), source.where, say, missed)
    if len(found) < len(everything) and chosen is not everything:
        say(f"Of the {len(everything)} pictures in {source.where} {len(found)}, taken at random, are learned from.")
    training, validation = split(list(found), held_out)

    def gathered(paths: Sequence[Path]) -> Squares:
        labels = np.array([classes.index(names[p]) for p in paths])
        return Squares(np.stack([found[p] for p in paths]), labels, classes if len(classes) > 1 else (), len(tried))

    return gathered(training), gathered(validation)


def _class(path: Path, folders: Sequence[Path]) -> str:
    """Return the first folder below one of ``folders`` that a picture lies in, or nothing."""
    for folder in folders:
        if path.is_relative_to(folder):
            parts = path.relative_to(folder).parts
            return parts[0] if len(parts) > 1 else ""
    return ""


def _some(paths: Sequence[Path], held_out: int, most: int, again: int | None) -> Iterator[Path]:
    """Yield up to ``most`` paths in random order, those first that are held out, as long as reading may take.

    Where ``again`` says how many that were, it is as many.
    """
    first = dict.fromkeys(split(paths, held_out)[1])
    random = np.random.default_rng(0)
    others = (paths[i] for i in random.permutation(len(paths)))
    ends = time.monotonic() + (READING_SECONDS if again is None else math.inf)
    yield from first
    count = (most if again is None else again) - len(first)
    for path in itertools.islice((p for p in others if p not in first), max(0, count)):
        if time.monotonic() > ends:
            return
        yield path


def _noted(paths: Iterable[Path], tried: list[Path]) -> Iterator[Path]:
    for path in paths:
        tried.append(path)
        yield path


def load_mnist(folder: Path, files: tuple[str, str]) -> Squares:
    """Return the digits of a pair of gzipped IDX files. Raises InputError where they cannot be read."""
    pictures, labels = (_read_idx(folder / name) for name in files)
    return Squares(pictures[..., None], labels.astype(np.int64), tuple("0123456789"))


def square(path: Path, size: int, channels: int) -> NDArray[np.uint8]:
    """Return the middle square of a picture on white, (size, size, channels). Raises InputError."""
    picture = Image.fromarray(load_on_white(path)).convert("L" if channels == 1 else "RGB")
    fitted = np.array(ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS))
    return fitted.reshape(size, size, channels)


def _part(whole: Squares, which: slice) -> Squares:
    return Squares(whole.pictures[which], whole.labels[which], whole.classes)


def _read_idx(path: Path) -> NDArray[np.uint8]:
    try:
        raw = gzip.decompress(path.read_bytes())
        shape = np.frombuffer(raw, ">i4", raw[3], 4)
        return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape).copy()
    except (OSError, EOFError, ValueError, IndexError) as cause:
        raise InputError(f"{path} cannot be read.", "Put MNIST's four idx.gz files into one folder.") from cause
