"""How long a bundle takes from its start to its first painted window, and its engine until it is ready.

python -m benchmarks.start dist/aestudio [--runs N]

Starts the program with a photo, as a double-click does, on an X server of its own (Xvfb) and looks at the screen. Cold:
what the caches hold is dropped before the start, of all files where this runs as root, of the bundle's otherwise.
Where the system allows it (root), the program and the screen go before all else on the processors, so that a busy
machine is measured like an idle one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

import psutil
from PIL import ImageGrab

from aestudio.jobs.client import ProcessClient
from aestudio.jobs.events import EngineReady

CENTRE = (640, 400, 641, 401)
PHOTO = Path(__file__).parents[1] / "resources" / "samples" / "noisy-house.jpg"
ALL_CACHES = Path("/proc/sys/vm/drop_caches")


def go_first() -> bool:
    """Go before other programs on the processors, with all that is started from here; return whether that may be."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except OSError:
        return False
    return True


def drop_from_cache(folder: Path) -> None:
    """Ask the kernel to forget what it holds of files: of all where it lets us, of the folder's otherwise (Linux)."""
    os.sync()
    try:
        ALL_CACHES.write_text("3\n", encoding="ascii")
        return
    except OSError:
        pass
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)


def first_paint(program: Path, display: str, busy: list[float]) -> float:
    """Start the window; return the seconds until it is painted, and add those that a processor worked to ``busy``."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "AESTUDIO_HOME": home, "DISPLAY": display}
        started = time.perf_counter()
        window = subprocess.Popen([program, PHOTO], env=environment, stderr=subprocess.DEVNULL)
        try:
            while ImageGrab.grab(CENTRE, xdisplay=display).getpixel((0, 0)) == (0, 0, 0):
                time.sleep(0.002)
            painted = time.perf_counter() - started
            times = psutil.Process(window.pid).cpu_times()
            busy.append(times.user + times.system)
            return painted
        finally:
            window.terminate()
            window.wait()


def engine_ready(program: Path) -> float:
    """Start the engine alone; return the seconds until it says that it is ready."""
    client = ProcessClient(lambda: [str(program), "--engine"])
    started = time.perf_counter()
    client.start()
    try:
        while not isinstance(client.receive(1.0), EngineReady):
            pass
        return time.perf_counter() - started
    finally:
        client.close()


def in_words(seconds: list[float]) -> str:
    """Return the median and the range of some times."""
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def main() -> None:
    """Print the medians, cold and warm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    program = options.bundle.absolute() / "aestudio"
    print("Before all else on the processors." if go_first() else "Beside all else on the processors.", end="\n\n")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = f":{pipe.readline().strip()}"
    try:
        first_paint(program, display, [])
        print("| file cache | first paint, s | of which a processor worked | engine ready, s |\n|---|---|---|---|")
        for name in ("cold", "warm"):
            columns: tuple[list[float], list[float]] = ([], [])
            busy: list[float] = []
            for _ in range(options.runs):
                measures = (partial(first_paint, program, display, busy), partial(engine_ready, program))
                for column, measure in zip(columns, measures, strict=True):
                    if name == "cold":
                        drop_from_cache(options.bundle)
                    column.append(measure())
            print(f"| {name} | {in_words(columns[0])} | {in_words(busy)} | {in_words(columns[1])} |", flush=True)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
