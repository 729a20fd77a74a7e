"""Preferences: looks, what computes and within which limits, folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from aestudio import paths
from aestudio.settings import InterfaceSize
from aestudio.ui import interface_size, language
from aestudio.ui.language import LANGUAGES
from aestudio.ui.naming import label, named, push_button

if TYPE_CHECKING:
    from aestudio.settings import Settings

MEGA = 1_000_000
GIGABYTES = (1, 2, 4, 8, 16, 32, 64)


class PreferencesDialog(QDialog):
    """Changes ``settings`` as they are made; ``changed`` says so."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        named(self, "preferencesDialog", self.tr("Preferences"))
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(560)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(12)
        self._form.setHorizontalSpacing(16)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._make_looks()
        self._make_limits()
        self._make_folders()
        close = push_button("closeButton", self.tr("Close"), self.tr("Close; changes are kept."))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(24)
        outer.addWidget(label(self.tr("Preferences"), "title"))
        outer.addLayout(self._form)
        outer.addStretch(1)
        outer.addLayout(row)
        for picker in (self.theme, self.language, self.interface_size, self.device, self.memory):
            picker.currentIndexChanged.connect(self._take)
        self.limit.valueChanged.connect(self._take)
        self.subfolders.toggled.connect(self._take)
        self.folder.editingFinished.connect(self._take)

    def _make_looks(self) -> None:
        self.theme = self._picker(
            "themePicker",
            self.tr("Theme"),
            self.tr("Dark, light, or as the system has it."),
            {"auto": self.tr("As the system"), "dark": self.tr("Dark"), "light": self.tr("Light")},
            self._settings.theme,
        )
        self.language = self._picker(
            "languagePicker",
            self.tr("Language"),
            self.tr("The language of the window; a change takes effect when aestudio starts again."),
            {"system": self.tr("As the system"), **LANGUAGES},
            self._settings.language,
        )
        sizes = {n: self.tr("{n} %").format(n=n) for n in get_args(InterfaceSize)}
        self.interface_size = self._picker(
            "interfaceSizePicker",
            self.tr("Text and controls"),
            self.tr("How large they are; a change takes effect when aestudio starts again."),
            {**sizes, 100: self.tr("100 % (as the system)")},
            self._settings.interface_size,
        )
        self.later = label(self.tr("This changes when aestudio starts again."), "quiet")
        self._form.addRow("", self.later)
        self._show_later()

    def _make_limits(self) -> None:
        chosen = self._settings
        devices = {
            "auto": self.tr("Automatic"),
            "cpu": self.tr("Processor (CPU)"),
            "cuda": self.tr("Nvidia or AMD graphics (cuda)"),
            "mps": self.tr("Apple graphics (mps)"),
        }
        devices.setdefault(chosen.device, chosen.device)
        self.device = self._picker(
            "devicePicker",
            self.tr("Device"),
            self.tr("What computes. Where it is missing, aestudio takes the best there is."),
            devices,
            chosen.device,
        )
        sizes = {0: self.tr("Automatic"), **{n * 1000: self.tr("{n} GB").format(n=n) for n in GIGABYTES}}
        sizes.setdefault(chosen.memory_limit, self.tr("{n} MB").format(n=chosen.memory_limit))
        self.memory = self._picker(
            "memoryPicker",
            self.tr("Memory"),
            self.tr("How much memory pictures and the tiles in work may take, beside the program itself."),
            sizes,
            chosen.memory_limit,
        )
        self.limit = named(
            QSpinBox(),
            "maxPixelsField",
            self.tr("Largest picture in megapixels"),
            self.tr("Pictures with more pixels are refused, since they may be made to exhaust the memory."),
        )
        self.limit.lineEdit().setTextMargins(6, 0, 6, 0)
        self.limit.setRange(0, 100_000)
        self.limit.setSingleStep(100)
        self.limit.setSuffix(self.tr(" megapixels"))
        self.limit.setSpecialValueText(self.tr("The usual limit"))
        self.limit.setValue(chosen.max_pixels // MEGA)
        self._form.addRow(self.tr("Largest picture"), self.limit)

    def _make_folders(self) -> None:
        self.folder = named(
            QLineEdit(self._settings.save_folder),
            "resultsFolderField",
            self.tr("Folder for results"),
            self.tr("The folder that saving begins in: the one used last, unless you choose another here."),
        )
        self.folder.setPlaceholderText(self.tr("The one used last"))
        browse = push_button(
            "resultsBrowseButton", self.tr("Choose…"), self.tr("Choose the folder for results."), "open"
        )
        browse.clicked.connect(self._browse)
        self._add_row(self.tr("Folder for results"), self.folder, browse)
        models = named(
            QLineEdit(str(paths.user_models_folder())),
            "modelsFolderField",
            self.tr("Folder of your own models"),
            self.tr("Models that lie here are offered beside those that come with aestudio."),
        )
        models.setReadOnly(True)
        models.setCursorPosition(0)
        show = push_button("modelsFolderButton", self.tr("Show"), self.tr("Open the folder of your own models."))
        show.clicked.connect(self._show_models)
        self._add_row(self.tr("Your own models"), models, show)
        self.subfolders = named(
            QCheckBox(self.tr("Open the subfolders of a folder too")),
            "subfoldersBox",
            self.tr("Open subfolders"),
            self.tr("When a folder is dropped, its subfolders' pictures are opened as well."),
        )
        self.subfolders.setChecked(self._settings.subfolders)
        self._form.addRow("", self.subfolders)

    def _add_row(self, title: str, field: QWidget, button: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(button)
        self._form.addRow(title, row)

    def _picker(
        self, name: str, title: str, tip: str, choices: dict[str, str] | dict[int, str], chosen: object
    ) -> QComboBox:
        picker = named(QComboBox(), name, title, tip)
        for key, text in choices.items():
            picker.addItem(text, key)
        picker.setCurrentIndex(max(0, picker.findData(chosen)))
        self._form.addRow(title, picker)
        return picker

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for results"), self.folder.text())
        if chosen:
            self.folder.setText(str(Path(chosen)))
            self._take()

    @staticmethod
    def _show_models() -> None:
        folder = paths.user_models_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _show_later(self) -> None:
        spoken = language.chosen(self.language.currentData()) != language.current()
        sized = self.interface_size.currentData() != interface_size.current()
        self._form.setRowVisible(self.later, spoken or sized)

    def _take(self) -> None:
        chosen = self._settings
        chosen.theme, chosen.language = self.theme.currentData(), self.language.currentData()
        chosen.interface_size = self.interface_size.currentData()
        chosen.device, chosen.memory_limit = self.device.currentData(), self.memory.currentData()
        chosen.max_pixels = self.limit.value() * MEGA
        chosen.save_folder = self.folder.text().strip()
        chosen.subfolders = self.subfolders.isChecked()
        self._show_later()
        self.changed.emit()
