"""``generate``, ``encode``, ``decode`` and ``evaluate vae``: files there and back, and what bad input gets."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from latent_samples import COLOUR, GREY, install
from PIL import Image

from aestudio.__main__ import main
from aestudio.cli import DONE, FAILED, NOT_STARTED, WRONG


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


def test_bad_latent_files_get_a_sentence_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install("grey", GREY)
    np.savez(tmp_path / "nan.npz", z_mean=np.array([[0.0, np.nan]]))
    np.savez(tmp_path / "long.npz", z_mean=np.zeros((1, 5)))
    np.savez(tmp_path / "other.npz", y=np.zeros((1, 2)))
    np.savez(tmp_path / "none.npz", z_mean=np.zeros((0, 2)))
    (tmp_path / "text.npz").write_text("hello")
    (tmp_path / "words.csv").write_text("name,z_mean_0,z_mean_1\na,1,x\n")
    (tmp_path / "bare.csv").write_text("name\na\n")
    expected = {
        "nan.npz": (WRONG, "not numbers"),
        "long.npz": (WRONG, "takes (N, 2)"),
        "other.npz": (NOT_STARTED, "no latent vectors"),
        "none.npz": (NOT_STARTED, "no latent vectors"),
        "text.npz": (NOT_STARTED, "no latent vectors"),
        "words.csv": (NOT_STARTED, "no latent vectors"),
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
    ):
        assert main(command) != DONE
        said = capsys.readouterr().err
        assert words in said
        assert len(said.splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "in"]


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
