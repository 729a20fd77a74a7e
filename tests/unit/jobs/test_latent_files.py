"""Batches of pictures and vectors as the engine process does them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.session import Session
from aestudio.errors import Cancelled, InputError, SettingsError, StudioError
from aestudio.jobs.events import Progress
from aestudio.jobs.latent_files import decode_file, encode_files, read_latents
from aestudio.jobs.vectors import MOST_SHOWN, DecodeFile, EncodeFiles
from tests.latent_samples import COLOUR, GREY, install


@pytest.fixture
def session() -> Session:
    install("kinds", {**COLOUR, "classes": 2}, ["cat", "dog"], loss_limit=1.0)
    return Session(store.find("kinds"), device.choose("cpu"))


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    random = np.random.default_rng(0)
    for number in range(35):
        Image.fromarray(random.integers(0, 256, (20, 24, 3), dtype=np.uint8)).save(tmp_path / f"{number:02d}.png")
    (tmp_path / "35.png").write_bytes(b"no picture")
    return tuple(str(path) for path in sorted(tmp_path.glob("*.png")))


@pytest.mark.parametrize("suffix", ["npz", "csv"])
def test_a_batch_goes_to_a_file_and_back(suffix: str, session: Session, files: tuple[str, ...], tmp_path: Path) -> None:
    target = tmp_path / f"z.{suffix}"
    told: list[Progress] = []
    summary = encode_files(EncodeFiles("kinds", files, str(target)), session, lambda: None, told.append)
    assert (summary["count"], summary["unlike"]) == (35, 35)
    assert [line.split(":")[0] for line in summary["failed"]] == ["35.png"]
    assert told[-1].done == told[-1].total == 36
    back = decode_file(DecodeFile("kinds", str(target)), session)
    assert back.pixels.shape == (35, 16, 16, 3)
    assert back.names == files[:35]
    assert set(back.labels) <= {0, 1}
    assert back.left_out == 0
    latents = read_latents(target)
    assert np.array_equal(latents.vectors, back.vectors)
    assert latents.model == "kinds", "so that decode finds it"


def test_a_stopped_batch_leaves_nothing(session: Session, files: tuple[str, ...], tmp_path: Path) -> None:
    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        encode_files(EncodeFiles("kinds", files, str(tmp_path / "z.npz")), session, check, lambda _: None)
    assert not list(tmp_path.glob("z.*"))


def test_many_vectors_show_in_part(tmp_path: Path) -> None:
    install("grey", GREY)
    np.savez(tmp_path / "many.npz", z_mean=np.zeros((MOST_SHOWN + 5, 2), np.float32))
    session = Session(store.find("grey"), device.choose("cpu"))
    back = decode_file(DecodeFile("grey", str(tmp_path / "many.npz")), session)
    assert (len(back.pixels), back.left_out) == (MOST_SHOWN, 5)


def test_vectors_without_classes_or_with_some_names_are_told_apart(session: Session, tmp_path: Path) -> None:
    np.savez(tmp_path / "bare.npz", z_mean=np.zeros((3, 4), np.float32), names=np.array(["one"]))
    bare = decode_file(DecodeFile("kinds", str(tmp_path / "bare.npz")), session)
    assert bare.labels == (0, 1, 0), "as they are shown"
    assert bare.names == (), "one name is not of three"
    (tmp_path / "some.csv").write_text("name,z_mean_0,z_mean_1,z_mean_2,z_mean_3\nx,0,0,0,0\n,1,1,1,1\n")
    assert read_latents(tmp_path / "some.csv").names == ("x", "some 2")


def test_bad_files_get_a_sentence_each(session: Session, files: tuple[str, ...], tmp_path: Path) -> None:
    np.savez(tmp_path / "nan.npz", z_mean=np.full((1, 4), np.nan))
    np.savez(tmp_path / "long.npz", z_mean=np.zeros((1, 5)))
    np.savez(tmp_path / "none.npz", z_mean=np.zeros((0, 4)))
    np.savez(tmp_path / "other.npz", z_mean=np.zeros((1, 4)), model=np.array("faces"))
    np.savez(tmp_path / "class.npz", z_mean=np.zeros((1, 4)), **{"class": np.array(["fish"])})
    (tmp_path / "text.csv").write_text("hello")
    for name, kind, words in (
        ("nan.npz", SettingsError, "not numbers"),
        ("long.npz", SettingsError, r"takes \(N, 4\)"),
        ("none.npz", InputError, "no latent vectors"),
        ("other.npz", InputError, "made by the model “faces”"),
        ("class.npz", SettingsError, "knows no class “fish”"),
        ("text.csv", InputError, "no latent vectors"),
        ("gone.npz", InputError, "There is no file"),
    ):
        with pytest.raises(kind, match=words):
            decode_file(DecodeFile("kinds", str(tmp_path / name)), session)
    for paths, target, words in (
        (files[-1:], "z.npz", "None of these pictures"),
        (files[:1], "z.txt", "neither NPZ nor CSV"),
        (files[:1], "00.png/z.npz", "There is no folder"),
    ):
        with pytest.raises(StudioError, match=words):
            encode_files(EncodeFiles("kinds", paths, str(tmp_path / target)), session, lambda: None, lambda _: None)
