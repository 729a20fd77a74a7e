"""Pairs read into memory: what fits into the cache, on one another where that is wished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from aestudio.errors import InputError
from aestudio.imageio.simple import load_rgb, picture_size
from aestudio.training.alignment import SURE, Twins, registered, shift
from aestudio.training.data import readable
from aestudio.training.pairs import Pair, check_scale, find_pairs, ratios_of
from aestudio.training.sources import Source


def load_pairs(source: Source, scale: int, smallest: int, room: int, say: Callable[[str], None]) -> list[Twins]:
    """Return the pairs of pictures of a source, what fits into ``room`` bytes of them.

    ``say`` hears of files without a partner, of another size, too small for a crop of ``smallest`` pixels of truth,
    and of pairs that are shifted; where the source registers, those are cropped to the part that both show, by whole
    pixels. Raises InputError where nothing matches, or most pairs have another scale.
    """
    pairs, alone = find_pairs(source)
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
    found = readable([*by_truth], lambda path: read_pair(by_truth[path]), source.where, say)
    twins = _aligned(list(found.values()), scale, source.register, say)
    usable = [t for t in twins if min(t.truth.shape[:2]) >= smallest]
    if not usable:
        raise none_large_enough(smallest)
    if len(usable) < len(twins):
        say(f"Left out, because a side is shorter than {smallest} pixels: {len(twins) - len(usable)} pairs.")
    return usable


def none_large_enough(smallest: int) -> InputError:
    """Return what is said of pairs that are all too small for a crop."""
    return InputError(
        f"No pair is at least {smallest} pixels on its shorter side.", "Use larger pictures or a smaller patch."
    )


def read_pair(pair: Pair) -> Twins:
    """Return a pair's pixels. Raises InputError where one of the files cannot be read."""
    return Twins(pair.truth.name, load_rgb(pair.truth), load_rgb(pair.given))


def _of_scale(pairs: Sequence[Pair], scale: int, say: Callable[[str], None]) -> list[Pair]:
    """Return the pairs whose truth is ``scale`` times as large as the input. Raises InputError where most are not."""
    ratios = ratios_of(pairs)
    check_scale(ratios, scale)
    odd = [pair.truth for pair, ratio in ratios.items() if ratio != scale]
    if odd:
        say(f"Left out, because the sizes of the two files do not fit: {_named(odd)}.")
    return [pair for pair in pairs if ratios.get(pair) == scale]


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


def _named(paths: Sequence[Path]) -> str:
    listed = ", ".join(path.name for path in paths[:3])
    return f"{len(paths)} files ({listed}{' and others' if len(paths) > 3 else ''})"
