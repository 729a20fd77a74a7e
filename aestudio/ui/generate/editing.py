"""Edits pictures along directions: samples, places of the map and a person's own, each with its own settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from aestudio.errors import SettingsError
from aestudio.jobs.plane import through
from aestudio.ui.generate.directions import DirectionList
from aestudio.ui.generate.editor import Editor
from aestudio.ui.generate.live import LiveDecoder
from aestudio.ui.generate.steps import take_step
from aestudio.ui.generate.teacher import GROUPS
from aestudio.ui.language import sentence
from aestudio.ui.notifications import Notice
from aestudio.ui.question import ask_for_file
from aestudio.ui.widgets.sample_grid import Drawn

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.catalog.directions import Directions
    from aestudio.imageio.halve import Pixels
    from aestudio.ui.generate.bench import Bench

Vector = tuple[float, ...]
Amounts = dict[str, float]
Way = Literal["across", "up"]
Change = tuple[Drawn, Amounts]
Made = tuple[dict[Vector, Amounts], dict[str, list[Drawn]]]


class Editing(QObject):
    """Between the editor and the bench. ``active``: the large picture is this tool's."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.editor = Editor()
        self.directions = DirectionList(self)
        self.active = False
        self.base: Drawn | None = None
        self.pixels: Pixels | None = None
        self._place: Vector = ()
        """Where the picture that shows lies: while a slider moves, a step behind ``vector``."""
        self._amounts: dict[Vector, Amounts] = {}
        self._groups: dict[str, list[Drawn]] = {group: [] for group in GROUPS}
        self._picked_class = -1
        """The class of the place of the map that is waited for."""
        self._laid: dict[str, str] = {}
        """The keys of the directions that run ``across`` the map and ``up`` it."""
        self._live = LiveDecoder(bench.hub, "edit", self)
        self._picker = LiveDecoder(bench.hub, "pick", self)
        self._live.decoded.connect(self._on_decoded)
        self._picker.decoded.connect(self._on_picked)
        for decoder in (self._live, self._picker):
            decoder.failed.connect(bench.say)
        self.directions.notice.connect(bench.notice)
        self.directions.changed.connect(self._show_directions)
        editor = self.editor
        editor.moved.connect(self.move)
        editor.reset_asked.connect(self.reset)
        editor.keep_asked.connect(self.keep)
        editor.apply_asked.connect(self.apply)
        editor.renamed.connect(lambda key, name: self._keep_directions(self.directions.kept.renamed(key, name.strip())))
        editor.removed.connect(lambda key: self._keep_directions(self.directions.kept.without(key)))
        editor.exported.connect(self._export)
        editor.laid.connect(self.lay)
        editor.imported.connect(self._import)
        teacher = editor.teacher
        teacher.wanted.connect(lambda group: self.add_examples(group, bench.samples.grid.selected))
        teacher.dropped.connect(self.add_examples)
        teacher.files_dropped.connect(
            lambda group, files: bench.encode(files, lambda samples: self.add_examples(group, samples))
        )
        teacher.emptied.connect(lambda group: self._put_groups({**self._groups, group: []}))
        teacher.asked.connect(self.teach)
        bench.samples.grid.selection_changed.connect(self.refresh)

    # The picture.

    def begin(self, card: Card) -> None:
        """Take another model."""
        self.directions.begin(card)
        self.refresh()

    def forget(self) -> None:
        """Let go of what belongs to the model."""
        self.stop()
        self.base, self.pixels = None, None
        self._amounts = {}
        self._laid.clear()
        self._put_groups({group: [] for group in GROUPS})

    @property
    def made(self) -> Made:
        """How each picture was moved, and the examples in both wells."""
        return self._amounts, self._groups

    def bring_back(self, made: Made) -> None:
        """Know again what was made before another model was looked at."""
        self._amounts, groups = made
        self._put_groups(groups)

    def stop(self) -> None:
        """Decode nothing more."""
        self._live.stop()
        self._picker.stop()

    @property
    def amounts(self) -> Amounts:
        """How far the picture is moved along each direction; those at 0, and those that are gone, are left out."""
        kept = self._amounts.get(self.base.vector, {}) if self.base else {}
        return {key: amount for key, amount in kept.items() if self.directions.step(key) is not None}

    @property
    def vector(self) -> Vector:
        """Where the edited picture lies."""
        return () if self.base is None else self._moved(self.base)

    def choose(self, sample: Drawn) -> None:
        """Edit this sample; what was done to it before is there again. A place of the map that is waited for is not."""
        self._picker.stop()
        self._edit(sample)

    def _edit(self, sample: Drawn) -> None:
        if self.base is None or self.base.vector != sample.vector:
            self.base, self.pixels, self._place = sample, sample.pixels, sample.vector
        self._follow()

    def choose_place(self, vector: Vector) -> None:
        """Edit what lies at a place of the map."""
        card = self._bench.card()
        if card is not None:
            self._picked_class = self._bench.place_class
            self._picker.show(card.id, vector, self._picked_class)

    def _on_picked(self, vector: Vector, pixels: Pixels) -> None:
        # not chosen: a newer place may be waited for already
        self._edit(Drawn(pixels, vector, self._picked_class, self.tr("Place on the map")))

    def move(self, key: str, amount: float) -> None:
        """Move the picture along a direction; it follows at once, and one drag is undone as one step."""
        if self.base is not None:
            self._take({**self.amounts, key: amount}, (self.base.vector, key))

    def reset(self) -> None:
        """Set every slider back to 0."""
        self._take({}, None)

    def _take(self, amounts: Amounts, key: object) -> None:
        if self.base is not None:
            after = {k: v for k, v in amounts.items() if v}
            take_step(self._bench.history, (self.base, self.amounts), (self.base, after), self._put, key)

    def _put(self, change: Change) -> None:
        self.base, amounts = change
        self._amounts[self.base.vector] = amounts
        self._follow()

    def _follow(self) -> None:
        """Show the sliders as they are, and the picture as soon as it is there."""
        self.refresh()
        card = self._bench.card()
        if self.base is None or card is None:
            return
        self.editor.show_amounts(self.amounts)
        if not self.amounts:
            self._live.stop()
            self._on_decoded(self.base.vector, self.base.pixels)
        else:
            # the picture and its place show together, once, when it is there
            self._live.show(card.id, self.vector, self.base.label)

    def _on_decoded(self, vector: Vector, pixels: Pixels) -> None:
        self.pixels, self._place = pixels, vector
        self.show()

    def show(self) -> None:
        """Show the edited picture beside what it was, where this tool is in front."""
        if not self.active or self.base is None or self.pixels is None:
            return
        base, edited = self.base, bool(self.amounts)
        own = self._bench.own.find(base)
        original = own.pixels if own is not None else base.pixels
        title = self.tr("{name}, edited").format(name=base.name) if edited else base.name
        self._bench.show(title, self._place, self.pixels, original)
        if own is not None and not edited:
            self._bench.inspector.show_loss(own)

    def _moved(self, sample: Drawn) -> Vector:
        from aestudio.engine.directions import moved

        known = [(amount, self.directions.step(key)) for key, amount in self.amounts.items()]
        steps = [(amount, step) for amount, step in known if step is not None]
        return moved(sample.vector, steps) if steps else sample.vector

    def keep(self) -> None:
        """Put the edited picture among the samples."""
        if self.base is not None and self.amounts:
            self._keep_edited([self.base])

    def apply(self) -> None:
        """Move every selected sample along the same directions, and keep the results."""
        self._keep_edited(self._bench.samples.grid.selected)

    def _keep_edited(self, samples: list[Drawn]) -> None:
        words = self.tr("{name}, edited")
        made = [replace(s, vector=self._moved(s), name=words.format(name=s.name)) for s in samples]
        self._bench.decode_all(made, self._bench.put_in_front)

    # Directions.

    def add_examples(self, group: str, samples: list[Drawn]) -> None:
        """Put samples into a well of examples, each once."""
        known = {sample.vector for sample in self._groups[group]}
        self._put_groups(
            {**self._groups, group: [*self._groups[group], *(s for s in samples if s.vector not in known)]}
        )

    def _put_groups(self, groups: dict[str, list[Drawn]]) -> None:
        self._groups = groups
        self.editor.teacher.show_groups(groups)

    def teach(self) -> None:
        """Learn a direction from both wells."""
        teacher = self.editor.teacher
        if not teacher.button.isEnabled():
            return
        number = len(self.directions.kept.taught) + 1
        name = teacher.name.text().strip() or self.tr("My direction {number}").format(number=number)
        before = self.directions.kept
        found = self.directions.teach(name, *(self._groups[group] for group in GROUPS))
        if found is not None:
            take_step(self._bench.history, before, self.directions.kept, self.directions.keep)
            teacher.name.clear()
            teacher.words.setText(found.help)
            teacher.words.show()

    def _keep_directions(self, kept: Directions) -> None:
        take_step(self._bench.history, self.directions.kept, kept, self.directions.keep)

    def lay(self, key: str, way: Way) -> None:
        """Let a direction run ``across`` the map, or ``up`` it; its middle is the picture that is edited, where one is.

        The other way stays as it was, or is the widest other direction's.
        """
        known = {direction.key: direction for direction in (*self.directions.own(), *self.directions.taught())}
        other = "up" if way == "across" else "across"
        kept = self._laid.get(other)
        if kept not in known or kept == key:
            kept = next((name for name in known if name != key), key)
        laid = {way: key, other: kept}
        across, up = known[laid["across"]], known[laid["up"]]
        middle = self.base.vector if self.base is not None else (0.0,) * len(across.vector)
        try:
            plane = through(middle, across.vector, up.vector, (across.name, up.name))
        except SettingsError as error:
            self._bench.notice.emit(Notice("failure", sentence(error.what), sentence(error.advice)))
            return
        self._laid = laid
        self._bench.atlas.look_through(plane)

    def _export(self) -> None:
        folder = Path(self._bench.settings.save_folder or Path.home())
        suggested = folder / f"{self.directions.kept.model}-directions.json"
        title, kinds = self.tr("Export the taught directions"), self.tr("Directions (*.json)")
        target = ask_for_file(self.editor, title, suggested, kinds)
        if target is not None:
            self.directions.export(target)

    def _import(self) -> None:
        folder = self._bench.settings.save_folder or str(Path.home())
        title, kinds = self.tr("Take directions from a file"), self.tr("Directions (*.json)")
        chosen, _ = QFileDialog.getOpenFileName(self.editor, title, folder, kinds)
        if chosen:
            self.take_directions(Path(chosen))

    def take_directions(self, file: Path) -> None:
        """Add the directions of a file to those of the model."""
        kept = self.directions.with_those_of(file)
        if kept is not None:
            self._keep_directions(kept)

    def _show_directions(self) -> None:
        self.editor.show_directions([*self.directions.taught(), *self.directions.own()])
        self.editor.show_amounts(self.amounts)
        self._follow()

    def refresh(self) -> None:
        """Offer what can be done now."""
        selected = len(self._bench.samples.grid.selected)
        self.editor.show_state(self.base is not None, bool(self.amounts), selected)
