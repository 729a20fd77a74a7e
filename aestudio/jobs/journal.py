"""What was done, kept across runs: so that ``--resume`` and a restart know what is left."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from aestudio.errors import OutputError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS done (
    input TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    settings TEXT NOT NULL, output TEXT NOT NULL, finished REAL NOT NULL,
    PRIMARY KEY (input, settings, output)
)
"""
_VERSION = 1


class Journal:
    """Finished files in SQLite. One input with other settings, or changed since, is not done."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, timeout=10)
            version = self._database.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise OutputError(f"The journal {path} was made by a newer version.", "Use that version.")
            with self._database:
                self._database.execute(_SCHEMA)
                self._database.execute(f"PRAGMA user_version = {_VERSION}")
        except (OSError, sqlite3.Error) as cause:
            raise OutputError(f"The journal {path} cannot be used.", "Move it away or free some space.") from cause

    def record(self, source: Path, settings: Mapping[str, Any], output: Path) -> None:
        """Note that ``source`` was finished into ``output`` with these settings.

        Raises OSError, sqlite3.Error where it cannot be noted.
        """
        size, modified = _stamp(source)
        row = (_stored(source), size, modified, fingerprint(settings), _stored(output), time.time())
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?)", row)

    def is_done(self, source: Path, settings: Mapping[str, Any], output: Path) -> bool:
        """Return whether the same bytes were finished into ``output``, which still exists.

        Raises OSError, sqlite3.Error where that cannot be known.
        """
        size, modified = _stamp(source)
        row = self._database.execute(
            "SELECT size, modified FROM done WHERE input = ? AND settings = ? AND output = ?",
            (_stored(source), fingerprint(settings), _stored(output)),
        ).fetchone()
        return row == (size, modified) and output.exists()

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


def _stored(path: Path) -> str | bytes:
    """Return a path as SQLite takes it: a name that is no valid Unicode (any bytes on Linux) as its bytes."""
    name = str(path.absolute())
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns
