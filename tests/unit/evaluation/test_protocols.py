from __future__ import annotations

import io
import math
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio.engine.session import Session
from aestudio.errors import InputError
from aestudio.evaluation import restoration, sets
from aestudio.evaluation.metrics import auc, compare_bands, luma, psnr, ssim
from aestudio.evaluation.restoration import means
from aestudio.imageio.resample import resize


def test_psnr_of_a_known_error() -> None:
    a = np.full((10, 12), 100, np.uint8)
    assert psnr(a, a + 1) == pytest.approx(48.1308, abs=1e-4)
    assert psnr(a, a) == math.inf


def test_luma_has_the_studio_range() -> None:
    assert luma(np.zeros((1, 1, 3), np.uint8)).item() == pytest.approx(16)
    assert luma(np.full((1, 1, 3), 255, np.uint8)).item() == pytest.approx(235)


def test_the_area_under_the_curve_counts_pairs_in_order() -> None:
    assert auc([1, 2, 3], [4, 5]) == 1
    assert auc([1, 2, 3], [0, 0.5]) == 0
    assert auc([1, 2], [2, 3]) == (0.5 + 1 + 1 + 1) / 4


def test_ssim_is_one_for_equals_and_falls_with_noise() -> None:
    random = np.random.default_rng(0)
    a = np.kron(random.integers(0, 256, (8, 9)), np.ones((6, 6)))
    little, much = (a + random.normal(0, s, a.shape) for s in (5, 40))
    assert ssim(a, a) == pytest.approx(1)
    assert 1 > ssim(a, little) > ssim(a, much) > 0


def test_ssim_follows_its_definition_at_one_window() -> None:
    random = np.random.default_rng(1)
    a, b = random.uniform(0, 255, (2, 11, 11))
    offsets = np.arange(-5, 6)
    g = np.exp(-(offsets**2) / 4.5)
    w = np.outer(g, g) / np.outer(g, g).sum()
    ma, mb = (w * a).sum(), (w * b).sum()
    va, vb, cov = (w * a * a).sum() - ma**2, (w * b * b).sum() - mb**2, (w * a * b).sum() - ma * mb
    c1, c2 = 6.5025, 58.5225
    expected = (2 * ma * mb + c1) * (2 * cov + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2))
    assert ssim(a, b) == pytest.approx(expected)


def test_sets_follow_their_lists_and_crops(tmp_path: Path) -> None:
    folder = tmp_path / "test" / "bsd100"
    folder.mkdir(parents=True)
    for name, size in (("tall", (321, 481)), ("wide", (481, 321))):
        Image.new("RGB", size).save(folder / f"{name}.png")
    (tmp_path / "test" / "cbsd68.txt").write_text("wide.png\n")
    assert [(n, p.shape) for n, p in sets.clean_pictures("cbsd68", tmp_path)] == [("wide", (321, 481, 3))]
    assert dict((n, p.shape) for n, p in sets.clean_pictures("bsd100", tmp_path)) == {
        "tall": (480, 320, 3),
        "wide": (320, 480, 3),
    }
    assert len(sets.clean_pictures(str(folder), tmp_path)) == 2
    with pytest.raises(InputError, match="no test set"):
        sets.clean_pictures("set99", tmp_path)


def test_pairs_are_matched_by_name(tmp_path: Path) -> None:
    for name in ("a_real", "a_mean"):
        Image.new("RGB", (8, 8)).save(tmp_path / f"{name}.png")
    assert [stem for stem, _, _ in sets.pairs(str(tmp_path), tmp_path)] == ["a"]
    Image.new("RGB", (8, 8)).save(tmp_path / "b_real.png")
    missed: list[str] = []
    both = sets.pairs(str(tmp_path), tmp_path, lambda path, error: missed.append(f"{path.name}: {error}"))
    assert [stem for stem, _, _ in both] == ["a"]
    assert len(missed) == 1
    assert missed[0].startswith("b_real.png: ")
    assert "b_mean" in missed[0]
    (tmp_path / "b_real.png").unlink()
    (tmp_path / "a_mean.png").unlink()
    with pytest.raises(InputError, match="a_mean"):
        sets.pairs(str(tmp_path), tmp_path)


def test_means_are_per_figure() -> None:
    assert means([{"psnr": 30.0, "ssim": 0.5}, {"psnr": 32.0, "ssim": 0.7}]) == pytest.approx({"psnr": 31, "ssim": 0.6})


def session(run: Callable[[NDArray[Any]], NDArray[Any]], scale: int = 1, multiple: int = 8) -> Session:
    """Return what the protocols use of a session: a network whose figures are known beforehand."""
    stub = SimpleNamespace(
        run=lambda window, sigma=None: run(window), multiple=multiple, card=SimpleNamespace(scale=scale)
    )
    return cast("Session", stub)


IDENTITY = session(lambda window: window)


def picture(height: int = 37, width: int = 51) -> NDArray[np.uint8]:
    random = np.random.default_rng(5)
    coarse = random.integers(0, 256, (height // 6 + 1, width // 6 + 1, 3))
    whole: NDArray[np.uint8] = np.kron(coarse, np.ones((6, 6, 1)))[:height, :width].astype(np.uint8)
    return whole


def decibels(a: NDArray[Any], b: NDArray[Any]) -> float:
    return 10 * math.log10(255**2 / float(np.mean((a.astype(float) - b.astype(float)) ** 2)))


@pytest.mark.parametrize("clipped", [False, True])
def test_denoising_adds_the_published_noise(clipped: bool) -> None:
    clean = picture()
    noise = np.random.RandomState(0).normal(0, 25 / 255, clean.shape)
    noisy = clean / 255 + noise
    as_stored = np.clip(np.floor(noisy * 255 + 0.5), 0, 255)
    row = restoration.denoise(IDENTITY, clean, 25, clipped)
    assert row["psnr"] == pytest.approx(decibels(as_stored, clean), abs=1e-3)
    expected = as_stored if clipped else np.clip(noisy * 255, 0, 255)
    assert row["noisy"] == pytest.approx(decibels(expected, clean), abs=1e-3)


def test_the_network_gets_unclipped_noise_unless_told_otherwise() -> None:
    seen: list[NDArray[Any]] = []

    def watch(window: NDArray[Any]) -> NDArray[Any]:
        seen.append(window)
        return window

    for clipped in (False, True):
        restoration.denoise(session(watch), picture(), 50, clipped)
    assert seen[0].min() < 0
    assert seen[0].max() > 1
    assert np.array_equal(np.rint(seen[1] * 255), np.clip(np.rint(seen[1] * 255), 0, 255))
    assert np.allclose(np.rint(seen[1] * 255), seen[1] * 255, atol=1e-3)


def test_a_model_may_be_told_another_level_than_the_noise_has() -> None:
    told = []

    def take(session: Session, values: NDArray[Any], sigma: float) -> NDArray[Any]:
        told.append(sigma)
        return values

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoration, "run_whole", take)
        same, other = (restoration.denoise(IDENTITY, picture(), 25, told=level) for level in (None, 50))
    assert told == [25, 50]
    assert same == other, "the noise is that of the level"


def test_a_real_photo_that_is_left_alone_scores_as_it_came() -> None:
    clean = picture()
    noisy = np.clip(clean + np.random.default_rng(1).normal(0, 12, clean.shape), 0, 255).astype(np.uint8)
    row = restoration.photo(IDENTITY, noisy, clean, 12)
    assert row["psnr"] == row["noisy"] == pytest.approx(decibels(noisy, clean))
    assert row["sigma"] == 12


def test_what_a_shots_shift_and_light_explain_is_said_beside() -> None:
    y, x = np.mgrid[0:96, 0:128]
    waves = np.sin((x + 0.3) / 5) + np.sin((y - 0.2) / 7), np.sin(x / 5) + np.sin(y / 7)
    moved, clean = (np.stack([128 + 25 * w, 128 + 20 * w, 100 + 30 * w], 2) for w in waves)
    noise = np.random.default_rng(1).normal(0, 2, clean.shape)
    noisy, truth = (np.rint(values).astype(np.uint8) for values in (moved + noise + (3, 0, -2), clean))
    row = restoration.photo(IDENTITY, noisy, truth, 2)
    assert row["aligned"] == row["noisy_aligned"] == pytest.approx(20 * np.log10(255 / 2), abs=0.2)
    assert row["psnr"] < row["aligned"] - 2
    # noise alone is not explained away
    still = np.rint(clean + noise).astype(np.uint8)
    row = restoration.photo(IDENTITY, still, truth, 2)
    assert row["aligned"] == pytest.approx(row["psnr"], abs=0.01)


def test_jpeg_is_measured_on_the_luma_of_a_grey_file() -> None:
    clean = picture()
    grey = np.floor(16 + clean.astype(float) @ [65.481 / 255, 128.553 / 255, 24.966 / 255] + 0.5).astype(np.uint8)
    store = io.BytesIO()
    Image.fromarray(grey).save(store, "JPEG", quality=20)
    with Image.open(store) as image:
        compressed = np.array(image)
    row = restoration.jpeg(IDENTITY, clean, 20, 10)
    assert row["psnr"] == row["compressed"] == pytest.approx(decibels(compressed, grey))


def test_a_grey_picture_is_its_own_luma() -> None:
    grey = picture()[..., :1]
    store = io.BytesIO()
    Image.fromarray(grey[..., 0]).save(store, "JPEG", quality=20)
    with Image.open(store) as image:
        expected = decibels(np.array(image), grey[..., 0])
    assert restoration.jpeg(IDENTITY, np.repeat(grey, 3, axis=2), 20, 10)["compressed"] == pytest.approx(expected)


def test_upscaling_by_bicubic_scores_as_bicubic() -> None:
    def bicubic(window: NDArray[Any]) -> NDArray[Any]:
        return resize(window, (window.shape[0] * 3, window.shape[1] * 3), 3)

    large = picture(47, 64)
    row = restoration.upscale(session(bicubic, scale=3, multiple=1), large)
    truth = large[:45, :63]
    small = np.clip(np.floor(resize(truth, (15, 21), 1 / 3) + 0.5), 0, 255)
    plain = np.clip(np.floor(resize(small, (45, 63), 3) + 0.5), 0, 255).astype(np.uint8)
    expected = decibels(luma(plain)[3:-3, 3:-3], luma(truth)[3:-3, 3:-3])
    assert row["bicubic"] == pytest.approx(expected, abs=1e-6)
    assert row["psnr"] == pytest.approx(expected, abs=1e-2)
    assert row["ssim"] == pytest.approx(ssim(luma(plain)[3:-3, 3:-3], luma(truth)[3:-3, 3:-3]), abs=1e-3)


@pytest.mark.parametrize("heights", [(37,), (20, 17), (5, 4, 3, 25), (9,)])
def test_figures_by_bands_are_those_of_the_whole(heights: tuple[int, ...]) -> None:
    random = np.random.default_rng(3)
    a = random.integers(0, 256, (sum(heights), 31, 3), dtype=np.uint8)
    b = np.clip(a + random.normal(0, 9, a.shape), 0, 255).astype(np.uint8)
    cuts = np.cumsum(heights)[:-1]
    ratio, similarity = compare_bands(zip(np.split(a, cuts), np.split(b, cuts), strict=True))
    assert ratio == pytest.approx(psnr(a, b))
    if sum(heights) > 10:
        assert similarity == pytest.approx(ssim(luma(a), luma(b)))
    else:
        assert np.isnan(similarity)
    ratio, _ = compare_bands([(a, b)], luma_only=True)
    assert ratio == pytest.approx(psnr(luma(a), luma(b)))


def test_the_least_side_that_is_measured_can_be() -> None:
    side = restoration.least_side(3)
    plain = session(lambda window: resize(window, (window.shape[0] * 3, window.shape[1] * 3), 3), 3, 1)
    row = restoration.upscale(plain, picture()[:side, :side])
    assert np.isfinite([row["psnr"], row["ssim"]]).all()
    # one step less leaves no room for SSIM's window
    assert side - 3 - 2 * 3 < 11
