"""Animations: frames to a GIF or an animated WebP, one at a time, whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import OutputError, SettingsError
from aestudio.imageio.writer import failure_of
from aestudio.whole_file import whole_file

if TYPE_CHECKING:
    from PIL import Image

Frames = Iterator[NDArray[np.uint8]]
Animation = Literal["gif", "webp"]
MOST_PIXELS = 2**28
"""Of all frames together: a GIF is put together in memory, a byte for each."""
LEAST_SECONDS = 0.02
"""Browsers show what is faster than this slowly."""
_QUALITY = 90


def check_animation(frames: int, side: int, seconds: float, plays: int) -> None:
    """Raise SettingsError for an animation that cannot be: of no frames, too large, or too fast.

    ``plays``: how often it is shown, 0 for ever.
    """
    if frames < 1:
        raise SettingsError("An animation of no frames cannot be written.", "Set at least two pins.")
    if not 1 <= side <= 4096:
        raise SettingsError(f"A size of {side} pixels is out of range.", "Choose 1 to 4096.")
    if not LEAST_SECONDS <= seconds <= 60:
        raise SettingsError(f"A frame of {seconds:g} seconds is out of range.", f"Choose {LEAST_SECONDS:g} to 60.")
    if not 0 <= plays <= 1000:
        raise SettingsError(f"An animation is not shown {plays} times.", "Choose 1 to 1000, or 0 for ever.")
    if frames * side**2 > MOST_PIXELS:
        raise SettingsError(
            f"An animation of {frames} frames of {side} pixels is too large to write.",
            "Choose a smaller size, fewer frames, or single files.",
        )


def write_animation(
    frames: Frames, count: int, target: Path, form: Animation, side: int, seconds: float, plays: int = 0
) -> None:
    """Write ``count`` uint8 frames (H, W, 1 or 3), enlarged to ``side`` pixels, over what is there.

    What ``frames`` raises passes through, and nothing is written. Raises OutputError where it cannot be written.
    """
    try:
        if target.is_dir():
            raise OutputError(f"{target} is a folder.", "Name a file in it.")
        with whole_file(target) as file:
            _write(frames, count, file, form, side, seconds, plays)
    except (OSError, ValueError, MemoryError) as cause:
        raise failure_of(target, cause) from cause


def animation_bytes(frames: Frames, count: int, form: Animation, side: int, seconds: float) -> int:
    """Return how many bytes an animation of these frames takes."""
    file = io.BytesIO()
    _write(frames, count, file, form, side, seconds, 0)
    return file.tell()


def enlarged(pixels: NDArray[np.uint8], side: int) -> Image.Image:
    """Return a frame (H, W, 1 or 3) of ``side`` pixels, smoothly where that is not its own size."""
    from PIL import Image

    image = Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels)
    return image if image.width == side else image.resize((side, side), Image.Resampling.BICUBIC)


def _write(frames: Frames, count: int, file: IO[bytes], form: Animation, side: int, seconds: float, plays: int) -> None:
    reel = _Reel(frames, side, count)
    # both formats count in whole numbers: a GIF in hundredths of a second
    milliseconds = round(seconds * 100) * 10 if form == "gif" else round(seconds * 1000)
    options: dict[str, Any] = {"save_all": True, "append_images": reel, "duration": milliseconds}
    if form == "webp":
        options |= {"quality": _QUALITY, "loop": plays}
    elif plays != 1:
        # a GIF says how often it is shown again, and nothing where it is shown once
        options["loop"] = max(plays - 1, 0)
    reel.now.save(file, form.upper(), **options)


class _Reel:
    """Frames as Pillow takes those behind the first. It makes a list of them, so each is made when it is looked at."""

    def __init__(self, frames: Frames, side: int, count: int) -> None:
        self._frames, self._side, self._count = frames, side, count
        self.now = self.advance()

    def advance(self) -> Image.Image:
        """Make the next frame."""
        self.now = enlarged(next(self._frames), self._side)
        return self.now

    def __iter__(self) -> Iterator[_Later]:
        return (_Later(self) for _ in range(self._count - 1))


class _Later:
    """A frame that is made when Pillow turns to it, and forgotten when it turns to the next."""

    n_frames = 1

    def __init__(self, reel: _Reel) -> None:
        self._reel = reel

    def seek(self, number: int) -> None:
        if number:
            raise EOFError
        self._reel.advance()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - an image's
        return getattr(self._reel.now, name)
