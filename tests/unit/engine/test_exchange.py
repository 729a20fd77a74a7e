"""Shipped models as ONNX, run by onnxruntime beside PyTorch."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from aestudio import extras
from aestudio.__main__ import main
from aestudio.catalog import store
from aestudio.cli import DONE, NOT_STARTED, WRONG
from aestudio.engine import exchange
from aestudio.models.weights import load_network

onnxruntime = pytest.importorskip("onnxruntime")
# exporting the larger networks takes a minute on a busy machine
pytestmark = pytest.mark.timeout(600)


def test_a_denoiser_takes_any_size_and_a_noise_level(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "d.onnx"
    assert main(["models", "denoise-fast", "--onnx", str(target), "--json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == "done"
    assert 0 <= said["difference"] < 1e-4
    session = onnxruntime.InferenceSession(target)
    told = session.get_modelmeta().custom_metadata_map
    assert json.loads(told["aestudio"])["id"] == "denoise-fast"
    network, _ = load_network(store.find("denoise-fast").path)
    picture = torch.rand(1, 3, 40, 200, generator=torch.Generator().manual_seed(0))
    sigma = torch.full((1, 1, 40, 200), 20 / 255)
    (found,) = session.run(None, {"picture": picture.numpy(), "sigma": sigma.numpy()})
    with torch.inference_mode():
        assert np.abs(found - network(picture, sigma).numpy()).max() < 1e-4
    before = target.read_bytes()
    assert main(["models", "denoise-fast", "--onnx", str(target)]) == NOT_STARTED
    assert target.read_bytes() == before


def test_an_upscaler_gives_a_larger_picture(tmp_path: Path) -> None:
    (made,) = exchange.export_onnx(store.find("upscale-x2-fast"), tmp_path / "u.onnx")
    assert made.difference < 1e-4
    picture = np.random.default_rng(0).random((1, 3, 36, 60), np.float32)
    (found,) = onnxruntime.InferenceSession(made.path).run(None, {"picture": picture})
    assert found.shape == (1, 3, 72, 120)


def test_a_vae_gives_a_decoder_and_an_encoder(tmp_path: Path) -> None:
    decoder, encoder = exchange.export_onnx(store.find("vae-digits-2d"), tmp_path / "v.onnx")
    assert encoder.path == tmp_path / "v-encoder.onnx"
    (picture,) = onnxruntime.InferenceSession(decoder.path).run(None, {"z": np.zeros((1, 2), np.float32)})
    assert picture.shape == (1, 1, 28, 28)
    assert 0 <= picture.min() < picture.max() <= 1
    (z,) = onnxruntime.InferenceSession(encoder.path).run(None, {"picture": picture})
    assert z.shape == (1, 2)
    assert np.abs(z).max() < 1.0


def test_what_differs_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(exchange, "TOLERANCE", -1.0)
    assert main(["models", "vae-digits-2d", "--onnx", str(tmp_path / "v.onnx")]) == NOT_STARTED
    assert "differs from the model by" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "vae-digits-2d", "--onnx", str(tmp_path / "v.pt")]) == WRONG
    monkeypatch.setattr(extras, "ONNX", ("onnx", "a_library_that_is_not_there"))
    assert main(["models", "vae-digits-2d", "--onnx", str(tmp_path / "v.onnx")]) == WRONG
    said = capsys.readouterr().err
    assert "Writing ONNX files needs a_library_that_is_not_there. Install it with its extra: " in said
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert main(["models", "vae-digits-2d", "--onnx", str(tmp_path / "v.onnx")]) == WRONG
    assert "Nothing can be added to this program" in capsys.readouterr().err
