"""Numbers and durations as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aestudio.jobs.events import Judged, Progress, Started


def seconds_left(seconds: float) -> str:
    """Return ``about 40 s left``, or nothing while unknown."""
    if seconds < 0:
        return ""
    if seconds < 1:
        return "less than 1 s left"
    if seconds < 90:
        return f"about {round(seconds)} s left"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min left"
    return f"about {seconds / 3600:.1f} h left"


def size(width: int, height: int) -> str:
    """Return ``6000 × 4000`` with its megapixels."""
    mega = width * height / 1e6
    return f"{width} × {height}" + (f", {mega:.3g} MP" if mega >= 0.1 else "")


def count(number: int, one: str, many: str) -> str:
    """Return ``1 picture`` or ``12 pictures``."""
    return f"{number} {one if number == 1 else many}"


def working(verb: str, progress: Progress | None) -> str:
    """Return ``Restoring… 3 of 8 tiles, about 4 s left``."""
    if progress is None:
        return verb
    tiles = f"{verb} {progress.done} of {count(progress.total, 'tile', 'tiles')}"
    return ", ".join(part for part in (tiles, seconds_left(progress.seconds_left)) if part)


def filling(progress: Progress | None) -> str:
    """Return how far the part out of sight is, or nothing where it is all there."""
    if progress is None or progress.done >= progress.total:
        return ""
    share = 100 * progress.done // progress.total
    return f"The rest is filled in while nothing else is to be done: {share}%."


def verdict(judged: Judged) -> str:
    """Return what the difference of before and after says about the strength."""
    return {
        "nothing": "Next to nothing was removed.",
        "noise": "What was removed looks like noise.",
        "left": "⚠ Some noise seems to be left: raise the noise level.",
        "edges": "⚠ Edges were removed too: lower the strength or the noise level.",
    }.get(judged.kind, "")


def done(started: Started | None) -> str:
    """Return what was done, with the noise that was found or the size that was made."""
    if started is None:
        return "Done."
    if started.noise is not None:
        how = "Noise measured at" if started.estimated else "Noise set to"
        return f"Done. {how} {started.noise:.1f} of 255."
    return f"Done. {size(started.width, started.height)}."
