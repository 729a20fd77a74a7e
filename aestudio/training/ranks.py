"""One run on several devices: what the processes that ``torchrun`` starts tell each other."""

from __future__ import annotations

import os
from collections.abc import Iterable
from types import TracebackType

import torch
from torch import Tensor, distributed, nn


class Ranks:
    """This process among those of a run; alone where ``torchrun`` did not start it.

    A context manager: the group is joined on entering and left on leaving. Every process sees its own
    batches; gradients are averaged, so that all of them hold the same weights at every step.
    """

    def __init__(self, device: torch.device) -> None:
        self.rank = int(os.environ.get("RANK", "0"))
        self.size = int(os.environ.get("WORLD_SIZE", "1"))
        self.device = device
        if self.size > 1 and device.type == "cuda":
            self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
            torch.cuda.set_device(self.device)

    @property
    def leads(self) -> bool:
        """Whether this process writes files and speaks."""
        return self.rank == 0

    def __enter__(self) -> Ranks:
        if self.size > 1:
            distributed.init_process_group("nccl" if self.device.type == "cuda" else "gloo")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.size > 1:
            distributed.destroy_process_group()

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replace every gradient by its mean over the processes, in one exchange."""
        if self.size == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([g.flatten() for g in gradients])
        distributed.all_reduce(flat)
        flat /= self.size
        pieces = flat.split([g.numel() for g in gradients])
        for gradient, piece in zip(gradients, pieces, strict=True):
            gradient.copy_(piece.view_as(gradient))

    def agree(self, seconds: float, *wishes: bool) -> tuple[float, *tuple[bool, ...]]:
        """Return the first process's clock, and for each of ``wishes`` (to stop, say) whether any process has it."""
        if self.size == 1:
            return seconds, *wishes
        word: Tensor = torch.tensor([seconds if self.leads else 0.0, *map(float, wishes)], device=self.device)
        distributed.all_reduce(word)
        clock, *counts = word.tolist()
        return float(clock), *(count > 0 for count in counts)
