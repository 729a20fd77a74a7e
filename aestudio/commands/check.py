"""``aestudio train ... --check``: what a folder would do to a run, before anything runs."""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio import paths
from aestudio.errors import SettingsError
from aestudio.jobs import training
from aestudio.training.recipes import Recipe

if TYPE_CHECKING:
    from aestudio.training.sources import Source

FOUND_NONE, STOPPED = 0, 1
SECONDS = 40.0
"""What a window waits for at most; with the walk and the start of a run it makes less than a minute."""
_NAMED = 5
_SIGNS = {"stops": "stops the run", "warns": "warning", "tells": "note"}


def check(
    options: argparse.Namespace, recipe: Recipe, source: Source, tell: Callable[[training.TrainingEvent], None]
) -> int:
    """Say what is found; return 1 where something stops the run. Raises InputError where there are no pictures."""
    from aestudio.engine import device
    from aestudio.training.doctor import STOPS, Examination
    from aestudio.training.pairs import find_pairs
    from aestudio.training.sources import cache_bytes

    seconds = SECONDS if options.listen else float("inf")
    pairs, alone = find_pairs(source) if source.pairs is not None else ([], [])
    examination = Examination(
        recipe,
        [pair.truth for pair in pairs] or _files(recipe, source),
        paths.runs_folder() / options.name,
        adapting=bool(options.start),
        room=cache_bytes(recipe.cache_mb, device.choose(options.device).device),
        # the other half is for looking at the two together
        seconds=seconds / 2 if pairs else seconds,
    )

    def progress(done: int, total: int) -> None:
        if options.json:
            tell(training.Looked(done, total))
        elif sys.stderr.isatty() and not options.quiet:
            print(f"\rlooked at {done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    stopped = False
    findings = examination.findings(progress)
    if pairs:
        from aestudio.training.pair_checks import pair_findings

        findings = itertools.chain(findings, pair_findings(pairs, alone, recipe.scale, source.register, seconds / 2))
    for finding in findings:
        stopped |= finding.severity == STOPS
        if options.json:
            row = dataclasses.asdict(finding)
            row |= {key: [str(path) for path in row[key]] for key in ("paths", "leave_out")}
            tell(training.Found(**row))
            continue
        print(f"{_SIGNS[finding.severity]}: {finding.what} {finding.advice}")
        if finding.paths:
            more = f" and {len(finding.paths) - _NAMED} more" if len(finding.paths) > _NAMED else ""
            print("  " + ", ".join(path.name for path in finding.paths[:_NAMED]) + more)
    # a run that counts its steps has no time of its own
    minutes = 0.0 if options.steps else recipe.minutes
    sums = training.Checked(**{**dataclasses.asdict(examination.sums()), "minutes": minutes})
    if options.json:
        tell(sums)
    else:
        print(_in_words(sums))
    return STOPPED if stopped else FOUND_NONE


def _in_words(sums: training.Checked) -> str:
    looked = f"looked at {sums.looked_at:,} of {sums.pictures:,} pictures"
    if sums.looked_at == sums.pictures:
        looked = "1 picture" if sums.pictures == 1 else f"{sums.pictures:,} pictures"
    return (
        f"{looked}, {sums.megapixels:,.1f} megapixels: "
        f"{sums.memory / 1e6:,.0f} MB in memory, "
        f"{sums.disk / 1e6:,.0f} MB on the disk ({sums.free / 1e9:,.1f} GB free), "
        f"{sums.reading:,.0f} s to read" + (f", {sums.minutes:g} min to train" if sums.minutes else "")
    )


def _files(recipe: Recipe, source: Source) -> list[Path]:
    from aestudio.training import squares

    # digits that are handed out in one file were looked at by many
    mnist = recipe.task == "vae" and squares.is_mnist(source.folders[0])
    return [] if mnist else source.paths()


def left_out(list_file: str | None, folders: Sequence[Path]) -> frozenset[Path]:
    """Return the pictures that a text file names, one a line, absolute or relative to any of ``folders``.

    Raises SettingsError where the file cannot be read.
    """
    if not list_file:
        return frozenset()
    try:
        lines = Path(list_file).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError as cause:
        advice = "Name a text file with a picture's path on each line."
        raise SettingsError(f"The list {list_file} cannot be read.", advice) from cause
    named = [Path(line) for line in lines if line.strip()]
    return frozenset(path if path.is_absolute() else folder / path for path in named for folder in folders)
