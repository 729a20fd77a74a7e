"""The denoiser: a residual convolutional autoencoder with skips and a noise-level plane."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.blocks import UNetBody, conv3x3, initialise


class RestorationUNet(nn.Module):
    """Predicts the noise of a picture, given how strong it is, and takes it away.

    Pixel-unshuffled input and a noise-level plane as in FFDNet (Zhang et al., TIP 2018); residual
    U-Net without normalisation or biases as in DRUNet (Zhang et al., TPAMI 2021).

    Input: picture (N, channels, H, W) in 0..1 (values outside are allowed) and sigma
    (N, 1, H, W) on the same scale; output: restored picture, the picture's shape.
    H and W must be multiples of ``size_multiple``; an output pixel depends on input pixels up to
    ``reach`` away. The weights may be of lower precision than the
    picture: features follow the weights, and the noise is taken away in the picture's precision.
    """

    scale = 1

    def __init__(
        self,
        channels: int = 3,
        widths: Sequence[int] = (64, 128, 256),
        blocks: int = 2,
        unshuffle: int = 2,
    ) -> None:
        super().__init__()
        self.channels = channels
        self.unshuffle = unshuffle
        self.size_multiple = unshuffle * 2 ** (len(widths) - 1)
        self.head = conv3x3((channels + 1) * unshuffle**2, widths[0])
        self.body = UNetBody(widths, blocks)
        self.tail = conv3x3(widths[0], channels * unshuffle**2)
        self.reach = unshuffle * (self.body.reach + 2)
        initialise(self)
        with torch.no_grad():
            self.tail.weight.mul_(0.1)

    def forward(self, picture: Tensor, sigma: Tensor) -> Tensor:
        x = F.pixel_unshuffle(torch.cat((picture, sigma), dim=1), self.unshuffle)
        x = self.head(x.to(self.head.weight.dtype))
        x = self.tail(self.body(x) + x)
        return picture - F.pixel_shuffle(x, self.unshuffle).to(picture.dtype)
