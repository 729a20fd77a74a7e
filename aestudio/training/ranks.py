"""One run on several devices: what the processes that ``torchrun`` starts tell each other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import timedelta
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING

import torch
from torch import Tensor, distributed, nn
from torch.distributed.rendezvous import rendezvous

from aestudio.errors import PeerDiedError, SettingsError
from aestudio.training.objective import Batch

if TYPE_CHECKING:
    from torch._C._distributed_c10d import Store

# How long one process may keep the others waiting: it scores, or waits for room on a disk. One that died is noticed
# at once, by torchrun and by its open connections.
PATIENCE = timedelta(hours=6)


class Ranks:
    """This process among those of a run; alone where ``torchrun`` did not start it.

    A context manager: the group is joined on entering and left on leaving. Every process draws the same batches and
    learns from its share of each; gradients are averaged, so that all of them hold the same weights at every step.
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

    @property
    def launch(self) -> str:
        """What tells one launch of ``torchrun`` from another, where it has a name; its restarts share it."""
        name = os.environ.get("TORCHELASTIC_RUN_ID", "")
        return "" if name == "none" else name

    @property
    def restarted(self) -> bool:
        """Whether ``torchrun`` started this process anew after another one had failed."""
        return int(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")) > 0

    def goes_on(self, launch: str) -> bool:
        """Return whether a checkpoint written under ``launch`` is what this process, started anew, goes on from.

        ``torchrun`` starts every process anew where one died or a machine came or went; of the latter it keeps no
        count, so that the launch's name decides where there is one.
        """
        if self.launch:
            return launch == self.launch
        return self.restarted

    def __enter__(self) -> Ranks:
        if self.size > 1:
            # The defaults of its functions keep the group that is there when PyTorch first imports it, and with it the
            # group's threads until the process ends: one that lets go of a tensor while Python ends aborts it.
            import_module("torch.distributed.nn.functional")
            # what processors say to one another needs no GPU to come to an end
            backend = "cpu:gloo,cuda:nccl" if self.device.type == "cuda" else "gloo"
            store, rank, size = self._fresh_store(), self.rank, self.size
            distributed.init_process_group(backend, store=store, rank=rank, world_size=size, timeout=PATIENCE)
        return self

    def _fresh_store(self) -> Store:
        """Return where the processes find one another, without what an earlier start of the same launch left there.

        ``torchrun`` keeps one store for all its starts; the addresses of processes that are gone still lie in it.
        """
        # not every build of PyTorch has it
        from torch._C._distributed_c10d import PrefixStore

        store, *_ = next(iter(rendezvous("env://", timeout=PATIENCE)))
        start = f"{self.size}/{os.environ.get('TORCHELASTIC_RESTART_COUNT', '0')}"
        # machines that come and go start the processes anew without being counted
        joined = store.add(f"aestudio/{start}/{self.rank}", 1)
        return PrefixStore(f"aestudio/{start}/{joined}", store)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.size > 1:
            distributed.destroy_process_group()

    def generator(self, seed: int) -> torch.Generator:
        """Return the random numbers of a run, the same in every process (see ``models.latent.standard_normal``)."""
        if self.size == 1:
            return torch.Generator(device=self.device).manual_seed(seed)
        shared = SharedGenerator(device=self.device)
        shared.share = (self.rank, self.size)
        return shared.manual_seed(seed)

    def check_batch(self, asked: int, crops: int | None = None) -> None:
        """Raise SettingsError where a batch of ``asked`` crops cannot be divided among the processes.

        An objective that makes batches of fewer ``crops`` of them divides those.
        """
        crops = asked if crops is None else crops
        if crops % self.size:
            raise SettingsError(
                f"A batch of {asked} cannot be divided among {self.size} processes.",
                f"Choose a multiple of {self.size * (asked // crops)} with --batch: it is the batch of all of them "
                "together.",
            )

    def share(self, batch: Batch) -> Batch:
        """Return this process's part of a batch: every ``size``-th, as objectives treat crops by their place."""
        return tuple(values[self.rank :: self.size] for values in batch)

    def average(self, values: Tensor) -> Tensor:
        """Replace ``values`` by their mean over the processes, and return them."""
        if self.size > 1:
            self._together(values)
            values /= self.size
        return values

    def broadcast_weights(self, network: nn.Module) -> None:
        """Give every process the parameters and buffers of the first one. Raises PeerDiedError."""
        if self.size == 1:
            return
        with torch.no_grad():
            for values in (*network.parameters(), *network.buffers()):
                same = values.contiguous()
                try:
                    distributed.broadcast(same, 0)
                except RuntimeError as error:
                    raise PeerDiedError from error
                values.copy_(same)

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replace every gradient by its mean over the processes, in one exchange."""
        if self.size == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = self.average(torch.cat([g.flatten() for g in gradients]))
        pieces = flat.split([g.numel() for g in gradients])
        for gradient, piece in zip(gradients, pieces, strict=True):
            gradient.copy_(piece.view_as(gradient))

    def agree(self, seconds: float, *wishes: bool) -> tuple[float, *tuple[bool, ...]]:
        """Return the first process's clock, and for each of ``wishes`` (to stop, say) whether any process has it."""
        if self.size == 1:
            return seconds, *wishes
        word: Tensor = torch.tensor([seconds if self.leads else 0.0, *map(float, wishes)], device=self.device)
        self._together(word)
        clock, *counts = word.tolist()
        return float(clock), *(count > 0 for count in counts)

    def most(self, number: int) -> int:
        """Return the largest of the processes' numbers."""
        if self.size == 1:
            return number
        word = torch.tensor([number], device=self.device)
        self._together(word, distributed.ReduceOp.MAX)
        return int(word)

    def any_of(self, facts: Sequence[bool]) -> list[bool]:
        """Return of each fact whether it is so in any process. What a GPU is at is not waited for."""
        if self.size == 1:
            return list(facts)
        word = torch.tensor(facts, dtype=torch.uint8)
        self._together(word, distributed.ReduceOp.MAX)
        return [bool(fact) for fact in word.tolist()]

    def _together(self, values: Tensor, how: distributed.ReduceOp.RedOpType = distributed.ReduceOp.SUM) -> None:
        """Replace ``values`` by what all processes have, taken together. Raises PeerDiedError."""
        try:
            distributed.all_reduce(values, how)
        except RuntimeError as error:
            raise PeerDiedError from error

    def wait(self) -> None:
        """Return when every process has come here."""
        self.most(0)


class SharedGenerator(torch.Generator):
    """Random numbers that every process draws for the whole batch, to keep those of its own ``share``."""

    share = (0, 1)
