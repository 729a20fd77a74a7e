"""How results are stored: format, depth, quality and what is carried along. Folded away until it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from aestudio.imageio.formats import ABILITIES, WRITE_FORMATS
from aestudio.jobs.spec import Output
from aestudio.ui.naming import named, tool_button
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.settings import Settings

KEEP = "keep"
DEPTHS = ("8", "16", "32f")


class OutputPanel(QWidget):
    """``changed`` tells that results would be stored otherwise now. The choice is kept in the settings."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.fold = tool_button(
            "outputFold",
            self.tr("Saving"),
            self.tr("Format, depth, quality and data of saved files."),
            text=self.tr("Saving"),
        )
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setProperty("role", "fold")
        self.body = QWidget()
        self.format_picker = named(
            QComboBox(),
            "formatPicker",
            self.tr("File format"),
            self.tr("What results are stored as where no name says it."),
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
        for picker in (self.format_picker, self.depth_picker):
            # their longest words must not make the panel wider than a small window has room for
            picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            picker.setMinimumContentsLength(8)
        self.quality = LabelledSlider(
            "qualitySlider",
            self.tr("Quality"),
            self.tr("Of formats that lose something: higher loses less and takes more room."),
            low=1,
            high=100,
            default=95,
        )
        self.metadata = named(
            QCheckBox(self.tr("Keep camera data")),
            "metadataBox",
            self.tr("Keep camera data"),
            self.tr("EXIF, XMP, IPTC and the colour profile go along; without it only the colour profile does."),
        )
        box = QVBoxLayout(self.body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for widget in (self.format_picker, self.depth_picker, self.quality, self.metadata):
            box.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.body)
        self._show_settings()
        self._unfold(False)
        self.fold.toggled.connect(self._unfold)
        self.format_picker.activated.connect(self._on_format)
        self.depth_picker.activated.connect(self._store)
        self.quality.value_changed.connect(self._store)
        self.metadata.toggled.connect(self._store)

    def output(self, format: str, overwrite: bool = False) -> Output:
        """Return how a file of ``format`` is stored; a depth that it cannot hold is left to it."""
        able = ABILITIES[format]
        depth = self.depth_picker.currentData()
        # formats that can do without loss lose nothing unless they were chosen here, with a quality
        chosen = self._format() == format and self.quality.value < 100
        quality = round(self.quality.value) if able.lossy and (chosen or not able.lossless) else None
        return Output(format, depth if depth in able.depths else KEEP, quality, self.metadata.isChecked(), overwrite)

    def suffix(self) -> str:
        """Return the suffix that results get, or nothing where they keep their source's format."""
        return WRITE_FORMATS.get(self._format(), "")

    def _format(self) -> str:
        return str(self.format_picker.currentData())

    def _show_settings(self) -> None:
        stored = self._settings
        self.format_picker.setCurrentIndex(max(0, self.format_picker.findData(stored.output_format)))
        self._offer_depths(stored.output_depth)
        self.quality.set_value(stored.output_quality)
        self.metadata.setChecked(stored.output_metadata)

    def _offer_depths(self, wanted: str) -> None:
        """List the depths that the format holds."""
        kind = self._format()
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
        self._store()

    def _store(self) -> None:
        stored = self._settings
        stored.output_format, stored.output_depth = self._format(), str(self.depth_picker.currentData())
        stored.output_quality, stored.output_metadata = round(self.quality.value), self.metadata.isChecked()
        self.changed.emit()

    def _unfold(self, open_: bool) -> None:
        self.body.setVisible(open_)
        self.fold.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
