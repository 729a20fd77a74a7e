"""``aestudio train --check``: what it says, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aestudio.__main__ import main
from aestudio.cli import DONE, FAILED, NOT_STARTED, WRONG
from aestudio.jobs import training


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "text.png").write_text("no picture")
    return pictures


def test_findings_are_lines_of_json_and_what_stops_a_run_is_an_exit_code(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["train", "denoise", str(folder), "--name", "mine", "--check", "--json"]
    assert main(command) == FAILED
    random = np.random.default_rng(0)
    for number in range(3):
        # no two alike
        smooth = np.kron(random.integers(0, 256, (5, 5, 3)), np.ones((40, 40, 1))).astype(np.uint8)
        Image.fromarray(smooth).save(folder / f"{number}.png")
    capsys.readouterr()
    assert main(command) == DONE
    events = [training.from_line(line) for line in capsys.readouterr().out.splitlines()]
    found = {event.kind: event for event in events if isinstance(event, training.Found)}
    assert found["unreadable"].leave_out == [str(folder / "text.png")]
    assert found["few"].severity == "warns"
    assert [e for e in events if isinstance(e, training.Looked)][-1] == training.Looked(4, 4)
    assert isinstance(events[-1], training.Checked)
    assert (events[-1].pictures, events[-1].looked_at) == (4, 4)
    assert not (home / "runs").exists()


def test_findings_are_sentences_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "denoise", str(folder), "--name", "mine", "--check"]) == FAILED
    said = capsys.readouterr().out
    assert "stops the run: None of the pictures can be read." in said
    assert "text.png" in said


def test_what_is_left_out_is_not_looked_at_nor_learned_from(folder: Path, tmp_path: Path) -> None:
    (folder / "sub").mkdir()
    Image.new("RGB", (300, 300), "red").save(folder / "sub" / "red.png")
    command = ["train", "denoise", str(folder), "--name", "mine", "--check", "--without", str(tmp_path / "list.txt")]
    assert main(command) == WRONG
    (tmp_path / "list.txt").write_text("text.png\n\n")
    assert main(command) == DONE
    (tmp_path / "list.txt").write_text(f"text.png\n{folder / 'sub' / 'red.png'}\n")
    assert main(command) == NOT_STARTED
    command.remove("--check")
    assert main(command) == NOT_STARTED


@pytest.mark.parametrize("task", ["upscale", "vae"])
def test_every_task_can_be_checked(folder: Path, task: str, capsys: pytest.CaptureFixture[str]) -> None:
    Image.new("RGB", (600, 600), "red").save(folder / "red.png")
    assert main(["train", task, str(folder), "--name", "mine", "--check"]) == DONE
    assert "1 file cannot be read" in capsys.readouterr().out
