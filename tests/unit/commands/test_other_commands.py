"""``generate``, ``doctor`` and ``evaluate``: what they refuse and how they report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_samples import scene
from PIL import Image

from aestudio.__main__ import main
from aestudio.catalog import store
from aestudio.cli import DONE, FAILED, NOT_STARTED, WRONG
from aestudio.engine.session import Session


def test_generate_and_denoise_agree_on_what_a_file_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["generate", "--count", "1", "--quiet", "-o"]
    assert main([*command, str(tmp_path / "r.gif")]) == WRONG
    assert main([*command, str(tmp_path / "n"), "--seed", "99999999999999999999"]) == WRONG
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []
    assert main([*command, str(tmp_path / "v1.2")]) == DONE
    (tmp_path / "folder.png").mkdir()
    assert main([*command, str(tmp_path / "folder.png")]) == DONE
    assert main([*command, str(tmp_path / "r.png")]) == DONE
    files = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file())
    assert files == ["folder.png/0.png", "r.png", "v1.2/0.png"]


@pytest.mark.parametrize("form", [["--json"], []])
def test_a_device_that_fails_its_test_is_reported(
    form: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(self: Session, *arguments: object) -> object:
        raise RuntimeError("CUDA error:\nno kernel image")

    monkeypatch.setattr(Session, "run", broken)
    assert main(["doctor", *form]) == FAILED
    said = capsys.readouterr().out
    assert "CUDA error: no kernel image" in said
    if form:
        assert not any(test["passed"] for test in json.loads(said)["self_test"])


def test_evaluate_measures_the_scale_asked_for_or_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.fromarray(scene(64, 64)).save(tmp_path / "a.png")
    command = ["evaluate", "upscale", str(tmp_path)]
    assert main([*command, "--scale", "5"]) == WRONG
    assert "x2, x3, x4" in capsys.readouterr().err
    assert main([*command, "--scale", "4", "--model", "upscale-x2-fast"]) == WRONG
    assert "x2" in capsys.readouterr().err
    for extra, measured in ((["--scale", "2"], "x2"), ([], "x4"), (["--model", "upscale-x2-fast"], "x2")):
        assert main([*command, *extra]) == DONE
        assert measured in capsys.readouterr().out
    assert main(["evaluate", "denoise", str(tmp_path), "--sigma", "nan"]) == WRONG
    capsys.readouterr()


def test_evaluate_names_a_damaged_picture_and_measures_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    Image.fromarray(scene(64, 64)).save(folder / "a.png")
    (folder / "b.png").write_bytes((folder / "a.png").read_bytes()[:200])
    command = ["evaluate", "denoise", str(folder), "--sigma", "15", "--sigma", "25", "--json", "--record"]
    before = store.find("denoise-best", "denoise").card.scores
    assert main(command) == FAILED
    said = capsys.readouterr()
    assert [json.loads(line)["picture"] for line in said.out.splitlines()] == ["a", None] * 2
    assert [line.split(":")[0] for line in said.err.splitlines()] == [str(folder / "b.png"), "The card stays as it is"]
    assert store.find("denoise-best", "denoise").card.scores == before
    (folder / "a.png").unlink()
    assert main(command) == NOT_STARTED
    assert "can be measured" in capsys.readouterr().err


def test_figures_that_json_has_no_word_for_are_null(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.fromarray(scene(40, 48)).save(tmp_path / "a.png")
    assert main(["evaluate", "denoise", str(tmp_path), "--sigma", "0", "--clipped", "--json"]) == DONE
    said = capsys.readouterr().out
    assert "Infinity" not in said
    assert [json.loads(line)["noisy"] for line in said.splitlines()] == [None, None]
