"""What the engine works with from job to job: decoded pictures, results, a device and the networks on it."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace

from aestudio.engine import device as devices
from aestudio.engine.restore import with_smaller_tiles
from aestudio.engine.session import Session, SessionCache
from aestudio.errors import StudioError, WeightsError
from aestudio.imageio.picture import Picture
from aestudio.jobs.files import Tools, make_work
from aestudio.jobs.results import Memory, PictureCache, ResultCache, StoredResult
from aestudio.jobs.spec import Restoration

log = logging.getLogger(__name__)

# Smaller than for files: the first tile of what is on screen shows sooner. On a processor a tile of 384 takes half
# the time of one of 512, and a picture of them 8 % more (measured on the shipped denoisers).
VIEW_TILE = {"cpu": 384, "cuda": 512, "mps": 512}
# What the very first look at a result keeps of a side, in source pixels of a denoiser: on a processor a window for it
# takes a third of the time of a tile. A GPU is fast enough without.
FIRST_LOOK = {"cpu": 112, "cuda": 0, "mps": 0}


class Held:
    """Pictures (for any thread), results and tools (for the one that computes), within a limit of memory.

    ``device`` is what the person prefers, ``memory`` the limit in megabytes (0: the program's own).
    """

    def __init__(self, device: str, memory: int) -> None:
        self._pictures = PictureCache()
        self.results = ResultCache()
        self.tools = self._equip(device, memory)

    def configure(self, device: str, memory: int) -> None:
        """Work with another device or limit; what another device made is let go of."""
        earlier, self.tools = self.tools.choice, self._equip(device, memory)
        if earlier.device != self.tools.choice.device:
            self.results.clear()

    def _equip(self, device: str, megabytes: int) -> Tools:
        """Return the device and networks to work with, and let the caches keep within a limit of memory."""
        memory = Memory.within(megabytes)
        self._pictures.memory = memory
        self._pictures.trim()
        self.results.memory = memory
        self.results.trim()
        return Tools(_choose(device), SessionCache(), largest=memory.window, max_bytes=memory.picture)

    def picture(self, path: str, max_pixels: int) -> Picture:
        """Return the picture of a file. Raises InputError."""
        return self._pictures.get(path, max_pixels)

    def forget(self, path: str) -> None:
        """Drop what is held of a file."""
        self.results.forget(path)
        self._pictures.forget(path)

    def result(self, path: str, restoration: Restoration, max_pixels: int) -> StoredResult:
        """Return what is held of a result, or a new one of which nothing is computed yet."""
        picture = self.picture(path, max_pixels)
        session = self.tools.session_for(restoration)
        kept = self._kept(path, restoration, picture, session)
        if kept is None:
            work = make_work(picture, restoration, session, self.tools.sessions)
            kept = StoredResult(work, self._view_tile(session), first_look(session))
            self.results.put(path, restoration, kept)
        return kept

    def kept(self, path: str, restoration: Restoration) -> StoredResult | None:
        """Return what is held of a result, if it is by the weights that its model has now; of a lost model: any."""
        found = self.results.find(path, restoration)
        if found is not None:
            with contextlib.suppress(WeightsError):
                return found if found.work.session.model == self.tools.session_for(restoration).model else None
        return found

    def with_result(
        self, path: str, restoration: Restoration, max_pixels: int, use: Callable[[StoredResult], None]
    ) -> None:
        """Call ``use`` with what is held of a result; where it runs out of memory, again with one of smaller tiles."""
        picture = self.picture(path, max_pixels)
        session = self.tools.session_for(restoration)
        kept = self._kept(path, restoration, picture, session)
        work = make_work(picture, restoration, session, self.tools.sessions) if kept is None else kept.work

        def attempt(on: Session, tile: int) -> None:
            nonlocal kept
            if kept is None or (kept.work.session, kept.tile) != (on, tile):
                kept = StoredResult(replace(work, session=on), tile, first_look(on))
                self.results.put(path, restoration, kept)
            use(kept)

        tile = kept.tile if kept else self._view_tile(session)
        with_smaller_tiles(attempt, work.session, self.tools.sessions, tile)

    def _kept(self, path: str, restoration: Restoration, picture: Picture, session: Session) -> StoredResult | None:
        """Return the result that is held of these very pixels and weights, complete or not."""
        kept = self.results.find(path, restoration)
        same = kept is not None and kept.work.picture is picture and kept.work.session.model == session.model
        return kept if same else None

    def _view_tile(self, session: Session) -> int:
        """Return the windows' side for what is looked at, in source pixels."""
        return min(VIEW_TILE[session.choice.device.type], self.tools.tile_for(session))


def first_look(session: Session) -> int:
    """Return how many source pixels of a side the first look at a result keeps, or 0 for a whole tile."""
    # as for tiles: an upscaler does as much for a quarter of the pixels
    return FIRST_LOOK[session.choice.device.type] // (2 if session.card.scale > 1 else 1)


def _choose(wanted: str) -> devices.DeviceChoice:
    """Return the device that the person prefers, or the one that is there where theirs is gone."""
    try:
        return devices.choose(wanted)
    except StudioError as error:
        log.warning("%s", error)
        return devices.choose()
