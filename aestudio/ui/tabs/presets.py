"""Settings with a name: some that come along, and those that a person kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from aestudio.jobs.spec import RestorationTask
from aestudio.ui.choices import Choice
from aestudio.ui.language import tr
from aestudio.ui.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from aestudio.settings import Settings


def shipped(task: RestorationTask) -> dict[str, Choice]:
    """Return the presets that come along, by their names. Their model is the default."""
    if task == "upscale":
        return {
            tr("Twice as large"): Choice("", scale=2.0),
            tr("Four times as large"): Choice("", scale=4.0),
            tr("4K screen"): Choice("", scale=4.0, size="longer", pixels=3840),
            tr("A4 print"): Choice("", scale=4.0, size="print", centimetres=29.7, dpi=300),
        }
    return {
        tr("Strong"): Choice(""),
        tr("Gentle"): Choice("", strength=0.7, colour=0.9, detail=0.3),
        tr("Fine texture"): Choice("", detail=0.6),
        tr("Blotches of colour only"): Choice("", strength=0.2, colour=1.0),
    }


class PresetsButton(QToolButton):
    """Its menu gives settings (``picked``), to all pictures (``all_asked``), and keeps, renames and deletes one's own.

    ``some_have_own`` says that there are pictures with settings of their own, which presets alone do not reach;
    ``has_region`` that a region is painted on the picture in front. ``keep_asked`` carries a name, and whether the
    region is to be kept too. ``stored``: one's own are others now.
    """

    picked = Signal(object)
    all_asked = Signal()
    keep_asked = Signal(str, bool)
    stored = Signal()

    def __init__(self, task: RestorationTask, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: RestorationTask = task
        self._settings = settings
        self.some_have_own = self.has_region = False
        named(
            self,
            "presetsButton",
            self.tr("Presets"),
            self.tr("Settings with a name, for all pictures, or for one whose settings are its own."),
        )
        self.setText(self.tr("Presets") + " ▾")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = named(QMenu(self), "presetsMenu", self.tr("Presets"))
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)
        self.fill()

    def own(self) -> dict[str, Choice]:
        """Return the presets that a person kept, by their names."""
        stored = self._settings.presets.get(self._task)
        kept = stored if isinstance(stored, dict) else {}
        return {name: Choice.from_plain(kept[name], self._task) for name in sorted(kept, key=str.casefold)}

    def keep(self, name: str, choice: Choice) -> None:
        """Keep settings under a name, in place of an earlier one of that name."""
        name = name.strip()
        if name:
            # a model that nobody picked is the default, whichever that will be
            model = choice.model if choice.model_chosen else ""
            self._store({**self._plain(), name: replace(choice, model=model).to_plain()})

    def rename(self, old: str, new: str) -> None:
        """Give one's own preset another name."""
        new = new.strip()
        if new:
            self._store({new if name == old else name: plain for name, plain in self._plain().items()})

    def delete(self, name: str) -> None:
        """Drop one's own preset."""
        self._store({kept: plain for kept, plain in self._plain().items() if kept != name})

    def fill(self) -> None:
        """List the presets as they are now."""
        menu = self.menu()
        menu.clear()
        own = self.own()
        for kind, presets in (("shipped", shipped(self._task)), ("own", own)):
            for number, (name, choice) in enumerate(presets.items(), start=1):
                action = _add(menu, name, f"{kind}Preset{number}Action")
                action.triggered.connect(lambda _=False, choice=choice: self.picked.emit(choice))
            menu.addSeparator()
        spread = _add(menu, self.tr("Apply to all pictures"), "applyToAllAction")
        spread.setToolTip(self.tr("Give the settings in force to every picture, also to those that have their own."))
        spread.setEnabled(self.some_have_own)
        spread.triggered.connect(self.all_asked)
        keep = _add(menu, self.tr("Keep these settings…"), "keepPresetAction")
        naming = self.tr("Name of these settings:")
        keep.triggered.connect(lambda: self._ask(naming, "", lambda name: self.keep_asked.emit(name, False)))
        if self.has_region:
            region = _add(menu, self.tr("Keep them with the painted region…"), "keepRegionPresetAction")
            region.triggered.connect(lambda: self._ask(naming, "", lambda name: self.keep_asked.emit(name, True)))
        self._add_list(menu, self.tr("Rename"), "renamePresetMenu", own, self._ask_new)
        self._add_list(menu, self.tr("Delete"), "deletePresetMenu", own, self.delete)

    def _add_list(
        self, menu: QMenu, title: str, object_name: str, own: dict[str, Choice], act: Callable[[str], None]
    ) -> None:
        if not own:
            return
        inner = named(QMenu(title, menu), object_name, title)
        menu.addMenu(inner)
        for number, name in enumerate(own, start=1):
            action = _add(inner, name, f"{object_name}{number}Action")
            action.triggered.connect(lambda _=False, name=name: act(name))

    def _ask_new(self, name: str) -> None:
        self._ask(self.tr("Another name:"), name, lambda new: self.rename(name, new))

    def _ask(self, text: str, name: str, act: Callable[[str], None]) -> None:
        """Ask for a name without blocking anything."""
        dialog = named(QInputDialog(self), "presetNameDialog", text)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Presets"))
        dialog.setLabelText(text)
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(act)
        dialog.open()

    def _plain(self) -> dict[str, object]:
        stored = self._settings.presets.get(self._task)
        return dict(stored) if isinstance(stored, dict) else {}

    def _store(self, presets: dict[str, object]) -> None:
        self._settings.presets = {**self._settings.presets, self._task: presets}
        self.stored.emit()


def _add(menu: QMenu, text: str, object_name: str) -> QAction:
    # a single & would underline the letter behind it
    action = menu.addAction(text.replace("&", "&&"))
    action.setObjectName(object_name)
    return action
