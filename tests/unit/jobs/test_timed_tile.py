"""What a result takes is timed on the device that will make it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.restore import Work
from aestudio.engine.session import Session
from aestudio.imageio.picture import Picture, PictureInfo
from aestudio.jobs import probe
from aestudio.jobs.spec import Restoration


def test_a_tile_is_timed_once_on_each_device(monkeypatch: pytest.MonkeyPatch) -> None:
    timed: list[str] = []
    honest = probe._per_megapixel

    def counted(work: Work) -> tuple[float, bool]:
        timed.append(work.session.choice.precision)
        return honest(work)

    monkeypatch.setattr(probe, "_per_megapixel", counted)
    pixels = np.full((32, 40, 3), 128, np.uint8)
    picture = Picture(PictureInfo(Path("x.png"), "png", 40, 32, 3, False, pixels.dtype), pixels, None)
    restoration, measured = Restoration("denoise", "denoise-fast", 15.0), probe.Probe()
    for precision in ("float32", "float32", "bfloat16", "float32"):
        session = Session(store.find("denoise-fast"), device.choose("cpu", precision))
        seconds, crowded = measured.seconds(restoration, Work(picture, session, 15.0))
        assert seconds > 0
        assert not crowded
    assert timed == ["float32", "bfloat16"]
