"""Building blocks shared by the restoration networks. No normalisation, and no biases but for the first layer's.

A network without biases is positively homogeneous (f(a x) = a f(x)), which lets a denoiser work
beyond the noise levels it was trained on (Mohan et al., "Robust and interpretable blind image
denoising via bias-free convolutional neural networks", ICLR 2020). It cannot know where white is, though, which
noise of files never passes: one layer with a bias is enough for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn


def conv3x3(in_channels: int, out_channels: int, bias: bool = False) -> nn.Conv2d:
    """Return a 3x3 convolution, without bias if none is asked for, that keeps height and width."""
    return nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=bias)


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(x))), channels kept (Lim et al., EDSR, CVPRW 2017)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = conv3x3(channels, channels)
        self.conv2 = conv3x3(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv2(torch.relu(self.conv1(x)))


class UNetBody(nn.Module):
    """Residual encoder-decoder with additive skips (Zhang et al., DRUNet, TPAMI 2021, figure 1).

    (N, widths[0], H, W) -> the same shape; H and W must be multiples of ``2 ** (len(widths) - 1)``.
    """

    def __init__(self, widths: Sequence[int], blocks: int) -> None:
        super().__init__()
        steps = list(pairwise(widths))
        # how far an output pixel sees: two convolutions a block, each one pixel of its level; all
        # levels but the last are passed twice
        self.reach = sum(2 * blocks * 2**level * (1 if level == len(steps) else 2) for level in range(len(widths)))
        self.encoder = nn.ModuleList(_stage(wide, blocks) for wide, _ in steps)
        self.down = nn.ModuleList(nn.Conv2d(a, b, 2, stride=2, bias=False) for a, b in steps)
        self.bottom = _stage(widths[-1], blocks)
        self.up = nn.ModuleList(nn.ConvTranspose2d(b, a, 2, stride=2, bias=False) for a, b in steps)
        self.decoder = nn.ModuleList(_stage(wide, blocks) for wide, _ in steps)

    def forward(self, x: Tensor) -> Tensor:
        skips = []
        for stage, down in zip(self.encoder, self.down, strict=True):
            x = stage(x)
            skips.append(x)
            x = down(x)
        x = self.bottom(x)
        levels = zip(self.up, self.decoder, skips, strict=True)
        for up, stage, skip in reversed(list(levels)):
            x = stage(up(x) + skip)
        return x


def _stage(channels: int, blocks: int) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(channels) for _ in range(blocks)))


def initialise(network: nn.Module) -> None:
    """Kaiming-normal weights, biases of zero; the last convolution of each residual block at a tenth of it.

    The small branches make every block start near the identity, so that deep stacks without
    normalisation train from the first step (Zhang et al., "Fixup", ICLR 2019, for the idea).
    """
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.ConvTranspose2d):
            # 2x2 kernel with stride 2: each output pixel sees one input pixel, so fan-in is channels
            nn.init.normal_(module.weight, std=module.in_channels**-0.5)
    for module in network.modules():
        if isinstance(module, ResidualBlock):
            with torch.no_grad():
                module.conv2.weight.mul_(0.1)
