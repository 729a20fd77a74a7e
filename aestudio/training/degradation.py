"""What happens to a clean crop before a network sees it, computed on the device."""

from __future__ import annotations

import torch
from torch import Tensor


def draw_sigma(count: int, highest: float, generator: torch.Generator, device: torch.device) -> Tensor:
    """Return noise levels (count, 1, 1, 1) in 0..highest/255, a fifth of them above 55/75 of it.

    Strong noise dominates an L1 loss, so the upper quarter of the range is drawn less often.
    """
    knee = 55 / 75
    u = torch.rand(count, 1, 1, 1, generator=generator, device=device)
    level = torch.where(u < 0.85, u / 0.85 * knee, knee + (u - 0.85) / 0.15 * (1 - knee))
    return level * (highest / 255)


def gaussian_noise(
    clean: Tensor, sigma: Tensor, generator: torch.Generator, clipped: float = 0.5, grey: float = 0.1
) -> tuple[Tensor, Tensor]:
    """Return (noisy, clean), both (N, 3, H, W), with white Gaussian noise of ``sigma`` (N, 1, 1, 1).

    ``clipped`` of the pictures are rounded to 8 bits and clipped to 0..1, as files hold them;
    ``grey`` of them become grey pictures whose three channels share one noise.
    """
    count, device = len(clean), clean.device

    def some(share: float) -> Tensor:
        return torch.rand(count, 1, 1, 1, generator=generator, device=device) < share

    noise = torch.randn(clean.shape, generator=generator, device=device)
    is_grey = some(grey)
    luma = (clean * clean.new_tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1, keepdim=True)
    clean = torch.where(is_grey, luma.expand_as(clean), clean)
    noise = torch.where(is_grey, noise[:, :1].expand_as(noise), noise)
    noisy = clean + sigma * noise
    stored = (noisy * 255).round().clamp(0, 255) / 255
    return torch.where(some(clipped), stored, noisy), clean
