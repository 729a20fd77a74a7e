from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aestudio.errors import InputError
from aestudio.evaluation import sets
from aestudio.evaluation.metrics import luma, psnr, ssim
from aestudio.evaluation.restoration import means


def test_psnr_of_a_known_error() -> None:
    a = np.full((10, 12), 100, np.uint8)
    assert psnr(a, a + 1) == pytest.approx(48.1308, abs=1e-4)
    assert psnr(a, a) == math.inf


def test_luma_has_the_studio_range() -> None:
    assert luma(np.zeros((1, 1, 3), np.uint8)).item() == pytest.approx(16)
    assert luma(np.full((1, 1, 3), 255, np.uint8)).item() == pytest.approx(235)


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
    (tmp_path / "a_mean.png").unlink()
    with pytest.raises(InputError, match="a_mean"):
        sets.pairs(str(tmp_path), tmp_path)


def test_means_are_per_figure() -> None:
    assert means([{"psnr": 30.0, "ssim": 0.5}, {"psnr": 32.0, "ssim": 0.7}]) == pytest.approx({"psnr": 31, "ssim": 0.6})
