"""Inputs divided among processes: every file once, under the names that one process gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from latent_samples import COLOUR, install
from PIL import Image

from aestudio.__main__ import main
from aestudio.cli import DONE, FAILED
from aestudio.commands.inputs import Input
from aestudio.commands.shares import Share

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "resources" / "samples"


def test_every_input_is_of_one_share_and_like_names_stay_together() -> None:
    names = ["a.jpg", "b.jpg", "A.tif", "c.png", "a.jpg.png", "d.png"]
    inputs = [Input(Path(name)) for name in names] + [Input(Path("sub/a.jpg"), Path("sub"))]
    shares = [Share(rank, 2).of(inputs) for rank in range(2)]
    assert sorted(map(str, (i.path for share in shares for i in share))) == sorted(str(i.path) for i in inputs)
    assert {i.path.name for i in shares[0]} >= {"a.jpg", "A.tif", "a.jpg.png", "c.png"}
    assert Share().of(inputs) == inputs


def torchrun(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Return what two processes said together that ``home`` belongs to."""
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "aestudio"]
    environment = {**os.environ, "AESTUDIO_HOME": str(home), "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    return subprocess.run([*launch, *words], env=environment, capture_output=True, text=True, timeout=280, check=False)


def test_two_processes_restore_a_folder_as_one_does(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number, source in enumerate(sorted(SAMPLES.glob("*.[jp][pn]g"))[:5]):
        with Image.open(source) as image:
            image.convert("RGB").crop((0, 0, 48, 40)).save(pictures / f"{number}.png")
    (pictures / "broken.png").write_bytes(b"no picture")
    words = ["denoise", str(pictures), "--fast", "--device", "cpu", "--precision", "float32", "--json", "--no-recipe"]
    done = torchrun(home / "two", *words, "-o", str(tmp_path / "two"))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted(Path(row["input"]).name for row in rows) == sorted(p.name for p in pictures.iterdir()), done.stderr
    assert {Path(row["input"]).name for row in rows if row["status"] != "done"} == {"broken.png"}
    assert done.returncode != 0  # of one of them, and only after both had done their share
    (pictures / "broken.png").unlink()
    assert main([*words, "-o", str(tmp_path / "one")]) == DONE
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert len(one) >= 3
    assert one == two
    # what the processes noted together is known to one that comes later
    capsys.readouterr()
    monkeypatch.setenv("AESTUDIO_HOME", str(home / "two"))
    assert main([*words, "-o", str(tmp_path / "two"), "--resume"]) == DONE
    again = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["error"] for row in again} == {"done before with the same settings"}


def test_two_processes_encode_a_folder_as_one_does(tmp_path: Path, home: Path) -> None:
    install("kinds", {**COLOUR, "classes": 2}, ["cat", "dog"], loss_limit=1.0)
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(5):
        Image.fromarray(random.integers(0, 256, (20, 24, 3), dtype=np.uint8)).save(pictures / f"{number}.png")
    (pictures / "2a.png").write_bytes(b"no picture")
    words = ["encode", str(pictures), "--model", "kinds", "--device", "cpu", "--precision", "float32"]
    done = torchrun(home, *words, "-o", str(tmp_path / "two.npz"))
    assert done.returncode != 0  # of one of them, and only after the file was written
    assert done.stderr.count("2a.png: ") == 1, "each picture is one process's"
    assert done.stdout.count("5 pictures -> ") == 1, done.stderr
    assert main([*words, "-o", str(tmp_path / "one.npz")]) == FAILED
    with np.load(tmp_path / "one.npz") as one, np.load(tmp_path / "two.npz") as two:
        assert set(one) == set(two)
        for name in one:
            if one[name].dtype.kind == "f":
                assert np.allclose(one[name], two[name], rtol=1e-4, atol=1e-5), name
            else:
                assert (one[name] == two[name]).all(), name
    (pictures / "2a.png").unlink()
    # one picture for two processes
    for number in range(1, 5):
        (pictures / f"{number}.png").unlink()
    done = torchrun(home, *words, "-o", str(tmp_path / "single.csv"))
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "single.csv").read_text().splitlines()) == 2
