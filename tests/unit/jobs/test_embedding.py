"""A folder as points: what is read, skipped, flagged and remembered."""

from __future__ import annotations

import io
import struct
import sys
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from aestudio import paths
from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.embed import Embedding, embed, fit_picture
from aestudio.engine.session import Session
from aestudio.errors import Cancelled, InputError, SettingsError
from aestudio.imageio.reader import read_picture
from aestudio.imageio.thumbnail import thumbnail
from aestudio.jobs import embedding
from aestudio.jobs.embedding import embed_folder, not_its_kind, read_fitted
from aestudio.jobs.events import Progress
from aestudio.jobs.mapping import EmbedFolder
from aestudio.models.latent import LatentNetwork

sys.path.insert(0, str(Path(__file__).parent.parent / "engine"))
from latent_samples import COLOUR, install

CPU32 = device.choose("cpu", "float32")


def wait(future: Future[Any]) -> Any:  # noqa: ANN401
    return future.result()


def test_what_a_jpeg_carries_of_an_earlier_version_of_itself_is_not_what_is_read(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    few = Image.fromarray(random.integers(0, 256, (6, 8, 3), dtype=np.uint8))
    small = io.BytesIO()
    Image.new("RGB", (160, 120), "red").save(small, "JPEG")
    tags = ((513, 4, 1, 44), (514, 4, 1, len(small.getvalue())))
    directories = struct.pack("<HIH", 0, 14, 2) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + bytes(4)
    exif = b"Exif\0\0II*\0" + struct.pack("<I", 8) + directories + small.getvalue()
    few.resize((1280, 960), Image.Resampling.BICUBIC).save(tmp_path / "a.jpg", exif=exif, quality=95)
    assert thumbnail(tmp_path / "a.jpg", 100)[2].mean(axis=(0, 1))[0] > 240, "the window's list shows it"
    fitted = read_fitted(tmp_path / "a.jpg", 28, 3).pixels.astype(int)
    whole = fit_picture(read_picture(tmp_path / "a.jpg"), 28, 3).pixels
    assert np.abs(fitted - whole).mean() < 3


def test_what_is_found_out_about_a_picture_does_not_depend_on_the_others() -> None:
    install("kinds", {**COLOUR, "classes": 2}, ["cat", "dog"], loss_limit=800.0)
    session = Session(store.find("kinds"), CPU32)
    pictures = np.random.default_rng(1).integers(0, 256, (9, 16, 16, 3), dtype=np.uint8)
    order = [4, 1, 7, 0]
    together, apart = embed(session, pictures), embed(session, pictures[order])
    assert np.allclose(together.loss[order], apart.loss, rtol=1e-4)
    assert together.labels is not None
    assert apart.labels is not None
    assert np.array_equal(together.labels[order], apart.labels)
    assert len(np.unique(embed(session, np.repeat(pictures[:1], 3, 0)).loss.round(2))) == 1


@pytest.fixture
def session() -> Session:
    install("colour", COLOUR)
    return Session(store.find("colour"), CPU32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with subfolders, a broken file, another kind of file and a hidden one."""
    top = tmp_path / "pictures"
    rng = np.random.default_rng(0)
    for name in ("a/one.png", "a/two.jpg", "b/deep/three.png", "four.png"):
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(rng.integers(0, 256, (31, 37, 3), dtype=np.uint8)).save(path)
    Image.fromarray(np.full((500, 300, 3), 90, np.uint8)).save(top / "large.jpg")
    (top / "broken.png").write_bytes(b"no picture")
    (top / "notes.txt").write_text("no picture either")
    (top / ".hidden.png").write_bytes(b"")
    return top


def test_a_folder_becomes_points(folder: Path, session: Session) -> None:
    told: list[Progress] = []
    job = EmbedFolder("colour", str(folder))
    found = embed_folder(job, session, wait, told.append)
    assert found.files == ("a/one.png", "a/two.jpg", "b/deep/three.png", "four.png", "large.jpg")
    assert [name for name, _ in found.skipped] == ["broken.png"]
    assert found.names == ("pictures", "a", "b")
    assert found.groups.tolist() == [1, 1, 2, 0, 0]
    assert found.thumbnails.shape == (5, 16, 16, 3)
    assert (told[-1].done, told[-1].total) == (6, 6)
    fitted = fit_picture(read_picture(folder / "a" / "one.png"), 16, 3).pixels
    assert np.allclose(found.vectors[0], embed(session, fitted[None]).z_mean[0], atol=1e-5)
    assert found.known == 0


def test_classes_are_told_apart_from_the_groups(
    folder: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(session: Session, pixels: Any) -> Embedding:  # noqa: ANN401
        return replace(embed(session, pixels), labels=np.full(len(pixels), 3, np.int32))

    plain = embed_folder(EmbedFolder("colour", str(folder / "b")), session, wait, lambda _: None)
    assert plain.labels.tolist() == [-1]
    monkeypatch.setattr(embedding, "embed", told)
    found = embed_folder(EmbedFolder("colour", str(folder)), session, wait, lambda _: None)
    assert found.groups.tolist() == [1, 1, 2, 0, 0]
    assert found.labels.tolist() == [3] * 5


def test_the_second_time_nothing_is_read_that_is_known(
    folder: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = embed_folder(EmbedFolder("colour", str(folder)), session, wait, lambda _: None)
    (folder / "four.png").unlink()
    Image.fromarray(np.zeros((20, 20, 3), np.uint8)).save(folder / "a" / "one.png")
    read: list[str] = []
    original = embedding.read_fitted
    monkeypatch.setattr(
        embedding, "read_fitted", lambda path, *rest: (read.append(path.name), original(path, *rest))[1]
    )
    second = embed_folder(EmbedFolder("colour", str(folder)), session, wait, lambda _: None)
    assert sorted(read) == ["broken.png", "one.png"]
    assert second.known == 3
    assert second.files == ("a/one.png", "a/two.jpg", "b/deep/three.png", "large.jpg")
    assert np.array_equal(first.vectors[[1, 2, 4]], second.vectors[1:])
    assert not np.array_equal(first.vectors[0], second.vectors[0])


def test_a_damaged_memory_is_made_anew(folder: Path, session: Session) -> None:
    first = embed_folder(EmbedFolder("colour", str(folder)), session, wait, lambda _: None)
    (stored,) = (paths.cache_folder() / "embeddings").glob("*.npz")
    stored.write_bytes(stored.read_bytes()[:100])
    second = embed_folder(EmbedFolder("colour", str(folder)), session, wait, lambda _: None)
    assert second.known == 0
    assert np.array_equal(first.vectors, second.vectors)


def test_what_was_done_before_a_cancel_is_remembered(
    folder: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "BATCH", 2)
    waited = 0

    def impatient(future: Future[Any]) -> Any:  # noqa: ANN401
        nonlocal waited
        waited += 1
        if waited > 5:
            raise Cancelled
        return future.result()

    with pytest.raises(Cancelled):
        embed_folder(EmbedFolder("colour", str(folder)), session, impatient, lambda _: None)
    assert embed_folder(EmbedFolder("colour", str(folder)), session, wait, lambda _: None).known == 2


def test_nothing_to_show_is_said(tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty"
    with pytest.raises(InputError, match="is not there"):
        embed_folder(EmbedFolder("colour", str(empty)), session, wait, lambda _: None)
    empty.mkdir()
    with pytest.raises(InputError, match="no pictures"):
        embed_folder(EmbedFolder("colour", str(empty)), session, wait, lambda _: None)
    (empty / "broken.png").write_bytes(b"no picture")
    with pytest.raises(InputError, match="can be read"):
        embed_folder(EmbedFolder("colour", str(empty)), session, wait, lambda _: None)
    monkeypatch.setattr(type(session.network), "encode", LatentNetwork.encode)
    with pytest.raises(SettingsError, match="no encoder"):
        embed_folder(EmbedFolder("colour", str(empty)), session, wait, lambda _: None)


def test_what_stands_far_out_of_a_folder_is_not_its_kind() -> None:
    losses = np.random.default_rng(0).normal(100, 5, 200).astype(np.float32)
    losses[[7, 70]] = 400
    assert not_its_kind(losses).nonzero()[0].tolist() == [7, 70]
    assert not not_its_kind(losses[:10]).any()
