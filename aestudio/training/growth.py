"""How a network begins as a smaller one that has learned: it computes the same, and has room to learn more.

Net2Net (Chen, Goodfellow and Shlens, ICLR 2016) with one difference: a layer's new channels are not copies of old ones
but fresh, and what is old does not listen to them yet, so that nothing has to be told apart first.
"""

from __future__ import annotations

from typing import TypeGuard

import torch
from torch import Tensor, nn

from aestudio.models.blocks import ResidualBlock, UNetBody

Layer = nn.Conv2d | nn.ConvTranspose2d


def grown(network: nn.Module, start: nn.Module) -> dict[str, Tensor]:
    """Return weights with which ``network`` computes what ``start`` does, by their names.

    Both must be residual U-Nets of as many levels, ``network`` at least as wide and with at least as many blocks;
    nothing is returned where they are not. Ends that differ (three colours or one, another scale) are left out.
    A bias that is new begins at zero, as does the last convolution of a new residual block: they change nothing.
    """
    body, small = getattr(network, "body", None), getattr(start, "body", None)
    if not (isinstance(body, UNetBody) and isinstance(small, UNetBody)):
        return {}
    known = start.state_dict()
    result = {}
    for name, layer in network.named_modules():
        if not _is_layer(layer):
            continue
        weight = f"{name}.weight"
        if weight in known:
            within = name.startswith("body.")
            placed = _within(
                layer, known[weight], wider_in=within or name == "tail", wider_out=within or name == "head"
            )
            if placed is not None:
                result[weight] = placed
                if layer.bias is not None:
                    result[f"{name}.bias"] = _longer(layer.bias, known.get(f"{name}.bias"))
    if any(f"body.{name}" not in result for name in small.state_dict()):
        return {}
    for name, block in body.named_modules():
        first, last = f"body.{name}.conv1.weight", f"body.{name}.conv2.weight"
        if isinstance(block, ResidualBlock) and last not in known:
            result |= {first: block.conv1.weight.detach().clone(), last: torch.zeros_like(block.conv2.weight)}
    return result


def _is_layer(module: nn.Module) -> TypeGuard[Layer]:
    return isinstance(module, (nn.Conv2d, nn.ConvTranspose2d))


def _within(layer: Layer, old: Tensor, wider_in: bool, wider_out: bool) -> Tensor | None:
    """Return a layer's own fresh weights with ``old`` among them, or None where it does not fit in."""
    fresh = layer.weight.detach().clone()
    into, out = (1, 0) if isinstance(layer, nn.Conv2d) else (0, 1)
    if fresh.shape[2:] != old.shape[2:]:
        return None
    for side, wider in ((into, wider_in), (out, wider_out)):
        if old.shape[side] > fresh.shape[side] or (old.shape[side] < fresh.shape[side] and not wider):
            return None
    # of the old channels none listens to a new one
    fresh.narrow(out, 0, old.shape[out]).zero_()
    fresh[: old.shape[0], : old.shape[1]] = old.to(fresh)
    return fresh


def _longer(fresh: Tensor, old: Tensor | None) -> Tensor:
    """Return ``old`` biases followed by zeros, as long as ``fresh``."""
    result = torch.zeros_like(fresh)
    if old is not None:
        result[: len(old)] = old.to(fresh)
    return result
