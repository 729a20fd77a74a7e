"""Weight files to networks and back: strictly by name, never by pickle."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save
from torch import Tensor, nn
from torch.nn.modules.module import register_module_parameter_registration_hook

from aestudio.catalog.card import Card, read_card, read_header
from aestudio.errors import OutputError, WeightsError
from aestudio.models.registry import build
from aestudio.whole_file import whole_file

# The arguments of designs that say how many layers there are.
_LAYERS = ("blocks", "levels", "groups")
POINTS, GROUPS = "data.points", "data.groups"
"""Latent vectors (N, latent) of some of the training pictures, and their classes (N,): no part of the network."""


def load_points(path: Path, latent: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return the points that a weight file carries of its training data (N, latent), and their classes (N,).

    Empty where it carries none. Raises WeightsError where they do not fit the model.
    """
    try:
        with safe_open(path, framework="pt") as file:
            held = set(file.keys())
            if POINTS not in held:
                return np.zeros((0, latent), np.float32), np.zeros(0, np.int32)
            points = file.get_tensor(POINTS).float()
            groups = file.get_tensor(GROUPS).int() if GROUPS in held else torch.zeros(len(points), dtype=torch.int32)
    except (OSError, SafetensorError) as cause:
        raise WeightsError(f"The weight file {path.name} is damaged.", "Put the original file back.") from cause
    if points.ndim != 2 or points.shape[1] != latent or groups.shape != points.shape[:1] or not points.isfinite().all():
        raise WeightsError(f"The points in {path.name} do not fit the model.", "Put the original file back.")
    return points.numpy(), groups.numpy()


def check(path: Path) -> Card:
    """Return the card of a weight file whose tensors fit the design on it, without making the network.

    Raises WeightsError where they do not, where the file is damaged, or where its numbers are none.
    """
    card = read_card(path)
    try:
        # shapes alone: a card from elsewhere may ask for more than the memory holds
        with torch.device("meta"):
            expected = {name: tuple(t.shape) for name, t in _design(path, card).state_dict().items()}
        with safe_open(path, framework="pt") as file:
            found = {
                name: tuple(file.get_slice(name).get_shape()) for name in file.keys() if name not in (POINTS, GROUPS)
            }
            _compare(path, expected, found)
            _refuse_no_numbers(path, ((name, file.get_tensor(name)) for name in found))
    except (OSError, SafetensorError) as cause:
        raise WeightsError(f"The weight file {path.name} is damaged.", "Put the original file back.") from cause
    return card


def _design(path: Path, card: Card) -> nn.Module:
    """Return the network of a card, freshly initialised.

    Raises WeightsError where it would be far larger than what the file holds: it is not made first to find that out.
    """
    _, tensors = read_header(path)
    count, values = len(tensors), sum(math.prod(tensor.shape) for tensor in tensors.values())
    if not _is_within(card.arguments, count, values):
        raise _too_large(path)
    # what is a little larger is compared, so that the first tensor that does not fit can be named
    room = [2 * count + 100, 2 * values + 1_000_000]
    here = threading.get_ident()

    def note(module: nn.Module, name: str, parameter: nn.Parameter | None) -> None:
        if parameter is None or threading.get_ident() != here:
            return
        room[0] -= 1
        room[1] -= parameter.numel()
        if min(room) < 0:
            raise _too_large(path)

    noted = register_module_parameter_registration_hook(note)
    try:
        return build(card.architecture, card.arguments)
    finally:
        noted.remove()


def _is_within(arguments: Mapping[str, Any], count: int, values: int) -> bool:
    """Return whether a design asks for no more layers than there are tensors, and for none wider than all values."""
    for name, argument in arguments.items():
        numbers = argument if isinstance(argument, list) else [argument]
        most = count if name in _LAYERS else values
        if len(numbers) > count or any(isinstance(n, (int, float)) and abs(n) > most for n in numbers):
            return False
    return True


def _too_large(path: Path) -> WeightsError:
    return WeightsError(f"{path.name} holds far less than the design on its card.", "Put the original file back.")


def _compare(path: Path, expected: dict[str, tuple[int, ...]], found: dict[str, tuple[int, ...]]) -> None:
    if expected != found:
        wrong = sorted(expected.items() ^ found.items())[0][0]
        raise WeightsError(
            f"The tensors in {path.name} do not fit the design on its card (first: {wrong}).",
            "Put the original file back.",
        )


def _refuse_no_numbers(path: Path, tensors: Iterable[tuple[str, Tensor]]) -> None:
    """Raise WeightsError where a tensor holds NaN or infinity, of which a picture would become black."""
    for name, tensor in tensors:
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise WeightsError(
                f"The weight file {path.name} is damaged: {name} holds what are no numbers.",
                "Put the original file back.",
            )


def load_network(path: Path) -> tuple[nn.Module, Card]:
    """Return the network of a weight file (float32, evaluation mode, on the CPU) and its card.

    Raises WeightsError where the file is damaged, its tensors do not fit the card's design or its numbers are none.
    """
    card = read_card(path)
    network = _design(path, card)
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as cause:
        raise WeightsError(f"The weight file {path.name} is damaged.", "Put the original file back.") from cause
    tensors = {name: tensor for name, tensor in tensors.items() if name not in (POINTS, GROUPS)}
    expected = {name: tuple(t.shape) for name, t in network.state_dict().items()}
    found = {name: tuple(t.shape) for name, t in tensors.items()}
    _compare(path, expected, found)
    _refuse_no_numbers(path, tensors.items())
    network.load_state_dict(tensors)
    return network.float().eval(), card


def save_network(state: dict[str, Tensor], card: Card, path: Path, dtype: torch.dtype = torch.float16) -> None:
    """Write tensors and card to ``path``, whole or not at all. Raises OutputError where it cannot."""
    tensors = {name: t.detach().to("cpu", dtype).contiguous() for name, t in state.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(save(tensors, metadata=card.to_metadata()))
    except OSError as cause:
        advice = "Free space or choose another folder."
        raise OutputError(f"The weights cannot be written to {path}.", advice) from cause


def count_parameters(network: nn.Module) -> int:
    """Return the number of trainable values."""
    return sum(p.numel() for p in network.parameters())
