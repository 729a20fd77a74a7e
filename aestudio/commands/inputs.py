"""What an INPUT means: a file, a folder or a glob; and where its result goes."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from pathlib import Path

from aestudio.errors import InputError, OutputError, SettingsError
from aestudio.imageio.formats import READ_SUFFIXES, SUFFIX_FORMATS


@dataclass(frozen=True)
class Input:
    """A file to read, and the folder of its result below OUT."""

    path: Path
    below: Path = Path()


def expand(arguments: list[str], recursive: bool) -> list[Input]:
    """Return the inputs that the arguments name, each file once, in order.

    A named file that does not exist stays in the list: it fails by itself and harms no other.
    Raises InputError where a folder or a glob holds no picture.
    """
    found: dict[Path, Input] = {}
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            inputs = _in_folder(path, recursive)
        elif not path.exists() and glob.has_magic(argument):
            inputs = [Input(Path(p)) for p in sorted(glob.glob(argument, recursive=True)) if Path(p).is_file()]
            if not inputs:
                raise InputError(f"Nothing matches {argument}.", "Check the pattern.")
        else:
            inputs = [Input(path)]
        for item in inputs:
            found.setdefault(item.path.absolute(), item)
    return list(found.values())


def _in_folder(folder: Path, recursive: bool) -> list[Input]:
    files = folder.rglob("*") if recursive else folder.glob("*")
    pictures = sorted(p for p in files if p.suffix.lower() in READ_SUFFIXES and p.is_file())
    if not pictures:
        more = "" if recursive else " or add --recursive for its subfolders"
        raise InputError(f"There are no pictures in {folder}.", f"Name another folder{more}.")
    return [Input(p, p.parent.relative_to(folder)) for p in pictures]


class Targets:
    """Decides where each result goes. ``out`` is a file where it ends in a picture's suffix and there is one input."""

    def __init__(self, out: str, count: int, task: str, template: str) -> None:
        self.out, self.task, self.template = Path(out), task, template
        self.is_file = self.out.suffix.lower() in SUFFIX_FORMATS and count == 1 and not self.out.is_dir()
        self._taken: dict[Path, Path] = {}
        try:
            template.format(stem="a", task="b", suffix=".c")
        except (KeyError, IndexError, ValueError) as cause:
            raise SettingsError(
                f"The name template “{template}” is not usable.", "Use {stem}, {task} and {suffix}."
            ) from cause

    def prepare(self) -> None:
        """Make the folder. Raises OutputError where it cannot be written."""
        folder = self.out.parent if self.is_file else self.out
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".aestudio-probe"
            probe.touch()
            probe.unlink()
        except OSError as cause:
            raise OutputError(f"The folder {folder} cannot be written.", "Choose another one with -o.") from cause

    def of(self, item: Input, suffix: str) -> Path:
        """Return the result's path; where two inputs would share one, the source's suffix joins the stem."""
        if self.is_file:
            return self.out
        folder = self.out / item.below
        for stem in (item.path.stem, item.path.name):
            target = folder / self.template.format(stem=stem, task=self.task, suffix=suffix)
            if self._taken.setdefault(target, item.path) == item.path:
                return target
        return target
