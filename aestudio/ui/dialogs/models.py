"""The installed models, in words, and what can be done with them: named, exported, imported, deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QFile, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QMessageBox,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aestudio import extras, paths
from aestudio.catalog import shelf, store
from aestudio.errors import StudioError
from aestudio.ui import words
from aestudio.ui.dialogs.errand import Errand
from aestudio.ui.language import sentence, tr
from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.question import Question, ask_for_file, may_replace
from aestudio.ui.screen_room import open_at
from aestudio.ui.widgets.drop_area import carries_files, dropped_paths

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from aestudio.catalog.card import Card
    from aestudio.catalog.store import Model


def words_of(card: Card) -> str:
    """Return what a card says, one fact a line."""
    lines = [sentence(card.description)] if card.description else []
    if card.task == "upscale":
        lines.append(tr("Makes pictures {scale} times larger.").format(scale=card.scale))
    if len(card.noise_range) == 2:
        low, high = card.noise_range
        lines.append(tr("Knows noise from {low:g} to {high:g} (of 255).").format(low=low, high=high))
    if undone := words.damage(card.training.get("damage")):
        lines.append(undone)
    if isinstance(card.training.get("data"), str):
        lines.append(tr("Trained on {data}.").format(data=sentence(card.training["data"])))
    for protocol, score in list(card.scores.items())[:4]:
        if isinstance(score, (int, float)):
            lines.append(tr("Measured on {protocol}: {score:g}.").format(protocol=protocol, score=score))
    lines.append(tr("Licence: {licence}.").format(licence=sentence(card.licence)))
    if card.date:
        lines.append(tr("Made {date}.").format(date=card.date))
    return "\n".join(lines)


def _complaint(what: str, advice: str) -> str:
    return f"⚠ {sentence(what)} {sentence(advice)}".strip()


class ModelsDialog(QDialog):
    """Lists every installed model with what it does, what it was trained on and how it scores, one's own first.

    ``changed`` says that the lists of models are others now, ``writing_changed`` that other files are being written.
    """

    changed = Signal()
    writing_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "modelsDialog", self.tr("Models"))
        self.setWindowTitle(self.tr("Models"))
        self.setAcceptDrops(True)
        open_at(self, 600, 560)
        self._errand = Errand(self)
        self._errand.done.connect(self._on_done)
        self._errand.failed.connect(self._on_failed)
        self._told: Callable[[dict[str, str]], str] = lambda row: ""
        # files to import after this one, and what came of those before it
        self._waiting, self._outcomes, self._failed = list[Path](), list[str](), False
        self._file: Path | None = None
        self.models = named(QScrollArea(), "modelsScroll", self.tr("Installed models"))
        self.models.setWidgetResizable(True)
        self.models.setFrameShape(QFrame.Shape.NoFrame)
        self.status = named(label("", wrap=True), "modelsStatus", self.tr("What came of it"))
        self.status.hide()
        self.import_button = push_button(
            "importModelButton",
            self.tr("Import…"),
            self.tr("Install a model that was exported here or on another machine; or drop its file here."),
            "open",
        )
        self.import_button.clicked.connect(self._choose_import)
        self.folder_button = push_button(
            "modelsFolderButton", self.tr("Show folder"), self.tr("Show the folder where your own models lie."), "eye"
        )
        self.folder_button.clicked.connect(self._show_folder)
        close = push_button("closeButton", self.tr("Close"), self.tr("Close this list."))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.import_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        row.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(16)
        outer.addWidget(label(self.tr("Models"), "title"))
        outer.addWidget(self.models, 1)
        outer.addWidget(self.status)
        outer.addLayout(row)
        self.load()

    def writing(self) -> list[Path]:
        """Return the files that are being written, or taken in, or wait for that."""
        return [*([self._file] if self._file is not None else []), *self._waiting]

    def load(self) -> None:
        """List what is installed now."""
        at = self.models.verticalScrollBar().value()
        body = QWidget()
        box = QVBoxLayout(body)
        # room for the ring that shows the focus
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(16)
        self._listed = store.installed()
        models = sorted(self._listed, key=shelf.own, reverse=True)
        for model in models:
            box.addWidget(self._card(model))
        if not models:
            box.addWidget(label(self.tr("No model is installed. Install aestudio again, or train one."), wrap=True))
        box.addStretch(1)
        self.models.setWidget(body)
        # the buttons below are older than the cards, and come after them
        stops = [self.models, *body.findChildren(QToolButton), self.import_button]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)
        self.models.verticalScrollBar().setValue(at)

    def _card(self, model: Model) -> QWidget:
        card, own = model.card, shelf.own(model)
        title = sentence(card.title or card.id)
        widget = QWidget()
        box = QVBoxLayout(widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(title, "section"), 1)
        head.addWidget(self._menu(model, title))
        box.addLayout(head)
        origin = self.tr("your own") if own else self.tr("comes with aestudio")
        box.addWidget(label(f"{words.task(card.task)} · {card.id} · {origin}", "quiet", wrap=True))
        text = label(words_of(card), wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(text)
        return widget

    def _menu(self, model: Model, title: str) -> QToolButton:
        key = "model-" + re.sub(r"[^\w-]", "-", model.card.id)
        button = tool_button(
            f"{key}-menu",
            self.tr("What to do with {name}").format(name=title),
            self.tr("Export it; rename or delete it where it is your own."),
            "more",
        )
        button.setProperty("role", "small")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = named(QMenu(button), f"{key}-entries", title)
        menu.setToolTipsVisible(True)
        stays = self.tr("It comes with aestudio and stays as it is.")
        for name, text, does, can in (
            ("rename", self.tr("Rename…"), self._rename, shelf.own(model)),
            ("export", self.tr("Export…"), self._export, True),
            ("onnx", self.tr("Export as ONNX…"), self._export_onnx, True),
            ("delete", self.tr("Delete…"), self._delete, shelf.own(model)),
        ):
            action = QAction(text if can else f"{text} ({stays})", menu)
            action.setObjectName(f"{key}-{name}")
            action.setEnabled(can)
            action.setVisible(name != "onnx" or extras.is_offered(extras.ONNX))
            action.triggered.connect(lambda _=False, does=does: does(model.card))
            menu.addAction(action)
        button.setMenu(menu)
        return button

    # What is done with them.

    def _rename(self, card: Card) -> None:
        dialog = named(QInputDialog(self), "modelTitleDialog", self.tr("Rename"))
        dialog.setWindowTitle(self.tr("Rename"))
        dialog.setLabelText(self.tr("What “{name}” is called in lists from now on:").format(name=card.title))
        dialog.setTextValue(card.title)
        dialog.setOkButtonText(self.tr("Rename"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(lambda title: self.rename(card, title))
        dialog.open()

    def rename(self, card: Card, title: str) -> None:
        """Give a model another title."""
        self._send(
            ["models", card.id, f"--rename={title}"],
            lambda row: self.tr("It is called “{name}” now.").format(name=row["title"]),
        )

    def _export(self, card: Card) -> None:
        title = self.tr("Export “{name}”").format(name=sentence(card.title))
        kinds = self.tr("Models (*{suffix})").format(suffix=shelf.SUFFIX)
        target = ask_for_file(self, title, Path.home() / f"{card.id}{shelf.SUFFIX}", kinds, [shelf.SUFFIX])
        if target is not None:
            self.export(card, target)

    def export(self, card: Card, target: Path) -> None:
        """Copy a model to a file that a person chose, whatever lies there."""
        self._send(
            ["models", card.id, f"--export={target}", "--overwrite"],
            lambda row: self.tr("“{name}” is in {path}.").format(name=sentence(card.title), path=row["path"]),
            file=target,
        )

    def _export_onnx(self, card: Card) -> None:
        title = self.tr("Export “{name}” for other programs").format(name=sentence(card.title))
        target = ask_for_file(self, title, Path.home() / f"{card.id}.onnx", self.tr("ONNX (*.onnx)"), [".onnx"])
        # of a VAE the encoder comes into a second file
        second = target is not None and card.task == "vae" and target.with_name(f"{target.stem}-encoder.onnx")
        if target is not None and (not second or may_replace(self, second)):
            self.export_onnx(card, target)

    def export_onnx(self, card: Card, target: Path) -> None:
        """Write a model as ONNX to a file that a person chose, whatever lies there."""
        told = self.tr("“{name}” is in {path}; run by both, it differs by {difference:.1e} of 1 at most.")
        self._send(
            ["models", card.id, f"--onnx={target}", "--overwrite"],
            lambda row: told.format(name=sentence(card.title), path=row["path"], difference=float(row["difference"])),
            self.tr("Writing it and running both: this takes a minute…"),
            target,
        )

    def _choose_import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Import models"), "", self.tr("Models (*{suffix})").format(suffix=shelf.SUFFIX)
        )
        self.take_in(*map(Path, chosen))

    def take_in(self, *files: Path) -> None:
        """Install models from files, one after another, each checked in a process of its own."""
        if not self._errand.busy:
            self._outcomes, self._failed = [], False
        self._waiting += files
        self._take_next()

    def _take_next(self) -> None:
        if self._waiting and not self._errand.busy:
            file = self._waiting.pop(0)
            self._run(
                ["models", f"--import={file}"],
                lambda row: self.tr("“{name}” is in the lists of models now.").format(name=row["title"]),
                self.tr("Checking {file}…").format(file=file.name),
                file,
            )

    def _delete(self, card: Card) -> None:
        more = self.tr(
            "Its file goes to the system's trash. Pictures that are set to it are restored by the default model "
            "from then on, and those that wait to be saved with it say so."
        )
        box = Question("deleteModelQuestion", self.tr("Delete “{name}”?").format(name=card.title), more, self)
        delete = box.answer(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.answer(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: self.delete(card) if button is delete else None)
        box.open()

    def delete(self, card: Card) -> None:
        """Move a model of one's own to the system's trash."""
        try:
            files = shelf.files_of(card.id)
        except StudioError as error:
            return self._complain(error.what, error.advice)
        for file in files:
            if not QFile.moveToTrash(str(file)):
                what = self.tr("There is no trash where {file} lies.").format(file=file)
                return self._complain(what, self.tr("Delete it yourself: “Show folder” opens its folder."))
        self._say(self.tr("“{name}” is in the trash.").format(name=card.title))
        self._renew()

    def _send(
        self,
        words_: list[str],
        told: Callable[[dict[str, str]], str],
        meanwhile: str = "",
        file: Path | None = None,
    ) -> None:
        if not self._errand.busy:
            self._outcomes, self._failed = [], False
            self._run(words_, told, meanwhile or self.tr("One moment…"), file)

    def _run(self, words_: list[str], told: Callable[[dict[str, str]], str], meanwhile: str, file: Path | None) -> None:
        self._told = told
        self._write(file)
        self._show(meanwhile)
        self._errand.run([*words_, "--json"])

    def _on_done(self, row: dict[str, str]) -> None:
        self._outcomes.append(self._told(row))
        self._write(None)
        self._show()
        self._renew()
        self._take_next()

    def _on_failed(self, what: str, advice: str) -> None:
        self._outcomes.append(_complaint(what, advice))
        self._write(None)
        self._failed = True
        self._show()
        self._take_next()

    def _write(self, file: Path | None) -> None:
        self._file = file
        self.writing_changed.emit()

    def _show(self, *more: str) -> None:
        """Say what came of what was asked for, and ``more``."""
        self._say("\n".join([*self._outcomes, *more]), "failure" if self._failed else "")

    def _renew(self) -> None:
        self.load()
        self.changed.emit()

    def _say(self, text: str, level: str = "") -> None:
        self.status.setProperty("level", level)
        self.status.style().polish(self.status)
        self.status.setText(text)
        self.status.show()

    def _complain(self, what: str, advice: str) -> None:
        self._say(_complaint(what, advice), "failure")

    def _show_folder(self) -> None:
        folder = paths.user_models_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return self._complain(
                self.tr("The folder {folder} cannot be made.").format(folder=folder), self.tr("Allow changes there.")
            )
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate and not self._errand.busy:
            self.look_again()
        return super().event(event)

    def look_again(self) -> None:
        """List what is installed where that has changed meanwhile: a model may have been deleted by hand."""
        if store.installed() != self._listed:
            # what was said of it is done
            self.status.hide()
            self._renew()

    # Files that are dropped, and the end.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_paths(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.take_in(*files)

    def done(self, result: int) -> None:
        self._give_up()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._give_up()
        super().closeEvent(event)

    def _give_up(self) -> None:
        self._waiting.clear()
        self._errand.give_up()
        self._write(None)
