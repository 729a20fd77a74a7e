"""What the menu does to the page in front: save, copy, undo, and settings carried from picture to picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QTabWidget

    from aestudio.ui.choices import Choice
    from aestudio.ui.recipes import Recipes
    from aestudio.ui.tabs.generate import GenerateTab
    from aestudio.ui.tabs.restore import RestoreTab


class FrontPage:
    """``generate`` gives the page that makes pictures; all others restore them."""

    def __init__(
        self,
        tabs: QTabWidget,
        restore_tabs: Sequence[RestoreTab],
        generate: Callable[[], GenerateTab],
        recipes: Recipes,
    ) -> None:
        self._tabs, self._restore_tabs, self._generate, self._recipes = tabs, restore_tabs, generate, recipes
        self._copied: dict[str, Choice] = {}

    @property
    def restoring(self) -> RestoreTab | None:
        """The page in front where it restores pictures."""
        return next((tab for tab in self._restore_tabs if tab is self._tabs.currentWidget()), None)

    def save(self) -> None:
        """Save what it shows."""
        if self.restoring is not None:
            self.restoring.save_as()
        else:
            self._generate().export()

    def copy(self) -> None:
        """Put its result onto the clipboard."""
        if self.restoring is not None:
            self.restoring.outgoing.copy()

    def step(self, back: bool) -> None:
        """Undo one of its settings, or redo one."""
        if self.restoring is not None:
            self.restoring.keeper.step(back)
        else:
            self._generate().tools.step(back)

    def can_step(self) -> tuple[bool, bool]:
        """Return whether there is something to undo, and to redo."""
        steps = self.restoring.keeper.choices if self.restoring is not None else self._generate().tools
        return steps.can_undo, steps.can_redo

    def copy_settings(self) -> None:
        """Remember the settings of its picture."""
        if self.restoring is not None:
            self._copied[self.restoring.task] = self.restoring.keeper.copy()

    def paste_settings(self) -> None:
        """Give the remembered settings of this page, or else those of its own recipe, to its picture."""
        tab = self.restoring
        if tab is not None and tab.task in self._copied:
            tab.keeper.paste(self._copied[tab.task])
        elif tab is not None:
            self._recipes.use(tab)
