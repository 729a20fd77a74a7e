"""How results are stored: format, depth, quality and what is carried along."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from aestudio.imageio.formats import ABILITIES, WRITE_FORMATS
from aestudio.ui.naming import label, named
from aestudio.ui.outputs import KEEP
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.settings import Settings

DEPTHS = ("8", "16", "32f")


class OutputForm(QWidget):
    """Shows the settings and lets them be changed; they are only kept when :meth:`store` is called."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.format_picker = named(
            QComboBox(),
            "formatPicker",
            self.tr("File format"),
            self.tr("What results are stored as; the original's own where that can be written."),
        )
        self.format_picker.addItem(self.tr("Original format"), KEEP)
        for name in WRITE_FORMATS:
            self.format_picker.addItem(ABILITIES[name].title, name)
        self.depth_picker = named(
            QComboBox(),
            "depthPicker",
            self.tr("Depth"),
            self.tr("Bits for each colour; more lose less in later editing."),
        )
        self.quality = LabelledSlider(
            "qualitySlider",
            self.tr("Quality"),
            self.tr("Of formats that lose something: higher loses less and takes more room."),
            low=1,
            high=100,
            default=95,
        )
        self.quality.label.setProperty("role", "section")
        self.metadata = named(
            QCheckBox(self.tr("Keep camera data")),
            "metadataBox",
            self.tr("Keep camera data"),
            self.tr("EXIF, XMP, IPTC and the colour profile go along; without it only the colour profile does."),
        )
        self.recipe = named(
            QCheckBox(self.tr("Write the recipe into the file")),
            "recipeBox",
            self.tr("Write the recipe into the file"),
            self.tr("The model and all settings, so that opening the result here offers them again."),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for column, (title, picker) in enumerate(
            ((self.tr("Format"), self.format_picker), (self.tr("Depth"), self.depth_picker))
        ):
            heading = label(title, "section")
            heading.setBuddy(picker)
            grid.addWidget(heading, 0, column)
            grid.addWidget(picker, 1, column)
        grid.setRowMinimumHeight(2, 8)
        grid.addWidget(self.quality, 3, 0, 1, 2)
        grid.setRowMinimumHeight(4, 8)
        checks = QVBoxLayout()
        checks.setSpacing(8)
        checks.addWidget(self.metadata)
        checks.addWidget(self.recipe)
        grid.addLayout(checks, 5, 0, 1, 2)
        policy = self.quality.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.quality.setSizePolicy(policy)
        self._show_settings()
        self.format_picker.activated.connect(self._on_format)
        self.depth_picker.activated.connect(self.changed)
        self.quality.value_changed.connect(self.changed)
        self.metadata.toggled.connect(self._on_metadata)
        self.recipe.toggled.connect(self.changed)

    def chosen(self) -> Settings:
        """Return the settings as they would be with what is chosen here."""
        return dataclasses.replace(
            self._settings,
            output_format=str(self.format_picker.currentData()),
            output_depth=str(self.depth_picker.currentData()),
            output_quality=round(self.quality.value),
            output_metadata=self.metadata.isChecked(),
            output_recipe=self.recipe.isChecked(),
        )

    def store(self) -> None:
        """Keep what is chosen."""
        for name, value in vars(self.chosen()).items():
            if name.startswith("output_"):
                setattr(self._settings, name, value)

    def _show_settings(self) -> None:
        stored = self._settings
        self.format_picker.setCurrentIndex(max(0, self.format_picker.findData(stored.output_format)))
        self._offer_depths(stored.output_depth)
        self.quality.set_value(stored.output_quality)
        self.metadata.setChecked(stored.output_metadata)
        self.recipe.setChecked(stored.output_recipe)
        self.recipe.setEnabled(stored.output_metadata)

    def _offer_depths(self, wanted: str) -> None:
        """List the depths that the format holds."""
        kind = str(self.format_picker.currentData())
        held = DEPTHS if kind == KEEP else ABILITIES[kind].depths
        self.depth_picker.clear()
        self.depth_picker.addItem(self.tr("Original depth"), KEEP)
        for depth in held:
            self.depth_picker.addItem(
                self.tr("Floating point") if depth == "32f" else self.tr("{n} bits").format(n=depth), depth
            )
        self.depth_picker.setCurrentIndex(max(0, self.depth_picker.findData(wanted)))
        self.quality.setVisible(kind == KEEP or ABILITIES[kind].lossy)

    def _on_format(self) -> None:
        self._offer_depths(str(self.depth_picker.currentData()))
        self.changed.emit()

    def _on_metadata(self, kept: bool) -> None:
        # without metadata there is nothing that could hold a recipe
        self.recipe.setEnabled(kept)
        self.changed.emit()
