"""The panel on the right of a restoring tab: model, noise or scale, strength, and the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from aestudio.catalog import store
from aestudio.errors import SettingsError, WeightsError
from aestudio.jobs.spec import Restoration, RestorationTask
from aestudio.ui.choices import Choice
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.tabs.clean_box import CleanBox
from aestudio.ui.tabs.mix_controls import MixControls
from aestudio.ui.tabs.presets import PresetsButton
from aestudio.ui.tabs.region_controls import RegionControls
from aestudio.ui.tabs.scale_controls import ScaleControls
from aestudio.ui.tabs.trust_panel import TrustPanel
from aestudio.ui.widgets.drag_handle import DragHandle
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.jobs.events import InventedReady, Judged, Started
    from aestudio.settings import Settings


def panel_layout(panel: QFrame, name: str) -> QVBoxLayout:
    """Make ``panel`` scroll where it is too low for its contents; return the layout for them."""
    panel.setObjectName("inspector")
    body = QWidget()
    body.setObjectName("inspectorBody")
    scroll = QScrollArea()
    scroll.setObjectName("inspectorScroll")
    scroll.setAccessibleName(name)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(body)
    outer = QVBoxLayout(panel)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(scroll, 1)
    box = QVBoxLayout(body)
    box.setContentsMargins(16, 16, 16, 16)
    box.setSpacing(8)
    bar = scroll.verticalScrollBar()
    # the bar stands in the margin, so that nothing moves aside when it comes
    # (one that was never shown has no width of its own yet)
    bar.rangeChanged.connect(
        lambda low, high: box.setContentsMargins(16, 16, 16 - bar.sizeHint().width() if high else 16, 16)
    )
    return box


class Inspector(QFrame):
    """``changed``: settings that need new pixels; ``mix_changed``: only how they are mixed."""

    changed = Signal()
    mix_changed = Signal()

    def __init__(self, task: RestorationTask, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task: RestorationTask = task
        self._model_chosen = False
        self._size = (0, 0)
        self._legend_due = False
        self._cards: dict[str, Card] = {}
        self._settings = settings
        box = panel_layout(self, self.tr("Settings"))
        self._panel_scroll = self.findChild(QScrollArea, "inspectorScroll")
        self.presets = PresetsButton(task, settings)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Model"), "section"), 1)
        head.addWidget(self.presets)
        box.addLayout(head)
        self.model_picker = named(
            QComboBox(), "modelPicker", self.tr("Model"), self.tr("The network that restores the picture.")
        )
        self.model_picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model_picker.setMinimumContentsLength(8)
        box.addWidget(self.model_picker)
        self.model_words = label("", "quiet", wrap=True)
        box.addWidget(self.model_words)
        self.ensemble_box = named(
            QCheckBox(self.tr("Best quality (slow)")),
            "ensembleBox",
            self.tr("Best quality, 8 times slower"),
            self.tr("The picture is restored in eight ways, flipped and turned, and their mean is taken."),
        )
        box.addWidget(self.ensemble_box)
        box.addSpacing(8)
        self._make_task_controls(box)
        box.addSpacing(8)
        self.mixing = MixControls(task)
        self.strength = self.mixing.strength
        box.addWidget(self.mixing)
        self.region = RegionControls()
        box.addWidget(self.region)
        self.own_box = named(
            QCheckBox(self.tr("Only for this picture")),
            "ownSettingsBox",
            self.tr("Settings only for this picture"),
            self.tr("These settings are this picture's own; the others keep theirs."),
        )
        box.addWidget(self.own_box)
        box.addSpacing(8)
        self.trust = TrustPanel()
        box.addWidget(self.trust)
        box.addStretch(1)
        self.run_button = push_button(
            "runButton", self.tr("Restore"), self.tr("Compute what is still missing, or all of it again."), "play"
        )
        self.save_button = push_button(
            "saveButton", self.tr("Save…"), self.tr("Choose where and how, and save (Ctrl+S)."), "save", True
        )
        self.copy_button = tool_button(
            "copyResultButton",
            self.tr("Copy the result"),
            self.tr("Put the result onto the clipboard, as a picture of full size (Ctrl+C)."),
            "copy",
        )
        self.drag_handle = named(
            DragHandle(),
            "dragHandle",
            self.tr("Drag the result out"),
            self.tr("Drag the result into another program or folder; a click copies it as a file."),
        )
        self.save_all_button = push_button(
            "saveAllButton", self.tr("Save all"), self.tr("Restore and save every picture of the list into a folder.")
        )
        buttons = QVBoxLayout()
        buttons.setContentsMargins(16, 8, 16, 16)
        buttons.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.save_button, 1)
        first.addWidget(self.copy_button)
        first.addWidget(self.drag_handle)
        buttons.addWidget(self.run_button)
        buttons.addLayout(first)
        buttons.addWidget(self.save_all_button)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.addLayout(buttons)
        self.mixing.changed.connect(self.mix_changed)
        self.region.changed.connect(self.mix_changed)
        self.ensemble_box.toggled.connect(self.changed)
        self.model_picker.activated.connect(self._on_model_chosen)
        self.trust.model_wanted.connect(self.choose_model)
        if self.clean_box is not None:
            self.trust.clean_wanted.connect(self.clean_box.click)
        self.model_picker.currentIndexChanged.connect(self._on_model_shown)
        self.load_models()

    def _make_task_controls(self, box: QVBoxLayout) -> None:
        self.noise: LabelledSlider | None = None
        self.noise_auto: QCheckBox | None = None
        self.noise_pick: QToolButton | None = None
        self.scaling: ScaleControls | None = None
        self.scale_picker: QComboBox | None = None
        self.clean_box: CleanBox | None = None
        if self.task == "denoise":
            self.noise = LabelledSlider(
                "noiseSlider",
                self.tr("Noise"),
                self.tr("How noisy the picture is taken to be: more removes more grain, and in the end fine detail."),
                low=0,
                high=75,
                default=15,
                decimals=1,
            )
            self.noise.label.setProperty("role", "section")
            self.noise_auto = named(
                QCheckBox(self.tr("Measure it (auto)")),
                "noiseAuto",
                self.tr("Measure the noise automatically"),
                self.tr("The noise is estimated from the picture's own pixels."),
            )
            self.noise_auto.setChecked(True)
            self.noise_pick = tool_button(
                "noisePick",
                self.tr("Measure the noise in an area"),
                self.tr("Drag over a smooth, even area of the picture: its noise becomes the level."),
                "area",
            )
            self.noise_pick.setCheckable(True)
            measuring = QHBoxLayout()
            measuring.addWidget(self.noise_auto, 1)
            measuring.addWidget(self.noise_pick)
            box.addWidget(self.noise)
            box.addLayout(measuring)
            self.noise.touched.connect(self._on_noise_touched)
            self.noise_auto.toggled.connect(self._on_auto)
            self.show_unmeasured()
        else:
            self.scaling = ScaleControls()
            self.scale_picker = self.scaling.picker
            box.addWidget(self.scaling)
            self.scaling.changed.connect(self._on_scale)
            self.clean_box = CleanBox()
            box.addWidget(self.clean_box)
            self.clean_box.toggled.connect(self.changed)

    # What is asked for.

    def restoration(self) -> Restoration | None:
        """Return the settings in force, or None where there is no model, or no such size of the picture in front."""
        wanted = self.choice().restoration(self.task)
        try:
            if wanted is not None and all(self._size):
                wanted.factor(*self._size)
        except SettingsError:
            return None
        return wanted

    def choice(self) -> Choice:
        """Return everything that is set here, but for how results are stored."""
        noise = self.noise.value if self.noise is not None and not self._auto() else None
        scaling = self.scaling.fields() if self.scaling is not None else {}
        model = str(self.model_picker.currentData() or "")
        mixture = {**self.mixing.fields(), "mask": self.region.painted, "ensemble": self.ensemble_box.isChecked()}
        cleaner = self.clean_box.cleaner() if self.clean_box is not None else ""
        return Choice(model, self._model_chosen, noise, cleaner=cleaner, **scaling, **mixture)

    def show_size(self, width: int, height: int) -> None:
        """Take the size of the picture in front (0: not known), which a wanted size of the result is for."""
        self._size = (width, height)
        if self.scaling is not None:
            self.scaling.show_size(width, height)

    def show_choice(self, choice: Choice) -> None:
        """Set everything to ``choice`` at once; a model that is gone gives way to the default."""
        blocked = self.blockSignals(True)
        # the model first, whose range the noise level stays in; then once more, as auto may have changed it
        self._show_model(choice)
        if self.noise is not None and self.noise_auto is not None:
            self.noise_auto.setChecked(choice.noise is None)
            self._show_model(choice)
            if choice.noise is not None:
                self.noise.set_value(choice.noise)
        if self.scaling is not None:
            self.scaling.show_choice(choice)
            self._show_model(choice)
        if self.clean_box is not None:
            self.clean_box.show_cleaner(choice.cleaner)
        self.mixing.show_choice(choice)
        self.region.show_choice(choice)
        self.ensemble_box.setChecked(choice.ensemble)
        self.blockSignals(blocked)

    def _show_model(self, choice: Choice) -> None:
        index = self.model_picker.findData(choice.model)
        self._model_chosen = choice.model_chosen and index >= 0
        if index >= 0:
            self.model_picker.setCurrentIndex(index)
        else:
            self._pick_default()

    def card(self) -> Card | None:
        """Return the card of the chosen model."""
        return self._cards.get(self.model_picker.currentData() or "")

    def load_models(self) -> None:
        """List the installed models, keeping the choice where it is still there: then nothing changes."""
        before, chosen = self.choice(), self.model_picker.currentData()
        self._cards = {m.card.id: m.card for m in store.installed(self.task)}
        self.model_picker.blockSignals(True)
        blocked = self.blockSignals(True)
        self.model_picker.clear()
        for card in self._cards.values():
            self.model_picker.addItem(sentence(card.title or card.id), card.id)
        self.model_picker.setEnabled(bool(self._cards))
        if self.clean_box is not None:
            self.clean_box.load()
            self.trust.can_clean = self.clean_box.isEnabled()
        if not self._cards:
            self.model_picker.addItem(self.tr("No model"), "")
        if chosen in self._cards:
            self.model_picker.setCurrentIndex(self.model_picker.findData(chosen))
        else:
            self._pick_default()
        self.model_picker.blockSignals(False)
        self._on_model_shown()
        self.blockSignals(blocked)
        if self.choice() != before:
            self.changed.emit()

    def _pick_default(self) -> None:
        try:
            scale, preferred = self.scaling.factor() if self.scaling else 1.0, self._settings.default_model
            wanted = store.default_id(self.task, scale, blind=self._auto(), preferred=preferred.get(self.task, ""))
        except WeightsError:
            return
        self.model_picker.setCurrentIndex(self.model_picker.findData(wanted))

    def default_changed(self) -> None:
        """Follow another default model, unless a person picked one here."""
        if not self._model_chosen:
            self._pick_default()

    def _auto(self) -> bool:
        return self.noise_auto is None or self.noise_auto.isChecked()

    def _match_model(self) -> None:
        """Choose the default model where the chosen one cannot be told the noise level that is set."""
        card = self.card()
        if card is not None and card.blind and not self._auto():
            self._model_chosen = False
        if not self._model_chosen:
            self._pick_default()

    def show_noise(self, level: float) -> None:
        """Show the noise level that the engine measured, unless the person sets one."""
        if self.noise is not None and self.noise_auto is not None and self.noise_auto.isChecked():
            self.noise.set_value(level)

    def set_noise(self, level: float) -> None:
        """Set the noise level as a person does."""
        if self.noise is not None and self.noise_auto is not None:
            self.noise.set_value(level)
            self._on_noise_touched()

    def show_unmeasured(self) -> None:
        """Say that the noise is measured where no level is known yet."""
        if self.noise is not None and self.noise_auto is not None and self.noise_auto.isChecked():
            self.noise.show_unknown(self.tr("auto"))

    def show_trust(self, started: Started | None, judged: Judged | None) -> None:
        """Say how far the result can be trusted, as far as that is known."""
        self.show_strength()
        self.trust.show_facts(started, judged, {i: sentence(card.title or i) for i, card in self._cards.items()})

    def show_strength(self) -> None:
        """Let what is said of the result be of as much of it as is shown."""
        mix = self.choice().mix
        self.trust.show_strength(max(mix.light, mix.colour))

    def show_invented(self, on: bool, ready: InventedReady | None) -> None:
        """Say how far the result in sight is likely to be off; what the map's colours mean comes into sight with it."""
        began = on and self.trust.legend.isHidden()
        self._legend_due = on and (began or self._legend_due)
        self.trust.show_invented(on, ready)
        if self._legend_due:
            # once there is a place for it
            QTimer.singleShot(0, self, self._show_legend)
        # later figures leave the panel where the person scrolled it
        self._legend_due = self._legend_due and ready is None

    def _show_legend(self) -> None:
        if self._panel_scroll is not None:
            self._panel_scroll.ensureWidgetVisible(self.trust.legend)

    def choose_model(self, model: str) -> None:
        """Choose a model as a person does by the picker."""
        index = self.model_picker.findData(model)
        if index >= 0:
            self.model_picker.setCurrentIndex(index)
            self._on_model_chosen()

    # What happens.

    def _on_model_chosen(self) -> None:
        self._model_chosen = True
        card = self.card()
        if card is not None and card.blind and self.noise_auto is not None:
            self.noise_auto.setChecked(True)
        self.changed.emit()

    def _on_model_shown(self) -> None:
        card = self.card()
        self.model_words.setText(
            sentence(card.description) if card else self.tr("No model for this task is installed.")
        )
        self.model_words.setVisible(bool(self.model_words.text()))
        if self.scaling is not None:
            self.scaling.describe(card)
        if self.noise is not None and card is not None and len(card.noise_range) == 2:
            self.noise.set_range(card.noise_range[0], card.noise_range[1])
        self.changed.emit()

    def _on_auto(self, auto: bool) -> None:
        if auto:
            self.show_unmeasured()
        elif self.noise is not None:
            self.noise.set_value(self.noise.value)
        self._match_model()
        self.changed.emit()

    def _on_noise_touched(self) -> None:
        if self.noise_auto is not None and self.noise_auto.isChecked():
            self.noise_auto.setChecked(False)
        else:
            self.changed.emit()

    def _on_scale(self) -> None:
        if not self._model_chosen:
            self._pick_default()
        self.changed.emit()
