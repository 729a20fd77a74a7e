"""What can be left as it is before training: the network, what it starts from, what it is taught, and how."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from aestudio.catalog import store
from aestudio.errors import SettingsError
from aestudio.training import recipes
from aestudio.training.recipes import Recipe
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, push_button
from aestudio.ui.training.damage_form import DamageForm

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.ui.job_hub import JobHub

USUAL = {"denoise": "photo-fast", "upscale": "upscale-x4-fast", "vae": "vae-portraits-64"}
BLIND = "photo-unet"
"""The network that judges the noise by itself: the one that can learn from noisy pictures alone."""


class Advanced(QWidget):
    """``changed`` says that another recipe or start is chosen."""

    changed = Signal()

    def __init__(self, hub: JobHub | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._task, self._damages = "", False
        self._titles: dict[str, QWidget] = {}
        self._build(hub)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.start_picker.currentIndexChanged.connect(self._on_changed)
        for picker in (self.network_size, self.loss, self.augmentation):
            picker.currentIndexChanged.connect(self._on_changed)
        for field in (self.patch, self.batch, self.held_out, self.beta, self.latent, self.image_size):
            field.valueChanged.connect(self._on_changed)
        for box in (self.custom, self.classes):
            box.toggled.connect(self._on_changed)
        self.damage.changed.connect(self._on_changed)
        self.reset_button.clicked.connect(self.reset)

    def _build(self, hub: JobHub | None) -> None:
        self.kind = named(
            QComboBox(), "recipePicker", self.tr("Kind of model"), self.tr("Its network, and what it is taught.")
        )
        self.kind_words = label("", "quiet", wrap=True)
        self.minutes = named(
            QDoubleSpinBox(), "minutesField", self.tr("Minutes"), self.tr("How long to train, in minutes.")
        )
        self.minutes.setRange(0.05, 10_000)
        self.minutes.setDecimals(2)
        self.minutes.setSuffix(self.tr(" min"))
        self.start_picker = named(
            QComboBox(),
            "startPicker",
            self.tr("Start from"),
            self.tr("A model that has learned already suits small folders better; nothing is the long way."),
        )
        self.network_size = self._picker(
            "sizePicker",
            self.tr("Network size"),
            self.tr("A small network is fast, a large one learns more. A model to start from can grow, not shrink."),
            (("small", self.tr("Small")), ("usual", self.tr("Usual")), ("large", self.tr("Large"))),
        )
        self.network_size.setCurrentIndex(1)
        self.custom = named(
            QCheckBox(self.tr("Choose what happens to your pictures")),
            "customBox",
            self.tr("Choose what happens to your pictures"),
            self.tr("Without it they are damaged as the kind of model says."),
        )
        self.damage = DamageForm(hub)
        self.loss = self._picker(
            "lossPicker",
            self.tr("Loss"),
            self.tr("What counts as far from the truth: L1 keeps edges, L2 gains PSNR, Charbonnier lies between."),
            (("l1", "L1"), ("l2", "L2"), ("charbonnier", "Charbonnier")),
        )
        self.augmentation = self._picker(
            "augmentationPicker",
            self.tr("Augmentation"),
            self.tr("Flipped and turned pictures count as new ones; text and digits must stay upright."),
            (("flips", self.tr("Flip and turn")), ("none", self.tr("Leave upright"))),
        )
        self.patch = self._number(
            "patchField", self.tr("Patch"), self.tr("The side of the pieces that are learned from."), 16, 512
        )
        self.batch = self._number(
            "batchField", self.tr("Batch"), self.tr("How many pieces a step learns from."), 1, 512
        )
        self.held_out = self._number(
            "heldOutField",
            self.tr("Held out"),
            self.tr("How many pictures are kept to judge by; never more than a fifth of them."),
            1,
            10_000,
        )
        self.beta = named(
            QDoubleSpinBox(),
            "betaField",
            self.tr("Beta"),
            self.tr("More makes the map smoother and the pictures blurrier."),
        )
        self.beta.setRange(0, 100)
        self.beta.setSingleStep(0.1)
        self.latent = self._number(
            "latentField", self.tr("Latent size"), self.tr("How many numbers say what is in a picture."), 1, 1024
        )
        self.image_size = self._number(
            "imageSizeField", self.tr("Image size"), self.tr("The side of the pictures that are made."), 16, 512
        )
        self.classes = named(
            QCheckBox(self.tr("Each folder is a class")),
            "classesBox",
            self.tr("Each folder is a class"),
            self.tr("The model is told which folder a picture lies in, and makes pictures of the one you name."),
        )
        self.reset_button = push_button(
            "usualValuesButton", self.tr("Back to the usual values"), self.tr("Take what comes with the kind of model.")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        cells: tuple[tuple[tuple[QWidget, int, int], ...], ...] = (
            ((self.kind, 0, 3), (self.minutes, 3, 1)),
            ((self.start_picker, 0, 3), (self.network_size, 3, 1)),
            ((self.loss, 0, 1), (self.beta, 0, 1), (self.augmentation, 1, 1), (self.latent, 2, 1)),
            ((self.patch, 0, 1), (self.batch, 1, 1), (self.held_out, 2, 1), (self.image_size, 0, 1)),
        )
        for row, fields in enumerate(cells):
            for field, column, span in fields:
                cell = QWidget()
                box = QVBoxLayout(cell)
                box.setContentsMargins(0, 0, 0, 0)
                box.setSpacing(4)
                title = label(field.accessibleName(), "section")
                title.setBuddy(field)
                box.addWidget(title)
                box.addWidget(field)
                self._titles[field.objectName()] = cell
                # what belongs to other tasks shares a cell: only one of them is in sight
                grid.addWidget(cell, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(grid)
        outer.insertWidget(0, self.kind_words)
        for widget in (self.classes, self.custom, self.damage):
            outer.addWidget(widget)
        outer.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignLeft)
        for field in (*self.findChildren(QAbstractSpinBox), *self.findChildren(QComboBox)):
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page and change nothing on its way, but with Ctrl."""
        if event.type() is QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _picker(self, name: str, words: str, tip: str, entries: tuple[tuple[str, str], ...]) -> QComboBox:
        picker = named(QComboBox(), name, words, tip)
        for value, text in entries:
            picker.addItem(text, value)
        return picker

    def _number(self, name: str, words: str, tip: str, low: int, high: int) -> QSpinBox:
        field = named(QSpinBox(), name, words, tip)
        field.setRange(low, high)
        return field

    # What it says.

    def show_task(self, task: str, self_supervised: bool = False, damages: bool = True) -> None:
        """Offer what a task has: where pictures are ``self_supervised`` or come in pairs nothing damages them."""
        self._task, self._damages = task, damages and not self_supervised and task != "vae"
        before = self.kind.currentData()
        self.kind.blockSignals(True)
        self.kind.clear()
        for name, recipe in shipped_recipes().items():
            if recipe.task == task and (recipe.architecture == BLIND or not self_supervised):
                self.kind.addItem(sentence(recipe.title or name), name)
        kept = self.kind.findData(before)
        self.kind.setCurrentIndex(kept if kept >= 0 else max(0, self.kind.findData(USUAL[task])))
        self.kind.blockSignals(False)
        self._on_kind()

    def show_pictures(self, paths: tuple[Path, ...]) -> None:
        """Show damage on these pictures."""
        self.damage.preview.show_pictures(paths)

    @property
    def usual(self) -> Recipe:
        """The recipe that the kind of model comes with."""
        return shipped_recipes()[self.kind.currentData()]

    def start(self) -> str:
        """Return the id of the model to start from, or nothing."""
        return self.start_picker.currentData() or ""

    def differs(self) -> bool:
        """Return whether anything differs from the kind's own recipe."""
        return self.recipe() != self.usual

    def recipe(self) -> Recipe:
        """Return what is chosen. Raises SettingsError where it cannot be: a sentence says why."""
        usual = self.usual
        sized = usual if self._is_fixed() else recipes.sized(usual, self.network_size.currentData())
        changes: dict[str, Any] = {"batch": self.batch.value(), "held_out": self.held_out.value()}
        if usual.task == "vae":
            arguments = dict(sized.arguments)
            for key, field in ((usual.latent_key, self.latent), ("size", self.image_size)):
                if key in arguments:
                    arguments[key] = field.value()
            if usual.architecture == "conv-vae" and self.classes.isChecked() != bool(arguments.get("classes")):
                # how many there are is counted when the folder is read
                arguments["classes"] = int(self.classes.isChecked())
            changes |= {"arguments": arguments, "beta": self.beta.value()}
            changes["flip"] = self.augmentation.currentData() == "flips"
            return dataclasses.replace(sized, **changes)
        changes |= {"patch": self.patch.value(), "loss": self.loss.currentData()}
        changes["augmentation"] = self.augmentation.currentData()
        if self._custom():
            if not self.damage.damage().kinds:
                raise SettingsError("Nothing happens to the pictures.", "Choose at least one kind of damage.")
            changes |= {"degradation": "custom", "damage": self.damage.damage()}
            if usual.degradation == "plain":
                changes["spectral"] = 0.0
        return dataclasses.replace(sized, **changes)

    def _is_fixed(self) -> bool:
        """Return whether the model to start from decides how large the network is: a restorer can grow."""
        return bool(self.start()) and self.usual.task == "vae"

    def _let_grow(self, only: bool) -> None:
        """Offer the small network where nothing is to be taken over (not ``only`` growing)."""
        model = self.network_size.model()
        assert isinstance(model, QStandardItemModel)
        small = self.network_size.findData("small")
        model.item(small).setEnabled(not only)
        if only and self.network_size.currentIndex() == small:
            self.network_size.setCurrentIndex(self.network_size.findData("usual"))

    def problem(self) -> str:
        """Return why what is chosen cannot be, as a sentence, or nothing."""
        try:
            self.recipe()
        except SettingsError as error:
            return f"{sentence(error.what)} {sentence(error.advice)}"
        return ""

    def reset(self) -> None:
        """Go back to what the kind of model comes with."""
        usual = self.usual
        self._filling = True
        flips = self.tr("Mirror") if usual.task == "vae" else self.tr("Flip and turn")
        self.augmentation.setItemText(0, flips)
        self.network_size.setCurrentIndex(1)
        for picker, value in (
            (self.loss, usual.loss),
            (self.augmentation, ("flips" if usual.flip else "none") if usual.task == "vae" else usual.augmentation),
        ):
            picker.setCurrentIndex(picker.findData(value))
        self.patch.setSingleStep(16)
        for field, number in (
            (self.patch, usual.patch),
            (self.batch, usual.batch),
            (self.held_out, usual.held_out),
            (self.latent, int(usual.arguments.get(usual.latent_key, 1))),
            (self.image_size, int(usual.arguments.get("size", 28))),
        ):
            field.setValue(number)
        self.image_size.setSingleStep(usual.size_step)
        self.beta.setValue(usual.beta)
        self.classes.setChecked(bool(usual.arguments.get("classes")))
        self.custom.setChecked(False)
        self.damage.reset()
        self._fill_starts()
        self._filling = False
        self._on_changed()

    def _custom(self) -> bool:
        return self._damages and self.custom.isChecked()

    def _fill_starts(self) -> None:
        name, usual = self.kind.currentData(), self.usual
        fitting = [model.card for model in store.installed(usual.task) if _fits(model.card, name, usual)]
        # the shipped one first, it is the default
        fitting.sort(key=lambda card: card.id != name)
        self.start_picker.blockSignals(True)
        self.start_picker.clear()
        for card in fitting:
            self.start_picker.addItem(sentence(card.title or card.id), card.id)
        self.start_picker.addItem(self.tr("Nothing"), "")
        usually = self.start_picker.findData(name) if usual.task != "vae" else -1
        self.start_picker.setCurrentIndex(usually if usually >= 0 else self.start_picker.count() - 1)
        self.start_picker.blockSignals(False)

    def _on_kind(self) -> None:
        if self.kind.currentData():
            self.kind_words.setText(sentence(self.usual.description))
            self.reset()

    def _on_changed(self) -> None:
        if self._filling or not self.kind.currentData():
            return
        usual, fixed = self.usual, self._is_fixed()
        latent = usual.task == "vae"
        shown = {"lossPicker": not latent, "patchField": not latent, "betaField": latent}
        shown |= {"latentField": usual.latent_key in usual.arguments and latent, "imageSizeField": latent}
        # of what is to be made anew the program holds out as many as it needs
        shown |= {"heldOutField": not latent}
        for name, there in shown.items():
            self._titles[name].setVisible(there)
        for field in (self.network_size, self.latent, self.image_size, self.classes):
            field.setEnabled(not fixed)
        self._let_grow(bool(self.start()))
        self.classes.setVisible(usual.architecture == "conv-vae")
        self.custom.setVisible(self._damages)
        self.damage.setVisible(self._custom())
        self._filling = True
        self.damage.suit(usual.scale, usual.architecture == "restoration-unet")
        self._filling = False
        self.changed.emit()


def _fits(card: Card, name: str, usual: Recipe) -> bool:
    """Return whether a model is of a recipe's very design, so that all of it can be taken over."""
    if card.id == name:
        return True
    wanted = {k: v for k, v in usual.arguments.items() if k not in ("prior", "prior_rank")}
    own = {k: v for k, v in card.arguments.items() if k not in ("prior", "prior_rank")}
    return (card.architecture, own, card.scale) == (usual.architecture, wanted, usual.scale)


@cache
def shipped_recipes() -> dict[str, Recipe]:
    """Return the recipes that come with the program, by name."""
    return {path.stem: recipes.load(path) for path in sorted(recipes.FOLDER.glob("*.toml"))}
