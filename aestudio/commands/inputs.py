"""What an INPUT means: a file, a folder or a glob; and where its result goes."""

from __future__ import annotations

import argparse
import contextlib
import glob
import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from aestudio import paths
from aestudio.errors import InputError, SettingsError
from aestudio.imageio.folders import holds, walk_pictures
from aestudio.imageio.formats import READ_SUFFIXES, SUFFIX_FORMATS, WRITE_FORMATS
from aestudio.jobs.names import named, numbered
from aestudio.whole_file import remove_leftovers

# What "keep" makes of suffixes that are only read; anything else that is only read becomes TIFF.
_KEPT_AS = {".gif": "png", ".apng": "png", ".hdr": "exr", ".j2k": "jp2", ".jpf": "jp2", ".jpx": "jp2", ".j2c": "jp2"}


@dataclass(frozen=True)
class Input:
    """A file to read, and the folder of its result below OUT.

    ``problem`` says why the argument named nothing (an empty folder, a glob without a match); then
    ``path`` is that argument, and nothing can be read from it. ``found``: nobody named it, it lay in a folder or
    matched a pattern.
    """

    path: Path
    below: Path = Path()
    problem: InputError | None = None
    found: bool = False


def expand(arguments: list[str], recursive: bool) -> list[Input]:
    """Return the inputs that the arguments name, each file once, in order.

    A named file that does not exist stays in the list, and an argument that names nothing too: they
    fail by themselves and harm no other. Raises InputError where there is nothing else, SettingsError for one that is
    empty.
    """
    found: dict[Path, Input] = {}
    for argument in arguments:
        if not argument:
            raise SettingsError("An input is empty.", "Name a picture, or a dot for the folder that you are in.")
        path = Path(argument)
        if holds(path.is_dir):
            inputs = _in_folder(path, recursive)
        elif glob.has_magic(argument) and not os.path.lexists(path):
            matches = (Path(p) for p in sorted(glob.glob(argument, recursive=True)))
            inputs = [Input(p, found=True) for p in matches if holds(p.is_file)]
            if not inputs:
                inputs = [Input(path, problem=InputError(f"Nothing matches {argument}.", "Check the pattern."))]
        else:
            inputs = [Input(path)]
        for item in inputs:
            # links into a folder above, and ways there and back, lead to the same files
            found.setdefault(paths.real(item.path.parent) / item.path.name, item)
    inputs = list(found.values())
    problems = [item.problem for item in inputs if item.problem]
    if problems and len(problems) == len(inputs):
        raise problems[0]
    return inputs


def without_results(
    inputs: Sequence[Input], out: Path, task: str, template: str, made: Callable[[Path], bool]
) -> list[Input]:
    """Return the inputs without results of an earlier run: ``made`` here, where results go, called like another's.

    A file that was named stays, and one that only has such a name. Names that a template leaves alone tell nothing.
    """
    if Path(named(template, "a", task, "")).name == "a":
        return list(inputs)
    place = paths.real(out)
    own = {Path(named(template, name, task, "")).name for i in inputs for name in (i.path.stem, i.path.name)}

    def is_result(item: Input) -> bool:
        folder = paths.real(item.path.parent)
        return item.found and item.path.stem in own and place in (folder, *folder.parents) and made(item.path)

    return [item for item in inputs if not is_result(item)]


def _in_folder(folder: Path, recursive: bool) -> list[Input]:
    closed: list[Input] = []

    def on_error(error: OSError) -> None:
        what = f"The folder {error.filename} cannot be looked into: {error.strerror}."
        closed.append(Input(Path(error.filename), problem=InputError(what, "Allow it, or leave the folder out.")))

    pictures = sorted(Path(place, name) for place, name in walk_pictures(folder, recursive, on_error))
    if not pictures and not closed:
        more = "" if recursive else " or add --recursive for its subfolders"
        problem = InputError(f"There are no pictures in {folder}.", f"Name another folder{more}.")
        return [Input(folder, problem=problem)]
    return [*(Input(p, p.parent.relative_to(folder), found=True) for p in pictures), *closed]


def check_max_pixels(options: argparse.Namespace) -> None:
    """Raise SettingsError where no picture could be as small as ``--max-pixels`` says."""
    if options.max_pixels < 0:
        raise SettingsError("The number of pixels allowed must be positive.", "Leave --max-pixels out.")


def names_a_picture(out: Path, results: int) -> bool:
    """Return whether OUT is the result's own file: it ends in a suffix that can be written, and there is one result.

    Raises SettingsError where it ends in that of a picture that is only read.
    """
    if results != 1 or out.is_dir():
        return False
    suffix = out.suffix.lower()
    if suffix in READ_SUFFIXES and suffix not in SUFFIX_FORMATS:
        raise SettingsError(
            f"Files ending in {out.suffix} cannot be written.", f"Use one of {', '.join(WRITE_FORMATS.values())}."
        )
    return suffix in SUFFIX_FORMATS


def suffix_for(path: Path, kind: str) -> str:
    """Return the suffix of a result of the format ``kind``: the source's own where it means that format."""
    return path.suffix if SUFFIX_FORMATS.get(path.suffix.lower()) == kind else WRITE_FORMATS[kind]


class Targets:
    """Decides where each result goes: every name from the whole list, before anything is read.

    ``is_file`` says that OUT is the one result's own path.
    """

    def __init__(self, out: str, inputs: Sequence[Input], task: str, template: str, kind: str = "keep") -> None:
        self.out, self.task, self.template, self.kind = Path(out), task, template, kind
        self.is_file = names_a_picture(self.out, len(inputs))
        # a template without {stem} gives every input the same name
        self._numbered = named(template, "a", "b", ".c") == named(template, "z", "b", ".c")
        usable = [item for item in inputs if item.problem is None]
        self._sources = {paths.real(item.path) for item in usable}
        self._source_files = {f for f in (_file_id(item.path) for item in usable) if f}
        self._taken: set[str] = set()
        self._tidied: set[Path] = set()
        self._names = {item.path: self._free_name(item, self._likely_suffix(item.path)) for item in usable}

    def example(self) -> Path | None:
        """Return a path whose suffix every result has, or None where it depends on the input."""
        if self.is_file:
            return self.out
        name = Path(named(self.template, "a", self.task, ".c"))
        return None if name.suffix == ".c" else name

    def prepare(self) -> None:
        """Make the folder. Raises OutputError where it cannot be written."""
        paths.check_writable(self.out.parent if self.is_file else self.out)

    def tidy(self, folder: Path) -> None:
        """Remove what runs that were killed left half-written in a folder, the first time that it is asked for."""
        if folder not in self._tidied:
            self._tidied.add(folder)
            remove_leftovers(folder)

    def of(self, item: Input, suffix: str) -> Path:
        """Return the result's path, which no other input gets.

        Where two inputs would share one (upper and lower case are alike), the source's suffix joins
        the stem of the second; from the third on they are numbered. A file whose content is not
        what its suffix says gets its name now, from those that are free.
        """
        if self.is_file:
            return self.out
        if suffix != self._likely_suffix(item.path):
            self._names[item.path] = self._free_name(item, suffix)
        return self._names[item.path]

    def is_source(self, target: Path) -> bool:
        """Return whether ``target`` is one of the run's inputs, by whatever path or link."""
        return paths.real(target) in self._sources or _file_id(target) in self._source_files

    def _likely_suffix(self, path: Path) -> str:
        own = path.suffix.lower()
        kept = SUFFIX_FORMATS.get(own) or _KEPT_AS.get(own, "tiff")
        return suffix_for(path, kept if self.kind == "keep" else self.kind)

    def _free_name(self, item: Input, suffix: str) -> Path:
        for target in self._candidates(item, suffix):
            key = unicodedata.normalize("NFC", str(target)).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return target
        raise AssertionError("the candidates never end")

    def _candidates(self, item: Input, suffix: str) -> Iterator[Path]:
        def target(stem: str) -> Path:
            return self.out / item.below / named(self.template, stem, self.task, suffix)

        path = item.path
        yield target(path.stem)
        if self._numbered:  # only a number tells two inputs apart
            first = target(path.stem)
            yield from (numbered(first, i) for i in count(2))
        yield target(path.name)
        yield from (target(f"{path.name}-{i}") for i in count(2))


def _file_id(path: Path) -> tuple[int, int] | None:
    with contextlib.suppress(OSError, ValueError):
        status = path.stat()
        return status.st_dev, status.st_ino
    return None
