"""A pinned crop of one photo, and a run that gives way between steps."""

from __future__ import annotations

import io
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from aestudio.cli import build_parser
from aestudio.cli import run as main
from aestudio.commands.train import _StopBetweenSteps
from aestudio.errors import SettingsError
from aestudio.training.examples import save_sheet
from aestudio.training.pinned import pin, plain

CPU = torch.device("cpu")
ROTATED = 6
"""EXIF's word for a camera that was held upright: the picture lies on its side in the file."""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a photo that lies on its side in its file: 90 x 60 upright, its top left corner red."""
    pixels = np.full((90, 60, 3), 40, np.uint8)
    pixels[:20, :20] = (255, 0, 0)
    image = Image.fromarray(np.rot90(pixels).copy())
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    image.save(tmp_path / "photo.png", exif=exif)
    return tmp_path / "photo.png"


def test_a_crop_is_of_the_upright_photo_and_lies_within(photo: Path) -> None:
    corner = pin(photo, (0, 0, 16), CPU).before
    assert corner.shape == (1, 3, 16, 16)
    assert corner[0, :, 8, 8].tolist() == [1.0, 0.0, 0.0]
    assert pin(photo, (50, 80, 400), CPU).before.shape == (1, 3, 48, 48)


def test_a_photo_that_is_too_small_is_said(tmp_path: Path) -> None:
    Image.new("RGB", (15, 40)).save(tmp_path / "a.png")
    with pytest.raises(SettingsError, match="too small"):
        pin(tmp_path / "a.png", (0, 0, 64), CPU)


def test_a_format_that_training_does_not_read_is_converted_once(tmp_path: Path, photo: Path) -> None:
    copy = plain(photo, tmp_path / "run")
    with Image.open(copy) as image:
        assert image.size == (60, 90)
    Image.new("RGB", (40, 40)).save(tmp_path / "a.jpg")
    assert plain(tmp_path / "a.jpg", tmp_path / "run") == tmp_path / "a.jpg"


def test_the_sheet_shows_what_there_is_and_no_truth(photo: Path, tmp_path: Path) -> None:
    pinned = pin(photo, (0, 0, 32), CPU)
    network = nn.Conv2d(3, 3, 1)
    pinned.begin_with(network)
    with torch.inference_mode():
        examples = pinned.examples(network)
    assert examples[0].truth is None
    save_sheet(tmp_path / "sheet.png", examples)
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (96, 32)


@pytest.mark.parametrize("crop", ["1,2", "a,b,c", "-1,0,64", "0,0,8"])
def test_a_crop_that_is_none_is_refused(crop: str, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["train", "denoise", str(photo), "--name", "mine", "--self-supervised", f"--watch-crop={crop}"]
    assert main(command) == 2
    assert "is no crop" in capsys.readouterr().err


def test_a_crop_is_for_one_photo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "denoise", str(tmp_path), "--name", "mine", "--watch-crop=0,0,64"]) == 2
    assert "one photo" in capsys.readouterr().err
    assert build_parser().parse_args(["train", "denoise", "a.png", "--name", "x", "--probe"]).probe


def test_a_run_waits_from_yield_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = threading.Event()

    class Words(io.StringIO):
        def __iter__(self) -> Words:  # type: ignore[override]
            self.left = iter(["yield\n", "go\n"])
            return self

        def __next__(self) -> str:
            word = next(self.left, "")
            if word == "go\n":
                heard.wait(60)
            if not word:
                raise StopIteration
            return word

    monkeypatch.setattr(sys, "stdin", Words())
    with _StopBetweenSteps(True) as stop:
        while stop._free.is_set():
            time.sleep(0.01)
        waited: list[float] = []
        thread = threading.Thread(target=lambda: waited.append(stop.rest()))
        thread.start()
        time.sleep(0.05)
        assert not waited
        heard.set()
        thread.join()
        assert waited[0] > 0
        assert stop.rest() == 0.0
