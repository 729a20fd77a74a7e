"""The model that a run began with, kept beside its checkpoints: a run goes on with that one, whatever became of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from aestudio.errors import OutputError, SettingsError

FOLDER = "start"
"""Of a run's folder: it holds the one weight file, under its own name, which is the model's id."""


def keep(run_folder: Path, start: Path | None) -> None:
    """Keep the weight file that a new run begins with, or forget that of an earlier run where it begins from nothing.

    Raises OutputError where it cannot be written.
    """
    place = run_folder / FOLDER
    known = kept(run_folder)
    if start is None:
        if known is not None:
            known.unlink(missing_ok=True)
        return
    partial = place / "partial"
    try:
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(start, partial)
        if known is not None:
            known.unlink(missing_ok=True)
        partial.replace(place / start.name)
    except OSError as cause:
        partial.unlink(missing_ok=True)
        raise OutputError(f"Nothing can be written into {place}: {cause.strerror}.", "Free some disk space.") from cause


def kept(run_folder: Path) -> Path | None:
    """Return the weight file that a run began with, None where it began from nothing."""
    return next((run_folder / FOLDER).glob("*.safetensors"), None)


def go_on_with(run_folder: Path, start: Path | None) -> Path | None:
    """Return what a run that goes on began with; ``start`` is what it is told to have begun with, if anything.

    Raises SettingsError where that is another model.
    """
    own = kept(run_folder)
    if start is None:
        return own
    advice = "Resume it without naming a start, or train under another name."
    if own is None:
        raise SettingsError(f"The run began from nothing, not with the model {start.stem}.", advice)
    if own.stem != start.stem:
        raise SettingsError(f"The run began with the model {own.stem}, not with {start.stem}.", advice)
    return own
