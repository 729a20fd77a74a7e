"""The frozen program where nothing can be kept: a full, a read-only and a network drive's home, all of them real."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.screen import Run, Screen, wait

NOT_STARTED = 3
NOTICES = {(0xE0, 0xA9, 0x3F), (0xF0, 0x80, 0x7A)}
"""The colours of attention and of failure, which nothing at the window's upper edge has but a notice."""
NO_LOCKS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>

static int answer(const char *name, int file, int command, va_list rest)
{
    int (*real)(int, int, void *) = (int (*)(int, int, void *))dlsym(RTLD_NEXT, name);
    switch (command) {
    case F_GETLK: case F_SETLK: case F_SETLKW: case F_OFD_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW:
        errno = ENOLCK;
        return -1;
    }
    return real(file, command, va_arg(rest, void *));
}

int fcntl(int file, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    return answer("fcntl", file, command, rest);
}

int fcntl64(int file, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    return answer("fcntl64", file, command, rest);
}

int flock(int file, int operation)
{
    errno = ENOLCK;
    return -1;
}
"""
"""What the system's locks say on a network drive whose server has none."""

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mounts a disk and becomes another person, which takes root")
Home = dict[str, str]
"""What is in the environment of a program with that home."""


@pytest.fixture(params=["full", "read-only", "without locks"])
def bad_home(request: pytest.FixtureRequest, place: Path) -> Iterator[Home]:
    """Return the environment of a program whose data folder cannot keep anything."""
    folder = place / "bad home"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    environment = {"AESTUDIO_HOME": str(folder / "data")}
    if request.param == "read-only":
        folder.chmod(0o555)
    elif request.param == "without locks":
        environment["LD_PRELOAD"] = str(without_locks(place))
    else:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,mode=1777", "tmpfs", folder], check=True)
        with pytest.raises(OSError, match="No space left"):
            (folder / "filler").write_bytes(bytes(1 << 20))
    yield environment
    if request.param == "full":
        subprocess.run(["umount", "--lazy", folder], check=True)


def without_locks(folder: Path) -> Path:
    """Return a library that takes a program's locks away."""
    source, library = folder / "no_locks.c", folder / "no_locks.so"
    source.write_text(NO_LOCKS, encoding="utf-8")
    compiler = shutil.which("cc")
    assert compiler, "a C compiler is needed here: apt-get install gcc libc6-dev"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def test_a_command_says_so_and_does_nothing(bundle: Path, run: Run, photo: Path, bad_home: Home) -> None:
    done = run(bundle / "aestudio", "denoise", str(photo), "-o", str(photo.parent), **bad_home)
    assert (done.returncode, done.stderr.count("\n")) == (NOT_STARTED, 1), done.stderr
    assert bad_home["AESTUDIO_HOME"].removesuffix("/data") in done.stderr
    assert list(photo.parent.iterdir()) == [photo]


def test_the_window_opens_and_says_so(
    bundle: Path, screen: Screen, stranger: list[str], photo: Path, place: Path, bad_home: Home
) -> None:
    environment = {"HOME": str(place / "home"), "DISPLAY": screen.display, **bad_home}
    window = subprocess.Popen([*stranger, bundle / "aestudio", photo], env=environment, stderr=subprocess.PIPE)
    try:
        wait(lambda: screen.colours() > 5000, "the photo on the screen")
        wait(lambda: has_notice(screen), "the notice in the window")
        screen.press(screen.windows()[-1], "ctrl+q")
        _, said = window.communicate(timeout=60)
        assert (window.returncode, b"Traceback" in said) == (0, False), said
    finally:
        window.kill()


def has_notice(screen: Screen) -> bool:
    """Return whether a notice is in the window."""
    picture = screen.picture()
    top = picture.crop((0, 0, picture.width, 40)).getcolors(1 << 24) or []
    return any(colour in NOTICES for _, colour in top)
