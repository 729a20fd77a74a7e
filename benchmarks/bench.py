"""What the tables of docs/scores.md share: figures, measured once for each weight file and precision, and tables."""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aestudio.catalog import store
from aestudio.catalog.store import Model
from aestudio.engine.device import DeviceChoice, choose
from aestudio.engine.session import Session

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "build" / "scores.json"
SPEED = "speed"
"""What the figures are called that another device would have others of."""


@dataclass
class Bench:
    """A device, the pictures' folder, what is known already, and ``only`` which models are asked for: none for all."""

    choice: DeviceChoice
    data: Path
    known: dict[str, float]
    sessions: dict[str, Session] = dataclasses.field(default_factory=dict)
    only: Sequence[str] = ()

    def wants(self, *names: str) -> bool:
        """Tell whether one of the models of these names is asked for."""
        return not self.only or bool(set(names) & set(self.only))

    def models(self, *tasks: str) -> list[Model]:
        """Return the installed models of these tasks that are asked for."""
        return [m for task in tasks for m in store.installed(task) if self.wants(m.card.id)]

    def session(self, model: Model) -> Session:
        if model.card.id not in self.sessions:
            self.sessions[model.card.id] = Session(model, self.choice)
        return self.sessions[model.card.id]

    def figure(self, model: Model, what: str, measure: Callable[[Session], dict[str, float]], name: str) -> float:
        """Return one figure of a model, measured unless it is known for these weights in this precision.

        How fast it is, is known of this device alone; pictures are as good on any.
        """
        about = (_digest(model.path), self.choice.precision, *([self.choice.name] if what == SPEED else []), what)
        key = "|".join((*about, name))
        if key not in self.known:
            print(f"{model.card.id}: {what}", file=sys.stderr, flush=True)
            for found, value in measure(self.session(model)).items():
                self.known["|".join((*about, found))] = float(value)
            CACHE.parent.mkdir(exist_ok=True)
            CACHE.write_text(json.dumps(self.known, indent=1), encoding="utf-8")
        return self.known[key]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, *rows)]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


def main_bench(arguments: Sequence[str]) -> Bench:
    """Return the bench of a command line: ``--data FOLDER`` and ``--fresh``. Ends the program without pictures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--fresh", action="store_true", help="measure everything again")
    options = parser.parse_args(arguments)
    if not (options.data / "test").is_dir():
        sys.exit(f"There are no test pictures in {options.data / 'test'}; name their folder with --data.")
    known = {} if options.fresh or not CACHE.exists() else json.loads(CACHE.read_text(encoding="utf-8"))
    return Bench(choose("auto"), options.data, known)
