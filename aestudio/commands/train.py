"""``aestudio train``: a recipe and a folder of pictures to a model of one's own."""

from __future__ import annotations

import argparse
import dataclasses
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio import paths
from aestudio.catalog import store
from aestudio.errors import SettingsError
from aestudio.training import recipes

if TYPE_CHECKING:
    from types import FrameType

DEFAULT_RECIPES = {"denoise": "denoise-fast", "upscale": "upscale-x4-fast", "vae": "vae-digits-2d"}


class _StopBetweenSteps:
    """Turns the first Ctrl+C or SIGTERM into a wish, so that a checkpoint is written; a second one interrupts."""

    def __init__(self) -> None:
        self._asked = False

    def __enter__(self) -> _StopBetweenSteps:
        self._before = {n: signal.signal(n, self._hear) for n in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def asked(self) -> bool:
        return self._asked

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        print("Stopping after this step; go on later with --resume.", file=sys.stderr, flush=True)


def run(options: argparse.Namespace) -> int:
    """Train and write the weight file with its card. Raises StudioError; Cancelled after a checkpoint."""
    recipe = recipes.load(options.recipe or DEFAULT_RECIPES[options.task])
    if recipe.task != options.task:
        raise SettingsError(f"The recipe is for the task {recipe.task}.", f"Choose one for {options.task}.")
    changes = {k: getattr(options, k) for k in ("minutes", "batch", "patch") if getattr(options, k) is not None}
    recipe = dataclasses.replace(recipe, **changes)
    if options.steps is not None and options.steps < 1:
        raise SettingsError("The number of steps must be positive.", "Choose at least 1.")
    start = store.find(options.start).path if options.start else None
    run_folder = paths.runs_folder() / options.name
    target = Path(options.weights_folder) if options.weights_folder else paths.user_models_folder()

    import torch

    from aestudio.engine import device
    from aestudio.training.fit import Provenance, fit
    from aestudio.training.loop import Moment
    from aestudio.training.ranks import Ranks

    chosen = device.choose(options.device).device
    # the input and the optimiser need their float32; the network runs in bfloat16 where that is faster
    torch.set_float32_matmul_precision("highest")

    def watch(moment: Moment) -> None:
        scores = ", ".join(f"{name} {value:.3f}" for name, value in moment.scores.items())
        if not options.quiet:
            print(
                f"step {moment.step}, {moment.seconds / 60:.1f} min, {moment.megapixels:.0f} MP seen, "
                f"loss {moment.loss:.5f}, rate x{moment.rate:.2f}, validation: {scores}",
                flush=True,
            )

    def say(text: str) -> None:
        if ranks.leads:
            print(text, file=sys.stderr)

    own = Provenance()
    with Ranks(chosen) as ranks, _StopBetweenSteps() as stop:
        path = fit(
            recipe,
            Path(options.folder),
            options.name,
            run_folder,
            target,
            ranks.device,
            steps=options.steps,
            start=start,
            resume=options.resume,
            overwrite=options.overwrite,
            provenance=Provenance(options.credit or own.data, options.licence or own.licence),
            watch=watch,
            say=say,
            cancelled=stop.asked,
            ranks=ranks,
        )
    if ranks.leads:
        print(f"The model “{options.name}” is in {path}; its log is in {run_folder}.")
    return 0
