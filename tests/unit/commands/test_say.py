from __future__ import annotations

import io
import json
import math
import subprocess
import sys

import pytest

from aestudio.commands import say


def test_json_is_strict_and_fits_every_encoding() -> None:
    line = say.json_line({"psnr": math.inf, "nested": {"x": [math.nan, 1.5]}, "name": "猫 \udcff"})
    assert line.isascii()
    assert json.loads(line) == {"psnr": None, "nested": {"x": [None, 1.5]}, "name": "猫 \udcff"}


def test_names_that_the_terminal_cannot_show_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stored, encoding="cp1252"))
    say.accept_any_text()
    print("猫 \udcff", flush=True)
    assert stored.getvalue().strip() == rb"\u732b \udcff"


def test_a_reader_who_leaves_ends_the_run_quietly() -> None:
    command = [sys.executable, "-m", "aestudio", "models", "--json"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.close()
    assert run.stderr is not None
    said = run.stderr.read()
    run.stderr.close()
    assert run.wait() == 130
    assert said == b""
