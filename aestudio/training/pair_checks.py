"""What is wrong with pairs before a run: files alone or not to be read, and pairs whose two pictures do not fit."""

from __future__ import annotations

import enum
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aestudio.errors import InputError
from aestudio.training.alignment import SURE, shift, unrelated
from aestudio.training.doctor import STOPS, TELLS, WARNS, Finding
from aestudio.training.pair_reading import read_pair
from aestudio.training.pairs import Pair, check_scale, none_readable, ratios_of

MOST = 200
"""Pairs that are compared: each is decoded whole, and shifts are of a whole series mostly."""


class _Fit(enum.Enum):
    """How the two pictures of a pair lie on one another."""

    FITS = enum.auto()
    SHIFTED = enum.auto()
    UNRELATED = enum.auto()
    UNREADABLE = enum.auto()


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
    found: dict[_Fit, list[Pair]] = {fit: [] for fit in _Fit}
    compared = 0
    # decoding and transforming let other threads run
    with ThreadPoolExecutor(workers) as pool:
        for start in range(0, len(pairs), workers):
            some = pairs[start : start + workers]
            for pair, fit in zip(some, pool.map(lambda pair: _fit(pair, scale), some), strict=True):
                compared += 1
                found[fit].append(pair)
            if time.monotonic() > end:
                break
    broken = tuple(pair.given for pair in found[_Fit.UNREADABLE])
    if len(broken) == compared:
        error = none_readable()
        yield Finding("unreadable", STOPS, error.what, error.advice, broken)
    elif broken:
        what = "1 pair cannot be read." if len(broken) == 1 else f"{len(broken)} pairs cannot be read."
        yield Finding("unreadable", WARNS, what, "Left out of the run; copy again what you need.", broken)
    strange = tuple(pair.truth for pair in found[_Fit.UNRELATED])
    if strange:
        what = "1 picture shows something else than its input."
        what = what if len(strange) == 1 else f"{len(strange)} pictures show something else than their inputs."
        advice = "The model would learn to guess: look whether they are pairs."
        yield Finding("unrelated", WARNS, what, advice, strange, strange)
    moved = tuple(pair.truth for pair in found[_Fit.SHIFTED])
    if moved:
        what = "1 picture is shifted against its input."
        what = what if len(moved) == 1 else f"{len(moved)} pictures are shifted against their inputs."
        if register:
            yield Finding("shifted", TELLS, what, "Such pairs are cropped to what both show.", moved)
        else:
            advice = "The model would learn to blur: have shifted pairs moved into place."
            yield Finding("shifted", WARNS, what, advice, moved)


def _fit(pair: Pair, scale: int) -> _Fit:
    try:
        twins = read_pair(pair)
        down, right, sure = shift(twins, scale)
    except InputError:
        return _Fit.UNREADABLE
    if (down, right) != (0, 0) and sure >= SURE:
        return _Fit.SHIFTED
    return _Fit.UNRELATED if unrelated(twins) else _Fit.FITS
