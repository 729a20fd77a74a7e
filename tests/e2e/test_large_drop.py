"""Ten thousand files of all kinds dropped at once: the window goes on, and what is no picture is counted and said."""

from __future__ import annotations

import io
import itertools
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.ui import intake
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.file_list import State
from tests.real_window import PATIENCE

NUMBER = 10_000


@pytest.fixture
def crowd(tmp_path: Path) -> list[Path]:
    """Return files of all kinds: good and broken pictures, texts, programs, folders, pipes, dead links, odd names."""
    packed = {}
    pixels = np.random.default_rng(0).integers(0, 255, (60, 80, 3), np.uint8)
    for kind in ("png", "jpeg", "tiff", "webp"):
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, kind)
        packed[kind] = file.getvalue()
    folder = tmp_path / "all kinds"
    folder.mkdir()
    kinds = [
        ("{n}.png", packed["png"]), ("{n} 照片 🙂.jpg", packed["jpeg"]), ("{n}.TIF", packed["tiff"]),
        ("{n}.webp", packed["webp"]), ("{n} broken.jpg", packed["jpeg"][:400]), ("{n} empty.png", b""),
        ("{n} text.png", b"no picture"), ("{n}.txt", b"text"), ("{n}", b"no suffix"), ("{n}.exe", b"MZ"),
    ]  # fmt: skip
    files = []
    for number in range(NUMBER - 4):
        name, content = kinds[number % len(kinds)]
        files.append(folder / name.format(n=number))
        files[-1].write_bytes(content)
    os.mkfifo(folder / "pipe.png")
    (folder / "dead.png").symlink_to(folder / "nothing")
    (folder / "round.png").symlink_to(folder / "round.png")
    (folder / "sub.png").mkdir()
    (folder / "sub.png" / "inside.png").write_bytes(packed["png"])
    return [*files, *(folder / name for name in ("pipe.png", "dead.png", "round.png", "sub.png"))]


def drop(window: MainWindow, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 400), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), copy, data, left, none))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_ten_thousand_files_of_all_kinds(window: MainWindow, crowd: list[Path], qtbot: QtBot) -> None:
    beats = 0
    helpings: list[tuple[int, int]] = []

    def beat() -> None:
        nonlocal beats
        beats += 1

    heart = QTimer()
    heart.setInterval(0)
    heart.timeout.connect(beat)
    window.pictures.added.connect(lambda new, _: helpings.append((len(new), beats)))
    drop(window, crowd)
    assert not helpings, "nothing is looked through while the drop lasts"
    heart.start()
    qtbot.waitUntil(lambda: window.idle and len(window.pictures) > 0, timeout=PATIENCE)
    heart.stop()
    # a few at a time, and the window has its turn between them
    assert max(number for number, _ in helpings) <= intake.HELPING
    assert all(later > earlier for (_, earlier), (_, later) in itertools.pairwise(helpings))
    files, pictures = window.denoise.file_list, window.pictures
    # the pipe and the links have names of pictures too, and the folder holds one
    named = sum(path.suffix in (".png", ".jpg", ".TIF", ".webp") for path in crowd)
    assert len(pictures) == files.count() == named
    assert window.notices.text.text() == f"{NUMBER - named} of the files are no pictures and were left out."
    # what is in sight has its thumbnail, and what is none says why
    for path, state in (
        (crowd[0], None),
        (crowd[4], State.FAILED),
        (crowd[-4], State.FAILED),
        (crowd[-2], State.FAILED),
    ):
        files.scrollToItem(files.item(pictures.paths().index(path)))
        if state is None:
            qtbot.waitUntil(lambda path=path: pictures[path].thumbnail is not None, timeout=PATIENCE)
        else:
            qtbot.waitUntil(lambda path=path: files.state_of(path) is State.FAILED, timeout=PATIENCE)
    assert "pipe or a device" in files.item(pictures.paths().index(crowd[-4])).toolTip()
