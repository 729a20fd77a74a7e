"""Where things lie: in a source checkout, an installed wheel and a frozen application.

Read-only parts (weights, resources) come with the program; what a person makes lies in the
per-user data folder, or in ``AESTUDIO_HOME`` where that is set.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from aestudio.errors import OutputError

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / name] if frozen else [_PACKAGE / "_shipped" / name, _PACKAGE.parent / name]
    return next((c for c in candidates if c.is_dir()), candidates[-1])


def real(path: Path) -> Path:
    """Return the path without links, as far as it exists; links that lead in a circle stay."""
    return Path(os.path.realpath(path))  # Path.resolve raises RuntimeError for a circle (Python 3.11)


def check_writable(folder: Path) -> None:
    """Write and remove a file in ``folder``, which is made. Raises OutputError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".aestudio-") as file:
            file.write(bytes(4096))
    except OSError as cause:
        raise OutputError(
            f"Nothing can be written into {folder}: {cause.strerror}.", "Allow it, or choose a folder of your own."
        ) from cause


def weights_folder() -> Path:
    """Return the folder of the models that come with the program."""
    return _shipped("weights")


def resources_folder() -> Path:
    """Return the folder of icons, sample pictures and styles."""
    return _shipped("resources")


def home() -> Path:
    """Return the per-user data folder; it may not exist yet."""
    override = os.environ.get("AESTUDIO_HOME")
    if override:
        return Path(override).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("aestudio", appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what may be thrown away at any time."""
    return home() / "cache"


def pasted_folder() -> Path:
    """Return the folder of pictures that came from the clipboard; results have no business there."""
    return home() / "pasted"


def user_models_folder() -> Path:
    """Return the folder of the person's own models."""
    return home() / "models"


def directions_folder() -> Path:
    """Return the folder of the directions that a person taught or named, a file for each model."""
    return home() / "directions"


def runs_folder() -> Path:
    """Return the folder of training runs (checkpoints and logs), each in one of its own."""
    return home() / "runs"


def examples_file(run: Path) -> Path:
    """Return the sheet of held-out pictures, before and after, in a training run's folder."""
    return run / "examples.png"


def logs_folder() -> Path:
    """Return the folder of engine logs."""
    return home() / "logs"


def reports_folder() -> Path:
    """Return the folder of crash reports, which never leave the machine by themselves."""
    return home() / "reports"


def journal_file() -> Path:
    """Return the database of what was done."""
    return home() / "journal.sqlite"


def settings_file() -> Path:
    """Return the settings file."""
    return home() / "settings.json"


def licences_file() -> Path:
    """Return the list of what is inside and its licences, where the program is a bundle; else it isn't there."""
    return _shipped("licences") / "LICENCES.md"


def build_file() -> Path:
    """Return what a bundle says of its build (JSON); elsewhere it isn't there."""
    return _shipped("licences").parent / "build.json"


def contents_file() -> Path:
    """Return the list of a bundle's files and their sizes (JSON); elsewhere it isn't there."""
    return _shipped("licences").parent / "contents.json"
