"""What training says of itself reaches the window in the window's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtWidgets import QApplication

from aestudio.errors import NoSpaceError
from aestudio.imageio.simple import load_rgb
from aestudio.training.data import readable
from aestudio.training.machine import device_name
from aestudio.training.pair_reading import gather_pairs
from aestudio.training.recovery import Recovery
from aestudio.training.sources import Source
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


@pytest.mark.parametrize("register", [True, False])
def test_what_is_said_of_pairs_is_whole_in_the_windows_language(chinese: None, tmp_path: Path, register: bool) -> None:
    random = np.random.default_rng(0)
    for folder in ("truth", "given"):
        (tmp_path / folder).mkdir()
    for number in range(7):
        whole = np.kron(random.integers(0, 256, (30, 30, 3)), np.ones((4, 4, 1))).astype(np.uint8)
        Image.fromarray(whole[10:100, 10:100]).save(tmp_path / "truth" / f"{number}.png")
        # the first is of another size, one is where it should be, the last is no pair, the others are shifted
        part = whole[:40, :40] if number == 0 else whole[10:100, 10:100] if number == 1 else whole[7:97, 14:104]
        part = 255 - whole[10:100, 10:100] if number == 6 else part
        Image.fromarray(part).save(tmp_path / "given" / f"{number}.png")
        Image.fromarray(whole[:50, :50]).save(tmp_path / "truth" / f"alone{number}.png")
    heard: list[str] = []
    source = Source((tmp_path / "truth",), pairs=tmp_path / "given", register=register)
    gather_pairs(source, 2, 1, 32, 10**9, torch.device("cpu"), heard.append)
    assert len(heard) == 5
    for text in heard:
        said = re.sub(r"\w+\.png", "", language.sentence(text))
        assert re.search(r"[\u4e00-\u9fff]", said), text
        assert not re.search(r"[A-Za-z]", said), said
