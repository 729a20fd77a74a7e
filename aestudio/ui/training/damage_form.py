"""The ranges of damage that clean pictures get in training, with a preview of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QGridLayout, QVBoxLayout, QWidget

from aestudio.training.damage import LIMITS, METHODS, Damage
from aestudio.ui.naming import label, named
from aestudio.ui.training.damage_preview import DamagePreview

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub

USUAL: dict[str, tuple[float, float]] = {
    "blur": (0.2, 1.2),
    "shrink": (1.0, 2.0),
    "camera": (100.0, 6400.0),
    "gaussian": (0.0, 25.0),
    "jpeg": (40.0, 95.0),
}


class DamageForm(QWidget):
    """``changed`` says that another damage is chosen."""

    changed = Signal()

    def __init__(self, hub: JobHub | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "damageForm", self.tr("What happens to your pictures"))
        self._scale = 1
        self.preview = DamagePreview(hub)
        self.boxes: dict[str, QCheckBox] = {}
        self.ends: dict[str, tuple[QDoubleSpinBox, QDoubleSpinBox]] = {}
        kinds = (
            ("blur", self.tr("Blur"), self.tr("px"), 1, self.tr("The picture is softened, as by a lens out of focus.")),
            ("shrink", self.tr("Downscaling"), "×", 1, self.tr("The picture is made smaller and enlarged again.")),
            (
                "camera",
                self.tr("Camera noise"),
                "ISO",
                0,
                self.tr("Grain as a camera's sensor and processing leave it."),
            ),
            (
                "gaussian",
                self.tr("Gaussian noise"),
                self.tr("of 255"),
                0,
                self.tr("Even grain, the same in light and dark."),
            ),
            ("jpeg", self.tr("JPEG quality"), "", 0, self.tr("The blocks and rings of compression; low is strong.")),
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, (kind, name, unit, decimals, tip) in enumerate(kinds):
            box = named(QCheckBox(name), f"{kind}Box", name, tip)
            grid.addWidget(box, row, 0)
            ends = []
            for column, words in enumerate((self.tr("{name}: lowest"), self.tr("{name}: highest"))):
                end = named(QDoubleSpinBox(), f"{kind}{('Low', 'High')[column]}Field", words.format(name=name), tip)
                end.setDecimals(decimals)
                end.setRange(*LIMITS[kind])
                end.setSingleStep(100 if kind == "camera" else 0.1 if decimals else 1)
                end.setSuffix(f"\u202f{unit}" if unit else "")
                end.setValue(USUAL[kind][column])
                ends.append(end)
                grid.addWidget(end, row, 1 + 2 * column)
            grid.addWidget(label("–"), row, 2)
            low, high = ends
            low.valueChanged.connect(lambda value, high=high: high.setValue(max(value, high.value())))
            high.valueChanged.connect(lambda value, low=low: low.setValue(min(value, low.value())))
            self.boxes[kind], self.ends[kind] = box, (low, high)
        tip = self.tr("How pixels are put together where a picture is made smaller.")
        self.method = named(QComboBox(), "shrinkMethodPicker", self.tr("How it is made smaller"), tip)
        names = (self.tr("Bicubic"), self.tr("Bilinear"), self.tr("Average"), self.tr("Nearest pixel"))
        for method, name in zip(METHODS, names, strict=True):
            self.method.addItem(name, method)
        grid.addWidget(self.method, 1, 4)
        grid.setColumnStretch(5, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(grid)
        outer.addWidget(self.preview)
        self.boxes["gaussian"].setChecked(True)
        self.method.currentIndexChanged.connect(self._on_changed)
        for kind, span in self.ends.items():
            self.boxes[kind].toggled.connect(self._on_changed)
            for end in span:
                end.valueChanged.connect(self._on_changed)

    def damage(self) -> Damage:
        """Return what is chosen."""
        spans = {
            kind: (low.value(), high.value())
            for kind, (low, high) in self.ends.items()
            if self.boxes[kind].isChecked() and self.boxes[kind].isEnabled()
        }
        return Damage(
            spans.get("blur", ()),
            spans.get("shrink", ()),
            self.method.currentData(),
            spans.get("camera", ()),
            spans.get("gaussian", ()),
            spans.get("jpeg", ()),
        )

    def suit(self, scale: int, gaussian_only: bool) -> None:
        """Offer what a network can learn: one that is told how strong the noise is, Gaussian noise only."""
        self._scale = scale
        for kind, box in self.boxes.items():
            box.setEnabled(kind == "gaussian" or not gaussian_only)
        self._on_changed()

    def reset(self) -> None:
        """Go back to the ranges that it began with."""
        for kind, (low, high) in self.ends.items():
            low.setValue(LIMITS[kind][0])
            high.setValue(USUAL[kind][1])
            low.setValue(USUAL[kind][0])
            self.boxes[kind].setChecked(kind == "gaussian")
        self.method.setCurrentIndex(0)

    def _on_changed(self) -> None:
        for kind, ends in self.ends.items():
            for end in ends:
                end.setEnabled(self.boxes[kind].isEnabled() and self.boxes[kind].isChecked())
        self.method.setEnabled(self._scale > 1 or self.ends["shrink"][0].isEnabled())
        self.preview.show_damage(self.damage(), self._scale)
        self.changed.emit()
