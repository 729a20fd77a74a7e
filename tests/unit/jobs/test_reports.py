"""Crash reports: left by real deaths, read at the next start, without a word about the person."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from aestudio import paths
from aestudio.jobs import reports
from aestudio.jobs.client import ProcessClient
from aestudio.jobs.events import Failed

ROOT = Path(paths.__file__).parents[1]


def run(code: str) -> int:
    """Run Python code in a process of its own; return its exit code."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process otherwise there")
@pytest.mark.parametrize("name", ["SIGABRT", "SIGSEGV"])
def test_a_deadly_signal_leaves_where_it_struck(name: str) -> None:
    code = f"""
import os, signal
from aestudio.jobs import reports
reports.watch("window")
def in_the_middle(): os.kill(os.getpid(), signal.{name})
in_the_middle()
"""
    assert run(code) == -getattr(signal, name)
    (report,) = reports.unseen()
    text = reports.text_of([report])
    assert "The window was ended by a crash." in text
    assert "in_the_middle" in text
    reports.mark_seen([report])
    assert reports.unseen() == []
    assert len(reports.kept()) == 1


def test_a_process_that_ends_well_leaves_nothing() -> None:
    assert run("from aestudio.jobs import reports; reports.watch('window')()") == 0
    assert run("from aestudio.jobs import reports; reports.watch('window')") == 0
    assert reports.unseen() == []
    assert list(paths.reports_folder().iterdir()) == []


def test_the_watch_of_a_living_process_stays() -> None:
    stop = reports.watch("window")
    try:
        (file,) = paths.reports_folder().iterdir()
        file.write_text("a crash that is only just being written", encoding="utf-8")
        code = "import sys; from aestudio.jobs import reports; sys.exit(len(reports.unseen()))"
        assert run(code) == 0
        assert file.exists()
    finally:
        stop()
    assert not file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process otherwise there")
def test_a_dead_engine_is_reported(tmp_path: Path) -> None:
    engine = f"""
import os, signal, sys, time
from aestudio.jobs import reports
reports.watch("engine")
print("cannot read {tmp_path}/Ann and Bob.jpg", flush=True)
time.sleep(0.2)
os.kill(os.getpid(), signal.SIGABRT)
"""
    client = ProcessClient(lambda: [sys.executable, "-c", engine])
    try:
        client.start()
        failed = client.receive(30)
        assert isinstance(failed, Failed)
    finally:
        client.close()
    (report,) = reports.unseen()
    text = reports.text_of([report])
    assert "The engine ended with code -6" in text
    assert "Fatal Python error: Aborted" in text
    assert "cannot read" in text
    assert "Ann" not in text


def test_a_closed_engine_is_no_crash() -> None:
    client = ProcessClient(lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    client.start()
    client.close()
    assert reports.unseen() == []


PRIVATE = f"""Traceback (most recent call last):
  File "/home/ann/aestudio/.venv/lib/python3.11/site-packages/PySide6/x.py", line 3, in show
  File "C:\\Users\\Ann Lee\\aestudio\\ui\\main_window.py", line 7, in open
  File "/home/ann/own script.py", line 1, in <module>
OSError: [Errno 2] No such file: '/media/ann/Grandma's 90th/IMG 1.jpg'
aestudio.errors.InputError: Ann at the beach.JPG is damaged or incomplete.
job Load(path="/home/ann/x y/é.tif", id='7') failed; “Passport Ann.png”
file:///home/ann/a.png and ~/Pictures/secret
{Path.home().name} on {__import__("platform").node()}
"""


def test_a_report_says_nothing_about_the_person() -> None:
    text = reports.anonymous(PRIVATE)
    for private in ("ann", "Lee", "Grandma", "90th", "IMG 1", "beach", "Passport", "secret", "own script", "x y"):
        assert private.lower() not in text.lower(), text
    assert Path.home().name not in text.split()
    for useful in ('"site-packages/PySide6/x.py", line 3', "main_window.py", "OSError: [Errno 2]", "is damaged"):
        assert useful in text, text


def test_reports_are_few_and_short() -> None:
    threads = [threading.Thread(target=reports.write, args=("x", "y" * 100_000)) for _ in range(25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reports.write("the last", f"of process {os.getpid()}")
    assert len(reports.kept()) == reports.KEPT
    assert all(len(file.read_text()) < reports.LONGEST + 500 for file in reports.kept())
    reports.delete_all()
    assert reports.kept() == []
