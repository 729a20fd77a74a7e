"""Network-only speed: the machine's convolution peak, each installed model, and a yardstick.

Rates are the best of several rounds: what the machine can do, not what else it was doing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor, nn

from aestudio.catalog import store
from aestudio.engine.device import DeviceChoice, bfloat16_gain
from aestudio.engine.session import Session
from aestudio.models.unet import RestorationUNet

# DRUNet's shape (Zhang et al., TPAMI 2021): 32 million parameters, 2.1 MMAC a pixel.
YARDSTICK_WIDTHS = (64, 128, 256, 512)
# Sides of the result's tile.
TILES = (256, 512, 1024)
# What the sides of every network's input are multiples of.
SIDE_STEP = 8

Network = TypeVar("Network", bound=nn.Module)


@dataclass(frozen=True)
class Peak:
    """How many multiply-accumulates a second a 3x3 convolution reaches."""

    channels: int
    precision: str
    gmacs: float


@dataclass(frozen=True)
class NetworkSpeed:
    """A network's best rate: megapixels of the result a second, at which tile, and its cost."""

    name: str
    precision: str
    tile: int
    megapixels_per_second: float
    mmacs_per_pixel: float

    @property
    def gmacs(self) -> float:
        """Return multiply-accumulates a second, in thousand millions."""
        return self.megapixels_per_second * self.mmacs_per_pixel * 1e3


def precisions(choice: DeviceChoice) -> list[torch.dtype]:
    """Return float32, the type that models are to compute in, and bfloat16 where a processor gains by it."""
    gains = choice.device.type == "cpu" and bfloat16_gain() > 1
    return list(dict.fromkeys([torch.float32, choice.dtype, *([torch.bfloat16] if gains else [])]))


def best_seconds(call: Callable[[], object], device: torch.device, seconds: float) -> float:
    """Return the shortest time of ``call``, repeated for ``seconds`` and at least once after a first that warms up."""
    call()
    wait(device)
    best, started = float("inf"), time.perf_counter()
    while True:
        begin = time.perf_counter()
        call()
        wait(device)
        best = min(best, time.perf_counter() - begin)
        if time.perf_counter() - started >= seconds:
            return best


def convolution_peaks(choice: DeviceChoice, seconds: float) -> list[Peak]:
    """Return the rate of a 3x3 convolution at 64 and 256 channels, channels-last."""
    peaks = []
    for dtype in precisions(choice):
        for channels, side in ((64, 256), (256, 128)):
            batch = 1 if choice.device.type == "cpu" else 16
            layer = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
            layer = _channels_last_network(layer, choice.device, dtype)
            x = _channels_last(torch.rand(batch, channels, side, side), choice.device, dtype)
            with torch.inference_mode():
                taken = best_seconds(lambda layer=layer, x=x: layer(x), choice.device, seconds)  # type: ignore[misc]
            macs = 9 * channels * channels * side * side * batch
            peaks.append(Peak(channels, str(dtype).removeprefix("torch."), macs / taken / 1e9))
    return peaks


def installed_speeds(choice: DeviceChoice, seconds: float) -> list[NetworkSpeed]:
    """Return the rate of every installed restoration model in the precision that the engine uses."""
    speeds = []
    for task in ("denoise", "upscale"):
        for model in store.installed(task):
            session = Session(model, choice)
            speeds.append(model_speed(session, seconds))
    return speeds


def model_speed(session: Session, seconds: float) -> NetworkSpeed:
    """Return the rate of one loaded model, on its device and in its precision."""
    card, choice = session.card, session.choice
    told = card.task == "denoise" and not card.blind
    return _speed(card.id, session.network, choice.device, choice.dtype, card.scale, seconds, TILES, told)


def yardstick_speed(choice: DeviceChoice, seconds: float) -> NetworkSpeed:
    """Return the rate of the 32-million-parameter U-Net in float32."""
    network = RestorationUNet(widths=YARDSTICK_WIDTHS, blocks=4, unshuffle=1).eval()
    network = _channels_last_network(network, choice.device, torch.float32)
    return _speed("yardstick", network, choice.device, torch.float32, 1, seconds, (256, 512), told=True)


def _speed(
    name: str,
    network: nn.Module,
    device: torch.device,
    dtype: torch.dtype,
    scale: int,
    seconds: float,
    tiles: tuple[int, ...],
    told: bool,
) -> NetworkSpeed:
    """Measure a network that takes a picture and, where it is ``told``, a plane of the noise level."""
    best: tuple[float, int] = (0.0, 0)
    mmacs = 0.0
    for tile in (side // scale // SIDE_STEP * SIDE_STEP for side in tiles):
        inputs = [_channels_last(torch.rand(1, 3, tile, tile), device, dtype)]
        if told:
            inputs.append(torch.full((1, 1, tile, tile), 25 / 255, device=device, dtype=dtype))
        pixels = (tile * scale) ** 2
        with torch.inference_mode():
            if not mmacs:
                with _counting(network) as macs:
                    network(*inputs)
                mmacs = sum(macs) / pixels / 1e6
            taken = best_seconds(lambda inputs=inputs: network(*inputs), device, seconds)  # type: ignore[misc]
        best = max(best, (pixels / taken / 1e6, tile))
    return NetworkSpeed(name, str(dtype).removeprefix("torch."), best[1], best[0], mmacs)


@contextmanager
def _counting(network: nn.Module) -> Iterator[list[int]]:
    """Collect the multiply-accumulates of every convolution that runs inside."""
    macs: list[int] = []

    def count(layer: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        if isinstance(layer, nn.ConvTranspose2d):
            macs.append(inputs[0].numel() * layer.weight[0].numel())
        elif isinstance(layer, nn.Conv2d):
            macs.append(output.numel() * layer.weight[0].numel())

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, nn.Conv2d | nn.ConvTranspose2d)]
    try:
        yield macs
    finally:
        for hook in hooks:
            hook.remove()


def _channels_last(x: Tensor, device: torch.device, dtype: torch.dtype) -> Tensor:
    return x.to(device, dtype).contiguous(memory_format=torch.channels_last)


def _channels_last_network(network: Network, device: torch.device, dtype: torch.dtype) -> Network:
    # torch's own type hints leave this keyword out
    moved: Network = network.to(device, dtype, memory_format=torch.channels_last)  # type: ignore[call-overload]
    return moved


def wait(device: torch.device) -> None:
    """Return when a GPU has done what it was given: a clock that does not wait for it is stopped too early."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
