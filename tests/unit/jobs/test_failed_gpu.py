"""A GPU that fails in the engine: its job says so once, and another engine does the others."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.engine.session import Session
from aestudio.jobs import events, spec
from aestudio.jobs.client import ProcessClient
from aestudio.jobs.worker import Worker

PATIENCE = 60.0
DENOISE = spec.Restoration("denoise", "denoise-fast", 25.0)
ENGINE = """
import sys, time
from pathlib import Path

import torch

from aestudio.engine.session import Session

failed = Path(sys.argv[1])


def run(session, *arguments):
    while len(list(failed.parent.glob("asked-*"))) < 2:
        time.sleep(0.01)
    failed.touch()
    raise getattr(torch, "AcceleratorError", RuntimeError)("CUDA error: unspecified launch failure")


if not failed.exists():
    Session.run = run
from aestudio.jobs.engine_process import main

main()
"""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(0).integers(80, 170, (60, 80, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


def test_the_job_is_told_to_have_failed_and_the_engine_to_leave(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(session: Session, *arguments: object) -> object:
        raise getattr(torch, "AcceleratorError", RuntimeError)("CUDA error: unspecified launch failure")

    monkeypatch.setattr(Session, "run", run)
    told: list[events.Event] = []
    left: list[int] = []
    worker = Worker(told.append, "cpu", leave=lambda: left.append(len(told)))
    job = spec.Restore(str(photo), DENOISE)
    worker._run(job)
    failures = [event for event in told if isinstance(event, events.Failed)]
    assert [(failure.id, failure.kind) for failure in failures] == [(job.id, "engine")]
    assert left == [len(told)]
    worker._held.results.clear()


def test_another_engine_does_what_the_one_with_the_failed_gpu_left(tmp_path: Path, photo: Path) -> None:
    client = ProcessClient(lambda: [sys.executable, "-c", ENGINE, str(tmp_path / "failed")])
    broken = spec.Restore(str(photo), DENOISE)
    waiting = spec.Save(str(photo), DENOISE, str(tmp_path / "out.png"))
    seen: list[events.Event] = []
    pids: set[int | None] = set()
    deadline = time.monotonic() + PATIENCE
    try:
        for job in (broken, waiting):
            client.submit(job)
            (tmp_path / f"asked-{job.id}").touch()
        while time.monotonic() < deadline and not any(event.id == waiting.id for event in seen if _ends(event)):
            event = client.receive(0.1)
            if event is not None:
                seen.append(event)
                pids.add(client.pid)
    finally:
        client.close()
    ends = [event for event in seen if _ends(event)]
    assert [(type(event), event.id) for event in ends] == [
        (events.Failed, broken.id),
        (events.Finished, waiting.id),
    ]
    assert len(pids - {None}) == 2
    assert (tmp_path / "out.png").exists()


def _ends(event: events.Event) -> bool:
    return isinstance(event, events.ENDINGS)
