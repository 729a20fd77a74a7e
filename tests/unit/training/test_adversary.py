from __future__ import annotations

import pytest
import torch

from aestudio.training.adversary import Adversary, spectral_loss


def test_the_spectral_loss_of_noise_is_its_strength_at_every_frequency() -> None:
    noise = 0.1 * torch.randn(4, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    clean = torch.zeros_like(noise)
    # the modulus of a complex normal number of that variance has mean sqrt(pi) / 2
    assert float(spectral_loss(noise, clean)) == pytest.approx(0.1 * 0.886, rel=0.03)
    assert float(spectral_loss(noise, noise)) == 0


def test_a_critic_learns_what_is_made_up_and_complains_of_it() -> None:
    torch.manual_seed(0)
    adversary = Adversary(3, torch.device("cpu"), rate=1e-3)
    real, smeared = torch.rand(4, 3, 32, 32), torch.full((4, 3, 32, 32), 0.5)
    for _ in range(60):
        adversary.learn(smeared, real)
    assert float(adversary.complaint(smeared)) > float(adversary.complaint(real)) + 0.5


def test_a_complaint_reaches_the_restorer_and_not_the_critic() -> None:
    adversary = Adversary(3, torch.device("cpu"))
    picture = torch.rand(1, 3, 16, 16, requires_grad=True)
    adversary.complaint(picture).backward()
    assert picture.grad is not None
    assert float(picture.grad.abs().sum()) > 0
    assert all(p.grad is None for p in adversary.critic.parameters())
    assert all(p.requires_grad for p in adversary.critic.parameters())


def test_in_low_precision_a_critic_is_normalised_exactly() -> None:
    torch.manual_seed(0)
    adversary = Adversary(3, torch.device("cpu"))
    picture = torch.rand(2, 3, 32, 32)
    adversary.critic.eval()
    exact = float(adversary.complaint(picture))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert float(adversary.complaint(picture)) == pytest.approx(exact, rel=0.02)
        with adversary._normalised():
            stage = adversary.critic.body.bottom[0].conv1
            # a step of the power iteration is taken where a weight is asked for: this one was kept
            assert stage.weight is stage.weight
            assert stage.weight.dtype == torch.float32
