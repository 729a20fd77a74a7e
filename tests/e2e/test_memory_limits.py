"""Pictures that need more memory than there may be: refused in a sentence, and all others are restored and saved."""

from __future__ import annotations

import struct
from pathlib import Path

import psutil
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.file_list import State
from tests.real_window import PATIENCE, PICTURES, RESULTS, whole


def claims(path: Path, side: int) -> Path:
    """Write an uncompressed picture of ``side`` x ``side`` pixels: behind its head the file is one hole."""
    pixels = side * ((side * 3 + 3) // 4 * 4)
    head = b"BM" + struct.pack("<IHHI", 0, 0, 0, 54)
    head += struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
    with path.open("wb") as file:
        file.write(head)
        file.truncate(len(head) + pixels)
    return path


@pytest.mark.parametrize("why", ["too many pixels", "more than is free", "above the limit in the preferences"])
def test_a_picture_larger_than_memory(opened: MainWindow, out: Path, qtbot: QtBot, tmp_path: Path, why: str) -> None:
    tab = opened.denoise
    large = tmp_path / "large.bmp"
    if why == "above the limit in the preferences":
        Image.new("RGB", (4300, 4300)).save(large)
        opened.settings.memory_limit = 100
        opened.hub.configure("auto", 100)
        expected = "more than the 0.1 GB that pictures may take. Raise the memory limit in the preferences."
    else:
        claims(large, int((psutil.virtual_memory().total / 3) ** 0.5))
        if why == "more than is free":
            opened.settings.max_pixels = 10**12
            expected = "GB are free. Close other programs, or make it smaller elsewhere first."
        else:
            expected = "If you trust it, allow larger pictures in the preferences"
    opened.open_files([large])
    qtbot.waitUntil(lambda: opened.idle and len(opened.pictures) > PICTURES, timeout=PATIENCE)
    tab.file_list.pick(large)
    qtbot.waitUntil(lambda: opened.idle, timeout=PATIENCE)
    assert tab.file_list.state_of(large) is State.FAILED
    assert tab.stack.currentWidget() is tab.failed_page
    assert expected in tab.file_list.item(PICTURES).toolTip()
    tab.save_all_to(out)
    qtbot.waitUntil(lambda: not tab.saves.busy and opened.idle, timeout=PATIENCE)
    assert whole(out) == RESULTS
    assert tab.row.saved_label.text() == f"{PICTURES} of {PICTURES + 1} saved, 1 failed"
    assert expected in opened.notices.text.text()
