"""The models that a run began with and is taught by, kept beside its checkpoints.

A run goes on with those, whatever became of them.
"""

from __future__ import annotations

import shutil
from enum import Enum
from pathlib import Path

from aestudio.errors import OutputError, SettingsError
from aestudio.whole_file import whole_file


class Role(Enum):
    """What a model is to a run. The folder of that name in the run's own holds its weight file, named by its id."""

    START = "start"
    TEACHER = "teacher"


def keep(run_folder: Path, model: Path | None, role: Role = Role.START) -> None:
    """Keep the weight file that a new run has in a role, or forget that of an earlier run where it has none.

    Raises OutputError where it cannot be written.
    """
    place = run_folder / role.value
    known = kept(run_folder, role)
    try:
        if model is not None:
            place.mkdir(parents=True, exist_ok=True)
            with model.open("rb") as source, whole_file(place / model.name) as copy:
                shutil.copyfileobj(source, copy)
        if known is not None and (model is None or known.name != model.name):
            known.unlink(missing_ok=True)
    except OSError as cause:
        raise OutputError(f"Nothing can be written into {place}: {cause.strerror}.", "Free some disk space.") from cause


def kept(run_folder: Path, role: Role = Role.START) -> Path | None:
    """Return the weight file that a run has in a role, None where it has none."""
    return next((run_folder / role.value).glob("*.safetensors"), None)


def go_on_with(run_folder: Path, model: Path | None, role: Role = Role.START) -> Path | None:
    """Return what a run that goes on has in a role; ``model`` is what it is told to have, if anything.

    Raises SettingsError where that is another model.
    """
    own = kept(run_folder, role)
    if model is None or (own is not None and own.stem == model.stem):
        return own
    if role is Role.TEACHER:
        advice = "Resume it without naming a teacher, or train under another name."
        if own is None:
            raise SettingsError(f"The run has no teacher, and not the model {model.stem}.", advice)
        raise SettingsError(f"The run is taught by the model {own.stem}, not by {model.stem}.", advice)
    advice = "Resume it without naming a start, or train under another name."
    if own is None:
        raise SettingsError(f"The run began from nothing, not with the model {model.stem}.", advice)
    raise SettingsError(f"The run began with the model {own.stem}, not with {model.stem}.", advice)
