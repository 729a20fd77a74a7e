"""Pictures with their truth in files of their own: matched by name, checked for size and for a shift.

Two files belong together where their paths below their folders are the same but for the suffix. A word that all names
of a folder begin or end with, up to a space, a dot, a dash or an underline, does not count (``wall_real.png`` goes with
``wall_mean.jpg``), and where that leaves no partner, the name alone decides if only one file on each side has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import InputError
from aestudio.imageio.mix import LUMA
from aestudio.imageio.simple import load_rgb, picture_size, walk_pictures
from aestudio.training.data import readable, shrink

Pixels = NDArray[np.uint8]
# A shift is looked for in the middle of a picture, this large, and up to so many pixels.
_SIDE = 512
_FARTHEST = 48
# Frequencies above this (cycles per pixel) are mostly noise.
_FINEST = 0.12
# A peak of the correlation so many times as high as the next one is a shift and not chance.
SURE = 1.5


@dataclass(frozen=True)
class Pair:
    """The files of a picture's truth and of what a network is given of it."""

    truth: Path
    given: Path


@dataclass(frozen=True)
class Twins:
    """A pair's pixels: the truth (scale * H, scale * W, 3) and the input (H, W, 3); named after the truth."""

    name: str
    truth: Pixels
    given: Pixels


def match(truths: Sequence[tuple[Path, Path]], inputs: Sequence[tuple[Path, Path]]) -> tuple[list[Pair], list[Path]]:
    """Return pairs, in the truths' order, and the files without a partner; each file comes with its folder."""
    pairs: dict[Path, Path] = {}
    for naming in (_whole_name, _without_shared_words, _name_alone):
        left = [file for file in inputs if file[0] not in set(pairs.values())]
        known = _unique(naming(inputs), left)
        for key, truth in _unique(naming(truths), [f for f in truths if f[0] not in pairs]).items():
            if key in known:
                pairs[truth] = known[key]
    found = [Pair(truth, pairs[truth]) for truth, _ in truths if truth in pairs]
    used = {pair.given for pair in found}
    return found, [p for p, _ in truths if p not in pairs] + [p for p, _ in inputs if p not in used]


Naming = Callable[[tuple[Path, Path]], str]


def _unique(naming: Naming, files: Iterable[tuple[Path, Path]]) -> dict[str, Path]:
    files = list(files)
    counts = Counter(map(naming, files))
    return {naming(file): file[0] for file in files if counts[naming(file)] == 1}


def _whole_name(files: Sequence[tuple[Path, Path]]) -> Naming:
    return lambda file: file[0].relative_to(file[1]).with_suffix("").as_posix()


def _without_shared_words(files: Sequence[tuple[Path, Path]]) -> Naming:
    bare = _name_alone(files)
    return lambda file: (file[0].relative_to(file[1]).parent / bare(file)).as_posix()


def _name_alone(files: Sequence[tuple[Path, Path]]) -> Naming:
    stems = [path.stem for path, _ in files]
    first = {m[0] if (m := re.match(r"[^ ._-]+[ ._-]", stem)) else "" for stem in stems}
    last = {m[0] if (m := re.search(r"[ ._-][^ ._-]+$", stem)) else "" for stem in stems}
    # a file alone shares its words with nobody
    several = len(stems) > 1
    start = first.pop() if several and len(first) == 1 else ""
    end = last.pop() if several and len(last) == 1 else ""
    return lambda file: file[0].stem.removeprefix(start).removesuffix(end) or file[0].stem


def load_pairs(
    folders: Sequence[Path],
    inputs: Path,
    scale: int,
    smallest: int,
    register: bool,
    room: int,
    say: Callable[[str], None],
    without: frozenset[Path] = frozenset(),
) -> list[Twins]:
    """Return the pairs of pictures whose truth lies below ``folders``, what fits into ``room`` bytes of them.

    ``say`` hears of files without a partner, of another size, too small for a crop of ``smallest`` pixels of truth,
    and of pairs that are shifted; ``register`` crops those to the part that both show, by whole pixels. Raises
    InputError where nothing matches, or most pairs have another scale.
    """
    truths, given = (
        [(path, folder) for folder in places for path in _files(folder) if path not in without]
        for places in (folders, [inputs])
    )
    pairs, alone = match(truths, given)
    where = " and ".join(map(str, folders))
    if not pairs:
        raise InputError(
            f"No picture in {inputs} has the name of one in {where}.", "Give both files of a pair the same name."
        )
    if alone:
        say(f"Left out, because they have no partner of their name: {_named(alone)}.")
    pairs = _of_scale(pairs, scale, say)
    kept, taken = list[Pair](), 0
    for pair in pairs:
        taken += 3 * int(np.prod(picture_size(pair.truth))) + 3 * int(np.prod(picture_size(pair.given)))
        if kept and taken > room:
            say(f"Of {len(pairs)} pairs {len(kept)} fit into the cache of {room >> 20} MB and are learned from.")
            break
        kept.append(pair)
    by_truth = {pair.truth: pair for pair in kept}
    found = readable([*by_truth], lambda path: _read(by_truth[path]), where, say)
    twins = _aligned(list(found.values()), scale, register, say)
    usable = [t for t in twins if min(t.truth.shape[:2]) >= smallest]
    if not usable:
        raise InputError(
            f"No pair is at least {smallest} pixels on its shorter side.", "Use larger pictures or a smaller patch."
        )
    if len(usable) < len(twins):
        say(f"Left out, because a side is shorter than {smallest} pixels: {len(twins) - len(usable)} pairs.")
    return usable


def _files(folder: Path) -> list[Path]:
    return sorted(Path(parent, name) for parent, name in walk_pictures(folder))


def _read(pair: Pair) -> Twins:
    return Twins(pair.truth.name, load_rgb(pair.truth), load_rgb(pair.given))


def _of_scale(pairs: Sequence[Pair], scale: int, say: Callable[[str], None]) -> list[Pair]:
    """Return the pairs whose truth is ``scale`` times as large as the input. Raises InputError where most are not."""
    ratios = dict[Path, float]()
    for pair in pairs:
        try:
            (high, wide), (low, narrow) = picture_size(pair.truth), picture_size(pair.given)
        except InputError:
            # reading will say so
            continue
        ratios[pair.truth] = high / low if high * narrow == wide * low else 0.0
    fitting = [pair for pair in pairs if ratios.get(pair.truth) == scale]
    if len(fitting) * 2 <= len(ratios) or not fitting:
        usual = Counter(ratios.values()).most_common(1)[0][0] if ratios else 0.0
        is_so = f"{usual:g} times as large as" if usual else "of another shape than"
        raise InputError(
            f"The true pictures are {is_so} their inputs, and the recipe is for {scale} times.",
            "Choose a recipe of that scale, or folders of pairs that have it.",
        )
    if len(fitting) < len(ratios):
        odd = [path for path, ratio in ratios.items() if ratio != scale]
        say(f"Left out, because the sizes of the two files do not fit: {_named(odd)}.")
    return fitting


def _aligned(twins: Sequence[Twins], scale: int, register: bool, say: Callable[[str], None]) -> list[Twins]:
    made, moved = [], []
    for pair in twins:
        down, right, sure = shift(pair, scale)
        if (down, right) == (0, 0) or sure < SURE:
            made.append(pair)
            continue
        moved.append(f"{pair.name} by {right}, {down}")
        made.append(registered(pair, down, right, scale) if register else pair)
    if moved:
        listed = "; ".join(moved[:3]) + (f"; and {len(moved) - 3} others" if len(moved) > 3 else "")
        so = "they are cropped to what both show" if register else "--register crops them to what both show"
        say(f"Shifted against their truth, in pixels to the right and down: {listed}; {so}.")
    return made


def shift(twins: Twins, scale: int = 1) -> tuple[int, int, float]:
    """Return (down, right, sureness): how far the input's content lies from the truth's, in whole input pixels.

    Phase correlation (Kuglin and Hines, 1975) of the luminance in the middle, without the finest detail, where
    noise rules. The sureness is the highest peak over the next one apart from it.
    """
    truth = shrink(twins.truth, scale) if scale > 1 else twins.truth
    height, width = (min(_SIDE, a, b) for a, b in zip(truth.shape[:2], twins.given.shape[:2], strict=True))
    spectra = []
    for picture in (truth, twins.given):
        top, left = (picture.shape[0] - height) // 2, (picture.shape[1] - width) // 2
        light = picture[top : top + height, left : left + width] @ np.array(LUMA)
        spectra.append(np.fft.fft2((light - light.mean()) * np.outer(np.hanning(height), np.hanning(width))))
    cross = spectra[1] * spectra[0].conj()
    y, x = np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None]
    coarse = np.exp(-(y**2 + x**2) / (2 * _FINEST**2))
    peaks = np.fft.ifft2(cross / (np.abs(cross) + 1e-9) * coarse).real
    far = (np.abs(y * height) > _FARTHEST) | (np.abs(x * width) > _FARTHEST)
    peaks[far] = -np.inf
    row, column = np.unravel_index(int(peaks.argmax()), peaks.shape)
    highest = float(peaks[row, column])
    down, right = (int(n - size) if n > size // 2 else int(n) for n, size in ((row, height), (column, width)))
    near = np.ix_(np.arange(row - 6, row + 7) % height, np.arange(column - 6, column + 7) % width)
    peaks[near] = -np.inf
    return down, right, highest / max(float(peaks.max()), 1e-12)


def registered(twins: Twins, down: int, right: int, scale: int = 1) -> Twins:
    """Return the part that both show, where the input's content lies ``down`` and ``right`` of the truth's."""
    given, truth = _part(twins.given, down, right), _part(twins.truth, -down * scale, -right * scale)
    return Twins(twins.name, truth, given)


def _part(picture: Pixels, down: int, right: int) -> Pixels:
    height, width = picture.shape[:2]
    rows = slice(max(0, down), height + min(0, down))
    return picture[rows, max(0, right) : width + min(0, right)]


def _named(paths: Sequence[Path]) -> str:
    listed = ", ".join(path.name for path in paths[:3])
    return f"{len(paths)} files ({listed}{' and others' if len(paths) > 3 else ''})"
