"""Networks that learn beside the one to fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from torch import nn

from aestudio.training.muon import MuonAdamW

# Each has its optimiser (a critic, for one).
Companions = Mapping[str, tuple[nn.Module, MuonAdamW]]


@contextmanager
def resting(companions: Companions) -> Iterator[None]:
    """Let networks that learn beside the one to fit stay as they are for a while."""
    before = {
        name: {k: v.clone() for k, v in network.state_dict().items()} for name, (network, _) in companions.items()
    }
    for _, optimiser in companions.values():
        optimiser.step = lambda closure=None: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        for name, (network, optimiser) in companions.items():
            del optimiser.step
            network.load_state_dict(before[name])
