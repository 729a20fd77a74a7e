"""What a person chose, kept between sessions: one typed schema in a sparse JSON file.

Only values that differ from the defaults are written, keys that this version does not know are
kept, and a file that cannot be read is set aside rather than overwritten. The file carries a format
version: an older one is brought forward after a copy was kept, a newer one is refused.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from aestudio import paths
from aestudio.errors import SettingsError
from aestudio.migration import keep_copy
from aestudio.whole_file import whole_file

log = logging.getLogger(__name__)

Theme = Literal["auto", "light", "dark"]
Language = Literal["system", "en", "zh_TW"]
InterfaceSize = Literal[80, 90, 100, 125, 150, 175, 200]
NAME_TEMPLATE = "{stem}-{task}{suffix}"
"""What results are called unless a person says otherwise."""

FORMAT_VERSION = 2
"""1: the first, without this number. 2: carries it. What a version renames goes into ``_forward``."""
_VERSION_KEY = "format_version"
_TABLES = 3
"""So deep are tables within the settings whose entries belong to different things: choices, task, own, picture."""
_NOTHING = object()


@dataclass
class Settings:
    """Every setting, with its default.

    ``interface_size`` is how large text and controls are, in percent of what the system would have;
    ``device`` is a name as on the command line (``auto``, ``cpu``, ``cuda``, ``cuda:N``, ``mps``);
    ``max_pixels`` is the largest picture to open (0: the program's own limit); ``memory_limit`` is how many
    megabytes pictures and their tiles may take in the engine (0: the program's own limits); ``save_beside`` puts
    results into the originals' own folders; ``window_geometry`` is Qt's own record as base64; ``session_files``
    were open when the window closed, ``session_current`` in front; ``session_choices`` are each page's settings
    then, ``presets`` those that were given names; ``default_model`` maps a task to the model that a person
    prefers for it.
    """

    theme: Theme = "auto"
    language: Language = "system"
    interface_size: InterfaceSize = 100
    device: str = "auto"
    max_pixels: int = 0
    memory_limit: int = 0
    subfolders: bool = False
    open_folder: str = ""
    save_folder: str = ""
    save_beside: bool = True
    name_template: str = NAME_TEMPLATE
    output_format: str = "keep"
    output_depth: str = "keep"
    output_quality: int = 95
    output_metadata: bool = True
    output_recipe: bool = True
    default_model: dict[str, str] = field(default_factory=dict)
    window_geometry: str = ""
    panels_folded: bool = False
    session_files: list[str] = field(default_factory=list)
    session_current: str = ""
    session_tab: int = 0
    session_choices: dict[str, Any] = field(default_factory=dict)
    presets: dict[str, Any] = field(default_factory=dict)
    unknown: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


def fits(kind: object, value: object) -> bool:
    """Return whether a value of a JSON file is of that type."""
    if isinstance(kind, types.UnionType):
        return any(fits(one, value) for one in get_args(kind))
    if get_origin(kind) is typing.Literal:
        return value in get_args(kind)
    if get_origin(kind) is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if get_origin(kind) is dict:
        texts = get_args(kind)[1] is str
        return isinstance(value, dict) and not (texts and any(not isinstance(v, str) for v in value.values()))
    if kind in (int, float):
        return isinstance(value, (int, kind)) and not isinstance(value, bool)
    return isinstance(kind, type) and isinstance(value, kind)


def load(file: Path | None = None) -> Settings:
    """Return the stored settings, or defaults where there are none.

    A damaged file is renamed to ``settings.json.damaged`` (numbered where that exists); a value of
    the wrong type falls back to its default. Both are logged, neither raises. Raises SettingsError
    for a file of a newer version.
    """
    file = file or paths.settings_file()
    stored = _read(file)
    return Settings() if stored is None else _fitting(_forward(stored, file))


def _read(file: Path) -> dict[str, Any] | None:
    """Return what a file says, or None where there is none that can be read; a damaged one is set aside."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(stored, dict):
            raise ValueError("not a table of settings")
        return stored
    except FileNotFoundError:
        return None
    except OSError as error:
        log.warning("The settings in %s cannot be read (%s); using defaults.", file, error)
        return None
    except ValueError as error:
        log.warning("The settings in %s are damaged (%s); kept as %s.", file, error, _set_aside(file))
        return None


def _fitting(stored: dict[str, Any]) -> Settings:
    hints = get_type_hints(Settings)
    settings = Settings()
    known = {f.name for f in dataclasses.fields(Settings)} - {"unknown"}
    for key, value in stored.items():
        if key not in known:
            settings.unknown[key] = value
        elif fits(hints[key], value):
            setattr(settings, key, value)
        else:
            log.warning("The setting “%s” has a value that does not fit: %r; using the default.", key, value)
    return settings


def _forward(stored: dict[str, Any], file: Path) -> dict[str, Any]:
    """Return the values of a file of any version up to this one as this version names them."""
    version = stored.pop(_VERSION_KEY, 1)
    if not isinstance(version, int) or version > FORMAT_VERSION:
        raise SettingsError(
            f"The settings in {file} were made by a newer version of aestudio.",
            "Use that version, or move the file away to start with new settings.",
        )
    if version < FORMAT_VERSION:
        keep_copy(file, version)
    return stored


def save(settings: Settings, file: Path | None = None) -> None:
    """Write what differs from the defaults, whole or not at all. Raises OSError where it cannot be written."""
    write_json(file or paths.settings_file(), plain(settings))


def plain(settings: Settings) -> dict[str, Any]:
    """Return what differs from the defaults, as the file has it."""
    defaults = Settings()
    values = {**settings.unknown, _VERSION_KEY: FORMAT_VERSION}
    for item in dataclasses.fields(Settings):
        value = getattr(settings, item.name)
        if item.name != "unknown" and value != getattr(defaults, item.name):
            values[item.name] = value
    return values


def save_changes(values: dict[str, Any], earlier: dict[str, Any], file: Path) -> None:
    """Write what became of ``earlier`` values, whole or not at all; what others have written meanwhile stays.

    Tables are taken entry by entry: two windows that are open at once keep the settings of their own pictures both.
    Raises OSError where it cannot be written, SettingsError for a file of a newer version.
    """
    stored = _read(file)
    if stored is not None:
        values = _changed(values, earlier, plain(_fitting(_forward(stored, file))), _TABLES)
    write_json(file, values)


def _changed(values: dict[str, Any], earlier: dict[str, Any], others: dict[str, Any], depth: int) -> dict[str, Any]:
    """Return the others' values with what is not as it was earlier; inner tables down to a ``depth`` alike."""
    result: dict[str, Any] = {}
    for key in {**others, **values}:
        mine, was, theirs = values.get(key, _NOTHING), earlier.get(key, _NOTHING), others.get(key, _NOTHING)
        if depth and isinstance(mine, dict) and isinstance(theirs, dict):
            mine = _changed(mine, was if isinstance(was, dict) else {}, theirs, depth - 1)
        elif mine == was:
            mine = theirs
        if mine is not _NOTHING:
            result[key] = mine
    return result


def write_json(file: Path, values: dict[str, Any]) -> None:
    """Write a table of values, whole or not at all. Raises OSError where it cannot be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    with whole_file(file) as stream:
        # of a path whose bytes are no UTF-8 those become JSON's own escapes
        stream.write(text.encode("utf-8", "backslashreplace"))


def _set_aside(file: Path) -> Path:
    backup = file.with_name(f"{file.name}.damaged")
    number = 2
    while backup.exists():
        backup = file.with_name(f"{file.name}.damaged-{number}")
        number += 1
    try:
        file.rename(backup)
    except OSError as error:
        log.warning("%s could not be set aside: %s", file, error)
        return file
    return backup
