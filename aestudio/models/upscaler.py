"""The upscaler: an encoder-decoder at low resolution with a pixel-shuffle head."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.blocks import UNetBody, conv3x3, initialise


class Upscaler(nn.Module):
    """Predicts what a bicubic enlargement lacks.

    All features live at low resolution and reach the output by a sub-pixel convolution (Shi et
    al., ESPCN, CVPR 2016); residual blocks without normalisation as in EDSR (Lim et al., 2017).

    Input: picture (N, channels, H, W) in 0..1; output (N, channels, scale*H, scale*W).
    H and W must be multiples of ``size_multiple``; an output pixel depends on input pixels up to
    ``reach`` away. The weights may be of lower precision than the
    picture: features follow the weights, and the detail is added in the picture's precision.
    """

    def __init__(
        self,
        scale: int = 4,
        channels: int = 3,
        widths: Sequence[int] = (48, 96, 192),
        blocks: int = 2,
    ) -> None:
        super().__init__()
        self.scale = scale
        self.channels = channels
        self.size_multiple = 2 ** (len(widths) - 1)
        self.head = conv3x3(channels, widths[0])
        self.body = UNetBody(widths, blocks)
        self.tail = conv3x3(widths[0], channels * scale**2)
        self.reach = self.body.reach + 2
        initialise(self)
        with torch.no_grad():
            self.tail.weight.mul_(0.1)

    def forward(self, picture: Tensor) -> Tensor:
        base = F.interpolate(picture, scale_factor=self.scale, mode="bicubic", align_corners=False)
        x = self.head(picture.to(self.head.weight.dtype))
        x = self.tail(self.body(x) + x)
        return base + F.pixel_shuffle(x, self.scale).to(picture.dtype)
