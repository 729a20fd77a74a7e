"""How large an enlargement becomes: by a factor, to a length in pixels, or for a print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from aestudio.jobs.spec import LARGEST_SCALE
from aestudio.ui import words
from aestudio.ui.choices import INCH
from aestudio.ui.naming import label, named

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.ui.choices import Choice

SCALES = (2.0, 3.0, 4.0)


def parse_scale(text: str) -> float | None:
    """Return the scale that a person typed (``×3``, ``2,5``, ``x4``), or None where it is none from 1 to 16."""
    match = re.fullmatch(r"\s*[×xX*]?\s*(\d+(?:[.,]\d+)?)\s*[×xX]?\s*", text)
    value = float(match[1].replace(",", ".")) if match else 0.0
    return value if 1 < value <= LARGEST_SCALE else None


class ScaleControls(QWidget):
    """``changed`` tells that a person wants another size. ``factor`` is that of the picture on the canvas."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = self._before = 4.0
        self._problem = ""
        self._source = (0, 0)
        self._card: Card | None = None
        self.way = named(
            QComboBox(),
            "scaleWay",
            self.tr("Enlarge by or to"),
            self.tr("Say how many times larger, how many pixels, or how large it is to be printed."),
        )
        for text, way in (
            (self.tr("By a factor"), "factor"),
            (self.tr("Longer side"), "longer"),
            (self.tr("Width"), "width"),
            (self.tr("Height"), "height"),
            (self.tr("For a print"), "print"),
        ):
            self.way.addItem(text, way)
        self.picker = named(
            QComboBox(),
            "scalePicker",
            self.tr("Scale"),
            self.tr("How many times larger each side becomes: pick one, or type any number above 1 up to 16."),
        )
        self.picker.setEditable(True)
        self.picker.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for scale in SCALES:
            self.picker.addItem(f"×{scale:g}", scale)
        self.picker.setCurrentIndex(SCALES.index(self._scale))
        edit = self.picker.lineEdit()
        if edit is not None:
            edit.setAccessibleName(self.tr("Scale"))
            edit.setObjectName("scaleField")
            edit.editingFinished.connect(self._on_typed)
        self.pixels = named(
            QSpinBox(), "pixelsField", self.tr("Pixels"), self.tr("How many pixels that side of the result has.")
        )
        self.pixels.setRange(16, 200_000)
        self.pixels.setSuffix("\u202f" + self.tr("pixels"))
        imperial = QLocale().measurementSystem() != QLocale.MeasurementSystem.MetricSystem
        self._unit = INCH if imperial else 1.0
        self.length = named(
            QDoubleSpinBox(),
            "printField",
            self.tr("Longer side of the print"),
            self.tr("How long the longer side is on paper."),
        )
        self.length.setDecimals(1)
        self.length.setRange(1, 1000)
        self.length.setSuffix("\u202f" + (self.tr("in") if imperial else self.tr("cm")))
        self.dpi = named(
            QSpinBox(), "dpiField", self.tr("Pixels per inch"), self.tr("How fine the print is: 300 for a photo.")
        )
        self.dpi.setRange(30, 2400)
        self.dpi.setSuffix("\u202f" + self.tr("dpi"))
        self.dpi.setValue(300)
        self.print = QWidget()
        row = QHBoxLayout(self.print)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field in (self.pixels, self.length, self.dpi):
            # their longest numbers must not make the panel wider than a small window has room for
            field.setMinimumWidth(56)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            # the style sheet's padding does not reach a field without buttons
            field.lineEdit().setTextMargins(6, 0, 0, 0)
        row.addWidget(self.length, 1)
        row.addWidget(self.dpi, 1)
        self.words = label("", "quiet", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(self.tr("Scale"), "section"))
        for widget in (self.way, self.picker, self.pixels, self.print, self.words):
            box.addWidget(widget)
        self._set_lengths(4000, 30.0)
        self._show_way()
        self.way.activated.connect(self._on_way)
        self.picker.currentTextChanged.connect(self._on_text)
        self.picker.activated.connect(lambda _: self._on_typed())
        for field in (self.pixels, self.length, self.dpi):
            field.setKeyboardTracking(False)
            field.valueChanged.connect(self._on_changed)

    @property
    def scale(self) -> float:
        """The factor that is set, whether or not it is in force."""
        return self._scale

    def factor(self) -> float:
        """Return how many times larger the picture on the canvas becomes, as far as that is known."""
        wanted = self._wanted()
        if not wanted or not all(self._source):
            return self._scale
        width, height = self._source
        return wanted / {"width": width, "height": height}.get(self._way(), max(width, height))

    def show_size(self, width: int, height: int) -> None:
        """Take the size of the picture on the canvas (0: not known)."""
        if (width, height) != self._source:
            self._source = (width, height)
            self.describe(self._card)

    def fields(self) -> dict[str, Any]:
        """Return what is set, by the names of a Choice."""
        return {
            "scale": self._scale,
            "size": self._way(),
            "pixels": self.pixels.value(),
            "centimetres": round(self.length.value() * self._unit, 2),
            "dpi": self.dpi.value(),
        }

    def show_choice(self, choice: Choice) -> None:
        """Show what is set in ``choice`` without counting it as the person's."""
        blocked = self.blockSignals(True)
        if choice.scale != self._scale:
            self.picker.setCurrentText(f"×{choice.scale:g}")
            # the text is rounded, the setting is not
            self._scale = self._before = choice.scale
        self.way.setCurrentIndex(max(0, self.way.findData(choice.size)))
        self._set_lengths(choice.pixels, choice.centimetres)
        self.dpi.setValue(choice.dpi)
        self.blockSignals(blocked)
        self._show_way()
        self.describe(self._card)

    def describe(self, card: Card | None) -> None:
        """Say in words what comes out with the model of ``card``."""
        self._card = card
        self.words.setText(self._problem or self._description())
        self.words.setVisible(bool(self.words.text()))

    def _description(self) -> str:
        factor, (width, height) = self.factor(), self._source
        lines = []
        if width and height:
            if not 1 < factor <= LARGEST_SCALE:
                return (
                    self.tr("The picture is as large as that already.")
                    if factor <= 1
                    else self.tr("More than 16 times larger is out of reach.")
                )
            size = words.size(int(width * factor + 0.5), int(height * factor + 0.5))
            lines.append(
                size if self._way() == "factor" else self.tr("×{factor:.3g}: {size}").format(factor=factor, size=size)
            )
        if self._card is not None and self._card.scale != factor and (self._way() == "factor" or all(self._source)):
            text = self.tr("Made at ×{model}, then resized to ×{scale:.3g}.")
            lines.append(text.format(model=self._card.scale, scale=factor))
        return "\n".join(lines)

    def _way(self) -> str:
        return str(self.way.currentData())

    def _wanted(self) -> int:
        """Return the length that is asked for in pixels, or 0 where a factor is."""
        match self._way():
            case "factor":
                return 0
            case "print":
                return round(self.length.value() * self._unit / INCH * self.dpi.value())
        return self.pixels.value()

    def _set_lengths(self, pixels: int, centimetres: float) -> None:
        for field in (self.pixels, self.length, self.dpi):
            field.blockSignals(True)
        self.pixels.setValue(pixels)
        self.length.setValue(centimetres / self._unit)
        for field in (self.pixels, self.length, self.dpi):
            field.blockSignals(False)

    def _on_way(self) -> None:
        self._show_way()
        self._on_changed()

    def _show_way(self) -> None:
        way = self._way()
        self.picker.setVisible(way == "factor")
        self.pixels.setVisible(way in ("longer", "width", "height"))
        self.print.setVisible(way == "print")
        self._problem = ""

    def _on_text(self, text: str) -> None:
        scale = parse_scale(text)
        self._problem = "" if scale is not None else self.tr("Type a number above 1, up to 16.")
        if scale is None:
            self.describe(self._card)
        else:
            self._scale = scale
            self._on_changed()

    def _on_typed(self) -> None:
        """Go back to the factor from before where what was left in the field is none, and say what is wrong with it."""
        if not self._problem:
            self._before = self._scale
        else:
            problem, scale = self._problem, self._before
            # of a number that is none, its first digits were one
            passing, self._scale = self._scale != scale, scale
            blocked = self.picker.blockSignals(True)
            self.picker.setEditText(f"×{scale:g}")
            self.picker.blockSignals(blocked)
            self._problem = problem
            self.describe(self._card)
            if passing:
                self.changed.emit()

    def _on_changed(self) -> None:
        self.describe(self._card)
        self.changed.emit()
