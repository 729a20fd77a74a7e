"""One pane of a comparison: a canvas, what it shows by name, and how long that took."""

from __future__ import annotations

import math
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from aestudio.errors import SettingsError
from aestudio.imageio.mix import Mix
from aestudio.jobs.spec import Restoration, RestorationTask
from aestudio.ui import theme, words
from aestudio.ui.canvas import Canvas
from aestudio.ui.compare.content import Content
from aestudio.ui.compare.pane_view import Layers, PaneView
from aestudio.ui.compare.shared_view import SharedView, fitted, same_shape
from aestudio.ui.in_sight import Sight
from aestudio.ui.mixed import Mixed
from aestudio.ui.naming import label, named, plain, tool_button
from aestudio.ui.restorer import Restorer

if TYPE_CHECKING:
    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.widgets.tile_pyramid import TilePyramid

LAYER_BYTES = 24 * 2**20
"""Pixels that each layer of a pane may hold: there are up to four panes."""


class Pane(QFrame):
    """Shows a Content. ``changed``: pixels, facts or state did; ``dropped``: a file to be shown here instead."""

    changed = Signal()
    dropped = Signal(object)

    def __init__(
        self,
        number: int,
        task: RestorationTask,
        hub: JobHub,
        settings: Settings,
        shared: SharedView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"pane{number}")
        # panes are of one width, whatever their names need
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.task: RestorationTask = task
        self.content: Content | None = None
        self.title = ""
        self.letter = ""
        self._veiled = False
        self._shared = shared
        self._stand_in: TilePyramid | None = None
        self._score, self._score_help, self._problem = "", "", ""
        self._measured = False
        self.restorer = Restorer(
            hub, self._wanted, lambda: settings.max_pixels, self._sight, self, fill=False, layer_bytes=LAYER_BYTES
        )
        self.view = named(
            PaneView(shared),
            f"pane{number}View",
            self.tr("Pane {n}").format(n=number),
            self.tr("Drag moves all panes, wheel zooms, space shows the original. Drop a file to show it here."),
        )
        self.view.setToolTip("")
        self.picker = tool_button(
            f"pane{number}Picker", self.tr("Shown in pane {n}").format(n=number), self.tr("Choose what shows here.")
        )
        self.picker.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.picker.setProperty("role", "name")
        self.adjust = tool_button(
            f"pane{number}Settings",
            self.tr("Settings of pane {n}").format(n=number),
            self.tr("Noise level and strength of this pane."),
            "sliders",
        )
        self.retry = tool_button(
            f"pane{number}Retry",
            self.tr("Try again in pane {n}").format(n=number),
            self.tr("Do the same once more."),
            "retry",
        )
        self.retry.hide()
        self.name = label("", "section")
        self.name.setContentsMargins(8, 6, 8, 6)
        self.name.hide()
        self.score = named(label(""), f"pane{number}Score", self.tr("Figures"))
        self.facts = named(label("", "quiet", wrap=True), f"pane{number}Facts", self.tr("About this pane"))
        for figures in (self.score, self.facts):
            figures.setFont(theme.tabular(figures.font()))
        self.facts.setMinimumHeight(32)
        self.score.hide()
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self.picker, self.name, self.adjust, self.retry):
            row.addWidget(widget)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 6, 12, 6)
        foot.setSpacing(2)
        foot.addLayout(row)
        for line in (self.score, self.facts):
            line.setContentsMargins(8, 0, 0, 0)
            foot.addWidget(line)
        box.addLayout(foot)
        self.mixed = Mixed(hub, self._sight, self)
        self.mixed.changed.connect(self.view.update)
        self.restorer.set_active(True)
        self.restorer.shown.connect(self._show)
        self.restorer.tile_arrived.connect(lambda *_: self._show())
        self.restorer.stepped.connect(lambda _: self._show())
        self.view.dropped.connect(self.dropped)
        self.retry.clicked.connect(self._try_again)
        shared.moved.connect(self.restorer.looked)
        shared.moved.connect(self.mixed.look)

    # What is shown.

    def show_content(self, content: Content, title: str) -> None:
        """Show something else under this name."""
        old, self.content, self.title = self.content, content, title
        self.picker.setText(title)
        self.name.setText(title)
        self._score = self._problem = ""
        if old is None or old.path != content.path:
            self.restorer.show(content.path)
        elif old.restoration(self.task) != content.restoration(self.task):
            self.restorer.settings_changed()
        self.adjust.setVisible(content.choice is not None and not self.letter)
        self._show()

    def set_measured(self, measured: bool) -> None:
        """Keep room for figures, as all panes do while there is a reference."""
        self._measured = measured
        self._show_facts()

    def show_score(self, text: str, help_text: str = "", problem: str = "") -> None:
        """Show how near this is to the reference, or why that cannot be measured."""
        self._score, self._score_help, self._problem = text, help_text, problem
        self._show_facts()

    def stand_in(self, before: TilePyramid | None) -> None:
        """Take the plain enlargement of the original from another pane, to be shown where the original is."""
        if before is not self._stand_in:
            self._stand_in = before
            self._show()

    def hide_name(self, letter: str) -> None:
        """Call this pane by a letter and tell nothing of it, for a blind vote; with "" all is told again."""
        self.letter = letter
        self.name.setText(letter or self.title)
        self.name.setVisible(bool(letter))
        self.picker.setVisible(not letter)
        self.adjust.setVisible(not letter and self.content is not None and self.content.choice is not None)
        self._show()

    def veil(self, veiled: bool) -> None:
        """Show the original while true, so that nothing is told by which result comes first."""
        if veiled != self._veiled:
            self._veiled = veiled
            self._show()

    @property
    def size_shown(self) -> tuple[int, int]:
        """The (width, height) of what shows, zeros while that is unknown."""
        facts = self.restorer.canvas.facts if self.restorer.canvas is not None else None
        if facts is None:
            return 0, 0
        return int(facts.width * self.enlargement + 0.5), int(facts.height * self.enlargement + 0.5)

    @property
    def enlargement(self) -> float:
        """How many times larger than its file this shows a picture; 1 where it cannot become as large as wanted."""
        canvas, restoration = self.restorer.canvas, self._wanted()
        if canvas is None or canvas.facts is None or restoration is None:
            return 1.0
        try:
            return restoration.factor(canvas.facts.width, canvas.facts.height)
        except SettingsError:
            return 1.0

    @property
    def before(self) -> TilePyramid | None:
        """What the result of this pane began with, or None where it shows a file."""
        canvas = self.restorer.canvas
        return canvas.before if canvas is not None and self._wanted() is not None else None

    @property
    def stands_in(self) -> bool:
        """Whether the original shows as a plain enlargement of it."""
        return self._stand_in is not None and self._wanted() is None

    @property
    def ready(self) -> bool:
        """Whether all that is in sight shows."""
        canvas = self.restorer.canvas
        if canvas is None or canvas.failure is not None or not canvas.loaded or self.restorer.busy:
            return False
        return self._wanted() is None or self.restorer.current_result

    def box_in_sight(self) -> tuple[int, int, int, int]:
        """Return (left, top, right, bottom) of what is in sight, in whole pixels of what shows."""
        (left, top, right, bottom), _ = self._sight_of(*self.size_shown)
        return math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)

    def close_down(self) -> None:
        """Stop everything, for good."""
        self.restorer.close()
        self.mixed.close()

    def _wanted(self) -> Restoration | None:
        return self.content.restoration(self.task) if self.content is not None else None

    def _sight(self) -> Sight:
        canvas = self.restorer.canvas
        whole = (canvas.after or canvas.base) if canvas is not None else None
        return self._sight_of(whole.width, whole.height) if whole is not None else ((0.0, 0.0, 0.0, 0.0), 1.0)

    def _sight_of(self, width: int, height: int) -> Sight:
        """Return what is in sight of a picture of that size that is fitted into the view, and its zoom."""
        view = fitted(self._shared.viewport, width, height)
        if not view.width or not view.height:
            return (0.0, 0.0, float(width), float(height)), 1.0
        left, top = view.to_picture(0, 0)
        right, bottom = view.to_picture(view.canvas_width, view.canvas_height)
        x, y = width / view.width, height / view.height
        box = max(left, 0.0) * x, max(top, 0.0) * y, min(right, view.width) * x, min(bottom, view.height) * y
        return box, view.zoom / x

    def _show(self) -> None:
        canvas, content = self.restorer.canvas, self.content
        if canvas is None or content is None:
            return
        if content.choice is None or self._veiled:
            self.view.show_layers(Layers(canvas.base, self._stand_in))
        else:
            self._show_mixed(canvas, content.choice.mix)
        self._show_facts()
        self.changed.emit()

    def _show_mixed(self, canvas: Canvas, mix: Mix) -> None:
        self.mixed.set_layers(canvas.before, canvas.after, canvas.texture)
        self.mixed.set_mix(mix)
        self.mixed.set_on(not mix.uniform)
        # outside a mask nothing shows, not even until the pieces of the mixture are made
        strength = mix.light if mix.mask is None else 0.0
        self.view.show_layers(Layers(canvas.base, canvas.before, canvas.after, self.mixed.layer, strength))

    def _try_again(self) -> None:
        # the button goes, and the keys go on where it was
        self.view.setFocus()
        self.restorer.run()

    # What is said.

    def _show_facts(self) -> None:
        failure = self.restorer.canvas.failure if self.restorer.canvas is not None else None
        self.retry.setVisible(failure is not None)
        self.score.setText(self._score)
        self.score.setVisible(self._measured and not self.letter)
        self.score.setToolTip(self._score_help)
        if self.letter:
            text = ""
        elif failure is not None:
            text = f"⚠ {failure.what} {failure.advice}".strip()
        else:
            text = self._problem or " · ".join(self._words())
        if text != self.facts.text():
            self.facts.setText(text)
            self.facts.setToolTip(plain(text))
        name = self.letter or self.title
        self.view.setAccessibleName(self.tr("Pane {name}").format(name=name))

    def _words(self) -> list[str]:
        canvas = self.restorer.canvas
        if canvas is None or canvas.facts is None or self.content is None:
            return [self.tr("Opening…")]
        if self._wanted() is None:
            return [words.size(*self.size_shown), *self._fit_words()]
        if self.restorer.busy:
            return [self.tr("Restoring…")]
        return [*self._pace_words(), *self._setting_words()]

    def _pace_words(self) -> list[str]:
        canvas = self.restorer.canvas
        if canvas is None or not canvas.pace:
            return []
        pace = median(canvas.pace)
        return [self.tr("{seconds} s a megapixel").format(seconds=f"{pace:.0f}" if pace >= 10 else f"{pace:.2g}")]

    def _setting_words(self) -> list[str]:
        canvas, choice = self.restorer.canvas, self.content.choice if self.content is not None else None
        started = canvas.started if canvas is not None else None
        said = []
        if started is not None and started.noise is not None:
            how = self.tr("noise measured at {level:.1f}") if started.estimated else self.tr("noise set to {level:.1f}")
            said.append(how.format(level=started.noise))
        if choice is not None and choice.strength < 1:
            said.append(self.tr("strength {percent:.0f}%").format(percent=choice.strength * 100))
        if choice is not None and choice.detail:
            said.append(self.tr("detail {percent:.0f}%").format(percent=choice.detail * 100))
        if choice is not None and choice.ensemble:
            said.append(self.tr("best quality"))
        return said

    def _fit_words(self) -> list[str]:
        """Say how a file of another size is brought to the size of the first pane's."""
        width, height = self.size_shown
        view = self._shared.viewport
        if not width or (width, height) == (view.width, view.height):
            return []
        if self._stand_in is not None:
            return [self.tr("enlarged plainly (bicubic)")]
        factor = fitted(view, width, height).width / width
        if factor > 1:
            said = self.tr("shown ×{factor:.3g} larger to fit").format(factor=factor)
        else:
            said = self.tr("shown ×{factor:.3g} smaller to fit").format(factor=1 / factor)
        if same_shape(view, width, height):
            return [said]
        return [said, self.tr("another shape, so its points do not lie where the others' do")]


def file_title(path: Path) -> str:
    """Return a file's name, shortened in its middle where it is long."""
    name = path.name
    return name if len(name) <= 32 else f"{name[:18]}…{name[-12:]}"
