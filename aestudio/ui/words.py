"""Numbers and durations as people say them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aestudio.jobs.events import DOUBTFUL
from aestudio.ui.language import tr

if TYPE_CHECKING:
    from aestudio.jobs.events import InventedReady, Judged, Progress, Started


def seconds_left(seconds: float) -> str:
    """Return ``about 40 s left``, or nothing while unknown."""
    if seconds < 0:
        return ""
    if seconds < 1:
        return tr("less than 1 s left")
    if seconds < 90:
        return tr("about {seconds} s left").format(seconds=round(seconds))
    if seconds < 5400:
        return tr("about {minutes} min left").format(minutes=round(seconds / 60))
    return tr("about {hours:.1f} h left").format(hours=seconds / 3600)


def size(width: int, height: int) -> str:
    """Return ``6000 × 4000`` with its megapixels."""
    mega = width * height / 1e6
    return f"{width} × {height}" + (tr(", {mega:.3g} MP").format(mega=mega) if mega >= 0.1 else "")


def task(name: str) -> str:
    """Return the name of the page where models of that task are used."""
    return {"denoise": tr("Denoise"), "upscale": tr("Super-resolution"), "vae": tr("Generate")}.get(name, name)


def pictures(number: int) -> str:
    """Return ``1 picture`` or ``12 pictures``."""
    return tr("1 picture") if number == 1 else tr("{n} pictures").format(n=number)


def working(verb: str, progress: Progress | None) -> str:
    """Return ``Restoring… 3 of 8 tiles, about 4 s left``."""
    if progress is None:
        return verb
    sentence = tr("{verb} {done} of 1 tile") if progress.total == 1 else tr("{verb} {done} of {total} tiles")
    tiles = sentence.format(verb=verb, done=progress.done, total=progress.total)
    return tr(", ").join(part for part in (tiles, seconds_left(progress.seconds_left)) if part)


def filling(progress: Progress | None) -> str:
    """Return how far the part out of sight is, or nothing where it is all there."""
    if progress is None or progress.done >= progress.total:
        return ""
    share = 100 * progress.done // progress.total
    return tr("The rest is filled in while nothing else is to be done: {share}%.").format(share=share)


def picture_kind(started: Started | None) -> str:
    """Return what is to be known of a picture before a result of it is trusted, or nothing."""
    if started is None:
        return ""
    if started.damage == "blocks":
        return tr("⚠ The picture is strongly compressed, and this model sharpens its blocks too.")
    if started.damage == "noise":
        return tr("⚠ The picture is noisy, and this model sharpens its grain too.")
    if started.unlike:
        return tr("⚠ Unlike the pictures that this model was trained on: look closely at the result.")
    return ""


def verdict(judged: Judged, strength: float = 1.0) -> str:
    """Return what the difference of before and after says about the strength; ``strength`` of it, 0..1, is shown."""
    if not strength:
        return tr("At this strength nothing is removed.")
    if strength < 1 and judged.kind == "edges":
        return tr("At full strength more than noise is removed; {share:.0%} of it is taken.").format(share=strength)
    if strength < 1 and judged.kind == "left":
        return tr("Some noise is left: {share:.0%} of what could be is removed.").format(share=strength)
    if judged.kind == "left" and judged.blind:
        return tr("⚠ Some noise or compression seems to be left: a noise level set by hand removes more.")
    if judged.kind == "edges" and judged.blind:
        return tr("⚠ In smooth parts more was removed than there seems to be noise: lower the strength.")
    return {
        "nothing": tr("Next to nothing was removed."),
        "noise": tr("What was removed looks like noise."),
        "left": tr("⚠ Some noise seems to be left: raise the noise level."),
        "edges": tr("⚠ Edges were removed too: lower the strength or the noise level."),
    }.get(judged.kind, "")


def grain(judged: Judged, strength: float = 1.0) -> str:
    """Return how strong what was removed is and how alike it is from pixel to pixel, where ``strength`` of it is."""
    side = math.isqrt(len(judged.correlogram))
    middle = side // 2
    beside, below = (judged.correlogram[n] for n in (middle * side + middle + 1, (middle + 1) * side + middle))
    alike = f"{round(50 * (beside + below))}".replace("-", "−")
    words = tr("{removed:.1f} of 255 was removed; its neighbouring pixels are {alike}% alike (white noise: 0%).")
    return words.format(removed=judged.removed * strength, alike=alike)


def invented(ready: InventedReady) -> str:
    """Return how far the result in sight is likely to be off, as a figure and in words."""
    if ready.share < 0.005:
        return tr("In sight, the result is likely off by {error:.1f} of 255, and nowhere by much.").format(
            error=ready.error
        )
    words = tr("In sight, the result is likely off by {error:.1f} of 255; {share:.0%} of it by more than {much:.0f}.")
    return words.format(error=ready.error, share=ready.share, much=DOUBTFUL)


def done(started: Started | None) -> str:
    """Return what was done, with the noise that was found or the size that was made."""
    if started is None:
        return tr("Done.")
    if started.noise is not None:
        how = tr("Done. Noise measured at {noise:.1f} of 255.")
        if not started.estimated:
            how = tr("Done. Noise set to {noise:.1f} of 255.")
        return how.format(noise=started.noise)
    return tr("Done. {size}.").format(size=size(started.width, started.height))


def damage(ranges: object) -> str:
    """Return what a card says that its model learned to undo, as a sentence; nothing where it says none."""
    if not isinstance(ranges, dict):
        return ""
    patterns = {
        "blur": tr("blur of {low:g} to {high:g} pixels"),
        "shrink": tr("downscaling by {low:g} to {high:g}"),
        "camera": tr("camera noise of ISO {low:g} to {high:g}"),
        "gaussian": tr("Gaussian noise of {low:g} to {high:g} (of 255)"),
        "jpeg": tr("JPEG of quality {low:g} to {high:g}"),
    }
    parts = []
    for kind, words in patterns.items():
        span = ranges.get(kind)
        if isinstance(span, list | tuple) and len(span) == 2 and all(isinstance(v, int | float) for v in span):
            parts.append(words.format(low=span[0], high=span[1]))
    return tr("Learned to undo: {damage}.").format(damage=tr(", ").join(parts)) if parts else ""
