"""What is asked before a training run: a folder, a task, a name and an effort; the rest is folded."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from aestudio.catalog import store
from aestudio.jobs.training import Training
from aestudio.training import recipes
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, push_button, tool_button

USUAL = {"denoise": "photo-fast", "upscale": "upscale-x4-fast", "vae": "vae-portraits-64"}
GENTLE = 0.2
"""Factor of the learning rates for a network that has learned already: at full rate it would forget first."""


class TrainingForm(QWidget):
    """``asked`` carries the run that a person asks for."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._named_by_hand = False
        self._build()
        self.task.currentIndexChanged.connect(self._on_task)
        self.effort.currentIndexChanged.connect(lambda: self.minutes.setValue(self.effort.currentData()))
        self.folder.textChanged.connect(lambda: self._complain(""))
        self.name.textEdited.connect(self._on_name)
        self.recipe.currentIndexChanged.connect(self._on_recipe)
        self.fold.toggled.connect(self._on_fold)
        self.start_button.clicked.connect(self._on_start)
        self._on_task()

    def _build(self) -> None:
        self.task = named(QComboBox(), "taskPicker", self.tr("Task"), self.tr("What the model shall do."))
        self.task.addItem(self.tr("Remove noise"), "denoise")
        self.task.addItem(self.tr("Enlarge"), "upscale")
        self.task.addItem(self.tr("Make new pictures"), "vae")
        self.folder = named(
            QLineEdit(),
            "folderField",
            self.tr("Folder of pictures"),
            self.tr("Clean, sharp pictures of your kind; a few of them are held out to judge the model by."),
        )
        self.folder.setPlaceholderText(self.tr("A folder of clean, sharp pictures"))
        browse = push_button("browseButton", self.tr("Choose…"), self.tr("Choose the folder."), "open")
        browse.clicked.connect(self._browse)
        self.name = named(
            QLineEdit(), "nameField", self.tr("Name"), self.tr("What the model is called in the lists of models.")
        )
        self.name.setMaxLength(60)
        self.effort = named(QComboBox(), "effortPicker", self.tr("Effort"), self.tr("How long to train."))
        self.effort.addItem(self.tr("Quick: 10 minutes, a first impression"), 10.0)
        self.effort.addItem(self.tr("Good: 1 hour"), 60.0)
        self.effort.addItem(self.tr("Best: overnight, 8 hours"), 480.0)
        self.fold = tool_button(
            "advancedButton", self.tr("Advanced"), self.tr("Show what can be left as it is."), text=self.tr("Advanced")
        )
        self.fold.setCheckable(True)
        self.fold.setProperty("role", "fold")
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        self.advanced = self._make_advanced()
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
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        words = self.tr(
            "The model learns from clean pictures, which are made noisy or small here. It starts from one that comes "
            "with aestudio, so a small folder will do. You can go on working meanwhile."
        )
        box.addWidget(label(self.tr("Train a model on your pictures"), "title"))
        box.addWidget(label(words, wrap=True))
        _add(box, self.tr("Folder"), self.folder, browse)
        _add(box, self.tr("Task"), self.task)
        _add(box, self.tr("Name"), self.name)
        _add(box, self.tr("Effort"), self.effort)
        row = QHBoxLayout()
        row.addWidget(self.fold)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.advanced)
        box.addStretch(1)
        box.addWidget(self.complaint)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.start_button)
        box.addLayout(row)

    def _make_advanced(self) -> QWidget:
        self.recipe = named(
            QComboBox(), "recipePicker", self.tr("Kind of model"), self.tr("Its network, and what it is taught.")
        )
        self.recipe_words = label("", "quiet", wrap=True)
        self.from_shipped = named(
            QCheckBox(self.tr("Start from the model that comes with aestudio")),
            "startFromBox",
            self.tr("Start from the model that comes with aestudio"),
            self.tr("Better for small folders; without it the model learns from nothing."),
        )
        self.minutes = named(
            QDoubleSpinBox(), "minutesField", self.tr("Minutes"), self.tr("How long to train, in minutes.")
        )
        self.minutes.setRange(0.05, 10_000)
        self.minutes.setDecimals(2)
        self.minutes.setValue(self.effort.currentData())
        self.minutes.setSuffix(self.tr(" min"))
        advanced = QWidget()
        box = QVBoxLayout(advanced)
        box.setContentsMargins(16, 0, 0, 0)
        box.setSpacing(8)
        _add(box, self.tr("Kind of model, and time"), self.recipe, self.minutes)
        box.addWidget(self.recipe_words)
        box.addWidget(self.from_shipped)
        advanced.hide()
        return advanced

    def request(self) -> Training:
        """Return the run that the fields ask for."""
        recipe = self.recipe.currentData()
        start = recipe if self.from_shipped.isChecked() and self.from_shipped.isEnabled() else ""
        task, title = self.task.currentData(), self.name.text().strip()
        return Training(
            task,
            Path(self.folder.text().strip()).expanduser().absolute(),
            free_id(title, f"my-{task}"),
            title,
            recipe,
            start,
            self.minutes.value(),
            rate=GENTLE if start else 1.0,
        )

    def _problem(self) -> str:
        """Return why the run cannot begin, as a sentence, or nothing."""
        if not self.folder.text().strip():
            return self.tr("Choose a folder of pictures first.")
        wanted = self.request()
        if not wanted.folder.is_dir():
            return self.tr("The folder {folder} does not exist.").format(folder=wanted.folder)
        if not wanted.title:
            return self.tr("Give the model a name.")
        if wanted.title in _titles():
            return self.tr("A model of that name exists already; choose another one.")
        return ""

    def _complain(self, problem: str) -> None:
        self.complaint.setText(problem)
        self.complaint.setVisible(bool(problem))

    # What happens.

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of pictures"), self.folder.text())
        if chosen:
            self.folder.setText(str(Path(chosen)))

    def _on_fold(self, unfolded: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.advanced.setVisible(unfolded)

    def _on_task(self) -> None:
        task = self.task.currentData()
        self.recipe.blockSignals(True)
        self.recipe.clear()
        for name, recipe in shipped_recipes().items():
            if recipe.task == task:
                self.recipe.addItem(sentence(recipe.title or name), name)
        self.recipe.setCurrentIndex(max(0, self.recipe.findData(USUAL[task])))
        self.recipe.blockSignals(False)
        self._on_recipe()
        if not self._named_by_hand:
            self.name.setText(_free_title(self.tr("My model: {task}").format(task=self.task.currentText().lower())))

    def _on_recipe(self) -> None:
        name = self.recipe.currentData()
        if not name:
            return
        self.recipe_words.setText(sentence(shipped_recipes()[name].description))
        can = any(model.card.id == name for model in store.installed(self.task.currentData()))
        self.from_shipped.setEnabled(can)
        self.from_shipped.setChecked(can and self.task.currentData() != "vae")

    def _on_name(self) -> None:
        self._named_by_hand = True
        self._complain("")

    def _on_start(self) -> None:
        problem = self._problem()
        self._complain(problem)
        if not problem:
            self.asked.emit(self.request())


@cache
def shipped_recipes() -> dict[str, recipes.Recipe]:
    """Return the recipes that come with the program, by name."""
    return {path.stem: recipes.load(path) for path in sorted(recipes.FOLDER.glob("*.toml"))}


def free_id(title: str, otherwise: str) -> str:
    """Return the id of a new model: the title's plain letters and digits, which every file system takes.

    ``otherwise`` is used for a title without any; a number makes it differ from those of all installed models.
    """
    wanted = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:50] or otherwise
    return _numbered(wanted, {model.card.id for model in store.installed()}, "-")


def _free_title(title: str) -> str:
    return _numbered(title, _titles(), " ")


def _titles() -> set[str]:
    return {model.card.title for model in store.installed()}


def _numbered(wanted: str, taken: set[str], gap: str) -> str:
    """Return ``wanted``, with the first number from 2 behind it that makes it a new one where it is taken."""
    candidates = itertools.chain([wanted], (f"{wanted}{gap}{number}" for number in itertools.count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _add(box: QVBoxLayout, title: str, *widgets: QWidget) -> QLabel:
    """Put widgets side by side below a title."""
    heading = label(title, "section")
    heading.setBuddy(widgets[0])
    box.addWidget(heading)
    row = QHBoxLayout()
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 0 if number else 1)
    box.addLayout(row)
    return heading
