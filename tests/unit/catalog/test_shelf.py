"""What a person does with models of their own: from the command line, with real weight files."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest
import torch

from aestudio.__main__ import main
from aestudio.catalog import shelf, store
from aestudio.catalog.card import Card, read_card
from aestudio.cli import DONE, NOT_STARTED, WRONG
from aestudio.errors import WeightsError
from aestudio.models.registry import build
from aestudio.models.weights import load_network, save_network

ARGUMENTS = {"widths": [8, 16], "blocks": 1}


@pytest.fixture
def mine(home: Path) -> Path:
    """Return the weight file of a model of one's own, with its page."""
    return put(home / "models", "mine", "My garden")


def put(folder: Path, model_id: str, title: str, seed: int = 0, **card: object) -> Path:
    torch.manual_seed(seed)
    path = folder / f"{model_id}.safetensors"
    values: dict[str, object] = {"architecture": "restoration-unet", "arguments": ARGUMENTS, **card}
    state = build("restoration-unet", ARGUMENTS).state_dict()
    save_network(state, Card(model_id, title, "denoise", **values), path)  # type: ignore[arg-type]
    path.with_suffix(".md").write_text("# a page")
    return path


def test_a_model_is_renamed_and_keeps_its_weights(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network, _ = load_network(mine)
    digest, whole = store.find("mine").digest(), store.find("mine")._digest(header=True)
    assert main(["models", "mine", "--rename", "  The   park 公園 "]) == DONE
    renamed, card = load_network(mine)
    assert card.title == "The park 公園"
    assert all(torch.equal(a, b) for a, b in zip(network.parameters(), renamed.parameters(), strict=True))
    assert mine.with_suffix(".md").read_text("utf-8").startswith("# The park 公園")
    # what was made with it is still made with these weights
    assert store.find("mine").has_digest(digest)
    assert not store.find("mine").has_digest(whole)
    for wrong in ("", "  ", "x" * 61, "Photo, fast", "a\x07b"):
        assert main(["models", "mine", "--rename", wrong]) == WRONG
    assert len(capsys.readouterr().err.splitlines()) == 5
    assert read_card(mine).title == "The park 公園"


def test_a_copy_travels_and_comes_back_under_a_free_name(
    mine: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "sent (1).safetensors"
    assert main(["models", "mine", "--export", str(copy)]) == DONE
    assert copy.read_bytes() == mine.read_bytes()
    assert main(["models", "mine", "--export", str(copy)]) == NOT_STARTED
    assert main(["models", "mine", "--export", str(copy), "--overwrite"]) == DONE
    assert main(["models", "mine", "--export", str(tmp_path)]) == DONE
    assert (tmp_path / "mine.safetensors").exists()
    assert main(["models", "mine", "--export", str(tmp_path / "mine.pt")]) == WRONG
    assert main(["models", "mine", "--export", str(mine), "--overwrite"]) == NOT_STARTED
    assert main(["models", "--import", str(copy)]) == NOT_STARTED
    assert "installed already, as “My garden”" in capsys.readouterr().err
    put(home / "models", "mine", "My garden", seed=1)
    assert main(["models", "--import", str(copy), "--json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["model"], said["title"]) == ("done", "my-garden", "My garden 2")
    _, card = load_network(home / "models" / "my-garden.safetensors")
    assert (card.id, card.title) == ("my-garden", "My garden 2")
    names = sorted(p.name for p in (home / "models").iterdir())
    assert names == ["mine.md", "mine.safetensors", "my-garden.md", "my-garden.safetensors"]


def test_a_model_of_another_machine_keeps_its_id(tmp_path: Path, home: Path) -> None:
    sent = put(tmp_path, "theirs", "Their garden")
    assert main(["models", "--import", str(sent)]) == DONE
    assert load_network(home / "models" / "theirs.safetensors")[1].title == "Their garden"


def test_a_damaged_file_of_that_name_is_left_alone(tmp_path: Path, home: Path) -> None:
    sent = put(tmp_path, "theirs", "Their garden")
    (home / "models").mkdir(parents=True, exist_ok=True)
    damaged = home / "models" / "theirs.safetensors"
    damaged.write_bytes(b"half a download")
    assert shelf.take_in(sent, lambda path: None).id == "their-garden"
    assert damaged.read_bytes() == b"half a download"


def test_an_id_that_is_a_path_is_replaced(tmp_path: Path, home: Path) -> None:
    sent = put(tmp_path, "../../evil", "Garden")
    assert shelf.take_in(sent, lambda path: None).id == "garden"
    assert (home / "models" / "garden.safetensors").exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("pickle", "is a pickle"),
        ("torch", "is a pickle or an archive"),
        ("truncated", "is incomplete"),
        ("text", "is not a weight file"),
        ("empty", "is not a weight file"),
        ("cardless", "carries no model card"),
        ("newer", "newer version"),
        ("odd", "card in odd.safetensors is damaged"),
        ("unknown", "is not known to this version"),
        ("misfit", "do not fit the design"),
        ("huge", "far less than the design"),
        ("gone", "cannot be read"),
    ],
)
def test_what_is_no_model_is_refused_in_words(
    kind: str, said: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"{kind}.safetensors"
    changed: dict[str, dict[str, object]] = {
        "newer": {"format_version": 99},
        "odd": {"scale": "four"},
        "unknown": {"architecture": "of-the-future"},
        "misfit": {"arguments": {"widths": [8, 24], "blocks": 1}},
        "huge": {"arguments": {"widths": [8, 400_000], "blocks": 1}},
    }
    if kind in changed:
        put(tmp_path, kind, "Strange", **changed[kind])
    elif kind == "pickle":
        file.write_bytes(pickle.dumps({"weight": [1.0] * 100}))
    elif kind == "torch":
        torch.save({"weight": torch.zeros(3)}, file)
    elif kind == "cardless":
        from safetensors.torch import save_file

        save_file({"weight": torch.zeros(3)}, file)
    elif kind == "truncated":
        file.write_bytes(put(tmp_path, "whole", "Whole").read_bytes()[:-100])
    elif kind != "gone":
        file.write_text("hello there, this is text" if kind == "text" else "")
    assert main(["models", "--import", str(file), "--json"]) == NOT_STARTED
    spoken = capsys.readouterr()
    assert said in spoken.err
    assert len(spoken.err.splitlines()) == 1
    assert said in json.loads(spoken.out)["error"]
    assert not (home / "models").exists() or list((home / "models").iterdir()) == []


def test_what_came_with_the_program_stays(capsys: pytest.CaptureFixture[str]) -> None:
    for deed in (["--rename", "Mine"], ["--delete"]):
        assert main(["models", "photo-fast", *deed]) == WRONG
        assert "comes with aestudio" in capsys.readouterr().err
    assert main(["models", "--delete"]) == WRONG
    assert main(["models", "nothing", "--delete"]) == NOT_STARTED


def test_a_damaged_model_of_ones_own_can_be_deleted(mine: Path, home: Path) -> None:
    mine.write_bytes(mine.read_bytes()[:50])
    shelf.delete(mine.stem)
    assert not mine.exists()
    with pytest.raises(WeightsError):
        shelf.delete("../elsewhere")


def test_deleting_takes_its_page_and_what_it_was_taught_too(mine: Path, home: Path) -> None:
    other = put(home / "models", "other", "Other")
    (home / "directions").mkdir()
    (home / "directions" / "mine.json").write_text("{}")
    assert main(["models", "mine", "--delete"]) == DONE
    assert sorted(p.name for p in home.rglob("*") if p.is_file()) == ["other.md", "other.safetensors"]
    assert other.exists()


def test_where_nothing_can_be_written_nothing_is_lost(
    mine: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = mine.read_bytes()
    sent = put(tmp_path, "theirs", "Their garden", seed=3)

    def full(old: object, new: object, length: int = 0) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", full)
        for command in (["mine", "--rename", "B"], ["mine", "--export", str(tmp_path / "b.safetensors")]):
            assert main(["models", *command]) == NOT_STARTED
        assert main(["models", "--import", str(sent)]) == NOT_STARTED
    assert "Free space" in capsys.readouterr().err
    # a file in a folder's place stands for a folder where nothing can be made
    assert main(["models", "mine", "--export", str(sent / "b.safetensors")]) == NOT_STARTED
    assert mine.read_bytes() == before
    assert sorted(p.name for p in (home / "models").iterdir()) == ["mine.md", "mine.safetensors"]
    assert not (tmp_path / "b.safetensors").exists()
