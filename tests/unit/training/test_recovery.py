"""What a run survives: each fault is put into the real loop."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
import torch
from checkpoints import facts_of
from torch import Tensor, nn

from aestudio.errors import NoSpaceError, OutOfMemoryError
from aestudio.training import checkpoint, recovery
from aestudio.training.loop import Trainer
from aestudio.training.objective import Batch, When
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe
from aestudio.training.recovery import MOST_ROLLBACKS, NotFinite
from tests.unit.training import tiny

CPU = torch.device("cpu")
TINY = dataclasses.replace(tiny.TINY, checkpoint_every=0)


def trainer(folder: Path, runs: Path, recipe: Recipe = TINY) -> Trainer:
    return Trainer(recipe, make_objective(recipe, folder, CPU), runs, CPU)


def spoil(run: Trainer, fault: Callable[[int, Tensor], Tensor]) -> None:
    """Let ``fault(call, loss)`` decide what the loss of each call is."""
    honest, calls = run.objective.loss, iter(range(10**6))

    def loss(network: nn.Module, batch: Batch, moment: When) -> Tensor:
        return fault(next(calls), honest(network, batch, moment))

    run.objective.loss = loss  # type: ignore[method-assign]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_loss_that_is_no_number_rolls_back_and_goes_on_at_half_the_rate(
    value: float, folder: Path, tmp_path: Path
) -> None:
    run, said = trainer(folder, tmp_path / "run"), list[str]()
    spoil(run, lambda call, loss: loss * value if call == 4 else loss)
    result = run.run(steps=8, say=said.append)
    assert result.steps == 8
    assert run.recovery.rate == 0.5
    assert all(torch.isfinite(v).all() for v in run.network.state_dict().values())
    assert len(said) == 1
    assert "from step 4" in said[0]
    with (tmp_path / "run" / "log.csv").open() as file:
        assert "from step 4" in "".join(row["event"] for row in csv.DictReader(file))
    later = trainer(folder, tmp_path / "run")
    later.resume()
    assert later.recovery.rate == 0.5


def test_how_far_a_run_gave_way_survives_a_kill(folder: Path, tmp_path: Path) -> None:
    run = trainer(folder, tmp_path / "run", dataclasses.replace(TINY, checkpoint_every=1e9))
    spoil(run, lambda call, loss: loss * float("nan") if call == 1 else loss)
    killed = iter([False] * 3 + [True])

    def kill() -> bool:
        if next(killed):
            raise InterruptedError
        return False

    with pytest.raises(InterruptedError):
        run.run(steps=8, cancelled=kill)
    later = trainer(folder, tmp_path / "run")
    later.resume()
    assert (later.recovery.rate, later.recovery.rollbacks) == (0.5, 1)


def test_full_memory_in_the_optimiser_costs_time_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    whole = trainer(folder, tmp_path / "whole").run(steps=4)
    run, said = trainer(folder, tmp_path / "run"), list[str]()
    honest, calls = run.optimiser._adamw, iter(range(10**6))

    def adamw(*arguments: object) -> None:
        if next(calls) == 5:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        honest(*arguments)  # type: ignore[arg-type]

    run.optimiser._adamw = adamw  # type: ignore[method-assign]
    parts = run.run(steps=4, say=said.append)
    assert len(said) == 1
    assert "one after the other" in said[0]
    for name, value in whole.state.items():
        assert torch.allclose(value, parts.state[name], atol=1e-5), name


def test_full_memory_while_scoring_costs_a_score(folder: Path, tmp_path: Path) -> None:
    run, said = trainer(folder, tmp_path / "run"), list[str]()
    honest, calls = run.objective.validate, iter(range(10**6))
    run.objective.validate = lambda network: (  # type: ignore[method-assign]
        {"psnr": float(allocate_too_much()[0])} if next(calls) == 0 else honest(network)
    )
    result = run.run(steps=3, say=said.append)
    assert ["tries again later" in text for text in said] == [True]
    assert result.scores["psnr"] > 0
    assert result.steps == 3


def test_weights_that_are_no_numbers_never_reach_the_checkpoint(folder: Path, tmp_path: Path) -> None:
    run = trainer(folder, tmp_path / "run")
    spoiled = iter([False, False, True])
    honest = run.optimiser.step

    def step(closure: None = None) -> None:
        honest()
        if next(spoiled, False):
            with torch.no_grad():
                next(run.network.parameters()).fill_(float("nan"))

    run.optimiser.step = step  # type: ignore[method-assign]
    assert run.run(steps=8).steps == 8
    assert run.recovery.rollbacks == 1
    later = trainer(folder, tmp_path / "run")
    later.resume()
    assert all(torch.isfinite(v).all() for v in later.network.state_dict().values())


def test_a_run_that_never_recovers_gives_up_in_words(folder: Path, tmp_path: Path) -> None:
    run, said = trainer(folder, tmp_path / "run"), list[str]()
    spoil(run, lambda call, loss: loss * float("nan") if call >= 2 else loss)
    with pytest.raises(NotFinite, match="stopped being a number"):
        run.run(steps=8, say=said.append)
    assert len(said) == MOST_ROLLBACKS
    later = trainer(folder, tmp_path / "run")
    later.resume()
    assert later.step == 2


def allocate_too_much() -> Tensor:
    """What the processor's allocator itself says."""
    return torch.empty(1 << 60, dtype=torch.uint8)


def raise_gpu() -> Tensor:
    raise torch.OutOfMemoryError("CUDA out of memory.")


def first_gradients(run: Trainer) -> list[Tensor]:
    """Return what will hold the gradients that the run's first step is taken by."""
    move, seen = run._move, list[Tensor]()
    run.autocast = False

    def noted() -> None:
        if not seen:
            seen.extend(p.grad.clone() for p in run.network.parameters() if p.grad is not None)
        move()

    run._move = noted  # type: ignore[method-assign]
    return seen


@pytest.mark.parametrize("fault", [allocate_too_much, raise_gpu], ids=["processor", "gpu"])
def test_full_memory_halves_the_batch_and_the_step_stays_the_same(
    fault: Callable[[], Tensor], folder: Path, tmp_path: Path
) -> None:
    whole = trainer(folder, tmp_path / "whole")
    run, said, sizes = trainer(folder, tmp_path / "parts"), list[str](), list[int]()
    honest = run.objective.loss
    at_once, part_by_part = first_gradients(whole), first_gradients(run)

    def loss(network: nn.Module, batch: Batch, moment: When) -> Tensor:
        sizes.append(len(batch[0]))
        return fault() if len(batch[0]) > 1 else honest(network, batch, moment)

    run.objective.loss = loss  # type: ignore[method-assign]
    parts = run.run(steps=4, say=said.append)
    assert sizes == [4, 2, *[1] * 16]
    assert len(said) == 2
    assert "in 4 parts" in said[1]
    assert parts.pixels == whole.run(steps=4).pixels
    # what comes after a step tells less: both optimisers divide by the gradients' size, and rounding grows
    assert at_once
    for one, other in zip(at_once, part_by_part, strict=True):
        assert float((one - other).norm()) < 1e-4 * float(one.norm())


def test_memory_that_holds_not_even_one_crop_ends_in_words(folder: Path, tmp_path: Path) -> None:
    run = trainer(folder, tmp_path / "run")
    spoil(run, lambda call, loss: allocate_too_much())
    with pytest.raises(OutOfMemoryError, match="single crop"):
        run.run(steps=4)


def test_another_error_of_the_same_type_is_no_lack_of_memory(folder: Path, tmp_path: Path) -> None:
    run = trainer(folder, tmp_path / "run")
    spoil(run, lambda call, loss: loss @ torch.ones(2, 2))
    with pytest.raises(RuntimeError):
        run.run(steps=4)
    assert run.recovery.parts == 1


@pytest.fixture
def fill_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Let writes of checkpoints fail as on a full disk, from the first given write up to the second."""
    monkeypatch.setattr(recovery, "RETRY_EVERY", 0.0)
    writes = iter(range(10**6))

    def fill(first: int, last: int) -> None:
        honest = checkpoint.whole_file

        @contextlib.contextmanager
        def limited(target: Path) -> Iterator[IO[bytes]]:
            with honest(target) as file:
                yield file
                if first <= next(writes) < last:
                    raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(checkpoint, "whole_file", limited)

    return fill


def test_a_full_disk_makes_the_run_wait_and_go_on(
    folder: Path, tmp_path: Path, fill_disk: Callable[[int, int], None]
) -> None:
    whole = trainer(folder, tmp_path / "whole").run(steps=6)
    fill_disk(3, 6)
    run, said = trainer(folder, tmp_path / "run"), list[str]()
    parts = run.run(steps=6, say=said.append)
    assert [text.split(":")[0] for text in said] == [
        "The disk is full",
        "There is room on the disk again; the run goes on.",
    ]
    assert all(torch.equal(whole.state[name], parts.state[name]) for name in whole.state)
    assert not list((tmp_path / "run").glob("*.partial"))


def test_a_disk_that_stays_full_ends_the_run_with_its_last_checkpoint_whole(
    folder: Path, tmp_path: Path, fill_disk: Callable[[int, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "PATIENCE", 0.0)
    fill_disk(3, 10**6)
    with pytest.raises(NoSpaceError, match="disk is full"):
        trainer(folder, tmp_path / "run").run(steps=6)
    later = trainer(folder, tmp_path / "run")
    later.resume()
    assert later.step >= 1


def test_folders_that_disappear_in_the_middle_cost_nothing(folder: Path, tmp_path: Path) -> None:
    run = trainer(folder, tmp_path / "run")

    def vanish(call: int, loss: Tensor) -> Tensor:
        if call == 2:
            shutil.rmtree(folder)
            shutil.rmtree(tmp_path / "run")
        return loss

    spoil(run, vanish)
    assert run.run(steps=5).steps == 5
    assert (tmp_path / "run" / "last.safetensors").exists()
    assert (tmp_path / "run" / "log.csv").exists()


RECIPE = """
task = "denoise"
architecture = "restoration-unet"
patch = 16
batch = 4
warmup = 2
held_out = 2
checkpoint_every = 0
[arguments]
widths = [8, 16]
blocks = 1
"""


def test_a_killed_process_resumes_to_the_same_weights(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(RECIPE)

    def command(home: str) -> tuple[list[str], dict[str, str]]:
        words = [sys.executable, "-m", "aestudio", "train", "denoise", str(folder), "--name", "mine", "--device", "cpu"]
        words += ["--recipe", str(tmp_path / "tiny.toml"), "--steps", "60", "--json"]
        root = str(Path(__file__).parents[3])
        return words, {**os.environ, "AESTUDIO_HOME": str(tmp_path / home), "PYTHONPATH": root, "OMP_NUM_THREADS": "1"}

    words, environment = command("whole")
    subprocess.run(words, env=environment, capture_output=True, check=True, timeout=300)
    words, environment = command("killed")
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        last = tmp_path / "killed" / "runs" / "mine" / "last.safetensors"
        while not (last.exists() and facts_of(last)["step"] >= 3):
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    assert facts_of(last)["step"] < 60
    subprocess.run([*words, "--resume"], env=environment, capture_output=True, check=True, timeout=300)
    whole, killed = (tmp_path / home / "models" / "mine.safetensors" for home in ("whole", "killed"))
    from safetensors.torch import load_file

    first, second = load_file(whole), load_file(killed)
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_rate_and_parts_survive_in_the_recipe_that_is_stored(folder: Path, tmp_path: Path) -> None:
    run = trainer(folder, tmp_path / "run", dataclasses.replace(TINY, batch=2))
    run.recovery.parts = 2
    run.run(steps=1)
    later = trainer(folder, tmp_path / "run", dataclasses.replace(TINY, batch=2))
    later.resume()
    assert later.recovery.parts == 2


def test_a_run_in_many_parts_goes_on_with_a_batch_that_is_smaller_than_they_are_many(
    folder: Path, tmp_path: Path
) -> None:
    run = trainer(folder, tmp_path / "run")
    run.recovery.parts = 4
    run.run(steps=2)
    later = trainer(folder, tmp_path / "run", dataclasses.replace(TINY, batch=2))
    later.resume()
    assert later.recovery.parts == 4
    result = later.run(steps=4)
    assert result.steps == 4
    assert not later.recovery.rollbacks
    assert all(torch.isfinite(v).all() for v in later.network.state_dict().values())
