"""The published protocols for denoising, real noise, JPEG and super-resolution.

Each yields one row a picture as a table of names to figures; the mean is the caller's.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.engine.session import Floats, Session
from aestudio.engine.similarity import WINDOW
from aestudio.evaluation.metrics import displacement, luma, psnr, ssim
from aestudio.imageio.resample import resize, to_uint8

Pixels = NDArray[np.uint8]
Row = dict[str, float]


def denoise(session: Session, picture: Pixels, sigma: float, clipped: bool = False, told: float | None = None) -> Row:
    """Return RGB PSNR for white Gaussian noise of ``sigma`` (8-bit units).

    The noise is ``np.random.seed(0)``'s for each picture, added without clipping (with
    ``clipped``: rounded and clipped as a file stores it); the result is rounded to 8 bits. The model is told
    ``sigma``, or what a person might set instead: ``told``.
    """
    random = np.random.RandomState(0)
    noisy = picture.astype(np.float64) / 255 + random.normal(0, sigma / 255, picture.shape)
    if clipped:
        noisy = np.clip(np.round(noisy * 255), 0, 255) / 255
    restored = run_whole(session, noisy.astype(np.float32), sigma if told is None else told)
    return {"noisy": psnr(np.clip(noisy * 255, 0, 255), picture), "psnr": psnr(to_8bit(restored), picture)}


def photo(session: Session, noisy: Pixels, clean: Pixels, sigma: float | None) -> Row:
    """Return RGB PSNR on a real noisy picture; ``sigma`` None is blind: the model's or the program's estimate.

    The truth of such pairs is the mean of many shots, of which the noisy one may lie half a pixel away and have other
    light: ``aligned`` and ``noisy_aligned`` are without what one shift and one offset of each colour explain of the
    noisy picture's difference (found without the model).
    """
    values: Floats = noisy.astype(np.float32) / np.float32(255)
    level = session.judge_noise(values) if sigma is None else sigma
    restored = to_8bit(run_whole(session, values, level))
    moved = displacement(noisy, clean)
    aligned = {"noisy_aligned": psnr(noisy - moved, clean), "aligned": psnr(restored - moved, clean)}
    return {"noisy": psnr(noisy, clean), "sigma": level, "psnr": psnr(restored, clean), **aligned}


def jpeg(session: Session, picture: Pixels, quality: int, sigma: float | None) -> Row:
    """Return Y PSNR before and after for JPEG compression of the luma at ``quality`` (grey JPEG).

    A grey picture is its own luma; a coloured one is converted as MATLAB's ``rgb2ycbcr`` does (ARCNN's protocol).
    """
    is_grey = np.array_equal(picture[..., 0], picture[..., 1]) and np.array_equal(picture[..., 1], picture[..., 2])
    grey = picture[..., 0] if is_grey else np.round(luma(picture)).astype(np.uint8)
    store = io.BytesIO()
    Image.fromarray(grey).save(store, "JPEG", quality=quality)
    compressed = np.array(Image.open(store))
    values: Floats = np.repeat(compressed[..., None], 3, axis=2).astype(np.float32) / np.float32(255)
    level = session.judge_noise(values) if sigma is None else sigma
    restored = to_8bit(run_whole(session, values, level).mean(axis=2))
    return {"compressed": psnr(compressed, grey), "sigma": level, "psnr": psnr(restored, grey)}


def upscale(session: Session, picture: Pixels) -> Row:
    """Return Y PSNR and SSIM, the model's and bicubic's, at the model's own scale.

    The large picture is cropped to a multiple of the scale and shrunk by MATLAB's bicubic; the
    result is rounded to 8 bits and loses ``scale`` pixels at each border.
    """
    scale = session.card.scale
    large = picture[: picture.shape[0] // scale * scale, : picture.shape[1] // scale * scale]
    size = large.shape[0], large.shape[1]
    small = to_uint8(resize(large, (size[0] // scale, size[1] // scale), 1 / scale))
    plain = to_uint8(resize(small, size, scale))
    restored = to_8bit(run_whole(session, small.astype(np.float32) / np.float32(255)))
    truth, *candidates = (luma(p)[scale:-scale, scale:-scale] for p in (large, plain, restored))
    bicubic, ours = candidates
    return {"bicubic": psnr(bicubic, truth), "psnr": psnr(ours, truth), "ssim": ssim(ours, truth)}


def least_side(scale: int) -> int:
    """Return the least side of a picture that is measured at ``scale``: SSIM's window within the borders."""
    return -(-(WINDOW + 2 * scale) // scale) * scale


def run_whole(session: Session, values: Floats, sigma: float | None = None) -> Floats:
    """Return the network's result for a whole picture (H, W, 3), padded by mirroring and cropped again."""
    height, width = values.shape[:2]
    multiple, scale = session.multiple, session.card.scale
    padded = np.pad(values, ((0, -height % multiple), (0, -width % multiple), (0, 0)), mode="symmetric")
    return session.run(padded, sigma)[: height * scale, : width * scale]


def to_8bit(values: Floats) -> Pixels:
    """Return values of 0..1 clipped and rounded to 8 bits."""
    return to_uint8(values * 255)


def means(rows: Iterator[Row] | list[Row]) -> Row:
    """Return the mean of each figure over pictures."""
    table = list(rows)
    return {key: float(np.mean([row[key] for row in table])) for key in table[0]}
