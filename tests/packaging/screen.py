"""What the tests of the bundle and of the package share: a screen, waiting, copies of a bundle."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageGrab

from deb import linked

PATIENCE = 120.0
Run = Callable[..., subprocess.CompletedProcess[str]]


def copied(bundle: Path, target: Path) -> Path:
    """Copy a bundle by links, which takes no room; return the program in it."""
    shutil.copytree(bundle, target, symlinks=True, copy_function=linked)
    return target / "aestudio"


@dataclass
class Screen:
    """An X server without a window manager, driven by xdotool."""

    display: str

    def do(self, *arguments: str) -> str:
        """Run xdotool; return what it prints."""
        done = subprocess.run(
            ["xdotool", *arguments], env={**os.environ, "DISPLAY": self.display}, capture_output=True, text=True
        )
        return done.stdout.strip()

    def windows(self) -> list[str]:
        """Return the visible windows of the program, the newest last."""
        return self.do("search", "--onlyvisible", "--class", "aestudio").split()

    def press(self, window: str, keys: str) -> None:
        """Press keys in a window."""
        self.do("windowfocus", "--sync", window)
        self.do("key", "--clearmodifiers", keys)

    def picture(self) -> Image.Image:
        """Return what is on the screen."""
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def colours(self) -> int:
        """Return how many colours are on the screen: a photograph has thousands, a window without one has not."""
        found = self.picture().getcolors(1 << 24)
        return len(found or [])


def wait(until: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait until something is so; fail with its name."""
    end = time.monotonic() + patience
    while not until():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)
