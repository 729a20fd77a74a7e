"""Test sets by name: which files a published protocol means."""

from __future__ import annotations

import glob
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import InputError
from aestudio.imageio.simple import SUFFIXES, find_pictures, load_rgb

Pixels = NDArray[np.uint8]
Missed = Callable[[Path, InputError], object]
_Loaded = TypeVar("_Loaded")


def clean_pictures(name: str, data: Path, missed: Missed | None = None, least: int = 1) -> list[tuple[str, Pixels]]:
    """Return (name, RGB pixels) of a set: a folder of clean pictures, or a protocol's name below ``data/test``.

    ``cbsd68`` is the whole BSDS pictures in its list; ``bsd100`` their top-left 480x320 (320x480)
    crops; other names are folders. Of a person's own folder ``missed`` hears what cannot be read, or has sides below
    ``least`` pixels; a published set is whole or not measured. Raises InputError where nothing is found.
    """
    if Path(name).is_dir():

        def load(path: Path) -> tuple[str, Pixels]:
            pixels = load_rgb(path)
            if min(pixels.shape[:2]) < least:
                raise InputError(
                    f"{path.stem} is too small to be measured.", f"Leave out pictures below {least} pixels."
                )
            return path.stem, pixels

        return _readable(Path(name), find_pictures(Path(name)), load, missed)
    test = data / "test"
    if name == "cbsd68":
        return [(stem, load_rgb(_one(test / "bsd100", stem))) for stem in _list(test / "cbsd68.txt")]
    if not (test / name).is_dir():
        raise InputError(f"There is no test set “{name}”.", f"Name a folder of clean pictures, or one below {test}.")
    pictures = [(p.stem, load_rgb(p)) for p in find_pictures(test / name)]
    if name == "bsd100":
        pictures = [(stem, _top_left(p)) for stem, p in pictures]
    return pictures


def pairs(name: str, data: Path, missed: Missed | None = None) -> list[tuple[str, Pixels, Pixels]]:
    """Return (name, noisy, clean) of a set of ``*_real`` and ``*_mean`` files, ``missed`` as for ``clean_pictures``.

    Raises InputError.
    """
    own = Path(name).is_dir()
    folder = Path(name) if own else data / "test" / name
    noisy = [p for p in find_pictures(folder) if p.stem.endswith("_real")]
    if not noisy:
        raise InputError(f"There are no pairs of *_real and *_mean pictures in {folder}.", "Name a folder of pairs.")

    def pair(path: Path) -> tuple[str, Pixels, Pixels]:
        stem = path.stem.removesuffix("_real")
        real, mean = load_rgb(path), load_rgb(_one(path.parent, f"{stem}_mean"))
        if real.shape != mean.shape:
            raise InputError(f"{stem}_real and {stem}_mean differ in size.", "Name pairs of one size.")
        return stem, real, mean

    return _readable(folder, noisy, pair, missed) if own else [pair(path) for path in noisy]


def _readable(folder: Path, paths: list[Path], load: Callable[[Path], _Loaded], missed: Missed | None) -> list[_Loaded]:
    """Return what ``load`` makes of the files that it can read. Raises InputError where that is nothing, and for the
    first that cannot be read where nobody wants to hear of them."""
    loaded = []
    for path in paths:
        try:
            loaded.append(load(path))
        except InputError as error:
            if missed is None:
                raise
            missed(path, error)
    if not loaded:
        raise InputError(f"No picture in {folder} can be measured.", "Name a folder of pictures.")
    return loaded


def _one(folder: Path, stem: str) -> Path:
    matches = sorted(p for p in folder.glob(f"{glob.escape(stem)}.*") if p.suffix.lower() in SUFFIXES)
    if not matches:
        raise InputError(f"The picture {folder / stem} is missing.", "Put it there, or fetch the whole test set.")
    return matches[0]


def _list(path: Path) -> list[str]:
    try:
        return [Path(line.strip()).stem for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as cause:
        raise InputError(f"The list {path} is missing.", "Name the data folder with --data.") from cause


def _top_left(picture: Pixels) -> Pixels:
    height, width = (320, 480) if picture.shape[1] > picture.shape[0] else (480, 320)
    return picture[:height, :width]
