"""How much of the result is mixed into the original: strength, for light and colour apart too, and detail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from aestudio.jobs.spec import RestorationTask
from aestudio.ui.naming import named
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.ui.choices import Choice


class MixControls(QWidget):
    """``changed`` tells that a person set another mixture."""

    changed = Signal()

    def __init__(self, task: RestorationTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strength = LabelledSlider(
            "strengthSlider",
            self.tr("Strength"),
            self.tr("How much of the restored picture is mixed into the original; 0 leaves it as it was."),
            low=0,
            high=100,
            default=100,
            unit="%",
        )
        self.strength.label.setProperty("role", "section")
        self.apart = named(
            QCheckBox(self.tr("Colour apart")),
            "apartBox",
            self.tr("Strength for light and colour apart"),
            self.tr("One strength for grain in the light, another for blotches of colour."),
        )
        self.colour = LabelledSlider(
            "colourSlider",
            self.tr("Colour"),
            self.tr("How much of the restored colour is mixed in; the light keeps its own strength."),
            low=0,
            high=100,
            default=100,
            unit="%",
        )
        self.detail = LabelledSlider(
            "detailSlider",
            self.tr("Detail"),
            self.tr(
                "Gives removed fine texture back where there is structure, with some grain; smooth areas stay clean."
            ),
            low=0,
            high=100,
            default=0,
            unit="%",
        )
        self.detail.label.setProperty("role", "section")
        # an enlargement removes nothing
        self.detail.setVisible(task == "denoise")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for widget in (self.strength, self.colour, self.apart, self.detail):
            box.addWidget(widget)
        self._unfold(False)
        self.strength.value_changed.connect(self.changed)
        self.colour.value_changed.connect(self.changed)
        self.detail.value_changed.connect(self.changed)
        self.apart.clicked.connect(self._on_apart)

    def fields(self) -> dict[str, Any]:
        """Return what is set, by the names of a Choice."""
        colour = self.colour.value / 100 if self.apart.isChecked() else None
        return {"strength": self.strength.value / 100, "colour": colour, "detail": self.detail.value / 100}

    def show_choice(self, choice: Choice) -> None:
        """Show the mixture of ``choice`` without counting it as the person's."""
        self.strength.set_value(choice.strength * 100)
        self.colour.set_value(choice.mix.colour * 100)
        self.detail.set_value(choice.detail * 100)
        self.apart.setChecked(choice.colour is not None)
        self._unfold(choice.colour is not None)

    def _on_apart(self, apart: bool) -> None:
        if apart:
            self.colour.set_value(self.strength.value)
        self._unfold(apart)
        self.changed.emit()

    def _unfold(self, apart: bool) -> None:
        self.colour.setVisible(apart)
        self.strength.set_name(self.tr("Light") if apart else self.tr("Strength"))
