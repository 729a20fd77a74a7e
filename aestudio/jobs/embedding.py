"""The pictures of a folder as points: read ahead, encoded in batches, and remembered for the next time."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import zipfile
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio import paths
from aestudio.engine.embed import Embedding, Fitted, embed, fit_picture
from aestudio.engine.generate import check_encoder, latent_network
from aestudio.engine.session import Session
from aestudio.errors import InputError, StudioError
from aestudio.imageio.folders import walk_pictures
from aestudio.imageio.picture import Picture
from aestudio.imageio.reader import open_picture, read_picture
from aestudio.imageio.resample import resize, to_uint8
from aestudio.imageio.thumbnail import draft
from aestudio.jobs.clock import Clock
from aestudio.jobs.events import Progress
from aestudio.jobs.mapping import EmbedFolder, FolderEmbedded
from aestudio.whole_file import whole_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

Wait = Callable[["Future[Any]"], Any]

BATCH = 32
READERS = 2
THUMBNAIL = 40
"""The longest side of what is shown of a picture on the map."""
KEPT_FOLDERS = 24
# A photograph this many times larger than a model takes is decoded at a fraction of its size.
_MUCH_LARGER = 4
# Where a card names no limit: a loss so many robust standard deviations above the folder's median is not its kind.
_FAR = 5.0
_ENOUGH = 20


@dataclass(frozen=True)
class Row:
    """What is known of one picture."""

    vector: NDArray[np.float32]
    loss: float
    psnr: float
    unlike: bool
    label: int
    thumbnail: NDArray[np.uint8]


def embed_folder(job: EmbedFolder, session: Session, wait: Wait, tell: Callable[[Progress], None]) -> FolderEmbedded:
    """Return a folder's pictures as points.

    ``wait`` returns the result of a future and lets other jobs run meanwhile; what it raises ends this one, and what
    was encoded until then is remembered. Raises InputError for a folder that is not there, has no pictures,
    or none that can be read.
    """
    folder = Path(job.folder)
    # before anything is read: a model without an encoder says so
    check_encoder(session)
    network = latent_network(session)
    memory = Memory(folder, session)
    pool = ThreadPoolExecutor(READERS, "folder-reader")
    skipped: list[tuple[str, str]] = []
    try:
        keys = wait(pool.submit(_pictures_in, folder))
        if not keys:
            raise InputError(f"There are no pictures in {folder}.", "Choose another folder.")
        wait(pool.submit(memory.load))
        missing = [key for key in keys if key not in memory.rows]
        known, clock = len(keys) - len(missing), Clock(len(keys), len(keys) - len(missing))
        reading: deque[tuple[str, Future[Fitted]]] = deque()
        upcoming = iter(missing)
        batch: list[tuple[str, NDArray[np.uint8]]] = []
        done = known
        while True:
            while len(reading) < 2 * BATCH and (key := next(upcoming, None)) is not None:
                path = folder / _name(key)
                reading.append((key, pool.submit(read_fitted, path, network.size, network.channels, job.max_pixels)))
            if reading:
                key, future = reading.popleft()
                try:
                    batch.append((key, wait(future).pixels))
                except InputError as error:
                    skipped.append((_name(key), error.what))
                done += 1
            if batch and (len(batch) == BATCH or not reading):
                memory.rows.update(_encode(session, batch))
                batch = []
            if done % 8 == 0 or not reading:
                tell(clock.tick(job.id, done))
            if not reading:
                break
    finally:
        # a file that is being read would hold up a cancelled job
        pool.shutdown(wait=False, cancel_futures=True)
        memory.save()
    rows = [(key, memory.rows[key]) for key in keys if key in memory.rows]
    if not rows:
        raise InputError(f"None of the pictures in {folder} can be read.", "Choose another folder.")
    return _answer(job, rows, session, tuple(skipped), known)


def not_its_kind(losses: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which of a folder's losses (N,) stand far out, by the median and the median absolute deviation."""
    if len(losses) < _ENOUGH:
        return np.zeros(len(losses), bool)
    middle = np.median(losses)
    spread = 1.4826 * np.median(np.abs(losses - middle))
    far: NDArray[np.bool_] = losses > middle + _FAR * max(float(spread), 1e-6)
    return far


def _answer(
    job: EmbedFolder, rows: list[tuple[str, Row]], session: Session, skipped: tuple[tuple[str, str], ...], known: int
) -> FolderEmbedded:
    files = tuple(_name(key) for key, _ in rows)
    above = [Path(file).parts[0] if len(Path(file).parts) > 1 else "" for file in files]
    names = tuple(sorted(set(above)))
    labels = np.array([row.label for _, row in rows], np.int32)
    if len(names) > 1:
        groups = np.array([names.index(name) for name in above], np.int32)
        names = tuple(name or Path(job.folder).name for name in names)
    elif session.card.classes:
        names, groups = tuple(session.card.classes), labels
    else:
        names, groups = (names[0] or Path(job.folder).name,), np.zeros(len(rows), np.int32)
    unlike = np.array([row.unlike for _, row in rows])
    if "loss_limit" not in session.card.statistics:
        unlike = not_its_kind(np.array([row.loss for _, row in rows], np.float32))
    return FolderEmbedded(
        job.id,
        job.folder,
        files,
        np.stack([row.vector for _, row in rows]),
        np.array([row.psnr for _, row in rows], np.float32),
        unlike,
        groups,
        names,
        np.stack([row.thumbnail for _, row in rows]),
        labels,
        skipped,
        known - sum(1 for name, _ in skipped if name in files),
    )


def _encode(session: Session, batch: list[tuple[str, NDArray[np.uint8]]]) -> dict[str, Row]:
    pixels = np.stack([each for _, each in batch])
    found: Embedding = embed(session, pixels)
    return {
        key: Row(
            found.z_mean[n],
            float(found.loss[n]),
            float(found.psnr[n]),
            bool(found.unlike[n]),
            -1 if found.labels is None else int(found.labels[n]),
            _small(pixels[n]),
        )
        for n, (key, _) in enumerate(batch)
    }


def _small(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if pixels.shape[0] <= THUMBNAIL:
        return pixels
    return to_uint8(resize(pixels.astype(np.float32), (THUMBNAIL, THUMBNAIL)))


def _pictures_in(folder: Path) -> list[str]:
    """Return name, size and time of change of each picture below a folder, as one word each, sorted by name."""
    if not folder.is_dir():
        raise InputError(f"The folder {folder} is not there.", "Choose another folder.")
    found = []
    for top, name in walk_pictures(folder):
        path = Path(top, name)
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append(f"{status.st_size}|{status.st_mtime_ns}|{path.relative_to(folder).as_posix()}")
    return sorted(found, key=_name)


def _name(key: str) -> str:
    return key.split("|", 2)[2]


def read_fitted(path: Path, size: int, channels: int, max_pixels: int = 0) -> Fitted:
    """Return a picture as the model takes it. Raises InputError, also for what no reader foresaw."""
    limits = {"max_pixels": max_pixels} if max_pixels else {}
    try:
        with open_picture(path, **limits) as reader:
            info = reader.info
            shorter, longer = sorted((info.width, info.height))
            if info.format == "jpeg" and shorter > _MUCH_LARGER * size:
                # the pixels themselves: a camera's small copy may be of what the picture was before
                return fit_picture(Picture(info, draft(reader, -(-size * longer // shorter)), None), size, channels)
        return fit_picture(read_picture(path, **limits), size, channels)
    except StudioError:
        raise
    except Exception as error:  # a file from anywhere: it may cost itself and no other
        log.warning("%s could not be read: %r", path, error)
        raise InputError(f"{path.name} cannot be read.") from error


class Memory:
    """What was found out about a folder's pictures by one model, in a file that may be thrown away at any time."""

    def __init__(self, folder: Path, session: Session) -> None:
        self.rows: dict[str, Row] = {}
        # the number says how pictures are read and told from what they are not: another one knows nothing of these
        known_by = f"2|{session.model.digest()}|{folder.absolute()}"
        name = hashlib.sha256(known_by.encode(errors="surrogateescape"))
        self._file = paths.cache_folder() / "embeddings" / f"{name.hexdigest()[:32]}.npz"
        self._loaded = 0

    def load(self) -> None:
        """Read what is remembered; nothing, where the file is missing or damaged."""
        try:
            with self._file.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                parts = [stored[name] for name in ("vectors", "loss", "psnr", "unlike", "labels", "thumbnails")]
                keys = bytes(stored["keys"]).decode(errors="surrogateescape").split("\n")
            for key, vector, loss, psnr, unlike, label, small in zip(keys, *parts, strict=True):
                self.rows[key] = Row(vector, float(loss), float(psnr), bool(unlike), int(label), small)
            self._loaded = len(self.rows)
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            log.warning("what was remembered of a folder is damaged: %r", error)
            self.rows = {}

    def save(self) -> None:
        """Remember everything, whole or not at all; a full disk costs only the memory."""
        keys = [key for key in self.rows if "\n" not in key]
        if len(self.rows) == self._loaded or not keys:
            return
        rows = [self.rows[key] for key in keys]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self._file) as file:
                np.savez(
                    file,
                    keys=np.frombuffer("\n".join(keys).encode(errors="surrogateescape"), np.uint8),
                    vectors=np.stack([row.vector for row in rows]),
                    loss=np.array([row.loss for row in rows]),
                    psnr=np.array([row.psnr for row in rows]),
                    unlike=np.array([row.unlike for row in rows]),
                    labels=np.array([row.label for row in rows]),
                    thumbnails=np.stack([row.thumbnail for row in rows]),
                )
            kept = sorted(self._file.parent.glob("*.npz"), key=lambda path: path.stat().st_mtime)
            for old in kept[:-KEPT_FOLDERS]:
                old.unlink(missing_ok=True)
        except OSError as error:
            log.warning("a folder could not be remembered: %r", error)
