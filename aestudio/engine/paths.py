"""Paths through a latent space, from pin to pin. Numpy alone: the window draws them while a pin is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aestudio.errors import SettingsError

if TYPE_CHECKING:
    # numpy takes a tenth of a second to load: the window is painted without it
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Floats = NDArray[np.float64]

Shape = Literal["round", "straight", "smooth"]
MOST_PINS = 5_000
MOST_FRAMES = 10_000


def check_walk(pins: int, steps: int, closed: bool = False) -> int:
    """Return how many frames a path has. Raises SettingsError for one that is too long, or for less than two pins."""
    if pins < 2:
        raise SettingsError("A path leads from one pin to another.", "Set at least two.")
    if pins > MOST_PINS:
        raise SettingsError(f"A path of {pins} pins is too long to walk.", f"Keep at most {MOST_PINS} of them.")
    frames = pins * steps if closed else (pins - 1) * steps + 1
    if frames > MOST_FRAMES:
        raise SettingsError(
            f"A path of {frames} frames is too long.",
            f"Choose fewer frames between pins, or fewer pins: at most {MOST_FRAMES} frames.",
        )
    return frames


def walk(pins: Vectors, shape: Shape, steps: int, closed: bool = False, parts: tuple[int, ...] = ()) -> Vectors:
    """Return the frames (F, latent) of a path through pins (N, latent), ``steps`` of them from one pin to the next.

    ``round``: great circles around the origin, for each of the Gaussian latents of ``parts`` dimensions (all in one by
    default); ``straight``: lines; ``smooth``: a Catmull-Rom spline. A closed path goes back to where it
    began, and its last frame is the one before that. Raises SettingsError as check_walk does.
    """
    import numpy as np

    check_walk(len(pins), steps, closed)
    points = np.asarray(pins, np.float64)
    following = np.roll(points, -1, 0) if closed else points[1:]
    starts = points if closed else points[:-1]
    t = np.arange(steps) / steps
    if shape == "smooth":
        frames = _spline(points, t, closed)
    elif shape == "straight":
        frames = starts[:, None] + t[:, None] * (following - starts)[:, None]
    else:
        edges = np.cumsum(parts or (points.shape[1],))[:-1]
        pairs = zip(np.split(starts, edges, 1), np.split(following, edges, 1), strict=True)
        frames = np.concatenate([slerp(a[:, None], b[:, None], t[None, :, None]) for a, b in pairs], 2)
    whole = frames.reshape(-1, points.shape[1])
    walked: Vectors = (whole if closed else np.concatenate([whole, points[-1:]])).astype(np.float32)
    return walked


def slerp(a: Floats, b: Floats, t: Floats) -> Floats:
    """Return what lies at ``t`` (0..1) of the great circle from ``a`` to ``b``, (..., latent).

    White, "Sampling Generative Networks" (2016), section 2.1. Lengths change evenly from that of ``a`` to that
    of ``b``, so that neither pin pulls the path in. Where both point the same way, or opposite ways so that no
    circle is the shortest, it is a line.
    """
    import numpy as np

    from_norm, to_norm = (np.linalg.norm(v, axis=-1, keepdims=True) for v in (a, b))
    one, two = (v / np.maximum(norm, 1e-12) for v, norm in ((a, from_norm), (b, to_norm)))
    cosine = np.clip((one * two).sum(-1, keepdims=True), -1, 1)
    angle = np.arccos(cosine)
    line = (np.abs(cosine) > 1 - 1e-6) | (from_norm < 1e-9) | (to_norm < 1e-9)
    sine = np.where(line, 1.0, np.sin(angle))
    circle = (np.sin((1 - t) * angle) * one + np.sin(t * angle) * two) / sine
    length = (1 - t) * from_norm + t * to_norm
    found: Floats = np.where(line, (1 - t) * a + t * b, circle * length)
    return found


def _spline(points: Floats, t: Floats, closed: bool) -> Floats:
    """Return (segments, steps, latent) of a uniform Catmull-Rom spline (Catmull and Rom 1974), which meets every point.

    Beyond the ends of an open path lies the mirror image of its first and last step.
    """
    import numpy as np

    if closed:
        around = np.concatenate([points[-1:], points, points[:2]])
    else:
        around = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    p0, p1, p2, p3 = (around[i : len(around) - 3 + i, None] for i in range(4))
    t = t[:, None]
    spline: Floats = 0.5 * (
        2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )
    return spline


def labels_along(labels: tuple[int, ...], steps: int, closed: bool = False) -> tuple[int, ...]:
    """Return the class of every frame, that of the nearest pin; empty where the model has no classes."""
    if not labels or min(labels) < 0:
        return ()
    pairs = zip(labels, (*labels[1:], labels[0]) if closed else labels[1:], strict=False)
    along = [a if 2 * step < steps else b for a, b in pairs for step in range(steps)]
    return tuple(along if closed else [*along, labels[-1]])


def there_and_back(frames: int) -> list[int]:
    """Return the numbers of a path's frames to its end and back again, as a loop: neither end is shown twice."""
    return [*range(frames), *range(frames - 2, 0, -1)]
