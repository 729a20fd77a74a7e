"""A folder examined before a run: what in it would be read in vain, or would teach or judge a model wrongly."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from aestudio.errors import InputError
from aestudio.training import twins
from aestudio.training.looks import Look, look
from aestudio.training.recipes import Recipe

STOPS, WARNS, TELLS = "stops", "warns", "tells"

MOST = 2000
"""Pictures that are looked at: of more, all held-out ones and a fair sample."""
# Limits above which a picture that shall be clean is not. docs/scores.md says how often each is right.
NOISY = 4.0
BLURRED = 0.4
COMPRESSED = 60
BLOCKY = 1.7

PIXELS_PER_WEIGHT = 20.0
"""Of training pictures, for each weight of a network that starts from nothing: DnCNN (Zhang et al., 2017) learned its
0.56 million from 400 pictures of 180 x 180, 23 for each."""
ADAPTING = 1 / 40
"""The share of that for a network that has learned already: it has only to be moved a little."""
FEWEST = 10
"""With fewer pictures, no more than one is held out, and its score is chance."""
BYTES_PER_WEIGHT = 42
"""On the disk: the last checkpoint (weights, average, two moments in float32), the best one, each beside its
successor while that is written, and the model."""


@dataclass(frozen=True)
class Finding:
    """Something that a person may want to know: ``what`` it is and what to do, each a sentence.

    ``severity`` is whether it STOPS the run, WARNS of a worse model or only TELLS; ``leave_out`` are those of
    ``paths`` that would better be left out.
    """

    kind: str
    severity: str
    what: str
    advice: str
    paths: tuple[Path, ...] = ()
    leave_out: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Sums:
    """What a run will take: ``memory`` and ``disk`` in bytes, ``reading`` in seconds, ``free`` of the disk.

    ``looked_at`` of ``pictures`` were examined; the rest of the figures are worked out from those.
    """

    pictures: int
    looked_at: int
    megapixels: float
    memory: int
    disk: int
    free: int
    reading: float


class Examination:
    """What is found in ``paths``; ``findings`` does the work, ``sums`` are known afterwards.

    ``adapting`` says that the network has learned already. At most ``most`` pictures are looked at, and no new one
    after ``seconds``. ``run_folder`` is where checkpoints go; pictures take at most ``room`` bytes of memory.
    """

    def __init__(
        self,
        recipe: Recipe,
        paths: Sequence[Path],
        run_folder: Path,
        adapting: bool = False,
        most: int = MOST,
        seconds: float = float("inf"),
        room: float = float("inf"),
    ) -> None:
        self.recipe, self.paths, self.run_folder, self.adapting = recipe, paths, run_folder, adapting
        self.most, self.seconds, self.room = most, seconds, room
        self.restores = recipe.task != "vae"
        self.looks: list[Look] = []
        self._unreadable: list[Path] = []

    def findings(self, progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Finding]:
        """Yield what is found, as it is; ``progress`` hears how many pictures of how many were looked at."""
        if not self.paths:
            return
        self._look(progress)
        self.looks.sort(key=lambda one: one.path)
        yield from self._readable()
        if not self.looks:
            return
        smallest = self._smallest()
        small = [one for one in self.looks if min(one.width, one.height) < smallest]
        if len(small) == len(self.looks):
            yield Finding(
                "small",
                STOPS,
                f"No picture is at least {smallest} pixels on its shorter side.",
                "Use larger pictures or a smaller patch.",
                _paths(small),
            )
            return
        if small:
            yield Finding(
                "small",
                WARNS,
                "1 picture is too small to learn from."
                if len(small) == 1
                else f"{len(small)} pictures are too small to learn from.",
                f"Their shorter side has less than {smallest} pixels: they are left out.",
                _paths(small),
                _paths(small),
            )
        usable = [one for one in self.looks if min(one.width, one.height) >= smallest]
        yield from self._odd(usable)
        yield from self._twins(usable)
        if self.restores and self.recipe.degradation != "noisy":
            yield from self._unclean(usable)
        yield from self._enough(usable)
        yield from self._disk()

    def sums(self) -> Sums:
        """Return what the run will take, by what was looked at."""
        seen = len(self.looks) + len(self._unreadable)
        total = len(self.paths)
        times = total / max(1, seen)
        pixels = sum(one.pixels for one in self.looks) * times
        paired = self.recipe.degradation == "pairs"
        twin = (
            1 / self.recipe.scale**2 if paired or (self.recipe.scale > 1 and self.recipe.degradation == "plain") else 0
        )
        return Sums(
            total,
            seen,
            pixels / 1e6,
            round(min(3 * pixels * (1 + twin), self.room)),
            self._weights() * BYTES_PER_WEIGHT,
            _free(self.run_folder),
            sum(one.seconds for one in self.looks) * times * (1 + twin * paired),
        )

    # How it is found.

    def _look(self, progress: Callable[[int, int], None]) -> None:
        from aestudio.training.data import split

        self._held_out = set(split(self.paths, self.recipe.held_out)[1]) if len(self.paths) > 1 else set[Path]()
        others = [path for path in self.paths if path not in self._held_out]
        # in any order, so that those of a look that is cut short are a fair sample
        random.Random(0).shuffle(others)
        chosen = [*sorted(self._held_out), *others][: self.most]
        measures = self.restores and self.recipe.degradation != "noisy"
        end = time.monotonic() + self.seconds
        done = 0
        progress(0, len(chosen))
        workers = max(1, min(4, os.cpu_count() or 1))
        # decoding lets other threads run
        with ThreadPoolExecutor(workers) as pool:
            for start in range(0, len(chosen), 4 * workers):
                some = chosen[start : start + 4 * workers]
                for path, found in zip(some, pool.map(lambda one: _attempt(one, measures), some), strict=True):
                    if found is None:
                        self._unreadable.append(path)
                    else:
                        self.looks.append(found)
                    done += 1
                    progress(done, len(chosen))
                if time.monotonic() > end:
                    return

    def _readable(self) -> Iterator[Finding]:
        broken = tuple(sorted(self._unreadable))
        if not self.looks:
            advice = "Choose a folder of whole pictures."
            yield Finding("unreadable", STOPS, "None of the pictures can be read.", advice, broken)
        elif broken:
            yield Finding(
                "unreadable",
                WARNS,
                "1 file cannot be read as a picture." if len(broken) == 1 else f"{len(broken)} files cannot be read.",
                "Left out of the run; copy again what you need.",
                broken,
                broken,
            )

    def _smallest(self) -> int:
        from aestudio.training.objectives import smallest_side

        return smallest_side(self.recipe) if self.restores else 1

    def _odd(self, usable: list[Look]) -> Iterator[Finding]:
        grey = [one for one in usable if one.grey]
        if 0 < len(grey) < len(usable) / 2:
            yield Finding(
                "grey",
                TELLS,
                f"{len(grey)} of {len(usable)} pictures are grey, the others are in colour.",
                "They teach nothing about colour; leave them out unless the model shall do both.",
                _paths(grey),
            )
        deep = [one for one in usable if one.deep]
        if 0 < len(deep) < len(usable):
            yield Finding(
                "deep",
                TELLS,
                f"{len(deep)} of {len(usable)} pictures have 16 bits, the others 8.",
                "All are learned from with 8 bits; they can stay.",
                _paths(deep),
            )

    def _twins(self, usable: list[Look]) -> Iterator[Finding]:
        alike, leaking = list[list[Look]](), list[list[Look]]()
        for numbers in twins.groups([one.hash for one in usable]):
            group = [usable[n] for n in numbers]
            across = {one.path in self._held_out for one in group}
            (leaking if len(across) == 2 else alike).append(group)
        if leaking:
            taught = [one for group in leaking for one in group if one.path not in self._held_out]
            yield Finding(
                "leak",
                WARNS,
                "1 picture to learn from is nearly the same as one to judge by."
                if len(taught) == 1
                else f"{len(taught)} pictures to learn from are nearly the same as some to judge by.",
                "The score would be too good to be true: leave them out.",
                _paths([one for group in leaking for one in group]),
                _paths(taught),
            )
        if alike:
            # the largest stays
            extra = [one for group in alike for one in sorted(group, key=lambda one: -one.pixels)[1:]]
            yield Finding(
                "alike",
                WARNS,
                "1 picture is nearly the same as another."
                if len(extra) == 1
                else f"{len(extra)} pictures are nearly the same as others.",
                "What is there several times counts several times: keep one of each.",
                _paths([one for group in alike for one in group]),
                _paths(extra),
            )

    def _unclean(self, usable: list[Look]) -> Iterator[Finding]:
        noisy = [one for one in usable if one.noise > NOISY]
        blurred = [one for one in usable if one.sharpness is not None and one.sharpness < BLURRED]
        compressed = [one for one in usable if one.blocks > BLOCKY or (one.quality or 100) < COMPRESSED]
        if noisy:
            what = "1 picture is noisy." if len(noisy) == 1 else f"{len(noisy)} pictures are noisy."
            yield self._worse("noisy", what, "The model would learn to keep such noise: leave them out.", noisy, usable)
        if blurred:
            what = "1 picture is blurred." if len(blurred) == 1 else f"{len(blurred)} pictures are blurred."
            yield self._worse("blurred", what, "The model would learn to leave blur: leave them out.", blurred, usable)
        if compressed:
            what = f"{len(compressed)} pictures are strongly compressed."
            what = "1 picture is strongly compressed." if len(compressed) == 1 else what
            advice = "The model would learn to keep such blocks: leave them out."
            yield self._worse("compressed", what, advice, compressed, usable)

    def _worse(self, kind: str, what: str, advice: str, ones: list[Look], usable: list[Look]) -> Finding:
        """Return a finding of pictures that shall be clean; they are to be left out where enough others stay."""
        if len(ones) > len(usable) / 2:
            advice = "It is most of them: the model will not be better than they are."
            if kind == "noisy" and self.recipe.task == "denoise":
                advice = "It is most of them: learn from noisy pictures alone instead."
            return Finding(kind, WARNS, what, advice, _paths(ones))
        return Finding(kind, WARNS, what, advice, _paths(ones), _paths(ones))

    def _enough(self, usable: list[Look]) -> Iterator[Finding]:
        times = len(self.paths) / max(1, len(self.looks) + len(self._unreadable))
        pictures, pixels = len(usable) * times, sum(one.pixels for one in usable) * times
        wanted = self._weights() * PIXELS_PER_WEIGHT * (ADAPTING if self.adapting else 1)
        if pictures < FEWEST:
            what = "There is only 1 picture." if pictures == 1 else f"There are only {len(usable)} pictures."
            advice = f"With fewer than {FEWEST} a model learns them by heart, and its score is chance: add some."
            yield Finding("few", WARNS, what, advice)
        elif pixels < wanted:
            what = f"{pixels / 1e6:.1f} megapixels are few for this network."
            advice = f"About {wanted / 1e6:.0f} would suit it: add pictures, or choose a smaller network."
            if not self.adapting:
                advice = f"About {wanted / 1e6:.0f} would suit it: start from a shipped model, or add pictures."
            yield Finding("few", WARNS, what, advice)

    def _disk(self) -> Iterator[Finding]:
        needed, free = self._weights() * BYTES_PER_WEIGHT, _free(self.run_folder)
        if free < needed:
            what = f"The disk has {free / 1e6:.0f} MB left, and the run needs {needed / 1e6:.0f}."
            yield Finding("disk", STOPS, what, "Free some disk space.")

    def _weights(self) -> int:
        from aestudio.models.registry import build
        from aestudio.models.weights import count_parameters

        return count_parameters(build(self.recipe.architecture, self.recipe.arguments))


def _attempt(path: Path, measures: bool) -> Look | None:
    try:
        return look(path, measures)
    except InputError:
        return None


def _paths(looks: Sequence[Look]) -> tuple[Path, ...]:
    return tuple(one.path for one in looks)


def _free(folder: Path) -> int:
    """Return the bytes that the disk has left on which ``folder`` lies, or will."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return shutil.disk_usage(there).free
