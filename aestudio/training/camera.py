"""Camera noise, made the way a camera makes it, on whole batches on the device.

A clean display-encoded picture is taken back to what a sensor would have recorded, gets the
sensor's noise, is mosaiced and demosaiced, and is developed again (Brooks et al., "Unprocessing
images for learned raw denoising", CVPR 2019). The clean side takes the same way without the noise,
so that a network learns to remove noise and not to undo the camera's optics and demosaicing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.training import separable
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
    linear = _power(torch.lerp(picture, bent, camera.contrast), camera.gamma)
    seen = _mix(linear, torch.linalg.inv_ex(camera.matrix)[0])
    return (seen / camera.gains).clamp(0, 1)


def develop(sensor: Tensor, camera: Camera) -> Tensor:
    """Return demosaiced linear light (N, 3, H, W) as a display-encoded picture in 0..1."""
    balanced = (sensor * camera.gains).clamp(0, 1)
    picture = _power(_mix(balanced, camera.matrix), 1 / camera.gamma)
    return torch.lerp(picture, picture**2 * (3 - 2 * picture), camera.contrast)


def camera_noise(clean: Tensor, draw: Draw, shot_range: tuple[float, float] = SHOT) -> tuple[Tensor, Tensor]:
    """Return (noisy, target) for clean pictures (N, 3, H, W) in 0..1, both developed alike.

    A third each is demosaiced bilinearly, by Malvar's filters and along edges. The camera's own
    noise reduction and sharpening then act on the noise alone: they make it coarser or finer.
    """
    camera = draw_camera(draw, shot_range)
    # a lens and the filter before a sensor leave little at the finest scale, or demosaicing would only make colours up
    sensor = gaussian_blur(to_sensor(clean, camera), draw.uniform(0.3, 0.9), most=0.9)
    deviation = (camera.shot * sensor + camera.read).sqrt_()
    # a pixel records one colour: one draw of noise serves whichever it is
    one_each = draw.normal(draw.count, 1, *sensor.shape[2:])
    noisy = deviation.mul_(one_each).add_(sensor).clamp_(max=1)
    red_row, red_column = (draw.chance(0.5) for _ in range(2))
    mask = bayer_mask(sensor, red_row, red_column)
    third = math.ceil(draw.count / 3)
    target, noisy = (develop(_demosaic(x.split(third), mask.split(third)), camera) for x in (sensor, noisy))
    return target + _in_camera(noisy - target, draw), target


def _power(light: Tensor, exponent: Tensor) -> Tensor:
    # by the logarithm, in place: half the time of pow
    return light.clamp(1e-6, 1).log_().mul_(exponent).exp_()


def _mix(picture: Tensor, matrix: Tensor) -> Tensor:
    return torch.bmm(matrix, picture.flatten(2)).view_as(picture)


# The edges between octaves of noise, as deviations of a Gaussian in pixels, and how much less (in powers of two, the
# lowest and the highest) is left of each octave than of the next coarser one. White noise keeps all; 50 crops of JPEG
# files from five cameras (PolyU, Xu et al., arXiv 1804.02603) lie near the middle of these ranges.
_OCTAVES = (0.8, 1.6, 3.2, 6.4)
_LIGHT = ((-2.0, 0.3), (-1.1, 0.0), (-0.9, 0.0), (-0.9, 0.0))
_COLOUR = ((-2.2, 0.0), (-2.6, -0.2), (-2.0, -0.2), (-1.4, 0.0))


def _in_camera(noise: Tensor, draw: Draw) -> Tensor:
    """Smooth or sharpen noise (N, 3, H, W), colour more than light, as cameras do before they store a picture.

    What is left is blotchy: coarser than the pixels, in colour over several of them. Half of what smoothing takes
    from the light's noise is given back to all of it, so that coarse noise is not always faint.
    """
    before, colour = to_ycc(noise).split((1, 2), 1)
    light = _by_octaves(before, _LIGHT, draw)
    lost = _strength(before) / (_strength(light) + 1e-4)
    treated = to_rgb(torch.cat((light, _by_octaves(colour, _COLOUR, draw)), 1))
    return torch.where(draw.chance(0.7), treated * lost.clamp(max=16).sqrt(), noise)


def _by_octaves(noise: Tensor, cuts: Sequence[tuple[float, float]], draw: Draw) -> Tensor:
    coarser = [noise, *(_softened(noise, sigma) for sigma in _OCTAVES)]
    gain, treated = torch.ones((), device=noise.device), coarser[-1]
    for octave in reversed(range(len(_OCTAVES))):
        gain = gain * torch.exp2(draw.uniform(*cuts[octave]))
        treated = treated + gain * (coarser[octave] - coarser[octave + 1])
    return treated


def _softened(picture: Tensor, sigma: float) -> Tensor:
    down, along = (separable.blurring(side, sigma, picture) for side in picture.shape[2:])
    return separable.apply(picture, down, along)


def _strength(noise: Tensor) -> Tensor:
    """Return the root mean square of each of (N, ...), (N, 1, 1, 1)."""
    values = noise.flatten(1)
    length: Tensor = torch.linalg.vector_norm(values, dim=1)
    return (length / math.sqrt(values.shape[1])).view(-1, 1, 1, 1)


def gaussian_blur(picture: Tensor, sigma: Tensor, most: float = 3.0) -> Tensor:
    """Return (N, C, H, W) blurred by each picture's own ``sigma`` (N, 1, 1, 1), in pixels; borders mirrored.

    The kernel ends at three times ``most``: no sigma is larger.
    """
    down, along = (separable.blur(sigma.flatten(), side, most) for side in picture.shape[2:])
    return separable.apply(picture, down, along)


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
    kept = colours * mask
    at = _neighbours(kept, 1)
    beside = at(0, -1).add(at(0, 1)).add_(at(-1, 0)).add_(at(1, 0))
    corners = at(-1, -1).add(at(-1, 1)).add_(at(1, -1)).add_(at(1, 1))
    # of green's four neighbours all four are green, of red's and blue's two or none
    beside.mul_(constant(_BESIDE, colours)).addcmul_(corners, constant(_CORNERS, colours))
    return beside.add_(kept)


def demosaic_malvar(colours: Tensor, mask: Tensor) -> Tensor:
    """Return all three colours from those that ``mask`` keeps.

    Malvar, He and Cutler, "High-quality linear interpolation for demosaicing of Bayer-patterned
    color images", ICASSP 2004, figure 2.
    """
    raw = (colours * mask).sum(1, keepdim=True)
    at = _neighbours(raw, 2)
    row, column = at(0, -1) + at(0, 1), at(-1, 0) + at(1, 0)
    far_row, far_column = at(0, -2) + at(0, 2), at(-2, 0) + at(2, 0)
    corners = at(-1, -1).add(at(-1, 1)).add_(at(1, -1)).add_(at(1, 1))
    far = far_row + far_column
    green = (4 * raw).add_(row, alpha=2).add_(column, alpha=2).sub_(far).div_(8)
    across = (6 * raw).add_(corners, alpha=2).sub_(far, alpha=1.5).div_(8)
    shared = (5 * raw).sub_(corners)
    along = shared.add(row, alpha=4).sub_(far_row).add_(far_column, alpha=0.5).div_(8)
    down = shared.add_(column, alpha=4).sub_(far_column).add_(far_row, alpha=0.5).div_(8)
    red_here, green_here, blue_here = mask.bool().split(1, 1)
    # a green pixel lies beside red ones in a row that has any
    beside = red_here.any(3, keepdim=True)
    red = torch.where(green_here, torch.where(beside, along, down), across)
    blue = torch.where(green_here, torch.where(beside, down, along), across)
    return torch.cat(
        (torch.where(red_here, raw, red), torch.where(green_here, raw, green), torch.where(blue_here, raw, blue)), 1
    )


# What a neighbour counts, for red, green and blue.
_BESIDE = (((0.5,),), ((0.25,),), ((0.5,),))
_CORNERS = (((0.25,),), ((0.0,),), ((0.25,),))


def demosaic_directional(colours: Tensor, mask: Tensor) -> Tensor:
    """Return all three colours from those that ``mask`` keeps, green along the direction of least change.

    Hamilton and Adams, US patent 5,629,734 (1997, expired); red and blue from smooth colour differences.
    """
    raw = (colours * mask).sum(1, keepdim=True)
    at = _neighbours(raw, 2)
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


def _neighbours(planes: Tensor, reach: int) -> Callable[[int, int], Tensor]:
    """Return what gives (N, C, H, W) moved by up to ``reach`` pixels down and along, borders mirrored."""
    padded = F.pad(planes, (reach, reach, reach, reach), mode="reflect")
    height, width = planes.shape[2:]

    def at(dy: int, dx: int) -> Tensor:
        return padded[:, :, reach + dy : reach + dy + height, reach + dx : reach + dx + width]

    return at


def _demosaic(colours: Sequence[Tensor], mask: Sequence[Tensor]) -> Tensor:
    # fewer pictures than methods make fewer parts
    parts = zip((demosaic_bilinear, demosaic_malvar, demosaic_directional), colours, mask, strict=False)
    return torch.cat([method(c, m) for method, c, m in parts])
