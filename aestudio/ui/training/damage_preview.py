"""What training would do to a person's own pictures, beside them as they are, while the ranges change."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aestudio.jobs.damaging import Degrade, Degraded
from aestudio.jobs.events import Event, Failed
from aestudio.training.damage import Damage
from aestudio.ui.naming import label, named, push_button

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub

SIDE = 192


class DamagePreview(QWidget):
    """Three pieces at 1:1: as it is, at the mildest and at the strongest of the ranges. One question at a time is
    under way, and only the newest of those that came meanwhile is asked.
    """

    def __init__(self, hub: JobHub | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "degradationPreview", self.tr("What happens to your pictures"))
        self._hub = hub
        self._paths: tuple[Path, ...] = ()
        self._at, self._place = 0, (0.5, 0.5)
        self._damage, self._scale = Damage(), 1
        self._job, self._again = "", False
        self.answers = 0
        self.before, self.mildest, self.strongest = (QLabel() for _ in range(3))
        row = QHBoxLayout()
        row.setSpacing(8)
        shown = (
            (self.before, "previewBefore", self.tr("As it is")),
            (self.mildest, "previewMildest", self.tr("Mildest")),
            (self.strongest, "previewStrongest", self.tr("Strongest")),
        )
        for piece, name, words in shown:
            named(piece, name, words)
            piece.setFixedSize(QSize(SIDE, SIDE))
            piece.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(piece)
            column.addWidget(label(words, "quiet"))
            row.addLayout(column)
        row.addStretch(1)
        self.words = named(label("", "quiet", wrap=True), "previewWords", self.tr("What is shown"))
        self.next_button = push_button(
            "nextPictureButton", self.tr("Next picture"), self.tr("Show it on another of your pictures.")
        )
        self.next_button.clicked.connect(self._on_next)
        self.place_button = push_button(
            "otherPlaceButton", self.tr("Another place"), self.tr("Show another part of this picture.")
        )
        self.place_button.clicked.connect(self._on_place)
        buttons = QHBoxLayout()
        for button in (self.next_button, self.place_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(row)
        box.addWidget(self.words)
        box.addLayout(buttons)
        self._say()

    def show_pictures(self, paths: tuple[Path, ...]) -> None:
        """Show it on other pictures from now on."""
        if paths != self._paths:
            self._paths, self._at = paths, 0
            self._say()
            self._ask()

    def show_damage(self, damage: Damage, scale: int) -> None:
        """Show other ranges."""
        if (damage, scale) != (self._damage, self._scale):
            self._damage, self._scale = damage, scale
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._job and self._hub is not None:
            self._hub.drop(self._job)
        self._job, self._again = "", False

    def _ask(self) -> None:
        if not self._paths or self._hub is None or not self.isVisible():
            return
        self._again = bool(self._job)
        if self._job:
            return
        job = Degrade(str(self._paths[self._at]), self._damage, self._place, SIDE, self._scale)
        self._job = job.id
        self._hub.submit(job, self._on_event, waited=False)

    def _on_event(self, event: Event) -> None:
        if event.id != self._job:
            return
        self._job = ""
        if isinstance(event, Degraded):
            self.answers += 1
            self._say()
            pieces = (event.before, event.mildest, event.strongest)
            for piece, pixels in zip((self.before, self.mildest, self.strongest), pieces, strict=True):
                height, width = pixels.shape[:2]
                image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
                piece.setPixmap(QPixmap.fromImage(image))
        elif isinstance(event, Failed):
            self.words.setText(event.what)
        if self._again:
            self._ask()

    def _on_next(self) -> None:
        self._at = (self._at + 1) % max(1, len(self._paths))
        self._ask()

    def _on_place(self) -> None:
        self._place = (random.random(), random.random())
        self._ask()

    def _say(self) -> None:
        there = bool(self._paths)
        self.words.setText(
            self._paths[self._at].name if there else self.tr("Choose a folder to see it on your pictures.")
        )
        for button in (self.next_button, self.place_button):
            button.setEnabled(there)
