"""What a run is computed on: its name and precision, and a network compiled for it."""

from __future__ import annotations

import platform
import sys

import torch
from torch import nn

from aestudio.engine.device import bfloat16_gain, native_bfloat16


def compiled(network: nn.Module) -> nn.Module:
    """Return the network compiled for its device, or as it is where the compiler cannot take it.

    Installed programs compile nothing: the compiler would start Python by this program's own name, which opens windows.
    """
    torch.backends.cudnn.benchmark = True
    if getattr(sys, "frozen", False):
        return network
    # without a compiler on the machine a slower run is better than none
    torch._dynamo.config.suppress_errors = True
    return torch.compile(network)  # type: ignore[return-value]


def in_bfloat16(device: torch.device) -> bool:
    """Return whether a run's network is faster in bfloat16 than in float32."""
    if device.type == "cuda":
        return native_bfloat16(device)
    return device.type == "cpu" and bfloat16_gain() > 1


def device_name(device: torch.device) -> str:
    """Return the device's name in words, for cards and reports."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    threads = torch.get_num_threads()
    return f"{platform.machine()} processor, {threads} thread{'s' * (threads > 1)}"
