"""What is wrong with pairs before a run: files alone, inputs that cannot be read, sizes and shifts that do not fit."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aestudio.errors import InputError
from aestudio.training.alignment import SURE, shift
from aestudio.training.doctor import STOPS, TELLS, WARNS, Finding
from aestudio.training.pair_reading import read_pair
from aestudio.training.pairs import Pair, check_scale, none_readable, ratios_of

MOST = 200
"""Pairs that are compared for a shift: each is decoded whole, and shifts are of a whole series mostly."""


def pair_findings(
    pairs: Sequence[Pair], alone: Sequence[Path], scale: int, register: bool, seconds: float = float("inf")
) -> Iterator[Finding]:
    """Yield what is found in the pairs of a run for enlarging by ``scale``; ``alone`` are files without a partner.

    No new pair is opened after ``seconds``.
    """
    end = time.monotonic() + seconds
    if alone:
        what = "1 file has no partner of its name."
        what = what if len(alone) == 1 else f"{len(alone)} files have no partner of their name."
        yield Finding(
            "alone", WARNS, what, "Left out of the run; give both files of a pair the same name.", tuple(alone)
        )
    ratios = ratios_of(_until(pairs, end))
    try:
        check_scale(ratios, scale)
    except InputError as error:
        yield Finding("scale" if ratios else "unreadable", STOPS, error.what, error.advice)
        return
    odd = tuple(pair.truth for pair, ratio in ratios.items() if ratio != scale)
    if odd:
        what = "1 picture has a size that does not fit that of its input."
        what = what if len(odd) == 1 else f"{len(odd)} pictures have sizes that do not fit those of their inputs."
        yield Finding("scale", WARNS, what, "Left out of the run; look whether they are pairs.", odd, odd)
    fitting = [pair for pair, ratio in ratios.items() if ratio == scale]
    step = max(1, len(fitting) // MOST)
    yield from _compared(fitting[::step][:MOST], scale, register, end)


def _until(pairs: Sequence[Pair], end: float) -> Iterator[Pair]:
    for pair in pairs:
        yield pair
        if time.monotonic() > end:
            return


def _compared(pairs: Sequence[Pair], scale: int, register: bool, end: float) -> Iterator[Finding]:
    workers = max(1, min(4, os.cpu_count() or 1))
    broken, moved, compared = list[Path](), list[Path](), 0
    # decoding and transforming let other threads run
    with ThreadPoolExecutor(workers) as pool:
        for start in range(0, len(pairs), workers):
            some = pairs[start : start + workers]
            for pair, is_moved in zip(some, pool.map(lambda pair: _is_moved(pair, scale), some), strict=True):
                compared += 1
                if is_moved is None:
                    broken.append(pair.given)
                elif is_moved:
                    moved.append(pair.truth)
            if time.monotonic() > end:
                break
    if len(broken) == compared:
        error = none_readable()
        yield Finding("unreadable", STOPS, error.what, error.advice, tuple(broken))
    elif broken:
        what = "1 pair cannot be read." if len(broken) == 1 else f"{len(broken)} pairs cannot be read."
        yield Finding("unreadable", WARNS, what, "Left out of the run; copy again what you need.", tuple(broken))
    if moved:
        what = "1 picture is shifted against its input."
        what = what if len(moved) == 1 else f"{len(moved)} pictures are shifted against their inputs."
        if register:
            yield Finding("shifted", TELLS, what, "Such pairs are cropped to what both show.", tuple(moved))
        else:
            advice = "The model would learn to blur: have shifted pairs moved into place."
            yield Finding("shifted", WARNS, what, advice, tuple(moved))


def _is_moved(pair: Pair, scale: int) -> bool | None:
    """Return whether a pair is surely shifted; None where one of its files cannot be read."""
    try:
        down, right, sure = shift(read_pair(pair), scale)
    except InputError:
        return None
    return (down, right) != (0, 0) and sure >= SURE
