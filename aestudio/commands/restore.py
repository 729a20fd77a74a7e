"""``aestudio denoise`` and ``aestudio upscale``: files in, restored files out."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from aestudio import paths
from aestudio.catalog import store
from aestudio.commands.inputs import Input, Targets, expand
from aestudio.errors import SettingsError, StudioError
from aestudio.imageio.reader import DEFAULT_MAX_PIXELS, read_info
from aestudio.imageio.writer import WRITE_FORMATS, losses, plan_output
from aestudio.jobs.journal import Journal
from aestudio.jobs.spec import Output, Restoration

if TYPE_CHECKING:
    from aestudio.jobs.files import Tools

log = logging.getLogger(__name__)

TASK_WORDS = {"denoise": "denoised", "upscale": "upscaled"}


@dataclass(frozen=True)
class Plan:
    """What the command was asked to do, checked before anything runs."""

    restoration: Restoration
    output: Output
    strength: float
    tile: int | None
    max_pixels: int

    def settings(self) -> dict[str, Any]:
        """Return all that decides a result, for the journal and for ``--json``."""
        denoise = self.restoration.task == "denoise"
        noise = "auto" if self.restoration.noise is None else self.restoration.noise
        own = {"noise": noise, "strength": self.strength} if denoise else {"scale": self.restoration.scale}
        stored = {k: getattr(self.output, k) for k in ("format", "depth", "quality", "metadata")}
        return {"task": self.restoration.task, **own, **stored}


def run(options: argparse.Namespace) -> int:
    """Restore every input; returns 0, or 1 where some failed. Raises StudioError where nothing can start."""
    plan = make_plan(options)
    inputs = expand(options.inputs, options.recursive)
    targets = Targets(options.out, len(inputs), TASK_WORDS[options.command], options.name_template)
    targets.prepare()

    from aestudio.engine import device
    from aestudio.engine.session import SessionCache
    from aestudio.jobs.files import Tools

    tools = Tools(device.choose(options.device, options.precision), SessionCache(), plan.tile)
    smallest = tools.session(plan.restoration.model).smallest_tile()
    if plan.tile is not None and plan.tile < smallest:
        raise SettingsError(f"Tiles of {plan.tile} pixels are too small.", f"Choose at least {smallest}, or auto.")
    failed = 0
    with Journal(paths.journal_file()) as journal:
        for item in inputs:
            row = _one(item, plan, targets, tools, journal, options)
            failed += row["status"] == "failed"
            _tell(row, options)
    return 1 if failed else 0


def make_plan(options: argparse.Namespace) -> Plan:
    """Return the plan in the options. Raises SettingsError for a value out of range, WeightsError without a model."""
    task = options.command
    noise, scale, strength = None, 1.0, 1.0
    if task == "denoise":
        noise, strength = _number_or_auto(options.noise, "noise level"), options.strength
    else:
        scale = options.scale
    if not 0 <= strength <= 1:
        raise SettingsError(f"A strength of {strength:g} is out of range.", "Choose 0 to 1.")
    if options.quality is not None and not 1 <= options.quality <= 100:
        raise SettingsError(f"A quality of {options.quality} is out of range.", "Choose 1 to 100.")
    tile = _number_or_auto(options.tile, "tile size")
    Restoration(task, "", noise, scale)  # refuses values out of range before a model is looked for
    model = options.model or store.default_id(task, scale, options.fast)
    card = store.find(model).card
    if card.task != task:
        raise SettingsError(f"The model “{model}” is for the task {card.task}.", f"Choose one for {task}.")
    output = Output(options.format, options.depth, options.quality, not options.no_metadata, options.overwrite)
    restoration = Restoration(task, model, noise, scale)
    return Plan(restoration, output, strength, None if tile is None else int(tile), options.max_pixels)


def _number_or_auto(text: str, what: str) -> float | None:
    if text == "auto":
        return None
    try:
        return float(text)
    except ValueError as cause:
        raise SettingsError(f"“{text}” is no {what}.", "Give a number, or auto.") from cause


def _one(
    item: Input,
    plan: Plan,
    targets: Targets,
    tools: Tools,
    journal: Journal,
    options: argparse.Namespace,
) -> dict[str, Any]:
    """Restore one input and return its row; a failure is a row too."""
    from aestudio.jobs.files import restore_file

    settings = {**plan.settings(), "model": plan.restoration.model}
    row: dict[str, Any] = {
        "input": str(item.path), "output": None, "status": "failed", "error": None, "width": None, "height": None,
        "seconds": 0.0, "megapixels_per_second": None, "device": tools.choice.name,
        "model": plan.restoration.model, "settings": plan.settings(),
    }  # fmt: skip
    started = time.monotonic()
    try:
        info = read_info(item.path, plan.max_pixels or DEFAULT_MAX_PIXELS)
        stored = plan_output(
            info, info.width, info.height, targets.out if targets.is_file else None,
            plan.output.format, plan.output.depth, plan.output.quality, plan.output.metadata,
        )  # fmt: skip
        same = stored.format == info.format and item.path.suffix
        target = targets.of(item, item.path.suffix if same else WRITE_FORMATS[stored.format])
        row["output"] = str(target)
        if options.resume and journal.is_done(item.path, settings, target):
            return {**row, "status": "skipped", "error": "done before with the same settings"}
        if target.exists() and not options.overwrite:
            return {**row, "status": "skipped", "error": "the output exists; --overwrite replaces it"}
        target.parent.mkdir(parents=True, exist_ok=True)
        with _bar(item, options) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            report = restore_file(
                item.path, target, plan.restoration, tools, plan.strength, plan.output, plan.max_pixels, progress
            )
        journal.record(item.path, settings, target)
    except (StudioError, OSError) as error:
        return {**row, "error": str(error), "seconds": round(time.monotonic() - started, 3)}
    except Exception as error:  # one bad file ends no batch, whatever is wrong with it
        log.debug("%s failed", item.path, exc_info=True)
        what = f"Something unexpected went wrong ({type(error).__name__}: {error}). Please report it with this file."
        return {**row, "error": what, "seconds": round(time.monotonic() - started, 3)}
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
        "notes": [*report.notes, *losses(info, stored)],
    }


def _bar(item: Input, options: argparse.Namespace) -> tqdm[Any]:
    silent = options.quiet or not sys.stderr.isatty()
    return tqdm(desc=item.path.name[:40], unit="tile", leave=False, disable=silent, file=sys.stderr)


def _tell(row: dict[str, Any], options: argparse.Namespace) -> None:
    if row["status"] == "failed":
        print(f"{row['input']}: {row['error']}", file=sys.stderr)
    if options.json:
        print(json.dumps(row, ensure_ascii=False), flush=True)
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
