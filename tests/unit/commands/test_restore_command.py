"""``denoise`` as scripts use it: inputs stay as they are, names never collide, trouble stays with its file."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
import torch
from command_samples import pixels, save_noisy, scene
from PIL import Image

from aestudio import paths
from aestudio.__main__ import main
from aestudio.catalog import store
from aestudio.cli import DONE, FAILED, WRONG
from aestudio.engine import device
from aestudio.engine.session import Session, SessionCache
from aestudio.errors import SettingsError
from aestudio.jobs import files
from aestudio.jobs.files import Tools
from aestudio.jobs.journal import Journal
from aestudio.jobs.spec import Restoration


def test_resume_does_not_skip_after_the_model_changed(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_noisy(tmp_path / "a.png")
    (home / "models").mkdir(parents=True)
    model = home / "models" / "denoise-fast.safetensors"
    model.write_bytes((paths.weights_folder() / model.name).read_bytes())
    command = ["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "o"), "--model", "denoise-fast", "--json"]
    command += ["--resume", "--overwrite"]
    statuses = []
    for _ in range(3):
        if len(statuses) == 2:
            os.utime(model, (1, 1))
        assert main(command) == DONE
        statuses.append(json.loads(capsys.readouterr().out)["status"])
    assert statuses == ["done", "skipped", "done"]


def test_after_a_gpu_failed_the_processor_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abc":
        save_noisy(tmp_path / f"{name}.png")
    honest, first = Session.run, list[Session]()

    def run(session: Session, *arguments: Any) -> Any:  # noqa: ANN401 - as Session.run
        if not first:
            first.append(session)
        if session is first[0]:
            raise getattr(torch, "AcceleratorError", RuntimeError)("CUDA error: unspecified launch failure")
        return honest(session, *arguments)

    monkeypatch.setattr(Session, "run", run)
    files = [str(tmp_path / f"{name}.png") for name in "abc"]
    assert main(["denoise", *files, "-o", str(tmp_path / "o"), "--json", "--noise", "20"]) == FAILED
    said = capsys.readouterr()
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert [row["status"] for row in rows] == ["failed", "done", "done"]
    assert said.err.count("the processor restores the pictures that follow") == 1


def test_resume_does_not_skip_what_was_written_over_while_it_was_restored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_noisy(tmp_path / "a.png")
    command = ["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "o"), "--json", "--resume", "--overwrite"]
    honest = files.restore_file

    def overtaken(source: Path, *rest: object) -> object:
        report = honest(source, *rest)
        save_noisy(source, 44, 52)
        return report

    with monkeypatch.context() as patch:
        patch.setattr(files, "restore_file", overtaken)
        assert main(command) == DONE
    assert main(command) == DONE
    assert [json.loads(line)["status"] for line in capsys.readouterr().out.splitlines()] == ["done", "done"]
    assert pixels(tmp_path / "o" / "a-denoised.png").shape == (44, 52, 3)


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "in/a.png"],
        ["-o", "in", "--name-template", "{stem}{suffix}"],
        ["-o", "soft.png"],
        ["-o", "IN/../in/a.png"],
    ],
)
def test_an_input_is_never_replaced(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "IN").mkdir(exist_ok=True)
    save_noisy(tmp_path / "in" / "a.png")
    if "soft.png" in arguments:
        if os.name == "nt":
            pytest.skip("links need a privilege there")
        (tmp_path / "soft.png").symlink_to(tmp_path / "in" / "a.png")
    before = (tmp_path / "in" / "a.png").read_bytes()
    for extra in ([], ["--overwrite"]):
        assert main(["denoise", "in/a.png", *arguments, "--json", *extra]) == FAILED
        captured = capsys.readouterr()
        assert json.loads(captured.out)["status"] == "failed"
        assert "would replace the input" in captured.err
    assert (tmp_path / "in" / "a.png").read_bytes() == before
    assert [p.name for p in (tmp_path / "in").iterdir()] == ["a.png"]


def test_what_another_process_wrote_meanwhile_or_a_link_that_leads_nowhere_is_there_already(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.png", "b.png"):
        save_noisy(tmp_path / name)
    out, honest = tmp_path / "o", files.restore_file
    out.mkdir()
    if os.name != "nt":
        (out / "b-denoised.png").symlink_to(tmp_path / "nowhere")

    def overtaken(source: Path, target: Path, *rest: object) -> object:
        save_noisy(target)
        return honest(source, target, *rest)

    monkeypatch.setattr(files, "restore_file", overtaken)
    assert main(["denoise", str(tmp_path / "a.png"), str(tmp_path / "b.png"), "-o", str(out), "--json"]) == DONE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["status"], row["error"]) for row in rows] == [
        ("skipped", "the output exists; --overwrite replaces it")
    ] * 2


def test_what_killed_runs_left_half_written_goes(tmp_path: Path) -> None:
    save_noisy(tmp_path / "a.png")
    out = tmp_path / "o"
    out.mkdir()
    old, fresh, other = (
        out / n for n in (".aestudio-7-0123456789ab.png", ".aestudio-8-0123456789ab.png", ".aestudio-x")
    )
    for leftover in (old, fresh, other):
        leftover.touch()
        if leftover is not fresh:
            os.utime(leftover, (1, 1))
    assert main(["denoise", str(tmp_path / "a.png"), "-o", str(out)]) == DONE
    assert sorted(p.name for p in out.iterdir()) == sorted([other.name, fresh.name, "a-denoised.png"])


def test_another_input_is_never_replaced_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.png", "a-denoised.png"):
        save_noisy(tmp_path / name)
    before = (tmp_path / "a-denoised.png").read_bytes()
    assert main(["denoise", str(tmp_path), "-o", str(tmp_path), "--overwrite", "--json"]) == FAILED
    rows = {Path(r["input"]).name: r["status"] for r in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows == {"a.png": "failed", "a-denoised.png": "done"}
    assert (tmp_path / "a-denoised.png").read_bytes() == before


def test_three_inputs_of_one_name_make_three_results(tmp_path: Path) -> None:
    files = [tmp_path / folder / "i.png" for folder in "xyz"]
    for number, file in enumerate(files):
        file.parent.mkdir()
        save_noisy(file, width=50 + number)
    assert main(["denoise", *map(str, files), "-o", str(tmp_path / "o"), "--overwrite", "--quiet"]) == DONE
    widths = {p.name: pixels(p).shape[1] for p in (tmp_path / "o").iterdir()}
    assert widths == {"i-denoised.png": 50, "i.png-denoised.png": 51, "i.png-2-denoised.png": 52}


def test_trouble_with_the_journal_is_not_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Journal, "record", full)
    monkeypatch.setattr(Journal, "is_done", full)
    save_noisy(tmp_path / "a.png")
    assert main(["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "o"), "--json", "--resume"]) == DONE
    assert json.loads(capsys.readouterr().out)["status"] == "done"


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="such names cannot be made there")
@pytest.mark.parametrize("form", ["--json", "--resume"])
def test_any_file_name_can_be_said_on_any_terminal(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("猫.png", os.fsdecode(b"caf\xe9.png")):
        save_noisy(folder / name)
    (folder / os.fsdecode(b"\xff.png")).touch()
    command = [sys.executable, "-m", "aestudio", "denoise", str(folder), "-o", str(tmp_path / "o"), form]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252:strict", "OMP_NUM_THREADS": "1"}
    run = subprocess.run(command, capture_output=True, env=environment)
    assert run.returncode == FAILED, run.stderr
    assert b"is empty" in run.stderr
    assert b"Traceback" not in run.stderr
    assert b"journal" not in run.stderr
    assert len(list((tmp_path / "o").iterdir())) == 2
    if form == "--json":
        rows = [json.loads(line) for line in run.stdout.splitlines()]
        assert sorted(r["status"] for r in rows) == ["done", "done", "failed"]
        assert str(folder / "猫.png") in [r["input"] for r in rows]


def test_an_argument_that_names_nothing_harms_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_noisy(tmp_path / "a.png")
    (tmp_path / "empty").mkdir()
    arguments = [str(tmp_path / "empty"), str(tmp_path / "*.tif"), str(tmp_path / "a.png")]
    assert main(["denoise", *arguments, "-o", str(tmp_path / "o"), "--json"]) == FAILED
    captured = capsys.readouterr()
    rows = [json.loads(line) for line in captured.out.splitlines()]
    assert [r["status"] for r in rows] == ["failed", "failed", "done"]
    assert "no pictures in" in captured.err
    assert "Nothing matches" in captured.err
    assert main(["encode", *arguments, "-o", str(tmp_path / "z.csv"), "--quiet"]) == FAILED
    assert len((tmp_path / "z.csv").read_text().splitlines()) == 2


def test_the_suffix_means_the_format_and_what_is_lost_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(np.dstack([scene(40, 50), np.full((40, 50), 99, np.uint8)])).save(tmp_path / "a.png")
    (tmp_path / "b.apng").write_bytes((tmp_path / "a.png").read_bytes())
    assert main(["denoise", str(tmp_path / "b.apng"), "-o", str(tmp_path / "o"), "--quiet"]) == DONE
    assert [p.name for p in (tmp_path / "o").iterdir()] == ["b-denoised.png"]
    command = ["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "o"), "--name-template", "{stem}.jpg"]
    assert main([*command, "--json"]) == DONE
    assert "transparency" in " ".join(json.loads(capsys.readouterr().out)["notes"])


def test_the_ensemble_is_another_result_and_is_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_noisy(tmp_path / "a.png")
    command = ["denoise", str(tmp_path / "a.png"), "--noise", "20", "--json"]
    recorded = []
    for name, extra in (("one", []), ("eight", ["--ensemble"])):
        assert main([*command, "-o", str(tmp_path / name), *extra]) == DONE
        recorded.append(json.loads(capsys.readouterr().out)["settings"]["ensemble"])
    assert recorded == [False, True]
    one, eight = (pixels(tmp_path / name / "a-denoised.png").astype(int) for name in ("one", "eight"))
    assert 0 < np.abs(one - eight).mean() < 4


def test_a_picture_is_cleaned_before_it_is_enlarged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_noisy(tmp_path / "a.png")
    command = ["upscale", str(tmp_path / "a.png"), "--scale", "2", "--json"]
    recorded = []
    for name, extra in (("as-it-is", []), ("cleaned", ["--clean"])):
        assert main([*command, "-o", str(tmp_path / name), *extra]) == DONE
        recorded.append(json.loads(capsys.readouterr().out)["settings"]["cleaner"])
    assert recorded == [None, store.default_id("denoise")]
    roughness = [
        np.abs(np.diff(pixels(tmp_path / name / "a-upscaled.png").astype(int), axis=1)).mean()
        for name in ("as-it-is", "cleaned")
    ]
    assert roughness[1] < 0.7 * roughness[0]


def test_a_model_that_needs_a_level_cannot_clean_first() -> None:
    tools = Tools(device.choose("cpu"), SessionCache())
    with pytest.raises(SettingsError, match="cannot clean"):
        tools.session_for(Restoration("upscale", "upscale-x2-fast", scale=2, cleaner="denoise-fast"))
    with pytest.raises(SettingsError, match="only where it is enlarged"):
        Restoration("denoise", "denoise-fast", cleaner="photo-fast")


def test_a_second_run_in_the_same_folder_leaves_its_results_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "io"
    folder.mkdir()
    save_noisy(folder / "a.png")
    for _ in range(2):
        assert main(["denoise", str(folder), "-o", str(folder), "--resume", "--json"]) == DONE
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["status"], second["status"]) == ("done", "skipped")
    assert sorted(p.name for p in folder.iterdir()) == ["a-denoised.png", "a.png"]


def test_nothing_is_read_or_written_where_a_name_is_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_noisy(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path)
    assert main(["denoise", "", "-o", "out"]) == WRONG
    assert main(["denoise", "a.png", "-o", ""]) == WRONG
    assert capsys.readouterr().err.count("is empty") == 2
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]


@pytest.mark.parametrize("channels", [1, 3])
def test_what_is_no_number_in_a_float_file_stays_none(tmp_path: Path, channels: int) -> None:
    values = scene(40, 48).astype(np.float32)[..., :channels] / 255
    values[3, 4], values[20, 30], values[30, 7] = np.nan, np.inf, -np.inf
    tifffile.imwrite(tmp_path / "a.tif", values, photometric="rgb" if channels == 3 else "minisblack")
    for name, extra in (("as-it-was.tif", ["--strength", "0"]), ("denoised.tif", [])):
        words = ["denoise", str(tmp_path / "a.tif"), "-o", str(tmp_path / name), "--noise", "15", "--fast", *extra]
        assert main(words) == DONE
        back = tifffile.imread(tmp_path / name).reshape(values.shape)
        odd = ~np.isfinite(values)
        assert np.array_equal(back[odd], values[odd], equal_nan=True)
        assert np.isfinite(back[~odd]).all()
        if extra:
            assert np.array_equal(back[~odd], values[~odd])


@pytest.mark.parametrize("scale", ["2", "3"])
def test_what_is_no_number_in_a_float_file_stays_none_where_it_is_enlarged(tmp_path: Path, scale: str) -> None:
    values = scene(24, 30).astype(np.float32) / 255
    values[3, 4], values[20, 25] = np.nan, np.inf
    tifffile.imwrite(tmp_path / "a.tif", values, photometric="rgb")
    words = ["upscale", str(tmp_path / "a.tif"), "-o", str(tmp_path / "large.tif"), "--scale", scale, "--fast"]
    assert main(words) == DONE
    times = int(scale)
    large = tifffile.imread(tmp_path / "large.tif")
    odd = np.kron(~np.isfinite(values), np.ones((times, times, 1), bool))
    assert np.array_equal(~np.isfinite(large), odd)
    assert np.isnan(large[3 * times, 4 * times]).all()
    assert np.isposinf(large[20 * times, 25 * times]).all()


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_noisy(tmp_path / "a.png")
    words = ["denoise", str(tmp_path / "nothere.png"), str(tmp_path / "a.png"), "-o", str(tmp_path / "out"), "--json"]
    assert main(words) == FAILED
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["status"] for row in rows] == ["failed", "done"]
    assert rows[0]["error"] == "There is no file nothere.png. Check its path."
