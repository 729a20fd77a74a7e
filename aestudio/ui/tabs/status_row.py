"""The row at the bottom of each tab: a thin bar, what goes on in a sentence, and Stop."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from aestudio.ui import icons
from aestudio.ui.naming import label, named, push_button


class StatusRow(QFrame):
    """Shows what it is told; it knows nothing of jobs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusRow")
        self.progress_bar = named(QProgressBar(), "progressBar", self.tr("Progress"))
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setRange(0, 1)
        self.status = named(label(""), "statusLabel", self.tr("Status"))
        self.saved_label = named(label("", "quiet"), "savedLabel", self.tr("Saved pictures"))
        self.cancel_button = push_button(
            "cancelButton", self.tr("Stop"), self.tr("Stop what is going on; finished files stay."), "stop"
        )
        self.pause_button = push_button(
            "pauseButton", self.tr("Pause"), self.tr("Begin no further file until you go on."), "pause"
        )
        self.pause_button.setCheckable(True)
        self.pause_button.hide()
        policy = self.cancel_button.sizePolicy()
        # The row keeps its height when the button goes.
        policy.setRetainSizeWhenHidden(True)
        self.cancel_button.setSizePolicy(policy)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.progress_bar)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(16)
        row.addWidget(self.status, 1)
        row.addWidget(self.saved_label)
        row.addWidget(self.pause_button)
        row.addWidget(self.cancel_button)
        lines.addLayout(row)

    def show_busy(self, busy: bool) -> None:
        """Offer Stop while something is going on."""
        self.cancel_button.setVisible(busy)
        self.cancel_button.setEnabled(busy)

    def show_queue(self, several: bool, paused: bool) -> None:
        """Offer Pause while several files are being saved, or to go on."""
        self.pause_button.setVisible(several)
        self.pause_button.setChecked(paused)
        self.pause_button.setText(self.tr("Go on") if paused else self.tr("Pause"))
        icons.give(self.pause_button, "play" if paused else "pause")

    def show_progress(self, done: int, total: int) -> None:
        """Fill the bar."""
        self.progress_bar.setRange(0, max(1, total))
        self.progress_bar.setValue(done)
