"""tools/blend_weights.py writes a model between two others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from aestudio.catalog.card import Card
from aestudio.models.registry import build
from aestudio.models.weights import load_network, save_network

TOOL = Path(__file__).resolve().parents[2] / "tools" / "blend_weights.py"


def put(path: Path, value: float, blocks: int = 1) -> Path:
    arguments = {"widths": [4, 8], "blocks": blocks}
    state = {name: torch.full_like(w, value) for name, w in build("upscaler", arguments).state_dict().items()}
    card = Card(
        path.stem, "Mine", "upscale", architecture="upscaler", arguments=arguments, scores={"set5": {"psnr": 1}}
    )
    save_network(state, card, path)
    return path


def blend(*words: object) -> int:
    return subprocess.run([sys.executable, str(TOOL), *map(str, words)], capture_output=True, timeout=120).returncode


def test_a_quarter_of_the_way(tmp_path: Path) -> None:
    before, after = put(tmp_path / "before.safetensors", 1.0), put(tmp_path / "after.safetensors", 3.0)
    target = tmp_path / "mixed" / "after.safetensors"
    target.parent.mkdir()
    assert blend(before, after, 0.25, target) == 0
    network, card = load_network(target)
    assert all(float(w.float().mean()) == pytest.approx(1.5) for w in network.state_dict().values())
    assert card.training["share_of_what_came_last"] == 0.25
    # what was measured of one of the two is not said of the blend
    assert card.scores == {}
    assert target.with_suffix(".md").exists()


def test_models_of_two_designs_are_refused(tmp_path: Path) -> None:
    before, after = put(tmp_path / "before.safetensors", 1.0), put(tmp_path / "after.safetensors", 3.0, blocks=2)
    assert blend(before, after, 0.5, tmp_path / "mixed.safetensors") == 2
    assert not (tmp_path / "mixed.safetensors").exists()
