"""What keeps texture: a spectrum to match and a critic that tells restored crops from real ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils import parametrize
from torch.nn.utils.parametrizations import spectral_norm

from aestudio.models.blocks import UNetBody, conv3x3
from aestudio.training.muon import MuonAdamW


def spectral_loss(restored: Tensor, clean: Tensor) -> Tensor:
    """Return the mean distance of the Fourier coefficients of (N, C, H, W), orthonormal (Cho et al., ICCV 2021)."""
    distance: Tensor = torch.fft.rfft2(restored - clean, norm="ortho").abs().mean()
    return distance


class Critic(nn.Module):
    """Says for each 2x2 block of a picture how real it looks, as a logit.

    A U-Net with spectral normalisation of all but its ends as in Real-ESRGAN (Wang et al., ICCVW 2021), on a
    pixel-unshuffled picture. Input: (N, channels, H, W), H and W multiples of 8; output (N, 1, H/2, W/2).
    """

    def __init__(self, channels: int = 3, widths: Sequence[int] = (32, 64, 128), blocks: int = 1) -> None:
        super().__init__()
        self.head = conv3x3(4 * channels, widths[0])
        self.body = UNetBody(widths, blocks)
        self.tail = conv3x3(widths[0], 1)
        for module in list(self.body.modules()):
            if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
                spectral_norm(module)

    def forward(self, picture: Tensor) -> Tensor:
        x = F.leaky_relu(self.head(F.pixel_unshuffle(picture, 2)), 0.2)
        score: Tensor = self.tail(F.leaky_relu(self.body(x), 0.2))
        return score


class Adversary:
    """A critic that learns beside the network that it judges."""

    def __init__(self, channels: int, device: torch.device, rate: float = 2e-4) -> None:
        self.critic = Critic(channels).to(device)
        self.critic.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.optimiser = MuonAdamW([], self.critic.parameters(), adamw_rate=rate)

    def learn(self, restored: Tensor, clean: Tensor) -> None:
        """Take one step towards telling ``restored`` from ``clean``; no gradient reaches the restorer."""
        self.optimiser.zero_grad(set_to_none=True)
        with self._normalised():
            fake, real = self.critic(restored.detach()).float(), self.critic(clean).float()
            loss = F.softplus(fake).mean() + F.softplus(-real).mean()
            loss.backward()
        self.optimiser.step()

    def complaint(self, restored: Tensor) -> Tensor:
        """Return how made-up ``restored`` looks (non-saturating loss, Goodfellow et al., 2014); the critic stays."""
        self.critic.requires_grad_(False)
        with self._normalised():
            loss = F.softplus(-self.critic(restored).float()).mean()
        self.critic.requires_grad_(True)
        return loss

    @contextmanager
    def _normalised(self) -> Iterator[None]:
        """Let the critic's weights be normalised once, exactly, whatever precision its convolutions then have.

        In low precision the spectral norms would be rounded, and with them how far the critic may go.
        """
        device = next(self.critic.parameters()).device.type
        with parametrize.cached():
            with torch.autocast(device, enabled=False):
                for module in self.critic.modules():
                    if parametrize.is_parametrized(module, "weight"):
                        _ = module.weight
            yield
