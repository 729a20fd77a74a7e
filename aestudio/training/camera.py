"""Camera noise, made the way a camera makes it, on whole batches on the device.

A clean display-encoded picture is taken back to what a sensor would have recorded, gets the
sensor's noise, is mosaiced and demosaiced, and is developed again (Brooks et al., "Unprocessing
images for learned raw denoising", CVPR 2019). The clean side takes the same way without the noise,
so that a network learns to remove noise and not to undo the camera's optics and demosaicing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.training.constants import constant
from aestudio.training.jpeg import to_rgb, to_ycc

# shot noise of ISO 100 and ISO 25600: variance over signal, the signal in 0..1 (Brooks et al., section 3.1, for
# the lower end; it is proportional to the gain)
SHOT = (1e-4, 2.56e-2)


@dataclass(frozen=True)
class Camera:
    """What develops each picture of a batch, and how noisy its sensor is; drawn at random by ``draw_camera``.

    ``contrast`` and ``gamma`` (N, 1, 1, 1), ``gains`` (N, 3, 1, 1) of white balance, ``matrix`` (N, 3, 3) from
    the sensor's colours to the display's, ``shot`` and ``read`` (N, 1, 1, 1): variance = shot * signal + read.
    """

    contrast: Tensor
    gamma: Tensor
    gains: Tensor
    matrix: Tensor
    shot: Tensor
    read: Tensor


class Draw:
    """Random numbers of one generator in the shapes that a batch of ``count`` pictures needs."""

    def __init__(self, count: int, generator: torch.Generator, device: torch.device) -> None:
        self.count, self.generator, self.device = count, generator, device

    def uniform(self, low: float, high: float, *shape: int) -> Tensor:
        """Return uniform numbers of ``shape``, (count, 1, 1, 1) where none is given."""
        shape = shape or (self.count, 1, 1, 1)
        return low + (high - low) * torch.rand(shape, generator=self.generator, device=self.device)

    def normal(self, *shape: int) -> Tensor:
        """Return standard normal numbers of ``shape``, (count, 1, 1, 1) where none is given."""
        return torch.randn(shape or (self.count, 1, 1, 1), generator=self.generator, device=self.device)

    def chance(self, share: float, *shape: int) -> Tensor:
        """Return booleans that are true with probability ``share``, (count, 1, 1, 1) where no shape is given."""
        return self.uniform(0, 1, *shape) < share


def draw_camera(draw: Draw, shot_range: tuple[float, float] = SHOT) -> Camera:
    """Return one camera and exposure for each picture of a batch, its shot noise within a range."""
    n = draw.count
    shot = torch.exp(draw.uniform(math.log(shot_range[0]), math.log(shot_range[1])))
    # read noise follows the gain: a line fitted to the noise profiles of DND (Brooks et al., equation 4)
    read = torch.exp(2.18 * shot.log() + 1.20 + 0.26 * draw.normal())
    gains = torch.cat((draw.uniform(1.2, 2.4), torch.ones(n, 1, 1, 1, device=draw.device), draw.uniform(1.2, 2.4)), 1)
    diagonal = draw.uniform(1.2, 2.0, n, 3)
    # each row of a colour matrix sums to 1, so that grey stays grey
    first = (1 - diagonal) * draw.uniform(0.2, 0.8, n, 3)
    second = 1 - diagonal - first
    (r, g, b), (x, y, z), (u, v, w) = (m.unbind(1) for m in (diagonal, first, second))
    rows = (torch.stack(row, 1) for row in ((r, x, u), (y, g, v), (z, w, b)))
    matrix = torch.stack(tuple(rows), 1)
    return Camera(draw.uniform(0, 1), draw.uniform(1.9, 2.5), gains, matrix, shot, read)


def to_sensor(picture: Tensor, camera: Camera) -> Tensor:
    """Return display-encoded (N, 3, H, W) in 0..1 as the linear light that a sensor records, 0..1."""
    bent = 0.5 - torch.sin(torch.asin(1 - 2 * picture) / 3)
    linear = torch.lerp(picture, bent, camera.contrast).clamp(1e-6, 1) ** camera.gamma
    seen = _mix(linear, torch.linalg.inv_ex(camera.matrix)[0])
    return (seen / camera.gains).clamp(0, 1)


def develop(sensor: Tensor, camera: Camera) -> Tensor:
    """Return demosaiced linear light (N, 3, H, W) as a display-encoded picture in 0..1."""
    balanced = (sensor * camera.gains).clamp(0, 1)
    linear = _mix(balanced, camera.matrix).clamp(1e-6, 1)
    picture = linear ** (1 / camera.gamma)
    return torch.lerp(picture, picture**2 * (3 - 2 * picture), camera.contrast)


def camera_noise(clean: Tensor, draw: Draw, shot_range: tuple[float, float] = SHOT) -> tuple[Tensor, Tensor]:
    """Return (noisy, target) for clean pictures (N, 3, H, W) in 0..1, both developed alike.

    A third each is demosaiced bilinearly, by Malvar's filters and along edges. The camera's own
    noise reduction and sharpening then act on the noise alone: they make it coarser or finer.
    """
    camera = draw_camera(draw, shot_range)
    # a lens and the filter before a sensor leave little at the finest scale, or demosaicing would only make colours up
    sensor = gaussian_blur(to_sensor(clean, camera), draw.uniform(0.3, 0.9), most=0.9)
    deviation = (camera.shot * sensor + camera.read).sqrt()
    noisy = (sensor + deviation * draw.normal(*sensor.shape)).clamp(max=1)
    red_row, red_column = (draw.chance(0.5) for _ in range(2))
    mask = bayer_mask(sensor, red_row, red_column)
    third = math.ceil(draw.count / 3)
    target, noisy = (develop(_demosaic(x.split(third), mask.split(third)), camera) for x in (sensor, noisy))
    return target + _in_camera(noisy - target, draw), target


def _mix(picture: Tensor, matrix: Tensor) -> Tensor:
    return torch.einsum("nij,njhw->nihw", matrix, picture)


def _in_camera(noise: Tensor, draw: Draw) -> Tensor:
    """Smooth or sharpen noise (N, 3, H, W), colour more than light, as cameras do before they store a picture.

    What is left is blotchy: coarser than the pixels, in colour over several of them. Half of what smoothing takes
    from the noise's strength is given back, so that coarse noise is not always faint.
    """
    ycc = to_ycc(noise)
    light = torch.lerp(ycc[:, :1], gaussian_blur(ycc[:, :1], draw.uniform(0.4, 2.0), most=2.0), draw.uniform(-0.5, 1))
    colour = torch.lerp(ycc[:, 1:], gaussian_blur(ycc[:, 1:], draw.uniform(0.5, 3.0)), draw.uniform(-0.2, 1))
    treated = to_rgb(torch.cat((light, colour), 1))
    lost = noise.std((1, 2, 3), keepdim=True) / (treated.std((1, 2, 3), keepdim=True) + 1e-4)
    return torch.where(draw.chance(0.7), treated * lost.clamp(max=16).sqrt(), noise)


def gaussian_blur(picture: Tensor, sigma: Tensor, across: Tensor | None = None, most: float = 3.0) -> Tensor:
    """Return (N, C, H, W) blurred by each picture's own ``sigma`` (N, 1, 1, 1), in pixels; borders mirrored.

    ``across`` is the horizontal sigma where it differs. The kernel ends at three times ``most``: no sigma is larger.
    """
    n, channels, height, width = picture.shape
    radius = min(math.ceil(3 * most), height - 1, width - 1)
    steps = torch.arange(-radius, radius + 1, device=picture.device, dtype=picture.dtype)

    def kernel(deviation: Tensor) -> Tensor:
        weights = torch.exp(-0.5 * (steps / deviation.view(n, 1)) ** 2)
        return (weights / weights.sum(1, keepdim=True)).repeat_interleave(channels, 0)

    x = picture.reshape(1, n * channels, height, width)
    down = kernel(sigma).view(-1, 1, 2 * radius + 1, 1)
    along = kernel(sigma if across is None else across).view(-1, 1, 1, 2 * radius + 1)
    x = F.conv2d(F.pad(x, (0, 0, radius, radius), mode="reflect"), down, groups=n * channels)
    x = F.conv2d(F.pad(x, (radius, radius, 0, 0), mode="reflect"), along, groups=n * channels)
    return x.view_as(picture)


def bayer_mask(like: Tensor, red_row: Tensor, red_column: Tensor) -> Tensor:
    """Return (N, 3, H, W) of 0 and 1: where each colour is recorded.

    ``red_row`` and ``red_column`` (N, 1, 1, 1) say whether red lies in odd rows and columns.
    """
    height, width = like.shape[2:]
    odd_row = (torch.arange(height, device=like.device) % 2).bool().view(1, 1, -1, 1)
    odd_column = (torch.arange(width, device=like.device) % 2).bool().view(1, 1, 1, -1)
    in_row, in_column = odd_row == red_row, odd_column == red_column
    red, blue = in_row & in_column, ~in_row & ~in_column
    return torch.cat((red, ~(red | blue), blue), 1).to(like.dtype)


def demosaic_bilinear(colours: Tensor, mask: Tensor) -> Tensor:
    """Return all three colours everywhere, (N, 3, H, W), from those that ``mask`` keeps, by averaging neighbours."""
    weights = constant((_SQUARE, _CROSS, _SQUARE), colours)[:, None]
    return F.conv2d(F.pad(colours * mask, (1, 1, 1, 1), mode="reflect"), weights, groups=3)


def demosaic_malvar(colours: Tensor, mask: Tensor) -> Tensor:
    """Return all three colours from those that ``mask`` keeps.

    Malvar, He and Cutler, "High-quality linear interpolation for demosaicing of Bayer-patterned
    color images", ICASSP 2004, figure 2.
    """
    raw = (colours * mask).sum(1, keepdim=True)
    filters = constant((_GREEN, _ALONG_ROW, _DOWN_COLUMN, _ACROSS), raw) / 8
    green, along, down, across = F.conv2d(F.pad(raw, (2, 2, 2, 2), mode="reflect"), filters[:, None]).split(1, 1)
    red_here, green_here, blue_here = (m.bool() for m in mask.split(1, 1))
    # a green pixel's row is red's where a red one lies beside it
    beside = F.max_pool2d(F.pad(mask[:, :1], (1, 1, 0, 0), mode="reflect"), (1, 3), 1).bool()
    red = torch.where(green_here, torch.where(beside, along, down), across)
    blue = torch.where(green_here, torch.where(beside, down, along), across)
    return torch.cat(
        (torch.where(red_here, raw, red), torch.where(green_here, raw, green), torch.where(blue_here, raw, blue)), 1
    )


_SQUARE = ((0.25, 0.5, 0.25), (0.5, 1.0, 0.5), (0.25, 0.5, 0.25))
_CROSS = ((0.0, 0.25, 0.0), (0.25, 1.0, 0.25), (0.0, 0.25, 0.0))
_GREEN = ((0, 0, -1, 0, 0), (0, 0, 2, 0, 0), (-1, 2, 4, 2, -1), (0, 0, 2, 0, 0), (0, 0, -1, 0, 0))
_ALONG_ROW = ((0, 0, 0.5, 0, 0), (0, -1, 0, -1, 0), (-1, 4, 5, 4, -1), (0, -1, 0, -1, 0), (0, 0, 0.5, 0, 0))
_DOWN_COLUMN = tuple(zip(*_ALONG_ROW, strict=True))
_ACROSS = ((0, 0, -1.5, 0, 0), (0, 2, 0, 2, 0), (-1.5, 0, 6, 0, -1.5), (0, 2, 0, 2, 0), (0, 0, -1.5, 0, 0))


def demosaic_directional(colours: Tensor, mask: Tensor) -> Tensor:
    """Return all three colours from those that ``mask`` keeps, green along the direction of least change.

    Hamilton and Adams, US patent 5,629,734 (1997, expired); red and blue from smooth colour differences.
    """
    raw = (colours * mask).sum(1, keepdim=True)
    padded = F.pad(raw, (2, 2, 2, 2), mode="reflect")
    height, width = raw.shape[2:]

    def at(dy: int, dx: int) -> Tensor:
        return padded[:, :, 2 + dy : 2 + dy + height, 2 + dx : 2 + dx + width]

    bend_x, bend_y = 2 * raw - at(0, -2) - at(0, 2), 2 * raw - at(-2, 0) - at(2, 0)
    change_x = (at(0, -1) - at(0, 1)).abs() + bend_x.abs()
    change_y = (at(-1, 0) - at(1, 0)).abs() + bend_y.abs()
    along_x = (at(0, -1) + at(0, 1)) / 2 + bend_x / 4
    along_y = (at(-1, 0) + at(1, 0)) / 2 + bend_y / 4
    green = torch.where(change_x < change_y, along_x, along_y)
    green = torch.where(change_x == change_y, (along_x + along_y) / 2, green)
    green = torch.where(mask[:, 1:2].bool(), raw, green)
    difference = demosaic_bilinear((colours - green) * mask, mask)
    return torch.cat((green + difference[:, :1], green, green + difference[:, 2:]), 1)


def _demosaic(colours: Sequence[Tensor], mask: Sequence[Tensor]) -> Tensor:
    # fewer pictures than methods make fewer parts
    parts = zip((demosaic_bilinear, demosaic_malvar, demosaic_directional), colours, mask, strict=False)
    return torch.cat([method(c, m) for method, c, m in parts])
