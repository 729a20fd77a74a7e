"""The gradients of a batch: at once where memory allows, else part by part; of several processes their mean.

The processes exchange nothing before all of them know that each has its gradients: one whose memory is full then makes
all of them cut their shares into more parts and compute the same step again, instead of leaving the others in the
middle of an exchange. The price is that nothing is exchanged while gradients are still being computed
(docs/scaling.md).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from aestudio.engine.device import memory_by_type
from aestudio.errors import OutOfMemoryError
from aestudio.training.objective import Batch, Objective, When
from aestudio.training.ranks import Ranks
from aestudio.training.recovery import Recovery


class Gradients:
    """Computes what a batch says of a network's parameters, and how far it has to give way for it."""

    def __init__(
        self, objective: Objective, network: nn.Module, ranks: Ranks, recovery: Recovery, generator: torch.Generator
    ) -> None:
        self.objective, self.ranks, self.recovery, self.generator = objective, ranks, recovery, generator
        self.network = network
        self._parameters = list(network.parameters())
        self._flat: Tensor | None = None

    def join(self) -> None:
        """From now on let all processes hold the weights of the first one, and take the mean of their gradients."""
        self.recovery.parts = self.ranks.most(self.recovery.parts)
        self.ranks.broadcast_weights(self.network)
        # kept, so that an exchange needs no memory that may be missing
        self._flat = torch.zeros(sum(p.numel() for p in self._parameters), device=self.ranks.device)

    def of(self, batch: Batch, moment: When, low: bool) -> Tensor:
        """Return the batch's loss and leave its gradients with the parameters; ``low`` computes in low precision.

        Raises OutOfMemoryError where no part is small enough, or a network that learns beside this one has already
        exchanged what the others wait for.
        """
        drawn = self.generator.get_state()
        while True:
            loss, cause = torch.zeros(()), None
            try:
                with memory_by_type():
                    loss = self._added_up(batch, moment, low)
            except (torch.OutOfMemoryError, MemoryError) as error:
                cause = error
            # outside of the handler: the traceback holds what the failed attempt had computed
            if cause is not None and self._flat is not None and self.objective.companions():
                raise OutOfMemoryError(
                    f"Process {self.ranks.rank} has run out of memory.",
                    "Start torchrun with --max-restarts: the run then goes on from its checkpoint in smaller parts.",
                ) from cause.with_traceback(None)
            if self._all_have_them(cause is None):
                return loss
            for parameter in self._parameters:
                parameter.grad = None
            # of several processes one may have come further than another, and all have to draw the same
            self.generator.set_state(drawn)
            self.recovery.split(len(batch[0]), cause.with_traceback(None) if cause else None, self.ranks.device)

    def _added_up(self, batch: Batch, moment: When, low: bool) -> Tensor:
        # every n-th of a batch rather than its n-th part: objectives treat crops by their place
        size, device = len(batch[0]), self.ranks.device
        whole = torch.zeros((), device=device)
        # a run may go on with smaller batches than those that were too large
        parts = min(self.recovery.parts, size)
        for number in range(parts):
            part = tuple(values[number::parts] for values in batch)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=low):
                loss = self.objective.loss(self.network, part, moment) * (len(part[0]) / size)
            loss.backward()
            whole += loss.detach()
        return whole

    def _all_have_them(self, this_one: bool) -> bool:
        """Return whether every process has its gradients; then each has the mean of all."""
        if self._flat is None:
            return this_one
        # the processor's word: a GPU goes on computing meanwhile
        lacking, *used = self.ranks.any_of([not this_one, *(p.grad is not None for p in self._parameters)])
        if lacking:
            return False
        parameters = [p for p, is_used in zip(self._parameters, used, strict=True) if is_used]
        pieces = self._flat[: sum(p.numel() for p in parameters)].split([p.numel() for p in parameters])
        for parameter, piece in zip(parameters, pieces, strict=True):
            if parameter.grad is None:
                piece.zero_()
            else:
                piece.view_as(parameter).copy_(parameter.grad)
        self.ranks.average(self._flat[: sum(map(len, pieces))])
        for parameter, piece in zip(parameters, pieces, strict=True):
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
            parameter.grad.copy_(piece.view_as(parameter))
        return True
