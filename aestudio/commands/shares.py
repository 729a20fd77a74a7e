"""A command's inputs divided among the processes that ``torchrun`` starts: every file is one process's."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from aestudio.commands.inputs import Input

T = TypeVar("T")


@dataclass(frozen=True)
class Share:
    """What is this process's own of a command: the ``rank``-th of ``size`` shares; all of it where it runs alone.

    ``local`` is its number on its machine.
    """

    rank: int = 0
    size: int = 1
    local: int = 0

    @classmethod
    def own(cls) -> Share:
        """Return the share of this process."""
        return cls(*(int(os.environ.get(k, d)) for k, d in (("RANK", "0"), ("WORLD_SIZE", "1"), ("LOCAL_RANK", "0"))))

    def of(self, inputs: Sequence[Input]) -> list[Input]:
        """Return this process's inputs, in order; the choice depends on the whole list alone.

        Files that may be after the same name for their result (``a.jpg``, ``A.tif``) stay together.
        """
        numbers: dict[str, int] = {}
        for item in inputs:
            numbers.setdefault(_group(item), len(numbers))
        return [item for item in inputs if numbers[_group(item)] % self.size == self.rank]

    def device(self, wanted: str) -> str:
        """Return the device to ask for: where any GPU will do, each process of a machine takes another one."""
        if self.size == 1 or wanted not in ("auto", "cuda"):
            return wanted
        from aestudio.engine.device import available

        gpus = [str(device) for device in available() if device.type == "cuda"]
        return gpus[self.local % len(gpus)] if gpus else wanted

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Leave only when every process has done its share: ``torchrun`` ends all of them when one has failures."""
        if self.size == 1:
            yield
            return
        import torch

        from aestudio.training.ranks import Ranks

        with Ranks(torch.device("cpu")) as ranks:
            yield
            ranks.wait()

    @contextlib.contextmanager
    def gathering(self) -> Iterator[Callable[[T], list[T] | None]]:
        """Give what brings every process's result to the first one, which alone gets the list of them, by rank.

        All leave together: ``torchrun`` ends all processes when one has failures.
        """
        if self.size == 1:
            yield lambda own: [own]
            return
        import torch
        from torch import distributed

        from aestudio.training.ranks import Ranks

        with Ranks(torch.device("cpu")) as ranks:

            def gather(own: T) -> list[T] | None:
                found: list[T | None] | None = [None] * self.size if ranks.leads else None
                distributed.gather_object(own, found)
                return cast("list[T] | None", found)

            yield gather
            ranks.wait()


def _group(item: Input) -> str:
    return str(item.below / item.path.name.partition(".")[0]).casefold()
