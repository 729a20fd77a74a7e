"""``generate``, ``encode``, ``decode`` and ``evaluate vae``: files there and back, and what bad input gets."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from latent_samples import COLOUR, GREY, install
from PIL import Image

from aestudio import paths
from aestudio.__main__ import main
from aestudio.catalog import store
from aestudio.catalog.card import read_card
from aestudio.cli import DONE, FAILED, NOT_STARTED, WRONG
from aestudio.commands import latents
from aestudio.commands.evaluate import _classes
from aestudio.engine import device, generate
from aestudio.engine.generate import likeliest_classes
from aestudio.engine.session import Session
from aestudio.training.fit import fit
from aestudio.training.recipes import Recipe
from aestudio.training.squares import Squares


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    random = np.random.default_rng(0)
    for number in range(3):
        Image.fromarray(random.integers(0, 256, (20, 24, 3), dtype=np.uint8)).save(tmp_path / "in" / f"{number}.png")
    return tmp_path / "in"


@pytest.mark.parametrize("suffix", ["npz", "csv"])
def test_pictures_go_to_a_file_and_back(suffix: str, folder: Path, tmp_path: Path) -> None:
    install("kinds", {**COLOUR, "classes": 2}, ["cat", "dog"], loss_limit=1.0)
    target = tmp_path / f"z.{suffix}"
    model = ["--model", "kinds", "--quiet"]
    assert main(["encode", str(folder), "-o", str(target), *model]) == DONE
    if suffix == "npz":
        with np.load(target) as stored:
            assert stored["z_mean"].shape == (3, 4)
            assert stored["unlike"].all()
            assert set(stored["class"]) <= {"cat", "dog"}
    else:
        row = next(csv.DictReader(target.read_text().splitlines()))
        assert {"name", "z_mean_3", "z_log_sigma_0", "loss", "psnr", "unlike", "class"} <= set(row)
    assert main(["decode", str(target), "-o", str(tmp_path / "back"), *model]) == DONE
    assert len(list((tmp_path / "back").iterdir())) == 3
    before = target.read_bytes()
    assert main(["encode", str(folder), "-o", str(target), *model]) == NOT_STARTED
    assert target.read_bytes() == before


def test_what_was_done_to_a_picture_is_said(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install("grey", GREY, loss_limit=1.0)
    (folder / "broken.png").write_bytes(b"no picture")
    assert main(["encode", str(folder), "-o", str(tmp_path / "z.npz"), "--model", "grey"]) == FAILED
    said = capsys.readouterr()
    assert "turned grey, cut to its middle square, shrunk from 20 to 8 pixels" in said.err
    assert "broken.png" in said.err
    assert "not the kind of picture" in said.err
    assert "3 pictures" in said.out


def test_each_picture_is_a_line_of_json(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install("kinds", COLOUR)
    (folder / "torn.png").write_bytes(b"no picture")
    target, back = tmp_path / "z.npz", tmp_path / "back"

    def lines() -> list[dict[str, object]]:
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert main(["encode", str(folder), "-o", str(target), "--model", "kinds", "--json"]) == FAILED
    told = {Path(str(row["input"])).name: row for row in lines()}
    assert [told[f"{n}.png"]["status"] for n in range(3)] == ["done"] * 3
    assert told["torn.png"]["status"] == "failed"
    assert "torn.png" in str(told["torn.png"]["error"])
    assert told["0.png"]["output"] == str(target)
    assert isinstance(told["0.png"]["psnr"], float)
    for status in ("done", "skipped"):
        assert main(["decode", str(target), "-o", str(back), "--model", "kinds", "--json"]) == DONE
        rows = lines()
        assert [(row["status"], row["number"], row["input"]) for row in rows] == [
            (status, n, str(target)) for n in range(3)
        ]


def test_bad_latent_files_get_a_sentence_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install("grey", GREY)
    np.savez(tmp_path / "nan.npz", z_mean=np.array([[0.0, np.nan]]))
    np.savez(tmp_path / "long.npz", z_mean=np.zeros((1, 5)))
    np.savez(tmp_path / "other.npz", y=np.zeros((1, 2)))
    np.savez(tmp_path / "none.npz", z_mean=np.zeros((0, 2)))
    (tmp_path / "text.npz").write_text("hello")
    (tmp_path / "words.csv").write_text("name,z_mean_0,z_mean_1\na,1,x\n")
    (tmp_path / "gap.csv").write_text("name,z_mean_0,z_mean_1\na,1,2\nb,1\n")
    (tmp_path / "classes.csv").write_text("z_mean_0,z_mean_1,class\n1,2,cat\n1,2,\n")
    (tmp_path / "bare.csv").write_text("name\na\n")
    expected = {
        "nan.npz": (WRONG, "not numbers"),
        "long.npz": (WRONG, "takes (N, 2)"),
        "other.npz": (NOT_STARTED, "no latent vectors"),
        "none.npz": (NOT_STARTED, "no latent vectors"),
        "text.npz": (NOT_STARTED, "no latent vectors"),
        "words.csv": (NOT_STARTED, "Line 2 of"),
        "gap.csv": (NOT_STARTED, "Line 3 of"),
        "classes.csv": (NOT_STARTED, "Vector 2 in"),
        "bare.csv": (NOT_STARTED, "no latent vectors"),
    }
    for name, (code, words) in expected.items():
        assert main(["decode", str(tmp_path / name), "-o", str(tmp_path / "o"), "--model", "grey"]) == code
        said = capsys.readouterr().err
        assert words in said
        assert len(said.splitlines()) == 1
    assert not (tmp_path / "o").exists()


def test_bad_requests_get_a_sentence_each(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install("kinds", {**GREY, "classes": 2}, ["cat", "dog"])
    (tmp_path / "empty").mkdir()
    for command, words in (
        (["generate", "--model", "kinds", "--class", "fish", "-o", str(tmp_path / "g")], "knows no class “fish”"),
        (["encode", str(folder), "--model", "denoise-fast", "-o", str(tmp_path / "z.npz")], "is for the task denoise"),
        (["encode", str(tmp_path / "empty"), "-o", str(tmp_path / "z.npz")], "no pictures"),
        (["evaluate", "vae", str(tmp_path / "nowhere"), "--model", "kinds"], "no folder"),
        (["evaluate", "vae", str(folder), "--model", "kinds", "--every", "0"], "--every"),
        (["encode", str(folder), "-o", str(tmp_path / "z.npz"), "--max-pixels", "-1"], "--max-pixels"),
    ):
        assert main(command) != DONE
        said = capsys.readouterr().err
        assert words in said
        assert len(said.splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "in"]


def test_where_nothing_can_be_written_is_said_once_and_first(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    inside = tmp_path / "file" / "in"
    install("grey", GREY, loss_limit=1.0)
    with monkeypatch.context() as patch:
        patch.setattr(Session, "__init__", lambda *_: pytest.fail("a network was loaded for nothing"))
        assert main(["encode", str(folder), "--model", "grey", "-o", str(inside / "z.npz")]) == NOT_STARTED
    monkeypatch.setattr(generate, "decode", lambda *_: pytest.fail("pictures were made for nothing"))
    for target in (inside, inside / "x.png"):
        assert main(["generate", "--model", "grey", "--count", "1", "-o", str(target)]) == NOT_STARTED
    assert main(["generate", "--model", "grey", "--seed", "-1", "-o", str(tmp_path / "g")]) == WRONG
    said = capsys.readouterr().err.splitlines()
    assert [line.startswith(f"aestudio: Nothing can be written into {inside}: ") for line in said] == [True] * 3 + [
        False
    ]


def test_a_class_is_generated_by_name(tmp_path: Path) -> None:
    install("kinds", {**GREY, "classes": 2}, ["cat", "dog"])
    for name, extra in (("cat", ["--class", "cat"]), ("turn", [])):
        command = ["generate", "--model", "kinds", "--count", "2", "--seed", "5", "--quiet", "-o", str(tmp_path / name)]
        assert main([*command, *extra]) == DONE
    one, two = (sorted((tmp_path / name).iterdir()) for name in ("cat", "turn"))
    assert one[0].read_bytes() == two[0].read_bytes()
    assert one[1].read_bytes() != two[1].read_bytes()


def test_a_folder_is_evaluated_and_recorded(folder: Path, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    install("colour", COLOUR)
    command = ["evaluate", "vae", str(folder), "--model", "colour", "--samples", "2", "--record"]
    assert main(command) == DONE
    said = capsys.readouterr().out
    assert all(words in said for words in ("negative elbo", "nll", "bits per dim", "psnr"))
    assert "negative elbo" in (home / "models" / "colour.md").read_text(encoding="utf-8")


def test_of_a_folder_it_is_said_how_many_are_measured_and_what_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install("colour", COLOUR)
    for number in range(40):
        Image.fromarray(np.full((9, 9, 3), 6 * number, np.uint8)).save(tmp_path / f"{number}.png")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    assert main(["evaluate", "vae", str(tmp_path), "--model", "colour", "--samples", "2", "--json"]) == FAILED
    captured = capsys.readouterr()
    row, mean = map(json.loads, captured.out.splitlines())
    assert row["picture"] == f"{mean['pictures']} of 40, kept apart"
    assert 0 < mean["pictures"] < 40
    assert captured.err.startswith(f"{tmp_path / 'broken.png'}: ")


def test_a_model_is_told_its_own_numbers_of_a_folders_classes(tmp_path: Path) -> None:
    install("kinds", {**COLOUR, "classes": 3}, ["ant", "bee", "cat"])
    session = Session(store.find("kinds"), device.choose("cpu", "float32"))
    pictures = np.random.default_rng(0).integers(0, 256, (4, 16, 16, 3), dtype=np.uint8)
    named = Squares(pictures, np.array([0, 1, 1, 0]), ("bee", "cat"))
    numbers, said = _classes(session, named)
    assert (numbers.tolist(), said) == ([1, 2, 2, 1], "")
    guessed = likeliest_classes(session, pictures)
    for classes in (("bee", "dog"), ()):
        numbers, said = _classes(session, dataclasses.replace(named, classes=classes))
        assert np.array_equal(numbers, guessed)
        assert "likeliest" in said


def test_large_pictures_are_encoded_where_that_is_allowed_and_many_in_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    install("colour", COLOUR)
    for number in range(5):
        Image.fromarray(np.full((30, 40, 3), 9 * number, np.uint8)).save(tmp_path / f"{number}.png")
    command = ["encode", str(tmp_path), "--model", "colour", "--quiet", "-o"]
    assert main([*command, str(tmp_path / "none.npz"), "--max-pixels", "1000"]) == FAILED
    assert "--max-pixels 1200" in capsys.readouterr().err
    assert main([*command, str(tmp_path / "whole.npz"), "--max-pixels", "1200"]) == DONE
    monkeypatch.setattr(latents, "_TOGETHER", 2)
    assert main([*command, str(tmp_path / "parts.npz")]) == DONE
    one, other = (np.load(tmp_path / f"{name}.npz") for name in ("whole", "parts"))
    assert len(one["z_mean"]) == 5
    assert all(np.allclose(one[key], other[key], rtol=1e-4) for key in ("z_mean", "loss", "psnr"))


@pytest.mark.parametrize("suffix", ["npz", "csv"])
@pytest.mark.parametrize("architecture", ["autoencoder", "adversarial-autoencoder"])
def test_a_model_without_a_bound_works_and_claims_none(
    architecture: str, suffix: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = Recipe(
        "vae", architecture, {"size": 8, "latent": 3, "width": 4, "hidden": 16}, batch=8, warmup=1, held_out=1
    )
    recipe = dataclasses.replace(recipe, adversarial=1.0 if architecture.startswith("adv") else 0.0)
    crops = tmp_path / "crops"
    crops.mkdir()
    for number in range(80):
        Image.fromarray(np.full((9, 9, 3), 3 * number, np.uint8)).save(crops / f"{number}.png")
    fit(recipe, crops, "plain", tmp_path / "run", paths.user_models_folder(), torch.device("cpu"), steps=3)
    target, model = tmp_path / f"z.{suffix}", ["--model", "plain", "--quiet"]
    assert main(["encode", str(folder), "-o", str(target), *model]) == DONE
    assert main(["decode", str(target), "-o", str(tmp_path / "back"), *model]) == DONE
    assert len(list((tmp_path / "back").iterdir())) == 3
    if suffix == "npz":
        with np.load(target) as stored:
            assert "loss" in stored.files
            assert "bits_per_dim" not in stored.files
    else:
        assert "bits_per_dim" not in target.read_text()
    assert main(["generate", "--count", "2", "-o", str(tmp_path / "new"), *model]) == DONE
    capsys.readouterr()
    assert main(["evaluate", "vae", str(folder), "--model", "plain"]) == DONE
    said = capsys.readouterr().out
    assert "reconstruction" in said
    assert "no bound" in said
    assert not [word for word in ("elbo", "nll", "bits per dim", "importance samples") if word in said]
    # the codes of a plain autoencoder lie where they like: new ones are drawn from where they were found
    assert ("prior" in read_card(paths.user_models_folder() / "plain.safetensors").arguments) == (
        architecture == "autoencoder"
    )


def frames_of(path: Path) -> list[np.ndarray]:
    with Image.open(path) as picture:
        found = []
        for number in range(picture.n_frames):
            picture.seek(number)
            found.append(np.asarray(picture.convert("RGB")))
    return found


def test_a_path_goes_through_seeds_files_and_pictures(folder: Path, tmp_path: Path) -> None:
    install("colour", COLOUR)
    model = ["--model", "colour", "--quiet"]
    assert main(["encode", str(folder / "0.png"), "-o", str(tmp_path / "z.npz"), *model]) == DONE
    pins = ["3", str(tmp_path / "z.npz"), str(folder / "1.png")]
    way = ["--steps", "4", "--side", "16", "--loop", "stop", *model]
    assert main(["generate", "--path", *pins, "-o", str(tmp_path / "frames"), *way]) == DONE
    frames = sorted((tmp_path / "frames").iterdir())
    assert [f.name for f in frames] == [f"colour-walk-{n:04d}.png" for n in range(9)]
    # it begins with the picture of the seed, and passes the decoded vector at the second pin
    assert main(["generate", "--count", "1", "--seed", "3", "-o", str(tmp_path / "one.png"), *model]) == DONE
    assert main(["decode", str(tmp_path / "z.npz"), "-o", str(tmp_path / "two.png"), *model]) == DONE
    for frame, single in ((frames[0], "one.png"), (frames[4], "two.png")):
        off = np.abs(frames_of(frame)[0].astype(int) - frames_of(tmp_path / single)[0]).max()
        assert off <= 1
    # what is there stays, unless it is to be replaced
    assert main(["generate", "--path", *pins, "-o", str(tmp_path / "frames"), *way]) == FAILED
    assert main(["generate", "--path", *pins, "-o", str(tmp_path / "frames"), "--overwrite", *way]) == DONE


@pytest.mark.parametrize(
    ("suffix", "loop", "frames"), [("gif", "around", 12), ("webp", "back", 16), ("gif", "stop", 9)]
)
def test_a_path_is_an_animation_of_the_draws_of_a_seed(suffix: str, loop: str, frames: int, tmp_path: Path) -> None:
    # a trained model: equal frames of an animation would be kept as one
    target = tmp_path / f"walk.{suffix}"
    command = [
        "generate",
        "--path",
        "--count",
        "3",
        "--steps",
        "4",
        "--model",
        "vae-digits-classes",
        "--loop",
        loop,
        "--quiet",
    ]
    assert main([*command, "-o", str(target), "--side", "32"]) == DONE
    assert len(frames_of(target)) == frames
    assert frames_of(target)[0].shape == (32, 32, 3)
    before = target.read_bytes()
    assert main([*command, "-o", str(target), "--seed", "5"]) == DONE
    assert target.read_bytes() == before


def test_bad_paths_get_a_sentence_each(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install("grey", GREY)
    np.savez(tmp_path / "nan.npz", z_mean=np.array([[0.0, np.nan], [0.0, 1.0]]))
    np.savez(tmp_path / "long.npz", z_mean=np.zeros((2, 5)))
    np.savez(tmp_path / "many.npz", z_mean=np.zeros((10_000, 2)))
    (folder / "broken.png").write_bytes(b"no picture")
    target = str(tmp_path / "walk.gif")
    for pins, extra, words in (
        (["1"], [], "at least two"),
        ([str(tmp_path / "nan.npz")], [], "not numbers"),
        ([str(tmp_path / "long.npz")], [], "takes 2"),
        ([str(tmp_path / "many.npz")], [], "10000 pins is too long"),
        ([str(tmp_path / "none.png")], [], "none.png"),
        ([str(folder / "broken.png"), "1"], [], "broken.png"),
        (["1", "2"], ["--steps", "0"], "--steps"),
        (["1", "2"], ["--side", "0"], "size of 0"),
        (["1", "2"], ["--plays", "-1"], "times"),
        (["1", "2"], ["--class", "fish"], "no classes"),
        (["1", "2"], ["--grid"], "no sheet"),
        (["1", "2"], ["-o", str(tmp_path / "walk.jpg")], ".jpg"),
    ):
        assert main(["generate", "--model", "grey", "-o", target, "--path", *pins, *extra]) != DONE
        said = capsys.readouterr().err
        assert words in said
        assert len(said.splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "long.npz", "many.npz", "nan.npz"]
