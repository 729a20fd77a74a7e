"""A night in short: the real window opens, restores, saves and closes small pictures again and again.

python -m benchmarks.soak [COUNT]        default 2,000

Prints the memory of the window's process and of the engine at every tenth of the way, and how much each grew between
the second tenth, when every cache is full, and the last.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.window import open_window, wait

COUNT = 2000
SIDE = 96
PARTS = 10


def write_picture(path: Path, number: int) -> Path:
    """Write a noisy picture that is like no other; return its path."""
    from PIL import Image

    noise = np.random.default_rng(number).integers(60, 180, (SIDE, SIDE, 3), np.uint8)
    Image.fromarray(noise).save(path)
    return path


def soak(count: int) -> list[tuple[float, float]]:
    """Restore ``count`` pictures, one after the other; return the megabytes of (window, engine) at each tenth."""
    import psutil

    found = []
    with tempfile.TemporaryDirectory(prefix="aestudio-soak-") as name:
        folder = Path(name)
        os.environ["AESTUDIO_HOME"] = str(folder / "home")
        app, window = open_window()
        own = psutil.Process()
        engine = next(p for p in own.children(recursive=True) if "--engine" in p.cmdline())
        for number in range(count):
            path, target = write_picture(folder / f"{number}.png", number), folder / f"{number}-out.png"
            window.open_files([path])
            # a path of its own each time: the window must have let go of everything of the last one
            wait(app, lambda path=path: window.denoise.restorer.path == path and window.idle)  # type: ignore[misc]
            window.denoise.save_to(target)
            wait(app, lambda target=target: target.exists() and window.idle)  # type: ignore[misc]
            window.pictures.remove(path)
            path.unlink()
            target.unlink()
            if (number + 1) % max(1, count // PARTS) == 0:
                found.append((own.memory_info().rss / 1e6, engine.memory_info().rss / 1e6))
                print(f"{number + 1}: window {found[-1][0]:.0f} MB, engine {found[-1][1]:.0f} MB", flush=True)
        window.close()
    return found


def main() -> None:
    """Run, and print the growth of both processes in percent."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    found = soak(count)
    (window, engine), (window_last, engine_last) = found[1], found[-1]
    grown = {"window": 100 * (window_last / window - 1), "engine": 100 * (engine_last / engine - 1)}
    print(json.dumps({"restorations": count, "grown_percent": {k: round(v, 1) for k, v in grown.items()}}))


if __name__ == "__main__":
    main()
