"""How far a restored picture is from the true one."""

from __future__ import annotations

from torch import Tensor

# Charbonnier's epsilon, in pixel values of 0..1 (Lai et al., "Deep Laplacian pyramid networks", CVPR 2017, section 3.3)
EPSILON = 1e-3


def distance(error: Tensor, kind: str) -> Tensor:
    """Return the mean over an error of any shape: ``l1`` its size, ``l2`` its square, ``charbonnier`` in between.

    L1 keeps edges and forgives single strong errors; L2 maximises PSNR; Charbonnier is L1 that is smooth around 0.
    """
    if kind == "l2":
        return error.square().mean()
    if kind == "charbonnier":
        return (error.square() + EPSILON**2).sqrt().mean()
    return error.abs().mean()
