"""A second start hands its files to the window that is open."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from aestudio.ui import single_instance
from aestudio.ui.single_instance import Receiver, address, hand_over


@pytest.fixture
def receiver(qtbot: QtBot) -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def second_start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "aestudio", *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def test_a_second_start_hands_over_its_files_and_ends(qtbot: QtBot, receiver: Receiver, tmp_path: Path) -> None:
    assert receiver.listen()
    names = [str(tmp_path / "a photo ü.png"), str(tmp_path / os.fsdecode(b"not \xff unicode.png"))]
    with qtbot.waitSignal(receiver.received, timeout=30_000) as heard:
        process = second_start(*names)
    assert heard.args == [[Path(name) for name in names]]
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "")


def test_two_windows_of_one_person_never_listen_both(receiver: Receiver) -> None:
    assert receiver.listen()
    assert not Receiver().listen()


@pytest.mark.skipif(os.name == "nt", reason="pipes leave nothing behind")
def test_what_a_crash_left_behind_is_replaced(qtbot: QtBot, receiver: Receiver) -> None:
    code = (
        "import os, sys; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from aestudio.ui.single_instance import Receiver; r = Receiver(); assert r.listen(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert Path(address()).exists()
    assert not hand_over([])
    assert receiver.listen()


def test_a_window_that_does_not_answer_is_not_waited_for(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(single_instance, "PATIENCE_MS", 50)
    deaf = QLocalServer()
    assert deaf.listen(address())
    assert not hand_over([tmp_path])
    deaf.close()


def test_a_start_that_a_closing_window_did_not_answer_gets_no_answer_later(qtbot: QtBot, receiver: Receiver) -> None:
    assert receiver.listen()
    socket = QLocalSocket()
    socket.connectToServer(address())
    qtbot.waitUntil(lambda: bool(receiver.findChildren(QLocalSocket)))
    socket.write(b'{"files": [], "tokens": {}}\n')
    assert socket.waitForBytesWritten(5000)
    with qtbot.assertNotEmitted(receiver.received), qtbot.waitSignal(socket.disconnected):
        receiver.close()
    assert not hand_over([])


def test_what_is_no_list_of_files_is_dropped(qtbot: QtBot, receiver: Receiver) -> None:
    assert receiver.listen()
    socket = QLocalSocket()
    socket.connectToServer(address())
    with qtbot.assertNotEmitted(receiver.received), qtbot.waitSignal(socket.disconnected):
        socket.write(b'{"files": ["zz"]}\n')
