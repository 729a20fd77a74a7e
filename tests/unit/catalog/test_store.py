from __future__ import annotations

import logging
from pathlib import Path

import pytest
import torch

from aestudio import paths
from aestudio.catalog import store
from aestudio.catalog.card import Card
from aestudio.catalog.shelf import free_id
from aestudio.errors import WeightsError
from aestudio.models.weights import save_network


@pytest.fixture
def shelves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    shipped, own = tmp_path / "weights", tmp_path / "own"
    monkeypatch.setattr(paths, "weights_folder", lambda: shipped)
    monkeypatch.setattr(paths, "user_models_folder", lambda: own)
    return shipped, own


def put(folder: Path, model_id: str, task: str = "denoise", scale: int = 1, title: str = "") -> None:
    card = Card(model_id, title or model_id, task, "restoration-unet", {}, scale)
    save_network({"x": torch.zeros(1)}, card, folder / f"{model_id}.safetensors")


def test_nothing_installed_is_said(shelves: tuple[Path, Path]) -> None:
    assert store.installed() == []
    with pytest.raises(WeightsError, match="No model for the task"):
        store.default_id("denoise")
    with pytest.raises(WeightsError, match="There is no model"):
        store.find("denoise-fast")


def test_own_models_join_and_win(shelves: tuple[Path, Path]) -> None:
    shipped, own = shelves
    put(shipped, "denoise-fast", title="shipped")
    put(own, "mine")
    put(own, "denoise-fast", title="own")
    assert [m.card.id for m in store.installed("denoise")] == ["denoise-fast", "mine"]
    assert store.find("denoise-fast").card.title == "own"


def test_best_is_the_default_where_it_exists(shelves: tuple[Path, Path]) -> None:
    shipped, own = shelves
    put(own, "aaa-mine")
    put(shipped, "denoise-fast")
    assert store.default_id("denoise") == "denoise-fast"
    put(shipped, "denoise-best")
    assert store.default_id("denoise") == "denoise-best"
    assert store.default_id("denoise", fast=True) == "denoise-fast"


def test_a_level_to_be_told_asks_for_a_model_that_takes_one(shelves: tuple[Path, Path]) -> None:
    shipped, _ = shelves
    put(shipped, "photo-fast")
    assert store.default_id("denoise", blind=False) == "photo-fast"
    card = Card("denoise-fast", "d", "denoise", "restoration-unet", {}, noise_range=[0, 75])
    save_network({"x": torch.zeros(1)}, card, shipped / "denoise-fast.safetensors")
    assert store.default_id("denoise") == "photo-fast"
    assert store.default_id("denoise", blind=False) == "denoise-fast"


@pytest.mark.parametrize(("scale", "wanted"), [(1.5, 2), (2, 2), (2.1, 4), (4, 4), (16, 4)])
def test_the_nearest_scale_that_reaches_is_taken(shelves: tuple[Path, Path], scale: float, wanted: int) -> None:
    for number in (2, 4):
        put(shelves[0], f"upscale-x{number}-fast", "upscale", number)
    assert store.default_id("upscale", scale) == f"upscale-x{wanted}-fast"


def test_damaged_files_are_left_out_and_logged(shelves: tuple[Path, Path], caplog: pytest.LogCaptureFixture) -> None:
    put(shelves[0], "good")
    (shelves[0] / "bad.safetensors").write_bytes(b"\x10\0\0\0\0\0\0\0{broken")
    deep = b'{"__metadata__":{},"a":' + b"[" * 60000 + b"]" * 60000 + b"}"
    (shelves[0] / "deep.safetensors").write_bytes(len(deep).to_bytes(8, "little") + deep)
    with caplog.at_level(logging.WARNING):
        assert [m.card.id for m in store.installed()] == ["good"]
    assert "bad.safetensors" in caplog.text
    assert "deep.safetensors" in caplog.text
    with pytest.raises(WeightsError, match="damaged"):
        store.find("bad")


def test_who_misses_a_model_is_told_of_those_for_the_same_task(shelves: tuple[Path, Path]) -> None:
    put(shelves[0], "clear")
    put(shelves[0], "large", "upscale", 2)
    with pytest.raises(WeightsError) as missed:
        store.find("gone", "denoise")
    assert missed.value.advice == "Choose another model: clear."
    with pytest.raises(WeightsError) as missed:
        store.find("gone")
    assert missed.value.advice == "Installed models: clear, large."


def test_an_id_is_a_name_and_no_path(shelves: tuple[Path, Path]) -> None:
    put(shelves[0], "good")
    with pytest.raises(WeightsError, match="There is no model"):
        store.find("../weights/good")


def test_a_name_that_windows_takes_for_a_device_is_no_file() -> None:
    assert free_id("CON", "my-denoise") == "my-con"
    assert free_id("夜", "my-denoise") == "my-denoise"


def test_a_new_model_does_not_take_the_name_of_a_file_that_is_no_model(home: Path) -> None:
    (home / "models").mkdir()
    (home / "models" / "garden.safetensors").write_bytes(b"\x10\0\0\0\0\0\0\0{broken")
    assert free_id("Garden", "my-denoise") == "garden-2"


def test_a_card_is_read_again_only_where_its_file_changed(
    shelves: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, _ = shelves
    read: list[str] = []
    original = store.read_card
    monkeypatch.setattr(store, "read_card", lambda path: read.append(path.stem) or original(path))
    put(shipped, "denoise-fast", title="first")
    assert store.find("denoise-fast").card is store.installed()[0].card
    assert read == ["denoise-fast"]
    put(shipped, "denoise-fast", title="the second")
    assert store.find("denoise-fast").card.title == "the second"
    (shipped / "denoise-fast.safetensors").unlink()
    assert store.installed() == []


def test_a_model_of_ones_own_is_used_where_it_is_named(shelves: tuple[Path, Path]) -> None:
    shipped, own = shelves
    put(shipped, "denoise-fast")
    put(own, "denoise-best")
    put(shipped, "vae-digits", "vae")
    put(own, "aaa", "vae")
    put(shipped, "upscale-x2-fast", "upscale", 2)
    put(shipped, "upscale-x4-fast", "upscale", 4)
    put(own, "upscale-x3-best", "upscale", 3)
    assert store.default_id("denoise") == "denoise-fast"
    assert store.default_id("vae") == "vae-digits"
    assert store.default_id("upscale", 3) == "upscale-x4-fast"
    assert store.default_id("denoise", preferred="denoise-best") == "denoise-best"
    (shipped / "vae-digits.safetensors").unlink()
    assert store.default_id("vae") == "aaa"
