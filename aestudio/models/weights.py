"""Weight files to networks and back: strictly by name, never by pickle."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor, nn

from aestudio.catalog.card import Card, read_card
from aestudio.errors import OutputError, WeightsError
from aestudio.models.registry import build


def load_network(path: Path) -> tuple[nn.Module, Card]:
    """Return the network of a weight file (float32, evaluation mode, on the CPU) and its card.

    Raises WeightsError where the file is damaged or its tensors do not fit the card's design.
    """
    card = read_card(path)
    network = build(card.architecture, card.arguments)
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as cause:
        raise WeightsError(f"The weight file {path.name} is damaged.", "Put the original file back.") from cause
    expected = {name: tuple(t.shape) for name, t in network.state_dict().items()}
    found = {name: tuple(t.shape) for name, t in tensors.items()}
    if expected != found:
        wrong = sorted(expected.items() ^ found.items())[0][0]
        raise WeightsError(
            f"The tensors in {path.name} do not fit the design on its card (first: {wrong}).",
            "Put the original file back.",
        )
    network.load_state_dict(tensors)
    return network.float().eval(), card


def save_network(state: dict[str, Tensor], card: Card, path: Path, dtype: torch.dtype = torch.float16) -> None:
    """Write tensors and card to ``path``, whole or not at all. Raises OutputError where it cannot."""
    tensors = {name: t.detach().to("cpu", dtype).contiguous() for name, t in state.items()}
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(save(tensors, metadata=card.to_metadata()))
        partial.replace(path)
    except OSError as cause:
        partial.unlink(missing_ok=True)
        advice = "Free space or choose another folder."
        raise OutputError(f"The weights cannot be written to {path}.", advice) from cause


def count_parameters(network: nn.Module) -> int:
    """Return the number of trainable values."""
    return sum(p.numel() for p in network.parameters())
