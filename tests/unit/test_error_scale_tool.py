"""tools/error_scale.py writes how large a model's errors are onto its card, and leaves its weights alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file

from aestudio.catalog.card import read_card

ROOT = Path(__file__).resolve().parents[2]


def test_a_card_gets_the_scale_and_the_weights_stay(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    for number in range(5):
        smooth = np.kron(random.integers(0, 256, (24, 24, 3)), np.ones((8, 8, 1))).astype(np.uint8)
        Image.fromarray(smooth).save(tmp_path / f"{number}.png")
    path = tmp_path / "upscale-x4-fast.safetensors"
    shutil.copy(ROOT / "weights" / path.name, path)
    before, statistics = load_file(path), read_card(path).statistics
    tool = [sys.executable, str(ROOT / "tools" / "error_scale.py"), str(tmp_path), str(path)]
    done = subprocess.run(tool, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = read_card(path).statistics
    assert {k: v for k, v in found.items() if k != "error_scale"} == {
        k: v for k, v in statistics.items() if k != "error_scale"
    }
    assert f"upscale-x4-fast: {found['error_scale']}" in done.stdout
    assert "error_scale" in path.with_suffix(".md").read_text("utf-8")
    after = load_file(path)
    assert all(torch.equal(after[name], value) and after[name].dtype == value.dtype for name, value in before.items())
