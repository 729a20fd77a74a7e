"""Pairs read from their files: all of them where they fit into the cache, else while the network learns."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from aestudio.errors import InputError
from aestudio.imageio.simple import load_rgb, picture_size
from aestudio.training.alignment import SURE, Twins, registered, shift, unrelated
from aestudio.training.data import none_readable, rank, readable
from aestudio.training.objective import Position
from aestudio.training.pairs import Pair, check_scale, find_pairs, ratios_of
from aestudio.training.path_list import PathList
from aestudio.training.pieces import SLOT_SIDE, Cut, Loaded
from aestudio.training.sources import LOOKED_AT, Source, whole_bytes
from aestudio.training.streaming import Stream

log = logging.getLogger(__name__)

# A held-out truth that is read apart is kept to this side: no objective looks at more of it.
_KEPT_SIDE = 1200
# So many headers, evenly spaced, tell how much many pairs take.
_SAMPLED = 64


@dataclass(frozen=True)
class GatheredPairs:
    """What there is to learn from, a list or a stream of pairs, and the held-out ones."""

    training: Sequence[Twins] | Stream
    held_out: list[Twins]


def gather_pairs(
    source: Source,
    held_out: int,
    scale: int,
    smallest: int,
    room: int,
    device: torch.device,
    say: Callable[[str], None],
    seed: int = 0,
    position: Position | None = None,
) -> GatheredPairs:
    """Return a source's pairs, at most ``held_out`` of them apart; their names decide which.

    They are all in memory where they take no more than ``room`` bytes; else they are streamed, in an order that
    ``seed`` decides and from ``position`` on.
    ``say`` hears of files without a partner, of another size, too small for a crop of ``smallest`` pixels of truth,
    and of pairs that are shifted; where the source registers, those are cropped to the part that both show, by whole
    pixels. Raises InputError where nothing matches, or most pairs have another scale.
    """
    pairs, alone = find_pairs(source)
    if alone:
        names, more = _named(alone)
        say(
            f"Left out, because they have no partner of their name ({len(alone)}): "
            f"{names}{' and others' if more else ''}."
        )
    if len(pairs) <= LOOKED_AT:
        pairs = _of_scale(pairs, scale, say)
        fits = len(pairs) == 1 or sum(map(_bytes, pairs)) <= whole_bytes(room)
    else:
        # too many to open all of them first: those of another size are left out as they come
        check_scale(ratios_of(_some(pairs)), scale)
        fits = False
    if fits:
        return _all(source, pairs, held_out, scale, smallest, say)
    return _streamed(source, pairs, held_out, scale, smallest, room, device, say, seed, position)


def none_large_enough(smallest: int) -> InputError:
    """Return what is said of pairs that are all too small for a crop."""
    return InputError(
        f"No pair is at least {smallest} pixels on its shorter side.", "Use larger pictures or a smaller patch."
    )


def read_pair(pair: Pair) -> Twins:
    """Return a pair's pixels. Raises InputError where one of the files cannot be read."""
    return Twins(pair.truth.name, load_rgb(pair.truth), load_rgb(pair.given))


def _all(
    source: Source, pairs: Sequence[Pair], held_out: int, scale: int, smallest: int, say: Callable[[str], None]
) -> GatheredPairs:
    by_truth = {pair.truth: pair for pair in pairs}
    found = readable([*by_truth], lambda path: read_pair(by_truth[path]), source.where, say)
    twins = _aligned(list(found.values()), scale, source.register, say)
    usable = [t for t in twins if min(t.truth.shape[:2]) >= smallest]
    if not usable:
        raise none_large_enough(smallest)
    if len(usable) < len(twins):
        say(f"Left out, because a side is shorter than {smallest} pixels: {len(twins) - len(usable)} pairs.")
    ranked = sorted(usable, key=lambda pair: rank(pair.name))
    count = _held_out(held_out, len(ranked))
    return GatheredPairs(ranked[count:], ranked[:count] or ranked)


def _streamed(
    source: Source,
    pairs: Sequence[Pair],
    held_out: int,
    scale: int,
    smallest: int,
    room: int,
    device: torch.device,
    say: Callable[[str], None],
    seed: int,
    position: Position | None,
) -> GatheredPairs:
    ranked = sorted(pairs, key=lambda pair: rank(pair.truth.name))
    wanted, kept, tried = _held_out(held_out, len(ranked)), list[Twins](), 0
    unreadable = 0
    for pair in ranked[: max(len(ranked) // 2, wanted)]:
        if len(kept) == wanted:
            break
        tried += 1
        try:
            twins = _middle(_of_one_scale(read_pair(pair), scale), scale)
        except InputError as error:
            log.warning("Left out: %s", error.what)
            unreadable += 1
            continue
        kept += [twins] if min(twins.truth.shape[:2]) >= smallest else []
    if not kept:
        raise none_readable(source.where) if unreadable == tried else none_large_enough(smallest)
    kept = _aligned(kept, scale, source.register, say)
    by_truth = {pair.truth: pair for pair in ranked[tried:]}
    known = PathList()
    for path in by_truth:
        known.append(str(path.parent), path.name)

    def load(path: Path) -> Loaded:
        twins = _of_one_scale(read_pair(by_truth[path]), scale)
        if source.register:
            down, right, sure = shift(twins, scale)
            twins = registered(twins, down, right, scale) if sure >= SURE else twins
        return twins.truth, twins.given

    areas = list(_areas([pair.truth for pair in _some(pairs)]))
    typical = float(np.quantile(areas, 0.9)) if areas else 0.0
    pixels = int(max(smallest**2, min(SLOT_SIDE**2, typical)))
    stream = Stream(known, [], load, Cut(pixels, smallest, scale), room, device, source.where, say, seed, position)
    say(
        f"The pairs in {source.where} are too many to read them all first: they are read while the network learns, "
        f"with up to {room >> 20} MB of them in memory."
    )
    return GatheredPairs(stream, kept)


def _held_out(wanted: int, pairs: int) -> int:
    return min(wanted, max(1, pairs // 5)) if pairs > 1 else 0


def _some(pairs: Sequence[Pair]) -> list[Pair]:
    chosen = np.linspace(0, len(pairs) - 1, min(_SAMPLED, len(pairs))).astype(int)
    return [pairs[int(number)] for number in chosen]


def _areas(paths: Sequence[Path]) -> Iterator[int]:
    for path in paths:
        try:
            height, width = picture_size(path)
        except InputError:
            continue
        yield height * width


def _bytes(pair: Pair) -> int:
    return 3 * sum(_areas([pair.truth, pair.given]))


def _of_one_scale(twins: Twins, scale: int) -> Twins:
    """Return a pair as it is. Raises InputError where the sizes of the two do not fit."""
    height, width = twins.given.shape[:2]
    if twins.truth.shape[:2] != (height * scale, width * scale):
        raise InputError(f"{twins.name} is not {scale} times as large as its input.", "Leave it out.")
    return twins


def _middle(twins: Twins, scale: int) -> Twins:
    """Return the middle of a pair in memory of its own, so that a large picture need not stay."""
    side = _KEPT_SIDE // scale
    height, width = (min(n, side) for n in twins.given.shape[:2])
    top, left = ((n - size) // 2 for n, size in zip(twins.given.shape[:2], (height, width), strict=True))
    given = twins.given[top : top + height, left : left + width].copy()
    rows = slice(top * scale, (top + height) * scale)
    return Twins(twins.name, twins.truth[rows, left * scale : (left + width) * scale].copy(), given)


def _of_scale(pairs: Sequence[Pair], scale: int, say: Callable[[str], None]) -> list[Pair]:
    """Return the pairs whose truth is ``scale`` times as large as the input. Raises InputError where most are not."""
    ratios = ratios_of(pairs)
    check_scale(ratios, scale)
    odd = [pair.truth for pair, ratio in ratios.items() if ratio != scale]
    if odd:
        names, more = _named(odd)
        say(
            f"Left out, because the sizes of the two files do not fit ({len(odd)}): "
            f"{names}{' and others' if more else ''}."
        )
    return [pair for pair in pairs if ratios.get(pair) == scale]


def _aligned(twins: Sequence[Twins], scale: int, register: bool, say: Callable[[str], None]) -> list[Twins]:
    made, moved, strange = list[Twins](), list[str](), list[str]()
    for pair in twins:
        down, right, sure = shift(pair, scale)
        if (down, right) == (0, 0) or sure < SURE:
            made.append(pair)
            strange += [pair.name] if unrelated(pair) else []
            continue
        moved.append(f"{pair.name} {right}, {down}")
        made.append(registered(pair, down, right, scale) if register else pair)
    if moved:
        listed, more = "; ".join(moved[:3]), len(moved) > 3
        say(
            f"Shifted against their truth, in pixels to the right and down ({len(moved)}): "
            f"{listed}{' and others' if more else ''}."
        )
        say("They are cropped to what both show." if register else "It is better to crop them to what both show.")
    if strange:
        say(
            f"Showing something else than their inputs ({len(strange)}): {', '.join(strange[:3])}"
            f"{' and others' if len(strange) > 3 else ''}. Look whether they are pairs."
        )
    return made


def _named(paths: Sequence[Path]) -> tuple[str, bool]:
    """Return the names of the first few files, and whether there are more."""
    return ", ".join(path.name for path in paths[:3]), len(paths) > 3
