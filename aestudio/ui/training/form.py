"""What is asked before a training run: a task, what to learn from, a name and an effort; the rest is folded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from aestudio import paths
from aestudio.catalog import shelf
from aestudio.errors import OutputError
from aestudio.imageio.folders import holds
from aestudio.jobs.training import Probed, Refused, Training
from aestudio.training import history, recipes
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.training import ways
from aestudio.ui.training.advanced import Advanced
from aestudio.ui.training.crop_picker import CropPicker
from aestudio.ui.training.effort import EffortPicker
from aestudio.ui.training.explaining import Explanation
from aestudio.ui.training.folders import FolderField
from aestudio.ui.training.glance import Glance, Looker
from aestudio.ui.training.prober import Prober
from aestudio.ui.training.ways import Way
from aestudio.ui.widgets.scrolling import scrolling
from aestudio.ui.words import pictures

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from aestudio.ui.job_hub import JobHub

BESIDE_BAR = 12
"""Pixels between the fields and their scroll bar."""

GENTLE = 0.2
"""Factor of the learning rates for a network that has learned already: at full rate it would forget first."""


class TrainingForm(QWidget):
    """``asked`` carries the run that a person asks for."""

    asked = Signal(object)

    def __init__(self, hub: JobHub | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._named_by_hand = False
        self._photo: Path | None = None
        self._build()
        self._looker = Looker(self)
        self._looker.seen.connect(self._on_seen)
        self.task.currentIndexChanged.connect(self._on_task)
        self.way.currentIndexChanged.connect(self._on_way)
        self._prober = Prober(self)
        self._prober.told.connect(self._on_probed)
        self._prober.asking.connect(self.effort.show_asking)
        self.effort.changed.connect(self.minutes.setValue)
        self.minutes.valueChanged.connect(self._judge)
        self.folders.changed.connect(self._on_folders)
        self.pairs.changed.connect(self._on_folders)
        self.name.textEdited.connect(self._on_name)
        self.advanced.changed.connect(self._on_advanced)
        self.fold.toggled.connect(self._on_fold)
        self.start_button.clicked.connect(self._on_start)
        self._on_task()

    def _build(self) -> None:
        self.task = named(QComboBox(), "taskPicker", self.tr("Task"), self.tr("What the model shall do."))
        self.task.addItem(self.tr("Remove noise"), "denoise")
        self.task.addItem(self.tr("Enlarge"), "upscale")
        self.task.addItem(self.tr("Make new pictures"), "vae")
        self.way = named(
            QComboBox(),
            "wayPicker",
            self.tr("What to learn from"),
            self.tr("What you have for the model to learn from."),
        )
        # a picture's name is among the ways, and must not widen the form
        self.way.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.way.setMinimumContentsLength(20)
        self.way_words = label("", "quiet", wrap=True)
        self.folders = FolderField(
            "folder",
            self.tr("Folder of pictures"),
            self.tr("Pictures of your kind; a few of them are held out to judge the model by."),
            several=True,
        )
        self.folder = self.folders.line
        self.pairs = FolderField(
            "pairs",
            self.tr("Folder with the other half of the pairs"),
            self.tr("Each picture under the name that it has in the first folder."),
        )
        self.register = named(
            QCheckBox(self.tr("Move pairs into place where they are shifted")),
            "registerBox",
            self.tr("Move pairs into place where they are shifted"),
            self.tr("For pictures that were taken one after the other, a few pixels apart."),
        )
        self.crop = CropPicker(self._hub)
        self.seen = named(label("", "quiet", wrap=True), "seenLabel", self.tr("What there is to learn from"))
        self.name = named(
            QLineEdit(), "nameField", self.tr("Name"), self.tr("What the model is called in the lists of models.")
        )
        self.name.setMaxLength(60)
        self.effort = EffortPicker()
        self.fold = tool_button(
            "advancedButton", self.tr("Advanced"), self.tr("Show what can be left as it is."), text=self.tr("Advanced")
        )
        self.fold.setCheckable(True)
        self.fold.setProperty("role", "fold")
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        self.advanced = Advanced(self._hub)
        self.recipe, self.minutes = self.advanced.kind, self.advanced.minutes
        self.minutes.setValue(self.effort.minutes)
        self.advanced.hide()
        self.explanation = Explanation(self.advanced)
        self.explanation.hide()
        self.complaint = named(label("", wrap=True), "complaintLabel", self.tr("What is missing"))
        self.complaint.setProperty("level", "failure")
        self.complaint.hide()
        self.start_button = push_button(
            "startButton",
            self.tr("Start"),
            self.tr("Train the model; restoring pictures goes on meanwhile."),
            "play",
            True,
        )
        box = self._scrolling()
        box.addWidget(label(self.tr("Train a model on your pictures"), "title"))
        _add(box, self.tr("Task"), self.task)
        _add(box, self.tr("Learn from"), self.way)
        box.addWidget(self.way_words)
        self.folder_words = _add(box, "", self.folders)
        self.folder_words.setBuddy(self.folder)
        box.addWidget(self.seen)
        self.pairs_words = _add(box, "", self.pairs)
        self.pairs_words.setBuddy(self.pairs.line)
        box.addWidget(self.register)
        self.crop_words = _add(box, self.tr("Part that is shown while it learns"), self.crop)
        _add(box, self.tr("Name"), self.name)
        _add(box, self.tr("Effort"), self.effort).setBuddy(self.effort.picker)
        row = QHBoxLayout()
        row.addWidget(self.fold)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.advanced)
        box.addStretch(1)
        row = QHBoxLayout()
        # as far from the edge as the fields above, which leave room for their scroll bar
        row.setContentsMargins(0, 0, BESIDE_BAR, 0)
        row.addWidget(self.complaint, 1)
        row.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignRight)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.addWidget(self.explanation)
        outer.addLayout(row)

    def _scrolling(self) -> QVBoxLayout:
        """Return the layout of what is asked; it scrolls, so that Start is in sight in a low window too."""
        body = QWidget()
        scroll = scrolling(body, "trainingScroll", self.tr("What is asked before training"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(scroll, 1)
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, BESIDE_BAR, 0)
        box.setSpacing(8)
        return box

    def request(self) -> Training:
        """Return the run that the fields ask for."""
        recipe, start = self.recipe.currentData(), self.advanced.start()
        task, title = self.task.currentData(), self.name.text().strip()
        way = self.chosen_way
        photo = self._photo if way is Way.PHOTO else None
        folder = photo or self.folders.folder() or Path()
        return Training(
            task,
            folder,
            # a run that could still go on is not written over
            shelf.free_id(title, f"my-{task}", history.names(paths.runs_folder())),
            title,
            recipe,
            start,
            self.minutes.value(),
            rate=GENTLE if start else 1.0,
            self_supervised=way.self_supervised,
            pairs=self.pairs.folder() if way is Way.PAIRS else None,
            register=way is Way.PAIRS and self.register.isChecked(),
            folders=() if photo is not None else self.folders.further(),
            crop=self.crop.crop if photo is not None else None,
        )

    @property
    def chosen_way(self) -> Way:
        """What the model shall learn from."""
        return Way(self.way.currentData() or Way.CLEAN.value)

    def show_photo(self, photo: Path | None, crop: tuple[int, int, int] | None = None) -> None:
        """Offer to learn from the photo that is open, where one is, with a look at ``crop`` (left, top, side)."""
        self._photo = photo
        self.crop.show_photo(photo, crop)
        self._fill_ways()

    def learn_from_photo(self) -> None:
        """Have everything ready to learn from the photo that is open: what is left to do is to start."""
        self.task.setCurrentIndex(self.task.findData("denoise"))
        self.choose_way(Way.PHOTO)
        self.start_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_way(self, way: Way) -> None:
        """Choose what the model shall learn from, where that is offered."""
        at = self.way.findData(way.value)
        if at >= 0:
            self.way.setCurrentIndex(at)

    def _problem(self) -> str:
        """Return why the run cannot begin, as a sentence, or nothing."""
        wanted = self.request()
        return (
            (self._folder_problem(wanted) if self.chosen_way is not Way.PHOTO else "")
            or (self._pairs_problem(wanted) if self.chosen_way is Way.PAIRS else "")
            or self._name_problem(wanted)
            or self.advanced.problem()
        )

    def _folder_problem(self, wanted: Training) -> str:
        if self.folders.folder() is None:
            return self.tr("Choose a folder of pictures first.")
        for folder in (wanted.folder, *wanted.folders):
            if not holds(folder.is_dir):
                return self._no_folder(folder)
        seen = self._looker.latest
        if seen is not None and seen.whole and not seen.pictures:
            return self.tr("There are no pictures in {folder}. Choose another one.").format(folder=wanted.folder)
        return ""

    def _no_folder(self, folder: Path) -> str:
        if holds(folder.is_file):
            return self.tr("{file} is a file. Choose the folder that it is in.").format(file=folder)
        return self.tr("The folder {folder} does not exist. Choose another one.").format(folder=folder)

    def _pairs_problem(self, wanted: Training) -> str:
        if wanted.pairs is None:
            return self.tr("Choose the folder with the other half of the pairs.")
        if not holds(wanted.pairs.is_dir):
            return self._no_folder(wanted.pairs)
        if paths.real(wanted.pairs) in set(map(paths.real, (wanted.folder, *wanted.folders))):
            return self.tr("The two halves of the pairs must lie in different folders. Choose another one.")
        return ""

    def _name_problem(self, wanted: Training) -> str:
        if not wanted.title:
            return self.tr("Give the model a name.")
        if wanted.title in shelf.titles():
            return self.tr("A model of that name exists already; choose another one.")
        return ""

    def _complain(self, problem: str) -> None:
        self.complaint.setText(problem)
        self.complaint.setVisible(bool(problem))

    # What happens.

    def _on_folders(self) -> None:
        self._complain("")
        self.seen.hide()
        self._looker.look(self.folders.folders())
        self._probe()

    def _on_seen(self, seen: Glance) -> None:
        there = bool(self.folders.folder()) and self.chosen_way is not Way.PHOTO
        words = pictures(seen.pictures) if seen.whole else self.tr("More than {n} pictures").format(n=seen.pictures)
        if not seen.there:
            words = self.tr("There is no folder of that name.")
        elif seen.whole and not seen.pictures:
            words = self.tr("No pictures in there.")
        self.advanced.show_pictures(seen.first if there else ())
        self.seen.setText(words)
        self.seen.setVisible(there)
        self._probe()

    def _probe(self) -> None:
        """Have what is asked for timed, once there is something to learn from."""
        photo = self.chosen_way is Way.PHOTO
        asked = self.request()
        known = bool(asked.recipe) and not self.advanced.problem()
        # what a look at the folders found: a drive that does not answer is not waited for at every letter
        seen = self._looker.latest
        there = photo or (seen is not None and seen.there and bool(seen.pictures or not seen.whole))
        if self.isVisible() and known and there:
            self._prober.ask(asked, self.advanced.recipe())
        else:
            self._prober.cancel()
            self.effort.hush()

    def _on_probed(self, answer: Probed | Refused) -> None:
        if isinstance(answer, Refused):
            self.effort.show_refused(answer)
        else:
            self.effort.show_pace(answer)
            self._judge()

    def _judge(self) -> None:
        asked = self.request()
        self.effort.judge(asked.recipe, asked.start, asked.minutes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._probe()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._prober.cancel()

    def _on_fold(self, unfolded: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.advanced.setVisible(unfolded)
        self.explanation.setVisible(unfolded)

    def _on_task(self) -> None:
        self._fill_ways()
        if not self._named_by_hand:
            self.name.setText(self._usual_name())

    def _usual_name(self) -> str:
        if self.chosen_way is Way.PHOTO and self._photo is not None:
            return shelf.free_title(self.tr("Learned from {name}").format(name=self._photo.stem[:40]))
        return shelf.free_title(self.tr("My model: {task}").format(task=self.task.currentText().lower()))

    def _fill_ways(self) -> None:
        """Offer what the task has; what was chosen stays chosen where it can."""
        task, before = self.task.currentData(), self.way.currentData()
        self.way.blockSignals(True)
        self.way.clear()
        for way in ways.OF_TASK[task]:
            if way is not Way.PHOTO or self._photo is not None:
                self.way.addItem(ways.title(way, task, self._photo.name if self._photo else ""), way.value)
        self.way.setCurrentIndex(max(0, self.way.findData(before)))
        self.way.blockSignals(False)
        self._on_way()

    def _on_way(self) -> None:
        task, way = self.task.currentData(), self.chosen_way
        self.way_words.setText(ways.words(way, task))
        self.folder_words.setText(ways.folder_title(way, task))
        self.pairs_words.setText(ways.pairs_title(task))
        self.folders.setVisible(way is not Way.PHOTO)
        self.folder_words.setVisible(way is not Way.PHOTO)
        self.pairs.setVisible(way is Way.PAIRS)
        self.pairs_words.setVisible(way is Way.PAIRS)
        self.register.setVisible(way is Way.PAIRS)
        self.crop_words.setVisible(way is Way.PHOTO)
        self.crop.setVisible(way is Way.PHOTO)
        self.seen.setVisible(way is not Way.PHOTO and self._looker.latest is not None)
        self._complain("")
        if not self._named_by_hand:
            self.name.setText(self._usual_name())
        self.advanced.show_task(task, way.self_supervised, way is Way.CLEAN)

    def _on_advanced(self) -> None:
        self._complain("")
        self._probe()
        self._judge()

    def _on_name(self) -> None:
        self._named_by_hand = True
        self._complain("")

    def _on_start(self) -> None:
        problem = self._problem()
        self._complain(problem)
        if problem:
            return
        wanted = self.request()
        if self.advanced.differs():
            path = paths.runs_folder() / wanted.name / "recipe.toml"
            try:
                recipes.save(self.advanced.recipe(), path)
            except OutputError as error:
                self._complain(f"{sentence(error.what)} {sentence(error.advice)}")
                return
            wanted = replace(wanted, recipe=str(path))
        self.asked.emit(wanted)


def _add(box: QVBoxLayout, title: str, *widgets: QWidget) -> QLabel:
    """Put widgets side by side below a title."""
    heading = label(title, "section")
    # nearer to what it is the heading of than to what is above
    heading.setContentsMargins(0, 8, 0, 0)
    heading.setBuddy(widgets[0])
    box.addWidget(heading)
    row = QHBoxLayout()
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 0 if number else 1)
    box.addLayout(row)
    return heading
