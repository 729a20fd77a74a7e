"""The map of invented detail for what is looked at, tile by tile, from the middle outwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from aestudio.engine.invented import CELL
from aestudio.jobs import events, spec
from aestudio.jobs.results import StoredResult
from aestudio.jobs.views import Box, Showing, touches


def map_events(job: spec.MapInvented, result: StoredResult, check: Callable[[], None]) -> Iterator[events.Event]:
    """Yield InventedTile for each tile in sight that the window lacks, then InventedReady.

    ``check`` is called between two runs of the network and may raise. Raises torch.OutOfMemoryError.
    """
    boxes = result.boxes()
    showing = Showing(boxes, result.tile)
    while (number := showing.next_in(job.view)) is not None:
        left, top, right, bottom = (int(n) for n in boxes[number])
        pixels = result.invented_at(number, check)
        yield events.InventedTile(job.id, left, top, pixels[..., None], right - left, bottom - top, number)
        showing.note(number, 0)
    seen = [number for number, box in enumerate(boxes) if touches(box, job.view)]
    cells = [_in_sight(result.invented_at(number, check), boxes[number], job.view) for number in seen]
    likely = np.concatenate(cells) / events.INVENTED_STEPS if cells else np.zeros(1)
    yield events.InventedReady(job.id, float(likely.mean()), float((likely > events.DOUBTFUL).mean()))


def _in_sight(cells: events.Pixels, box: Box, view: spec.View) -> events.Pixels:
    """Return the cells of a tile that ``view`` shows, in a row."""
    left, top, right, bottom = box
    rows = slice(int(max(view.top - top, 0)) // CELL, -int(-(min(view.bottom, bottom) - top) // CELL))
    columns = slice(int(max(view.left - left, 0)) // CELL, -int(-(min(view.right, right) - left) // CELL))
    return cells[rows, columns].reshape(-1)
