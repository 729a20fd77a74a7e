"""The command line as scripts use it: real files, real weights, exit codes and JSON."""

from __future__ import annotations

import hashlib
import json
import signal
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio import paths
from aestudio.__main__ import main
from aestudio.cli import CANCELLED, DONE, FAILED, NOT_STARTED, WRONG
from aestudio.engine.session import Session
from aestudio.evaluation.metrics import psnr
from aestudio.imageio.resample import resize, to_uint8

SIGMA = 25


def scene(height: int, width: int) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:height, 0:width]
    planes = [x * 180 // width + 30, (x // 24 + y // 24) % 2 * 120 + 60, 128 + 80 * np.sin(x / 11) * np.cos(y / 13)]
    return np.stack(planes, axis=2).astype(np.uint8)


def noisy(path: Path, height: int = 150, width: int = 203, seed: int = 0) -> NDArray[np.uint8]:
    clean = scene(height, width)
    values = clean + np.random.default_rng(seed).normal(0, SIGMA, clean.shape)
    Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8)).save(path)
    return clean


def pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.array(image)


@pytest.mark.parametrize(("model", "exactness"), [("denoise-fast", 0.1), ("photo-fast", 0.2)])
def test_denoise_gains_five_decibels_with_estimated_noise(
    model: str, exactness: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "grain.png"
    clean = noisy(source)
    assert main(["denoise", str(source), "-o", str(tmp_path / "out"), "--json", "--model", model]) == DONE
    row = json.loads(capsys.readouterr().out)
    assert row["status"] == "done"
    assert (row["width"], row["height"]) == (203, 150)
    assert row["settings"]["noise"] == pytest.approx(SIGMA, rel=exactness)
    assert row["settings"]["noise_estimated"] is True
    result = tmp_path / "out" / "grain-denoised.png"
    assert Path(row["output"]) == result
    assert psnr(pixels(result), clean) > psnr(pixels(source), clean) + 5


def test_the_noise_setting_decides_the_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "grain.png"
    noisy(source)
    command = ["denoise", str(source), "-o", str(tmp_path / "out"), "--overwrite", "--json"]
    assert main(command) == DONE
    assert json.loads(capsys.readouterr().out)["model"].startswith("photo-")
    assert main([*command, "--noise", "20"]) == DONE
    row = json.loads(capsys.readouterr().out)
    assert row["model"].startswith("denoise-")
    assert row["settings"]["noise"] == 20
    assert main([*command, "--noise", "20", "--model", "photo-fast"]) == WRONG
    assert "judges the noise by itself" in capsys.readouterr().err


def test_a_drawing_is_named_as_unlike_what_the_model_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = np.full((200, 300, 3), 255, np.uint8)
    page[40:44, 20:280] = page[30:170, 150:153] = 0
    Image.fromarray(page).save(tmp_path / "drawing.png")
    assert main(["denoise", str(tmp_path / "drawing.png"), "-o", str(tmp_path / "out"), "--json"]) == DONE
    assert any("unlike" in note for note in json.loads(capsys.readouterr().out)["notes"])


def test_strength_nought_gives_the_picture_back(tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    noisy(source)
    assert main(["denoise", str(source), "-o", str(tmp_path / "b.png"), "--strength", "0", "--quiet"]) == DONE
    assert np.array_equal(pixels(source), pixels(tmp_path / "b.png"))


def test_what_is_generated_can_be_an_exr(tmp_path: Path) -> None:
    from aestudio.imageio.reader import read_picture
    from aestudio.imageio.values import to_unit

    for name in ("a.exr", "a.png"):
        assert main(["generate", "-o", str(tmp_path / name), "--count", "1", "--model", "vae-digits"]) == DONE
    light, stored = (read_picture(tmp_path / name) for name in ("a.exr", "a.png"))
    assert np.abs(to_unit(light.pixels, True) - to_unit(stored.pixels, False)).max() < 1e-3


def test_sixteen_bits_and_alpha_come_through(tmp_path: Path) -> None:
    from aestudio.imageio.reader import read_picture
    from aestudio.jobs.files import write_pictures

    source = tmp_path / "deep.tif"
    write_pictures(scene(64, 80), tmp_path / "flat.png")
    import tifffile

    values = np.dstack([scene(37, 31).astype(np.uint16) * 257, np.arange(37 * 31, dtype=np.uint16).reshape(37, 31)])
    tifffile.imwrite(source, values, photometric="rgb", extrasamples=["unassalpha"])
    assert main(["denoise", str(source), "-o", str(tmp_path), "--noise", "10", "--quiet"]) == DONE
    result = read_picture(tmp_path / "deep-denoised.tif")
    assert result.info.depth == "16"
    assert result.alpha is not None
    assert np.array_equal(result.alpha, values[..., 3])
    assert len(np.unique(result.pixels)) > 256


@pytest.mark.parametrize("scale", ["2", "3", "4"])
@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_a_transparent_picture_is_enlarged_with_its_alpha(tmp_path: Path, mode: str, scale: str) -> None:
    source, alpha = tmp_path / "a.png", np.zeros((30, 40), np.uint8)
    alpha[:, 12:] = 255
    cut = np.dstack([scene(30, 40)[..., : len(mode) - 1], alpha])
    Image.fromarray(cut).save(source)
    assert main(["upscale", str(source), "-o", str(tmp_path / "b.png"), "--scale", scale, "--quiet"]) == DONE
    with Image.open(tmp_path / "b.png") as result:
        assert (result.mode, result.size) == (mode, (40 * int(scale), 30 * int(scale)))
        enlarged = np.asarray(result)[..., -1]
    assert (enlarged[:, : 10 * int(scale)] == 0).all()
    assert (enlarged[:, 14 * int(scale) :] == 255).all()


@pytest.mark.parametrize(
    ("scale", "size"), [("2", (120, 80)), ("4", (240, 160)), ("2.5", (150, 100)), ("3", (180, 120))]
)
def test_upscale_by_any_factor(tmp_path: Path, scale: str, size: tuple[int, int]) -> None:
    truth = scene(size[1], size[0])
    small = to_uint8(resize(truth, (40, 60), 1 / float(scale)))
    Image.fromarray(small).save(tmp_path / "small.png")
    command = ["upscale", str(tmp_path / "small.png"), "-o", str(tmp_path / "o"), "--scale", scale, "--quiet"]
    assert main(command) == DONE
    result = pixels(tmp_path / "o" / "small-upscaled.png")
    assert result.shape == (size[1], size[0], 3)
    plain = to_uint8(resize(small, (size[1], size[0]), float(scale)))
    assert np.abs(plain.astype(float) - result).mean() > 0.5
    assert psnr(result, truth) > psnr(plain, truth) + 0.5


def test_one_bad_file_harms_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    noisy(folder / "a.png", 40, 50)
    (folder / "b.png").write_bytes(b"")
    (folder / "c.jpg").write_text("no picture")
    (folder / "notes.txt").write_text("not an input")
    Image.new("RGB", (1, 1)).save(folder / "d.png")
    whole = tmp_path / "whole.jpg"
    Image.fromarray(scene(200, 200)).save(whole)
    (folder / "e.jpg").write_bytes(whole.read_bytes()[:3000])
    code = main(["denoise", str(folder), str(tmp_path / "none.png"), "-o", str(tmp_path / "out"), "--json"])
    assert code == FAILED
    captured = capsys.readouterr()
    rows = {Path(r["input"]).name: r for r in map(json.loads, captured.out.splitlines())}
    assert {n: r["status"] for n, r in rows.items()} == {
        "a.png": "done", "b.png": "failed", "c.jpg": "failed", "d.png": "done", "e.jpg": "failed", "none.png": "failed",
    }  # fmt: skip
    for name in ("b.png", "c.jpg", "e.jpg", "none.png"):
        assert name in captured.err
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a-denoised.png", "d-denoised.png"]


def test_an_unforeseen_error_is_that_files_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        noisy(folder / name, 40, 50)
    from aestudio.jobs import files

    real = files.restore_file

    def stumbling(source: Path, *arguments: object, **options: object) -> object:
        if source.name == "a.png":
            raise KeyError("nobody thought of this")
        return real(source, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "restore_file", stumbling)
    assert main(["denoise", str(folder), "-o", str(tmp_path / "o"), "--quiet"]) == FAILED
    assert "nobody thought of this" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "o").iterdir()] == ["b-denoised.png"]


def test_a_damaged_weight_file_is_refused(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    noisy(tmp_path / "a.png", 40, 50)
    (home / "models").mkdir(parents=True)
    whole = (paths.weights_folder() / "denoise-fast.safetensors").read_bytes()
    (home / "models" / "denoise-fast.safetensors").write_bytes(whole[:-7])
    assert (
        main(["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "o"), "--model", "denoise-fast"]) == NOT_STARTED
    )
    assert "incomplete" in capsys.readouterr().err
    assert not (tmp_path / "o" / "a-denoised.png").exists()


def test_a_decompression_bomb_is_refused_with_its_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = struct.pack(">IIBBBBB", 30000, 20000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    bomb = tmp_path / "bomb.png"
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    assert main(["denoise", str(bomb), "-o", str(tmp_path / "o")]) == FAILED
    said = capsys.readouterr().err
    assert "600" in said
    assert "--max-pixels" in said


def test_existing_results_are_left_alone_and_resume_skips_what_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "a.png", tmp_path / "o"
    noisy(source, 40, 50)
    command = ["denoise", str(source), "-o", str(out), "--json"]
    statuses = []
    again = ["--resume", "--overwrite"]  # without --overwrite an output that exists is reason enough to skip
    for extra in ([], [], again, [*again, "--strength", "0.5"], [*again, "--strength", "0.5"], ["--overwrite"]):
        assert main([*command, *extra]) == DONE
        statuses.append(json.loads(capsys.readouterr().out)["status"])
    assert statuses == ["done", "skipped", "skipped", "done", "skipped", "done"]


def test_names_that_would_collide_take_the_suffix_along(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    noisy(folder / "a.png", 40, 50)
    with Image.open(folder / "a.png") as image:
        image.save(folder / "a.bmp")
    assert main(["denoise", str(folder), "-o", str(tmp_path / "o"), "--format", "png", "--quiet"]) == DONE
    assert sorted(p.name for p in (tmp_path / "o").iterdir()) == ["a-denoised.png", "a.png-denoised.png"]


def test_subfolders_keep_their_structure(tmp_path: Path) -> None:
    deep = tmp_path / "in" / "x" / "y"
    deep.mkdir(parents=True)
    noisy(deep / "a.png", 40, 50)
    assert main(["denoise", str(tmp_path / "in"), "-o", str(tmp_path / "o"), "--recursive", "--quiet"]) == DONE
    assert (tmp_path / "o" / "x" / "y" / "a-denoised.png").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--model", "no-such-model"], NOT_STARTED),
        (["--device", "cuda:77"], NOT_STARTED),
        (["--device", "toaster"], NOT_STARTED),
        (["--noise", "200"], WRONG),
        (["--noise", "loud"], WRONG),
        (["--strength", "2"], WRONG),
        (["--detail", "-1"], WRONG),
        (["--strength-colour", "7"], WRONG),
        (["--tile", "8"], WRONG),
        (["--model", "vae-digits-2d"], WRONG),
        (["--name-template", "{nonsense}"], WRONG),
        (["--name-template", "{stem}.png", "--format", "tiff"], WRONG),
        (["--tile", "nan"], WRONG),
        (["--tile", "inf"], WRONG),
        (["--noise", "nan"], WRONG),
        (["--max-pixels", "-1"], WRONG),
        (["--format", "jpeg", "--depth", "16"], WRONG),
        (["-o", "r.png", "--format", "tiff"], WRONG),
        (["-o", "r.jpg", "--depth", "32f"], WRONG),
        (["-o", "r.gif"], WRONG),
        (["-o", "r.heic"], WRONG),
    ],
)
def test_wrong_commands_say_so(
    arguments: list[str],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    noisy(tmp_path / "a.png", 40, 50)
    assert main(["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "o"), *arguments]) == code
    assert not list(tmp_path.glob("r.*"))
    said = capsys.readouterr().err.strip()
    assert said.startswith("aestudio: ")
    assert len(said.splitlines()) == 1


def test_a_folder_without_pictures_and_an_unwritable_target(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["denoise", str(tmp_path / "empty"), "-o", str(tmp_path / "o")]) == NOT_STARTED
    noisy(tmp_path / "a.png", 40, 50)
    (tmp_path / "file").touch()
    assert main(["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "file" / "below")]) == NOT_STARTED


def test_an_unknown_option_is_a_wrong_command(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["denoise", "a.png", "-o", "b", "--frobnicate"])
    assert stopped.value.code == WRONG


def test_cancelling_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.png"
    noisy(source, 700, 900)
    run, calls = Session.run, []

    def interrupted(self: Session, *arguments: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return run(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "run", interrupted)
    assert main(["denoise", str(source), "-o", str(tmp_path / "o"), "--noise", "25", "--tile", "256"]) == CANCELLED
    assert list((tmp_path / "o").iterdir()) == []


def test_generate_is_repeatable_and_encode_decode_go_round(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert main(["generate", "-o", str(tmp_path / name), "--count", "3", "--seed", "7", "--quiet"]) == DONE
    files = sorted((tmp_path / "one").iterdir())
    assert len(files) == 3
    assert all(np.array_equal(pixels(f), pixels(tmp_path / "two" / f.name)) for f in files)
    sheet = tmp_path / "sheet.png"
    assert main(["generate", "-o", str(sheet), "--count", "5", "--grid", "--quiet"]) == DONE
    assert pixels(sheet).shape == (56, 84)
    latents = tmp_path / "z.npz"
    assert main(["encode", str(tmp_path / "one"), "-o", str(latents), "--quiet"]) == DONE
    assert main(["decode", str(latents), "-o", str(tmp_path / "back"), "--quiet"]) == DONE
    assert len(list((tmp_path / "back").iterdir())) == 3
    assert main(["encode", str(tmp_path / "one"), "-o", str(tmp_path / "z.csv"), "--quiet"]) == DONE
    assert (tmp_path / "z.csv").read_text().splitlines()[0].startswith("name,z_mean_0,z_mean_1")
    assert main(["generate", "-o", str(tmp_path / "n"), "--count", "0"]) == WRONG


def test_models_and_doctor_tell_what_is_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--json"]) == DONE
    cards = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"denoise", "upscale", "vae"} <= {c["task"] for c in cards}
    assert main(["models", "denoise-fast"]) == DONE
    assert main(["models", "nothing"]) == NOT_STARTED
    capsys.readouterr()
    assert main(["doctor", "--json"]) == DONE
    report = json.loads(capsys.readouterr().out)
    assert "cpu" in report["devices"]
    assert report["reason"]
    assert all(test["passed"] for test in report["self_test"])


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no terminal closes there")
def test_a_terminal_that_is_closed_leaves_no_half_file(tmp_path: Path) -> None:
    Image.fromarray(scene(900, 1400)).save(tmp_path / "large.png")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "aestudio", "denoise", str(tmp_path / "large.png"), "-o", str(out), "--noise", "9"]
    # who runs the tests may be under nohup, which lets a closed terminal be nothing
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, **heard) as run:
        deadline = time.monotonic() + 60
        while not (out.is_dir() and any(out.iterdir())) and time.monotonic() < deadline:
            time.sleep(0.02)
        run.send_signal(signal.SIGHUP)
        run.communicate(timeout=60)
    assert run.returncode == CANCELLED
    assert list(out.iterdir()) == []


def test_interrupted_training_leaves_a_checkpoint_to_go_on_from(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for number in range(3):
        Image.fromarray(scene(120 + number, 130)).save(folder / f"{number}.png")
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(
        'task = "denoise"\narchitecture = "restoration-unet"\npatch = 32\nbatch = 2\nvalidate_every = 0.2\n'
        "[arguments]\nwidths = [8, 16]\nblocks = 1\n"
    )
    command = ["train", "denoise", str(folder), "--name", "mine", "--recipe", str(recipe), "--minutes", "30"]
    run = subprocess.Popen([sys.executable, "-m", "aestudio", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stdout.readline()  # the first report: steps are being made
    run.send_signal(signal.SIGTERM)
    _, said = run.communicate(timeout=60)
    assert run.returncode == CANCELLED
    assert b"--resume" in said
    assert (home / "runs" / "mine" / "last.safetensors").exists()
    assert not list((home / "models").glob("*"))


def test_train_a_model_of_ones_own_and_use_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for number in range(3):
        Image.fromarray(scene(120 + number, 130)).save(folder / f"{number}.png")
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(
        'task = "denoise"\narchitecture = "restoration-unet"\npatch = 32\nbatch = 2\n'
        "[arguments]\nwidths = [8, 16]\nblocks = 1\n"
    )
    command = ["train", "denoise", str(folder), "--name", "mine", "--recipe", str(recipe), "--steps"]
    assert main([*command, "3"]) == DONE
    assert main([*command, "5", "--resume"]) == DONE
    assert "Resuming at step 3" in capsys.readouterr().err
    assert main(["models", "mine", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["training"]["steps"] == 5
    out = tmp_path / "o"
    assert main(["denoise", str(folder / "0.png"), "-o", str(out), "--model", "mine", "--quiet"]) == DONE
    assert main(["evaluate", "denoise", str(folder), "--model", "mine", "--sigma", "25", "--record"]) == DONE
    assert "mean of 3" in capsys.readouterr().out
    assert main(["models", "mine", "--json"]) == DONE
    assert "folder mine sigma 25" in json.loads(capsys.readouterr().out)["scores"]
    assert main(["train", "upscale", str(folder), "--name", "x", "--recipe", str(recipe)]) == WRONG


def test_a_result_says_how_it_was_made_unless_told_not_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from aestudio.imageio.reader import read_info
    from aestudio.imageio.recipe import find_recipe

    Image.fromarray(scene(40, 50)).save(tmp_path / "a.jpg")
    command = ["denoise", str(tmp_path / "a.jpg"), "--noise", "12", "--strength", "0.5", "--json"]
    for switch in ([], ["--no-recipe"], ["--no-metadata"]):
        assert main([*command, "-o", str(tmp_path / "b.jpg"), "--overwrite", *switch]) == DONE
        recipe = find_recipe(read_info(tmp_path / "b.jpg").metadata)
        model = json.loads(capsys.readouterr().out)["model"]
        if switch:
            assert recipe is None
            continue
        assert recipe is not None
        assert (recipe.task, recipe.model) == ("denoise", model)
        assert recipe.settings == {"noise": 12.0, "noise_used": 12.0, "strength": 0.5, "ensemble": False}
        weights = (paths.weights_folder() / f"{model}.safetensors").read_bytes()
        # the tensors alone, behind the header: another title on the card makes no other model
        tensors = weights[8 + int.from_bytes(weights[:8], "little") :]
        assert recipe.weights == hashlib.sha256(tensors).hexdigest()
        assert str(tmp_path).encode() not in (tmp_path / "b.jpg").read_bytes()
