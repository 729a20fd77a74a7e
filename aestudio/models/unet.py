"""The denoiser: a residual convolutional autoencoder with skips and a noise-level plane."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.blocks import UNetBody, conv3x3, initialise

MEAN_STEP = 8
MEAN_SIDE = 7


def colour_drift(noise: Tensor, picture: Tensor, sigma: Tensor) -> Tensor:
    """Return what of the predicted ``noise`` is a change of colour, (N, C, H, W): its mean over 56 pixels around.

    White noise has next to none there: where the real noise is not what the network was told, rectified features
    leave such a drift. Taking it out costs nothing on Gaussian noise (0.001 dB gained on five Kodak crops, sigma 15
    to 50) and turned 33.2 dB into 37.1 dB on camera noise told sigma 10 (50 PolyU crops, denoise-fast of 2026-11-22).
    Where the noise reaches black or white, files clip it and its mean is no longer zero: within three ``sigma``
    (N, 1, H, W) of them less is taken out. H and W must be multiples of 8.
    """
    mean = local_mean(picture)
    room = torch.minimum(mean, 1 - mean) / (3 * local_mean(sigma) + 1e-6)
    coarse = local_mean(noise) * room.clamp(0, 1)
    return F.interpolate(coarse, size=noise.shape[2:], mode="bilinear", align_corners=False)


def local_mean(values: Tensor) -> Tensor:
    """Return the mean of (N, C, H, W) over 56 pixels around every eighth, (N, C, H/8, W/8)."""
    coarse = F.avg_pool2d(values, MEAN_STEP)
    return F.avg_pool2d(coarse, MEAN_SIDE, stride=1, padding=MEAN_SIDE // 2, count_include_pad=False)


class RestorationUNet(nn.Module):
    """Predicts the noise of a picture, given how strong it is, and takes it away; local mean colours stay.

    Pixel-unshuffled input and a noise-level plane as in FFDNet (Zhang et al., TIP 2018); residual
    U-Net without normalisation or biases as in DRUNet (Zhang et al., TPAMI 2021). With ``bias`` the first
    layer alone has one, from which the others know where white is, at which files clip their noise.

    Input: picture (N, channels, H, W) in 0..1 (values outside are allowed) and sigma
    (N, 1, H, W) on the same scale; output: restored picture, the picture's shape.
    H and W must be multiples of ``size_multiple``; a predicted pixel depends on input pixels up to
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
        bias: bool = False,
    ) -> None:
        super().__init__()
        self.channels = channels
        self.unshuffle = unshuffle
        self.size_multiple = math.lcm(unshuffle * 2 ** (len(widths) - 1), MEAN_STEP)
        self.head = conv3x3((channels + 1) * unshuffle**2, widths[0], bias)
        self.body = UNetBody(widths, blocks)
        self.tail = conv3x3(widths[0], channels * unshuffle**2)
        self.reach = unshuffle * (self.body.reach + 2)
        initialise(self)
        with torch.no_grad():
            self.tail.weight.mul_(0.1)

    def forward(self, picture: Tensor, sigma: Tensor) -> Tensor:
        noise = self.predict_noise(picture, sigma)
        return picture - (noise - colour_drift(noise, picture, sigma))

    def predict_noise(self, picture: Tensor, sigma: Tensor) -> Tensor:
        """Return the noise as the convolutions see it, the picture's shape and precision."""
        x = F.pixel_unshuffle(torch.cat((picture, sigma), dim=1), self.unshuffle)
        x = self.head(x.to(self.head.weight.dtype))
        x = self.tail(self.body(x) + x)
        return F.pixel_shuffle(x, self.unshuffle).to(picture.dtype)


class NoiseLevel(nn.Module):
    """Estimates how far each part of a picture lies from what it should be.

    A small convolutional network without biases, as CBDNet's noise estimation subnetwork (Guo et al.,
    CVPR 2019). Input: picture (N, channels, H, W) in 0..1, H and W multiples of 8; output: the expected
    standard deviation of noise and compression, (N, 1, H/8, W/8), on the same scale and at least 0.
    """

    step = 8

    def __init__(self, channels: int, width: int, bias: bool = False) -> None:
        super().__init__()
        self.head = conv3x3(17 * channels, width, bias)
        self.inner = nn.ModuleList(conv3x3(width, width) for _ in range(2))
        self.tail = conv3x3(width, 1)
        initialise(self)

    def forward(self, picture: Tensor) -> Tensor:
        mean = F.avg_pool2d(picture, 4)
        # fine differences in the picture's own precision, so that weights of lower precision still see faint noise
        detail = F.pixel_unshuffle(picture - F.interpolate(mean, scale_factor=4.0), 4)
        x = torch.relu(self.head(torch.cat((detail, mean), 1).to(self.head.weight.dtype)))
        for convolution in self.inner:
            x = torch.relu(convolution(x))
        level = F.avg_pool2d(self.tail(x).to(picture.dtype).abs(), 2)
        return F.avg_pool2d(level, 3, stride=1, padding=1, count_include_pad=False)


class PhotoUNet(RestorationUNet):
    """A blind restorer: estimates the noise of each part of a photo, then removes it as RestorationUNet does.

    What lies beyond the restorer's own reach changes its result through the estimate by next to nothing: tiles with
    a halo of 48 differ from the whole picture by 0.02/255 at most (eight PolyU crops, as taken and noisier).

    Input: picture (N, channels, H, W) in 0..1, and optionally ``level`` (N, 1, H/8, W/8), which is
    estimated where it is not given; output: restored picture, the picture's shape.
    """

    def __init__(
        self,
        channels: int = 3,
        widths: Sequence[int] = (64, 128, 256),
        blocks: int = 2,
        unshuffle: int = 2,
        level_width: int = 48,
        bias: bool = False,
    ) -> None:
        super().__init__(channels, widths, blocks, unshuffle, bias)
        self.level = NoiseLevel(channels, level_width, bias)

    def forward(self, picture: Tensor, level: Tensor | None = None) -> Tensor:
        level = self.level(picture) if level is None else level
        plane = F.interpolate(level, size=picture.shape[2:], mode="bilinear", align_corners=False)
        return picture - self.predict_noise(picture, plane)
