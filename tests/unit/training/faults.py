"""What two processes do when something befalls one of them: what ``test_ranks`` starts under torchrun."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import torch
from curves import RECIPES
from torch import Tensor, nn

from aestudio.errors import Cancelled
from aestudio.training.loop import Taken, Trainer
from aestudio.training.objective import Batch, When
from aestudio.training.objectives import make_objective
from aestudio.training.ranks import Ranks

STEPS = 5


def trainer(folder: Path, runs: Path, ranks: Ranks, befalls: Callable[[Tensor, When], Tensor]) -> Trainer:
    """Return a run whose loss meets with ``befalls`` in the second of the processes."""
    recipe = RECIPES["denoise"]
    objective = make_objective(recipe, folder, ranks.device)
    loss = objective.loss

    def met(network: nn.Module, batch: Batch, moment: When) -> Tensor:
        value = loss(network, batch, moment)
        return befalls(value, moment) if ranks.rank == 1 else value

    objective.loss = met  # type: ignore[method-assign]
    return Trainer(recipe, objective, runs, ranks.device, ranks)


def same_in_both(ranks: Ranks, run: Trainer) -> bool:
    """Return whether both processes stand at one step, with one rate, one cut of the batch and the same weights."""
    weights = [p.detach().flatten() for p in run.network.parameters()]
    facts = torch.cat([torch.tensor([float(run.step), run.recovery.rate, run.recovery.parts]), *weights])
    # the mean of two equal numbers is each of them
    return torch.equal(ranks.average(facts.clone()), facts)


def no_number(folder: Path, runs: Path, ranks: Ranks) -> None:
    """A loss of one process stops being a number: both go back and both go on with half the rate."""
    left = [1]

    def befalls(loss: Tensor, moment: When) -> Tensor:
        if moment.step == 2 and left:
            left.pop()
            return loss * float("nan")
        return loss

    run = trainer(folder, runs, ranks, befalls)
    run.run(steps=STEPS)
    assert same_in_both(ranks, run)
    assert (run.step, run.recovery.rate) == (STEPS, 0.5)


def full_memory(folder: Path, runs: Path, ranks: Ranks) -> None:
    """One process has room for half of its share: both cut theirs, so that they exchange as often."""
    left = [1]

    def befalls(loss: Tensor, moment: When) -> Tensor:
        if left:
            left.pop()
            raise torch.OutOfMemoryError
        return loss

    run = trainer(folder, runs, ranks, befalls)
    run.run(steps=STEPS)
    assert same_in_both(ranks, run)
    assert (run.step, run.recovery.parts) == (STEPS, 2)


def losses(run: Trainer) -> list[Taken]:
    """Take a run's steps and return the loss and the length of the gradient of each, in float32."""
    settle, seen = run._settle, list[Taken]()

    def noted() -> list[Taken]:
        taken = settle()
        seen.extend(taken)
        return taken

    run._settle = noted  # type: ignore[method-assign]
    run.autocast = False
    run.run(steps=STEPS)
    return seen


def full_memory_later(folder: Path, runs: Path, ranks: Ranks) -> None:
    """Memory runs out in one process twice, in its loss and in its gradient, long after the first exchange.

    Both take the same steps again in more parts, and the curve is what it would have been.
    """
    at_ease = losses(trainer(folder, runs / "at-ease", ranks, lambda loss, moment: loss))
    left = [3, 2]

    def no_room(gradient: Tensor) -> Tensor:
        raise torch.OutOfMemoryError

    def befalls(loss: Tensor, moment: When) -> Tensor:
        if left and left[-1] == moment.step:
            if left.pop() == 2:
                raise torch.OutOfMemoryError
            loss.register_hook(no_room)
        return loss

    run = trainer(folder, runs / "short", ranks, befalls)
    short = losses(run)
    assert not (ranks.rank == 1 and left)
    assert same_in_both(ranks, run)
    assert (run.step, run.recovery.parts) == (STEPS, 4)
    assert len(short) == STEPS
    for one, other in zip(at_ease, short, strict=True):
        assert torch.allclose(torch.tensor(one), torch.tensor(other), rtol=2e-3), (at_ease, short)


def stop(folder: Path, runs: Path, ranks: Ranks) -> None:
    """One process is asked to stop: both do, at one step, with a checkpoint."""
    run = trainer(folder, runs, ranks, lambda loss, moment: loss)
    try:
        run.run(steps=100, cancelled=lambda: ranks.rank == 1 and run.step >= 3)
    except Cancelled:
        assert same_in_both(ranks, run)
        assert run.step == 3
        return
    raise AssertionError("The run was not stopped.")


if __name__ == "__main__":
    with Ranks(torch.device("cpu")) as these:
        for number, fault in enumerate((no_number, full_memory, full_memory_later, stop)):
            fault(Path(sys.argv[1]), Path(sys.argv[2]) / str(number), these)
