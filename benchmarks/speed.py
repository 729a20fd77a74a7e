"""Measures speed and memory on this machine and writes them as tables: ``make bench``.

    python -m benchmarks.speed [--quick] [--sizes 1,12,100] [--output docs/benchmarks.md]

One run measures everything, so that the figures can be compared with each other: the convolution
peak, each network alone, a 32-million-parameter U-Net as the yardstick, the command line from file to
file, and the window. Sections of the page that it does not make stay: they were measured apart.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from aestudio.catalog import store
from aestudio.engine.device import DeviceChoice, choose
from benchmarks.networks import NetworkSpeed, Peak, convolution_peaks, installed_speeds, yardstick_speed
from benchmarks.rows import with_others

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "samples" / "noisy-house.jpg"


@dataclass(frozen=True)
class EndToEnd:
    """One file through the command line, engine warm: megapixels of the result a second, and peak memory."""

    task: str
    model: str
    megapixels: float
    format: str
    seconds: float
    rate: float
    peak_gb: float | None


def say(text: str) -> None:
    """Tell the person what is being measured, without disturbing the table on standard output."""
    print(text, file=sys.stderr, flush=True)


def make_picture(folder: Path, megapixels: float) -> Path:
    """Return a JPEG of about that size (3:2): the noisy sample picture repeated, mirrored at each seam."""
    height = round(math.sqrt(megapixels * 1e6 / 1.5))
    width = round(height * 1.5)
    with Image.open(SAMPLE) as image:
        block = np.asarray(image.convert("RGB"))
    block = np.concatenate([block, block[:, ::-1]], axis=1)
    block = np.concatenate([block, block[::-1]], axis=0)
    repeats = (-(-height // block.shape[0]), -(-width // block.shape[1]), 1)
    path = folder / f"{megapixels:g}-megapixels.jpg"
    Image.fromarray(np.tile(block, repeats)[:height, :width]).save(path, quality=92)
    return path


def run_measured(command: list[str], environment: dict[str, str]) -> tuple[str, float | None]:
    """Run a command and return its standard output and its peak memory in GB, where the system tells it."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT)
    assert process.stdout is not None
    output = process.stdout.read().decode()
    if not hasattr(os, "wait4"):
        process.wait()
        peak = None
    else:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        # kilobytes on Linux, bytes on macOS
        peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with code {process.returncode}")
    return output, peak


def end_to_end(task: str, source: Path, warm_up: Path, suffix: str, options: list[str], folder: Path) -> EndToEnd:
    """Restore one file by the command line, after a small one that loads and warms the engine."""
    target = folder / f"{task}-{suffix}-{source.stem}"
    command = [sys.executable, "-m", "aestudio", task, str(warm_up), str(source), "-o", str(target)]
    command += ["--format", suffix, "--json", "--overwrite", *options]
    output, peak = run_measured(command, {**os.environ, "AESTUDIO_HOME": str(folder / "home")})
    record = [json.loads(line) for line in output.splitlines()][-1]
    megapixels = record["width"] * record["height"] / 1e6
    return EndToEnd(task, record["model"], megapixels, suffix, record["seconds"], megapixels / record["seconds"], peak)


def file_to_file(sizes: list[float], options: list[str], folder: Path) -> list[EndToEnd]:
    """Return the command line's speed for denoising every size and enlarging those up to 12 megapixels."""
    warm_up = make_picture(folder, 0.4)
    results = []
    for size in sizes:
        source = make_picture(folder, size)
        tasks = ["denoise", *(["upscale"] if size <= 12 and store.installed("upscale") else [])]
        for task in tasks:
            extra = ["--scale", "2"] if task == "upscale" else []
            for suffix in ("jpeg", "tiff"):
                say(f"{task}, {size:g} megapixels to {suffix} ...")
                results.append(end_to_end(task, source, warm_up, suffix, [*extra, *options], folder))
                say(f"  {results[-1].seconds:.2f} s")
    return results


def window_figures(rounds: int, quick: bool, folder: Path) -> tuple[float, str]:
    """Return the seconds to the first paint, and the table of what keeps the window from ticking."""
    environment = {**os.environ, "AESTUDIO_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
    base = [sys.executable, "-m", "benchmarks.window"]
    say("the window's first paint ...")
    paints = [
        float(run_measured([*base, "paint", str(time.time())], environment)[0].split()[-1]) for _ in range(rounds)
    ]
    say("the window at work ...")
    output, _ = run_measured([*base, "table", *(["--quick"] if quick else [])], environment)
    return statistics.median(paints), output.strip()


def processor_name() -> str:
    """Return the processor's model as the system names it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def table(headings: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table, the first column to the left and the others to the right."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def report(arguments: argparse.Namespace, folder: Path) -> str:
    """Measure everything and return the page."""
    choice = choose(arguments.device, arguments.precision)
    spell = 0.3 if arguments.quick else 2.0
    say("convolution peak ...")
    peaks = convolution_peaks(choice, spell)
    say("networks ...")
    speeds = installed_speeds(choice, spell)
    yardstick = yardstick_speed(choice, spell)
    options = ["--device", arguments.device, "--precision", arguments.precision]
    files = file_to_file(arguments.sizes, options, folder)
    window = window_figures(1 if arguments.quick else 5, arguments.quick, folder)
    return page(
        choice, peaks_table(peaks), networks_table(speeds, yardstick, peaks), files_table(files, speeds), window
    )


def peaks_table(peaks: list[Peak]) -> str:
    """Return the convolution peaks as a table."""
    return table(
        ["3x3 convolution, channels-last", "GMAC/s"],
        [[f"{p.channels} channels, {p.precision}", f"{p.gmacs:.0f}"] for p in peaks],
    )


def networks_table(speeds: list[NetworkSpeed], yardstick: NetworkSpeed, peaks: list[Peak]) -> str:
    """Return the networks' rates, their fraction of the peak in their precision, and how they compare."""
    rows = []
    for speed in [*speeds, yardstick]:
        peak = max(p.gmacs for p in peaks if p.precision == speed.precision)
        rows.append(
            [
                f"`{speed.name}`" if speed is not yardstick else "yardstick (32 M parameters)",
                speed.precision,
                str(speed.tile),
                f"{speed.mmacs_per_pixel:.3f}",
                f"{speed.megapixels_per_second:.3g}",
                f"{100 * speed.gmacs / peak:.0f} %",
                f"{speed.megapixels_per_second / yardstick.megapixels_per_second:.1f}",
            ]
        )
    headings = ["network alone", "precision", "tile", "MMAC/pixel", "MP/s", "of the peak", "times the yardstick"]
    return table(headings, rows)


def files_table(files: list[EndToEnd], speeds: list[NetworkSpeed]) -> str:
    """Return the command line's figures, and their fraction of the network alone."""
    alone = {speed.name: speed.megapixels_per_second for speed in speeds}
    return table(
        ["file to file", "result", "stored as", "seconds", "MP/s", "of network alone", "peak memory"],
        [
            [
                f"`{f.model}`",
                f"{f.megapixels:.1f} MP",
                f.format.upper(),
                f"{f.seconds:.2f}",
                f"{f.rate:.3g}",
                f"{f.rate / alone[f.model]:.2f}",
                "-" if f.peak_gb is None else f"{f.peak_gb:.2f} GB",
            ]
            for f in files
        ],
    )


def page(choice: DeviceChoice, peaks: str, networks: str, files: str, window: tuple[float, str]) -> str:
    """Return docs/benchmarks.md."""
    first_paint, at_work = window
    return f"""# Benchmarks

Made by `make bench` ({time.strftime("%Y-%m-%d")}); figures of one run on one machine, never asserted in tests.

- Processor: {processor_name()}, {os.cpu_count()} cores; {platform.system()}
- PyTorch {torch.__version__.split("+")[0]}, Python {platform.python_version()}
- Device: {choice.label} ({choice.reason})

MP are megapixels of the result, a GMAC is a thousand million multiply-accumulates.

## Convolution peak

{peaks}

## Networks

Each at its fastest tile size, without files, tiles' overlap or conversion. The yardstick is a U-Net of DRUNet's shape
(widths 64/128/256/512, 4 blocks, no pixel-unshuffle) in float32.

{networks}

## From file to file

The command line, JPEG in, engine warm (a small picture goes first in the same process), with the noise estimated. Peak
memory is that of the whole process.

{files}

## Window

From the interpreter's start to the first paint: {first_paint:.2f} s. A gap is the time between two ticks, 5 ms apart,
of the window's thread; drawn offscreen, the engine at work beside it.

{at_work}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures speed and memory and writes docs/benchmarks.md.")
    parser.add_argument("--quick", action="store_true", help="one megapixel only, short rounds")
    parser.add_argument("--sizes", default="", help="megapixels, separated by commas (default 1,12,100)")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks.md")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--precision", default="auto")
    arguments = parser.parse_args()
    arguments.sizes = [float(s) for s in (arguments.sizes or ("1" if arguments.quick else "1,12,100")).split(",")]
    with tempfile.TemporaryDirectory(prefix="aestudio-bench-") as folder:
        text = report(arguments, Path(folder))
    before = arguments.output.read_text(encoding="utf-8") if arguments.output.exists() else ""
    arguments.output.write_text(with_others(text, before), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
