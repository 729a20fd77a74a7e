"""``aestudio train``: a recipe and a folder of pictures to a model of one's own."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import math
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio import paths
from aestudio.catalog import store
from aestudio.catalog.card import read_card
from aestudio.catalog.shelf import SUFFIX, check_id
from aestudio.commands import say
from aestudio.commands.check import left_out
from aestudio.commands.signals import endings
from aestudio.commands.watching import Watcher
from aestudio.errors import SettingsError, StudioError
from aestudio.jobs import training
from aestudio.jobs.account import account_of
from aestudio.jobs.report import check_target, write_report
from aestudio.jobs.verdict import verdict
from aestudio.training import beginnings, history, recipes
from aestudio.training.beginnings import Role
from aestudio.training.damage import Damage
from aestudio.training.overrides import changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from aestudio.training.board import Board
    from aestudio.training.sources import Source

DEFAULT_RECIPES = {"denoise": "denoise-fast", "upscale": "upscale-x4-fast", "vae": "vae-digits-2d"}
SELF_SUPERVISED = "photo-fast"
# A run is scored at least so many times where the recipe does not say more often.
VALIDATIONS = 20
# Seconds between two looks at a pinned crop, and seconds for which a run gives way at most.
LIVE = 10.0
NICENESS = 19
LONGEST_REST = 20.0
SMALLEST_CROP = 16
# Signals that come within so many seconds are one wish.
ONE_WISH = 1.0


class _StopBetweenSteps:
    """Turns the first Ctrl+C or SIGTERM into a wish, so that a checkpoint is written; a second one interrupts.

    Where it listens, words on standard input are wishes too, and the end of it is the wish to stop:
    a run does not outlive the window that watches it.
    """

    def __init__(self, listens: bool) -> None:
        self._asked = self._enough = False
        self._free = threading.Event()
        self._free.set()
        self._heard = 0.0
        if listens:
            threading.Thread(target=self._listen, name="wishes", daemon=True).start()

    def __enter__(self) -> _StopBetweenSteps:
        self._before = {n: signal.signal(n, self._hear) for n in (signal.SIGINT, *endings())}
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def asked(self) -> bool:
        return self._asked

    def enough(self) -> bool:
        return self._enough

    def rest(self) -> float:
        """Wait while the window's own work needs the device, up to a limit; return for how long, in seconds."""
        if self._free.is_set():
            return 0.0
        begun = time.monotonic()
        self._free.wait(LONGEST_REST)
        # a batch of hours must not hold up a run of minutes for good
        self._free.set()
        return time.monotonic() - begun

    def _listen(self) -> None:
        for line in sys.stdin:
            if line.strip() == training.STOP:
                self._enough = True
            elif line.strip() == training.PAUSE:
                self._asked = True
            if line.strip() == training.YIELD:
                self._free.clear()
            else:
                self._free.set()
        self._asked = True
        self._free.set()

    def _hear(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._asked and now - self._heard < ONE_WISH:
            # a terminal tells every process of its group, and torchrun tells its workers once more
            return
        if self._asked:
            raise KeyboardInterrupt
        self._asked, self._heard = True, now
        print("Stopping after this step; go on later with --resume.", file=sys.stderr, flush=True)


def run(options: argparse.Namespace) -> int:
    """Train and write the weight file with its card. Raises StudioError; Cancelled after a checkpoint."""
    if options.listen and hasattr(os, "nice"):
        # the window that watches comes first, and so does its engine; threads keep what they are born with
        os.nice(NICENESS)
    try:
        return _run(options)
    except StudioError as error:
        if options.json:
            _tell(training.ending(error))
        raise


def _tell(event: training.TrainingEvent) -> None:
    say.line(say.json_line(training.to_row(event)))


def _recipe(options: argparse.Namespace) -> recipes.Recipe:
    blind = options.self_supervised or (options.pairs and options.task == "denoise")
    usual = SELF_SUPERVISED if blind else DEFAULT_RECIPES[options.task]
    begun = _begun_with(options) if options.resume and not options.recipe else None
    recipe = begun or recipes.load(options.recipe or usual)
    if recipe.task != options.task:
        raise SettingsError(f"The recipe is for the task {recipe.task}.", f"Choose one for {options.task}.")
    changes = {k: getattr(options, k) for k in ("minutes", "batch", "patch") if getattr(options, k) is not None}
    if options.self_supervised:
        changes["degradation"] = "noisy"
    if options.pairs:
        if options.task == "vae":
            raise SettingsError("Pairs are for denoise and upscale.", "Leave out --pairs.")
        if options.self_supervised:
            raise SettingsError("Pairs have a truth to learn from.", "Leave out --pairs or --self-supervised.")
        changes.update(degradation="pairs", damage=Damage())
    elif options.register or recipe.degradation == "pairs":
        raise SettingsError("There are no pairs to learn from.", "Name the folder of the inputs with --pairs.")
    recipe = changed(dataclasses.replace(recipe, **changes), options.set)
    if recipe.task != options.task:
        raise SettingsError("The task is the command's own.", f"Leave --set task out: it is {options.task}.")
    rate = options.rate
    if not 0 < rate <= 10:
        raise SettingsError("The factor of the learning rates is out of range.", "Choose more than 0, at most 10.")
    # what it began with was multiplied already
    base = recipes.load(usual) if begun is not None and rate != 1 else recipe
    return dataclasses.replace(
        recipe,
        title=options.title or _title(options, recipe),
        muon_rate=base.muon_rate * rate,
        adamw_rate=base.adamw_rate * rate,
        validate_every=min(
            recipe.validate_every, recipe.minutes * 60 / VALIDATIONS, LIVE if options.watch_crop else math.inf
        ),
    )


def _begun_with(options: argparse.Namespace) -> recipes.Recipe | None:
    """Return the recipe that a run to be gone on with began with, None where there is no such run."""
    checkpoint = paths.runs_folder() / options.name / history.CHECKPOINT
    if not checkpoint.is_file():
        return None
    from aestudio.training.checkpoint import facts_of

    stored = facts_of(checkpoint).get("recipe")
    # a checkpoint of an early version says nothing of it
    return recipes.from_table(stored) if stored else None


def _title(options: argparse.Namespace, recipe: recipes.Recipe) -> str:
    """Return what the model is called: the recipe's title, or its own name where another model is called so."""
    titled = {model.card.title for model in store.installed() if model.card.id != options.name}
    return options.name if recipe.title in titled else recipe.title


def _source(options: argparse.Namespace) -> Source:
    from aestudio.training.sources import Source

    folders = tuple(map(Path, (options.folder, *options.folders)))
    inputs = Path(options.pairs) if options.pairs else None
    if inputs is not None and paths.real(inputs) in set(map(paths.real, folders)):
        # each picture would be its own truth: hours of learning to do nothing
        raise SettingsError("Both halves of the pairs lie in one folder.", "Name another folder for the inputs.")
    return Source(folders, left_out(options.without, folders), inputs, options.register)


def _start(options: argparse.Namespace) -> Path | None:
    """Return the weight file to begin with. Raises SettingsError for a model of another task."""
    if not options.start:
        return None
    return _model(options, options.start, Role.START)


def _teacher(options: argparse.Namespace) -> Path | None:
    return _model(options, options.teacher, Role.TEACHER) if options.teacher else None


def _model(options: argparse.Namespace, model_id: str, role: Role) -> Path:
    """Return the weight file of a model that a run has in a role. Raises SettingsError for one of another task."""
    own = beginnings.kept(paths.runs_folder() / options.name, role) if options.resume else None
    if own is not None and own.stem == model_id:
        # the model itself may be gone, or another one by now
        return own
    found = store.find(model_id, options.task)
    if found.card.task != options.task:
        raise SettingsError(
            f"The model {model_id} is for the task {found.card.task}, not for {options.task}.",
            "Choose one of the same task.",
        )
    if options.self_supervised and role is Role.START and not found.card.blind:
        raise SettingsError(
            f"The model {model_id} must be told how strong noise is, which noisy pictures alone do not say.",
            "Begin with one that judges it by itself, such as photo-fast, or with none.",
        )
    return found.path


def _crop(options: argparse.Namespace) -> tuple[int, int, int] | None:
    """Return the part to look at. Raises SettingsError where it is none, or not one photo is learned from."""
    if not options.watch_crop:
        return None
    if not (options.self_supervised and Path(options.folder).is_file()):
        raise SettingsError("A crop can be watched where one photo is learned from.", "Leave out --watch-crop.")
    try:
        left, top, side = (int(word) for word in options.watch_crop.split(","))
    except ValueError:
        left = top = side = -1
    if min(left, top) < 0 or side < SMALLEST_CROP:
        raise SettingsError(
            f"“{options.watch_crop}” is no crop.",
            f"Say its left, its top and its side in pixels, at least {SMALLEST_CROP}: 120,80,256.",
        )
    return left, top, side


def _probe(options: argparse.Namespace, recipe: recipes.Recipe) -> int:
    """Say how fast the recipe runs on this device, and train nothing. Raises StudioError."""
    from aestudio.engine import device
    from aestudio.training.probe import paces

    _start(options)
    pace = None
    for pace in paces(recipe, _source(options), device.choose(options.device).device, teacher=_teacher(options)):
        if options.json:
            _tell(training.Probed(**dataclasses.asdict(pace)))
    if pace is not None and not options.json:
        print(
            f"{pace.steps_per_second:.2f} steps and {pace.megapixels_per_second:.2f} megapixels a second "
            f"on {pace.device}, with {pace.memory / 2**30:.1f} GB of memory"
        )
    return 0


@contextlib.contextmanager
def _board(options: argparse.Namespace, run_folder: Path, leads: bool) -> Iterator[Board | None]:
    """Give what TensorBoard reads, where it is asked for. Raises SettingsError where it is not installed."""
    if not (options.tensorboard and leads):
        yield None
        return
    from aestudio.training.board import Board

    board = Board(run_folder)
    try:
        yield board
    finally:
        board.close()


def _run(options: argparse.Namespace) -> int:
    recipe = _recipe(options)
    if options.steps is not None and options.steps < 1:
        raise SettingsError("The number of steps must be positive.", "Choose at least 1.")
    if options.probe:
        return _probe(options, recipe)
    # before anything that takes time, and before it is part of a path
    check_id(options.name)
    if options.check:
        from aestudio.commands.check import check

        return check(options, recipe, _source(options), _tell)
    start, crop, teacher = _start(options), _crop(options), _teacher(options)
    run_folder = paths.runs_folder() / options.name
    if options.report:
        check_target(Path(options.report))
    target = Path(options.weights_folder) if options.weights_folder else paths.user_models_folder()
    shipped = paths.weights_folder() / f"{options.name}{SUFFIX}"
    if shipped.exists() and target == paths.user_models_folder() and not (options.overwrite or options.resume):
        # one's own would go before it everywhere
        raise SettingsError(f"A model called “{options.name}” comes with aestudio.", "Choose another name.")

    import torch

    from aestudio.engine import device
    from aestudio.engine.footprint import held_memory, held_on
    from aestudio.training.fit import Provenance, fit
    from aestudio.training.machine import device_name
    from aestudio.training.moment import Moment
    from aestudio.training.objective import Extent
    from aestudio.training.ranks import Ranks

    chosen = device.choose(options.device).device
    # the input and the optimiser need their float32; the network runs in bfloat16 where that is faster
    torch.set_float32_matmul_precision("highest")

    def held(moment: Moment) -> tuple[int, int, int]:
        return moment.step * recipe.batch, held_memory(), held_on(ranks.device)

    def remark(text: str) -> None:
        if ranks.leads:
            watcher.remark(text)
            if options.json:
                _tell(training.Remarked(text))

    def begun(extent: Extent) -> None:
        if options.json:
            named, resumed = device_name(ranks.device), options.resume or ranks.restarted
            known = (extent.untouched, resumed, extent.baselines, extent.noise, recipe.keeps, extent.anew)
            _tell(training.Begun(named, extent.pictures, extent.held_out, *known))

    own = Provenance()
    with (
        Ranks(chosen) as ranks,
        _StopBetweenSteps(options.listen) as stop,
        Watcher(options, ranks.leads, held) as watcher,
        _board(options, run_folder, ranks.leads) as board,
    ):

        def watch(moment: Moment) -> None:
            watcher.watch(moment)
            if board is not None:
                board.watch(moment)

        path = fit(
            recipe,
            _source(options),
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
            say=remark,
            cancelled=stop.asked,
            enough=stop.enough,
            begun=begun,
            ranks=ranks,
            crop=crop,
            rest=stop.rest,
            teacher=teacher,
        )
    if ranks.leads:
        _conclude(options, path, run_folder)
    return 0


def _conclude(options: argparse.Namespace, path: Path, run_folder: Path) -> None:
    """Say what came of a run, and write its report where it is asked for. Raises OutputError."""
    card = read_card(path)
    sentences = [said.english() for said in verdict(account_of(card, history.read(run_folder)))]
    if options.json:
        told = card.training
        _tell(training.Finished(options.name, str(path), told["validation"], told.get("residual", {}), sentences))
    else:
        if not options.quiet:
            say.line("\n".join(sentences))
        say.line(f"The model “{options.name}” is in {path}; its log is in {run_folder}.")
    if options.report:
        write_report(card, run_folder, Path(options.report))
