"""Pictures with their truth in files of their own: which files belong together, by their names and sizes.

Two files belong together where their paths below their folders are the same but for the suffix. A word that all names
of a folder begin or end with, up to a space, a dot, a dash or an underline, does not count (``wall_real.png`` goes with
``wall_mean.jpg``), and where that leaves no partner, the name alone decides if only one file on each side has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aestudio.errors import InputError
from aestudio.imageio.simple import picture_size, walk_pictures
from aestudio.training.sources import Source


@dataclass(frozen=True)
class Pair:
    """The files of a picture's truth and of what a network is given of it."""

    truth: Path
    given: Path


def find_pairs(source: Source) -> tuple[list[Pair], list[Path]]:
    """Return a source's pairs, by names alone, and the files that have no partner.

    Raises InputError where a folder is none, or no file has a partner.
    """
    assert source.pairs is not None
    truths, given = (
        [(path, folder) for folder in places for path in _files(folder) if path not in source.without]
        for places in (source.folders, [source.pairs])
    )
    pairs, alone = match(truths, given)
    if not pairs:
        raise InputError(
            f"No picture in {source.pairs} has the name of one in {source.where}.",
            "Give both files of a pair the same name.",
        )
    return pairs, alone


def _files(folder: Path) -> list[Path]:
    return sorted(Path(parent, name) for parent, name in walk_pictures(folder))


def match(truths: Sequence[tuple[Path, Path]], inputs: Sequence[tuple[Path, Path]]) -> tuple[list[Pair], list[Path]]:
    """Return pairs, in the truths' order, and the files without a partner; each file comes with its folder."""
    pairs: dict[Path, Path] = {}
    for naming in (_whole_name, _without_shared_words, _name_alone):
        taken = set(pairs.values())
        known = _unique(naming(inputs), [file for file in inputs if file[0] not in taken])
        for key, truth in _unique(naming(truths), [file for file in truths if file[0] not in pairs]).items():
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


def ratio_of(pair: Pair) -> float:
    """Return how many times larger the truth is than the input, 0 where the two have another shape.

    Raises InputError where one of them is no picture.
    """
    (high, wide), (low, narrow) = picture_size(pair.truth), picture_size(pair.given)
    return high / low if high * narrow == wide * low else 0.0


def ratios_of(pairs: Iterable[Pair]) -> dict[Pair, float]:
    """Return the ratio of each pair whose headers can be read; reading the others will say what is wrong."""
    found = dict[Pair, float]()
    for pair in pairs:
        try:
            found[pair] = ratio_of(pair)
        except InputError:
            continue
    return found


def check_scale(ratios: Mapping[Pair, float], scale: int) -> None:
    """Raise InputError where the truths of most pairs are not ``scale`` times as large as their inputs, or none is."""
    if not ratios:
        raise none_readable()
    fitting = sum(ratio == scale for ratio in ratios.values())
    if fitting and fitting * 2 > len(ratios):
        return
    usual = Counter(ratios.values()).most_common(1)[0][0]
    is_so = f"{usual:g} times as large as" if usual else "of another shape than"
    raise InputError(
        f"The true pictures are {is_so} their inputs, and the recipe is for {scale} times.",
        "Choose a recipe of that scale, or folders of pairs that have it.",
    )


def none_readable() -> InputError:
    """Return what is said where of no pair both files can be read."""
    return InputError("None of the pairs can be read.", "Name folders of whole pictures.")
