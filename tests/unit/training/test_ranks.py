from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from checkpoints import facts_of
from curves import RECIPES, curves
from PIL import Image

from aestudio.catalog.card import read_card
from aestudio.errors import SettingsError
from aestudio.training.ranks import Ranks

RECIPE = """
task = "denoise"
architecture = "restoration-unet"
patch = 16
batch = 2
held_out = 1
[arguments]
widths = [8, 16]
blocks = 1
"""

AVERAGE = """
import torch
from torch import nn
from aestudio.training.ranks import Ranks
with Ranks(torch.device("cpu")) as ranks:
    parameter = nn.Parameter(torch.zeros(3))
    parameter.grad = torch.full((3,), 1.0 + 2 * ranks.rank)
    ranks.average_gradients([parameter])
    assert parameter.grad.tolist() == [2.0, 2.0, 2.0]
    assert ranks.agree(10.0 + ranks.rank, ranks.rank == 1) == (10.0, True)
    layer = nn.Conv2d(3, 8, 3).to(memory_format=torch.channels_last)
    norm = nn.BatchNorm1d(4)
    for values in (*layer.parameters(), norm.running_mean):
        values.data.fill_(ranks.rank + 5.0)
    ranks.broadcast_weights(layer)
    ranks.broadcast_weights(norm)
    for values in (*layer.parameters(), norm.running_mean):
        assert (values == 5.0).all()
"""


LAUNCH = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]


def surroundings(home: Path) -> dict[str, str]:
    root = str(Path(__file__).parents[3])
    return {**os.environ, "AESTUDIO_HOME": str(home), "OMP_NUM_THREADS": "1", "PYTHONPATH": root}


def torchrun(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [*LAUNCH, *arguments]
    return subprocess.run(command, env=surroundings(home), capture_output=True, text=True, timeout=300, check=False)


def test_alone_nothing_is_exchanged() -> None:
    with Ranks(torch.device("cpu")) as ranks:
        assert ranks.leads
        assert ranks.agree(3.0, False) == (3.0, False)


def test_two_processes_average_and_agree(tmp_path: Path) -> None:
    script = tmp_path / "average.py"
    script.write_text(AVERAGE)
    done = torchrun(str(script), home=tmp_path)
    assert done.returncode == 0, done.stderr


def test_two_processes_train_one_model(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(4):
        Image.fromarray(random.integers(0, 256, (40, 40, 3), dtype=np.uint8)).save(pictures / f"{number}.png")
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(RECIPE)
    what = ["-m", "aestudio", "train", "denoise", str(pictures), "--name", "two", "--recipe", str(recipe)]
    done = torchrun(*what, "--steps", "3", "--device", "cpu", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The model") == 1
    card = read_card(tmp_path / "models" / "two.safetensors")
    assert card.training["steps"] == 3
    assert card.training["device"].startswith("2 x")


def test_two_processes_learn_as_one_does(large_folder: Path, tmp_path: Path) -> None:
    told = tmp_path / "two.json"
    script = Path(__file__).with_name("curves.py")
    done = torchrun(str(script), str(large_folder), str(tmp_path / "two"), str(told), home=tmp_path)
    assert done.returncode == 0, done.stderr
    two, one = json.loads(told.read_text()), curves(large_folder, tmp_path / "one")
    for name in RECIPES:
        assert np.allclose(two[name], one[name], rtol=2e-3), (name, two[name], one[name])
        # the same start, and steps that depend on all of the batch
        assert np.allclose(two[name][0], one[name][0], rtol=1e-4), (name, two[name], one[name])


def test_what_befalls_one_process_both_give_way_to(large_folder: Path, tmp_path: Path) -> None:
    script = Path(__file__).with_name("faults.py")
    done = torchrun(str(script), str(large_folder), str(tmp_path / "runs"), home=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_batch_that_cannot_be_divided_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "3")
    ranks = Ranks(torch.device("cpu"))
    ranks.check_batch(9)
    with pytest.raises(SettingsError, match="8 cannot be divided among 3"):
        ranks.check_batch(8)
    # of which only half is drawn
    ranks.check_batch(12, 6)
    with pytest.raises(SettingsError, match="9 cannot be divided among 3") as refused:
        ranks.check_batch(9, 4)
    assert "multiple of 6" in refused.value.advice


def test_a_launch_goes_on_with_its_own_checkpoint_only(monkeypatch: pytest.MonkeyPatch) -> None:
    ranks = Ranks(torch.device("cpu"))
    assert not ranks.goes_on("")
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "job-7")
    assert ranks.goes_on("job-7")
    assert not ranks.goes_on("job-6")
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "none")
    assert not ranks.goes_on("")
    monkeypatch.setenv("TORCHELASTIC_RESTART_COUNT", "1")
    assert ranks.goes_on("")


def test_a_worker_that_dies_is_replaced_from_the_last_checkpoint(folder: Path, tmp_path: Path) -> None:
    recipe = tmp_path / "tiny.toml"
    recipe.write_text("checkpoint_every = 0\n" + RECIPE)
    words = ["--max-restarts", "1", "-m", "aestudio", "train", "denoise", str(folder), "--name", "mine"]
    words += ["--recipe", str(recipe), "--steps", "40", "--device", "cpu"]
    last = tmp_path / "runs" / "mine" / "last.safetensors"
    output = (tmp_path / "said.txt").open("w+")
    with output, subprocess.Popen([*LAUNCH, *words], env=surroundings(tmp_path), stdout=output, stderr=output) as run:
        while not last.exists() or facts_of(last)["step"] < 5:
            assert run.poll() is None, (tmp_path / "said.txt").read_text()
            time.sleep(0.02)
        workers = [p for p in psutil.Process(run.pid).children() if "aestudio" in p.cmdline()]
        workers[-1].send_signal(signal.SIGKILL)
        assert facts_of(last)["step"] < 40
        assert run.wait(timeout=200) == 0, (tmp_path / "said.txt").read_text()
    said = (tmp_path / "said.txt").read_text()
    assert "Resuming at step" in said
    assert "Resuming at step 0." not in said
    assert "Another process of this run has ended." in said
    assert "Traceback" not in said
    assert read_card(tmp_path / "models" / "mine.safetensors").training["steps"] == 40
