"""The main window: tabs, menu, notices, and the way of files into them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from aestudio import settings
from aestudio.ui.batch_care import BatchCare
from aestudio.ui.dialog_opener import DialogOpener
from aestudio.ui.equipment import Equipment
from aestudio.ui.front_page import FrontPage
from aestudio.ui.help import Help
from aestudio.ui.intake import Intake
from aestudio.ui.job_hub import JobHub
from aestudio.ui.last_session import LastSession
from aestudio.ui.later_page import LaterPage
from aestudio.ui.left_behind import LeftBehind
from aestudio.ui.main_menu import MainMenu
from aestudio.ui.naming import label, named
from aestudio.ui.notifications import Notice, funnel
from aestudio.ui.pictures import Pictures
from aestudio.ui.queue_journal import QueueJournal
from aestudio.ui.recipes import Recipes
from aestudio.ui.samples import Samples
from aestudio.ui.session_store import SessionStore
from aestudio.ui.tabs.denoise import DenoiseTab
from aestudio.ui.tabs.super_resolution import SuperResolutionTab
from aestudio.ui.training.desk import TrainingDesk
from aestudio.ui.widgets.drop_area import carries_files, dropped_paths
from aestudio.ui.widgets.notice_bar import NoticeBar
from aestudio.ui.window_corner import HEIGHT, WindowCorner
from aestudio.ui.window_theme import WindowTheme
from aestudio.ui.worker_thread import WorkerThread

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent

    from aestudio.jobs.client import EngineClient
    from aestudio.ui.tabs.generate import GenerateTab
    from aestudio.ui.tabs.restore import RestoreTab


class MainWindow(QMainWindow):
    """The studio. ``client`` drives the engine (None: a real engine process); with ``in_steps`` what is not in
    sight at first is made once the window is painted.

    ``idle`` is False before a call that causes work returns, and True again when nothing that the
    person waits for is under way; ``became_idle`` says when.
    """

    became_idle = Signal()
    # It shows nothing and opens nothing any more.
    closing = Signal()
    _noticed = Signal(object)

    def __init__(self, client: EngineClient | None = None, in_steps: bool = False) -> None:
        super().__init__()
        app = QApplication.instance()
        self._fresh = "--fresh" in QApplication.arguments() or (app is not None and app.property("fresh") is True)
        self.settings = settings.Settings() if self._fresh else settings.load()
        named(self, "mainWindow", "aestudio")
        self.setWindowTitle("aestudio")
        self.setAcceptDrops(True)
        # what a screen of 960 x 540 logical pixels has room for
        self.setMinimumSize(920, 480)
        self._closed = False
        self._painted = False
        self.worker = WorkerThread(client, self)
        self.hub = JobHub(self.worker, self)
        self.journal = QueueJournal(self)
        self.pictures = Pictures(self.hub, self)
        self.intake = Intake(self.hub, self.settings, self)
        self._build()
        self.dialogs = DialogOpener(self.hub, self.pictures, self.settings, self)
        self.dialogs.models_changed.connect(self._on_model_made)
        self.dialogs.preferred.connect(self._on_preferences)
        self.dialogs.default_chosen.connect(self._on_default_model)
        self.batch_care.watch(self.dialogs.writing, self.dialogs.writing_changed)
        self.help = Help(self, self.notices, self.dialogs.show)
        self.session = LastSession(self.settings, self.hub, self.pictures, self.tabs, self._restore_tabs())
        self.store = SessionStore(self.settings, self.session, lambda: not self._fresh, self)
        self.session.found.connect(self._on_found)
        self.session.notice.connect(self.notices.show_notice)
        self._make_menu()
        if not in_steps:
            self._make_all()
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)
        self._warm_up.setInterval(0)
        self._warm_up.timeout.connect(self._begin)
        self.intake.wanted.connect(self.open_files)
        self.intake.found.connect(self._on_found)
        self.intake.notice.connect(self.notices.show_notice)
        self.pictures.renewed.connect(self._on_renewed)
        self.hub.became_idle.connect(self.became_idle)
        self._noticed.connect(self.notices.show_notice)
        self._unsubscribe: Callable[[], None] = funnel.subscribe(self._noticed.emit)
        self.theme = WindowTheme(self.settings, self)
        self.theme.changed.connect(self._restyle)
        self.session.place(self)
        self._on_tab()

    @property
    def idle(self) -> bool:
        """Whether no job, preview or load that the person waits for is under way."""
        return self.hub.idle

    # Construction.

    def _build(self) -> None:
        self.notices = NoticeBar()
        self.denoise = DenoiseTab(self.hub, self.journal, self.pictures, self.settings)
        self.super_resolution = SuperResolutionTab(self.hub, self.journal, self.pictures, self.settings)
        self.samples = Samples(self.hub, [self.denoise.drop_area, self.super_resolution.drop_area], self)
        self.batch_care = BatchCare(self._restore_tabs(), self)
        self.training = TrainingDesk(self, self.denoise.photo_in_sight, self.hub)
        self.training.notice.connect(self.notices.show_notice)
        self.training.model_made.connect(self._on_model_made)
        self.training.learned.connect(self.denoise.keeper.give_model)
        self.left_behind = LeftBehind(self.journal, self.pictures, self._restore_tabs(), self)
        self.tabs = named(QTabWidget(), "tabs", self.tr("Tasks"))
        self.recipes = Recipes(self.tabs)
        self.recipes.notice.connect(self.notices.show_notice)
        for tab, title in (
            (self.denoise, self.tr("Denoise")),
            (self.super_resolution, self.tr("Super-resolution")),
        ):
            self.tabs.addTab(tab, title)
            tab.notice.connect(self.notices.show_notice)
        self._generate = LaterPage(self.tabs, self.tr("Generate"), self._make_generate)
        self.front = FrontPage(self.tabs, self._restore_tabs(), lambda: self.generate, self.recipes)
        self.tabs.tabBar().setAccessibleName(self.tr("Tasks"))
        for restore_tab in self._restore_tabs():
            restore_tab.open_asked.connect(self.intake.choose_files)
            restore_tab.dropped.connect(self.open_files)
            restore_tab.keeper.changed.connect(self._show_steps)
            restore_tab.inspector.presets.stored.connect(lambda: self.store.now())
            self.recipes.watch(restore_tab)
            restore_tab.bar.compare.clicked.connect(lambda: self.dialogs.comparison(self.front.restoring))
        brand = label("aestudio", "brand")
        brand.setMinimumHeight(HEIGHT)
        self.tabs.setCornerWidget(brand, Qt.Corner.TopLeftCorner)
        self.tab_corner = WindowCorner(self.training.button)
        self.device_label = self.tab_corner.device_label
        pages, where = self._restore_tabs(), self.device_label
        self.equipment = Equipment(self.hub, self.journal, pages, where, self.settings, self)
        self.equipment.notice.connect(self.notices.show_notice)
        self.tabs.setCornerWidget(self.tab_corner, Qt.Corner.TopRightCorner)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.notices)
        box.addWidget(self.left_behind.bar)
        box.addWidget(self.tabs, 1)
        self.setCentralWidget(body)
        self.tabs.currentChanged.connect(self._on_tab)

    def _make_generate(self) -> GenerateTab:
        from aestudio.ui.tabs.generate import GenerateTab

        tab = GenerateTab(self.hub, self.settings)
        tab.notice.connect(self.notices.show_notice)
        tab.inspector.open_button.clicked.connect(self.intake.choose_files)
        tab.open_wanted.connect(self._restore_files)
        tab.tools.steps_changed.connect(self._show_steps)
        self.batch_care.watch(tab.writing, tab.writing_changed)
        if self.settings.panels_folded:
            tab.fold_panels(True)
        return tab

    @property
    def generate(self) -> GenerateTab:
        """The page that makes new pictures."""
        return self._generate.page

    def _pages(self) -> list[RestoreTab | GenerateTab]:
        """Return the pages that are made."""
        made = self._generate.made
        return [*self._restore_tabs(), *([made] if made is not None else [])]

    def _restore_tabs(self) -> tuple[RestoreTab, RestoreTab]:
        return self.denoise, self.super_resolution

    def _make_menu(self) -> None:
        menu = MainMenu(self)
        self.undo_action, self.redo_action, self.fold_action = menu.undo, menu.redo, menu.fold
        menu.learn.setEnabled(False)
        self.denoise.restorer.shown.connect(lambda: menu.learn.setEnabled(self.denoise.photo_in_sight()[0] is not None))
        self.tab_corner.menu_button.setMenu(menu)
        self.tab_corner.full_button.clicked.connect(menu.full.trigger)
        self.tab_corner.fold_button.clicked.connect(self.fold_action.trigger)
        if self.settings.panels_folded:
            self.fold_action.setChecked(True)
            self.fold()

    # Files into the window.

    def open_files(self, files: list[Path]) -> None:
        """Open files, and the pictures of folders, in the restoring tab that is in front (or Denoise)."""
        if not files:
            return
        if self._generate.is_front():
            if self.generate.take(files):
                return
            self.tabs.setCurrentWidget(self.denoise)
        self.intake.open(files)

    def _restore_files(self, files: list[Path]) -> None:
        """Open files on the Denoise page, from wherever they were chosen."""
        self.tabs.setCurrentWidget(self.denoise)
        self.intake.open(files)

    def open_session(self, files: list[Path]) -> None:
        """Open these files, or else what was open when the window was closed last; settings are those of then."""
        if not self._fresh:
            self.session.open(pictures=not files)
        self.open_files(files)

    def paste(self) -> None:
        """Open what is on the clipboard: files, or a picture."""
        self.intake.paste()

    def _on_found(self, files: list[Path], first: bool = True) -> None:
        new = self.pictures.add(files, first)
        tab = self.front.restoring
        if first and not new and files and tab is not None:
            tab.file_list.pick(files[0].absolute())
            tab.restorer.check()

    def _on_renewed(self, path: Path) -> None:
        what = self.tr("{name} has changed on disk and was read again.").format(name=path.name)
        self.notices.show_notice(Notice("info", what))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # another program may have written the picture meanwhile
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not self._closed:
            tab = self.front.restoring
            if tab is not None:
                tab.restorer.check()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # what is dragged out of this window is not dropped into it
        if event.source() is None and carries_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_paths(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.open_files(files)

    # The menu.

    def _show_steps(self) -> None:
        """Offer to undo and redo where there is something to."""
        can_undo, can_redo = self.front.can_step()
        self.undo_action.setEnabled(can_undo)
        self.redo_action.setEnabled(can_redo)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop that."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # what no tool had a use for
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def fold(self) -> None:
        """Hide the panels beside the canvas while that is ticked."""
        folded = self.fold_action.isChecked()
        self.settings.panels_folded = folded
        for tab in self._pages():
            tab.fold_panels(folded)

    def _on_default_model(self, task: str, model: str) -> None:
        self.settings.default_model = {**self.settings.default_model, task: model}
        self.store.now()
        for tab in self._restore_tabs():
            tab.inspector.default_changed()

    def _on_model_made(self) -> None:
        if self._closed:
            return
        for tab in self._restore_tabs():
            tab.inspector.load_models()
        if self._generate.made is not None:
            self._generate.made.load_models()

    def _on_preferences(self) -> None:
        self.apply_theme(self.settings.theme)
        self.store.now()
        self.equipment.choose()

    # Theme.

    def apply_theme(self, choice: str) -> None:
        """Use the theme of a setting: ``dark``, ``light`` or ``auto``."""
        self.theme.apply(choice)

    def _restyle(self) -> None:
        self.notices.restyle()
        self.left_behind.bar.restyle()
        self.samples.restyle()
        self.training.restyle()
        for tab in self._pages():
            tab.restyle()

    # The engine.

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            # Only now, so that starting the engine does not delay the first paint.
            self._painted = True
            self._warm_up.start()

    def _begin(self) -> None:
        if not self._closed:
            if not self.worker.isRunning():
                self.equipment.starting()
                self.worker.start()
            self.samples.ask()
            if not self._fresh:
                self.left_behind.look()
                self.help.tell_of_crashes()
            self._make_all()

    def _make_all(self) -> None:
        """Make what was left for later."""
        _ = self.generate

    def _on_tab(self) -> None:
        if self._generate.is_front():
            self._make_all()
        self._show_steps()
        front = self.tabs.currentWidget()
        # The others stop first; the hold keeps the change from looking like idleness.
        self.hub.hold("tab")
        for tab in self._pages():
            if tab is not front:
                tab.set_active(False)
        for tab in self._pages():
            if tab is front:
                tab.set_active(True)
        self.hub.release("tab")

    # The end.

    def closeEvent(self, event: QCloseEvent) -> None:
        left, files = self.batch_care.left(), self.batch_care.writing()
        if not self._closed and (((left or files) and not self._sure(left)) or not self.training.may_close()):
            event.ignore()
            return
        self._shut_down()
        event.accept()
        super().closeEvent(event)

    def _sure(self, left: int) -> bool:
        return self.batch_care.may_stop(left)

    def _shut_down(self) -> None:
        if self._closed:
            return
        self._closed = True
        # at once: what comes now may take longer than a system that shuts down waits
        self.store.leave()
        # A trainer may take some seconds to keep what it has learned: nobody looks at a window that stands still.
        self.hide()
        self.closing.emit()
        self._unsubscribe()
        self.theme.close()
        self._warm_up.stop()
        for tab in self._pages():
            tab.close_down()
        self.dialogs.close_all()
        self.intake.close_down()
        self.training.close_down()
        self.worker.stop()
        self.journal.close()
        self.batch_care.close()
        self.store.close()
