"""The installed models, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from aestudio import paths
from aestudio.catalog import store
from aestudio.ui import words
from aestudio.ui.language import sentence, tr
from aestudio.ui.naming import label, named, push_button

if TYPE_CHECKING:
    from aestudio.catalog.card import Card


def words_of(card: Card) -> str:
    """Return what a card says, one fact a line."""
    lines = [sentence(card.description)] if card.description else []
    if card.task == "upscale":
        lines.append(tr("Makes pictures {scale} times larger.").format(scale=card.scale))
    if len(card.noise_range) == 2:
        low, high = card.noise_range
        lines.append(tr("Knows noise from {low:g} to {high:g} (of 255).").format(low=low, high=high))
    if isinstance(card.training.get("data"), str):
        lines.append(tr("Trained on {data}.").format(data=card.training["data"]))
    for protocol, score in list(card.scores.items())[:4]:
        if isinstance(score, (int, float)):
            lines.append(tr("Measured on {protocol}: {score:g}.").format(protocol=protocol, score=score))
    lines.append(tr("Licence: {licence}.").format(licence=card.licence))
    if card.date:
        lines.append(tr("Made {date}.").format(date=card.date))
    return "\n".join(lines)


class ModelsDialog(QDialog):
    """Lists every installed model with what it does, what it was trained on and how it scores."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "modelsDialog", self.tr("Models"))
        self.setWindowTitle(self.tr("Models"))
        self.resize(560, 520)
        body = QWidget()
        box = QVBoxLayout(body)
        # room for the ring that shows the focus
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(16)
        models = store.installed()
        for model in models:
            box.addWidget(self._card(model.card))
        if not models:
            box.addWidget(label(self.tr("No model is installed. Install aestudio again, or train one."), wrap=True))
        box.addStretch(1)
        scroll = named(QScrollArea(), "modelsScroll", self.tr("Installed models"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        close = push_button("closeButton", self.tr("Close"), self.tr("Close this list."))
        close.clicked.connect(self.accept)
        lie = self.tr("Your own models lie in {folder}").format(folder=paths.user_models_folder())
        where = label(lie, "quiet", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.addWidget(where, 1)
        row.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(16)
        outer.addWidget(label(self.tr("Models"), "title"))
        outer.addWidget(scroll, 1)
        outer.addLayout(row)

    def _card(self, card: Card) -> QWidget:
        widget = QWidget()
        box = QVBoxLayout(widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(label(sentence(card.title or card.id), "section"))
        box.addWidget(label(f"{words.task(card.task)} · {card.id}", "quiet"))
        text = label(words_of(card), wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(text)
        return widget
