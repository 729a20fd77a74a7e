"""How a model is trained: for now on the command line, and this says how."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from aestudio.ui.naming import label, named, push_button

TASKS = {"denoise": "Remove noise", "upscale": "Enlarge", "vae": "Make new pictures"}


def command_for(task: str, folder: str) -> str:
    """Return the command that trains a model on a folder, quoted for this system's shell."""
    name = f"my-{task}"
    # in a checkout the program has no name of its own in a terminal
    program = ["aestudio"] if shutil.which("aestudio") else [sys.executable, "-m", "aestudio"]
    words = [*program, "train", task, folder or "FOLDER", "--name", name, "--minutes", "30"]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


class TrainDialog(QDialog):
    """Puts the exact command together, to copy into a terminal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "trainDialog", self.tr("Train a model"))
        self.setWindowTitle(self.tr("Train a model"))
        self.setMinimumWidth(560)
        self.task = named(QComboBox(), "taskPicker", self.tr("Task"), self.tr("What the model shall do."))
        for key, text in TASKS.items():
            self.task.addItem(text, key)
        self.folder = named(
            QLineEdit(), "folderField", self.tr("Folder of pictures"), self.tr("Clean, sharp pictures of your kind.")
        )
        self.folder.setPlaceholderText(self.tr("A folder of clean, sharp pictures"))
        browse = push_button("browseButton", self.tr("Choose…"), self.tr("Choose the folder."), "open")
        self.command = named(
            QPlainTextEdit(),
            "commandField",
            self.tr("Command"),
            self.tr("Run this in a terminal where aestudio is installed."),
        )
        self.command.setReadOnly(True)
        self.command.setTabChangesFocus(True)
        self.command.setFixedHeight(72)
        copy = push_button("copyButton", self.tr("Copy"), self.tr("Copy the command."), "copy", True)
        close = push_button("closeButton", self.tr("Close"), self.tr("Close this window."))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(12)
        outer.addWidget(label(self.tr("Train a model on your pictures"), "title"))
        outer.addWidget(
            label(
                self.tr(
                    "Training runs in a terminal. Choose the task and a folder, copy the command and run it there; "
                    "30 minutes give a useful model. When it is done, the model is in the list here after a restart."
                ),
                wrap=True,
            )
        )
        outer.addWidget(label(self.tr("Task"), "section"))
        outer.addWidget(self.task)
        outer.addWidget(label(self.tr("Folder"), "section"))
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        outer.addLayout(row)
        outer.addWidget(label(self.tr("Command"), "section"))
        row = QHBoxLayout()
        row.addWidget(self.command, 1)
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(row)
        outer.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        outer.addLayout(row)
        self.task.currentIndexChanged.connect(self._show)
        self.folder.textChanged.connect(self._show)
        browse.clicked.connect(self._browse)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.command.toPlainText()))
        close.clicked.connect(self.accept)
        self._show()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of pictures"), self.folder.text())
        if chosen:
            self.folder.setText(str(Path(chosen)))

    def _show(self) -> None:
        self.command.setPlainText(command_for(self.task.currentData(), self.folder.text()))
