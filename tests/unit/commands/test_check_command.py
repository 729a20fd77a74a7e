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


def fill(folder: Path, count: int, side: int = 120) -> Path:
    folder.mkdir()
    for number in range(count):
        smooth = np.kron(np.random.default_rng(number).integers(0, 256, (6, 6, 3)), np.ones((side // 6, side // 6, 1)))
        Image.fromarray(smooth.astype(np.uint8)).save(folder / f"{number}.png")
    return folder


def checked(*words: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[training.TrainingEvent]]:
    command = ["train", "denoise", *map(str, words), "--name", "mine", "--recipe", "photo-fast", "--check", "--json"]
    capsys.readouterr()
    code = main(command)
    return code, [training.from_line(line) for line in capsys.readouterr().out.splitlines()]


def test_every_folder_is_looked_at(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, events = checked(fill(tmp_path / "first", 3, 300), folder, capsys=capsys)
    assert code == DONE
    assert isinstance(events[-1], training.Checked)
    assert events[-1].pictures == 4
    found = {event.kind: event for event in events if isinstance(event, training.Found)}
    assert found["unreadable"].paths == [str(folder / "text.png")]


def test_both_sides_of_pairs_are_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth, given = fill(tmp_path / "truth", 5, 300), fill(tmp_path / "noisy", 6, 300)
    with Image.open(given / "1.png") as picture:
        picture.crop((0, 0, 200, 150)).save(given / "1.png")
    with Image.open(given / "2.png") as picture:
        moved = np.roll(np.array(picture), (3, -5), (0, 1))
    Image.fromarray(moved).save(given / "2.png")
    # the header is whole, and nothing else
    (given / "3.png").write_bytes((given / "3.png").read_bytes()[:60])
    code, events = checked(truth, "--pairs", given, capsys=capsys)
    assert code == DONE
    found = {event.kind: event for event in events if isinstance(event, training.Found)}
    assert found["alone"].paths == [str(given / "5.png")]
    assert found["scale"].paths == [str(truth / "1.png")]
    assert found["shifted"].paths == [str(truth / "2.png")]
    assert found["shifted"].severity == "warns"
    assert found["unreadable"].paths == [str(given / "3.png")]
    sums = events[-1]
    assert isinstance(sums, training.Checked)
    assert sums.pictures == 5
    assert sums.memory == 2 * 3 * sums.megapixels * 1e6, "the inputs are held too"
    _, events = checked(truth, "--pairs", given, "--register", capsys=capsys)
    assert {e.severity for e in events if isinstance(e, training.Found) and e.kind == "shifted"} == {"tells"}


def test_pairs_of_another_scale_stop_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = fill(tmp_path / "truth", 3, 300)
    code, events = checked(truth, "--pairs", fill(tmp_path / "half", 3, 150), capsys=capsys)
    assert code == FAILED
    stops = [event for event in events if isinstance(event, training.Found) and event.severity == "stops"]
    assert [event.kind for event in stops] == ["scale"]
    assert "2 times as large" in stops[0].what
    (tmp_path / "half" / "0.png").rename(tmp_path / "half" / "x.png")
    for number in (1, 2):
        (tmp_path / "half" / f"{number}.png").unlink()
    assert checked(truth, "--pairs", tmp_path / "half", capsys=capsys)[0] == NOT_STARTED
