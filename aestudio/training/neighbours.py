"""A latent map on which like pictures lie together: every training picture gets a place among its nearest neighbours.

First the training pictures are laid out in the latent's dimensions by their graph of nearest neighbours, as t-SNE and
UMAP do; then the network learns the bound with its posterior means drawn to those places. So the encoder extends the
map to pictures it has not seen, as in parametric UMAP (Sainburg, McInnes and Gentner, Neural Computation 2021), at the
price of a plain VAE's step. Labels play no part.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.errors import InputError
from aestudio.models.latent import LatentNetwork
from aestudio.training.autoencoding import VaeObjective, free_kl
from aestudio.training.objective import Batch, Position, When
from aestudio.training.recipes import Recipe
from aestudio.training.sources import Source

LEAST = 2
"""Pictures to learn from that have neighbours at all."""
NEIGHBOURS = 15
_COMPONENTS = 50
_CHUNK = 500
_GROUP = 200
# Of the layout: edges in a step, pictures pushed away from in a step, and how far a step goes at first.
_EDGES = 2048
_PUSHED = 64
_RATE = 1.0
EPOCHS = 20
# Distances to a place below this (in standard deviations of the map) are left to the bound.
NEAR = 0.05


def principal(pictures: Tensor) -> Tensor:
    """Return the first 50 principal components (N, up to 50) of pictures (N, C, H, W) uint8, the widest first."""
    flat = pictures.flatten(1).float() / 255
    rank = min(_COMPONENTS, *flat.shape)
    # Apple's GPUs lack what it is made of
    _, _, axes = torch.pca_lowrank(flat.cpu(), rank, niter=2)
    return (flat - flat.mean(0)) @ axes.to(flat.device)


def nearest(points: Tensor, count: int) -> Tensor:
    """Return the indices (N, count) of the nearest others of each of ``points`` (N, D), exactly, the nearest first."""
    count = min(count, len(points) - 1)
    number = torch.arange(len(points), device=points.device)
    squares = points.square().sum(1)
    found = []
    for chunk in number.split(_CHUNK):
        # the chunk's own squares are the same for all others, and left out
        distance = squares - 2 * points[chunk] @ points.T
        distance[number[: len(chunk)], chunk] = torch.inf
        found.append(_smallest(distance, count))
    return torch.cat(found)


def _smallest(values: Tensor, count: int) -> Tensor:
    """Return where the ``count`` smallest of each row of (rows, N) are.

    They lie in the ``count`` groups with the smallest minima: a long row need not be sorted.
    """
    if values.shape[1] < 4 * count * _GROUP:
        return values.topk(count, largest=False).indices
    groups = F.pad(values, (0, -values.shape[1] % _GROUP), value=torch.inf).unflatten(1, (-1, _GROUP))
    best = groups.amin(2).topk(count, largest=False).indices
    members = groups.gather(1, best[..., None].expand(-1, -1, _GROUP)).flatten(1)
    inner = members.topk(count, largest=False).indices
    found: Tensor = best.gather(1, inner // _GROUP) * _GROUP + inner % _GROUP
    return found


def arrange(points: Tensor, neighbours: Tensor, dimensions: int, seed: int, epochs: int = EPOCHS) -> Tensor:
    """Return places (N, dimensions) where neighbours (N, k) lie together, of mean 0 and a variance of 1 in the mean.

    Each edge of the graph is to be told from random pairs by a Cauchy kernel: the loss -log(q_ij / (q_ij + sum q_ik))
    of Damrich, Böhm, Hamprecht and Kobak, "From t-SNE to UMAP with contrastive learning", ICLR 2023, equation 8, by
    plain gradient steps. It begins with the first principal components of ``points`` (N, D).
    """
    generator = torch.Generator(device=points.device).manual_seed(seed)
    places = (points[:, :dimensions] / points[:, 0].std().clamp(min=1e-6)).clone()
    places = F.pad(places, (0, dimensions - places.shape[1]))
    count, per_picture = neighbours.shape
    ends = neighbours.flatten()
    steps = max(1, epochs * len(ends) // _EDGES)
    for step in range(steps):
        edge = torch.randint(len(ends), (_EDGES,), generator=generator, device=points.device)
        other = torch.randint(count, (_PUSHED,), generator=generator, device=points.device)
        first, second = edge // per_picture, ends[edge]
        here, there, away = places[first], places[second], places[other]
        kernel = 1 / (1 + (here - there).square().sum(1, keepdim=True))
        repelled = 1 / (1 + torch.cdist(here, away).square())
        total = kernel + repelled.sum(1, keepdim=True)
        pull = 2 * kernel * (1 - kernel / total) * (here - there)
        weight = 2 * repelled.square() / total
        push = weight.sum(1, keepdim=True) * here - weight @ away
        back = weight.sum(0)[:, None] * away - weight.T @ here
        rate = _RATE * (1 - step / steps)
        places.index_add_(0, first, push - pull, alpha=rate)
        places.index_add_(0, second, pull, alpha=rate)
        places.index_add_(0, other, back.clamp(-4, 4), alpha=rate)
    places = places - places.mean(0)
    return places / places.var(0).mean().sqrt().clamp(min=1e-6)


class PlacedObjective(VaeObjective):
    """The bound, and how far each picture's posterior mean is from its place among the nearest neighbours."""

    def __init__(
        self,
        recipe: Recipe,
        folder: Path | Source,
        device: torch.device,
        say: Callable[[str], None] = lambda text: None,
        position: Position | None = None,
    ) -> None:
        super().__init__(recipe, folder, device, say, position)
        torch.manual_seed(recipe.seed)
        if len(self.train) < LEAST:
            what = "There are too few pictures to tell which are alike."
            raise InputError(what, f"Add some: {LEAST + 1} are the least.")
        points = principal(self.train)
        latent = int(recipe.arguments.get("latent", 2))
        self.places = arrange(points, nearest(points, NEIGHBOURS), latent, recipe.seed)

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        picture, label, which = batch
        network = cast("LatentNetwork", network)
        posterior = network.encode(picture, label)
        bound = network.bound_of(posterior, picture, self._generator, label)
        # distances, not their squares: a digit between two heaps shall lie in one of them
        away = ((posterior.z_mean - self.places[which]).square().sum(1) + NEAR**2).sqrt() - NEAR
        told = self.recipe.neighbours * away.mean()
        return bound.reconstruction.mean() + self._weight(moment) * free_kl(bound.kl, self.recipe.free_bits) + told
