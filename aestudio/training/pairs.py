"""Pictures with their truth in files of their own: which files belong together, by their names and sizes.

Two files belong together where their paths below their folders are the same but for the suffix. A word that all names
of a folder begin or end with, up to a space, a dot, a dash or an underline, does not count (``wall_real.png`` goes with
``wall_mean.jpg``), and where that leaves no partner, the name alone decides if only one file on each side has it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aestudio.errors import InputError
from aestudio.imageio.simple import picture_size, walk_pictures
from aestudio.training.sources import Source

_FIRST_WORD, _LAST_WORD = re.compile(r"^[^ ._-]+[ ._-]"), re.compile(r"[ ._-][^ ._-]+$")


@dataclass(frozen=True)
class Pair:
    """The files of a picture's truth and of what a network is given of it."""

    truth: Path
    given: Path


# A file, and the folder below which it was found.
File = tuple[Path, Path]


def find_pairs(source: Source) -> tuple[list[Pair], list[Path]]:
    """Return a source's pairs, by names alone, and the files that have no partner.

    Raises InputError where a folder is none, or no file has a partner.
    """
    assert source.pairs is not None
    truths, given = (
        [file for folder in places for file in _files(folder, source.without)]
        for places in (source.folders, [source.pairs])
    )
    pairs, alone = match(truths, given)
    if not pairs:
        raise InputError(
            f"No picture in {source.pairs} has the name of one in {source.where}.",
            "Give both files of a pair the same name.",
        )
    return pairs, alone


def _files(folder: Path, without: frozenset[Path]) -> list[File]:
    # as text: paths are slow to compare, and there may be a hundred thousand
    found = ((Path(parent, name), folder) for parent, name in sorted(walk_pictures(folder)))
    return [file for file in found if not without or file[0] not in without]


def match(truths: Sequence[File], inputs: Sequence[File]) -> tuple[list[Pair], list[Path]]:
    """Return pairs, in the truths' order, and the files without a partner."""
    ours, theirs = ([_name_of(*file) for file in files] for files in (truths, inputs))
    partner: dict[int, int] = {}
    for naming in (_whole_name, _without_shared_words, _name_alone):
        if len(partner) == len(ours):
            break
        known = _unique(naming(theirs), theirs, set(partner.values()))
        for key, number in _unique(naming(ours), ours, partner.keys()).items():
            if key in known:
                partner[number] = known[key]
    used = set(partner.values())
    found = [Pair(truths[number][0], inputs[partner[number]][0]) for number in sorted(partner)]
    alone = [path for number, (path, _) in enumerate(truths) if number not in partner]
    return found, alone + [path for number, (path, _) in enumerate(inputs) if number not in used]


# A file's folder below the one that was named, and its name without the suffix.
Name = tuple[str, str]
Naming = Callable[[Name], Name]


def _name_of(path: Path, folder: Path) -> Name:
    place, whole = os.path.split(os.fspath(path))
    start = os.fspath(folder)
    below = place[len(start) :].lstrip(os.sep) if place.startswith(start) else str(path.parent.relative_to(folder))
    return below, os.path.splitext(whole)[0]


def _unique(naming: Naming, names: Sequence[Name], without: Container[int]) -> dict[Name, int]:
    """Return the numbers of the names that no other one is the same as, but for those in ``without``."""
    found: dict[Name, int] = {}
    several = set[Name]()
    for number, name in enumerate(names):
        if number in without:
            continue
        key = naming(name)
        if key in found:
            several.add(key)
        found[key] = number
    return {key: number for key, number in found.items() if key not in several}


def _whole_name(names: Sequence[Name]) -> Naming:
    return lambda name: name


def _without_shared_words(names: Sequence[Name]) -> Naming:
    bare = _name_alone(names)
    return lambda name: (name[0], bare(name)[1])


def _name_alone(names: Sequence[Name]) -> Naming:
    stems = [stem for _, stem in names]
    # a file alone shares its words with nobody
    start, end = (_shared(pattern, stems) if len(stems) > 1 else "" for pattern in (_FIRST_WORD, _LAST_WORD))
    return lambda name: ("", name[1].removeprefix(start).removesuffix(end) or name[1])


def _shared(pattern: re.Pattern[str], stems: Sequence[str]) -> str:
    """Return the word that ``pattern`` finds in all of the names, nothing where it is not the same in each."""
    words = (found[0] if (found := pattern.search(stem)) else "" for stem in stems)
    first = next(words)
    return first if all(word == first for word in words) else ""


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
