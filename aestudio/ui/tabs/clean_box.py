"""The box that has a picture cleaned before it is enlarged."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from aestudio.catalog import store
from aestudio.ui.naming import named


class CleanBox(QCheckBox):
    """Remembers by which model: the one that an earlier choice or a recipe names, else the default."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Clean first"))
        named(
            self,
            "cleanBox",
            self.tr("Clean the picture first"),
            self.tr("Noise and the blocks of JPEG are removed before the picture is enlarged, or they grow with it."),
        )
        self._wanted = ""

    def cleaner(self) -> str:
        """Return the id of the model that cleans the picture, or nothing where it is enlarged as it is."""
        if not self.isChecked():
            return ""
        blind = [m.card.id for m in store.installed("denoise") if m.card.blind]
        return self._wanted if self._wanted in blind else store.default_id("denoise")

    def show_cleaner(self, cleaner: str) -> None:
        """Show what is chosen; a model that is gone gives way to the default."""
        self._wanted = cleaner
        self.setChecked(bool(cleaner))

    def load(self) -> None:
        """Look for a model that can: without one nothing is to be chosen."""
        able = any(m.card.blind for m in store.installed("denoise"))
        self.setEnabled(able)
        if not able:
            self.setChecked(False)
