"""Keeps the inspector and the pictures' settings in step: whose they are, and the way back through their changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from aestudio.ui.choices import Choice, Choices

if TYPE_CHECKING:
    from aestudio.ui.tabs.inspector import Inspector


MOST_OWN = 500
"""Pictures whose own settings are kept for the next session, open or not: those that got theirs last."""


class SettingsKeeper(QObject):
    """``applied``: other settings are in force now; ``picture_wanted``: the picture that a step back is about."""

    changed = Signal()
    applied = Signal()
    mix_shown = Signal(object)
    picture_wanted = Signal(object)

    def __init__(self, inspector: Inspector, current: Callable[[], Path | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inspector, self._current = inspector, current
        self.choices = Choices(inspector.choice())
        self.showing = False
        inspector.own_box.toggled.connect(self._on_own)
        inspector.presets.picked.connect(self.paste)
        inspector.presets.all_asked.connect(self.give_all)
        inspector.presets.keep_asked.connect(self._keep_preset)

    def note(self) -> None:
        """Take what the panel shows as the settings of the picture on the canvas."""
        if not self.showing:
            self.choices.change(self._current(), self._inspector.choice())
            self._show_own(self._current())
            self.changed.emit()

    def show(self, path: Path | None) -> None:
        """Let the panel show the settings of a picture, which changes nothing."""
        self.showing = True
        choice = self.choices.of(path)
        self._inspector.show_choice(choice)
        self._inspector.own_box.setEnabled(path is not None)
        self.showing = False
        self._show_own(path)
        self.mix_shown.emit(choice.mix)
        self.changed.emit()

    def step(self, back: bool) -> None:
        """Take the last change back, or do it once more; its picture comes to the front."""
        change = self.choices.undo() if back else self.choices.redo()
        if change is None:
            return
        if change.path is not None and change.path != self._current():
            self.picture_wanted.emit(change.path)
        self._apply()

    def copy(self) -> Choice:
        """Return the settings in force, for another picture. A region is this picture's."""
        return replace(self._inspector.choice(), mask=None)

    def paste(self, choice: Choice) -> None:
        """Give settings to the picture on the canvas: its own, or those of all that have none.

        Its region stays unless they bring one along.
        """
        mask = choice.mask or self.choices.of(self._current()).mask
        self.choices.change(self._current(), self._offered(replace(choice, mask=mask)))
        self._apply()

    def give_model(self, path: Path, model: str) -> None:
        """Have a picture restored by a model that is its own; the others keep theirs."""
        choice = replace(self.choices.of(path), model=model, model_chosen=True, noise=None)
        self.choices.set_own(path, True)
        self.choices.change(path, choice)
        self._apply()

    def drop_region(self, path: Path) -> bool:
        """Take a picture's region away; return whether it had one."""
        choice = self.choices.of(path)
        if choice.mask is None:
            return False
        self.choices.change(path, replace(choice, mask=None))
        self._apply()
        return True

    def _keep_preset(self, name: str, region: bool) -> None:
        self._inspector.presets.keep(name, self._inspector.choice() if region else self.copy())

    def give_all(self) -> None:
        """Give the settings in force to every picture, also to those that have their own."""
        self.choices.give_all(self._inspector.choice())
        self._apply()

    def stored(self) -> dict[str, Any]:
        """Return all settings, for the next session."""
        last = list(self.choices.own().items())[-MOST_OWN:]
        own = {str(path): choice.to_plain() for path, choice in last}
        return {"all": self.choices.common.to_plain(), "own": own}

    def begin(self, stored: object) -> None:
        """Take the settings of the last session."""
        task = self._inspector.task
        values = stored if isinstance(stored, dict) else {}
        kept = values.get("own")
        own = kept if isinstance(kept, dict) else {}
        common = self.choices.common
        if "all" in values:
            common = self._offered(replace(Choice.from_plain(values["all"], task), mask=None))
        self.choices.begin(common, {Path(k): self._offered(Choice.from_plain(v, task)) for k, v in own.items()})
        self._apply()

    def _offered(self, choice: Choice) -> Choice:
        """Return the settings as the panel can show them: a model that is not there gives way to the default."""
        self.showing = True
        self._inspector.show_choice(choice)
        self.showing = False
        return self._inspector.choice()

    def _show_own(self, path: Path | None) -> None:
        self.showing = True
        self._inspector.own_box.setChecked(self.choices.has_own(path))
        self._inspector.presets.some_have_own = bool(self.choices.own())
        self._inspector.presets.has_region = self.choices.of(path).mask is not None
        self.showing = False

    def _on_own(self, own: bool) -> None:
        path = self._current()
        if not self.showing and path is not None:
            self.choices.set_own(path, own)
            self._apply()

    def _apply(self) -> None:
        self.show(self._current())
        self.applied.emit()
