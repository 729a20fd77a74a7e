"""What a fitted denoiser takes away from held-out pictures: whether it looks like noise."""

from __future__ import annotations

import dataclasses
from typing import Any

import torch
from torch import Tensor, nn

from aestudio.engine.verdict import judge
from aestudio.training.objective import Objective

MOST = 24
"""Held-out pictures that are looked at."""


@torch.inference_mode()
def residual(objective: Objective, network: nn.Module) -> dict[str, Any]:
    """Return the verdict on the difference before and after the network, as ``engine.verdict`` has it, as a table.

    The autocorrelation says it for models that learned without a truth: what they remove should be like noise, whose
    neighbours share nothing (or, of a camera's own processing, little).
    """
    examples = objective.examples(network, MOST)
    found = dataclasses.asdict(judge((_pixels(e.before), _pixels(e.now)) for e in examples))
    found.pop("share")
    figures = ("removed", "autocorrelation", "detail")
    return {**found, **{k: round(found[k], 4) for k in figures}, "correlogram": list(found["correlogram"])}


def _pixels(picture: Tensor) -> Any:  # noqa: ANN401 - an array
    return picture.clamp(0, 1).permute(1, 2, 0).float().cpu().numpy()
