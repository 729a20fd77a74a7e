"""What was done and what is still to be, kept across runs: so that ``--resume`` and a restart know what is left."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from aestudio import paths
from aestudio.errors import OutputError
from aestudio.jobs.stamps import stamp

# Version 2 added what waits; the table of version 1 is as it was, so that every step forward is a new table.
_SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS done (
        input TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
        settings TEXT NOT NULL, output TEXT NOT NULL, finished REAL NOT NULL,
        PRIMARY KEY (input, settings, output)
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS waiting (
        target TEXT NOT NULL PRIMARY KEY, folder TEXT NOT NULL, input TEXT NOT NULL,
        size INTEGER NOT NULL, modified INTEGER NOT NULL, settings TEXT NOT NULL, job BLOB NOT NULL,
        owner TEXT NOT NULL, batch TEXT NOT NULL, total INTEGER NOT NULL
    )
    """,
    "CREATE INDEX IF NOT EXISTS done_by_output ON done (output)",
    "CREATE TABLE IF NOT EXISTS engines (owner TEXT NOT NULL, pid INTEGER NOT NULL, PRIMARY KEY (owner, pid))",
)
_VERSION = 2
# Seconds by which a disk's clock, or its rounding, may be ahead of this machine's.
_SLACK = 5.0


class Journal:
    """Finished files in SQLite. One input with other settings, or changed since, is not done."""

    def __init__(self, path: Path) -> None:
        paths.check_writable(path.parent)
        try:
            self._database = sqlite3.connect(path, timeout=10)
            version = self._database.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise OutputError(f"The journal {path} was made by a newer version.", "Use that version.")
            if 0 < version < _VERSION:
                self._keep_copy(path, version)
            with self._database:
                for table in _SCHEMA:
                    self._database.execute(table)
                self._database.execute(f"PRAGMA user_version = {_VERSION}")
        except (OSError, sqlite3.Error) as cause:
            raise OutputError(
                f"The journal {path} cannot be used.",
                "Free some space there, move it away, or let AESTUDIO_HOME be a folder on this computer.",
            ) from cause

    def _keep_copy(self, path: Path, version: int) -> None:
        """Write what an older version left beside itself (``NAME.v1``), once, before it is brought forward."""
        copy = path.with_name(f"{path.name}.v{version}")
        if not copy.exists():
            self._database.execute("VACUUM INTO ?", (str(copy),))

    def record(self, source: Path, settings: Mapping[str, Any], output: Path) -> None:
        """Note that ``source`` was finished into ``output`` with these settings.

        Raises OSError, sqlite3.Error where it cannot be noted.
        """
        with self._database:
            self.note(source, stamp(source), fingerprint(settings), output)

    def note(self, source: Path, seen: tuple[int, int], settings: str, output: Path) -> None:
        """Note a finished file inside the caller's transaction; ``seen`` is its stamp, ``settings`` a fingerprint."""
        # what was written there before is there no longer
        self._database.execute("DELETE FROM done WHERE output = ?", (stored(output),))
        row = (stored(source), *seen, settings, stored(output), time.time())
        self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?)", row)

    def is_done(self, source: Path, settings: Mapping[str, Any], output: Path) -> bool:
        """Return whether the same bytes were finished into ``output``, which is there and no newer than that.

        Raises OSError, sqlite3.Error where that cannot be known.
        """
        size, modified = stamp(source)
        row = self._database.execute(
            "SELECT size, modified, finished FROM done WHERE input = ? AND settings = ? AND output = ?",
            (stored(source), fingerprint(settings), stored(output)),
        ).fetchone()
        if row is None or row[:2] != (size, modified):
            return False
        try:
            return bool(output.stat().st_mtime <= row[2] + _SLACK)
        except FileNotFoundError:
            return False

    def made(self, output: Path) -> bool:
        """Return whether a file was finished into ``output`` by this program. Raises sqlite3.Error."""
        found = self._database.execute("SELECT 1 FROM done WHERE output = ?", (stored(output),)).fetchone()
        return found is not None

    def outputs(self, source: Path, seen: tuple[int, int], settings: str) -> list[Path]:
        """Return where the same bytes were written with these settings (a fingerprint), newest first."""
        rows = self._database.execute(
            "SELECT output FROM done WHERE input = ? AND settings = ? AND size = ? AND modified = ?"
            " ORDER BY finished DESC",
            (stored(source), settings, *seen),
        )
        return [Path(os.fsdecode(row[0])) for row in rows]

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside happens or nothing does, and no other process writes meanwhile."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            yield self._database

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def fingerprint(settings: Mapping[str, Any]) -> str:
    """Return a short digest of settings; equal settings give equal digests."""
    return hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode()).hexdigest()[:16]


def stored(path: Path) -> str | bytes:
    """Return a path as SQLite takes it: a name that is no valid Unicode (any bytes on Linux) as its bytes."""
    name = str(path.absolute())
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name
