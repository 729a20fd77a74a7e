"""What windows still have to save, kept in the journal so that it survives them.

Each entry is one target with the job that makes it, and belongs to the window that entered it. The entries of a
window that died, by a crash or with the machine, are orphans: the next one offers to go on with them.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aestudio import paths
from aestudio.catalog import store
from aestudio.errors import StudioError
from aestudio.jobs import wire
from aestudio.jobs.ids import new_id
from aestudio.jobs.journal import Journal, fingerprint, stored
from aestudio.jobs.names import numbered
from aestudio.jobs.owner import Owner, bury, is_alive
from aestudio.jobs.spec import Save
from aestudio.jobs.stamps import MISSING, Stamp, seen, stamp
from aestudio.whole_file import partial_prefix

_UNDECIDED = ("id", "target", "means", "max_pixels")
"""Fields of a job that do not decide what its result looks like."""


@dataclass(frozen=True)
class Entry:
    """What became of a job that was to be entered; ``output`` is where its result is or will be.

    ``done``: saved before from the same bytes with the same settings. ``taken``: another window is at it.
    """

    job: str
    verdict: Literal["entered", "done", "taken"]
    output: str = ""


class Waiting:
    """The journal's entries as one window sees them. Every method may raise sqlite3.Error or OSError."""

    def __init__(self, journal: Journal, folder: Path | None = None) -> None:
        self._journal = journal
        self._folder = folder or paths.home() / "owners"
        self._owner = Owner(self._folder)

    def enter(self, jobs: Sequence[Save], again: bool = False) -> list[Entry]:
        """Enter jobs as one batch. What is done already, or being done, is not entered unless ``again``.

        A name that is about to be used gives way to a free one, which the entry says. With ``again`` it was chosen by a
        person: where another window uses it, the job is not entered, and what replaces files may replace this window's.
        """
        batch, entries = uuid.uuid4().hex, []
        weights = {job.restoration.model: _weights(job.restoration.model) for job in jobs}
        with self._journal.transaction() as database:
            others = self._others(database)
            for job in jobs:
                settings = settings_of(job, weights[job.restoration.model])
                target, source = _real(Path(job.target)), Path(job.path)
                known = None if again else self._known(database, job, target, settings, others)
                if known is not None:
                    entries.append(known)
                    continue
                owner, waits = self._at(database, target)
                if again and owner in others:
                    entries.append(Entry(job.id, "taken", job.target))
                    continue
                if owner in others or (owner == self._owner.name and not job.output.overwrite and waits != _alike(job)):
                    target = self._free_name(database, target)
                    job = dataclasses.replace(job, target=str(target))
                row = (stored(target), stored(target.parent), stored(source), *seen(source), settings)
                last = (wire.encode(job), self._owner.name, batch, len(jobs))
                database.execute(f"INSERT OR REPLACE INTO waiting VALUES ({', '.join('?' * 10)})", (*row, *last))
                entries.append(Entry(job.id, "entered", job.target))
        return entries

    def _known(
        self, database: sqlite3.Connection, job: Save, target: Path, settings: str, others: set[str]
    ) -> Entry | None:
        """Return what is known of the same bytes with the same settings in the same folder."""
        source = Path(job.path)
        rows = database.execute(
            "SELECT target, owner FROM waiting WHERE folder = ? AND input = ? AND settings = ?",
            (stored(target.parent), stored(source), settings),
        )
        for name, owner in rows:
            if owner in others:
                return Entry(job.id, "taken", os.fsdecode(name))
        for output in self._journal.outputs(source, seen(source), settings):
            if output.parent == target.parent and output.exists():
                return Entry(job.id, "done", str(output))
        return None

    def _at(self, database: sqlite3.Connection, target: Path) -> tuple[str, Save | None]:
        """Return who is about to write a target, and by a job like which; nobody and None where it is not entered."""
        row = database.execute("SELECT owner, job FROM waiting WHERE target = ?", (stored(target),)).fetchone()
        return ("", None) if row is None else (row[0], _entered(row[1]))

    def _free_name(self, database: sqlite3.Connection, target: Path) -> Path:
        number, free = 2, target
        while free.exists() or database.execute("SELECT 1 FROM waiting WHERE target = ?", (stored(free),)).fetchone():
            free = numbered(target, number)
            number += 1
        return free

    def finish(self, job: Save) -> bool:
        """Take a finished job out and note it as done; return False where its file changed since it was entered.

        Where a later job replaces its file, that one is what is noted, once it is done.
        """
        target, source = _real(Path(job.target)), Path(job.path)
        with self._journal.transaction() as database:
            if self._at(database, target)[1] != _alike(job):
                return True
            row = database.execute(
                "SELECT size, modified, settings FROM waiting WHERE target = ?", (stored(target),)
            ).fetchone()
            database.execute("DELETE FROM waiting WHERE target = ?", (stored(target),))
            unchanged: bool = row[:2] == seen(source)
            if unchanged:
                self._journal.note(source, row[:2], row[2], target)
        return unchanged

    def drop(self, jobs: Iterable[Save]) -> None:
        """Take out jobs that nobody wants any more."""
        with self._journal.transaction() as database:
            for job in jobs:
                target = _real(Path(job.target))
                if self._at(database, target)[1] == _alike(job):
                    database.execute("DELETE FROM waiting WHERE target = ?", (stored(target),))

    def note_engine(self, pid: int) -> None:
        """Note a process that writes for this window, so that what it leaves unfinished can be told from others'."""
        with self._journal.transaction() as database:
            database.execute("INSERT OR REPLACE INTO engines VALUES (?, ?)", (self._owner.name, pid))

    # What dead windows left.

    def orphans(self) -> tuple[int, int]:
        """Return (still to be done, total of their batches) of windows that died, after settling what they did."""
        with self._journal.transaction() as database:
            dead = self._dead(database)
            self._settle(database, dead)
            rows = database.execute("SELECT owner, batch, total FROM waiting").fetchall()
        left = [(batch, total) for owner, batch, total in rows if owner in dead]
        return len(left), sum(dict(left).values())

    def adopt(self) -> list[Save]:
        """Take over what windows that died left, in its order; return the jobs, with ids of this process."""
        with self._journal.transaction() as database:
            dead = self._dead(database)
            self._settle(database, dead)
            jobs = []
            query = "SELECT target, job, owner FROM waiting ORDER BY rowid"
            for target, blob, owner in database.execute(query).fetchall():
                if owner not in dead:
                    continue
                try:
                    job = dataclasses.replace(wire.decode(blob), id=new_id())
                except (TypeError, ValueError):
                    # entered by another version, whose settings this one does not know
                    database.execute("DELETE FROM waiting WHERE target = ?", (target,))
                    continue
                jobs.append(job)
                database.execute(
                    "UPDATE waiting SET owner = ?, job = ? WHERE target = ?",
                    (self._owner.name, wire.encode(job), target),
                )
            self._bury(database, dead)
        return jobs

    def forget_orphans(self) -> None:
        """Give up what windows that died left."""
        with self._journal.transaction() as database:
            dead = self._dead(database)
            self._settle(database, dead)
            database.executemany("DELETE FROM waiting WHERE owner = ?", [(name,) for name in dead])
            self._bury(database, dead)

    def close(self) -> None:
        """Let go: what is still entered is an orphan from now on."""
        self._owner.release()
        self._journal.close()

    def _others(self, database: sqlite3.Connection) -> set[str]:
        """Return the owners that live, but for this one."""
        rows = database.execute("SELECT DISTINCT owner FROM waiting")
        return {name for (name,) in rows if name != self._owner.name and is_alive(self._folder, name)}

    def _dead(self, database: sqlite3.Connection) -> set[str]:
        rows = database.execute("SELECT owner FROM waiting UNION SELECT owner FROM engines")
        return {name for (name,) in rows if name != self._owner.name and not is_alive(self._folder, name)}

    def _settle(self, database: sqlite3.Connection, dead: set[str]) -> None:
        """Note what dead windows finished without noting it, and remove what they left half-written.

        A target was free when it was entered and gets its name only when it is whole: where it exists, it is done.
        """
        living = {pid for owner, pid in database.execute("SELECT owner, pid FROM engines") if owner not in dead}
        gone = {pid for owner, pid in database.execute("SELECT owner, pid FROM engines") if owner in dead} - living
        folders = set()
        query = "SELECT target, input, size, modified, settings, job, owner FROM waiting"
        for target, source, size, modified, settings, blob, owner in database.execute(query).fetchall():
            if owner not in dead:
                continue
            path = Path(os.fsdecode(target))
            folders.add(path.parent)
            if not _overwrites(blob) and _is_whole(path):
                self._journal.note(Path(os.fsdecode(source)), (size, modified), settings, path)
                database.execute("DELETE FROM waiting WHERE target = ?", (target,))
        for folder in folders:
            for pid in gone:
                _sweep(folder, pid)

    def _bury(self, database: sqlite3.Connection, dead: set[str]) -> None:
        for name in dead:
            database.execute("DELETE FROM engines WHERE owner = ?", (name,))
            bury(self._folder, name)


def settings_of(job: Save, weights: tuple[int, int]) -> str:
    """Return a fingerprint of all that decides a result, the model's weights as they are now among it."""
    plain: dict[str, Any] = dataclasses.asdict(job)
    for name in _UNDECIDED:
        plain.pop(name)
    plain.pop("path")
    return fingerprint({**plain, "weights": weights})


def _alike(job: Save) -> Save:
    """Return what stays of a job however often it is tried: another id and other means make the same result."""
    return dataclasses.replace(job, id="", target="", means="auto")


def _entered(blob: bytes) -> Save | None:
    """Return a job as ``_alike`` has it; None where another version entered it."""
    try:
        return _alike(wire.decode(blob))
    except (TypeError, ValueError):
        return None


def _weights(model: str) -> Stamp:
    try:
        return stamp(store.find(model).path)
    except (StudioError, OSError):
        return MISSING


def _real(target: Path) -> Path:
    """Return the target by the one name that its folder has, however it was reached."""
    return paths.real(target.parent) / target.name


def _is_whole(target: Path) -> bool:
    """Return whether a target was published; an empty file only holds its name free."""
    try:
        if target.stat().st_size:
            return True
        target.unlink()
    except OSError:
        pass
    return False


def _overwrites(blob: bytes) -> bool:
    try:
        return bool(wire.decode(blob).output.overwrite)
    except (AttributeError, ValueError):
        return False


def _sweep(folder: Path, pid: int) -> None:
    with contextlib.suppress(OSError):
        for leftover in folder.glob(f"{partial_prefix(pid)}*"):
            leftover.unlink(missing_ok=True)
