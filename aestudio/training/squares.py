"""Pictures of one size with their classes: what networks with a latent space learn from."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from aestudio.errors import InputError
from aestudio.imageio.simple import load_on_white
from aestudio.training.data import readable, split

MNIST_TRAIN = ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
MNIST_TEST = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
# MNIST's last training digits are for validation, as in most of the literature.
MNIST_HELD_OUT = 10_000


@dataclass(frozen=True)
class Squares:
    """Pictures (N, size, size, channels) uint8 with their labels (N,), numbers into ``classes``."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]
    classes: tuple[str, ...] = ()


def is_mnist(folder: Path) -> bool:
    """Return whether the folder holds MNIST's files."""
    return (folder / MNIST_TRAIN[0]).exists()


def load(folder: Path, size: int, channels: int, held_out: int) -> tuple[Squares, Squares]:
    """Return (training, validation) squares: MNIST's 50,000 and 10,000, or the pictures below ``folder``.

    Pictures lie on white, are cut to their middle square and resized; the first folder below ``folder`` is their
    class. Raises InputError where there are none.
    """
    if is_mnist(folder):
        whole = load_mnist(folder, MNIST_TRAIN)
        return _part(whole, slice(None, -MNIST_HELD_OUT)), _part(whole, slice(-MNIST_HELD_OUT, None))
    found = readable(folder, lambda path: square(path, size, channels))
    training, validation = split(list(found), held_out)
    names = {p: p.relative_to(folder).parts[0] if len(p.relative_to(folder).parts) > 1 else "" for p in found}
    classes = tuple(sorted(set(names.values())))

    def gathered(paths: Sequence[Path]) -> Squares:
        labels = np.array([classes.index(names[p]) for p in paths])
        return Squares(np.stack([found[p] for p in paths]), labels, classes if len(classes) > 1 else ())

    return gathered(training), gathered(validation)


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
