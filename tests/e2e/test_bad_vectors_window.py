"""Files of latent vectors that cannot be decoded, opened in the window: a sentence each, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from tests.real_window import opened

PATIENCE = 120_000
MODEL = "vae-digits-2d"


def test_bad_vectors_get_a_sentence_each(qtbot: QtBot, tmp_path: Path) -> None:
    np.savez(tmp_path / "nan.npz", z_mean=np.array([[0.0, np.nan]]))
    np.savez(tmp_path / "long.npz", z_mean=np.zeros((1, 5)))
    np.savez(tmp_path / "other.npz", z_mean=np.zeros((1, 2)), model=np.array("another"))
    (tmp_path / "words.csv").write_text("name,z_mean_0,z_mean_1\na,1,x\n")
    with opened(qtbot) as window:
        tab, picker = window.generate, window.generate.inspector.model_picker
        picker.setCurrentIndex(picker.findData(MODEL))
        window.tabs.setCurrentWidget(tab)
        qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)
        before = [sample.vector for sample in tab.grid.samples]
        assert before
        for name, said in (
            ("nan.npz", "not numbers"),
            ("long.npz", "takes (N, 2)"),
            ("other.npz", "made by the model “another”"),
            ("words.csv", "Line 2 of"),
        ):
            window.open_files([tmp_path / name])
            qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)
            assert said in window.notices.text.text()
            assert [sample.vector for sample in tab.grid.samples] == before
            assert tab.map.ready
