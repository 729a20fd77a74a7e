from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from aestudio.catalog.card import read_card
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
"""


def torchrun(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", *arguments]
    root = Path(__file__).parents[3]
    environment = {**os.environ, "AESTUDIO_HOME": str(home), "OMP_NUM_THREADS": "1", "PYTHONPATH": str(root)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


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
