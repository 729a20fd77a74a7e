"""Reports of what ended the window or the engine, kept on this machine and nowhere else.

A report names no person, no folder and no picture: it is made to be copied into a message to strangers.
"""

from __future__ import annotations

import contextlib
import faulthandler
import itertools
import logging
import os
import platform
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from aestudio import __version__, paths
from aestudio.imageio.formats import READ_SUFFIXES

log = logging.getLogger(__name__)

KEPT = 10
"""Reports that are kept, the newest."""
LONGEST = 20_000
"""Characters of a report; the middle of a longer one is left out."""

_UNSEEN, _SEEN, _FATAL = ".new.txt", ".seen.txt", ".fatal"
_numbers = itertools.count()

_FRAME = re.compile(r'File "[^"\n]*[/\\](aestudio|site-packages|python[\d.]*)[/\\]([^"\n]*)"')
_ROOT = r"(?:[A-Za-z]:[\\/]|\\\\|~?/)(?=[^\s/])"
_QUOTED_PATH = re.compile(rf"""(["'])(?:file://)?{_ROOT}(?:(?!\1(?!\w))[^\n])*\1?""")
_PATH = re.compile(rf"(?<![\w.>/\\])(?:file://)?{_ROOT}[^\"'“”\n]*")
_SUFFIXES = "|".join(sorted((re.escape(s) for s in READ_SUFFIXES), key=len, reverse=True))
_QUOTED_FILE = re.compile(rf"""(["'])(?:(?!\1)[^\n])*(?:{_SUFFIXES})\1|“[^”\n]*(?:{_SUFFIXES})”""", re.IGNORECASE)
_FILE = re.compile(rf"(?m)(?:(?<=: )|^)[^\n<>]*(?:{_SUFFIXES})\b", re.IGNORECASE)


def anonymous(text: str) -> str:
    """Return ``text`` without names of people, machines, folders and pictures; the program's own files stay."""
    text = _FRAME.sub(lambda found: f'File "{found[1]}/{found[2]}"', text)
    for pattern in (_QUOTED_PATH, _PATH):
        text = pattern.sub("<path>", text)
    for pattern in (_QUOTED_FILE, _FILE):
        text = pattern.sub("<file>", text)
    for name in {Path.home().name, platform.node(), platform.node().partition(".")[0]}:
        if len(name) > 2:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "<name>", text, flags=re.IGNORECASE)
    return text


def write(what: str, details: str) -> Path | None:
    """Keep a report of ``what`` happened, with technical details; return its file, or None where it cannot be kept."""
    system = f"{platform.system()} {platform.release()}, {platform.machine()}, Python {platform.python_version()}"
    head = f"aestudio {__version__}, {system}\n{time.strftime('%Y-%m-%d %H:%M:%S')}\n{what}\n\n"
    text = anonymous(details.strip())
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n[...]\n{text[-LONGEST // 2 :]}"
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{next(_numbers)}{_UNSEEN}"
    file = paths.reports_folder() / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(head + text + "\n", encoding="utf-8", errors="replace")
        for old in kept()[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("A report could not be kept: %s", error)
        return None
    return file


def kept() -> list[Path]:
    """Return every report's file, the newest first."""
    found = [f for f in _files() if f.name.endswith((_UNSEEN, _SEEN))]
    return sorted(found, key=lambda f: f.name, reverse=True)


def unseen() -> list[Path]:
    """Return the reports that nobody was shown yet, the newest first; deadly signals since the last call among them."""
    for file in _files():
        if file.name.endswith(_FATAL):
            _collect(file)
    return [f for f in kept() if f.name.endswith(_UNSEEN)]


def text_of(files: list[Path]) -> str:
    """Return what reports say, one after the other."""
    texts = []
    for file in files:
        with contextlib.suppress(OSError):
            texts.append(file.read_text(encoding="utf-8", errors="replace").strip())
    return "\n\n".join(texts)


def mark_seen(files: list[Path]) -> None:
    """Remember that these were shown."""
    for file in files:
        with contextlib.suppress(OSError):
            file.rename(file.with_name(file.name.removesuffix(_UNSEEN) + _SEEN))


def delete_all() -> None:
    """Delete every report."""
    for file in kept():
        with contextlib.suppress(OSError):
            file.unlink()


def watch(who: str) -> Callable[[], None]:
    """Have deadly signals (a crash in a library, an abort) leave where every thread was. Returns how to stop that."""
    file = paths.reports_folder() / f"{who}-{os.getpid()}{_FATAL}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = file.open("w", encoding="utf-8")
    except OSError as error:
        log.warning("No watch over crashes: %s", error)
        return lambda: None
    _hold(stream)
    faulthandler.enable(stream)

    def stop() -> None:
        faulthandler.disable()
        stream.close()
        with contextlib.suppress(OSError):
            file.unlink()

    return stop


def stack_of(who: str, pid: int) -> str:
    """Return where a process that a signal ended was, as its watch left it, and clear that away; else nothing."""
    file = paths.reports_folder() / f"{who}-{pid}{_FATAL}"
    stack = text_of([file])
    with contextlib.suppress(OSError):
        file.unlink()
    return stack


def _files() -> list[Path]:
    try:
        return list(paths.reports_folder().iterdir())
    except OSError:
        return []


def _hold(stream: TextIO) -> None:
    """Mark a watch's file as that of a living process; Windows does so for every open file."""
    if sys.platform != "win32":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _collect(file: Path) -> None:
    """Make a report of what the watch of a process left, unless that process lives."""
    with contextlib.suppress(OSError):
        if sys.platform != "win32":
            import fcntl

            with file.open(encoding="utf-8", errors="replace") as stream:
                fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        stack = file.read_text(encoding="utf-8", errors="replace")
        # Windows refuses this for the file of a living process
        file.unlink()
        if stack.strip():
            write(f"The {file.name.partition('-')[0]} was ended by a crash.", stack)
