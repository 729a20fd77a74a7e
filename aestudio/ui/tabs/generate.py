"""Generate: the map of a latent space, samples from a seed, and the picture under the cursor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from aestudio.imageio.folders import holds
from aestudio.jobs.events import Event, Failed, Finished, PicturesReady
from aestudio.jobs.spec import Decode, Export
from aestudio.ui.generate.atlas import Atlas
from aestudio.ui.generate.bench import Bench
from aestudio.ui.generate.exchange import SUFFIXES
from aestudio.ui.generate.tools import Left, Tools
from aestudio.ui.naming import named
from aestudio.ui.notifications import Notice
from aestudio.ui.question import ask_for_file
from aestudio.ui.tabs.generate_controls import GenerateControls
from aestudio.ui.tabs.own_pictures import OwnPictures
from aestudio.ui.tabs.samples import Samples
from aestudio.ui.tabs.status_row import StatusRow
from aestudio.ui.widgets.latent_map import LatentMap

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from aestudio.catalog.card import Card
    from aestudio.imageio.halve import Pixels
    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.widgets.sample_grid import Drawn


class GenerateTab(QWidget):
    """Works only while it is in front; the map and the first samples are made when it first is.

    ``open_wanted`` carries files that are to be restored; ``writing_changed``: other files are being written now.
    """

    notice = Signal(object, object)
    open_wanted = Signal(list)
    writing_changed = Signal()

    def __init__(self, hub: JobHub, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("generateTab")
        self.setAccessibleName(self.tr("Generate"))
        self._hub, self._settings = hub, settings
        self._active = False
        self._made_for = ""
        self._shown: Card | None = None
        self._left: dict[str, tuple[Card, Left]] = {}
        """What was made with the models that were looked at, for when they are again."""
        self._jobs: dict[str, str] = {}
        self._targets: dict[str, Path] = {}
        """Where samples are exported to, by job."""
        self._wrote: list[Path] = []
        self._marked: tuple[object, object, object] = (None, None, None)
        """The kept samples, the plane and the points that the marks on the map are of."""
        self._next_vector: tuple[float, ...] | None = None
        self._next_class = -1
        self._beside: Pixels | None = None
        self._build()
        self.load_models()

    def _build(self) -> None:
        self.map = named(
            LatentMap(),
            "latentMap",
            self.tr("Map of the latent space"),
            self.tr("Move over it, or use the arrow keys; Enter chooses, as a click does."),
        )
        self.map.setToolTip("")
        self.atlas = Atlas(self._hub, self._settings, self.map, self)
        self.samples = Samples(self._hub)
        self.grid = self.samples.grid
        self.own = OwnPictures(self._hub, self._settings, self)
        self.inspector = GenerateControls(self._hub)
        self.decoded = self.inspector.decoded
        bench = Bench(self._hub, self._settings, self.inspector, self.samples, self.own, self.map, self.atlas, self)
        self.tools = Tools(bench, self)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.map, 1)
        middle.addWidget(self.samples)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.atlas.panel)
        row.addLayout(middle, 1)
        row.addWidget(self.inspector)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(row, 1)
        self.row = StatusRow()
        self.row.cancel_button.clicked.connect(self.cancel)
        page.addWidget(self.row)
        self.inspector.model_changed.connect(self._on_model)
        self.inspector.draw_changed.connect(self._on_draw_changed)
        self.inspector.sample_button.clicked.connect(self.sample)
        self.inspector.export_button.clicked.connect(self.export)
        self.map.moved.connect(self._on_moved)
        self.inspector.class_picker.currentIndexChanged.connect(lambda row: self.atlas.set_label(max(row - 1, -1)))
        self.atlas.changed.connect(self._refresh)
        self.atlas.plane_changed.connect(self._show_marks)
        self.atlas.failed.connect(self._on_failed)
        self.atlas.notice.connect(lambda notice: self.notice.emit(notice, None))
        self.atlas.picked.connect(self._on_picked)
        self.atlas.open_wanted.connect(self.open_wanted)
        self.samples.chosen.connect(self._on_chosen)
        self.samples.failed.connect(lambda event: self._on_failed(event, "samples"))
        self.samples.changed.connect(self._refresh)
        self.own.encoded.connect(self.samples.adopt)
        self.own.failed.connect(lambda event: self._on_failed(event, "own"))
        self.own.changed.connect(self._refresh)
        bench.changed.connect(self._refresh)
        bench.progressed.connect(self._refresh)
        bench.notice.connect(lambda notice: self.notice.emit(notice, None))

    # Models.

    def load_models(self) -> None:
        """List the installed models."""
        self.inspector.load_models()

    def card(self) -> Card | None:
        """Return the card of the chosen model."""
        return self.inspector.card()

    def _on_model(self) -> None:
        card = self.card()
        if card is None:
            lack = self.tr("No model that makes pictures is installed.\nTrain one, or install aestudio again.")
            self.map.show_message(lack)
        self.samples.setVisible(card is not None)
        self.atlas.panel.setEnabled(card is not None)
        self._begin()
        self._refresh()

    def set_active(self, active: bool) -> None:
        """Work only while in front."""
        self._active = active
        self.tools.set_active(active)
        self._begin()
        self._refresh()

    def _begin(self) -> None:
        """Make the map and the first samples of a model that was not shown yet."""
        card = self.card()
        if not self._active or card is None or (self._made_for and _same_model(card, self._shown)):
            return
        if self._made_for and self._shown is not None:
            # another model's; after a failure, what was kept stays
            self._left[self._made_for] = self._shown, self.tools.left()
            self.own.forget()
            self.samples.forget()
            self.tools.forget()
        self.tools.begin(card)
        self._made_for, self._shown = card.id, card
        for job_id in [other for other, what in self._jobs.items() if what != "export"]:
            self._hub.drop(job_id)
            del self._jobs[job_id]
        self.decoded.show_pixels(None)
        self.inspector.show_decoded(self.tr("Under the cursor"), "")
        self.atlas.label = self.inspector.class_picker.currentIndex() - 1
        self.atlas.begin(card)
        known, left = self._left.pop(card.id, (None, None))
        if left is not None and _same_model(card, known):
            self.tools.bring_back(left)
        self.sample()

    # Jobs.

    def _submit(self, job: Decode | Export, what: str) -> None:
        self._jobs[job.id] = what
        self._hub.submit(job, self._on_event)
        self._refresh()

    def sample(self) -> None:
        """Make samples from the seed."""
        if self.card() is not None:
            self.samples.draw(self.inspector.job())

    def _on_draw_changed(self) -> None:
        job = self.inspector.job()
        if job != replace(self.samples.source, id=job.id):
            self.sample()

    def export(self) -> None:
        """Ask for a file, or a folder for single files, and save the samples there."""
        card = self.card()
        if card is None or not self.samples.wanted:
            return
        folder = Path(self._settings.save_folder) if self._settings.save_folder else Path.home()
        if self.inspector.form == "files":
            chosen = QFileDialog.getExistingDirectory(self, self.tr("Save the samples"), str(folder))
            target = Path(chosen) if chosen else None
        else:
            suggested = folder / f"{card.id}-seed{self.samples.seed}.png"
            kinds = self.tr("Pictures (*.png *.tif *.jpg *.webp)")
            target = ask_for_file(self, self.tr("Save the samples"), suggested, kinds)
        if target is not None:
            self._settings.save_folder = str(target if self.inspector.form == "files" else target.parent)
            self.export_to(target)

    def export_to(self, target: Path) -> None:
        """Save the kept samples, or all where none is kept, in the chosen form: to a file, or into a folder."""
        card, wanted = self.card(), self.samples.wanted
        if card is None or not wanted:
            return
        vectors, labels = tuple(s.vector for s in wanted), self.tools.bench.labels_of(wanted)
        stem = str(self.samples.seed)
        job = Export(card.id, vectors, str(target.absolute()), self.inspector.form, labels, stem)
        self._targets[job.id] = target
        self._submit(job, "export")

    def writing(self) -> list[Path]:
        """Return the files and folders that are being written."""
        return [*self._targets.values(), *self.tools.writing]

    def take(self, files: list[Path]) -> bool:
        """Open files, or show a folder that comes alone; return False where that is not this page's business."""
        folders = [path for path in files if holds(path.is_dir)]
        if self.card() is None or (folders and len(files) > 1):
            return False
        if folders:
            self.open_folder(folders[0])
        else:
            self.open_files(files)
        return True

    def open_folder(self, folder: Path) -> None:
        """Show the pictures of a folder on the map."""
        self.atlas.open_folder(folder)

    def open_files(self, files: list[Path]) -> None:
        """Show what the model makes of a person's own pictures."""
        card = self.card()
        if card is not None:
            tables = [file for file in files if file.suffix.lower() in SUFFIXES]
            for file in tables:
                self.tools.exchange.decode(file)
            self.own.open([file for file in files if file not in tables], card.id)

    def cancel(self) -> None:
        """Stop what is being made."""
        self.samples.stop()
        self.own.stop()
        self.atlas.stop()
        self.tools.stop()
        for job_id in list(self._jobs):
            self._hub.cancel(job_id)
        self._refresh()

    def _on_event(self, event: Event) -> None:
        what = self._jobs.pop(event.id, "")
        self._targets.pop(event.id, None)
        match event:
            case PicturesReady():
                # a tool may have put its own picture there meanwhile
                if not self.tools.holds_picture:
                    self.decoded.show_pixels(event.pixels[0], self._beside)
            case Finished():
                self.notice.emit(Notice("info", self.tr("Saved {path}.").format(path=event.output)), None)
            case Failed():
                self._on_failed(event, what)
        if what == "decode" and self._next_vector is not None:
            self._decode()
        self._refresh()

    def _on_failed(self, event: Failed, what: str) -> None:
        retry: Callable[[], None] | None = self._start_over if what in ("samples", "map", "survey", "decode") else None
        if what in ("map", "survey"):
            self.map.show_message(f"{event.what} {event.advice}".strip())
        self._next_vector = None
        self.notice.emit(Notice("failure", event.what, event.advice, event.details), retry)

    def _start_over(self) -> None:
        self._made_for = ""
        self._begin()

    def _on_moved(self, x: float, y: float) -> None:
        if self.tools.holds_picture:
            return
        self.inspector.show_decoded(self.tr("Under the cursor"), f"{x:+z.2f}, {y:+z.2f}")
        self._beside = None
        self._next_vector, self._next_class = self.atlas.vector_at(x, y), self.atlas.place_class
        if self._next_vector is not None and "decode" not in self._jobs.values():
            self._decode()

    def _on_chosen(self, sample: Drawn) -> None:
        """Show a chosen sample large, and where it lies."""
        self._next_vector = None
        for job_id in [i for i, what in self._jobs.items() if what == "decode"]:
            del self._jobs[job_id]
            self._hub.drop(job_id)
        place = self.atlas.place_of(sample.vector)
        self.inspector.show_decoded(sample.name, f"{place[0]:+z.2f}, {place[1]:+z.2f}" if place else "")
        own = self.own.find(sample)
        self.decoded.show_pixels(sample.pixels, own.pixels if own else None)
        if own is not None:
            self.inspector.show_loss(own)
        if place is not None:
            self.map.reveal(*place)
        self.tools.choose(sample)

    def _on_picked(self, number: int) -> None:
        """Show what the model makes of a point of the map, beside its picture where it has one."""
        points = self.atlas.points
        if points is None or self.tools.holds_picture:
            return
        said = [points.group(number)] if points.files and len(points.names) > 1 else []
        if points.psnr is not None:
            said.append(self.tr("comes back at {psnr:.1f} dB").format(psnr=float(points.psnr[number])))
        self.inspector.show_decoded(points.name(number), ", ".join(said))
        self._beside = points.thumbnails[number] if points.thumbnails is not None else None
        self._next_vector = tuple(points.vectors[number].tolist())
        self._next_class = self.atlas.class_of(number)
        if "decode" not in self._jobs.values():
            self._decode()

    def _decode(self) -> None:
        """Ask for the newest place only, one at a time, so that the picture never lags behind the cursor."""
        card, vector = self.card(), self._next_vector
        self._next_vector = None
        if card is not None and vector is not None:
            labels = (self._next_class,) if self._next_class >= 0 else ()
            self._submit(Decode(card.id, (vector,), "cursor", labels), "decode")

    def close_down(self) -> None:
        """Stop everything, for good."""
        self.inspector.close_down()
        self.tools.close_down()
        self.atlas.close_down()

    def _refresh(self) -> None:
        waiting = {w for w in self._jobs.values() if w != "decode"}
        waiting |= {"samples"} if self.samples.busy else set()
        waiting |= {"own"} if self.own.busy else set()
        waiting |= {self.tools.busy} if self.tools.busy else set()
        words = {
            "samples": self.tr("Making samples…"),
            "own": self.tr("Looking at your pictures…"),
            "export": self.tr("Saving…"),
        }
        text = self.atlas.doing or next((words[w] for w in words if w in waiting), "")
        ready = self.tr("Move over the map to see what lies there.") if self.map.ready else self.tr("Ready.")
        lack = self.tr("No model that makes pictures is installed.")
        self.row.status.setText(text or (ready if self.card() else lack))
        self.row.show_busy(bool(waiting or self.atlas.doing))
        at = self.atlas.progress
        self.row.show_progress(*((at.done, at.total) if at else self.tools.bench.progress))
        button, kept = self.inspector.export_button, len(self.samples.kept)
        self._show_marks()
        button.setText(self.tr("Export {count}…").format(count=kept) if kept else self.tr("Export…"))
        button.setEnabled(self.card() is not None and self.grid.count > 0)
        earlier, self._wrote = self._wrote, self.writing()
        if self._wrote != earlier:
            self.writing_changed.emit()

    def _show_marks(self) -> None:
        """Mark the kept samples on the map where they, or what the map is of, changed."""
        # lists and planes are replaced, never changed: with thousands kept, placing them takes longer than a cursor may
        marked = self.samples.kept, self.atlas.plane, self.atlas.points
        if any(now is not then for now, then in zip(marked, self._marked, strict=True)):
            self._marked = marked
            self.map.show_marks(self.atlas.places_of([sample.vector for sample in self.samples.kept]))

    # Panels.

    def fold_panels(self, folded: bool) -> None:
        """Hide the panels, or show them again."""
        self.inspector.setVisible(not folded)
        self.atlas.panel.setVisible(not folded)

    def _fit(self) -> None:
        """Divide the height between the map, the strip and the decoded picture."""
        self.inspector.setFixedWidth(min(max(round(self.width() * 0.24), 240), 400))
        self.decoded.setMaximumHeight(max(112, round((self.height() - 400) * 0.65)))
        self.samples.setMaximumHeight(min(max(round(self.height() * 0.25), 152), 280))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def restyle(self) -> None:
        """Follow a change of theme."""
        self.atlas.restyle()
        self.map.update()
        self.grid.viewport().update()
        self.decoded.update()


def _same_model(card: Card, other: Card | None) -> bool:
    """Return whether two cards are of one model: one that was trained on has another card, and may keep its id.

    What it is called does not count: a model that is renamed is the same.
    """
    return other is not None and replace(card, title=other.title) == other
