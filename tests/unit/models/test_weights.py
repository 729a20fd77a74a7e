from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch

from aestudio.catalog.card import FORMAT_VERSION, Card, read_card
from aestudio.errors import WeightsError
from aestudio.models.registry import build
from aestudio.models.weights import check, load_network, save_network

ARGUMENTS = {"widths": [8, 16], "blocks": 1}
CARD = Card(id="tiny", title="Tiny", task="denoise", architecture="restoration-unet", arguments=ARGUMENTS)


@pytest.fixture
def weight_file(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "tiny.safetensors"
    save_network(build(CARD.architecture, ARGUMENTS).state_dict(), CARD, path, torch.float32)
    return path


def test_round_trip_keeps_tensors_and_card(weight_file: Path) -> None:
    torch.manual_seed(0)
    expected = build(CARD.architecture, ARGUMENTS).state_dict()
    network, card = load_network(weight_file)
    assert card == CARD
    assert all(torch.equal(expected[name], tensor) for name, tensor in network.state_dict().items())
    assert not network.training


@pytest.mark.parametrize("keep", [0, 5, 100, -1])
def test_truncated_files_are_refused(weight_file: Path, keep: int) -> None:
    weight_file.write_bytes(weight_file.read_bytes()[:keep])
    with pytest.raises(WeightsError):
        load_network(weight_file)


def test_a_file_without_a_card_is_refused(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    path = tmp_path / "tiny.safetensors"
    save_file({"x": torch.zeros(2)}, path)
    with pytest.raises(WeightsError, match="no model card"):
        load_network(path)


def test_a_newer_format_is_refused_with_its_reason(weight_file: Path) -> None:
    card = dataclasses.replace(CARD, format_version=FORMAT_VERSION + 1)
    save_network({"x": torch.zeros(1)}, card, weight_file)
    with pytest.raises(WeightsError, match="newer version"):
        read_card(weight_file)


def test_tensors_that_do_not_fit_the_card_are_named(weight_file: Path) -> None:
    state = build(CARD.architecture, ARGUMENTS).state_dict()
    state["head.weight"] = state["head.weight"][:, :-1]
    save_network(state, CARD, weight_file)
    with pytest.raises(WeightsError, match=r"head\.weight"):
        load_network(weight_file)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_refused(weight_file: Path, value: float) -> None:
    state = build(CARD.architecture, ARGUMENTS).state_dict()
    last = list(state)[-1]
    state[last].view(-1)[0] = value
    save_network(state, CARD, weight_file)
    for read in (load_network, check):
        with pytest.raises(WeightsError, match=f"{last} holds what are no numbers"):
            read(weight_file)


def test_a_renamed_file_is_refused(weight_file: Path) -> None:
    other = weight_file.rename(weight_file.with_name("other.safetensors"))
    with pytest.raises(WeightsError, match="calls itself"):
        read_card(other)


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "tiny.safetensors"
    torch.save({"x": torch.zeros(1)}, path)
    with pytest.raises(WeightsError):
        load_network(path)


def test_a_damaged_card_is_refused(weight_file: Path) -> None:
    raw = weight_file.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    header["__metadata__"]["arguments"] = "{not json"
    head = json.dumps(header).encode()
    weight_file.write_bytes(len(head).to_bytes(8, "little") + head + raw[8 + length :])
    with pytest.raises(WeightsError, match="damaged"):
        load_network(weight_file)
