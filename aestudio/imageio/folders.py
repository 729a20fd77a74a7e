"""Which files of a folder are pictures: the same for the command line, the window, training and the map."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator
from functools import partial
from pathlib import Path

from aestudio.imageio.formats import READ_SUFFIXES


def walk_pictures(
    folder: Path,
    recursive: bool = True,
    on_error: Callable[[OSError], object] = lambda error: None,
    stop: Callable[[], bool] = lambda: False,
    suffixes: Container[str] = READ_SUFFIXES,
) -> Iterator[tuple[str, str]]:
    """Yield (its folder, its name) of each picture file in ``folder`` as they are found, by suffix.

    Nothing is sorted, and no file is opened: a folder of a million pictures begins at once. What is hidden
    (``._a.png``, ``.Trash-1000/``) and links to folders are left; of a folder that cannot be read, ``folder`` or one
    below, ``on_error`` hears. ``stop`` is asked at every entry.
    """
    waiting = [str(folder)]
    while waiting:
        parent = waiting.pop()
        try:
            with os.scandir(parent) as entries:
                for entry in entries:
                    if stop():
                        return
                    if entry.name.startswith("."):
                        continue
                    if holds(partial(entry.is_dir, follow_symlinks=False)):
                        if recursive:
                            waiting.append(entry.path)
                    elif os.path.splitext(entry.name)[1].lower() in suffixes and holds(entry.is_file):
                        yield parent, entry.name
        except OSError as error:
            on_error(error)


def holds(question: Callable[[], bool]) -> bool:
    """Return the answer to what is asked of a path; of one that may not be looked at nothing holds."""
    try:
        return question()
    except OSError:
        return False
