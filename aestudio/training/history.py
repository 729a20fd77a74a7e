"""The curves of a run as its log keeps them, for whoever did not watch it from the start. Without torch."""

from __future__ import annotations

import contextlib
import csv
import math
from dataclasses import dataclass, field
from pathlib import Path

LOG = "log.csv"
CHECKPOINT = "last.safetensors"
_KNOWN = ("step", "seconds", "megapixels", "loss", "rate", "progress", "gradient_norm", "event")


@dataclass(frozen=True)
class Row:
    """One validation: ``progress`` in 0..1 of the budget, ``loss`` not a number before the first step."""

    step: int
    seconds: float
    progress: float
    loss: float
    scores: dict[str, float] = field(default_factory=dict)


def read(run: Path) -> list[Row]:
    """Return the rows of the log in a run's folder, in order of time; what was done again counts once.

    Empty where there is no log; lines that hold no figures are left out.
    """
    rows: list[Row] = []
    try:
        with (run / LOG).open(newline="", encoding="utf-8") as file:
            for line in csv.DictReader(file):
                row = _row(line)
                if row is not None:
                    # a run that was killed goes on from its checkpoint: what came after that is done anew
                    rows = [earlier for earlier in rows if earlier.seconds < row.seconds]
                    rows.append(row)
    except (OSError, csv.Error, UnicodeDecodeError):
        return rows
    return rows


def set_aside(run: Path) -> None:
    """Let the log of a run begin anew; the old one stays beside it, under another name."""
    number = 1
    while (old := run / f"log-{number}.csv").exists():
        number += 1
    with contextlib.suppress(FileNotFoundError):
        (run / LOG).replace(old)


def forget(run: Path) -> None:
    """Remove the logs of an earlier run."""
    for old in (run / LOG, *run.glob("log-*.csv")):
        old.unlink(missing_ok=True)


def names(runs: Path) -> set[str]:
    """Return the names of the runs in a folder that have left a checkpoint or a log."""
    return {file.parent.name for kept in (CHECKPOINT, LOG) for file in runs.glob(f"*/{kept}")}


def _row(line: dict[str, str]) -> Row | None:
    try:
        scores = {k: float(v) for k, v in line.items() if k and k not in _KNOWN and v}
        progress = float(line.get("progress") or math.nan)
        return Row(int(line["step"]), float(line["seconds"]), progress, float(line["loss"]), scores)
    except (KeyError, TypeError, ValueError):
        return None
