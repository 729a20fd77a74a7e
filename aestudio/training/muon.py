"""Muon for the inner convolutions, AdamW for the rest, in one optimiser.

Muon (Jordan et al., 2024): Nesterov momentum whose direction is orthogonalised by a
Newton-Schulz iteration. Here a convolution is seen as a matrix of out x (in * k * k).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrices: Tensor, steps: int = 5) -> Tensor:
    """Return the (..., rows, columns) matrices with their singular values pushed towards 1.

    Every step is X <- (aI + bA + cA^2) X with A = X X^T. The polynomials commute, so the
    iteration runs on the small Gram matrix and the wide matrix is multiplied once at the end.
    """
    a, b, c = _COEFFICIENTS
    tall = matrices.shape[-2] > matrices.shape[-1]
    wide = (matrices.mT if tall else matrices).float()
    wide = wide / (wide.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    gram = wide @ wide.mT
    identity = torch.eye(gram.shape[-1], device=gram.device)
    total = identity
    for _ in range(steps):
        polynomial = a * identity + b * gram + c * (gram @ gram)
        total = polynomial @ total
        gram = polynomial @ gram @ polynomial
        gram = (gram + gram.mT) * 0.5
    result: Tensor = total @ wide
    return result.mT if tall else result


class MuonAdamW(torch.optim.Optimizer):
    """Two groups: ``muon`` holds convolution weights, ``adamw`` everything else.

    A group's rate is ``peak * self.factor``; the schedule sets ``factor`` in 0..1. ``synchronise`` is called with the
    parameters before each step: several processes average the gradients of a companion there. A step that memory ran
    out in can be taken again: what it had moved stays as it is; ``frugal`` moves one matrix at a time.
    """

    def __init__(
        self,
        muon: Iterable[nn.Parameter],
        adamw: Iterable[nn.Parameter],
        muon_rate: float = 5e-3,
        adamw_rate: float = 1e-3,
        momentum: float = 0.95,
        betas: tuple[float, float] = (0.9, 0.99),
        weight_decay: float = 0.0,
    ) -> None:
        shared = {"weight_decay": weight_decay, "momentum": momentum, "betas": betas}
        groups: list[dict[str, Any]] = [
            {"params": list(muon), "kind": "muon", "peak": muon_rate},
            {"params": list(adamw), "kind": "adamw", "peak": adamw_rate},
        ]
        super().__init__([group for group in groups if group["params"]], shared)
        self.factor, self.frugal = 1.0, False
        self.synchronise: Callable[[list[nn.Parameter]], None] | None = None
        self._moved: set[Tensor] = set()

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move every parameter that has a gradient."""
        if self.synchronise is not None:
            self.synchronise([p for group in self.param_groups for p in group["params"]])
        for group in self.param_groups:
            rate = group["peak"] * self.factor
            moved = [p for p in group["params"] if p.grad is not None and p not in self._moved]
            if group["kind"] == "muon":
                self._muon(moved, group, rate)
            else:
                for parameter in moved:
                    self._adamw(parameter, parameter.grad, group, rate)
        self._moved.clear()

    def _muon(self, parameters: list[Tensor], group: dict[str, Any], rate: float) -> None:
        """Move convolutions; those of one shape are orthogonalised together, which spares a GPU many small launches."""
        alike: dict[tuple[int, ...], list[Tensor]] = {}
        for number, parameter in enumerate(parameters):
            alike.setdefault((*parameter.shape, number * self.frugal), []).append(parameter)
        for members in alike.values():
            for parameter in members:
                if not self.state[parameter]:
                    self.state[parameter]["momentum"] = torch.zeros_like(parameter)
            gradients = [p.grad for p in members if p.grad is not None]
            momenta = [self.state[p]["momentum"] for p in members]
            # everything that takes memory comes before anything changes
            later = torch._foreach_lerp(momenta, gradients, 1 - group["momentum"])
            directions = torch._foreach_lerp(gradients, later, group["momentum"])
            updates = orthogonalise(torch.stack([d.flatten(1) for d in directions]))
            rows, columns = updates.shape[1:]
            steps = [u.view_as(p).to(p.dtype) for p, u in zip(members, updates, strict=True)]
            torch._foreach_copy_(momenta, later)
            if group["weight_decay"]:
                torch._foreach_mul_(members, 1 - rate * group["weight_decay"])
            torch._foreach_add_(members, steps, alpha=-rate * max(1.0, rows / columns) ** 0.5)
            self._moved.update(members)

    def _adamw(self, parameter: Tensor, gradient: Tensor, group: dict[str, Any], rate: float) -> None:
        state = self.state[parameter]
        if not state:
            nothing = [torch.zeros_like(parameter), torch.zeros_like(parameter)]
            state |= {"mean": nothing[0], "square": nothing[1], "step": torch.zeros(())}
        first, second = group["betas"]
        step = float(state["step"]) + 1
        moments = state["mean"].lerp(gradient, 1 - first), state["square"].lerp(gradient.square(), 1 - second)
        mean = moments[0] / (1 - first**step)
        root = (moments[1] / (1 - second**step)).sqrt_()
        # everything that takes memory came before anything changes
        state["step"] += 1
        state["mean"].copy_(moments[0])
        state["square"].copy_(moments[1])
        if group["weight_decay"]:
            parameter.mul_(1 - rate * group["weight_decay"])
        parameter.addcdiv_(mean, root.add_(1e-8), value=-rate)
        self._moved.add(parameter)


def split_parameters(network: nn.Module) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """Return (convolutions of residual blocks, all others): what Muon moves and what AdamW moves."""
    from aestudio.models.blocks import ResidualBlock

    inner = {id(p) for m in network.modules() if isinstance(m, ResidualBlock) for p in m.parameters()}
    parameters = list(network.parameters())
    return [p for p in parameters if id(p) in inner], [p for p in parameters if id(p) not in inner]
