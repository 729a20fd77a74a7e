"""What training says of itself reaches the window in the window's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from PIL import Image
from PySide6.QtWidgets import QApplication

from aestudio.errors import NoSpaceError
from aestudio.imageio.simple import load_rgb
from aestudio.training.data import readable
from aestudio.training.machine import device_name
from aestudio.training.recovery import Recovery
from aestudio.ui import language


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    undo = language.install("zh_TW")
    yield
    undo()


def test_what_training_says_meanwhile_is_said_in_the_windows_language(chinese: None, tmp_path: Path) -> None:
    heard: list[str] = []
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")
    Image.new("RGB", (37, 31)).save(tmp_path / "whole.png")
    readable([broken, tmp_path / "whole.png"], load_rgb, tmp_path, heard.append)
    recovery = Recovery()
    recovery.say = heard.append
    recovery.split(8, MemoryError(), torch.device("cpu"))
    attempts = iter([NoSpaceError("The disk is full.", "Make room.")])

    def write() -> None:
        for error in attempts:
            raise error

    recovery.given_up = lambda: False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aestudio.training.recovery.RETRY_EVERY", 0.0)
        recovery.written(write)
    heard.append(device_name(torch.device("cpu")))
    assert len(heard) == 5
    for text in heard:
        assert re.search(r"[\u4e00-\u9fff]", language.sentence(text)), text
    assert "broken.png" in language.sentence(heard[0])
    # a path or a name inside of a sentence is no sentence
    assert "/a/Nothing is open..png" in language.sentence("There is no file /a/Nothing is open..png.")
