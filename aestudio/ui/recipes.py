"""Pictures that aestudio made say how; opened again, their settings are offered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.ui.choices import Choice
from aestudio.ui.notifications import Notice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTabWidget

    from aestudio.imageio.recipe import Recipe
    from aestudio.ui.tabs.restore import RestoreTab


class Recipes(QObject):
    """Watches the restoring tabs of ``tabs``; ``notice`` carries the offer and what takes it up."""

    notice = Signal(object, object)

    def __init__(self, tabs: QTabWidget) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self._watched: list[RestoreTab] = []
        self._offered: set[Path] = set()

    def watch(self, tab: RestoreTab) -> None:
        """Offer the settings of every picture with a recipe that comes onto the canvas of a tab, once each."""
        self._watched.append(tab)
        tab.restorer.shown.connect(lambda: self._offer(tab))

    def use(self, tab: RestoreTab) -> bool:
        """Give the settings in the recipe of the picture in front to it, on the page of its task.

        Return whether there is one.
        """
        recipe, path = self._recipe(tab), tab.restorer.path
        return recipe is not None and path is not None and self._give(recipe, path)

    def _give(self, recipe: Recipe, path: Path) -> bool:
        fitting = next((t for t in self._watched if t.task == recipe.task), None)
        if fitting is None:
            return False
        fitting.file_list.pick(path)
        if fitting.file_list.current_path() != path:
            return False
        self._tabs.setCurrentWidget(fitting)
        fitting.keeper.paste(Choice.of_recipe(recipe))
        return True

    def _take_up(self, recipe: Recipe, path: Path) -> None:
        """Give a picture the settings that were offered for it, whichever is in front now."""
        if not self._give(recipe, path):
            what = self.tr("{name} is not open any more.").format(name=path.name)
            self.notice.emit(Notice("info", what, self.tr("Open it again.")), None)

    def _recipe(self, tab: RestoreTab) -> Recipe | None:
        canvas = tab.restorer.canvas
        facts = canvas.facts if canvas is not None else None
        if facts is None or not facts.recipe:
            return None
        from aestudio.imageio.recipe import Recipe

        return Recipe.from_text(facts.recipe)

    def _offer(self, tab: RestoreTab) -> None:
        canvas = tab.restorer.canvas
        if canvas is None or canvas.facts is None or canvas.path in self._offered:
            return
        recipe = self._recipe(tab)
        if recipe is None:
            return
        self._offered.add(canvas.path)
        what = {
            "denoise": self.tr("{name} was denoised by aestudio with the model {model}."),
            "upscale": self.tr("{name} was enlarged by aestudio with the model {model}."),
        }.get(recipe.task)
        if what is None:
            return
        lack = {
            "missing": self.tr("That model is not installed here; the usual one takes its place."),
            "other": self.tr("The model of that name here is another file: results may differ."),
        }.get(canvas.facts.recipe_model, "")
        words = what.format(name=canvas.path.name, model=recipe.model)
        path = canvas.path
        notice = Notice("info", words, lack, action=self.tr("Use its settings"))
        self.notice.emit(notice, lambda: self._take_up(recipe, path))
