"""Generate: the map of a latent space, samples from a seed, and the picture under the cursor."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from aestudio.catalog import store
from aestudio.jobs.events import Event, Failed, Finished, MapReady, PicturesReady
from aestudio.jobs.spec import Decode, Map, Sample
from aestudio.ui import theme
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.notifications import Notice
from aestudio.ui.tabs.inspector import panel_layout
from aestudio.ui.tabs.status_row import StatusRow
from aestudio.ui.widgets.latent_map import DecodedPicture, LatentMap
from aestudio.ui.widgets.sample_grid import SampleGrid
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from aestudio.catalog.card import Card
    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub

COUNT = 48
REST = 200
"""Milliseconds that the variety slider must rest before new samples are made."""
MAP = Map("")


class GenerateTab(QWidget):
    """Works only while it is in front; the map and the first samples are made when it first is."""

    notice = Signal(object, object)

    def __init__(self, hub: JobHub, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("generateTab")
        self.setAccessibleName(self.tr("Generate"))
        self._hub, self._settings = hub, settings
        self._active = False
        self._cards: dict[str, Card] = {}
        self._made_for = ""
        self._jobs: dict[str, str] = {}
        self._next_vector: tuple[float, ...] | None = None
        self._sampled = (0, 1.0)
        self._build()
        self.load_models()

    def _build(self) -> None:
        self.map = named(
            LatentMap(),
            "latentMap",
            self.tr("Map of the latent space"),
            self.tr("Move over it, or use the arrow keys."),
        )
        self.map.setToolTip("")
        self.grid = named(SampleGrid(), "sampleGrid", self.tr("Samples"))
        self.inspector = QFrame()
        box = panel_layout(self.inspector, self.tr("Settings"))
        box.addWidget(label(self.tr("Model"), "section"))
        self.model_picker = named(
            QComboBox(), "modelPicker", self.tr("Model"), self.tr("The network that makes the pictures.")
        )
        self.model_picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model_picker.setMinimumContentsLength(8)
        box.addWidget(self.model_picker)
        self.model_words = label("", "quiet", wrap=True)
        box.addWidget(self.model_words)
        box.addSpacing(8)
        box.addWidget(label(self.tr("Under the cursor"), "section"))
        self.decoded = named(DecodedPicture(), "decodedPicture", self.tr("The picture under the cursor"))
        box.addWidget(self.decoded)
        self.coordinates = named(label("", "quiet"), "coordinatesLabel", self.tr("Place on the map"))
        self.coordinates.setFont(theme.tabular(self.coordinates.font()))
        box.addWidget(self.coordinates)
        box.addSpacing(8)
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
        self.temperature.label.setProperty("role", "section")
        box.addWidget(self.temperature)
        box.addStretch(1)
        self.sample_button = push_button(
            "sampleButton", self.tr("Make samples"), self.tr("Make new pictures from the seed."), "play", True
        )
        self.export_button = push_button(
            "exportButton", self.tr("Export sheet…"), self.tr("Save the samples as one picture."), "save"
        )
        buttons = QVBoxLayout()
        buttons.setContentsMargins(16, 8, 16, 16)
        buttons.setSpacing(8)
        buttons.addWidget(self.sample_button)
        buttons.addWidget(self.export_button)
        outer = self.inspector.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.addLayout(buttons)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.map, 1)
        strip = QFrame()
        strip.setObjectName("canvasBar")
        strip_box = QVBoxLayout(strip)
        strip_box.setContentsMargins(8, 8, 8, 8)
        strip_box.addWidget(self.grid)
        middle.addWidget(strip)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self.inspector)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(row, 1)
        self.row = StatusRow()
        self.row.cancel_button.clicked.connect(self.cancel)
        page.addWidget(self.row)
        self.model_picker.currentIndexChanged.connect(self._on_model)
        self.map.moved.connect(self._on_moved)
        self.sample_button.clicked.connect(self.sample)
        self.export_button.clicked.connect(self.export)
        self.seed.editingFinished.connect(self._on_seed)
        self.dice.clicked.connect(self._on_dice)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._on_rested)
        self.temperature.touched.connect(self._on_temperature)

    # Models.

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
    def flat(self) -> bool:
        """Whether the chosen model's latent has two dimensions, so that there is a map."""
        card = self.card()
        return card is not None and card.arguments.get("latent") == 2

    def _on_model(self) -> None:
        card = self.card()
        self.model_words.setText(
            sentence(card.description) if card else self.tr("No model that makes pictures is installed.")
        )
        self.model_words.setVisible(bool(self.model_words.text()))
        for widget in (self.sample_button, self.export_button, self.seed, self.dice, self.temperature):
            widget.setEnabled(card is not None)
        if card is None:
            lack = self.tr("No model that makes pictures is installed.\nTrain one, or install aestudio again.")
            self.map.show_message(lack)
        elif not self.flat:
            self.map.show_message(self.tr("This model's space has more than two dimensions, so there is no map of it."))
        self._begin()
        self._refresh()

    def set_active(self, active: bool) -> None:
        """Work only while in front."""
        self._active = active
        self._begin()
        self._refresh()

    def _begin(self) -> None:
        """Make the map and the first samples of a model that was not shown yet."""
        card = self.card()
        if not self._active or card is None or self._made_for == card.id:
            return
        self._made_for = card.id
        for job_id in list(self._jobs):
            self._hub.drop(job_id)
        self._jobs.clear()
        self.decoded.show_pixels(None)
        if self.flat:
            self.map.show_message(self.tr("Drawing the map…"))
            self._submit(Map(card.id), "map")
        self.sample()

    # Jobs.

    def _submit(self, job: Map | Sample | Decode, what: str) -> None:
        self._jobs[job.id] = what
        self._hub.submit(job, self._on_event)
        self._refresh()

    def sample(self) -> None:
        """Make samples from the seed."""
        card = self.card()
        if card is None:
            return
        for job_id in [i for i, what in self._jobs.items() if what == "samples"]:
            del self._jobs[job_id]
            self._hub.drop(job_id)
        self._sampled = (self.seed.value(), self.temperature.value)
        if self.grid.count == 0:
            self.grid.show_message(self.tr("Making samples…"))
        self._submit(Sample(card.id, COUNT, self.seed.value(), self.temperature.value), "samples")

    def export(self) -> None:
        """Ask for a file and save the samples as one sheet."""
        card = self.card()
        if card is None:
            return
        folder = Path(self._settings.save_folder) if self._settings.save_folder else Path.home()
        suggested = str(folder / f"{card.id}-seed{self.seed.value()}.png")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the samples"), suggested, self.tr("Pictures (*.png *.tif *.jpg *.webp)")
        )
        if chosen:
            self._settings.save_folder = str(Path(chosen).parent)
            self.export_to(Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.png"))

    def export_to(self, target: Path) -> None:
        """Save the samples of this seed as one sheet."""
        card = self.card()
        if card is not None:
            job = Sample(card.id, COUNT, self.seed.value(), self.temperature.value, str(target.absolute()))
            self._submit(job, "export")

    def cancel(self) -> None:
        """Stop what is being made."""
        for job_id in list(self._jobs):
            self._hub.cancel(job_id)

    def _on_event(self, event: Event) -> None:
        what = self._jobs.get(event.id, "")
        if isinstance(event, PicturesReady) and what == "export":
            return
        self._jobs.pop(event.id, None)
        match event:
            case MapReady():
                self.map.show_mosaic(event.pixels, event.extent, MAP.side)
                self.map.move_to(0.0, 0.0)
            case PicturesReady() if what == "decode":
                self.decoded.show_pixels(event.pixels[0])
            case PicturesReady():
                self.grid.show_pictures(event.pixels)
            case Finished() if event.output:
                self.notice.emit(Notice("info", f"Saved {event.output}."), None)
            case Failed():
                self._on_failed(event, what)
        if what == "decode" and self._next_vector is not None:
            self._decode()
        self._refresh()

    def _on_failed(self, event: Failed, what: str) -> None:
        retry: Callable[[], None] | None = self._start_over if what != "export" else None
        if what == "map":
            self.map.show_message(f"{event.what} {event.advice}".strip())
        if what == "samples":
            self.grid.show_message(self.tr("No samples."))
        self._next_vector = None
        self.notice.emit(Notice("failure", event.what, event.advice, event.details), retry)

    def _start_over(self) -> None:
        self._made_for = ""
        self._begin()

    def _on_moved(self, x: float, y: float) -> None:
        self.coordinates.setText(f"{x:+.2f}, {y:+.2f}")
        self._next_vector = (x, y)
        if "decode" not in self._jobs.values():
            self._decode()

    def _decode(self) -> None:
        """Ask for the newest place only, one at a time, so that the picture never lags behind the cursor."""
        card, vector = self.card(), self._next_vector
        self._next_vector = None
        if card is not None and vector is not None:
            self._submit(Decode(card.id, (vector,), "cursor"), "decode")

    def _on_seed(self) -> None:
        key = (self.seed.value(), self.temperature.value)
        if key != self._sampled:
            self.sample()

    def _on_temperature(self) -> None:
        """Make samples anew once the slider rests; until then the window is not idle."""
        self._hub.hold("temperature")
        self._rest.start()

    def _on_rested(self) -> None:
        self._on_seed()
        self._hub.release("temperature")

    def close_down(self) -> None:
        """Stop everything, for good."""
        self._rest.stop()
        self._hub.release("temperature")

    def _on_dice(self) -> None:
        self.seed.setValue(random.randrange(100_000))
        self._on_seed()

    def _refresh(self) -> None:
        waiting = {w for w in self._jobs.values() if w != "decode"}
        words = {
            "map": self.tr("Drawing the map…"),
            "samples": self.tr("Making samples…"),
            "export": self.tr("Saving…"),
        }
        text = next((words[w] for w in words if w in waiting), "")
        ready = self.tr("Move over the map to see what lies there.") if self.flat else self.tr("Ready.")
        lack = self.tr("No model that makes pictures is installed.")
        self.row.status.setText(text or (ready if self.card() else lack))
        self.row.show_busy(bool(waiting))
        self.export_button.setEnabled(self.card() is not None and self.grid.count > 0)

    # Panels.

    def fold_panels(self, folded: bool) -> None:
        """Hide the inspector, or show it again."""
        self.inspector.setVisible(not folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.inspector.setFixedWidth(min(max(round(event.size().width() * 0.24), 240), 400))
        self.decoded.setMaximumHeight(max(112, round((event.size().height() - 400) * 0.65)))
        self.grid.setFixedHeight(min(max(round(event.size().height() * 0.2), 112), 240))
        super().resizeEvent(event)

    def restyle(self) -> None:
        """Follow a change of theme."""
        self.map.update()
        self.grid.update()
        self.decoded.update()
