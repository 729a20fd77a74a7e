"""The main window's menu: what can be done from every page, and by which keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from aestudio.ui.main_window import MainWindow


class MainMenu(QMenu):
    """Its actions are the window's too, so that their keys work while it is closed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setAccessibleName(self.tr("Menu"))
        keys = QKeySequence.StandardKey
        self._add("openAction", self.tr("Open pictures…"), window.intake.choose_files, keys.Open)
        self._add("openFolderAction", self.tr("Open folder…"), window.intake.choose_folder, "Ctrl+Shift+O")
        self._add("pasteAction", self.tr("Paste a picture"), window.paste, keys.Paste)
        self._add("saveAction", self.tr("Save…"), window.front.save, keys.Save)
        self._add("copyAction", self.tr("Copy the result"), window.front.copy, keys.Copy)
        self.addSeparator()
        self.undo = self._add("undoAction", self.tr("Undo a setting"), lambda: window.front.step(True), keys.Undo)
        self.redo = self._add("redoAction", self.tr("Redo a setting"), lambda: window.front.step(False), keys.Redo)
        self._add("copySettingsAction", self.tr("Copy settings"), window.front.copy_settings, "Ctrl+Shift+C")
        self._add("pasteSettingsAction", self.tr("Paste settings"), window.front.paste_settings, "Ctrl+Shift+V")
        self.addSeparator()
        self._add(
            "compareAction",
            self.tr("Compare models…"),
            lambda: window.dialogs.comparison(window.front.restoring),
            "Ctrl+Shift+M",
        )
        self.addSeparator()
        self._add("trainAction", self.tr("Train a model…"), window.training.show)
        self.learn = self._add("learnAction", self.tr("Learn from this photo…"), window.training.learn_from_photo)
        self._add("modelsAction", self.tr("Models…"), window.dialogs.models)
        self._add("preferencesAction", self.tr("Preferences…"), window.dialogs.preferences, "Ctrl+,")
        self.addSeparator()
        self.fold = self._add("foldAction", self.tr("Fold panels"), window.fold, "F9")
        self.fold.setCheckable(True)
        self.full = self._add("fullScreenAction", self.tr("Full screen"), window.toggle_full_screen)
        self.full.setShortcuts([QKeySequence("F"), QKeySequence("F11")])
        self.addSeparator()
        self._add("shortcutsAction", self.tr("Keyboard shortcuts"), window.help.show_shortcuts, "F1")
        self._add("reportsAction", self.tr("Crash reports…"), window.help.show_reports)
        self._add("licencesAction", self.tr("Licences…"), window.dialogs.licences)
        self._add("aboutAction", self.tr("About aestudio"), window.help.show_about)
        self.addSeparator()
        self._add("quitAction", self.tr("Quit"), window.close, keys.Quit)

    def _compare(self) -> None:
        self._window.dialogs.comparison(self._window.front.restoring)

    def _add(
        self,
        name: str,
        text: str,
        slot: Callable[[], object],
        key: QKeySequence.StandardKey | str | None = None,
    ) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(name)
        action.setToolTip(text.rstrip("…"))
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: slot())
        self.addAction(action)
        self._window.addAction(action)
        return action
