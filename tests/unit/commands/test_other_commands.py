"""``generate``, ``doctor`` and ``evaluate``: what they refuse and how they report."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from command_samples import scene
from PIL import Image
from safetensors.torch import load_file

from aestudio.__main__ import main
from aestudio.catalog import store
from aestudio.catalog.card import Card
from aestudio.cli import DONE, FAILED, NOT_STARTED, WRONG
from aestudio.commands.evaluate import record_scores
from aestudio.engine.session import Floats, Session
from aestudio.models.weights import load_network, save_network


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
    install(home)
    command = ["evaluate", "denoise", str(folder), "--sigma", "15", "--sigma", "25", "--json", "--record"]
    command += ["--model", "mine"]
    before = store.find("mine", "denoise").card.scores
    assert main(command) == FAILED
    said = capsys.readouterr()
    assert [json.loads(line)["picture"] for line in said.out.splitlines()] == ["a", None] * 2
    assert [line.split(":")[0] for line in said.err.splitlines()] == [str(folder / "b.png"), "The card stays as it is"]
    assert store.find("mine", "denoise").card.scores == before
    (folder / "a.png").unlink()
    assert main(command) == NOT_STARTED
    assert "can be measured" in capsys.readouterr().err


def test_evaluate_names_what_memory_does_not_hold_and_measures_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, side in (("a", 48), ("b", 64), ("c", 48)):
        Image.fromarray(scene(side, side)).save(tmp_path / f"{name}.png")
    honest = Session.run

    def run(session: Session, window: Floats, sigma: float | None = None) -> Floats:
        if len(window) >= 64:
            raise torch.OutOfMemoryError("injected")
        return honest(session, window, sigma)

    monkeypatch.setattr(Session, "run", run)
    command = ["evaluate", "denoise", str(tmp_path), "--sigma", "15", "--json"]
    assert main(command) == FAILED
    said = capsys.readouterr()
    assert [json.loads(line)["picture"] for line in said.out.splitlines()] == ["a", "c", None]
    assert f"{tmp_path / 'b'}: There is not enough memory" in said.err
    for name in ("a", "c"):
        (tmp_path / f"{name}.png").unlink()
    assert main(command) == FAILED
    assert not capsys.readouterr().out


def test_scores_are_recorded_with_the_weight_file_let_go(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(home)
    path = store.find("mine").path
    mapped = load_file(path)
    written: list[dict[str, torch.Tensor]] = []

    def save(state: dict[str, torch.Tensor], card: Card, target: Path, dtype: torch.dtype) -> None:
        written.append(state)
        save_network(state, card, target, dtype)

    monkeypatch.setattr("safetensors.torch.load_file", lambda path: mapped)
    monkeypatch.setattr("aestudio.models.weights.save_network", save)
    record_scores(path, {"mine": {"psnr": 30.0}})
    assert store.find("mine").card.scores["mine"] == {"psnr": 30.0}
    for name, tensor in written[0].items():
        assert torch.equal(tensor, mapped[name])
        assert tensor.data_ptr() != mapped[name].data_ptr()


def install(home: Path, name: str = "mine") -> None:
    """Put a copy of a small denoiser among one's own models."""
    model = store.find("denoise-fast")
    own = home / "models" / f"{name}.safetensors"
    own.parent.mkdir(exist_ok=True)
    network, _ = load_network(model.path)
    save_network(network.state_dict(), dataclasses.replace(model.card, id=name), own)


def test_figures_of_ones_own_pictures_are_no_published_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    folder = tmp_path / "cbsd68"
    folder.mkdir()
    Image.fromarray(scene(64, 64)).save(folder / "a.png")
    command = ["evaluate", "denoise", str(folder), "--sigma", "25", "--record"]
    assert main([*command, "--model", "denoise-fast"]) == WRONG
    assert "comes with aestudio" in capsys.readouterr().err
    install(home)
    published = store.find("mine").card.scores["cbsd68 sigma 25"]
    assert main([*command, "--model", "mine"]) == DONE
    scores = store.find("mine").card.scores
    assert scores["cbsd68 sigma 25"] == published
    assert "folder cbsd68 sigma 25" in scores


def test_what_is_too_small_is_named_and_the_others_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.fromarray(scene(64, 64)).save(tmp_path / "a.png")
    Image.fromarray(scene(6, 6)).save(tmp_path / "b.png")
    assert main(["evaluate", "upscale", str(tmp_path), "--scale", "2", "--json"]) == FAILED
    said = capsys.readouterr()
    assert [json.loads(line)["picture"] for line in said.out.splitlines()] == ["a", None]
    assert "b is too small" in said.err


def test_a_pair_of_two_sizes_is_named_and_the_others_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, side in (("a_real", 64), ("a_mean", 64), ("b_real", 64), ("b_mean", 60)):
        Image.fromarray(scene(64, side)).save(tmp_path / f"{name}.png")
    assert main(["evaluate", "photo", str(tmp_path), "--json"]) == FAILED
    said = capsys.readouterr()
    assert [json.loads(line)["picture"] for line in said.out.splitlines()] == ["a", None]
    assert "b_real and b_mean differ in size" in said.err


def test_pairs_lie_beside_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder, shade in (("day [1]", 0), ("night", 40)):
        (tmp_path / folder).mkdir()
        for kind in ("real", "mean"):
            Image.fromarray(scene(64, 64) // 2 + shade).save(tmp_path / folder / f"1_{kind}.png")
        (tmp_path / folder / "1_mean.json").write_text("{}")
    assert main(["evaluate", "photo", str(tmp_path), "--json"]) == DONE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["noisy"] for row in rows[:2]] == [None, None], "each beside its own twin, which is the same"


def test_the_self_test_is_of_a_model_that_came_with_the_program(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    install(home, "a-first")
    assert store.installed("denoise")[0].card.id == "a-first"
    assert main(["doctor", "--json"]) == DONE
    tested = json.loads(capsys.readouterr().out)["self_test"]
    assert {test["model"] for test in tested} <= {"denoise-fast", "denoise-best"}


def test_figures_that_json_has_no_word_for_are_null(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.fromarray(scene(40, 48)).save(tmp_path / "a.png")
    assert main(["evaluate", "denoise", str(tmp_path), "--sigma", "0", "--clipped", "--json"]) == DONE
    said = capsys.readouterr().out
    assert "Infinity" not in said
    assert [json.loads(line)["noisy"] for line in said.splitlines()] == [None, None]
