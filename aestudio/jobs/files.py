"""One file restored into another: read, restore, write, with computing and writing side by side.

What the command line and the engine process share. A target exists whole or not at all.
"""

from __future__ import annotations

import dataclasses
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.catalog import store
from aestudio.catalog.card import Card
from aestudio.catalog.store import Model
from aestudio.engine import device as devices
from aestudio.engine.damage import damage
from aestudio.engine.device import DeviceChoice
from aestudio.engine.kind import is_known, strangeness
from aestudio.engine.memory import free_memory
from aestudio.engine.restore import RestoredTile, Work, mixed, tiles, with_smaller_tiles
from aestudio.engine.session import Floats, Session, SessionCache
from aestudio.errors import OutputError, SettingsError, WeightsError
from aestudio.imageio.mix import WHOLE, Mix
from aestudio.imageio.picture import Metadata, Picture, PictureInfo
from aestudio.imageio.reader import read_picture
from aestudio.imageio.recipe import Recipe
from aestudio.imageio.values import from_unit, sensible, to_unit
from aestudio.imageio.writer import OutputInfo, create_picture, losses, plan_output
from aestudio.jobs.recipes import recipe_of
from aestudio.jobs.spec import Output, Restoration, Save

# A huge picture is judged by bands of it: more pixels tell nothing new.
_ESTIMATE_PIXELS = 1_000_000
UNLIKE = "It is unlike the pictures that this model was trained on: look closely at the result."
DAMAGED = {
    "blocks": "It is strongly compressed, which this model sharpens too: the model {model} cleans such a picture.",
    "noise": "It is noisy, and its grain grows with it: --clean takes that away first.",
}

Band = tuple[NDArray[Any], NDArray[Any] | None]


@dataclass(frozen=True)
class Report:
    """What became of one file: sizes of the result, the model, device and settings that made it.

    ``megapixels`` are the source's; ``lost`` says in sentences what of it the file cannot hold.
    """

    output: Path
    width: int
    height: int
    seconds: float
    device: str
    model: str
    noise: float | None
    megapixels: float = 0.0
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tools:
    """What every restoration needs: the device and the networks that are already loaded on it.

    ``tile`` is the windows' side where it is not the device's own, ``largest`` what it may be at most, and
    ``max_bytes`` what a picture may take (0: any).
    """

    choice: DeviceChoice
    sessions: SessionCache
    tile: int | None = None
    largest: int = 0
    max_bytes: int = 0

    def session(self, model_id: str) -> Session:
        """Return the session of a model that makes pictures. Raises WeightsError."""
        return self.sessions.get(self._model(model_id, "vae"), self.choice)

    def session_for(self, restoration: Restoration) -> Session:
        """Return the session of a restoration, which may clean the picture first.

        Raises WeightsError where a model is gone, SettingsError where one is not for these settings.
        """
        model = self._model(restoration.model, restoration.task)
        restoration.check(model.card)
        cleaner = self._model(restoration.cleaner, "denoise") if restoration.cleaner else None
        if cleaner is not None and not (cleaner.card.task == "denoise" and cleaner.card.blind):
            raise SettingsError(
                f"The model “{cleaner.card.id}” cannot clean a picture first.",
                "Choose a denoiser that judges the noise by itself.",
            )
        return self.sessions.get(model, self.choice, cleaner)

    def _model(self, model_id: str, task: str) -> Model:
        """Return a model, also one whose file was removed while it is in use. Raises WeightsError."""
        try:
            return store.find(model_id, task)
        except WeightsError:
            loaded = self.sessions.loaded(model_id)
            if loaded is None:
                raise
            return loaded

    def tile_for(self, session: Session) -> int:
        """Return the windows' side for a session: the device's own, or less where ``largest`` says so."""
        side = self.tile or session.default_tile()
        return max(session.smallest_tile(), min(side, self.largest)) if self.largest else side


def tools_for(job: Save, tools: Tools) -> Tools:
    """Return the tools by whose means a result is to be made."""
    if job.means == "processor":
        return Tools(devices.choose("cpu"), tools.sessions)
    if job.means == "small-tiles":
        session = tools.session_for(job.restoration)
        return dataclasses.replace(tools, tile=max(session.smallest_tile(), session.default_tile() // 4))
    return tools


def judge_noise(picture: Picture, session: Session, sessions: SessionCache) -> float:
    """Return the estimated noise of a picture in 8-bit units, within what the models know (0..75).

    Where memory runs out less of the picture is looked at, then by the processor. Raises OutOfMemoryError.
    """
    found: list[float] = []

    def attempt(on: Session, tile: int) -> None:
        share = tile / on.default_tile()
        found.append(on.judge_noise(_sample(picture, int(_ESTIMATE_PIXELS * share**2))))

    with_smaller_tiles(attempt, session, sessions)
    return min(75.0, found[-1])


def _sample(picture: Picture, most: int = _ESTIMATE_PIXELS) -> Floats:
    """Return the picture's values, 0..1, or four bands of a huge one: they tell its noise and kind as well."""
    pixels = _what_is_seen(picture)
    height, width = pixels.shape[:2]
    rows = max(64, most // max(1, width))
    if rows < height:
        starts = np.linspace(0, height - rows // 4, 4, dtype=int)
        pixels = np.concatenate([pixels[s : s + rows // 4] for s in starts])
    return sensible(to_unit(pixels, picture.info.linear))


def _what_is_seen(picture: Picture) -> NDArray[Any]:
    """Return the pixels (h, w, C) within the box around all that is not transparent, or all where nothing is seen."""
    if picture.alpha is None:
        return picture.known
    seen = picture.alpha > 0
    rows, columns = (np.flatnonzero(seen.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return picture.known
    return picture.known[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def is_unlike(picture: Picture, session: Session) -> bool:
    """Return whether the picture is not of the kind that the model was trained on."""
    return strangeness(_sample(picture), session.card.statistics) > 1


def damage_for(picture: Picture, card: Card) -> tuple[str, str]:
    """Return what an enlarging model would sharpen of the picture's damage, and the model that cleans it instead.

    Nothing of both where there is no such damage, or no such model: one for photographs as they lie on disks, which
    makes at least as much of them.
    """
    if card.task != "upscale" or store.cleans(card.id):
        return "", ""
    known = [m.card for m in store.installed(card.task) if store.cleans(m.card.id) and m.card.scale >= card.scale]
    cleaning = min(known, key=lambda other: other.scale, default=None)
    found = damage(_piece(picture)) if cleaning is not None else ""
    return (found, cleaning.id) if found and cleaning is not None else ("", "")


def _piece(picture: Picture) -> Floats:
    """Return the middle of a picture, of at most a megapixel, in which the grid of blocks is nowhere broken."""
    pixels, side = _what_is_seen(picture), 1024
    top, left = (max(0, (n - side) // 2) for n in pixels.shape[:2])
    return sensible(to_unit(pixels[top : top + side, left : left + side], picture.info.linear))


def better_model(picture: Picture, card: Card) -> str:
    """Return the id of an installed model like that of ``card`` whose kind the picture is of, or nothing.

    A model is like another where it does the same task at the same scale and is as blind. One that did no better than
    nothing when it was fitted is not offered.
    """
    sample, like = _sample(picture), (card.task, card.scale, card.blind)
    known = (m.card for m in store.installed(card.task) if (m.card.task, m.card.scale, m.card.blind) == like)
    fitting = {
        c.id: strangeness(sample, c.statistics)
        for c in known
        if c.id != card.id and is_known(c.statistics) and _helps(c)
    }
    best = min(fitting, key=lambda model: fitting[model], default="")
    return best if best and fitting[best] <= 1 else ""


def _helps(card: Card) -> bool:
    """Return whether a model is better than doing nothing, as far as its card says."""
    reached, untouched = (card.training.get(name) or {} for name in ("validation", "doing_nothing"))
    return all(
        reached[measure] > untouched[measure]
        for measure in ("psnr", "simulated")
        if {measure} <= reached.keys() & untouched.keys()
    )


def make_work(picture: Picture, restoration: Restoration, session: Session, sessions: SessionCache) -> Work:
    """Return the work of restoring ``picture``; noise that is not given is estimated.

    Raises SettingsError where the model is not for these settings, OutOfMemoryError.
    """
    restoration.check(session.card)
    sigma = None
    if restoration.task == "denoise":
        sigma = judge_noise(picture, session, sessions) if restoration.noise is None else restoration.noise
    scale = restoration.factor(picture.info.width, picture.info.height)
    return Work(picture, session, sigma, scale, restoration.ensemble)


def restore_file(
    source: Path,
    target: Path,
    restoration: Restoration,
    tools: Tools,
    mix: Mix = WHOLE,
    output: Output | None = None,
    max_pixels: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Restore ``source`` into ``target`` and report. Raises StudioError; nothing half-written remains."""
    started = time.monotonic()
    limits = {"max_pixels": max_pixels} if max_pixels else {}
    picture = read_picture(source, **limits, max_bytes=tools.max_bytes, free=free_memory())
    session = tools.session_for(restoration)
    work = make_work(picture, restoration, session, tools.sessions)
    wanted = output or Output()

    stored: list[OutputInfo] = []

    def attempt(on: Session, tile: int) -> None:
        again = replace(work, session=on)
        steps = tiles(again, tile, cancelled)
        recipe = recipe_of(restoration, again, mix, wanted.dpi) if wanted.recipe else None
        stored.append(write_tiles(again, _watched(steps, progress), mix, target, wanted, recipe))

    used = with_smaller_tiles(attempt, session, tools.sessions, tools.tile_for(session))
    height, width = work.size
    seconds = time.monotonic() - started
    unlike = is_unlike(picture, session)
    damage, cleaning = damage_for(picture, session.card) if session.cleaner is None else ("", "")
    advice = (UNLIKE,) * unlike + ((DAMAGED[damage].format(model=cleaning),) if damage else ())
    notes = (*picture.info.notes, *advice)
    megapixels = picture.info.width * picture.info.height / 1e6
    facts = (used.choice.name, session.card.id, work.sigma, megapixels, notes, losses(picture.info, stored[-1]))
    return Report(target, width, height, seconds, *facts)


def write_tiles(
    work: Work,
    results: Iterable[RestoredTile],
    mix: Mix,
    target: Path,
    output: Output,
    recipe: Recipe | None = None,
) -> OutputInfo:
    """Write the tiles of a picture, which come row by row, while the next ones are computed.

    Raises OutputError; the target is untouched unless all went well. Returns how it was stored.
    """
    info = work.picture.info
    height, width = work.size
    if target.exists() and info.path.exists() and target.samefile(info.path):
        raise OutputError(f"The result would replace the original, {info.path.name}.", "Choose another name.")
    wanted = (output.format, output.depth, output.quality, output.metadata)
    stored = plan_output(info, width, height, target, *wanted, recipe, output.dpi)
    with create_picture(target, stored, overwrite=output.overwrite) as writer, _Pump(writer.write_rows) as pump:
        alpha = work.alpha() if stored.has_alpha else None
        for rows, row in _bands(results, width):
            parts = [from_unit(mixed(tile, mix, (width, height)), stored.dtype, stored.linear) for tile in row]
            pixels = np.concatenate(parts, axis=1)
            if stored.dtype == info.dtype and (info.dtype.kind == "f" or info.missing is not None):
                _put_back(pixels, _nearest(work.picture.pixels, rows, work.size), work.picture)
            pixels = _colours(pixels, stored.channels)
            pump.put((pixels, None if alpha is None else _alpha_rows(alpha, rows, stored.dtype)))
    return stored


def write_pictures(pixels: NDArray[np.uint8], target: Path, overwrite: bool = False) -> None:
    """Write generated pixels (H, W, 1 or 3) to ``target``; the suffix decides the format. Raises OutputError."""
    height, width, channels = pixels.shape
    info = PictureInfo(
        path=target,
        format="png",
        width=width,
        height=height,
        channels=channels,
        has_alpha=False,
        dtype=np.dtype(np.uint8),
        linear=False,
        metadata=Metadata(),
        notes=(),
        palette=False,
    )
    stored = plan_output(info, width, height, target)
    with create_picture(target, stored, overwrite=overwrite) as writer:
        writer.write_rows(from_unit(to_unit(pixels, False), stored.dtype, stored.linear))


def _watched(
    steps: Iterable[tuple[int, int, RestoredTile]], progress: Callable[[int, int], None]
) -> Iterator[RestoredTile]:
    for number, total, tile in steps:
        yield tile
        progress(number, total)


def _bands(results: Iterable[RestoredTile], width: int) -> Iterator[tuple[slice, list[RestoredTile]]]:
    """Yield (rows, tiles) for each finished row of tiles."""
    row: list[RestoredTile] = []
    for tile in results:
        row.append(tile)
        if tile.x.stop == width:
            yield tile.y, row
            row = []


def _nearest(source: NDArray[Any], rows: slice, size: tuple[int, int]) -> NDArray[Any]:
    """Return the ``rows`` of ``source`` (h, w, C) as if it had the (height, width) ``size``, by its nearest pixels."""
    height, width = source.shape[:2]
    if (height, width) == size:
        return source[rows]
    lines = ((np.arange(rows.start, rows.stop) + 0.5) * height / size[0]).astype(int)
    columns = ((np.arange(size[1]) + 0.5) * width / size[1]).astype(int)
    nearest: NDArray[Any] = source[lines[:, None], columns]
    return nearest


def _put_back(pixels: NDArray[Any], source: NDArray[Any], picture: Picture) -> None:
    """Let what is no number, infinite or without a value be what it is in the ``source``, and nothing else be so."""
    none, odd = picture.missing_in(source), ~np.isfinite(source)
    odd = odd if none is None else odd | none
    mistaken = picture.missing_in(pixels)
    if mistaken is not None:
        pixels[mistaken] = _beside(pixels[mistaken][0])
    if odd.any():
        pixels[odd] = source[odd]


def _beside(value: Any) -> Any:  # noqa: ANN401 - a number of any kind that numpy has
    """Return the number of the same kind that is next to ``value``."""
    if value.dtype.kind == "f":
        return np.nextafter(value, value.dtype.type(1))
    return value - 1 if value else value + 1


def _alpha_rows(alpha: NDArray[Any], rows: slice, dtype: np.dtype[Any]) -> NDArray[Any]:
    piece = alpha[rows]
    return piece if piece.dtype == dtype else from_unit(to_unit(piece, False), dtype, False)


def _colours(pixels: NDArray[Any], channels: int) -> NDArray[Any]:
    """Return (h, w, channels): grey is repeated for formats that only hold colour."""
    return pixels if pixels.shape[2] == channels else np.repeat(pixels, channels, axis=2)


class _Pump:
    """A thread that hands bands to the writer, so that encoding overlaps with computing."""

    def __init__(self, write: Callable[[NDArray[Any], NDArray[Any] | None], None]) -> None:
        self._write = write
        self._queue: queue.Queue[Band | None] = queue.Queue(maxsize=2)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def put(self, band: Band) -> None:
        """Queue a band; raises what writing an earlier one raised."""
        if self._error is not None:
            raise self._error
        self._queue.put(band)

    def __enter__(self) -> _Pump:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._queue.put(None)
        self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    def _run(self) -> None:
        while (band := self._queue.get()) is not None:
            if self._error is None:
                try:
                    self._write(*band)
                except BaseException as error:
                    self._error = error
