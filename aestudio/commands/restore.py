"""``aestudio denoise`` and ``aestudio upscale``: files in, restored files out."""

from __future__ import annotations

import argparse
import logging
import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tqdm import tqdm

from aestudio import paths
from aestudio.catalog import store
from aestudio.commands import say
from aestudio.commands.inputs import Input, Targets, check_max_pixels, expand, suffix_for, without_results
from aestudio.commands.shares import Share
from aestudio.errors import ExistsError, OutputError, SettingsError, StudioError
from aestudio.imageio.mix import Mix
from aestudio.imageio.picture import PictureInfo
from aestudio.imageio.reader import DEFAULT_MAX_PIXELS, read_info
from aestudio.imageio.writer import OutputInfo, plan_output
from aestudio.jobs.journal import Journal
from aestudio.jobs.names import TASK_WORDS
from aestudio.jobs.spec import Output, Restoration
from aestudio.jobs.stamps import MISSING, seen

if TYPE_CHECKING:
    from aestudio.jobs.files import Tools

log = logging.getLogger(__name__)
_THERE = "the output exists; --overwrite replaces it"


@dataclass(frozen=True)
class Plan:
    """What the command was asked to do, checked before anything runs; ``weights`` is (bytes, changed) of its file."""

    restoration: Restoration
    output: Output
    mix: Mix
    tile: int | None
    max_pixels: int
    weights: tuple[int, int]

    def settings(self) -> dict[str, Any]:
        """Return all that was asked for and decides a result, for ``--json``."""
        denoise = self.restoration.task == "denoise"
        noise = "auto" if self.restoration.noise is None else self.restoration.noise
        own = (
            {"noise": noise, "strength": self.mix.light, "strength_colour": self.mix.colour, "detail": self.mix.detail}
            if denoise
            else {"scale": self.restoration.scale, "cleaner": self.restoration.cleaner or None}
        )
        stored = {k: getattr(self.output, k) for k in ("format", "depth", "quality", "metadata", "recipe")}
        return {"task": self.restoration.task, **own, "ensemble": self.restoration.ensemble, **stored}

    def journal_settings(self) -> dict[str, Any]:
        """Return all that decides a result, the model's weights as they are now among it."""
        return {**self.settings(), "model": self.restoration.model, "weights": self.weights}

    def stored(self, info: PictureInfo, target: Path | None) -> OutputInfo:
        """Return what the result of a picture is written as. Raises SettingsError for what cannot be held."""
        scale = self.restoration.scale
        width, height = (int(n * scale + 0.5) for n in (info.width, info.height))
        wanted = self.output
        return plan_output(info, width, height, target, wanted.format, wanted.depth, wanted.quality, wanted.metadata)


def run(options: argparse.Namespace) -> int:
    """Restore every input; returns 0, or 1 where some failed. Raises StudioError where nothing can start."""
    plan = make_plan(options)
    if not options.out:
        raise SettingsError("The folder for results is empty.", "Name one with -o, or a dot for this one.")
    word = TASK_WORDS[options.command]
    found = expand(options.inputs, options.recursive)
    with Journal(paths.journal_file()) as journal:
        inputs = without_results(found, Path(options.out), word, options.name_template, journal.made)
    targets = Targets(options.out, inputs, word, options.name_template, plan.output.format)
    _check_output(plan, targets.example())
    targets.prepare()

    from aestudio.engine import device
    from aestudio.engine.session import SessionCache
    from aestudio.jobs.files import Tools

    share = Share.own()
    tools = Tools(device.choose(share.device(options.device), options.precision), SessionCache(), plan.tile)
    smallest = tools.session_for(plan.restoration).smallest_tile()
    if plan.tile is not None and plan.tile < smallest:
        raise SettingsError(f"Tiles of {plan.tile} pixels are too small.", f"Choose at least {smallest}, or auto.")
    failed = 0
    lost: list[Exception] = []

    def went_wrong(error: Exception) -> None:
        if device.has_lost_gpu(error):
            lost.append(error)

    with share.together(), Journal(paths.journal_file()) as journal:
        for item in share.of(inputs):
            row = _one(item, plan, targets, tools, journal, options, went_wrong)
            failed += row["status"] == "failed"
            _tell(row, options)
            if lost:
                lost.clear()
                print("The GPU failed: the processor restores the pictures that follow.", file=sys.stderr)
                tools = Tools(device.choose("cpu"), SessionCache(), plan.tile)
    return 1 if failed else 0


def make_plan(options: argparse.Namespace) -> Plan:
    """Return the plan in the options. Raises SettingsError for a value out of range, WeightsError without a model."""
    task = options.command
    noise, scale, mix = None, 1.0, Mix()
    if task == "denoise":
        noise, light, colour = _number_or_auto(options.noise, "noise level"), options.strength, options.strength_colour
        mix = Mix(light, light if colour is None else colour, options.detail)
    else:
        scale = options.scale
    if options.quality is not None and not 1 <= options.quality <= 100:
        raise SettingsError(f"A quality of {options.quality} is out of range.", "Choose 1 to 100.")
    tile = _number_or_auto(options.tile, "tile size")
    check_max_pixels(options)
    Restoration(task, "", noise, scale)  # refuses values out of range before a model is looked for
    model = options.model or store.default_id(task, scale, options.fast, blind=noise is None)
    found = store.find(model, task)
    cleaner = store.default_id("denoise", fast=options.fast) if task == "upscale" and options.clean else ""
    restoration = Restoration(task, model, noise, scale, options.ensemble, cleaner=cleaner)
    restoration.check(found.card)
    status = found.path.stat()
    output = Output(
        options.format,
        options.depth,
        options.quality,
        not options.no_metadata,
        options.overwrite,
        recipe=not options.no_recipe,
    )
    return Plan(
        restoration,
        output,
        mix,
        None if tile is None else int(tile),
        options.max_pixels,
        (status.st_size, status.st_mtime_ns),
    )


def _check_output(plan: Plan, target: Path | None) -> None:
    """Raise SettingsError for a format, depth and name that contradict each other whatever the input is."""
    plan.stored(PictureInfo(Path(), "tiff", 1, 1, 3, has_alpha=False, dtype=np.dtype(np.uint8)), target)


def _number_or_auto(text: str, what: str) -> float | None:
    if text == "auto":
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise SettingsError(f"“{text}” is no {what}.", "Give a number, or auto.")
    return number


def _one(
    item: Input,
    plan: Plan,
    targets: Targets,
    tools: Tools,
    journal: Journal,
    options: argparse.Namespace,
    went_wrong: Callable[[Exception], None],
) -> dict[str, Any]:
    """Restore one input and return its row; a failure is a row too, of which ``went_wrong`` hears if it is odd."""
    from aestudio.jobs.files import restore_file

    settings = plan.journal_settings()
    row: dict[str, Any] = {
        "input": str(item.path), "output": None, "status": "failed", "error": None, "width": None, "height": None,
        "seconds": 0.0, "megapixels_per_second": None, "device": tools.choice.name,
        "model": plan.restoration.model, "settings": plan.settings(),
    }  # fmt: skip
    started = time.monotonic()
    try:
        if item.problem:
            raise item.problem
        before = seen(item.path)
        info = read_info(item.path, plan.max_pixels or DEFAULT_MAX_PIXELS)
        kind = plan.stored(info, targets.out if targets.is_file else None).format
        target = targets.of(item, suffix_for(item.path, kind))
        row["output"] = str(target)
        reason = _reason_to_skip(item, target, settings, targets, journal, options)
        if reason:
            return {**row, "status": "skipped", "error": reason}
        target.parent.mkdir(parents=True, exist_ok=True)
        targets.tidy(target.parent)
        with _bar(item, options) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            report = restore_file(
                item.path, target, plan.restoration, tools, plan.mix, plan.output, plan.max_pixels, progress
            )
    except ExistsError:
        # another process was faster
        return {**row, "status": "skipped", "error": _THERE}
    except (StudioError, OSError) as error:
        return {**row, "error": str(error), "seconds": round(time.monotonic() - started, 3)}
    except Exception as error:  # one bad file ends no batch, whatever is wrong with it
        log.debug("%s failed", item.path, exc_info=True)
        went_wrong(error)
        what = f"Something unexpected went wrong ({type(error).__name__}: {error}). Please report it with this file."
        return {**row, "error": what, "seconds": round(time.monotonic() - started, 3)}
    try:
        # what was written over meanwhile is not what was restored
        if seen(item.path) == before != MISSING:
            journal.record(item.path, settings, target)
    except Exception as error:  # the result is there, whatever is wrong with the journal
        log.warning("%s is done, but the journal could not note it: %s", item.path, error)
    seconds = time.monotonic() - started
    if report.noise is not None:
        row["settings"]["noise"] = round(report.noise, 2)
        row["settings"]["noise_estimated"] = plan.restoration.noise is None
    source_megapixels = info.width * info.height / 1e6
    return {
        **row,
        "status": "done",
        "width": report.width,
        "height": report.height,
        "seconds": round(seconds, 3),
        "megapixels_per_second": round(source_megapixels / seconds, 3),
        "device": report.device,
        "notes": [*report.notes, *report.lost],
    }


def _reason_to_skip(
    item: Input,
    target: Path,
    settings: dict[str, Any],
    targets: Targets,
    journal: Journal,
    options: argparse.Namespace,
) -> str:
    """Return why the input needs no work, or nothing. Raises OutputError where its result would replace an input."""
    replacing = OutputError(f"The result would replace the input {target}.", "Choose another place with -o.")
    if _same_file(item.path, target):
        raise replacing
    if options.resume:
        try:
            if journal.is_done(item.path, settings, target):
                return "done before with the same settings"
        except Exception as error:  # then it is done again
            log.warning("The journal cannot tell whether %s is done: %s", item.path, error)
    if os.path.lexists(target) and not options.overwrite:
        return _THERE
    if targets.is_source(target):
        raise replacing
    return ""


def _same_file(one: Path, other: Path) -> bool:
    return paths.real(one) == paths.real(other) or (other.exists() and one.samefile(other))


def _bar(item: Input, options: argparse.Namespace) -> tqdm[Any]:
    silent = options.quiet or not sys.stderr.isatty()
    return tqdm(desc=item.path.name[:40], unit="tile", leave=False, disable=silent, file=sys.stderr)


def _tell(row: dict[str, Any], options: argparse.Namespace) -> None:
    if row["status"] == "failed":
        print(f"{row['input']}: {row['error']}", file=sys.stderr)
    if options.json:
        say.line(say.json_line(row))
    elif not options.quiet and row["status"] != "failed":
        if row["status"] == "skipped":
            print(f"{row['input']}: skipped ({row['error']})")
            return
        settings, noise = row["settings"], ""
        if "noise" in settings:
            kind = "estimated" if settings["noise_estimated"] else "given"
            noise = f", noise {settings['noise']:g} ({kind})"
        print(
            f"{row['input']} -> {Path(row['output'])} ({row['width']}x{row['height']}, {row['seconds']:.1f} s, "
            f"{row['megapixels_per_second']:.2f} MP/s, {row['model']} on {row['device']}{noise})"
        )
        for note in row["notes"]:
            print(f"  {note}")
