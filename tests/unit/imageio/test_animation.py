"""Animations: what they hold, and that a failure leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio.errors import Cancelled, NoFolderError, OutputError, SettingsError
from aestudio.imageio.animation import Animation, animation_bytes, check_animation, write_animation


def frames(count: int, channels: int = 1, stop: int = -1) -> Iterator[NDArray[np.uint8]]:
    for number in range(count):
        if number == stop:
            raise Cancelled
        frame = np.zeros((13, 13, channels), np.uint8)
        frame[:, : number % 13] = 40 * number % 255
        yield frame


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("form", ["gif", "webp"])
def test_an_animation_holds_every_frame(form: Animation, channels: int, tmp_path: Path) -> None:
    target = tmp_path / f"a.{form}"
    write_animation(frames(9, channels), 9, target, form, 13, 0.05, 3)
    with Image.open(target) as found:
        assert found.n_frames == 9
        assert found.size == (13, 13)
        durations = []
        for number, frame in enumerate(frames(9, channels)):
            found.seek(number)
            found.load()
            durations.append(found.info["duration"])
            shown = np.asarray(found.convert("RGB")).astype(int)
            # WebP is lossy
            assert np.abs(shown - frame).mean() <= (0 if form == "gif" else 3)
        assert sum(durations) == 450
        # a GIF tells how often it is shown again
        assert found.info["loop"] == (2 if form == "gif" else 3)
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


def test_an_animation_that_plays_once_or_for_ever_says_so(tmp_path: Path) -> None:
    for plays, loop in ((0, 0), (1, None)):
        write_animation(frames(4), 4, tmp_path / "a.gif", "gif", 26, 0.1, plays)
        with Image.open(tmp_path / "a.gif") as found:
            assert found.info.get("loop") == loop
            assert found.size == (26, 26)


@pytest.mark.parametrize("form", ["gif", "webp"])
def test_what_stops_an_animation_leaves_nothing(form: Animation, tmp_path: Path) -> None:
    target = tmp_path / f"a.{form}"
    target.write_bytes(b"before")
    with pytest.raises(Cancelled):
        write_animation(frames(9, stop=5), 9, target, form, 13, 0.05)
    assert target.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == [target.name]
    with pytest.raises(NoFolderError):
        write_animation(frames(2), 2, tmp_path / "none" / "a.gif", form, 13, 0.05)
    with pytest.raises(OutputError, match="is a folder"):
        write_animation(frames(2), 2, tmp_path, form, 13, 0.05)


def test_the_size_is_that_of_the_file(tmp_path: Path) -> None:
    write_animation(frames(7), 7, tmp_path / "a.gif", "gif", 32, 0.05)
    assert animation_bytes(frames(7), 7, "gif", 32, 0.05) == (tmp_path / "a.gif").stat().st_size


def test_what_cannot_be_is_refused_in_words() -> None:
    check_animation(100, 256, 0.05, 0)
    for wrong, words in (
        ((0, 256, 0.05, 0), "no frames"),
        ((5, 0, 0.05, 0), "size of 0"),
        ((5, 64, 0.001, 0), "0.001 seconds"),
        ((5, 64, 0.05, -1), "-1 times"),
        ((9_000, 512, 0.05, 0), "too large to write"),
    ):
        with pytest.raises(SettingsError, match=words):
            check_animation(*wrong)
