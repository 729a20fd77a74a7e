"""What results are called: a template that knows {stem}, {task} and {suffix}."""

from __future__ import annotations

from pathlib import PurePath

from aestudio.errors import SettingsError
from aestudio.settings import NAME_TEMPLATE

TASK_WORDS = {"denoise": "denoised", "upscale": "upscaled"}
_NOT_IN_NAMES = '<>:"|?*'  # what Windows refuses, and disks that are carried there


def named(template: str, stem: str, task_word: str, suffix: str) -> str:
    """Return the name that ``template`` makes, which may lie in folders. ``suffix`` begins with a dot.

    Raises SettingsError where the template is none, or names no file.
    """
    try:
        name = template.format(stem=stem, task=task_word, suffix=suffix)
    except (KeyError, IndexError, ValueError, AttributeError) as cause:
        raise SettingsError(
            f"The name template “{template}” is not usable.", "Use {stem}, {task} and {suffix}."
        ) from cause
    if PurePath(name).name in ("", "..") or name.endswith(("/", "\\")):
        raise SettingsError(f"The name template “{template}” names no file.", "Use {stem} and {suffix}.")
    return name


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


__all__ = ["NAME_TEMPLATE", "TASK_WORDS", "check_file_name", "named"]
