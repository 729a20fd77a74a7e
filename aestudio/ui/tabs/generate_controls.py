"""The panel on the right of the generate tab: model, the decoded picture, what samples are drawn from, and export."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSpinBox, QTabBar, QVBoxLayout, QWidget

from aestudio.catalog import store
from aestudio.jobs.spec import ExportForm, Sample
from aestudio.ui import theme
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, push_button, tab_along, tool_button
from aestudio.ui.tabs.inspector import panel_layout
from aestudio.ui.widgets.elided_label import ElidedLabel
from aestudio.ui.widgets.latent_map import DecodedPicture
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.jobs.events import Encoded
    from aestudio.ui.job_hub import JobHub

REST = 200
"""Milliseconds that a slider must rest before new samples are made."""
NO_LIMIT = 4.0
"""The highest truncation that can be set stands for none."""


class GenerateControls(QFrame):
    """``model_changed``: another model; ``draw_changed``: other samples are wanted, and the sliders rest.

    Below the decoded picture is the tool that is in front: what samples are drawn from, and whatever ``add_tool`` adds.
    """

    model_changed = Signal()
    draw_changed = Signal()
    tool_changed = Signal()

    def __init__(self, hub: JobHub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._cards: dict[str, Card] = {}
        self.box = panel_layout(self, self.tr("Settings"))
        self._build_model()
        self.box.addStretch(1)
        self._pages: dict[str, tuple[QWidget, QWidget]] = {}
        drawing, footer = QWidget(), QWidget()
        self._build_drawing(drawing)
        self._build_buttons(footer)
        self.add_tool("samples", self.tr("Samples"), drawing, footer)
        self.tabs.currentChanged.connect(self._on_tool)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._on_rested)
        self.model_picker.currentIndexChanged.connect(self._on_model)
        self.class_picker.currentIndexChanged.connect(lambda _: self.draw_changed.emit())
        self.seed.editingFinished.connect(self.draw_changed)
        self.dice.clicked.connect(self._on_dice)
        for slider in (self.temperature, self.truncation):
            slider.touched.connect(self._on_slider)

    def _build_model(self) -> None:
        box = self.box
        box.addWidget(label(self.tr("Model"), "section"))
        self.model_picker = named(
            QComboBox(), "modelPicker", self.tr("Model"), self.tr("The network that makes the pictures.")
        )
        self.model_picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model_picker.setMinimumContentsLength(8)
        box.addWidget(self.model_picker)
        # above all that is as high as the tool in front wants it, so that they stay where they are clicked
        self.tabs = named(QTabBar(), "toolTabs", self.tr("Tools"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(True)
        box.addWidget(self.tabs)
        self.model_words = label("", "quiet", wrap=True)
        box.addWidget(self.model_words)
        box.addSpacing(8)
        self.decoded_title = ElidedLabel("", "section")
        box.addWidget(self.decoded_title)
        self.decoded = named(DecodedPicture(), "decodedPicture", self.tr("The decoded picture"))
        box.addWidget(self.decoded)
        self.coordinates = named(label("", "quiet"), "coordinatesLabel", self.tr("Place on the map"))
        self.coordinates.setFont(theme.tabular(self.coordinates.font()))
        box.addWidget(self.coordinates)
        self.loss_words = named(label("", "quiet", wrap=True), "lossLabel", self.tr("What is lost"))
        self.loss_words.hide()
        box.addWidget(self.loss_words)
        self.open_button = push_button(
            "openButton",
            self.tr("Your pictures…"),
            self.tr("Choose pictures of your own and see what the model makes of them; or drop them here."),
            "open",
        )
        box.addWidget(self.open_button)
        box.addSpacing(8)

    def add_tool(self, name: str, title: str, page: QWidget, footer: QWidget) -> None:
        """Add a tool: a page that scrolls with the panel, and a footer that stays in sight."""
        self._pages[name] = page, footer
        self.box.insertWidget(self.box.count() - 1, page)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.addWidget(footer)
        self.tabs.addTab(title)
        self._on_tool()

    def add_fold(self, fold: QWidget) -> None:
        """Add something that folds below what samples are drawn from."""
        page = self._pages["samples"][0].layout()
        assert page is not None
        page.addWidget(fold)
        tab_along(*self._pages["samples"])

    @property
    def tool(self) -> str:
        """The name of the tool in front."""
        return list(self._pages)[max(0, self.tabs.currentIndex())]

    def use_tool(self, name: str) -> None:
        """Bring a tool to the front."""
        self.tabs.setCurrentIndex(list(self._pages).index(name))

    def _on_tool(self) -> None:
        for name, parts in self._pages.items():
            for part in parts:
                part.setVisible(name == self.tool)
        # a tool's own sliders have the room
        self.model_words.setVisible(self.tool == "samples" and bool(self.model_words.text()))
        self.tool_changed.emit()

    def _build_drawing(self, page: QWidget) -> None:
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.class_title = label(self.tr("Class"), "section")
        self.class_picker = named(
            QComboBox(), "classPicker", self.tr("Class"), self.tr("What the samples are to be, as the model knows it.")
        )
        box.addWidget(self.class_title)
        box.addWidget(self.class_picker)
        box.addWidget(label(self.tr("Seed"), "section"))
        self.seed = named(
            QSpinBox(), "seedField", self.tr("Seed"), self.tr("The same seed gives the same samples again.")
        )
        self.seed.lineEdit().setTextMargins(6, 0, 6, 0)
        self.seed.setRange(0, 2**31 - 1)
        self.dice = tool_button("newSeedButton", self.tr("New seed"), self.tr("Pick another seed."), "retry")
        row = QHBoxLayout()
        row.addWidget(self.seed, 1)
        row.addWidget(self.dice)
        box.addLayout(row)
        self.temperature = LabelledSlider(
            "temperatureSlider",
            self.tr("Variety"),
            self.tr("How far from the most typical picture the samples stray (the temperature)."),
            low=0,
            high=2,
            default=1,
            step=0.05,
            decimals=2,
        )
        self.truncation = LabelledSlider(
            "truncationSlider",
            self.tr("Oddities up to"),
            self.tr("Lower leaves out the oddest samples (the truncation, in standard deviations)."),
            low=0.2,
            high=NO_LIMIT,
            default=NO_LIMIT,
            step=0.1,
            decimals=1,
        )
        self.truncation.show_unknown(self.tr("all"))
        for slider in (self.temperature, self.truncation):
            slider.label.setProperty("role", "section")
            box.addWidget(slider)

    def _build_buttons(self, footer: QWidget) -> None:
        self.sample_button = push_button(
            "sampleButton", self.tr("Make samples"), self.tr("Make new pictures from the seed."), "play", True
        )
        self.form_picker = named(
            QComboBox(), "exportFormPicker", self.tr("Export as"), self.tr("How the samples are saved.")
        )
        forms: dict[ExportForm, str] = {
            "sheet": self.tr("One sheet"),
            "strip": self.tr("One strip"),
            "files": self.tr("Single files"),
        }
        for form, words in forms.items():
            self.form_picker.addItem(words, form)
        # without an icon, so that the words beside it are whole in the narrowest window
        self.export_button = push_button(
            "exportButton", self.tr("Export…"), self.tr("Save the kept samples, or all where none is kept.")
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.form_picker, 1)
        row.addWidget(self.export_button)
        buttons = QVBoxLayout(footer)
        buttons.setContentsMargins(16, 8, 16, 16)
        buttons.setSpacing(8)
        buttons.addWidget(self.sample_button)
        buttons.addLayout(row)

    # What is chosen.

    def load_models(self) -> None:
        """List the installed models."""
        chosen = self.model_picker.currentData()
        # those with a map come first: it is what the page is about
        cards = sorted((m.card for m in store.installed("vae")), key=lambda card: card.arguments.get("latent") != 2)
        self._cards = {card.id: card for card in cards}
        self.model_picker.blockSignals(True)
        self.model_picker.clear()
        for card in self._cards.values():
            self.model_picker.addItem(sentence(card.title or card.id), card.id)
        if not self._cards:
            self.model_picker.addItem(self.tr("No model"), "")
        if chosen in self._cards:
            self.model_picker.setCurrentIndex(self.model_picker.findData(chosen))
        self.model_picker.blockSignals(False)
        self.model_picker.setEnabled(bool(self._cards))
        self._on_model()

    def card(self) -> Card | None:
        """Return the card of the chosen model."""
        return self._cards.get(self.model_picker.currentData() or "")

    @property
    def form(self) -> ExportForm:
        """How samples are to be saved."""
        chosen: ExportForm = self.form_picker.currentData()
        return chosen

    def job(self) -> Sample:
        """Return what the controls ask for."""
        card = self.card()
        limit = self.truncation.value
        return Sample(
            card.id if card else "",
            seed=self.seed.value(),
            temperature=self.temperature.value,
            truncation=limit if limit < NO_LIMIT else None,
            class_name=self.class_picker.currentData() or "",
        )

    def show_decoded(self, title: str, place: str) -> None:
        """Say what the decoded picture is of, and where it lies."""
        self.decoded_title.setText(title)
        self.coordinates.setText(place)
        self.coordinates.setVisible(bool(place))
        self.loss_words.hide()

    def show_loss(self, found: Encoded) -> None:
        """Say of a person's own picture how much of it is lost."""
        words = self.tr(
            "Left yours, right what the model makes of it: a mean error of {error:.0f} of 255; PSNR {psnr:.1f} dB."
        ).format(error=found.error, psnr=found.psnr)
        if found.unlike:
            words += " " + self.tr("It is not this model’s kind of picture.")
        notes = ", ".join(sentence(note) for note in found.notes)
        if notes:
            words += " " + self.tr("To fit the model it was {notes}.").format(notes=notes)
        self.loss_words.setText(words)
        self.loss_words.show()

    def _on_model(self) -> None:
        card = self.card()
        lack = self.tr("No model that makes pictures is installed.")
        self.model_words.setText(sentence(card.description) if card else lack)
        self.model_words.setVisible(self.tool == "samples" and bool(self.model_words.text()))
        chosen = self.class_picker.currentData()
        self.class_picker.blockSignals(True)
        self.class_picker.clear()
        self.class_picker.addItem(self.tr("All in turn"), "")
        for name in card.classes if card else ():
            self.class_picker.addItem(name, name)
        self.class_picker.setCurrentIndex(max(self.class_picker.findData(chosen), 0))
        self.class_picker.blockSignals(False)
        classes = card is not None and bool(card.classes)
        self.class_title.setVisible(classes)
        self.class_picker.setVisible(classes)
        drawing = (self.seed, self.dice, self.temperature, self.truncation, self.form_picker)
        for widget in (self.open_button, self.sample_button, self.export_button, *drawing):
            widget.setEnabled(card is not None)
        self.model_changed.emit()

    def _on_slider(self) -> None:
        """Ask for samples anew once the slider rests; until then the window is not idle."""
        if self.truncation.value >= NO_LIMIT:
            self.truncation.show_unknown(self.tr("all"))
        self._hub.hold("samples")
        self._rest.start()

    def _on_rested(self) -> None:
        self.draw_changed.emit()
        self._hub.release("samples")

    def _on_dice(self) -> None:
        self.seed.setValue(random.randrange(100_000))
        self.draw_changed.emit()

    def close_down(self) -> None:
        """Stop everything, for good."""
        self._rest.stop()
        self._hub.release("samples")
