"""A labelled slider: it shows its value, takes typing, and moves the picture while it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from aestudio.ui import theme
from aestudio.ui.naming import label as plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent


class ResettingSlider(QSlider):
    """A horizontal slider: wheel only with Ctrl (so that scrolling a panel changes nothing), double-click resets."""

    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_asked.emit()
        event.accept()


class _ValueField(QDoubleSpinBox):
    """``blank`` is shown in place of the value while that is not known."""

    blank = ""

    def textFromValue(self, value: float) -> str:
        return self.blank or super().textFromValue(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()


class LabelledSlider(QWidget):
    """``value`` is a float in the unit that is shown; the slider itself counts in whole ``step`` units."""

    value_changed = Signal(float)
    """The value, by whatever way it came."""
    touched = Signal()
    """The person (or a script in their place) moved it."""

    def __init__(
        self,
        name: str,
        label: str,
        help_text: str,
        *,
        low: float,
        high: float,
        default: float,
        step: float = 1.0,
        decimals: int = 0,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._default, self._step, self._value = default, step, default
        # as the slider's buddy the label would take an "&" for a shortcut's
        self.label = plain_label(label.replace("&", "&&"))
        self.field = _ValueField()
        self.field.setObjectName(f"{name.removesuffix('Slider')}Field")
        self.field.setAccessibleName(self.tr("{label} value").format(label=label))
        self.field.setProperty("role", "value")
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setDecimals(decimals)
        self.field.setRange(low, high)
        self.field.setSingleStep(step)
        self.field.setKeyboardTracking(False)
        self.field.setFont(theme.tabular(self.field.font()))
        self.field.setSuffix(f"\u202f{unit}" if unit else "")
        self.field.setFixedWidth(72)
        self.slider = ResettingSlider()
        self.slider.setObjectName(name)
        self.slider.setAccessibleName(label)
        self.slider.setAccessibleDescription(help_text)
        self.slider.setRange(round(low / step), round(high / step))
        self.slider.setPageStep(max(1, round((high - low) / step / 10)))
        self.label.setBuddy(self.slider)
        for widget in (self, self.slider, self.field):
            widget.setToolTip(help_text)
        self.slider.setToolTip(self.tr("{help} Double-click for {default:g}.").format(help=help_text, default=default))
        self.top = QHBoxLayout()
        self.top.addWidget(self.label)
        self.top.addStretch()
        self.top.addWidget(self.field)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self.top)
        box.addWidget(self.slider)
        self.set_value(default)
        self.slider.valueChanged.connect(lambda units: self._take(units * self._step))
        self.field.valueChanged.connect(self._take)
        self.slider.reset_asked.connect(lambda: self._take(self._default))

    @property
    def value(self) -> float:
        """The value in the unit that is shown."""
        return self._value

    def set_name(self, label: str) -> None:
        """Show and speak another name."""
        self.label.setText(label)
        self.slider.setAccessibleName(label)
        self.field.setAccessibleName(self.tr("{label} value").format(label=label))

    def set_value(self, value: float) -> None:
        """Show a value without counting it as the person's."""
        self._value = min(max(value, self.field.minimum()), self.field.maximum())
        self.field.blank = ""
        for widget in (self.slider, self.field):
            widget.blockSignals(True)
        self.slider.setValue(round(self._value / self._step))
        self.field.setValue(self._value)
        for widget in (self.slider, self.field):
            widget.blockSignals(False)

    def show_unknown(self, word: str) -> None:
        """Show a word in place of the value until one is set."""
        self.field.blank = word
        # Setting the same value would not write the field anew.
        self.field.lineEdit().setText(word)

    def set_range(self, low: float, high: float) -> None:
        """Take another range; the value stays within it, without counting as the person's."""
        if (low, high) == (self.field.minimum(), self.field.maximum()):
            return
        for widget in (self.slider, self.field):
            widget.blockSignals(True)
        self.field.setRange(low, high)
        self.slider.setRange(round(low / self._step), round(high / self._step))
        for widget in (self.slider, self.field):
            widget.blockSignals(False)
        self.set_value(self._value)

    def _take(self, value: float) -> None:
        if value == self._value:
            return
        self.set_value(value)
        self.value_changed.emit(self._value)
        self.touched.emit()
