"""A model whose file is removed while it is in use goes on working; one that was never loaded is missed."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio import paths
from aestudio.catalog import store
from aestudio.catalog.card import Card
from aestudio.engine import device
from aestudio.engine.session import SessionCache
from aestudio.errors import WeightsError
from aestudio.jobs.files import Tools, restore_file
from aestudio.jobs.spec import Restoration
from aestudio.models.weights import save_network

WANTED = Restoration("denoise", "denoise-fast", 20.0)


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a weight file of one's own, the only one that is installed."""
    monkeypatch.setenv("AESTUDIO_HOME", str(tmp_path / "home"))
    folder = tmp_path / "weights"
    folder.mkdir()
    copy = folder / "denoise-fast.safetensors"
    shutil.copyfile(store.find("denoise-fast").path, copy)
    monkeypatch.setattr(paths, "weights_folder", lambda: folder)
    return copy


@pytest.fixture
def tools() -> Tools:
    return Tools(device.choose("cpu", "float32"), SessionCache())


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(0).integers(80, 170, (37, 31, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


def test_what_is_loaded_is_used_until_the_end(weights: Path, tools: Tools, photo: Path, tmp_path: Path) -> None:
    before = tools.session_for(WANTED)
    restore_file(photo, tmp_path / "before.png", WANTED, tools)
    weights.unlink()
    restore_file(photo, tmp_path / "after.png", WANTED, tools)
    assert tools.session_for(WANTED) is before
    with Image.open(tmp_path / "before.png") as one, Image.open(tmp_path / "after.png") as other:
        assert np.array_equal(np.asarray(one), np.asarray(other))


def test_what_was_not_loaded_is_missed_with_a_sentence(
    weights: Path, tools: Tools, photo: Path, tmp_path: Path
) -> None:
    weights.unlink()
    kin = weights.with_name("denoise-other.safetensors")
    save_network({"x": torch.zeros(1)}, Card(kin.stem, "", "denoise", "restoration-unet", {}), kin)
    save_network(
        {"x": torch.zeros(1)}, Card("far", "", "upscale", "upscaler", {}, 2), weights.with_name("far.safetensors")
    )
    with pytest.raises(WeightsError, match="There is no model") as missed:
        restore_file(photo, tmp_path / "out.png", WANTED, tools)
    assert missed.value.advice == "Choose another model: denoise-other."
    assert not (tmp_path / "out.png").exists()


def test_a_damaged_file_in_its_place_is_refused(weights: Path, tools: Tools) -> None:
    tools.session_for(WANTED)
    weights.write_bytes(b"nothing of the kind")
    with pytest.raises(WeightsError):
        tools.session_for(WANTED)
