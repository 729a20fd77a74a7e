"""Memory that runs out while a file is restored: with less of it at a time it is restored all the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.engine import device
from aestudio.engine.session import Floats, Session, SessionCache
from aestudio.errors import OutOfMemoryError
from aestudio.jobs.files import Tools, restore_file
from aestudio.jobs.spec import Restoration

BLIND = Restoration("denoise", "photo-fast")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(0).integers(80, 170, (200, 96, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


@pytest.mark.parametrize("times", [1, 100])
def test_noise_is_judged_by_less_of_the_picture_where_memory_runs_out(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    seen: list[int] = []
    honest = Session.noise_map

    def full(session: Session, values: Floats) -> Floats:
        seen.append(len(values))
        if len(seen) <= times:
            raise torch.OutOfMemoryError("injected")
        return honest(session, values)

    monkeypatch.setattr(Session, "noise_map", full)
    monkeypatch.setattr("aestudio.jobs.files._ESTIMATE_PIXELS", 200 * 96)
    tools = Tools(device.choose("cpu", "float32"), SessionCache())
    if times == 1:
        report = restore_file(photo, tmp_path / "out.png", BLIND, tools)
        assert report.noise
        assert seen == [200, 64]
        return
    with pytest.raises(OutOfMemoryError, match="not enough memory"):
        restore_file(photo, tmp_path / "out.png", BLIND, tools)
    assert not (tmp_path / "out.png").exists()
