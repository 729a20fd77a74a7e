"""How a run stands at a moment, and the log that such moments are kept in."""

from __future__ import annotations

import csv
import dataclasses
import logging
import math
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Moment:
    """How a run stands: sent to whoever watches and, where it was scored, one row of the CSV.

    ``progress`` is in 0..1 of the budget; between validations ``scores`` is empty. ``gradient_norm`` is the mean
    length of the gradients, before they are clipped, of the steps that ``loss`` is the mean of.
    """

    step: int
    seconds: float
    megapixels: float
    loss: float
    rate: float
    scores: dict[str, float]
    progress: float = 1.0
    gradient_norm: float = math.nan


def append_row(path: Path, moment: Moment, event: str) -> None:
    """Add a line to the log, the columns as the log's first line has them; a run goes on without it."""
    row = {k: v for k, v in dataclasses.asdict(moment).items() if k != "scores"} | moment.scores
    row = {**row, "event": event}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", newline="", encoding="utf-8") as file:
            file.seek(0)
            columns = next(csv.reader(file), [])
            writer = csv.DictWriter(file, columns or list(row), restval="", extrasaction="ignore")
            if not columns:
                writer.writeheader()
            writer.writerow({k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()})
    except OSError as error:
        log.warning("The log cannot be written: %s", error)
