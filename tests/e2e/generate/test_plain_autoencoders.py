"""Autoencoders without a bound in the Generate tab, with the real engine: samples, a picture, and how lossy it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from latent_samples import install
from PIL import Image
from pytestqt.qtbot import QtBot

from tests.real_window import opened

LIMIT = 120_000


@pytest.mark.parametrize("architecture", ["autoencoder", "adversarial-autoencoder"])
def test_samples_are_drawn_and_a_picture_is_placed(qtbot: QtBot, tmp_path: Path, architecture: str) -> None:
    install("plain", {"size": 8, "latent": 3, "width": 4, "hidden": 8}, architecture=architecture)
    photo = tmp_path / "mine.png"
    Image.fromarray(np.tile(np.arange(0, 240, 20, dtype=np.uint8), (12, 1))).save(photo)
    with opened(qtbot) as made:
        picker = made.generate.inspector.model_picker
        picker.setCurrentIndex(picker.findData("plain"))
        made.tabs.setCurrentWidget(made.generate)
        qtbot.waitUntil(lambda: made.idle, timeout=LIMIT)
        count = made.generate.grid.count
        assert count > 0
        made.open_files([photo])
        qtbot.waitUntil(lambda: made.idle, timeout=LIMIT)
        assert made.generate.grid.samples[0].name == "mine.png"
        assert made.generate.grid.count == count + 1
        assert "PSNR" in made.generate.inspector.loss_words.text()
