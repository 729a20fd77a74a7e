"""What a training process is asked for and says, as lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aestudio.cli import build_parser
from aestudio.errors import Cancelled, InputError
from aestudio.jobs import training
from aestudio.jobs.training import Begun, Finished, Paused, Progressed, Refused, Remarked, Training, TrainingEvent

EVENTS = [
    Begun("a processor", 20, 5, 25.3, True),
    Progressed(3, 4.5, 0.25, None, 1.5, {"psnr": 30.1}, 0.7, 0.5),
    Remarked("Starting from a model."),
    Finished("mine", "/models/mine.safetensors", {"psnr": 31.0}),
    Paused(),
    Refused("No.", "Choose another."),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_what_is_said_is_understood(event: TrainingEvent) -> None:
    assert training.from_line(json.dumps(training.to_row(event))) == event


@pytest.mark.parametrize(
    "line", [b"", b"Downloading...", b"[1]", b"{}", b'{"event": "new"}', b'{"event": "begun"}', b"\xff"]
)
def test_other_lines_are_no_events(line: bytes) -> None:
    assert training.from_line(line) is None


def test_the_command_line_understands_what_the_window_asks_for() -> None:
    asked = Training("upscale", Path("/a b"), "mine", "-my model-", "upscale-x2-fast", "upscale-x2-fast", 2.5, rate=0.2)
    options = build_parser().parse_args(asked.arguments())
    assert (options.task, options.folder, options.name, options.title) == ("upscale", "/a b", "mine", "-my model-")
    assert (options.recipe, options.start, options.minutes, options.rate) == (
        "upscale-x2-fast",
        "upscale-x2-fast",
        2.5,
        0.2,
    )
    assert options.json
    assert options.listen
    assert not options.resume
    assert build_parser().parse_args(Training("vae", Path("/a"), "mine", steps=2, resume=True).arguments()).steps == 2


def test_a_cancelled_run_is_paused_and_an_error_is_told() -> None:
    assert training.ending(Cancelled()) == Paused()
    assert training.ending(InputError("No.", "Choose.")) == Refused("No.", "Choose.")
