"""Opens the window's dialogs without blocking anything behind them, and closes them with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from aestudio.catalog import store

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog, QWidget

    from aestudio.settings import Settings
    from aestudio.ui.dialogs.models import ModelsDialog
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.tabs.restore import RestoreTab


class DialogOpener(QObject):
    """``models_changed``: others are installed now; ``preferred``: the preferences were changed; ``default_chosen``:
    (a task, the model that a vote made its default); ``writing_changed``: other files are being written now.
    """

    models_changed = Signal()
    preferred = Signal()
    default_chosen = Signal(str, str)
    writing_changed = Signal()

    def __init__(self, hub: JobHub, pictures: Pictures, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._hub, self._pictures, self._settings, self._window = hub, pictures, settings, window
        self._dialogs: set[QDialog] = set()
        self._installed = store.installed()
        self._models: ModelsDialog | None = None

    def writing(self) -> list[Path]:
        """Return the files that dialogs are writing."""
        return self._models.writing() if self._models is not None else []

    def show(self, dialog: QDialog) -> None:
        """Open a dialog, which is deleted once it is closed; where one of its kind is open, that comes to the front."""
        if self._raised(dialog.objectName()):
            dialog.deleteLater()
            return
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _: self._dialogs.discard(dialog))
        dialog.show()

    def _raised(self, name: str) -> bool:
        """Return whether a dialog of that name is open; it is in front then."""
        there = next((dialog for dialog in self._dialogs if dialog.objectName() == name), None)
        if there is not None:
            there.raise_()
            there.activateWindow()
        return there is not None

    def close_all(self) -> None:
        """Close what is open."""
        for dialog in list(self._dialogs):
            dialog.close()

    def comparison(self, tab: RestoreTab | None) -> None:
        """Put models and files beside each other, on what a page shows that restores pictures."""
        if tab is None or self._raised("compareWindow"):
            return
        from aestudio.ui.compare.opening import comparison_of

        window = comparison_of(tab, self._hub, self._pictures, self._settings, self._window)
        if window is not None:
            window.default_chosen.connect(self.default_chosen)
            self.show(window)

    def models(self) -> None:
        """List the installed models."""
        from aestudio.ui.dialogs.models import ModelsDialog

        self._look_for_models()
        if self._raised("modelsDialog"):
            return
        self._models = dialog = ModelsDialog(self._window)
        dialog.writing_changed.connect(self.writing_changed)
        dialog.finished.connect(self._on_models_closed)
        dialog.changed.connect(self._look_for_models)
        dialog.finished.connect(self._look_for_models)
        self.show(dialog)

    def _on_models_closed(self) -> None:
        self._models = None

    def _look_for_models(self) -> None:
        """Say so where others are installed: their files come and go without the window too."""
        installed = store.installed()
        if installed != self._installed:
            self._installed = installed
            self.models_changed.emit()

    def licences(self) -> None:
        """List what is inside and whose work it is."""
        from aestudio.ui.dialogs.licences import LicencesDialog

        self.show(LicencesDialog(self._window))

    def preferences(self) -> None:
        """Show the preferences."""
        from aestudio.ui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._settings, self._window)
        dialog.changed.connect(self.preferred)
        self.show(dialog)
