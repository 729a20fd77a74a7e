"""Every shipped model with a latent space through the command line: what it draws, takes back, and refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aestudio.__main__ import main
from aestudio.catalog import store
from aestudio.catalog.card import Card
from aestudio.cli import DONE, NOT_STARTED, WRONG

CARDS = [model.card for model in store.installed("vae")]
# What a model's own pictures keep on the way there and back, in dB: a map of two numbers keeps less.
LEAST_PSNR = {2: 9.0}


@pytest.fixture(params=CARDS, ids=lambda card: card.id)
def card(request: pytest.FixtureRequest) -> Card:
    found: Card = request.param
    return found


def generate(card: Card, folder: Path, *more: str) -> list[Path]:
    assert main(["generate", "--model", card.id, "--count", "4", "--quiet", "-o", str(folder), *more]) == DONE
    return sorted(folder.iterdir())


def test_the_models_that_the_table_names_are_there() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for found in CARDS:
        assert f"`{found.id}`" in text
        assert (Path(store.find(found.id).path).with_suffix(".md")).is_file()


def test_a_seed_gives_the_same_pictures(card: Card, tmp_path: Path) -> None:
    one, two, other = (generate(card, tmp_path / name, "--seed", s) for name, s in (("a", "3"), ("b", "3"), ("c", "4")))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]
    assert one[0].read_bytes() != other[0].read_bytes()
    with Image.open(one[0]) as picture:
        side = card.arguments["size"]
        assert picture.size == (side, side)
        # a picture of something: neither flat nor of noise alone
        assert np.asarray(picture.convert("L")).std() > 10


def test_own_pictures_come_back(card: Card, tmp_path: Path) -> None:
    drawn = generate(card, tmp_path / "in", "--temperature", "0.7", "--seed", "1")
    model = ["--model", card.id, "--quiet"]
    assert main(["encode", str(tmp_path / "in"), "-o", str(tmp_path / "z.npz"), *model]) == DONE
    assert main(["decode", str(tmp_path / "z.npz"), "-o", str(tmp_path / "back"), *model]) == DONE
    with np.load(tmp_path / "z.npz") as stored:
        latent = stored["z_mean"].shape[1]
        assert stored["z_mean"].shape[0] == len(drawn)
        assert stored["psnr"].mean() > LEAST_PSNR.get(latent, 12.0)
        assert np.isfinite(stored["z_log_sigma"]).all()
    assert len(list((tmp_path / "back").iterdir())) == len(drawn)


def test_bad_input_gets_a_sentence_each(card: Card, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.fromarray(np.full((9, 5, 3), 90, np.uint8)).save(tmp_path / "p.png")
    assert main(["encode", str(tmp_path / "p.png"), "-o", str(tmp_path / "z.npz"), "--model", card.id]) == DONE
    with np.load(tmp_path / "z.npz") as stored:
        latent = stored["z_mean"].shape[1]
    np.savez(tmp_path / "nan.npz", z_mean=np.full((1, latent), np.nan))
    np.savez(tmp_path / "long.npz", z_mean=np.zeros((1, latent + 1)))
    (tmp_path / "text.npz").write_text("hello")
    capsys.readouterr()
    out = ["-o", str(tmp_path / "out"), "--model", card.id]
    unknown = "knows no class" if card.classes else "has no classes"
    for command, code, words in (
        (["generate", "--class", "a fish", *out], WRONG, unknown),
        (["generate", "--temperature", "-1", *out], WRONG, "temperature"),
        (["decode", str(tmp_path / "nan.npz"), *out], WRONG, "not numbers"),
        (["decode", str(tmp_path / "long.npz"), *out], WRONG, f"takes (N, {latent})"),
        (["decode", str(tmp_path / "text.npz"), *out], NOT_STARTED, "no latent vectors"),
    ):
        assert main(command) == code
        said = capsys.readouterr().err
        assert words in said
        assert len(said.splitlines()) == 1
    assert not (tmp_path / "out").exists()
