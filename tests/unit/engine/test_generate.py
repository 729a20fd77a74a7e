"""Pictures from latent vectors and back: what stays the same, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from latent_samples import COLOUR, GREY, install

from aestudio.catalog import store
from aestudio.engine import device, generate
from aestudio.engine.embed import embed, fit_picture
from aestudio.engine.session import Session
from aestudio.errors import SettingsError
from aestudio.imageio.picture import Picture, PictureInfo
from aestudio.models.latent import CorrelatedPrior

CPU32 = device.choose("cpu", "float32")


@pytest.fixture
def grey() -> Session:
    install("grey", GREY)
    return Session(store.find("grey"), CPU32)


@pytest.fixture
def conditional() -> Session:
    install("kinds", {**GREY, "classes": 3}, ["cat", "dog", "owl"])
    return Session(store.find("kinds"), CPU32)


def test_more_samples_go_on_where_fewer_stopped(grey: Session) -> None:
    ten = generate.draw_latents(grey, 10, seed=3)
    assert np.array_equal(generate.draw_latents(grey, 4, seed=3), ten[:4])
    assert np.array_equal(generate.draw_latents(grey, 4, seed=3, first=6), ten[6:])
    assert not np.array_equal(generate.draw_latents(grey, 10, seed=4), ten)


def test_seeds_below_nought_are_seeds_too(grey: Session) -> None:
    drawn = [generate.draw_latents(grey, 1, seed=seed).tobytes() for seed in (-1, -5, -6, -(2**63))]
    assert len(set(drawn)) == 4


def test_draws_are_normal_scaled_and_truncated(grey: Session) -> None:
    drawn = generate.draw_latents(grey, 4000, seed=0)
    assert drawn.mean() == pytest.approx(0, abs=0.05)
    assert drawn.std() == pytest.approx(1, abs=0.03)
    assert np.allclose(generate.draw_latents(grey, 50, 0, temperature=0.5), 0.5 * drawn[:50], atol=1e-6)
    near = generate.draw_latents(grey, 4000, 0, truncation=0.7)
    assert 0.6 < np.abs(near).max() <= 0.7


def test_draws_follow_a_fitted_prior(grey: Session) -> None:
    network = generate.latent_network(grey)
    network.with_prior(2)
    assert network.prior is not None
    network.prior.mean[:, 0] = network.prior.mean.new_tensor([5.0, -5.0])
    drawn = generate.draw_latents(grey, 400, seed=0)
    assert np.abs(np.abs(drawn[:, 0]) - 5).mean() < 1.2
    assert 0.4 < (drawn[:, 0] > 0).mean() < 0.6
    assert np.allclose(np.abs(generate.draw_latents(grey, 20, 0, temperature=0)[:, 0]), 5)


def test_a_mosaic_is_the_plane_decoded_cell_by_cell(grey: Session) -> None:
    latent = generate.latent_size(grey)
    rng = np.random.default_rng(1)
    origin, first, second = rng.normal(size=(3, latent))
    shown = generate.mosaic(grey, (origin, first, second), (-1, 0, 2, 1), 3, 2)
    size = generate.latent_network(grey).size
    assert shown.shape == (2 * size, 3 * size, 1)
    # the last cell of the first row: x in 1..2, y in 0.5..1
    there = generate.decode(grey, (origin + 1.5 * first + 0.75 * second)[None])[0]
    assert np.abs(shown[:size, 2 * size :].astype(int) - there).max() <= 1
    with pytest.raises(SettingsError, match="cannot be drawn"):
        generate.mosaic(grey, (origin, first, second), (1, 0, 1, 1), 3, 2)
    with pytest.raises(SettingsError, match="takes"):
        generate.mosaic(grey, (origin[:-1], first[:-1], second[:-1]), (0, 0, 1, 1), 3, 2)


def test_a_latent_of_one_dimension_has_no_map() -> None:
    install("line", {**GREY, "latent": 1})
    with pytest.raises(SettingsError, match="one dimension"):
        generate.mosaic(Session(store.find("line"), CPU32), ((0.0,),) * 3, (0, 0, 1, 1), 1, 1)


def test_draws_and_what_is_like_them_follow_a_correlated_prior() -> None:
    arguments = {"size": 8, "widths": [4], "groups": [1], "depth": [2], "top": 4, "hidden": 8, "prior_rank": 1}
    install("ladder", arguments, architecture="ladder-vae")
    session = Session(store.find("ladder"), CPU32)
    network = generate.latent_network(session)
    assert isinstance(network.prior, CorrelatedPrior)
    size = network.latent
    network.prior.mean.fill_(3)
    network.prior.directions.fill_(size**-0.5)
    network.prior.excess.fill_(99)
    # all numbers of a draw go up and down together
    drawn = generate.draw_latents(session, 2000, seed=0)
    assert np.corrcoef(drawn.T)[0, 1] == pytest.approx(0.73, abs=0.05)
    assert drawn.mean() == pytest.approx(3, abs=0.2)
    assert np.allclose(generate.draw_latents(session, 5, 0, temperature=0), 3)
    varied = generate.vary(session, drawn[0], 1.0, 2000, seed=1)
    assert np.corrcoef(varied.T)[0, 1] == pytest.approx(0.73, abs=0.05)
    assert varied.mean() == pytest.approx(3, abs=0.2)
    assert np.allclose(generate.vary(session, drawn[0], 0.0, 1, seed=1)[0], drawn[0], atol=1e-5)


def test_more_like_this_stays_near_and_normal() -> None:
    install("wide", {**GREY, "latent": 500})
    session, vector = Session(store.find("wide"), CPU32), np.ones(500, np.float32)
    near, far = (generate.vary(session, vector, amount, 3, seed=1) for amount in (0.1, 1.0))
    assert np.abs(near - vector).mean() < 0.2 < np.abs(far - vector).mean()
    assert far.std() == pytest.approx(1, abs=0.1)
    with pytest.raises(SettingsError, match="out of range"):
        generate.vary(session, vector, 2, 1, 0)


@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        (np.zeros((2, 3)), "takes \\(N, 2\\)"),
        (np.zeros(2), "takes \\(N, 2\\)"),
        (np.array([[0.0, np.nan]]), "not numbers"),
        (np.array([[0.0, np.inf]]), "not numbers"),
    ],
)
def test_bad_vectors_are_refused(grey: Session, vectors: np.ndarray, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        generate.decode(grey, vectors)


def test_bad_requests_are_refused(grey: Session) -> None:
    with pytest.raises(SettingsError, match="at once"):
        generate.draw_latents(grey, 0, 0)
    with pytest.raises(SettingsError, match="truncation"):
        generate.draw_latents(grey, 1, 0, truncation=-1)
    with pytest.raises(SettingsError, match="has no classes"):
        generate.labels_for(grey, 1, "cat")
    denoiser = Session(store.find("denoise-fast"), CPU32)
    with pytest.raises(SettingsError, match="no latent space"):
        generate.encode(denoiser, np.zeros((1, 8, 8, 1), np.uint8))


def test_classes_are_taken_by_name_or_in_turn(conditional: Session) -> None:
    vectors = np.zeros((4, 2), np.float32)
    turn = generate.decode(conditional, vectors)
    assert np.array_equal(turn[0], turn[3])
    owl = generate.decode(conditional, vectors[:1], generate.labels_for(conditional, 1, "owl"))
    assert np.array_equal(owl[0], turn[2])
    with pytest.raises(SettingsError, match="cat, dog, owl"):
        generate.labels_for(conditional, 1, "fish")
    found = generate.likeliest_classes(conditional, turn)
    assert found is not None
    assert set(found) <= {0, 1, 2}


def picture(pixels: np.ndarray, alpha: np.ndarray | None = None) -> Picture:
    height, width, channels = pixels.shape
    info = PictureInfo(Path("x.png"), "png", width, height, channels, alpha is not None, pixels.dtype)
    return Picture(info, pixels, alpha)


def test_pictures_are_fitted_and_it_is_said() -> None:
    colours = np.zeros((30, 37, 3), np.uint8)
    colours[..., 0] = 200
    fitted = fit_picture(picture(colours, np.full((30, 37), 0, np.uint8)), 8, 1)
    assert fitted.pixels.shape == (8, 8, 1)
    assert fitted.pixels.min() == 255
    assert fitted.notes == ("laid on white", "cut to its middle square", "shrunk from 30 to 8 pixels")
    assert "turned grey" in fit_picture(picture(colours), 8, 1).notes
    assert fit_picture(picture(np.zeros((8, 8, 3), np.uint8)), 8, 1).notes == ()
    deep = fit_picture(picture(np.full((4, 4, 1), 65535, np.uint16)), 8, 3)
    assert deep.pixels.shape == (8, 8, 3)
    assert deep.pixels.min() == 255


def test_what_comes_back_badly_is_flagged() -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (3, 16, 16, 3), dtype=np.uint8)
    install("strict", COLOUR, loss_limit=1.0)
    strict = embed(Session(store.find("strict"), CPU32), pictures)
    assert strict.unlike.all()
    assert strict.z_mean.shape == strict.z_log_sigma.shape == (3, 4)
    assert (strict.psnr > 0).all()
    assert np.allclose(strict.bits_per_dim * np.log(2) * 768, strict.loss, rtol=0.1)
    install("lenient", COLOUR, loss_limit=1e9)
    assert not embed(Session(store.find("lenient"), CPU32), pictures).unlike.any()
