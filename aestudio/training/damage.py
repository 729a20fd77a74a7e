"""What a person says that happens to clean pictures before a network sees them: plain ranges, without torch."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aestudio.errors import SettingsError

Range = tuple[float, ...]
"""(lowest, highest), each picture draws its own; empty where that kind of damage does not happen."""
METHODS = ("bicubic", "bilinear", "area", "nearest")
LIMITS: dict[str, tuple[float, float]] = {
    "blur": (0.0, 3.0),
    "shrink": (1.0, 4.0),
    "camera": (50.0, 102_400.0),
    "gaussian": (0.0, 100.0),
    "jpeg": (5.0, 100.0),
}
"""What each range must lie within, in its unit."""


@dataclass(frozen=True)
class Damage:
    """Kinds of damage in the order in which they happen, each a ``Range``; ``training.degradation.spoil`` does it.

    ``blur``: the standard deviation of a Gaussian in pixels. ``shrink``: how many times smaller a picture was made,
    and enlarged again, by ``method``; an upscaler's own factor comes on top. ``camera``: a sensor's gain, as an ISO
    number. ``gaussian``: the standard deviation of white noise in 8-bit units. ``jpeg``: libjpeg's quality, the
    damage is strongest where it is lowest. Raises SettingsError for a range that is none or is out of LIMITS.
    """

    blur: Range = ()
    shrink: Range = ()
    method: str = "bicubic"
    camera: Range = ()
    gaussian: Range = ()
    jpeg: Range = ()

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise SettingsError(f"There is no method “{self.method}”.", f"Choose one of {', '.join(METHODS)}.")
        for kind, (least, most) in LIMITS.items():
            given: Sequence[float] = getattr(self, kind)
            if not isinstance(given, (list, tuple)) or not all(isinstance(v, (int, float)) for v in given):
                raise SettingsError(f"The range of {kind} is not made of numbers.", "Give a lowest and a highest one.")
            if given and not (len(given) == 2 and least <= given[0] <= given[1] <= most):
                raise SettingsError(
                    f"The range of {kind} is out of bounds.",
                    f"Give a lowest and a highest number within {least:g} to {most:g}.",
                )
            object.__setattr__(self, kind, tuple(float(v) for v in given))

    @property
    def kinds(self) -> dict[str, Range]:
        """The kinds of damage that happen, in their order, with their ranges."""
        return {kind: getattr(self, kind) for kind in LIMITS if getattr(self, kind)}

    def at(self, strength: float) -> Damage:
        """Return the one damage of ``strength`` in 0..1: each range at its mildest for 0, at its strongest for 1."""
        fixed: dict[str, Any] = {}
        for kind, (low, high) in self.kinds.items():
            value = high - strength * (high - low) if kind == "jpeg" else low + strength * (high - low)
            fixed[kind] = (value, value)
        return dataclasses.replace(self, **fixed)
