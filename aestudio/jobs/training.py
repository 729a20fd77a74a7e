"""What a training process is asked for, and what it says of itself, one line of JSON after the other."""

from __future__ import annotations

import dataclasses
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aestudio.errors import Cancelled, StudioError

# What a training process that listens takes on its standard input, a word a line; the input's end means PAUSE.
STOP, PAUSE = "stop", "pause"
# The engine has work that a person waits for, and: that is done.
YIELD, GO = "yield", "go"


@dataclass(frozen=True)
class Training:
    """A model to fit. ``start`` is the model whose weights it begins with, ``rate`` a factor of the learning rates.

    Where it is ``self_supervised``, ``folder`` holds noisy pictures without clean twins, or is one such picture.
    ``pairs`` is a folder of inputs whose truth lies under the same names in ``folder``, moved into place where
    ``register`` says so; ``folders`` are further ones beside ``folder``.
    ``crop`` (left, top, side) of a single photo is shown as it becomes.
    With ``probe`` nothing is trained: a few steps are timed. With ``check`` nothing either: the pictures are examined.
    ``without`` is a file that names pictures to leave out, one a line.
    """

    task: str
    folder: Path
    name: str
    title: str = ""
    recipe: str = ""
    start: str = ""
    minutes: float = 10.0
    steps: int = 0
    rate: float = 1.0
    resume: bool = False
    self_supervised: bool = False
    pairs: Path | None = None
    register: bool = False
    folders: tuple[Path, ...] = ()
    probe: bool = False
    crop: tuple[int, int, int] | None = None
    without: Path | None = None
    check: bool = False

    def to_row(self) -> dict[str, Any]:
        """Return the request as plain values."""
        return {name: _plain(value) for name, value in dataclasses.asdict(self).items()}

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Training:
        """Return the request of ``to_row``. Raises KeyError, TypeError or ValueError for another row."""
        pairs, without = row.get("pairs"), row.get("without")
        folders = tuple(map(Path, row.get("folders", ())))
        crop = row.get("crop")
        paths = {"folder": Path(row["folder"]), "pairs": Path(pairs) if pairs else None, "folders": folders}
        paths |= {"without": Path(without) if without else None}
        return cls(**{**row, **paths, "crop": tuple(crop) if crop else None})

    def arguments(self) -> list[str]:
        """Return the words of the command line that trains it and says how it goes."""
        budget = ["--steps", str(self.steps)] if self.steps else ["--minutes", f"{self.minutes:g}"]
        places = [str(self.folder), *map(str, self.folders)]
        words = ["train", self.task, *places, "--name", self.name, *budget, "--json", "--listen"]
        for option, value in (("--title", self.title), ("--recipe", self.recipe), ("--from", self.start)):
            words += [f"{option}={value}"] if value else []
        if self.rate != 1.0:
            words += ["--rate", f"{self.rate:g}"]
        words += ["--self-supervised"] * self.self_supervised
        words += [f"--pairs={self.pairs}"] if self.pairs else []
        words += ["--register"] * self.register
        words += ["--probe"] * self.probe
        words += ["--watch-crop", ",".join(map(str, self.crop))] if self.crop is not None else []
        words += [f"--without={self.without}"] if self.without else []
        words += ["--check"] * self.check
        return words + ["--resume"] * self.resume


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Path) else value


def program() -> list[str]:
    """Return the words that start this program itself."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "aestudio"]


@dataclass(frozen=True)
class Begun:
    """The pictures are read. ``untouched`` is the first score of held-out pictures that are left as they are.

    ``baselines`` are all of their scores; ``truth_noise`` is the noise of what they are judged by, in 8-bit units;
    ``keeps`` is the version that becomes the model: the "best" by the score that counts, or the "last".
    ``anew``: what the run scored before was by other pictures.
    """

    device: str
    pictures: int
    held_out: int
    untouched: float | None = None
    resumed: bool = False
    baselines: dict[str, float] = field(default_factory=dict)
    truth_noise: float = 0.0
    keeps: str = "best"
    anew: bool = False


@dataclass(frozen=True)
class Progressed:
    """How a run stands; ``scores`` of the held-out pictures where they were just measured, the first one counts.

    ``gradient_norm`` is the mean length of the gradients before they are clipped, ``rate`` in 0..1 the factor of the
    recipe's learning rates. ``crops`` were learned from so far; ``memory`` and ``device_memory`` are the bytes that the
    process holds (0: not known, or not used).
    """

    step: int
    seconds: float
    progress: float
    loss: float | None
    megapixels: float = 0.0
    scores: dict[str, float] = field(default_factory=dict)
    gradient_norm: float | None = None
    rate: float | None = None
    crops: int = 0
    memory: int = 0
    device_memory: int = 0


@dataclass(frozen=True)
class Remarked:
    """Something that a person may want to know: a sentence."""

    text: str


@dataclass(frozen=True)
class Finished:
    """The model is written. ``residual`` is what it takes away from held-out pictures (``training.residual``).

    ``verdict`` says in English sentences what came of the run.
    """

    model: str
    path: str
    scores: dict[str, float] = field(default_factory=dict)
    residual: dict[str, Any] = field(default_factory=dict)
    verdict: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Paused:
    """The run stopped after a checkpoint, to go on later."""


@dataclass(frozen=True)
class Refused:
    """The run cannot begin or go on: one sentence, and what to do."""

    what: str
    advice: str = ""


@dataclass(frozen=True)
class Probed:
    """What a few timed steps of a recipe say of a device; ``memory`` in bytes, 0 while unknown."""

    device: str
    steps_per_second: float
    megapixels_per_second: float
    memory: int = 0


@dataclass(frozen=True)
class Looked:
    """Pictures are being examined before a run: ``done`` of ``total``."""

    done: int
    total: int


@dataclass(frozen=True)
class Found:
    """Something about pictures before a run; the fields are those of ``training.doctor.Finding``, paths as text."""

    kind: str
    severity: str
    what: str
    advice: str
    paths: list[str] = field(default_factory=list)
    leave_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Checked:
    """The pictures were examined; the fields are those of ``training.doctor.Sums``, and ``minutes`` of training (0: by
    steps).
    """

    pictures: int
    looked_at: int
    megapixels: float
    memory: int
    disk: int
    free: int
    reading: float
    minutes: float


TrainingEvent = Begun | Progressed | Remarked | Finished | Paused | Refused | Probed | Looked | Found | Checked
_KINDS: dict[str, type[TrainingEvent]] = {
    kind.__name__.lower(): kind
    for kind in (Begun, Progressed, Remarked, Finished, Paused, Refused, Probed, Looked, Found, Checked)
}


def to_row(event: TrainingEvent) -> dict[str, Any]:
    """Return an event as plain values, its kind among them."""
    return {"event": type(event).__name__.lower(), **dataclasses.asdict(event)}


def ending(error: StudioError) -> Paused | Refused:
    """Return what an error means to whoever watches the run."""
    return Paused() if isinstance(error, Cancelled) else Refused(error.what, error.advice)


def from_line(line: bytes | str) -> TrainingEvent | None:
    """Return the event of a line, or None where it holds none (a library's own word, a line of a newer program)."""
    try:
        row = json.loads(line)
        kind = _KINDS[row.pop("event")]
        return kind(**row)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
