"""Small tables on a device, made once: copying one there in every step would make a GPU wait."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import torch
from torch import Tensor


def constant(values: tuple[Any, ...], like: Tensor) -> Tensor:
    """Return (nested) tuples of numbers as a tensor of the type and on the device of ``like``. Not to be changed."""
    return _made(values, like.dtype, like.device)


@lru_cache(maxsize=64)
def _made(values: tuple[Any, ...], dtype: torch.dtype, device: torch.device) -> Tensor:
    return torch.tensor(values, dtype=dtype, device=device)
