from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

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


@pytest.mark.parametrize(
    ("architecture", "arguments"),
    [
        ("photo-unet", {"blocks": 2000}),
        ("restoration-unet", {"widths": [8] * 2000}),
        ("restoration-unet", {"widths": [100_000, 100_000]}),
        ("upscaler", {"widths": [30, 3000], "blocks": 9}),
        ("conv-vae", {"levels": 1 << 40}),
        ("conv-vae", {"hidden": 3000}),
        ("ladder-vae", {"groups": [0, 1 << 40]}),
    ],
)
def test_a_design_far_larger_than_its_file_is_not_made(
    weight_file: Path, monkeypatch: pytest.MonkeyPatch, architecture: str, arguments: dict[str, object]
) -> None:
    state = load_file(weight_file)
    card = dataclasses.replace(CARD, architecture=architecture, arguments=arguments)
    save_network(state, card, weight_file)
    made: list[int] = []
    honest = torch.nn.Module.register_parameter

    def noted(module: torch.nn.Module, name: str, parameter: torch.nn.Parameter | None) -> None:
        made.append(0 if parameter is None else parameter.numel())
        honest(module, name, parameter)

    monkeypatch.setattr(torch.nn.Module, "register_parameter", noted)
    for read in (check, load_network):
        made.clear()
        with pytest.raises(WeightsError, match="holds far less than the design"):
            read(weight_file)
        assert len(made) < 300


def test_what_is_nested_without_end_is_a_damaged_file(weight_file: Path) -> None:
    raw = weight_file.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    whole = json.dumps(header)
    for depth in (60, 900, 60_000):
        deep = "[" * depth + "]" * depth
        header["__metadata__"]["scores"] = f'{{"deep": {deep}}}'
        of_the_file = f'{{"a": {deep}, {whole[1:]}'
        for head in (json.dumps(header).encode(), of_the_file.encode()):
            weight_file.write_bytes(len(head).to_bytes(8, "little") + head + raw[8 + length :])
            with pytest.raises(WeightsError, match="damaged"):
                read_card(weight_file)
