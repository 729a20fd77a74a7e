from __future__ import annotations

import pytest
import torch

from aestudio.models.unet import RestorationUNet
from aestudio.training.muon import MuonAdamW, orthogonalise, split_parameters


@pytest.mark.parametrize("shape", [(16, 144), (32, 32), (40, 12)])
def test_orthogonalise_brings_singular_values_near_one_and_keeps_directions(shape: tuple[int, int]) -> None:
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    result = orthogonalise(matrix)
    values = torch.linalg.svdvals(result)
    assert float(values.min()) > 0.4
    assert float(values.max()) < 1.4
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    polar = left @ right
    cosine = (polar * result).sum() / (polar.norm() * result.norm())
    assert float(cosine) > 0.95


def test_orthogonalise_equals_the_iteration_on_the_wide_matrix() -> None:
    matrix = torch.randn(24, 90, generator=torch.Generator().manual_seed(1))
    x = matrix / matrix.norm()
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    assert torch.allclose(orthogonalise(matrix), x, atol=1e-3)


def test_residual_blocks_go_to_muon_and_every_parameter_to_one_group() -> None:
    network = RestorationUNet(widths=(8, 16), blocks=2)
    muon, adamw = split_parameters(network)
    assert len(muon) + len(adamw) == len(list(network.parameters()))
    assert not {id(p) for p in muon} & {id(p) for p in adamw}
    assert any(p is network.head.weight for p in adamw)
    assert len(muon) == 2 * 2 * 3


def test_a_quadratic_is_minimised_and_the_factor_stops_it() -> None:
    weight = torch.nn.Parameter(torch.randn(8, 8, generator=torch.Generator().manual_seed(0)))
    plain = torch.nn.Parameter(torch.ones(4))
    optimiser = MuonAdamW([weight], [plain], muon_rate=0.1, adamw_rate=0.05)

    def loss() -> torch.Tensor:
        return weight.square().sum() + plain.square().sum()

    first = float(loss().detach())
    for _ in range(100):
        optimiser.zero_grad()
        loss().backward()
        optimiser.step()
    assert float(loss().detach()) < 0.1 * first
    optimiser.factor = 0.0
    before = weight.detach().clone()
    loss().backward()
    optimiser.step()
    assert torch.equal(weight, before)
