"""Networks with a latent space: what they learn from, what they minimise, and what is fitted afterwards."""

from __future__ import annotations

import dataclasses
import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.catalog.axes import axes_of
from aestudio.errors import InputError
from aestudio.models.latent import Posterior
from aestudio.models.weights import load_network
from aestudio.training import finishing, squares
from aestudio.training.autoencoding import VaeObjective, free_kl
from aestudio.training.fit import fit
from aestudio.training.loop import Trainer
from aestudio.training.neighbours import PlacedObjective, arrange, nearest, principal
from aestudio.training.objectives import make_objective
from aestudio.training.priors import fit_correlated, fit_mixture, gain
from aestudio.training.recipes import Recipe

CPU = torch.device("cpu")
FLAT = {"size": 8, "latent": 2, "width": 4, "hidden": 16}
TINY = Recipe("vae", "conv-vae", FLAT, batch=16, warmup=2, held_out=4, adamw_rate=3e-2, clip=50.0)
DEEP = {"size": 8, "channels": 3, "widths": [4, 8], "groups": [0, 1], "depth": [1, 2], "top": 2, "hidden": 16}
VARIANTS = [
    TINY,
    dataclasses.replace(TINY, arguments={**FLAT, "classes": 9}),
    dataclasses.replace(TINY, neighbours=1.0),
    dataclasses.replace(TINY, architecture="autoencoder"),
    dataclasses.replace(TINY, architecture="adversarial-autoencoder", adversarial=1.0),
    dataclasses.replace(TINY, architecture="ladder-vae", arguments={**DEEP, "likelihood": "logistic"}, flip=True),
    dataclasses.replace(TINY, arguments={**FLAT, "likelihood": "gaussian"}),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Bright and dark pictures in a folder each."""
    random = np.random.default_rng(0)
    for kind, low in (("dark", 0), ("light", 225)):
        (tmp_path / "pictures" / kind).mkdir(parents=True)
        for number in range(30):
            pixels = np.full((10, 12, 3), random.integers(low, low + 30), np.uint8)
            Image.fromarray(pixels).save(tmp_path / "pictures" / kind / f"{kind}{number}.png")
    return tmp_path / "pictures"


@pytest.mark.parametrize("recipe", VARIANTS)
def test_every_kind_learns(recipe: Recipe, folder: Path, tmp_path: Path) -> None:
    run = Trainer(recipe, make_objective(recipe, folder, CPU), tmp_path / "run", CPU)
    if recipe.arguments.get("classes"):
        run = Trainer(run.objective.recipe, run.objective, tmp_path / "run", CPU)
    before = run.run(steps=1).scores["reconstruction"]
    after = run.run(steps=60).scores["reconstruction"]
    assert after < before


@pytest.mark.parametrize("number", [3, 4])
def test_autoencoders_without_a_bound_report_none(folder: Path, tmp_path: Path, number: int) -> None:
    recipe = VARIANTS[number]
    assert recipe.architecture in ("autoencoder", "adversarial-autoencoder")
    trainer = Trainer(recipe, make_objective(recipe, folder, CPU), tmp_path / "run", CPU)
    scores = trainer.run(steps=20).scores
    assert next(iter(scores)) == "log_likelihood"
    assert scores["log_likelihood"] == -scores["reconstruction"] < 0
    assert not {"elbo", "kl", "bits_per_dim"} & set(scores)
    assert ("told_apart" in scores) == (recipe.architecture == "adversarial-autoencoder")
    assert 0 <= scores.get("told_apart", 0.5) <= 1


def test_adversarial_runs_resume_with_their_critic(folder: Path, tmp_path: Path) -> None:
    first = Trainer(VARIANTS[4], make_objective(VARIANTS[4], folder, CPU), tmp_path / "run", CPU)
    first.run(steps=3)
    second = Trainer(VARIANTS[4], make_objective(VARIANTS[4], folder, CPU), tmp_path / "run", CPU)
    second.resume()
    one, two = (t.objective.companions()["critic"][0].state_dict() for t in (first, second))
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_classes_are_folders_and_stand_on_the_card(folder: Path, tmp_path: Path) -> None:
    path = fit(VARIANTS[1], folder, "kinds", tmp_path / "run", tmp_path / "models", CPU, steps=2)
    network, card = load_network(path)
    assert card.classes == ["dark", "light"]
    assert card.arguments["classes"] == 2
    assert network.classes == 2
    fit(VARIANTS[1], folder, "kinds", tmp_path / "run", tmp_path / "models", CPU, steps=3, resume=True)
    with pytest.raises(InputError, match="no classes"):
        make_objective(VARIANTS[1], folder / "dark", CPU)


def test_a_prior_is_fitted_and_its_gain_measured(folder: Path, tmp_path: Path) -> None:
    recipe = dataclasses.replace(TINY, prior=2)
    path = fit(recipe, folder, "placed", tmp_path / "run", tmp_path / "models", CPU, steps=60)
    network, card = load_network(path)
    assert card.statistics["prior_gain"] > 0
    assert card.statistics["loss_limit"] > 0
    assert network.prior is not None
    assert card.arguments["prior"] == 2


def test_a_prior_that_cannot_be_computed_costs_no_model(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(*arguments: object) -> object:
        raise NotImplementedError("The operator 'aten::linalg_qr' is not implemented for this device.")

    monkeypatch.setattr(finishing, "fit_correlated", missing)
    monkeypatch.setattr(finishing, "fit_mixture", missing)
    recipe = dataclasses.replace(VARIANTS[5], prior=2, prior_rank=2)
    path = fit(recipe, folder, "bare", tmp_path / "run", tmp_path / "models", CPU, steps=2)
    network, card = load_network(path)
    assert network.prior is None
    assert "prior_gain" not in card.statistics
    assert caplog.text.count("linalg_qr") == 2


def test_decompositions_are_left_to_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[torch.Tensor] = []

    def cpu(values: torch.Tensor) -> torch.Tensor:
        moved.append(values.clone())
        return moved[-1]

    seen: list[bool] = []
    monkeypatch.setattr(torch.Tensor, "cpu", cpu)
    for name in ("pca_lowrank", "svd_lowrank"):
        honest = getattr(torch, name)

        def noted(
            values: torch.Tensor, *others: object, honest: Callable[..., object] = honest, **more: object
        ) -> object:
            seen.append(any(values is known for known in moved))
            return honest(values, *others, **more)

        monkeypatch.setattr(torch, name, noted)
    principal(torch.randint(0, 256, (60, 1, 8, 8), dtype=torch.uint8))
    fit_correlated(Posterior(torch.randn(50, 4), torch.zeros(50, 4)), 2, seed=0)
    assert len(seen) == 7
    assert all(seen)


def test_of_two_priors_the_better_one_is_kept(folder: Path, tmp_path: Path) -> None:
    arguments = {**DEEP, "likelihood": "gaussian", "groups": [1, 1]}
    deep = dataclasses.replace(TINY, architecture="ladder-vae", arguments=arguments, prior=2, flip=True)
    gains = {}
    for rank in (0, 8):
        recipe = dataclasses.replace(deep, prior_rank=rank)
        name = f"rank{rank}"
        path = fit(recipe, folder, name, tmp_path / name, tmp_path / "models", CPU, steps=60)
        network, card = load_network(path)
        assert network.prior is not None
        gains[len(network.prior.mean) if "prior_rank" in card.arguments else 0] = card.statistics["prior_gain"]
    # bright and dark pictures differ at every level, of which the mixture knows the top only
    assert gains[network.latent] > gains[0]


def test_a_correlated_prior_finds_what_goes_together() -> None:
    torch.manual_seed(0)
    factor, own = torch.randn(30, 2), torch.rand(30) + 0.5
    expected = torch.distributions.LowRankMultivariateNormal(torch.randn(30), factor, own.square())
    means = expected.sample((4000,))
    exact = Posterior(means, torch.full_like(means, -10))
    prior = fit_correlated(exact, 2, seed=0)
    unseen = expected.sample((2000,))
    assert float(expected.log_prob(unseen).mean() - prior.log_prob(unseen).mean()) < 0.15
    assert gain(prior, unseen) > 5
    assert torch.equal(fit_correlated(exact, 2, seed=0).directions, prior.directions)
    # a posterior's spread is part of where pictures lie
    wide = fit_correlated(Posterior(means, torch.full_like(means, 1.0)), 2, seed=0)
    assert torch.all(wide.spread > prior.spread + 1)
    # more directions than dimensions, and hardly any pictures
    few = fit_correlated(Posterior(means[:3], torch.zeros(3, 30)), 64, seed=0)
    assert few.log_prob(unseen).isfinite().all()


def test_axes_are_those_of_the_posterior_means(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "MOST_DIMENSIONS", 20)
    arguments = {**DEEP, "likelihood": "gaussian", "groups": [1, 1]}
    recipe = dataclasses.replace(TINY, architecture="ladder-vae", arguments=arguments)
    path = fit(recipe, folder, "deep", tmp_path / "run", tmp_path / "models", CPU, steps=40)
    network, card = load_network(path)
    axes = axes_of(card)
    assert axes is not None
    # the top and the group of 2 x 2 x 2, without that of 1 x 4 x 4
    assert network.group_sizes() == [2, 8, 16]
    assert len(card.statistics["axes"]["mean"]) == 10
    pictures = VaeObjective(recipe, folder, CPU).train.float() / 255
    with torch.inference_mode():
        means = network.encode(pictures).z_mean
    along = (means - torch.tensor(axes.mean)) @ torch.tensor(axes.directions).T
    assert along.std(0).tolist() == pytest.approx(axes.deviations, rel=0.02, abs=1e-3)
    assert float(along.mean(0).abs().max()) < 0.02 * axes.deviations[0] + 1e-3
    assert all(len(row) == network.latent and not any(row[10:]) for row in axes.directions)
    assert "directions" not in path.with_suffix(".md").read_text(encoding="utf-8")


def test_a_mixture_finds_two_heaps() -> None:
    generator = torch.Generator().manual_seed(0)
    heaps = torch.tensor([[3.0, 0.0], [-3.0, 0.0]]).repeat(300, 1)
    points = heaps + 0.5 * torch.randn(600, 2, generator=generator)
    prior = fit_mixture(points, 2, seed=0)
    assert sorted(prior.mean[:, 0].tolist()) == pytest.approx([-3, 3], abs=0.15)
    assert gain(prior, points) > 2
    assert fit_mixture(points[:3], 5, seed=0).log_prob(points).isfinite().all()


def test_free_nats_leave_small_divergences_alone() -> None:
    kl = torch.tensor([[0.1, 3.0], [0.3, 1.0]])
    assert float(free_kl(kl, 0.0)) == pytest.approx(2.2)
    assert float(free_kl(kl, 0.5)) == pytest.approx(2.5)


def test_neighbours_are_the_nearest_others() -> None:
    brightness = torch.tensor([0, 10, 100, 112, 250, 240]).view(6, 1, 1, 1).to(torch.uint8).expand(-1, 1, 4, 4)
    assert nearest(principal(brightness), 1)[:, 0].tolist() == [1, 0, 3, 2, 5, 4]


def test_neighbours_in_groups_are_those_of_a_whole_sort() -> None:
    points = torch.randn(2500, 3, generator=torch.Generator().manual_seed(0))
    distance = torch.cdist(points, points)
    distance.fill_diagonal_(torch.inf)
    assert torch.equal(nearest(points, 3), distance.topk(3, largest=False).indices)


def test_heaps_stay_apart_on_the_map_that_no_line_separates() -> None:
    generator = torch.Generator().manual_seed(0)
    centres = 3 * torch.eye(6)
    kind = torch.arange(600) % 6
    points = centres[kind] + 0.3 * torch.randn(600, 6, generator=generator)
    places = arrange(points, nearest(points, 15), 2, seed=0, epochs=60)
    assert float(places.mean(0).abs().max()) < 1e-4
    assert float(places.var(0).mean()) == pytest.approx(1, abs=1e-3)
    alike = kind[nearest(places, 1)[:, 0]] == kind
    assert float(alike.float().mean()) > 0.97
    flat = kind[nearest(points[:, :2], 1)[:, 0]] == kind
    assert float(flat.float().mean()) < 0.7


def test_pictures_are_drawn_to_their_places(folder: Path, tmp_path: Path) -> None:
    recipe = dataclasses.replace(TINY, neighbours=300.0)
    objective = make_objective(recipe, folder, CPU)
    assert isinstance(objective, PlacedObjective)
    run = Trainer(recipe, objective, tmp_path / "run", CPU)
    pictures = objective.train.float() / 255

    def away() -> float:
        with torch.inference_mode():
            return float((run.network.encode(pictures).z_mean - objective.places).norm(dim=1).mean())

    before = away()
    run.run(steps=150)
    # a picture of one brightness cannot tell both coordinates of its place
    assert away() < 0.7 * before


def test_digits_are_split_and_binarised(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    for name, shape in (("images-idx3", (10_020, 28, 28)), ("labels-idx1", (10_020,))):
        values = random.integers(0, 10 if len(shape) == 1 else 256, shape, dtype=np.uint8)
        header = bytes([0, 0, 8, len(shape)]) + np.array(shape, ">i4").tobytes()
        (tmp_path / f"train-{name}-ubyte.gz").write_bytes(gzip.compress(header + values.tobytes(), 1))
    train, held_out = squares.load(tmp_path, 28, 1, 0)
    assert (len(train.pictures), len(held_out.pictures)) == (20, 10_000)
    assert train.classes == tuple("0123456789")
    objective = VaeObjective(dataclasses.replace(TINY, arguments={**FLAT, "size": 28}), tmp_path, CPU)
    assert set(objective.held_out.unique().tolist()) == {0.0, 1.0}
    with pytest.raises(InputError, match="cannot be read"):
        squares.load_mnist(tmp_path, squares.MNIST_TEST)


def test_pictures_lie_on_white(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((6, 9, 4), np.uint8)).save(tmp_path / "clear.png")
    found = squares.square(tmp_path / "clear.png", 4, 3)
    assert found.shape == (4, 4, 3)
    assert found.min() == 255


@pytest.mark.parametrize("number", [1, 2])
def test_too_few_pictures_for_neighbours_are_refused_in_a_sentence(tmp_path: Path, number: int) -> None:
    for n in range(number):
        Image.fromarray(np.full((70, 70, 3), 40 * n + 9, np.uint8)).save(tmp_path / f"{n}.png")
    recipe = Recipe(
        "vae", "conv-vae", {"size": 16, "channels": 1, "latent": 2, "levels": 2}, neighbours=1.0, held_out=1
    )
    with pytest.raises(InputError):
        make_objective(recipe, tmp_path, torch.device("cpu"))
