"""What a checkpoint of a run that is still going says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def facts_of(path: Path) -> dict[str, Any]:
    """Return a checkpoint's facts, of a file that is opened once: the run may replace it between two times."""
    with path.open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    found: dict[str, Any] = json.loads(header["__metadata__"]["facts"])
    return found
