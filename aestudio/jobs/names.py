"""What results are called: a template that knows {stem}, {task} and {suffix}."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePath
from string import Formatter

from aestudio.errors import SettingsError
from aestudio.settings import NAME_TEMPLATE

TASK_WORDS = {"denoise": "denoised", "upscale": "upscaled"}
LONGEST_NAME = 255
"""Bytes of the longest file name that common disks allow; a longer one loses letters of its stem."""
_KEPT = 16
_NOT_IN_NAMES = '<>:"|?*'  # what Windows refuses, and disks that are carried there


def named(template: str, stem: str, task_word: str, suffix: str) -> str:
    """Return the name that ``template`` makes, which may lie in folders. ``suffix`` begins with a dot.

    A name that is too long for a disk loses letters of the stem. Raises SettingsError where the template is none, or
    names no file.
    """
    name = _fitting(stem, lambda stem: _formatted(template, stem, task_word, suffix))
    if PurePath(name).name in ("", "..") or name.endswith(("/", "\\")):
        raise SettingsError(f"The name template “{template}” names no file.", "Use {stem} and {suffix}.")
    return name


def numbered(target: Path, number: int) -> Path:
    """Return ``target`` with ``-number`` at the end of its stem, which loses letters where a disk could not hold it."""
    return target.with_name(_fitting(target.stem, lambda stem: f"{stem}-{number}{target.suffix}"))


def _fitting(stem: str, make: Callable[[str], str]) -> str:
    """Return the name that ``make`` makes of ``stem``, or of as much of it as a disk holds."""
    while len(os.fsencode(PurePath(name := make(stem)).name)) > LONGEST_NAME and len(stem) > 2 * _KEPT:
        # a name ends in what tells it from others
        stem = stem[: -_KEPT - 1] + stem[-_KEPT:]
    return name


def _formatted(template: str, stem: str, task_word: str, suffix: str) -> str:
    words = {"stem": stem, "task": task_word, "suffix": suffix}
    try:
        # no more of Python's own formats: they could fill the memory or say what the program is made of
        parts = list(Formatter().parse(template))
        if any(field is not None and (field not in words or spec or turn) for _, field, spec, turn in parts):
            raise ValueError(template)
    except ValueError as cause:
        raise SettingsError(
            f"The name template “{template}” is not usable.", "Use {stem}, {task} and {suffix}."
        ) from cause
    return "".join(text + ("" if field is None else words[field]) for text, field, _, _ in parts)


def check_file_name(template: str) -> None:
    """Raise SettingsError where ``template`` does not make plain file names, with a suffix, on every system."""
    name = named(template, "a", "b", ".c")
    if "/" in name or "\\" in name:
        raise SettingsError("A name holds no slash.", "Choose the folder above.")
    wrong = next((sign for sign in name if sign in _NOT_IN_NAMES or ord(sign) < 32), None)
    if wrong is not None:
        raise SettingsError(f"A name cannot hold the sign {wrong!r} on every system.", "Leave it out.")
    if not name.endswith(".c"):
        raise SettingsError("A name ends in its suffix, which tells its format.", "End it with {suffix}.")
    if name.startswith("."):
        raise SettingsError("A name that begins with a dot is hidden.", "Begin it with {stem}.")


__all__ = ["NAME_TEMPLATE", "TASK_WORDS", "check_file_name", "named", "numbered"]
