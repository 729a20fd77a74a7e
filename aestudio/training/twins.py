"""Pictures that are nearly the same, found by their 64-bit hashes without comparing each with each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NEAR = 6
"""Bits of 64 in which the hashes of two copies of a picture may differ. docs/scores.md says how often that is right."""
_BITS = 64


def groups(hashes: Sequence[int | None], near: int = NEAR) -> list[list[int]]:
    """Return the numbers of pictures that belong together, each group in order; None is like nothing.

    Two belong together where their hashes differ in at most ``near`` bits, or a third one connects them.
    """
    numbers = np.array([n for n, value in enumerate(hashes) if value is not None], np.int64)
    values = np.array([value for value in hashes if value is not None], np.uint64)
    unique, inverse = np.unique(values, return_inverse=True)
    parent = list(range(len(unique)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = n = parent[parent[n]]
        return n

    for first, second in pairs(unique, near):
        parent[root(int(second))] = root(int(first))
    found: dict[int, list[int]] = {}
    for number, value in zip(numbers, inverse, strict=True):
        found.setdefault(root(int(value)), []).append(int(number))
    return sorted(group for group in found.values() if len(group) > 1)


def pairs(hashes: NDArray[np.uint64], near: int = NEAR) -> NDArray[np.int64]:
    """Return the pairs (M, 2) of hashes (N,), all different, that differ in at most ``near`` bits.

    Of ``near`` + 1 bands of bits one is the same in both (the pigeonhole principle; Manku, Jain and Das Sarma, WWW
    2007), so only those that share a band are compared: of 100,000 chance hashes one in 70.
    """
    found = [np.zeros((0, 2), np.int64)]
    edges = np.linspace(0, _BITS, near + 2).astype(int)
    for low, high in itertools.pairwise(edges):
        band = (hashes >> np.uint64(low)) & np.uint64((1 << int(high - low)) - 1)
        order = np.argsort(band, kind="stable")
        band, ordered = band[order], hashes[order]
        at, step = np.arange(len(hashes)), 0
        while len(at):
            step += 1
            at = at[at + step < len(hashes)]
            at = at[band[at] == band[at + step]]
            close = at[np.bitwise_count(ordered[at] ^ ordered[at + step]) <= near]
            found.append(np.stack([order[close], order[close + step]], axis=1))
    both: NDArray[np.int64] = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    return both
