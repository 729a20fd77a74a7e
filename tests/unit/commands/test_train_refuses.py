"""What ``aestudio train`` cannot learn from is said in one sentence, before anything runs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aestudio import paths
from aestudio.__main__ import main
from aestudio.cli import DONE, NOT_STARTED, WRONG
from aestudio.commands import train as train_command
from aestudio.errors import OutputError
from aestudio.jobs import report as reports
from aestudio.training import loop

RECIPE = """task = "{task}"
architecture = "{architecture}"
degradation = "{degradation}"
patch = 16
batch = 2
[arguments]
widths = [8, 16]
blocks = 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(4):
        save(tmp_path / "pictures" / f"{number}.png", 49, 63)
    return tmp_path / "pictures"


def save(path: Path, height: int, width: int) -> None:
    path.parent.mkdir(exist_ok=True)
    coarse = np.random.default_rng(len(path.name)).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    Image.fromarray(coarse).resize((width, height)).save(path)


def train(tmp_path: Path, *words: str, task: str = "denoise", architecture: str = "photo-unet") -> int:
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(RECIPE.format(task=task, architecture=architecture, degradation="plain"))
    return main(["train", task, *words, "--recipe", str(recipe), "--steps", "1"])


def refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str, name: str = "mine"
) -> str:
    """Return what is said where training must not begin; one sentence and what to do."""
    monkeypatch.setattr(loop.Trainer, "run", None)
    assert train(tmp_path, *words, "--name", name, architecture="restoration-unet") != DONE
    lines = capsys.readouterr().err.strip().splitlines()
    assert "Traceback" not in "".join(lines)
    return lines[-1]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("empty", "There are no pictures in"),
        ("nowhere", "does not exist"),
        ("text", "None of the pictures in"),
        ("dots", "is at least 16 pixels"),
        ("small", "is at least 16 pixels"),
    ],
)
def test_folders_to_learn_nothing_from(
    what: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pictures"
    if what != "nowhere":
        folder.mkdir()
    for number in range(3):
        if what == "text":
            (folder / f"{number}.jpg").write_text("a letter")
        elif what in ("dots", "small"):
            save(folder / f"{number}.png", *((1, 1) if what == "dots" else (15, 90)))
    assert said in refused(tmp_path, capsys, monkeypatch, str(folder))


def bad_folder(folder: Path, what: str) -> Path:
    """Return a folder in which there is nothing to learn from."""
    folder.mkdir()
    for number in range(3):
        if what == "text":
            (folder / f"{number}.jpg").write_text("a letter")
        elif what == "dots":
            save(folder / f"{number}.png", 1, 1)
        elif what == "cut":
            # a whole header, and nothing below it
            save(folder / f"{number}.png", 49, 63)
            (folder / f"{number}.png").write_bytes((folder / f"{number}.png").read_bytes()[:60])
    if what == "gone":
        folder.rmdir()
    return folder


@pytest.mark.parametrize("what", ["empty", "gone", "text", "dots", "cut"])
@pytest.mark.parametrize("way", ["clean", "alone", "pairs", "enlarge", "vae"])
@pytest.mark.parametrize("asked", ["--steps=1", "--check", "--probe"])
def test_every_way_to_learn_refuses_what_it_cannot_use(
    what: str, way: str, asked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if (what, way) == ("dots", "vae"):
        pytest.skip("a square of one pixel is one, enlarged")
    monkeypatch.setattr(loop.Trainer, "run", None)
    monkeypatch.setattr(loop.Trainer, "timed", None)
    folder = bad_folder(tmp_path / "pictures", what)
    task = {"enlarge": "upscale", "vae": "vae"}.get(way, "denoise")
    words = ["--self-supervised"] * (way == "alone")
    if way == "pairs":
        words = ["--pairs", str(bad_folder(tmp_path / "noisy", what))]
    assert main(["train", task, str(folder), "--name", "mine", *words, asked]) != DONE
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    sentences = said.err.strip().splitlines()[-1] if asked != "--check" or not said.out else said.out
    assert any(
        words in sentences
        for words in ("There are no pictures", "No picture in", "does not exist", "can be read", "is at least")
    ), sentences


@pytest.mark.parametrize("asked", ["--steps=1", "--check", "--probe"])
def test_the_inputs_of_pairs_are_as_bad_as_the_truth(
    asked: str, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, what in enumerate(("empty", "gone", "text", "cut")):
        given = bad_folder(tmp_path / f"noisy-{number}", what)
        words = [str(folder), "--name", "mine", "--pairs", str(given)]
        recipe = tmp_path / "tiny.toml"
        recipe.write_text(RECIPE.format(task="denoise", architecture="restoration-unet", degradation="plain"))
        assert main(["train", "denoise", *words, "--recipe", str(recipe), asked]) != DONE, what
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert said.err.strip() or "stops the run" in said.out


def test_a_start_or_a_further_folder_that_is_not_there(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = str(tmp_path / "gone")
    for asked in ([], ["--check"], ["--probe"]):
        assert "does not exist" in refused(tmp_path, capsys, monkeypatch, str(folder), gone, *asked)
    assert "nothing-of-that-name" in refused(
        tmp_path, capsys, monkeypatch, str(folder), "--from", "nothing-of-that-name"
    )


def test_what_contradicts_pairs_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [str(folder), "--name", "mine", "--pairs", str(folder.parent)]
    assert main(["train", "denoise", *pairs, "--self-supervised"]) != DONE
    assert "Leave out --pairs or --self-supervised." in capsys.readouterr().err
    assert main(["train", "vae", *pairs]) != DONE
    assert "Pairs are for denoise and upscale. Leave out --pairs." in capsys.readouterr().err


def test_a_single_pair_is_learned_from(tmp_path: Path, home: Path) -> None:
    save(tmp_path / "truth" / "only.png", 49, 63)
    save(tmp_path / "noisy" / "only.png", 49, 63)
    words = [str(tmp_path / "truth"), "--pairs", str(tmp_path / "noisy"), "--name", "one"]
    assert train(tmp_path, *words, architecture="restoration-unet") == DONE
    assert (home / "models" / "one.safetensors").exists()


def test_one_picture_is_learned_from(tmp_path: Path, home: Path) -> None:
    save(tmp_path / "pictures" / "only.png", 49, 63)
    assert train(tmp_path, str(tmp_path / "pictures"), "--name", "one", architecture="restoration-unet") == DONE
    assert (home / "models" / "one.safetensors").exists()


def test_several_folders_are_learned_from(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "more" / "x.png", 40, 40)
    words = [str(folder), str(tmp_path / "more"), "--name", "both", "--json"]
    assert train(tmp_path, *words, architecture="restoration-unet") == DONE
    begun = next(line for line in capsys.readouterr().out.splitlines() if '"begun"' in line)
    assert '"pictures": 4' in begun
    assert '"held_out": 1' in begun


@pytest.mark.parametrize("name", ["../out", "a/b", "", "x" * 300, "con:", "con", "LPT1.mine", "mine."])
def test_names_that_no_file_can_have(
    name: str, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for way in ((), ("--check",)):
        assert "cannot be a model's name" in refused(tmp_path, capsys, monkeypatch, str(folder), *way, name=name)


def test_a_model_of_ones_own_does_not_take_the_name_of_a_shipped_one(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refused(tmp_path, capsys, monkeypatch, str(folder), name="photo-fast")
    assert "A model called “photo-fast” comes with aestudio. Choose another name." in said


def test_a_model_folder_that_cannot_be_written(
    tmp_path: Path, folder: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "file"
    target.write_text("in the way")
    said = refused(tmp_path, capsys, monkeypatch, str(folder), "--weights-folder", str(target))
    assert "Nothing can be written into" in said
    if os.name != "nt" and os.geteuid() != 0:
        (home / "models").mkdir()
        (home / "models").chmod(0o500)
        assert "Nothing can be written into" in refused(tmp_path, capsys, monkeypatch, str(folder))


def test_a_start_of_another_task(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refused(tmp_path, capsys, monkeypatch, str(folder), "--from", "upscale-x4-fast")
    assert "upscale-x4-fast is for the task upscale" in said


def test_pairs_that_do_not_match(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path / "noisy" / "other.png", 49, 63)
    assert "has the name of one" in refused(
        tmp_path, capsys, monkeypatch, str(folder), "--pairs", str(tmp_path / "noisy")
    )
    for number in range(4):
        save(tmp_path / "half" / f"{number}.png", 49 // 7 * 7, 63)
        Image.open(tmp_path / "half" / f"{number}.png").resize((21, 49 // 3)).save(tmp_path / "half" / f"{number}.png")
    said = refused(tmp_path, capsys, monkeypatch, str(folder), "--pairs", str(tmp_path / "half"))
    assert "The true pictures are" in said
    assert "the recipe is for 1 times" in said
    assert "There are no pairs" in refused(tmp_path, capsys, monkeypatch, str(folder), "--register")
    same = tmp_path / "same"
    same.symlink_to(folder)
    for inputs in (folder, same):
        said = refused(tmp_path, capsys, monkeypatch, str(folder), "--pairs", str(inputs))
        assert "Both halves of the pairs lie in one folder. Name another folder for the inputs." in said


def test_pairs_are_learned_from(tmp_path: Path, folder: Path, home: Path) -> None:
    inputs = shutil.copytree(folder, tmp_path / "inputs")
    assert train(tmp_path, str(folder), "--pairs", str(inputs), "--name", "paired", "--register") == DONE
    assert (home / "models" / "paired.safetensors").exists()


@pytest.mark.parametrize("probe", [(), ("--probe",)])
def test_noisy_pictures_alone_do_not_say_how_noisy_they_are(
    folder: Path,
    tmp_path: Path,
    probe: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loop.Trainer, "run", None)
    assert (
        train(tmp_path, str(folder), "--name", "mine", "--self-supervised", "--from", "denoise-fast", *probe) == WRONG
    )
    assert "must be told how strong noise is" in capsys.readouterr().err
    assert not (paths.runs_folder() / "mine").exists()


def test_where_a_report_cannot_lie_is_said_before_the_hours_and_what_came_of_them_after(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path) -> None:
        raise OutputError(f"Nothing can be written into {folder}: Permission denied.")

    words = (str(folder), "--name", "mine", "--report", str(tmp_path / "r.html"))
    with monkeypatch.context() as patch:
        patch.setattr(reports.paths, "check_writable", full)
        assert train(tmp_path, *words) == NOT_STARTED
        assert not (paths.runs_folder() / "mine").exists()

    def fail(*arguments: object) -> None:
        raise OutputError("The report cannot be written.")

    monkeypatch.setattr(train_command, "write_report", fail)
    capsys.readouterr()
    assert train(tmp_path, *words) == NOT_STARTED
    told = capsys.readouterr()
    assert "The model “mine” is in" in told.out
    assert "The report cannot be written." in told.err


def test_a_budget_that_is_spent_is_said(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(tmp_path, str(folder), "--name", "mine") == DONE
    assert "nothing is trained" not in capsys.readouterr().err
    assert train(tmp_path, str(folder), "--name", "mine", "--resume") == DONE
    assert "The run has taken 1 steps already" in capsys.readouterr().err


def test_a_run_that_can_go_on_is_not_thrown_away_unasked(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert train(tmp_path, str(folder), "--name", "mine") == DONE
    (paths.user_models_folder() / "mine.safetensors").unlink()
    checkpoint = paths.runs_folder() / "mine" / "last.safetensors"
    before = checkpoint.read_bytes()
    capsys.readouterr()
    assert train(tmp_path, str(folder), "--name", "mine") == WRONG
    assert (
        "There is a run of “mine” that can go on. Choose another name, resume its run (--resume)"
        in capsys.readouterr().err
    )
    assert checkpoint.read_bytes() == before
    assert train(tmp_path, str(folder), "--name", "mine", "--overwrite") == DONE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('batch = "8"', "batch is '8'. It must be a whole number."),
        ("held_out = 1.5", "held_out is 1.5. It must be a whole number."),
        ('flip = "no"', "flip is 'no'. It must be true or false."),
        ("arguments = [1]", "arguments is [1]. It must be a table."),
        ("damage = {foo = [1, 2]}", "damage has unknown keys: foo."),
    ],
)
def test_a_recipe_of_other_kinds_is_said(
    folder: Path, tmp_path: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.toml").write_text(f'task = "denoise"\narchitecture = "photo-unet"\n{line}\n')
    words = ["train", "denoise", str(folder), "--name", "mine", "--steps", "1", "--recipe", str(tmp_path / "r.toml")]
    assert main(words) == WRONG
    assert said in capsys.readouterr().err
    (tmp_path / "r.toml").write_bytes('task = "denoise"'.encode("utf-16"))
    assert main(words) == WRONG
    assert "is not valid TOML" in capsys.readouterr().err
