"""Which settings belong to which picture, and the way back through their changes. Qt-free."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

from aestudio.errors import SettingsError
from aestudio.imageio.mask import Mask
from aestudio.imageio.mix import Mix
from aestudio.jobs.spec import Restoration, RestorationTask
from aestudio.settings import fits

if TYPE_CHECKING:
    from aestudio.imageio.recipe import Recipe

Size = Literal["factor", "longer", "width", "height", "print"]
INCH = 2.54
MERGED_SECONDS = 0.8
"""Changes closer to each other than this, a slider's travel for one, are undone together."""


@dataclass(frozen=True)
class Choice:
    """The settings of a restoring tab: ``model_chosen`` says that a person picked it; ``noise`` None is auto.

    An enlargement is by ``scale``, or to the ``size``: of one side in ``pixels``, or of the longer one in print.
    ``strength`` (0..1) is that of light, and that of ``colour`` where this is None; ``detail`` is
    the share of the removed texture that is given back. The ``cleaner`` is the model that the picture goes through
    before it is enlarged. The ``mask`` is one picture's own.
    """

    model: str
    model_chosen: bool = False
    noise: float | None = None
    scale: float = 1.0
    strength: float = 1.0
    ensemble: bool = False
    colour: float | None = None
    detail: float = 0.0
    size: Size = "factor"
    pixels: int = 4000
    centimetres: float = 30.0
    dpi: int = 300
    cleaner: str = ""
    mask: Mask | None = None

    @property
    def mix(self) -> Mix:
        """How much of the result counts."""
        return Mix(self.strength, self.strength if self.colour is None else self.colour, self.detail, self.mask)

    def restoration(self, task: RestorationTask) -> Restoration | None:
        """Return what decides the result's pixels, or None where these settings cannot be."""
        try:
            enlargement = self._enlargement(task)
            wanted = Restoration(task, self.model, self.noise, ensemble=self.ensemble, **enlargement)
            return wanted if self.model else None
        except SettingsError:
            return None

    def _enlargement(self, task: RestorationTask) -> dict[str, Any]:
        if task != "upscale":
            return {"scale": self.scale}
        if self.size == "factor":
            return {"scale": self.scale, "cleaner": self.cleaner}
        if self.size == "print":
            return {"side": "longer", "pixels": round(self.centimetres / INCH * self.dpi), "cleaner": self.cleaner}
        return {"side": self.size, "pixels": self.pixels, "cleaner": self.cleaner}

    def print_dpi(self, task: RestorationTask) -> int:
        """Return the pixels per inch of the print that is asked for, or 0 where none is."""
        return self.dpi if task == "upscale" and self.size == "print" else 0

    def to_plain(self) -> dict[str, Any]:
        """Return what differs from the defaults, for the file of settings."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        mask = {} if self.mask is None else {"mask": self.mask.to_plain()}
        return {k: v for k, v in values.items() if v != getattr(_DEFAULTS, k)} | mask

    @classmethod
    def from_plain(cls, values: object, task: RestorationTask) -> Choice:
        """Return the settings in a file: what is missing, unknown or damaged there gives way to the defaults."""
        hints = get_type_hints(cls)
        known = values if isinstance(values, dict) else {}
        fitting = {k: v for k, v in known.items() if k in hints and k != "mask" and fits(hints[k], v)}
        usual = replace(_DEFAULTS, scale=4.0) if task == "upscale" else _DEFAULTS
        choice = replace(usual, **fitting, mask=Mask.from_plain(known.get("mask")))
        return choice if replace(choice, model=choice.model or "any").valid(task) else usual

    @classmethod
    def of_recipe(cls, recipe: Recipe) -> Choice:
        """Return the settings that a recipe names; those that it does not, or says wrongly, are the defaults."""
        known: tuple[str, ...] = ("noise", "scale", "strength", "colour", "detail", "ensemble", "cleaner")
        known += ("size", "pixels", "centimetres", "dpi")
        hints, said = get_type_hints(cls), recipe.settings
        fitting = {k: said[k] for k in known if k in said and said[k] is not None and fits(hints[k], said[k])}
        choice = cls(recipe.model, True, **fitting, mask=Mask.from_plain(said.get("mask")))
        task: RestorationTask = "upscale" if recipe.task == "upscale" else "denoise"
        return choice if choice.valid(task) else cls(recipe.model, True)

    def valid(self, task: RestorationTask) -> bool:
        """Return whether these settings can be."""
        try:
            return isinstance(self.mix, Mix) and self.restoration(task) is not None
        except SettingsError:
            return False


_DEFAULTS = Choice("")


@dataclass(frozen=True)
class Change:
    """One step of the history: the settings of ``path`` (None: of all without their own) before and after.

    A choice of None is a picture without settings of its own. ``others`` are changes that were made with it.
    """

    path: Path | None
    before: Choice | None
    after: Choice | None
    others: tuple[Change, ...] = ()


class Choices:
    """Settings for all pictures, and those of pictures that have their own; every change can be undone."""

    def __init__(self, common: Choice, clock: Callable[[], float] = time.monotonic) -> None:
        self.common = common
        self._own: dict[Path, Choice] = {}
        self._aside: dict[Path, Choice] = {}
        self._history: list[Change] = []
        self._place = 0
        self._clock, self._changed_at = clock, float("-inf")

    def of(self, path: Path | None) -> Choice:
        """Return the settings of a picture."""
        return self._own.get(path, self.common) if path is not None else self.common

    def has_own(self, path: Path | None) -> bool:
        """Return whether a picture has settings of its own."""
        return path in self._own

    def own(self) -> dict[Path, Choice]:
        """Return the pictures that have settings of their own, and these."""
        return dict(self._own)

    def begin(self, common: Choice, own: dict[Path, Choice]) -> None:
        """Take the settings of an earlier session, with no way back to before them."""
        self.common, self._own = common, dict(own)
        self._history, self._place = [], 0

    def change(self, path: Path | None, choice: Choice) -> None:
        """Take new settings for a picture that has its own, or for all that have none. A mask makes them its own."""
        scope = path if self.has_own(path) or choice.mask is not None else None
        before = self._own.get(scope) if scope is not None else self.common
        if choice == before:
            return
        last = self._history[self._place - 1] if self._place else None
        now = self._clock()
        soon = now - self._changed_at < MERGED_SECONDS
        if soon and last is not None and last.before is not None and _is_one_move(last, Change(scope, before, choice)):
            self._place -= 1
            before = last.before
        # what is back where it began is no step that the next one could go on with
        self._changed_at = now if choice != before else float("-inf")
        self._take(Change(scope, before, choice))

    def give_all(self, choice: Choice) -> None:
        """Take settings for all pictures, also for those that have their own. A mask stays its picture's."""
        self._changed_at = float("-inf")
        common = replace(choice, mask=None)
        others = tuple(
            Change(path, own, None if own.mask is None else replace(common, mask=own.mask))
            for path, own in self._own.items()
        )
        self._take(Change(None, self.common, common, others))

    def set_own(self, path: Path, own: bool) -> None:
        """Give a picture settings of its own (those it has now), or take them away."""
        self._changed_at = float("-inf")
        if own != self.has_own(path):
            self._take(Change(path, self._own.get(path), self.of(path) if own else None))

    def forget(self, *paths: Path) -> None:
        """Let go of closed pictures; their steps of the history go too. Their own settings wait for their return."""
        gone = set(paths)
        for path in gone:
            self._aside.pop(path, None)
            if path in self._own:
                self._aside[path] = self._own.pop(path)
        kept = [(n < self._place, _without(c, gone)) for n, c in enumerate(self._history) if c.path not in gone]
        self._history, self._place = [c for _, c in kept], sum(done for done, _ in kept)

    def take_back(self, path: Path) -> None:
        """Give a picture that is put back the settings of its own that it had."""
        if path in self._aside:
            self._own[path] = self._aside.pop(path)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return self._place < len(self._history)

    def undo(self) -> Change | None:
        """Take the last change back and return it."""
        if not self.can_undo:
            return None
        self._place -= 1
        self._changed_at = float("-inf")
        change = self._history[self._place]
        for part in (change, *change.others):
            self._put(part.path, part.before)
        return change

    def redo(self) -> Change | None:
        """Do what was taken back last once more and return it."""
        if not self.can_redo:
            return None
        change = self._history[self._place]
        self._place += 1
        self._changed_at = float("-inf")
        for part in (change, *change.others):
            self._put(part.path, part.after)
        return change

    def _take(self, change: Change) -> None:
        del self._history[self._place :]
        if change.before != change.after or change.others:
            self._history.append(change)
        self._place = len(self._history)
        for part in (change, *change.others):
            self._put(part.path, part.after)

    def _put(self, path: Path | None, choice: Choice | None) -> None:
        if path is None:
            self.common = choice or self.common
        elif choice is None:
            self._own.pop(path, None)
        else:
            self._own[path] = choice


def _is_one_move(last: Change, change: Change) -> bool:
    """Return whether a change goes on with the last one, as a slider that is dragged; each stroke of a brush is one."""
    before, now = _parts(last), _parts(change)
    return last.path == change.path and "mask" not in before | now and not before.isdisjoint(now)


def _parts(change: Change) -> set[str]:
    """Return the names of the settings that a change is of; the look of a region apart from what is painted."""
    before, after = change.before, change.after
    if before is None or after is None:
        return set()
    changed = {f.name for f in fields(Choice) if getattr(before, f.name) != getattr(after, f.name)}
    if "mask" in changed and before.mask is not None and after.mask is not None and before.mask.data == after.mask.data:
        changed = changed - {"mask"} | {"edge"}
    return changed


def _without(change: Change, paths: set[Path]) -> Change:
    return replace(change, others=tuple(other for other in change.others if other.path not in paths))
