"""A latent map on which like pictures lie together: the bound, and a pull between nearest neighbours."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.latent import LatentNetwork
from aestudio.training.autoencoding import VaeObjective, free_kl
from aestudio.training.objective import Batch, When
from aestudio.training.recipes import Recipe

NEIGHBOURS = 10
# Neighbours among so many pictures are as alike as a map needs, and are found in seconds.
AMONG = 10_000
_COMPONENTS = 50
_CHUNK = 500
# Latents of unit variance are spread over about as many kernel widths as t-SNE and UMAP use.
SPREAD = 5.0


def nearest(pictures: Tensor, count: int, among: int = AMONG) -> Tensor:
    """Return the indices (N, count) of each picture's nearest others, of (N, C, H, W) uint8.

    They are looked for ``among`` that many pictures at even distances. Distances are Euclidean between the first
    50 principal components; labels play no part.
    """
    flat = pictures.flatten(1).float() / 255
    rank = min(_COMPONENTS, *flat.shape)
    _, _, axes = torch.pca_lowrank(flat, rank, niter=2)
    points = (flat - flat.mean(0)) @ axes
    number = torch.arange(len(points), device=points.device)
    candidates = number[:: max(1, len(points) // among)]
    found = []
    for chunk in number.split(_CHUNK):
        distance = torch.cdist(points[chunk], points[candidates])
        distance[chunk[:, None] == candidates] = torch.inf
        found.append(candidates[distance.topk(min(count, len(candidates) - 1), largest=False).indices])
    return torch.cat(found)


def attraction(z: Tensor, partner: Tensor) -> Tensor:
    """Return the mean loss of picking each z's partner among all partners, (N, latent) each, by a Cauchy kernel.

    Böhm, Berens and Kobak, "Unsupervised visualization of image datasets using contrastive learning", ICLR 2023,
    equation 3, with nearest neighbours in place of augmented twins.
    """
    log_kernel = -torch.log1p(torch.cdist(SPREAD * z, SPREAD * partner).square())
    return F.cross_entropy(log_kernel, torch.arange(len(z), device=z.device))


class NeighbourObjective(VaeObjective):
    """The bound of pictures and of their nearest neighbours, and the loss of telling who is whose neighbour."""

    def __init__(self, recipe: Recipe, folder: Path, device: torch.device) -> None:
        super().__init__(recipe, folder, device)
        self.nearest = nearest(self.train, NEIGHBOURS)

    def choose(self, generator: torch.Generator) -> Tensor:
        """Return half a batch at random and then a neighbour of each."""
        first = super().choose(generator)[: self.recipe.batch // 2]
        device = first.device
        column = torch.randint(self.nearest.shape[1], (len(first),), generator=generator, device=device)
        return torch.cat([first, self.nearest[first, column]])

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        picture, label = batch
        network = cast("LatentNetwork", network)
        posterior = network.encode(picture, label)
        bound = network.bound_of(posterior, picture, self._generator, label)
        z, partner = posterior.z_mean.chunk(2)
        told = self.recipe.neighbours * attraction(z, partner)
        return bound.reconstruction.mean() + self._weight(moment) * free_kl(bound.kl, self.recipe.free_bits) + told
