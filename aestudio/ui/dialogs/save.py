"""Where results go, what they are called and how they are stored, with the size to expect."""

from __future__ import annotations

from collections.abc import Callable, Container
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aestudio.errors import SettingsError
from aestudio.imageio.folders import holds
from aestudio.jobs.names import check_file_name
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, push_button
from aestudio.ui.outputs import output_of, suffix_of
from aestudio.ui.picture_files import free_names, has_folder, output_format, pictures_folder, result_name
from aestudio.ui.widgets.output_form import OutputForm

if TYPE_CHECKING:
    from aestudio.jobs.spec import Output
    from aestudio.settings import Settings

RESTS = 200
"""Milliseconds that the choices must rest before the size is asked for."""


class SaveDialog(QDialog):
    """Asks for everything about the files of ``sources``; what is chosen is kept in the settings when it is accepted.

    ``size_wanted`` carries the first source and its Output, :meth:`show_size` takes the answer. ``file_asked``: the
    person would rather name the one file in the system's own dialog. ``example`` is the source whose result's name is
    shown, the first where none is said. ``planned`` tells which files are about to be made: their names are not free.
    """

    size_wanted = Signal(object, object)
    file_asked = Signal()

    def __init__(
        self,
        task: str,
        sources: list[Path],
        settings: Settings,
        parent: QWidget | None = None,
        example: Path | None = None,
        planned: Callable[[], Container[str]] = frozenset,
    ) -> None:
        super().__init__(parent)
        self._planned = planned
        self._task, self._sources, self._settings = task, sources, settings
        self._example = example or sources[0]
        number = len(sources)
        title = self.tr("Save {n} pictures").format(n=number) if number != 1 else self.tr("Save the restored picture")
        named(self, "saveDialog", title)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESTS)
        self._timer.timeout.connect(self._ask_size)
        self._make_place()
        self.form = OutputForm(settings)
        self.size_words = named(label("", "quiet", wrap=True), "sizeLabel", self.tr("Size to expect"))
        self.lost_words = named(label("", "quiet", wrap=True), "lostLabel", self.tr("What the file cannot hold"))
        self.lost_words.hide()
        self.plan_words = named(label("", "quiet", wrap=True), "planLabel", self.tr("What saving them takes"))
        self.plan_words.setVisible(number != 1)
        verb = self.tr("Save {n}").format(n=number) if number != 1 else self.tr("Save")
        self.save_button = push_button("acceptButton", verb, self.tr("Save with these settings (Enter)."), "save", True)
        self.save_button.setDefault(True)
        self.cancel_button = push_button("rejectButton", self.tr("Cancel"), self.tr("Save nothing (Esc)."))
        self.file_button = push_button(
            "nativeButton", self.tr("Name the file…"), self.tr("Choose folder, name and format in the system's dialog.")
        )
        self.file_button.setVisible(number == 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.file_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(8)
        outer.addWidget(label(title, "title"))
        outer.addSpacing(8)
        outer.addLayout(self._place)
        outer.addSpacing(8)
        outer.addWidget(self.form)
        outer.addWidget(self.replace_box)
        outer.addSpacing(8)
        outer.addWidget(self.size_words)
        outer.addWidget(self.lost_words)
        outer.addWidget(self.plan_words)
        outer.addStretch(1)
        outer.addLayout(buttons)
        self.form.changed.connect(self._on_change)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.reject)
        self.file_button.clicked.connect(self._on_file)
        self._on_change()

    def _make_place(self) -> None:
        stored, one = self._settings, len(self._sources) == 1
        self._beside = all(has_folder(source) for source in self._sources)
        beside = self.tr("In the original's folder") if one else self.tr("In the folder of each original")
        self.beside_box = named(
            QCheckBox(beside),
            "besideBox",
            beside,
            self.tr("Results lie beside the pictures that they were made from, which stay as they are."),
        )
        self.folder_field = named(
            QLineEdit(stored.save_folder or (str(self._sources[0].parent) if self._beside else pictures_folder())),
            "saveFolderField",
            self.tr("Folder"),
            self.tr("The folder that results go to."),
        )
        self.folder_button = push_button("saveFolderButton", self.tr("Choose…"), self.tr("Choose the folder."), "open")
        self.template_field = named(
            QLineEdit(stored.name_template),
            "templateField",
            self.tr("Name"),
            self.tr("{stem} is the original's name, {task} says what was done, and {suffix} tells the format."),
        )
        self.example = named(label("", "quiet", wrap=True), "exampleLabel", self.tr("Resulting name"))
        self.replace_box = named(
            QCheckBox(self.tr("Replace files of the same name")),
            "replaceBox",
            self.tr("Replace files of the same name"),
            self.tr("Earlier results are replaced; without it new ones are numbered. Originals are never replaced."),
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder_field, 1)
        row.addWidget(self.folder_button)
        self._place = QVBoxLayout()
        self._place.setSpacing(4)
        for title, field in ((self.tr("Folder"), self.folder_field), (self.tr("Name"), self.template_field)):
            heading = label(title, "section")
            heading.setBuddy(field)
            self._place.addWidget(heading)
            if field is self.folder_field:
                self._place.addLayout(row)
                self._place.addWidget(self.beside_box)
                self._place.addSpacing(8)
            else:
                self._place.addWidget(field)
        self._place.addWidget(self.example)
        self.beside_box.setChecked(stored.save_beside and self._beside)
        self.beside_box.setVisible(self._beside)
        self.beside_box.toggled.connect(self._on_change)
        self.folder_field.textChanged.connect(self._on_change)
        self.template_field.textChanged.connect(self._on_change)
        self.replace_box.toggled.connect(self._on_change)
        self.folder_button.clicked.connect(self._choose_folder)

    # What was chosen.

    def folder(self) -> Path | None:
        """Return the folder that results go to, or None for that of each original."""
        return None if self.beside_box.isChecked() else Path(self.folder_field.text()).expanduser()

    @property
    def replaces(self) -> bool:
        """Whether files of the same name are replaced."""
        return self.replace_box.isChecked()

    def targets(self) -> list[Path]:
        """Return the file of each source's result. Raises SettingsError where the name is none."""
        return self._targets(self._sources)

    def store(self) -> None:
        """Keep what is chosen for the next time."""
        self.form.store()
        stored = self._settings
        stored.name_template = self.template_field.text()
        if self._beside:
            stored.save_beside = self.beside_box.isChecked()
        if not self.beside_box.isChecked():
            stored.save_folder = str(self.folder())

    def _targets(self, sources: list[Path]) -> list[Path]:
        template = self.template_field.text()
        check_file_name(template)
        suffix = suffix_of(self.form.chosen())
        return free_names(sources, self.folder(), self._task, suffix, template, self.replaces, self._planned())

    def _output(self) -> Output | None:
        kind = output_format(Path(result_name(self._sources[0], self._task, suffix_of(self.form.chosen()))))
        return None if kind is None else output_of(self.form.chosen(), kind)

    # What is shown.

    def show_size(self, each: int | None, together: int | None = None, reason: str = "") -> None:
        """Say about how many bytes one result takes, and all of them; None where that is not known, with a reason."""
        if each is None:
            self.size_words.setText(f"{self.tr('How large it will be is not known.')} {reason}".rstrip())
        elif len(self._sources) == 1:
            self.size_words.setText(self.tr("About {size}.").format(size=_rounded(each)))
        elif together is None:
            self.size_words.setText(self.tr("About {size} each.").format(size=_rounded(each)))
        else:
            words = self.tr("About {size} together.")
            self.size_words.setText(words.format(size=_rounded(together)))

    def show_lost(self, sentences: tuple[str, ...]) -> None:
        """Say what the file of the first source's result cannot hold of that."""
        words = " ".join(sentence(text) for text in sentences)
        if words and len(self._sources) != 1:
            words = f"{self._sources[0].name}: {words}"
        self.lost_words.setText(words)
        self.lost_words.setVisible(bool(words))

    def show_plan(self, text: str, attention: bool) -> None:
        """Say what saving several takes, and what to do where it does not fit."""
        self.plan_words.setText(text)
        self.plan_words.setProperty("level", "attention" if attention else "")
        self.plan_words.style().polish(self.plan_words)

    def _on_change(self) -> None:
        elsewhere = not self.beside_box.isChecked()
        self.folder_field.setEnabled(elsewhere)
        self.folder_button.setEnabled(elsewhere)
        problem = ""
        try:
            if elsewhere and not Path(self.folder_field.text()).expanduser().is_absolute():
                raise SettingsError(self.tr("The folder is not named in full."), self.tr("Choose one."))
            target = self._targets([self._example])[0]
        except SettingsError as error:
            problem = f"⚠ {sentence(error.what)} {sentence(error.advice)}"
        else:
            there = self.replaces and holds(target.exists)
            words = self.tr("{name} is there already and will be replaced.") if there else "{name}"
            if len(self._sources) != 1:
                words = self.tr("For example {name}")
            self.example.setText(words.format(name=target.name))
        if problem:
            self.example.setText(problem)
        self.example.setProperty("level", "attention" if problem else "")
        self.example.style().polish(self.example)
        self.save_button.setEnabled(not problem)
        self.size_words.setText(self.tr("Working out how large it will be…"))
        self._timer.start()

    def _ask_size(self) -> None:
        output = self._output()
        if output is not None:
            self.size_wanted.emit(self._sources[0], output)
        else:
            self.show_size(None)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Save into this folder"), self.folder_field.text())
        if chosen:
            self.folder_field.setText(chosen)

    def _on_file(self) -> None:
        self.store()
        self.done(QDialog.DialogCode.Rejected)
        self.file_asked.emit()

    def _on_save(self) -> None:
        self.store()
        self.accept()

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)


def _rounded(count: int) -> str:
    """Return a number of bytes to two digits: ``12 MB``, ``1.2 GB``."""
    step = 10 ** max(0, len(str(count)) - 2)
    count = round(count / step) * step
    decimals = 1 if count >= 1000 and len(str(count)) % 3 == 1 else 0
    return QLocale().formattedDataSize(count, decimals, QLocale.DataSizeFormat.DataSizeSIFormat)
