"""Ids of jobs: no two of a process are alike."""

from __future__ import annotations

import itertools
import os

_numbers = itertools.count(1)


def new_id() -> str:
    """Return an id that no other job of this process has."""
    return f"{os.getpid()}-{next(_numbers)}"
