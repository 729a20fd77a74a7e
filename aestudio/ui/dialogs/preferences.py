"""Preferences: the theme, the language, the device, the largest picture, subfolders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from aestudio.ui.language import LANGUAGES
from aestudio.ui.naming import label, named, push_button

if TYPE_CHECKING:
    from aestudio.settings import Settings

MEGA = 1_000_000


class PreferencesDialog(QDialog):
    """Changes ``settings`` as they are made; ``changed`` says so."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        named(self, "preferencesDialog", self.tr("Preferences"))
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(480)
        self.theme = self._picker(
            "themePicker",
            self.tr("Theme"),
            self.tr("Dark, light, or as the system has it."),
            {"auto": self.tr("As the system"), "dark": self.tr("Dark"), "light": self.tr("Light")},
            settings.theme,
        )
        self.language = self._picker(
            "languagePicker",
            self.tr("Language"),
            self.tr("The language of the window. A change takes effect when aestudio starts again."),
            {"system": self.tr("As the system"), **LANGUAGES},
            settings.language,
        )
        devices = {
            "auto": self.tr("Automatic"),
            "cpu": self.tr("Processor (CPU)"),
            "cuda": self.tr("Nvidia or AMD graphics (cuda)"),
            "mps": self.tr("Apple graphics (mps)"),
        }
        devices.setdefault(settings.device, settings.device)
        self.device = self._picker(
            "devicePicker",
            self.tr("Device"),
            self.tr("What computes. A change takes effect when aestudio starts again."),
            devices,
            settings.device,
        )
        self.limit = named(
            QSpinBox(),
            "maxPixelsField",
            self.tr("Largest picture in megapixels"),
            self.tr("Pictures with more pixels are refused, since they may be made to exhaust the memory."),
        )
        self.limit.setMinimumWidth(160)
        self.limit.lineEdit().setTextMargins(6, 0, 6, 0)
        self.limit.setRange(0, 100_000)
        self.limit.setSingleStep(100)
        self.limit.setSuffix(self.tr(" megapixels"))
        self.limit.setSpecialValueText(self.tr("The usual limit"))
        self.limit.setValue(settings.max_pixels // MEGA)
        self.subfolders = named(
            QCheckBox(self.tr("Open the subfolders of a folder too")),
            "subfoldersBox",
            self.tr("Open subfolders"),
            self.tr("When a folder is dropped, its subfolders' pictures are opened as well."),
        )
        self.subfolders.setChecked(settings.subfolders)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Device"), self.device)
        later = self.tr("A change of language or device takes effect at the next start.")
        form.addRow("", label(later, "quiet", wrap=True))
        form.addRow(self.tr("Largest picture"), self.limit)
        form.addRow("", self.subfolders)
        close = push_button("closeButton", self.tr("Close"), self.tr("Close; changes are kept."))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(24)
        outer.addWidget(label(self.tr("Preferences"), "title"))
        outer.addLayout(form)
        outer.addStretch(1)
        outer.addLayout(row)
        for picker in (self.theme, self.language, self.device):
            picker.currentIndexChanged.connect(self._take)
        self.limit.valueChanged.connect(self._take)
        self.subfolders.toggled.connect(self._take)

    @staticmethod
    def _picker(name: str, title: str, tip: str, choices: dict[str, str], chosen: str) -> QComboBox:
        picker = named(QComboBox(), name, title, tip)
        for key, text in choices.items():
            picker.addItem(text, key)
        picker.setCurrentIndex(max(0, picker.findData(chosen)))
        return picker

    def _take(self) -> None:
        self._settings.theme = self.theme.currentData()
        self._settings.language = self.language.currentData()
        self._settings.device = self.device.currentData()
        self._settings.max_pixels = self.limit.value() * MEGA
        self._settings.subfolders = self.subfolders.isChecked()
        self.changed.emit()
