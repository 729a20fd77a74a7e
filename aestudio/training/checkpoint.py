"""Checkpoints: everything a run needs to go on as if it had not stopped, without pickle."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from aestudio.errors import NoSpaceError, OutputError, WeightsError
from aestudio.training.companions import Companions
from aestudio.training.muon import MuonAdamW
from aestudio.whole_file import whole_file

_FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Best:
    """The averaged weights that scored best so far."""

    score: float
    scores: dict[str, float]
    state: dict[str, Tensor]


def save_checkpoint(
    path: Path,
    network: nn.Module,
    average: dict[str, Tensor],
    optimiser: MuonAdamW,
    generator: torch.Generator,
    facts: dict[str, Any],
    companions: Companions = MappingProxyType({}),
) -> None:
    """Write weights, their average, optimiser state, random state, companions and ``facts`` atomically."""
    tensors = {f"network.{k}": v for k, v in network.state_dict().items()}
    tensors |= {f"average.{k}": v for k, v in average.items()}
    tensors |= {f"optimiser.{k}": v for k, v in _optimiser_tensors(network, optimiser).items()}
    for name, (companion, its_optimiser) in companions.items():
        tensors |= {f"{name}.network.{k}": v for k, v in companion.state_dict().items()}
        tensors |= {f"{name}.optimiser.{k}": v for k, v in _optimiser_tensors(companion, its_optimiser).items()}
    tensors["random"] = generator.get_state()
    _write(path, tensors, facts)


def save_best(path: Path, best: Best) -> None:
    """Write the best weights and their scores atomically."""
    _write(path, best.state, {"score": best.score, "scores": best.scores})


def load_best(path: Path, device: torch.device) -> Best | None:
    """Return the best weights that a run left, or None where there are none that can be read."""
    try:
        with safe_open(path, framework="pt", device=str(device)) as file:
            facts = json.loads((file.metadata() or {})["facts"])
            return Best(facts["score"], facts["scores"], {name: file.get_tensor(name) for name in file.keys()})
    except (OSError, SafetensorError, KeyError, ValueError):
        return None


def _write(path: Path, tensors: Mapping[str, Tensor], facts: dict[str, Any]) -> None:
    """Write to a file beside ``path`` that takes its name when it is whole and on the disk.

    Raises NoSpaceError where the disk is full, OutputError where it cannot be written otherwise.
    """
    contiguous = {k: v.detach().cpu().contiguous().clone() for k, v in tensors.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(save(contiguous, metadata={"facts": json.dumps(facts)}))
    except OSError as cause:
        if cause.errno in _FULL:
            raise NoSpaceError(f"The disk is full: {path} cannot be written.", "Free some disk space.") from cause
        raise OutputError(f"The checkpoint {path} cannot be written.", "Choose another folder.") from cause


def load_checkpoint(
    path: Path,
    network: nn.Module,
    average: dict[str, Tensor],
    optimiser: MuonAdamW,
    generator: torch.Generator,
    companions: Companions = MappingProxyType({}),
) -> dict[str, Any]:
    """Restore all of it in place and return the facts. Raises WeightsError where the file does not fit."""
    try:
        with safe_open(path, framework="pt") as file:
            facts: dict[str, Any] = json.loads((file.metadata() or {})["facts"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}
    except (OSError, SafetensorError, KeyError, ValueError) as cause:
        raise WeightsError(f"The checkpoint {path} cannot be read.", "Start the run anew.") from cause

    def part(prefix: str) -> dict[str, Tensor]:
        return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}

    try:
        network.load_state_dict(part("network."))
        for name, value in part("average.").items():
            average[name].copy_(value)
        _restore_optimiser(network, optimiser, part("optimiser."))
        for name, (companion, its_optimiser) in companions.items():
            companion.load_state_dict(part(f"{name}.network."))
            _restore_optimiser(companion, its_optimiser, part(f"{name}.optimiser."))
        if len(tensors["random"]) == len(generator.get_state()):
            generator.set_state(tensors["random"])
        else:
            # written on another kind of device, whose random numbers are others anyway
            generator.manual_seed(int(facts.get("step", 0)))
    except (RuntimeError, KeyError) as cause:
        raise WeightsError(
            f"The checkpoint {path} belongs to another recipe.", "Use the recipe it was started with."
        ) from cause
    return facts


def facts_of(path: Path) -> dict[str, Any]:
    """Return what a checkpoint says of its run. Raises WeightsError where it cannot be read."""
    try:
        with safe_open(path, framework="pt") as file:
            facts: dict[str, Any] = json.loads((file.metadata() or {})["facts"])
            return facts
    except (OSError, SafetensorError, KeyError, ValueError) as cause:
        raise WeightsError(f"The checkpoint {path} cannot be read.", "Start the run anew.") from cause


def _optimiser_tensors(network: nn.Module, optimiser: MuonAdamW) -> dict[str, Tensor]:
    names = {id(p): name for name, p in network.named_parameters()}
    return {
        f"{names[id(parameter)]}|{key}": value
        for parameter, state in optimiser.state.items()
        for key, value in state.items()
    }


def _restore_optimiser(network: nn.Module, optimiser: MuonAdamW, tensors: dict[str, Tensor]) -> None:
    parameters = dict(network.named_parameters())
    for joined, value in tensors.items():
        name, key = joined.rsplit("|", 1)
        parameter = parameters[name]
        # not a view of the mapped file, which the next checkpoint takes the place of
        optimiser.state[parameter][key] = value.to(parameter.device if key != "step" else "cpu", copy=True)


def finite(state: dict[str, Tensor]) -> bool:
    """Return whether all weights are numbers."""
    return all(bool(torch.isfinite(value).all()) for value in state.values())
