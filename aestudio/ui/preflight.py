"""Before a batch: how long it takes, whether disk and memory suffice, and what to do where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from aestudio.ui.language import tr

if TYPE_CHECKING:
    from aestudio.jobs.events import SizeEstimated


def plan(estimated: SizeEstimated, share: float) -> tuple[str, bool]:
    """Return sentences on a batch that takes ``share`` times what is estimated, and whether something does not fit."""
    fine, lacks = [], []
    if estimated.seconds >= 0:
        fine.append(tr("It takes {time} on this device.").format(time=duration(estimated.seconds * share)))
    missing = round(estimated.bytes * share) - estimated.free_disk
    if estimated.free_disk >= 0 and missing > 0:
        text = tr("⚠ {size} are missing on that disk: choose another folder, or a format that takes less room.")
        lacks.append(text.format(size=size(missing)))
    elif estimated.free_disk >= 0:
        fine.append(tr("{size} are free on that disk.").format(size=size(estimated.free_disk)))
    if 0 <= estimated.free_memory < estimated.memory:
        text = tr("⚠ A picture like this takes {size} of memory and {free} are free: close other programs.")
        lacks.append(text.format(size=size(estimated.memory), free=size(estimated.free_memory)))
    elif estimated.crowded:
        lacks.append(tr("⚠ The device is short of memory: smaller tiles are used, which takes longer."))
    return " ".join(fine + lacks), bool(lacks)


def duration(seconds: float) -> str:
    """Return a time as people say it."""
    if seconds < 1:
        return tr("less than a second")
    if seconds < 90:
        return tr("about {n} s").format(n=round(seconds))
    if seconds < 5400:
        return tr("about {n} min").format(n=round(seconds / 60))
    return tr("about {n} h").format(n=QLocale().toString(seconds / 3600, "f", 1))


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
