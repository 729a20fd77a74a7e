"""The panel of a path: its film strip, its pins, how it goes from one to the next, how it is played and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from aestudio.jobs.walks import WalkForm
from aestudio.ui import icons, theme
from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.widgets.frame_strip import FrameStrip
from aestudio.ui.widgets.pin_list import PinList
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.engine.paths import Shape
    from aestudio.ui.widgets.sample_grid import Drawn

Ending = Literal["again", "back", "circle", "stop"]


class PathPanel(QWidget):
    """Shows what it is told. ``way_changed``: another way from pin to pin; ``saving_changed``: saved otherwise."""

    way_changed = Signal()
    saving_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = named(
            FrameStrip(), "frameStrip", self.tr("Frames of the path"), self.tr("Drag to move along the path.")
        )
        self.play_button = tool_button("playButton", self.tr("Play"), self.tr("Play the path, or pause."), "play")
        self.play_button.setCheckable(True)
        self.words = named(label("", "quiet"), "pathLabel", self.tr("Length of the path"))
        self.words.setFont(theme.tabular(self.words.font()))
        self.pins = named(
            PinList(), "pinList", self.tr("Pins"), self.tr("The path’s pins in their order; drag them, Delete removes.")
        )
        self.add_button = push_button(
            "addPinsButton",
            self.tr("Add samples"),
            self.tr("Add the selected samples to the path; to begin one without any, the first six."),
            "pin",
        )
        self.clear_button = tool_button("clearPinsButton", self.tr("Remove all pins"), self.tr("Begin anew."), "close")
        self._build_ways()
        self._build_saving()
        play = QHBoxLayout()
        play.setSpacing(8)
        play.addWidget(self.play_button)
        play.addWidget(self.words, 1)
        pins = QHBoxLayout()
        pins.addWidget(self.add_button, 1)
        pins.addWidget(self.clear_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.strip)
        box.addLayout(play)
        box.addWidget(self.pins)
        box.addLayout(pins)
        box.addLayout(self._ways)
        box.addWidget(self.steps)
        box.addWidget(self.seconds)
        box.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.saving)
        self.play_button.toggled.connect(self._on_play)

    def _build_ways(self) -> None:
        self.shape_picker = named(
            QComboBox(), "pathShapePicker", self.tr("Way"), self.tr("How the path goes from one pin to the next.")
        )
        shapes: dict[Shape, str] = {
            "round": self.tr("Round (spherical)"),
            "smooth": self.tr("Smooth (spline)"),
            "straight": self.tr("Straight"),
        }
        for shape, words in shapes.items():
            self.shape_picker.addItem(words, shape)
        self.ending_picker = named(
            QComboBox(), "pathEndPicker", self.tr("At the end"), self.tr("What follows the last pin.")
        )
        endings: dict[Ending, str] = {
            "circle": self.tr("On to the first pin"),
            "back": self.tr("Back again"),
            "again": self.tr("Begin again"),
            "stop": self.tr("Stop"),
        }
        for ending, words in endings.items():
            self.ending_picker.addItem(words, ending)
        self._ways = QGridLayout()
        self._ways.setHorizontalSpacing(8)
        self._ways.setVerticalSpacing(6)
        for row, picker in enumerate((self.shape_picker, self.ending_picker)):
            picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self._ways.addWidget(label(picker.accessibleName()), row, 0)
            self._ways.addWidget(picker, row, 1)
            picker.currentIndexChanged.connect(self.way_changed)
        self._ways.setColumnStretch(1, 1)
        self.steps = LabelledSlider(
            "stepsSlider",
            self.tr("Frames between pins"),
            self.tr("More of them make the path smoother and longer."),
            low=1,
            high=120,
            default=24,
        )
        self.seconds = LabelledSlider(
            "frameSecondsSlider",
            self.tr("Seconds a frame"),
            self.tr("How long each frame shows."),
            low=0.02,
            high=1,
            default=0.05,
            step=0.01,
            decimals=2,
        )
        self.steps.value_changed.connect(lambda _: self.way_changed.emit())

    def _build_saving(self) -> None:
        help_text = self.tr("Format, size and how often it plays.")
        self.fold = tool_button("pathSavingFold", self.tr("Saved as"), help_text, text=self.tr("Saved as"))
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setProperty("role", "fold")
        icons.give(self.fold, "sliders")
        self.form_picker = named(
            QComboBox(), "pathFormPicker", self.tr("Format"), self.tr("What the path is saved as.")
        )
        forms: dict[WalkForm, str] = {
            "gif": self.tr("GIF"), "webp": self.tr("Animated WebP"), "png": self.tr("PNG frames")
        }  # fmt: skip
        for form, words in forms.items():
            self.form_picker.addItem(words, form)
        self.side = named(QSpinBox(), "pathSizeField", self.tr("Size"), self.tr("Pixels of a frame’s side."))
        self.side.setRange(8, 2048)
        self.side.setValue(256)
        self.side.setSuffix("\u202f" + self.tr("pixels"))
        self.plays = named(
            QSpinBox(), "pathPlaysField", self.tr("Plays"), self.tr("How often it is shown; 0 stands for ever.")
        )
        self.plays.setRange(0, 1000)
        self.plays.setSpecialValueText(self.tr("for ever"))
        self.plays.setSuffix("\u202f" + self.tr("times"))
        self.size_words = named(label("", "quiet", wrap=True), "pathBytesLabel", self.tr("Expected size"))
        self.saving = QWidget()
        grid = QGridLayout(self.saving)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for row, widget in enumerate((self.form_picker, self.side, self.plays)):
            grid.addWidget(label(widget.accessibleName()), row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self.size_words, 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.saving.hide()
        self.save_button = push_button(
            "savePathButton", self.tr("Save the path…"), self.tr("Save it as an animation or as frames."), "save", True
        )
        self.footer = QWidget()
        buttons = QVBoxLayout(self.footer)
        buttons.setContentsMargins(16, 8, 16, 16)
        buttons.addWidget(self.save_button)
        self.fold.toggled.connect(self.saving.setVisible)
        self.fold.toggled.connect(self.saving_changed)
        self.form_picker.currentIndexChanged.connect(self.saving_changed)
        for field in (self.side, self.plays):
            field.editingFinished.connect(self.saving_changed)

    @property
    def shape(self) -> Shape:
        """How the path goes from pin to pin."""
        shape: Shape = self.shape_picker.currentData()
        return shape

    @property
    def ending(self) -> Ending:
        """What follows the last pin."""
        ending: Ending = self.ending_picker.currentData()
        return ending

    @property
    def form(self) -> WalkForm:
        """What the path is saved as."""
        form: WalkForm = self.form_picker.currentData()
        return form

    def _on_play(self, playing: bool) -> None:
        icons.give(self.play_button, "pause" if playing else "play")
        words = self.tr("Pause") if playing else self.tr("Play")
        self.play_button.setAccessibleName(words)

    def show_way(self, shape: Shape, ending: Ending, steps: int) -> None:
        """Show how the path goes, without counting it as the person's."""
        for picker, value in ((self.shape_picker, shape), (self.ending_picker, ending)):
            picker.blockSignals(True)
            picker.setCurrentIndex(picker.findData(value))
            picker.blockSignals(False)
        self.steps.set_value(steps)

    def show_pins(self, pins: tuple[Drawn, ...]) -> None:
        """Show the pins."""
        self.pins.show_pins(pins)
        self.pins.setVisible(bool(pins))
        self.clear_button.setEnabled(bool(pins))

    def show_path(self, frames: int, seconds: float) -> None:
        """Say how long the path is; with none there is nothing to play or to save."""
        for widget in (self.play_button, self.save_button, self.strip):
            widget.setEnabled(frames > 1)
        words = self.tr("{frames} frames, {seconds:.1f} s").format(frames=frames, seconds=frames * seconds)
        self.words.setText(words if frames > 1 else "")
