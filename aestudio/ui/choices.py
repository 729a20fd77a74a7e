"""Which settings belong to which picture, and the way back through their changes. Qt-free."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from aestudio.errors import SettingsError
from aestudio.imageio.recipe import Recipe
from aestudio.jobs.spec import Restoration, RestorationTask

MERGED_SECONDS = 0.8
"""Changes closer to each other than this, a slider's travel for one, are undone together."""


@dataclass(frozen=True)
class Choice:
    """The settings of a restoring tab: ``model_chosen`` says that a person picked it; ``noise`` None is auto."""

    model: str
    model_chosen: bool = False
    noise: float | None = None
    scale: float = 1.0
    strength: float = 1.0
    ensemble: bool = False

    def restoration(self, task: RestorationTask) -> Restoration | None:
        """Return what decides the result's pixels, or None where these settings cannot be."""
        try:
            return Restoration(task, self.model, self.noise, self.scale, self.ensemble) if self.model else None
        except SettingsError:
            return None

    @classmethod
    def of_recipe(cls, recipe: Recipe) -> Choice:
        """Return the settings that a recipe names; those that it does not, or says wrongly, are the defaults."""
        known = {f.name for f in fields(cls)} - {"model", "model_chosen", "ensemble"}
        numbers = {k: float(v) for k, v in recipe.settings.items() if k in known and isinstance(v, (int, float))}
        choice = cls(recipe.model, True, **numbers, ensemble=recipe.settings.get("ensemble") is True)
        task: RestorationTask = "upscale" if recipe.task == "upscale" else "denoise"
        valid = choice.restoration(task) is not None and 0 <= choice.strength <= 1
        return choice if valid else cls(recipe.model, True)


@dataclass(frozen=True)
class Change:
    """One step of the history: the settings of ``path`` (None: of all without their own) before and after.

    A choice of None is a picture without settings of its own.
    """

    path: Path | None
    before: Choice | None
    after: Choice | None


class Choices:
    """Settings for all pictures, and those of pictures that have their own; every change can be undone."""

    def __init__(self, common: Choice, clock: Callable[[], float] = time.monotonic) -> None:
        self.common = common
        self._own: dict[Path, Choice] = {}
        self._history: list[Change] = []
        self._place = 0
        self._clock, self._changed_at = clock, float("-inf")

    def of(self, path: Path | None) -> Choice:
        """Return the settings of a picture."""
        return self._own.get(path, self.common) if path is not None else self.common

    def has_own(self, path: Path | None) -> bool:
        """Return whether a picture has settings of its own."""
        return path in self._own

    def change(self, path: Path | None, choice: Choice) -> None:
        """Take new settings for a picture that has its own, or for all that have none."""
        scope = path if self.has_own(path) else None
        before = self.of(scope)
        if choice == before:
            return
        last = self._history[self._place - 1] if self._place else None
        now = self._clock()
        soon = now - self._changed_at < MERGED_SECONDS
        if soon and last is not None and last.path == scope and last.before is not None:
            self._place -= 1
            before = last.before
        self._changed_at = now
        self._take(Change(scope, before, choice))

    def set_own(self, path: Path, own: bool) -> None:
        """Give a picture settings of its own (those it has now), or take them away."""
        self._changed_at = float("-inf")
        if own != self.has_own(path):
            self._take(Change(path, self._own.get(path), self.of(path) if own else None))

    def forget(self, path: Path) -> None:
        """Let go of a closed picture; its steps of the history go with it."""
        self._own.pop(path, None)
        kept = [(n < self._place, c) for n, c in enumerate(self._history) if c.path != path]
        self._history, self._place = [c for _, c in kept], sum(done for done, _ in kept)

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
        self._put(change.path, change.before)
        return change

    def redo(self) -> Change | None:
        """Do what was taken back last once more and return it."""
        if not self.can_redo:
            return None
        change = self._history[self._place]
        self._place += 1
        self._changed_at = float("-inf")
        self._put(change.path, change.after)
        return change

    def _take(self, change: Change) -> None:
        del self._history[self._place :]
        if change.before != change.after:
            self._history.append(change)
        self._place = len(self._history)
        self._put(change.path, change.after)

    def _put(self, path: Path | None, choice: Choice | None) -> None:
        if path is None:
            self.common = choice or self.common
        elif choice is None:
            self._own.pop(path, None)
        else:
            self._own[path] = choice
