"""Paths through a latent space written as animations and files, between the engine process and the engine."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aestudio.engine import generate
from aestudio.engine.session import Session
from aestudio.errors import OutputError
from aestudio.imageio.animation import animation_bytes, check_animation, enlarged, write_animation
from aestudio.jobs.clock import Clock
from aestudio.jobs.events import Progress
from aestudio.jobs.files import write_pictures
from aestudio.jobs.walks import EstimateWalk, ExportWalk

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 16


def export_walk(
    job: ExportWalk,
    session: Session,
    check: Callable[[], None],
    tell: Callable[[Progress], None],
    overwrite: bool = False,
) -> None:
    """Write the frames of a path; ``check`` is called between them and may raise, ``tell`` hears how far it is.

    Raises SettingsError for what cannot be written, OutputError where a file cannot, or where one of single files is
    there already and not to be replaced (``overwrite``): then none is written.
    """
    count = len(job.vectors)
    check_animation(count, job.side if job.form != "png" else 1, job.seconds, job.plays)
    clock = Clock(count)

    def watched() -> Iterator[NDArray[np.uint8]]:
        for number, frame in enumerate(_frames(job, session)):
            check()
            yield frame
            if number % _BATCH == _BATCH - 1 or number == count - 1:
                tell(clock.tick(job.id, number + 1))

    if job.form != "png":
        write_animation(watched(), count, Path(job.target), job.form, job.side, job.seconds, job.plays)
        return
    targets = [Path(job.target) / f"{job.stem}-{number:04d}.png" for number in range(count)]
    there = next((target for target in targets if target.exists()), None)
    if there is not None and not overwrite:
        raise OutputError(f"{there.name} is in that folder already.", "Choose another folder.")
    for target, frame in zip(targets, watched(), strict=True):
        write_pictures(_array(frame, job.side), target, overwrite)


def walk_bytes(job: EstimateWalk, session: Session) -> int:
    """Return about how many bytes the whole path takes, by some of its frames. Raises SettingsError."""
    check_animation(job.frames, job.side if job.form != "png" else 1, job.seconds, 0)
    frames = list(_frames(job, session))
    if job.form == "png":
        file = io.BytesIO()
        for frame in frames:
            enlarged(frame, job.side).save(file, "PNG")
        return file.tell() * job.frames // len(frames)
    # the first frame is whole, those behind it only what changes
    first = animation_bytes(iter(frames[:1]), 1, job.form, job.side, job.seconds)
    some = animation_bytes(iter(frames), len(frames), job.form, job.side, job.seconds)
    return first + (some - first) * (job.frames - 1) // max(1, len(frames) - 1)


def _frames(job: ExportWalk | EstimateWalk, session: Session) -> Iterator[NDArray[np.uint8]]:
    for start in range(0, len(job.vectors), _BATCH):
        which = slice(start, start + _BATCH)
        labels = np.array(job.labels[which]) if job.labels else None
        yield from generate.decode(session, job.vectors[which], labels)


def _array(frame: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    pixels = np.asarray(enlarged(frame, side))
    return pixels[:, :, None] if pixels.ndim == 2 else pixels
