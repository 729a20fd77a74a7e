"""The tools of the generate page: which one is in front, and what all of them do when the model or the page changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.ui.generate.adding import Adding
from aestudio.ui.generate.bench import Bench
from aestudio.ui.generate.editing import Editing
from aestudio.ui.generate.exchange import Exchange
from aestudio.ui.generate.walking import Walking

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.catalog.card import Card
    from aestudio.jobs.events import Encoded
    from aestudio.ui.generate.adding import Sum
    from aestudio.ui.generate.editing import Made
    from aestudio.ui.generate.walking import Route
    from aestudio.ui.widgets.sample_grid import Drawn


@dataclass(frozen=True)
class Left:
    """What a person made with a model: kept samples, own pictures, edits and examples, the sum, the path."""

    kept: list[Drawn]
    own: dict[tuple[float, ...], Encoded]
    edit: Made
    mix: Sum
    path: Route


class Tools(QObject):
    """``steps_changed``: there is something to undo or redo now, or no longer."""

    steps_changed = Signal()

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.edit, self.mix, self.path = Editing(bench, self), Adding(bench, self), Walking(bench, self)
        self.exchange = Exchange(bench, self)
        inspector = bench.inspector
        inspector.add_fold(self.exchange.panel)
        inspector.add_tool("edit", self.tr("Edit"), self.edit.editor, self.edit.editor.footer)
        inspector.add_tool("mix", self.tr("Mix"), self.mix.panel, self.mix.panel.footer)
        inspector.add_tool("path", self.tr("Path"), self.path.panel, self.path.panel.footer)
        inspector.tool_changed.connect(self._on_tool)
        for signal in (bench.history.canUndoChanged, bench.history.canRedoChanged):
            signal.connect(lambda _: self.steps_changed.emit())
        bench.samples.changed.connect(lambda: self.edit.directions.find_in(bench.samples.grid.samples))
        bench.map.clicked.connect(self._on_clicked)
        bench.atlas.plane_changed.connect(self._on_plane)

    @property
    def tool(self) -> str:
        """The tool in front."""
        return self.bench.inspector.tool

    @property
    def holds_picture(self) -> bool:
        """Whether the large picture is a tool's, and not what lies under the cursor."""
        return self.edit.active or (self.mix.active and self.mix.has_result) or self.path.playing

    @property
    def busy(self) -> str:
        """What is under way that is worth a word: ``export``, ``own`` (pictures) or nothing."""
        return "export" if self.path.saver.busy else "own" if self.bench.busy or self.exchange.busy else ""

    @property
    def writing(self) -> list[Path]:
        """The files that are being written."""
        return [*self.path.saver.writing, *self.exchange.writing]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.bench.history.canUndo()

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self.bench.history.canRedo()

    def step(self, back: bool) -> None:
        """Take a step back, or do it once more."""
        if back:
            self.bench.history.undo()
        else:
            self.bench.history.redo()

    def begin(self, card: Card) -> None:
        """Take another model."""
        self.edit.begin(card)
        self.path.support = self.edit.directions.support

    def choose(self, sample: Drawn) -> None:
        """Hear that a sample was chosen; return at once where no tool wants it."""
        if self.tool == "edit":
            self.edit.choose(sample)

    def stop(self) -> None:
        """Stop what is being made."""
        for tool in (self.bench, self.edit, self.mix, self.path, self.exchange):
            tool.stop()

    def forget(self) -> None:
        """Let go of everything: another model is looked at."""
        for tool in (self.edit, self.mix, self.path, self.exchange, self.bench):
            tool.forget()

    def left(self) -> Left:
        """Return what was made with the model that is looked at."""
        bench = self.bench
        return Left(list(bench.samples.kept), bench.own.found, self.edit.made, self.mix.sum, self.path.route)

    def bring_back(self, left: Left) -> None:
        """Have again what was made with a model, which is looked at once more; its steps cannot be undone any more."""
        self.bench.samples.bring_back(left.kept)
        self.bench.own.bring_back(left.own)
        self.edit.bring_back(left.edit)
        self.mix.bring_back(left.mix)
        self.path.bring_back(replace(self.path.route, pins=left.path.pins))

    def set_active(self, active: bool) -> None:
        """Play nothing while another page is in front."""
        self.path.set_active(active and self.tool == "path")

    def close_down(self) -> None:
        """Stop everything, for good."""
        self.path.close_down()

    def _on_tool(self) -> None:
        self.edit.active, self.mix.active = self.tool == "edit", self.tool == "mix"
        self.path.set_active(self.tool == "path")
        self.bench.atlas.picks = self.tool != "path"
        current = self.bench.samples.grid.current
        if self.edit.active:
            if current is not None:
                self.edit.choose(current)
            self.edit.show()
        elif self.mix.active and self.mix.has_result:
            self.mix.show()
        elif self.tool == "path" and self.path.route.pins:
            # its own frame is in front
            return
        elif self.tool == "samples" and current is not None:
            self.bench.samples.chosen.emit(current)
        else:
            self.bench.show_cursor()

    def _on_plane(self) -> None:
        """Show on another plane where a tool's picture lies."""
        if self.edit.active:
            self.edit.show()
        elif self.mix.active and self.mix.has_result:
            self.mix.show()

    def _on_clicked(self, x: float, y: float) -> None:
        vector = self.bench.vector(x, y)
        if self.tool == "edit" and vector is not None:
            self.edit.choose_place(vector)
        elif self.tool == "path":
            self.path.add_place(x, y)
