"""Trains the shipped models one after the other within a budget, what people meet first first.

    python tools/train_all.py FOLDER HOME [--minutes 25] [--only photo-best,denoise-best] [--credit ... --licence ...]

Made for a GPU that is to be had for a while. The budget is for training alone: reading the pictures, compiling and
describing what kind they are take a minute more for each. ``--only`` makes parts of the queue for less
time. Every model goes on from its weights in HOME/models or among the
shipped ones, or from a relative's; a run that was cut off goes on from its last checkpoint. Needs no more than torch,
safetensors, NumPy, Pillow and tqdm.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Turn:
    """One model: its share of the budget, whose weights it begins with where it has none, and the crops of a step."""

    name: str
    share: float
    relative: str = ""
    batch: int = 32
    patch: int = 128

    @property
    def task(self) -> str:
        return "upscale" if self.name.startswith("upscale") else "denoise"


QUEUE = (
    Turn("denoise-best", 5, "denoise-fast"),
    Turn("photo-best", 6, "photo-fast"),
    Turn("photo-fast", 3, "denoise-fast", batch=64),
    Turn("upscale-x4-photo", 3, "upscale-x4-fast", batch=64, patch=48),
    Turn("upscale-x2-best", 2.5, "upscale-x2-fast", patch=64),
    Turn("denoise-fast", 3, batch=64),
    Turn("upscale-x4-best", 2.5, "upscale-x4-fast", patch=64),
    Turn("upscale-x3-best", 1.5, "upscale-x3-fast", patch=64),
    Turn("upscale-x4-fast", 1, "upscale-x2-fast", batch=64, patch=64),
    Turn("upscale-x2-fast", 1, batch=64, patch=64),
    Turn("upscale-x3-fast", 1, "upscale-x2-fast", batch=64, patch=64),
)


def command(turn: Turn, minutes: float, options: argparse.Namespace) -> list[str]:
    """Return the command that trains one model, with the weights to begin with where there are any."""
    found = [n for n in (turn.name, turn.relative) if n and _exists(n, options.home)]
    return [
        *(sys.executable, "-m", "aestudio", "train", turn.task, str(options.folder.resolve())),
        *("--name", turn.name, "--recipe", turn.name, "--minutes", f"{minutes:.2f}", "--resume", "--overwrite"),
        *("--batch", str(turn.batch), "--patch", str(turn.patch)),
        *(("--from", found[0]) if found else ()),
        *(("--credit", options.credit) if options.credit else ()),
        *(("--licence", options.licence) if options.licence else ()),
    ]


def _exists(name: str, home: Path) -> bool:
    return any((folder / f"{name}.safetensors").exists() for folder in (home / "models", ROOT / "weights"))


def main() -> int:
    """Run the queue; return how many runs failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("home", type=Path, help="for models and checkpoints")
    parser.add_argument("--minutes", type=float, default=25.0, help="for all of them together")
    parser.add_argument("--only", default="", help="names, with commas between them")
    parser.add_argument("--credit")
    parser.add_argument("--licence")
    options = parser.parse_args()
    wanted = [n for n in options.only.split(",") if n]
    unknown = sorted(set(wanted) - {t.name for t in QUEUE})
    if unknown:
        parser.error(f"there is no model {', '.join(unknown)} in the queue")
    turns = [t for t in QUEUE if not wanted or t.name in wanted]
    environment = {**os.environ, "AESTUDIO_HOME": str(options.home.resolve()), "PYTHONPATH": str(ROOT)}
    started, failed = time.monotonic(), 0
    for number, turn in enumerate(turns):
        left = options.minutes - (time.monotonic() - started) / 60
        minutes = left * turn.share / sum(t.share for t in turns[number:])
        if minutes < 0.1:
            break
        print(f"{turn.name}: {minutes:.1f} minutes", flush=True)
        done = subprocess.run(command(turn, minutes, options), env=environment, cwd=ROOT, check=False).returncode == 0
        failed += not done
        if done:
            # the next call goes on from the finished weights, with a schedule of its own
            (options.home / "runs" / turn.name / "last.safetensors").unlink(missing_ok=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
