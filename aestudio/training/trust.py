"""How much larger or smaller a network's errors are than the map of invented detail would say of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.engine.ensemble import turned, turned_back
from aestudio.engine.invented import WAYS, cell_means, fitted, signs
from aestudio.models.unet import PhotoUNet
from aestudio.training.objective import Batch

# Beyond these a few held-out pictures say more of themselves than of the network.
LEAST, MOST = 0.1, 10.0


@torch.inference_mode()
def error_scale(task: str, network: nn.Module, pairs: Iterable[tuple[Batch, Tensor]]) -> float:
    """Return the mean absolute error of a network over what the map's powers call likely, a factor in 0.1..10.

    ``pairs`` are what the network is given of each held-out picture, the picture first, and its truth
    (1, 3, H, W). The powers (``engine.invented``) were fitted on other networks and other damage.
    """
    powers = fitted(task)
    likely = error = 0.0
    for given, truth in pairs:
        found = [_pixels(turned_back(network(*(turned(x, way) for x in given)).float(), way)) for way in WAYS]
        cells = powers.likely(cell_means(signs(found, _pixels(given[0]))), _noise(network, given))
        likely += float(cells.sum())
        error += float(cell_means(np.abs(found[0] - _pixels(truth)).mean(2) * 255).sum())
    return round(min(max(error / max(likely, 1e-6), LEAST), MOST), 3)


def _noise(network: nn.Module, given: Batch) -> float | None:
    """Return the noise that the network is told, or sees, in 8-bit units."""
    if len(given) > 1:
        return float(given[1].mean()) * 255
    if hasattr(network, "level"):
        return float(cast("PhotoUNet", network).level(given[0]).float().square().mean().sqrt()) * 255
    return None


def _pixels(picture: Tensor) -> NDArray[np.float32]:
    pixels: NDArray[np.float32] = picture[0].permute(1, 2, 0).float().cpu().numpy()
    return pixels
