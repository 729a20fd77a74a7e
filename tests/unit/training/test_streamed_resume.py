"""A run on more pictures than memory holds, killed and taken up again, learns what it would have learned."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from checkpoints import facts_of
from numpy.typing import NDArray
from PIL import Image
from safetensors.torch import load_file

from aestudio.imageio.simple import load_rgb
from aestudio.training import machine, sources
from aestudio.training.fit import fit
from aestudio.training.loop import Taken, Trainer
from aestudio.training.path_list import PathList
from aestudio.training.readings import ROUND, Order
from aestudio.training.recipes import Recipe

CPU = torch.device("cpu")
STEPS = 24
# of the folder below the ring holds a quarter, and a step makes room for two pieces
SMALL = Recipe(
    "denoise",
    "restoration-unet",
    {"widths": [8, 16], "blocks": 1},
    patch=32,
    batch=16,
    warmup=2,
    held_out=2,
    seed=5,
    cache_mb=1,
    checkpoint_every=0,
)
TOML = """
task = "denoise"
architecture = "restoration-unet"
patch = 32
batch = 16
warmup = 2
held_out = 2
cache_mb = 1
checkpoint_every = 0
[arguments]
widths = [8, 16]
blocks = 1
"""


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Return a folder of 150 pictures of several sizes, every ninth of which is none."""
    place, chance = tmp_path / "album", np.random.default_rng(0)
    place.mkdir()
    for number in range(150):
        path = place / f"{number}.png"
        if number % 9 == 4:
            path.write_text("no picture")
            continue
        size = (40 + 7 * (number % 5), 61 + 60 * (number % 7 == 0))
        tiles = np.kron(chance.integers(0, 256, (*size, 3)), np.ones((2, 2, 1)))
        Image.fromarray(tiles.astype(np.uint8)).save(path)
    return place


def uneven(path: Path) -> NDArray[np.uint8]:
    """Read a picture, now and then after a while: the order in which threads are done is never the same."""
    if random.random() < 0.1:
        time.sleep(random.random() / 100)
    return load_rgb(path)


def losses_of(
    album: Path, place: Path, monkeypatch: pytest.MonkeyPatch, killed: Callable[[], bool], resume: bool
) -> list[Taken]:
    """Run the real thing and return the loss and the gradient's length of every step."""
    seen, honest = list[Taken](), Trainer._settle

    def noted(run: Trainer) -> list[Taken]:
        taken = honest(run)
        seen.extend(taken)
        return taken

    def kill() -> bool:
        if killed():
            raise InterruptedError
        return False

    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "_settle", noted)
        patch.setattr(machine, "bfloat16_gain", lambda: 0.0)
        patch.setattr(sources, "load_rgb", uneven)
        try:
            fit(SMALL, album, "mine", place, place / "models", CPU, STEPS, resume=resume, cancelled=kill)
        except InterruptedError:
            assert len(seen) < STEPS
    return seen


def test_a_streamed_run_that_is_killed_goes_on_with_the_same_losses(
    album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = losses_of(album, tmp_path / "whole", monkeypatch, lambda: False, resume=False)
    assert len(whole) == STEPS
    for number in (1, 14):
        place, left = tmp_path / str(number), iter([False] * number + [True])
        before = losses_of(album, place, monkeypatch, left.__next__, resume=False)
        facts = facts_of(place / "last.safetensors")
        assert facts["step"] == number
        assert facts["pictures"]["put"] >= 64 + number // 3, "the ring goes round"
        after = losses_of(album, place, monkeypatch, lambda: False, resume=True)
        assert before + after == whole


def test_a_streamed_run_of_the_command_that_is_killed_ends_with_the_same_weights(album: Path, tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(TOML)
    words = [sys.executable, "-m", "aestudio", "train", "denoise", str(album), "--name", "mine", "--device", "cpu"]
    words += ["--recipe", str(tmp_path / "small.toml"), "--steps", "40", "--json"]

    def surroundings(home: str) -> dict[str, str]:
        root = str(Path(__file__).parents[3])
        return {**os.environ, "AESTUDIO_HOME": str(tmp_path / home), "PYTHONPATH": root, "OMP_NUM_THREADS": "1"}

    whole = subprocess.run(words, env=surroundings("whole"), capture_output=True, check=True, timeout=300, text=True)
    assert "too many to read them all first" in whole.stdout + whole.stderr
    environment = surroundings("killed")
    last = tmp_path / "killed" / "runs" / "mine" / "last.safetensors"
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        while not (last.exists() and facts_of(last)["step"] >= 3):
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    assert facts_of(last)["step"] < 40
    subprocess.run([*words, "--resume"], env=environment, capture_output=True, check=True, timeout=300)
    first, second = (load_file(tmp_path / home / "models" / "mine.safetensors") for home in ("whole", "killed"))
    assert all(torch.equal(first[name], second[name]) for name in first)


def listed(count: int) -> PathList:
    known = PathList()
    for number in range(count):
        known.append("/a", f"{number}.png")
    return known


def test_what_a_reading_takes_does_not_depend_on_how_far_the_walk_has_come() -> None:
    total, first = 1000, 100
    slow, growing = threading.Event(), listed(first)
    before = Order(growing, slow, 3)
    finished = threading.Event()
    known = listed(first)
    after = Order(known, finished, 3)
    for number in range(first, total):
        known.append("/a", f"{number}.png")
    finished.set()
    taken = []
    for number in range(3 * total):
        path = before.path(number)
        while path is None:
            # the walk goes on by one
            growing.append("/a", f"{len(growing)}.png") if len(growing) < total else slow.set()
            path = before.path(number)
        assert path == after.path(number)
        taken.append(path)
    once = after.once()
    assert once == 3 * ROUND + total
    assert len(set(taken[3 * ROUND : once])) == total, "each once before one comes again"
    assert taken[once : once + total] != taken[once - total : once], "and in another order then"
