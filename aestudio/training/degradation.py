"""What happens to a clean crop before a network sees it, computed on the device."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.training import jpeg, separable
from aestudio.training.camera import SHOT, Draw, camera_noise, gaussian_blur
from aestudio.training.damage import Damage

# Successive multiples of it fall into the largest gap of those before, within 0..1.
_GOLDEN = (math.sqrt(5) - 1) / 2
# The share of JPEG files whose colour is stored at half the resolution.
_THINNED = 0.6


def draw_sigma(count: int, highest: float, generator: torch.Generator, device: torch.device) -> Tensor:
    """Return noise levels (count, 1, 1, 1) in 0..highest/255, a fifth of them above 55/75 of it.

    Strong noise dominates an L1 loss, so the upper quarter of the range is drawn less often.
    """
    knee = 55 / 75
    u = torch.rand(count, 1, 1, 1, generator=generator, device=device)
    level = torch.where(u < 0.85, u / 0.85 * knee, knee + (u - 0.85) / 0.15 * (1 - knee))
    return level * (highest / 255)


def weakened(told: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Return ``told`` (N, 1, 1, 1) with ``share`` of the levels weakened, to a fifth of it at the least.

    Whoever sets a level sets it for the noisiest part of a picture. A network that is always told the truth takes
    noise that is weaker, near black and white, for noise that was clipped, and moves the light by some levels.
    """
    if not share:
        return told
    u = torch.rand((2, *told.shape), generator=generator, device=told.device)
    return torch.where(u[0] < share, told * (0.2 + 0.8 * u[1]), told)


# How much more light the most overexposed crops got.
_MOST_LIGHT = 2.5


def overexposed(clean: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Return ``clean`` (N, C, H, W) in 0..1 with ``share`` of the crops made up to 2.5 times lighter, and cut at white.

    Photographs are mostly darker than their middle: a network that saw too little near white leaves skies and walls
    darker than they are, where noise was clipped.
    """
    if not share:
        return clean
    u = torch.rand((2, len(clean), 1, 1, 1), generator=generator, device=clean.device)
    gain = torch.where(u[0] < share, _MOST_LIGHT ** u[1], 1.0)
    return (clean * gain).clamp_(max=1)


def gaussian_noise(
    clean: Tensor, sigma: Tensor, generator: torch.Generator, clipped: float = 0.5, grey: float = 0.1
) -> tuple[Tensor, Tensor]:
    """Return (noisy, clean), both (N, 3, H, W), with white Gaussian noise of ``sigma`` (N, 1, 1, 1).

    ``clipped`` of the pictures are rounded to 8 bits and clipped to 0..1, as files hold them;
    ``grey`` of them become grey pictures whose three channels share one noise.
    """
    count, device = len(clean), clean.device

    def some(share: float) -> Tensor:
        return torch.rand(count, 1, 1, 1, generator=generator, device=device) < share

    noise = torch.randn(clean.shape, generator=generator, device=device)
    is_grey = some(grey)
    clean = torch.where(is_grey, _luma(clean), clean)
    noise = torch.where(is_grey, noise[:, :1].expand_as(noise), noise)
    noisy = clean + sigma * noise
    stored = (noisy * 255).round().clamp(0, 255) / 255
    return torch.where(some(clipped), stored, noisy), clean


def local_level(difference: Tensor, step: int = 8) -> Tensor:
    """Return the root mean square of (N, C, H, W) over cells of ``step`` pixels and their neighbours, (N, 1, h, w)."""
    power = F.avg_pool2d(difference.square().mean(1, keepdim=True), step)
    return F.avg_pool2d(power, 3, stride=1, padding=1, count_include_pad=False).sqrt()


# Of a batch: the share with a camera's noise, and with heavy compression alone; the rest gets white noise.
CAMERA_SHARE = 0.6
COMPRESSED_SHARE = 0.2
# Of all: left clean, or a network learns to see noise where there is none.
CLEAN_SHARE = 0.1
# Pictures that were made smaller, or a little larger, before they were stored: the factor by step of training.
SHRINKING = (1.0, 1.0, 0.75, 2.0, 1.0, 1.5)
# A lens and a mosaic show less than the pixels of a camera could: at 1:1 a photograph has half to a quarter of the
# detail, pixel for pixel, of one that was made smaller for a page. How much it is enlarged before the camera, by step.
SOFTNESS = (2.0, 3.0, 1.5)


def photo_side(patch: int, step: int) -> int:
    """Return the side of the clean crop that ``photo`` makes one of ``patch`` pixels from, in step ``step``."""
    return math.ceil((patch + jpeg.BLOCK) * SHRINKING[step % len(SHRINKING)])


def photo(
    clean: Tensor, patch: int, step: int, generator: torch.Generator, untouched: float = CLEAN_SHARE
) -> tuple[Tensor, Tensor]:
    """Return (noisy, target), (N, 3, patch, patch) in 0..1, as photographs lie on a disk.

    ``clean`` is (N, 3, side, side) with ``photo_side``'s side; ``patch`` must be a multiple of 16. By place in the
    batch: camera noise, for every second one on a picture as soft as a camera's own pixels, compression alone at
    qualities of 8 to 70, white noise; most of the others are compressed at 60 to 98. Some are made smaller before,
    some are grey, a share ``untouched`` stays clean. The grid of blocks starts anywhere.
    """
    count, device = len(clean), clean.device
    cameras = round(CAMERA_SHARE * count)
    compressed = round(COMPRESSED_SHARE * count)
    cut = (cameras, compressed, count - cameras - compressed)
    by_camera, plain, white = clean.split(cut)

    noisy, target = camera_noise(_as_taken(by_camera, step), Draw(cameras, generator, device))
    draw = Draw(len(white), generator, device)
    sigma = draw.uniform(0, 50 / 255) * draw.uniform(0, 1)
    noisy = torch.cat((noisy, plain, white + sigma * draw.normal(*white.shape)))
    target = torch.cat((target, plain, white))

    draw = Draw(count, generator, device)
    place = torch.arange(count, device=device)
    alone = (place >= cameras) & (place < cameras + compressed)
    grey = draw.uniform(0, 1, count) < 0.1 + 0.4 * alone
    noisy, target = (torch.where(grey.view(-1, 1, 1, 1), _luma(x), x) for x in (noisy, target))
    side = patch + jpeg.BLOCK
    noisy, target = (separable.resized(x, (side, side), "bicubic") for x in (noisy, target))
    noisy, target = (noisy * 255).round().clamp(0, 255) / 255, target.clamp(0, 1)
    quality = torch.where(alone, draw.uniform(8, 70, count), draw.uniform(60, 98, count)).floor()
    stored = jpeg.compress(noisy, quality, _thinned(count, step))
    noisy = torch.where((alone | draw.chance(0.75, count)).view(-1, 1, 1, 1), stored, noisy)
    noisy = torch.where(draw.chance(untouched, count).view(-1, 1, 1, 1), (target * 255).round() / 255, noisy)
    top, left = step * 5 % jpeg.BLOCK, step * 11 % jpeg.BLOCK
    noisy, target = (x[:, :, top : top + patch, left : left + patch] for x in (noisy, target))
    return noisy, target


def _as_taken(clean: Tensor, step: int) -> Tensor:
    """Return square pictures (N, C, H, H) of which every second is as soft as a camera's own pixels are."""
    side = clean.shape[-1]
    part = math.ceil(side / SOFTNESS[step // len(SHRINKING) % len(SOFTNESS)])
    soft = separable.resized(clean[::2, :, :part, :part], (side, side), "bicubic")
    taken = clean.clone()
    taken[::2] = soft.clamp(0, 1)
    return taken


def _luma(rgb: Tensor) -> Tensor:
    return jpeg.to_ycc(rgb)[:, :1].expand_as(rgb)


# Between two losses of quality a picture has a size of its own: side of the small crop times this, by step.
BETWEEN = (2, 3, 1, 4, 2, 1)
_KERNELS = ("bicubic", "bilinear", "area")
# The share of a batch, by place, that only was made small and perhaps compressed a little.
MILD_SHARE = 0.25


def small_photo(clean: Tensor, scale: int, step: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return (small, large) as photographs reach a web page: blurred, shrunk, noisy and compressed, twice over.

    ``clean`` is (N, 3, scale * side, ...) in 0..1 with side a multiple of 16; small is (N, 3, side - 16, ...) and
    large (N, 3, scale * (side - 16), ...). Two rounds of blur, resizing, noise and JPEG as in Wang et al.,
    "Real-ESRGAN" (ICCVW 2021); by place in the batch a quarter is only shrunk.
    """
    count, device, side = len(clean), clean.device, clean.shape[-1] // scale
    between = min(BETWEEN[step % len(BETWEEN)], scale) * side
    mild, harsh = clean.split((round(MILD_SHARE * count), count - round(MILD_SHARE * count)))
    parts = []
    if len(mild):
        draw = Draw(len(mild), generator, device)
        parts.append(_stored(separable.resized(mild, (side, side), "bicubic"), draw, step, 80, 100, share=0.5))
    if len(harsh):
        draw = Draw(len(harsh), generator, device)
        first = _blurred(harsh, draw, 2.5, 0.8, between, _KERNELS[step % 3])
        first = _noisy(first, draw, step, 25 / 255)
        first = _stored(first, draw, step, 40, 95)
        second = _blurred(first, draw, 1.2, 0.5, side, _KERNELS[(step + 1) % 3])
        second = _noisy(second, draw, step + 1, 10 / 255)
        parts.append(_stored(second, draw, step + 1, 50, 98))
    small = torch.cat(parts)
    edge = (step * 5 % jpeg.BLOCK, step * 11 % jpeg.BLOCK)
    kept = side - jpeg.BLOCK
    (top, left), (high, wide) = edge, (e * scale for e in edge)
    large = clean[:, :, high : high + kept * scale, wide : wide + kept * scale]
    return small[:, :, top : top + kept, left : left + kept], large


def _blurred(picture: Tensor, draw: Draw, most: float, share: float, side: int, method: str) -> Tensor:
    """Return square pictures made ``side`` pixels large, ``share`` of them blurred before, each its own way."""
    before, soft = picture.shape[-1], draw.chance(share)
    down, along = (separable.blur(draw.uniform(0.2, most, draw.count), before, most) for _ in range(2))
    picture = torch.where(soft, separable.apply(picture, down, along), picture)
    return separable.resized(picture, (side, side), method)


def _noisy(picture: Tensor, draw: Draw, step: int, most: float) -> Tensor:
    """Add noise that grows with the light, grey for half of the pictures and coarse for half of them.

    Which is which goes by place in the batch and ``step``, so that no more is drawn and smoothed than is used.
    """
    count, _, height, width = picture.shape
    noise = torch.empty_like(picture)
    for kind in range(4):
        places = slice((kind + step) % 4, None, 4)
        alike = len(range(count)[places])
        if not alike:
            continue
        drawn = draw.normal(alike, 1 if kind % 2 else 3, height, width)
        if kind >= 2:
            drawn = gaussian_blur(drawn, draw.uniform(0.4, 1.0, alike), most=1.0)
        noise[places] = drawn
    # a power of a uniform number: mostly little noise
    level = most * draw.uniform(0, 1) ** 2
    return picture.clamp(0, 1).add_(0.5).sqrt_().mul_(level).mul_(noise).add_(picture)


def _thinned(count: int, step: int) -> list[int]:
    """Return the places in a batch of the pictures whose colour is thinned: known without asking the device."""
    return [place for place in range(count) if (step * count + place) * _GOLDEN % 1 < _THINNED]


def _stored(picture: Tensor, draw: Draw, step: int, lowest: float, highest: float, share: float = 0.85) -> Tensor:
    """Return the picture in steps of 1/255, as a JPEG file decodes for ``share`` of the pictures."""
    count = len(picture)
    whole = (picture * 255).round_().clamp_(0, 255).div_(255)
    quality = draw.uniform(lowest, highest, count).floor()
    return torch.where(draw.chance(share), jpeg.compress(whole, quality, _thinned(count, step)), whole)


# A kernel that leaves a picture as it is.
_NO_BLUR = 0.05
# Shot noise for each step of ISO: what SHOT has for ISO 100 (see camera.py).
_SHOT_PER_ISO = SHOT[0] / 100


def spoil(
    clean: Tensor, damage: Damage, scale: int, step: int, generator: torch.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Return (given, target, clear): pictures damaged as a person chose, the truth, and ``given`` before its noise.

    ``clean`` is (N, 3, scale * side, ...) in 0..1 with side a multiple of 16; given and clear are
    (N, 3, side - 16, ...), target (N, 3, scale * (side - 16), ...). Blur, loss of pixels, noise of a sensor and white
    noise, JPEG, in the order in which they happen to a photograph; the result is in steps of 1/255. Each picture
    draws its own strength, but for shrinking: there all of a batch, the next step's another. The grid of blocks
    starts anywhere.
    """
    count, device, side = len(clean), clean.device, clean.shape[-1] // scale
    draw = Draw(count, generator, device)
    soft = clean
    if damage.blur:
        low, high = damage.blur
        soft = gaussian_blur(soft, draw.uniform(low, high).clamp(min=_NO_BLUR))
    low, high = damage.shrink or (1.0, 1.0)
    factor = low + (high - low) * (step * _GOLDEN % 1)
    fewer = max(1, round(side / factor))
    small = separable.resized(soft, (fewer, fewer), damage.method)
    small = separable.resized(small, (side, side), "bicubic").clamp(0, 1)
    given = small
    if damage.camera:
        iso_low, iso_high = damage.camera
        noisy, developed = camera_noise(small, draw, (iso_low * _SHOT_PER_ISO, iso_high * _SHOT_PER_ISO))
        given = given + noisy - developed
    if damage.gaussian:
        low, high = damage.gaussian
        given = given + draw.uniform(low / 255, high / 255) * draw.normal(*given.shape)
    given = (given * 255).round().clamp(0, 255) / 255
    if damage.jpeg:
        low, high = damage.jpeg
        quality = draw.uniform(low, high, count).round()
        given = jpeg.compress(given, quality, _thinned(count, step))
    kept, (top, left) = side - jpeg.BLOCK, (step * 5 % jpeg.BLOCK, step * 11 % jpeg.BLOCK)
    target = clean[:, :, top * scale : (top + kept) * scale, left * scale : (left + kept) * scale]
    given, clear = (x[:, :, top : top + kept, left : left + kept] for x in (given, small))
    return given, target, clear
