"""The comparison window: two to four panes of models and files, one zoom and place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QGridLayout, QMenu, QVBoxLayout, QWidget

from aestudio.catalog import store
from aestudio.imageio.formats import READ_SUFFIXES
from aestudio.jobs.spec import RestorationTask
from aestudio.ui.choices import Choice
from aestudio.ui.compare.bar import CompareBar, add_files
from aestudio.ui.compare.content import Content, candidates, with_model
from aestudio.ui.compare.crops import Place, detailed_places
from aestudio.ui.compare.pane import Pane, file_title
from aestudio.ui.compare.pane_settings import PaneSettings
from aestudio.ui.compare.scorer import Scorer
from aestudio.ui.compare.shared_view import SharedView
from aestudio.ui.compare.vote import ROUNDS, BlindVote
from aestudio.ui.language import sentence
from aestudio.ui.naming import named
from aestudio.ui.screen_room import open_at

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from aestudio.catalog.card import Card
    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub

MOST = 4
PAN = 64
"""Screen pixels that an arrow key moves the picture by."""


class CompareWindow(QDialog):
    """Compares models with ``choice`` as a start on the picture ``source``, and any files with them.

    ``size`` is that of the result; ``default_chosen`` has the task and the model that a vote made the default.
    """

    default_chosen = Signal(str, str)

    def __init__(
        self,
        task: RestorationTask,
        source: Path,
        choice: Choice,
        size: tuple[int, int],
        hub: JobHub,
        settings: Settings,
        files: Callable[[], list[Path]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        named(self, "compareWindow", self.tr("Compare"))
        self.setWindowTitle(self.tr("Compare – {name}").format(name=source.name))
        self.setMinimumSize(800, 480)
        open_at(self, 1200, 760)
        self.task: RestorationTask = task
        self._source, self._choice = source, choice
        self._hub, self._settings, self._files = hub, settings, files
        self._cards = {model.card.id: model.card for model in store.installed(task)}
        self.shared = SharedView(self)
        self.shared.show_size(*size)
        self.panes: list[Pane] = []
        self._count = 0
        self.vote = BlindVote()
        self.scorer = Scorer(task, hub, settings, lambda: self.shown, self)
        self.bar = CompareBar(self.shared, files)
        grid = QFrame()
        grid.setObjectName("compareGrid")
        self._grid = QGridLayout(grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.vote)
        box.addWidget(grid, 1)
        box.addWidget(self.bar)
        self.bar.count_chosen.connect(self.show_panes)
        self.bar.reference_chosen.connect(self.set_reference)
        self.bar.reference_wanted.connect(self._choose_reference)
        self.bar.whole_chosen.connect(self.scorer.set_whole)
        self.bar.vote.clicked.connect(lambda: self.start_vote())
        self.vote.arranged.connect(self._on_arranged)
        self.vote.ended.connect(self._on_vote_ended)
        self.vote.default_chosen.connect(lambda model: self.default_chosen.emit(self.task, model))
        self.shared.moved.connect(self.scorer.refresh)
        self.show_panes(2)
        self.panes[0].view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> list[Pane]:
        """The panes that show, in their order without a vote."""
        return self.panes[: self._count]

    # Panes.

    def show_panes(self, count: int) -> None:
        """Show two to four panes; a new one shows what is not in any other yet."""
        self._count = count
        while len(self.panes) < count:
            self.panes.append(self._new_pane())
        for pane in self.panes:
            pane.restorer.set_active(pane in self.shown)
            pane.setVisible(pane in self.shown)
        self._arrange(self.shown)
        self.bar.show_count(count)
        self._follow()

    def show_in(self, pane: Pane, content: Content) -> None:
        """Show something else in a pane."""
        pane.show_content(content, self._title(content))
        self._follow()

    def _new_pane(self) -> Pane:
        pane = Pane(len(self.panes) + 1, self.task, self._hub, self._settings, self.shared)
        menu = QMenu(pane.picker)
        menu.setAccessibleName(pane.picker.accessibleName())
        menu.aboutToShow.connect(lambda: self._fill_menu(pane, menu))
        pane.picker.setMenu(menu)
        pane.adjust.clicked.connect(lambda: self._adjust(pane))
        pane.changed.connect(self._follow)
        pane.dropped.connect(lambda path: self.show_in(pane, Content(path)))
        taken = [other.content for other in self.panes]
        offered = candidates(self._source, self._choice, list(self._cards.values()))
        content = next((c for c in offered if c not in taken), Content(self._source))
        pane.set_measured(self.scorer.reference is not None)
        pane.show_content(content, self._title(content))
        return pane

    def _arrange(self, panes: list[Pane]) -> None:
        columns = 2 if len(panes) == MOST else len(panes)
        for pane in self.panes:
            self._grid.removeWidget(pane)
        for number, pane in enumerate(panes):
            self._grid.addWidget(pane, number // columns, number % columns)
        for line in range(MOST):
            self._grid.setColumnStretch(line, int(line < columns))
            self._grid.setRowStretch(line, int(line < -(-len(panes) // columns)))

    def _fill_menu(self, pane: Pane, menu: QMenu) -> None:
        menu.clear()
        content = pane.content
        shown = content.choice.model if content is not None and content.choice is not None else ""

        def add(text: str, wanted: Content, checked: bool) -> None:
            action = menu.addAction(text, lambda: self.show_in(pane, wanted))
            action.setObjectName(f"show-{wanted.choice.model if wanted.choice is not None else 'original'}Action")
            action.setCheckable(True)
            action.setChecked(checked)

        add(self.tr("Original"), Content(self._source), content == Content(self._source))
        menu.addSeparator()
        for card in self._cards.values():
            choice = content.choice if card.id == shown and content is not None else with_model(self._choice, card)
            add(self._card_title(card), Content(self._source, choice), card.id == shown)
        add_files(menu, [p for p in self._files() if p != self._source], lambda path: self.show_in(pane, Content(path)))
        menu.addSeparator()
        menu.addAction(self.tr("Another file…"), lambda: self._choose_file(pane)).setObjectName("anotherFileAction")

    def _adjust(self, pane: Pane) -> None:
        content = pane.content
        card = self._cards.get(content.choice.model) if content is not None and content.choice is not None else None
        if content is None or content.choice is None or card is None:
            return
        popup = PaneSettings(content.choice, card, self)
        popup.changed.connect(lambda choice: self._on_adjusted(pane, choice))
        popup.adjustSize()
        corner = pane.adjust.mapToGlobal(pane.adjust.rect().topLeft())
        popup.move(corner.x(), corner.y() - popup.height() - 4)
        popup.show()

    def _on_adjusted(self, pane: Pane, choice: Choice) -> None:
        if pane.content is not None:
            self.show_in(pane, replace(pane.content, choice=choice))

    def _title(self, content: Content) -> str:
        if content.choice is not None:
            card = self._cards.get(content.choice.model)
            return self._card_title(card) if card is not None else content.choice.model
        return self.tr("Original") if content.path == self._source else file_title(content.path)

    @staticmethod
    def _card_title(card: Card) -> str:
        return sentence(card.title or card.id)

    def _follow(self) -> None:
        """Keep the size of the first pane, the plain enlargement, the vote and the figures in step with the panes."""
        ours = [p for p in self.shown if p.content is not None and p.content.path == self._source]
        sizes = [pane.size_shown for pane in (ours or self.shown[:1])]
        size = max(sizes, default=(0, 0))
        if size[0]:
            self.shared.show_size(*size)
        self.scorer.border = max((p.enlargement for p in ours), default=0.0) if self.task == "upscale" else 0.0
        enlarged = next((p.before for p in ours if p.before is not None), None) if self.task == "upscale" else None
        for pane in self.shown:
            original = pane.content == Content(self._source)
            pane.stand_in(enlarged if original else None)
        self.vote.refresh()
        self.scorer.refresh()

    # Files.

    def set_reference(self, reference: Path | None) -> None:
        """Measure every pane against a file, or (None) against nothing."""
        for pane in self.panes:
            pane.set_measured(reference is not None)
        self.bar.show_reference(reference)
        self.scorer.set_reference(reference)

    def _choose_reference(self) -> None:
        path = self._ask_for_file(self.tr("Choose a reference"))
        if path is not None:
            self.set_reference(path)

    def _choose_file(self, pane: Pane) -> None:
        path = self._ask_for_file(self.tr("Choose a picture to compare"))
        if path is not None:
            self.show_in(pane, Content(path))

    def _ask_for_file(self, title: str) -> Path | None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(READ_SUFFIXES))
        filters = self.tr("Pictures ({kinds});;All files (*)").format(kinds=kinds)
        chosen, _ = QFileDialog.getOpenFileName(self, title, self._settings.open_folder, filters)
        return Path(chosen) if chosen else None

    # The blind vote.

    def start_vote(self) -> None:
        """Let the person pick the best of nameless panes at several places with detail."""
        places = self._places()
        if places:
            self.bar.show_voting(True)
            self.vote.start(self.shown, places)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _places(self) -> list[Place]:
        canvases = (pane.restorer.canvas for pane in self.shown)
        bases = (canvas.base for canvas in canvases if canvas is not None)
        preview = next((base.preview for base in bases if base is not None and base.preview is not None), None)
        if preview is None:
            return []
        view = self.shared.viewport
        return detailed_places(preview, (view.canvas_width / view.width, view.canvas_height / view.height), ROUNDS)

    def _on_arranged(self, panes: list[Pane], place: Place) -> None:
        self._arrange(panes)
        self.shared.look_at(*place, 1.0)

    def _on_vote_ended(self, panes: list[Pane]) -> None:
        self._arrange(panes)
        self.bar.show_voting(False)
        self._follow()

    # Keys, and the end.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, voting = event.key(), self.vote.running
        moves = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        if key == Qt.Key.Key_Space:
            self._show_originals(True)
        elif key in moves:
            x, y = moves[Qt.Key(key)]
            self.shared.pan(x * PAN, y * PAN)
        elif voting and Qt.Key.Key_0 <= key <= Qt.Key.Key_4:
            self.vote.pick(key - Qt.Key.Key_1 if key != Qt.Key.Key_0 else None)
        elif voting and Qt.Key.Key_A <= key <= Qt.Key.Key_D:
            self.vote.pick(key - Qt.Key.Key_A)
        elif key == Qt.Key.Key_0:
            self.shared.fit()
        elif key in (Qt.Key.Key_1, Qt.Key.Key_2):
            self.shared.zoom_to(1.0 if key == Qt.Key.Key_1 else 2.0)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.shared.zoom_by(-1 if key == Qt.Key.Key_Minus else 1)
        elif key == Qt.Key.Key_Escape and self.vote.isVisible():
            self.vote.stop()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._show_originals(False)
        else:
            super().keyReleaseEvent(event)

    def _show_originals(self, original: bool) -> None:
        for pane in self.shown:
            pane.view.set_original(original)

    def done(self, result: int) -> None:
        self._close_down()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._close_down()
        super().closeEvent(event)

    def _close_down(self) -> None:
        self.scorer.stop()
        for pane in self.panes:
            pane.close_down()
