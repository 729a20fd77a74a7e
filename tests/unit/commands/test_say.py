from __future__ import annotations

import io
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

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


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes descriptors")
@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&- >&- 2>&-"])
def test_what_a_script_has_closed_is_not_written_to(closed: str, tmp_path: Path) -> None:
    Image.new("RGB", (24, 20)).save(tmp_path / "a.png")
    Image.new("RGB", (24, 20)).save(tmp_path / "b.png")
    command = f"{sys.executable} -m aestudio denoise {tmp_path} -o {tmp_path}/out --noise 5 --json {closed}"
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a-denoised.png", "b-denoised.png"]
    for made in (tmp_path / "out").iterdir():
        Image.open(made).load()
    if closed == "2>&-":
        assert [json.loads(line)["status"] for line in run.stdout.splitlines()] == ["done", "done"]
    else:
        assert run.stdout == ""
