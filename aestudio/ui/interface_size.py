"""How large text and controls are, beside what the system says."""

from __future__ import annotations

import os

VARIABLE = "QT_SCALE_FACTOR"
_USUAL = 100

_chosen = _USUAL


def current() -> int:
    """Return the percentage that the application was made with."""
    return _chosen


def choose(percent: int) -> None:
    """Let the application that is made next be so large; one that was made stays as it is.

    A factor that a person gave Qt in the environment goes before.
    """
    global _chosen
    _chosen = percent
    if percent != _USUAL:
        os.environ.setdefault(VARIABLE, f"{percent / 100:g}")
