"""Between asking for a run and the run: what was found in the pictures, and which of them are left out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QProgressBar, QVBoxLayout, QWidget

from aestudio import paths
from aestudio.jobs.events import Event, ThumbnailReady
from aestudio.jobs.spec import Thumbnail
from aestudio.jobs.training import Checked, Found, Looked, Refused, Training
from aestudio.ui import icons, theme, words
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, plain, push_button
from aestudio.ui.training.checker import Checker
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub

SHOWN = 200
"""Pictures of one finding that are listed; what is suggested holds for the others too."""
THUMB = 48
IN_FLIGHT = 4
UNUSABLE = frozenset({"unreadable", "small"})
"""Findings whose pictures no run can learn from: they stay out whatever a person wants, and have no tick to set."""
_PATH = Qt.ItemDataRole.UserRole
_SIGNS = {"stops": ("cross", "failure"), "warns": ("info", "attention"), "tells": ("info", "quiet")}


class CheckupPage(QWidget):
    """``go`` carries the run that shall begin and what was examined and found, in words; ``back`` asks for the form."""

    go = Signal(object, str)
    back = Signal()

    def __init__(self, hub: JobHub | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checkupPage")
        self._hub = hub
        self.request: Training | None = None
        self._checked: Checked | None = None
        self._suggested: set[str] = set()
        self._useless: set[str] = set()
        self._remarks: list[str] = []
        self._shown: dict[str, list[QListWidgetItem]] = {}
        self._items: dict[str, list[QListWidgetItem]] = {}
        self._wanted: list[str] = []
        self._running: dict[str, str] = {}
        self.checker = Checker(self)
        self._build()
        self.checker.looked.connect(self._on_looked)
        self.checker.found.connect(self._on_found)
        self.checker.ended.connect(self._on_ended)

    def _build(self) -> None:
        self.title = named(label("", "title", wrap=True), "checkupTitle", self.tr("State of the examination"))
        self.bar = named(QProgressBar(), "checkupBar", self.tr("Progress of the examination"))
        self.bar.setTextVisible(False)
        self.facts = named(label("", wrap=True), "checkupFacts", self.tr("What was looked at, and what the run takes"))
        self.list = named(
            QListWidget(),
            "findingList",
            self.tr("What was found"),
            self.tr("Pictures with a tick are left out; the space bar sets and clears it."),
        )
        self.list.setIconSize(QSize(THUMB, THUMB))
        self.list.setWordWrap(True)
        # an empty list leaves its room, so that nothing moves when the first finding comes
        policy = self.list.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.list.setSizePolicy(policy)
        self.list.hide()
        self.list.itemChanged.connect(self._on_ticked)
        self.back_button = push_button("backButton", self.tr("Back"), self.tr("Go back to what is asked for."), "back")
        self.anyway_button = push_button(
            "startAnywayButton", self.tr("Start with all"), self.tr("Train on all pictures that can be used."), "play"
        )
        self.leave_out_button = push_button(
            "leaveOutButton",
            self.tr("Leave these out and start"),
            self.tr("Train without the pictures that have a tick."),
            "play",
            True,
        )
        self.back_button.clicked.connect(self._on_back)
        self.anyway_button.clicked.connect(lambda: self._start(set()))
        self.leave_out_button.clicked.connect(lambda: self._start(self._left_out()))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for widget in (self.title, self.bar, self.facts):
            box.addWidget(widget)
        box.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.anyway_button)
        row.addWidget(self.leave_out_button)
        box.addLayout(row)

    def examine(self, request: Training) -> None:
        """Look at what a run would learn from; where nothing is found it begins at once."""
        self.close_down()
        self.request, self._checked = request, None
        self._suggested, self._items, self._wanted, self._remarks = set(), {}, [], []
        self._shown, self._useless = {}, set()
        self.list.clear()
        self.list.hide()
        self.title.setText(self.tr("Looking at your pictures…"))
        self.facts.setText(self.tr("Whether they are whole, clean, sharp and all different."))
        self.bar.setRange(0, 0)
        self.bar.show()
        self.anyway_button.setEnabled(True)
        self.leave_out_button.hide()
        self.checker.start(request)

    @property
    def finished(self) -> bool:
        """Whether all was looked at, and all that is listed has its thumbnail."""
        return self._checked is not None and not self._wanted and not self._running

    def close_down(self) -> None:
        """Examine nothing any more."""
        self.checker.stop()
        for job in list(self._running):
            if self._hub is not None:
                self._hub.drop(job)
        self._running.clear()
        self._wanted = []
        self.request = None

    # What is found.

    def _on_looked(self, event: Looked) -> None:
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)
        said = self.tr("Looked at {done} of {total}.").format(done=event.done, total=event.total)
        self.facts.setText(said)

    def _on_found(self, event: Found) -> None:
        self.list.show()
        said = f"{sentence(event.what)} {sentence(event.advice)}"
        if not event.paths:
            self._remarks.append(said)
        heading = QListWidgetItem(said)
        heading.setIcon(self._sign(*_SIGNS.get(event.severity, _SIGNS["tells"])))
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self.list.addItem(heading)
        if event.severity == "stops":
            self.anyway_button.setEnabled(False)
        usable = event.kind not in UNUSABLE
        if usable:
            self._suggested |= set(event.leave_out)
        else:
            self._useless |= set(event.paths)
        self.list.blockSignals(True)
        for path in event.paths[:SHOWN]:
            item = QListWidgetItem(Path(path).name)
            item.setData(_PATH, path)
            item.setToolTip(plain(path))
            item.setSizeHint(QSize(0, THUMB + 8))
            self.list.addItem(item)
            if event.kind == "unreadable":
                item.setIcon(self._sign("cross", "quiet"))
            else:
                self._wanted.append(path)
                self._shown.setdefault(path, []).append(item)
            if usable:
                self._items.setdefault(path, []).append(item)
                for same in self._items[path]:
                    same.setCheckState(Qt.CheckState.Checked if path in self._suggested else Qt.CheckState.Unchecked)
            else:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self.list.blockSignals(False)
        if len(event.paths) > SHOWN:
            more = QListWidgetItem(self.tr("and {n} more").format(n=len(event.paths) - SHOWN))
            more.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(more)
        self._ask()

    def _on_ended(self, event: Checked | Refused) -> None:
        self.bar.hide()
        if isinstance(event, Refused):
            self.title.setText(sentence(event.what))
            self.facts.setText(sentence(event.advice))
            self.anyway_button.setEnabled(not self.checker.refused)
            return
        self._checked = event
        stops = not self.anyway_button.isEnabled()
        if not self._items and not self._useless and not stops:
            # nothing to decide: what was found is said beside the run
            self._start(set())
            return
        start = self.tr("Start with all that can be used") if self._useless else self.tr("Start with all")
        self.anyway_button.setText(start)
        self.anyway_button.setAccessibleName(start)
        self.title.setText(self.tr("This stops the training") if stops else self.tr("Before training starts"))
        self.facts.setText(self._in_words(event, stops))
        self.leave_out_button.setVisible(bool(self._items) and not stops)
        self._show_count()
        first = next((items[0] for found in (self._items, self._shown) for items in found.values()), self.list.item(0))
        self.list.setCurrentItem(first)
        self.list.scrollToTop()
        self.list.setFocus()

    def _in_words(self, event: Checked, stops: bool) -> str:
        looked = words.pictures(event.pictures)
        if event.looked_at < event.pictures:
            looked = self.tr("Looked at {done} of {total}.").format(done=event.looked_at, total=event.pictures)
        if stops:
            # there is no run that could take anything
            return looked
        takes = self.tr(
            "{megapixels:,.1f} MP, up to {memory:,.0f} MB of memory, {disk:,.0f} MB of disk "
            "({free:,.0f} GB are free), {minutes:g} min to train"
        ).format(
            megapixels=event.megapixels,
            memory=event.memory / 1e6,
            disk=event.disk / 1e6,
            free=event.free / 1e9,
            minutes=event.minutes,
        )
        return f"{looked} · {takes}"

    def _sign(self, name: str, colour: str) -> QIcon:
        return QIcon(icons.cached(name, getattr(theme.current(), colour), 20, self.devicePixelRatioF()))

    def _left_out(self) -> set[str]:
        unticked = {p for p, items in self._items.items() if items[0].checkState() is Qt.CheckState.Unchecked}
        ticked = {p for p, items in self._items.items() if items[0].checkState() is Qt.CheckState.Checked}
        return (self._suggested | ticked) - unticked

    def _on_ticked(self, item: QListWidgetItem) -> None:
        self.list.blockSignals(True)
        for same in self._items.get(item.data(_PATH), []):
            same.setCheckState(item.checkState())
        self.list.blockSignals(False)
        self._show_count()

    def _show_count(self) -> None:
        count = len(self._left_out())
        self.leave_out_button.setEnabled(count > 0)
        one, many = self.tr("Leave 1 out and start"), self.tr("Leave {n} out and start")
        text = one if count == 1 else many.format(n=count)
        self.leave_out_button.setText(text if count else self.tr("Leave these out and start"))

    # What a person decides.

    def _start(self, left_out: set[str]) -> None:
        request = self.request
        if request is None:
            return
        said = ""
        if self._checked is not None:
            said = self.tr("Examined before the start: {pictures}, {n} left out.").format(
                pictures=words.pictures(self._checked.looked_at), n=len(left_out | self._useless)
            )
            said = " ".join([said, *self._remarks])
        if left_out:
            listed = paths.runs_folder() / request.name / "left-out.txt"
            try:
                listed.parent.mkdir(parents=True, exist_ok=True)
                listed.write_text("\n".join(sorted(left_out)) + "\n", encoding="utf-8", errors="surrogateescape")
            except OSError as error:
                self.title.setText(self.tr("The list of pictures to leave out could not be written."))
                self.facts.setText(str(error))
                return
            request = replace(request, without=listed)
        self.close_down()
        self.go.emit(request, said)

    def _on_back(self) -> None:
        self.close_down()
        self.back.emit()

    # Their thumbnails, which the engine makes.

    def _ask(self) -> None:
        while self._hub is not None and self._wanted and len(self._running) < IN_FLIGHT:
            path = self._wanted.pop(0)
            job = Thumbnail(path, 2 * THUMB)
            self._running[job.id] = path
            self._hub.submit(job, partial(self._on_thumbnail, path), waited=False)

    def _on_thumbnail(self, path: str, event: Event) -> None:
        self._running.pop(event.id, None)
        if isinstance(event, ThumbnailReady):
            self.list.blockSignals(True)
            for item in self._shown.get(path, []):
                item.setIcon(_untinted(QPixmap.fromImage(as_image(event.pixels))))
            self.list.blockSignals(False)
        self._ask()


def _untinted(picture: QPixmap) -> QIcon:
    """Return an icon that is drawn as it is in the current row too: one judges a picture by its colours."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
