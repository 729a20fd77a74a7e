"""The map of a latent space and all that lies on it: planes, the model's own points, folders, and what is chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from aestudio.jobs.events import Event, Failed, PicturesReady, Progress
from aestudio.jobs.mapping import AlikeFound, Arrange, Arranged, EmbedFolder, FolderEmbedded, Survey, Surveyed
from aestudio.jobs.plane import FLAT, Plane
from aestudio.jobs.spec import Decode
from aestudio.ui import words
from aestudio.ui.generate.atlas_panel import AtlasPanel
from aestudio.ui.generate.chosen import Chosen
from aestudio.ui.generate.lasso import Lasso
from aestudio.ui.generate.map_offers import DIRECTIONS, METHODS, OWN, MapOffers
from aestudio.ui.generate.mosaic import Mosaic
from aestudio.ui.generate.points import Points
from aestudio.ui.notifications import Notice

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.jobs.spec import Job
    from aestudio.settings import Settings
    from aestudio.ui.generate.data_layer import DataLayer
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.widgets.latent_map import LatentMap
    from aestudio.ui.widgets.map_view import Box

NAMED_SKIPPED = 5


class Atlas(QObject):
    """``failed`` carries what went wrong, ``notice`` what is to be said; ``changed``: it began or ended to work;
    ``picked`` carries the number of a point that was chosen by itself, ``open_wanted`` files to be restored;
    ``plane_changed``: what shows lies elsewhere on the map now.

    The plane may be flat (a latent of two dimensions), one through a space of more, or an arrangement of the points
    that stands for nothing in between: then there is no mosaic, and a place is a blend of the points around.
    """

    failed = Signal(object, str)
    notice = Signal(object)
    changed = Signal()
    picked = Signal(int)
    open_wanted = Signal(list)
    plane_changed = Signal()

    def __init__(self, hub: JobHub, settings: Settings, view: LatentMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub, self._settings, self.map = hub, settings, view
        self.panel = AtlasPanel()
        self._offers = MapOffers(self.panel, self)
        self.mosaic, self.lasso = Mosaic(hub), Lasso()
        self.data: DataLayer | None = None
        self.plane: Plane | None = FLAT
        self.points: Points | None = None
        self.model, self.label = "", -1
        self._has_classes = False
        self.picks = True
        """Whether a click chooses the point that lies there; not while a tool sets pins with it."""
        self._size = 28
        self._own: Surveyed | None = None
        self._own_points: Points | None = None
        self._named: Plane | None = None
        self._current = OWN
        self._jobs: dict[str, str] = {}
        self._progress: Progress | None = None
        view.add_layer(self.mosaic)
        view.add_layer(self.lasso)
        view.view_changed.connect(self.mosaic.follow)
        view.clicked.connect(self._on_clicked)
        self.mosaic.busy_changed.connect(self.changed)
        self.mosaic.failed.connect(lambda event: self.failed.emit(event, "map"))
        self.lasso.drawn.connect(self._on_drawn)
        self.chosen = Chosen(self)
        panel = self.panel
        panel.folder_wanted.connect(self.choose_folder)
        panel.own_data_wanted.connect(self.show_own)
        panel.plane_chosen.connect(self._on_plane)
        panel.layers_changed.connect(self._show_layers)
        panel.groups_changed.connect(self._on_groups)
        panel.tool_chosen.connect(self._on_tool)
        panel.home_button.clicked.connect(view.go_home)
        self._show_controls()

    # What goes on.

    @property
    def doing(self) -> str:
        """What is being done, in words; empty where nothing is."""
        kinds = set(self._jobs.values())
        if "folder" in kinds:
            at = self._progress
            if at is None:
                return self.tr("Encoding pictures…")
            counted = self.tr("Encoding pictures… {done} of {total}").format(done=at.done, total=at.total)
            return ", ".join(part for part in (counted, words.seconds_left(at.seconds_left)) if part)
        if "arrange" in kinds:
            # it is compiled then
            slow = self.tr("Arranging the points by UMAP; the first time takes minutes…")
            return slow if self._asked == "umap" else self.tr("Arranging the points…")
        if "alike" in kinds:
            return self.tr("Looking for duplicates…")
        return self.tr("Drawing the map…") if "survey" in kinds or self.mosaic.busy else ""

    @property
    def progress(self) -> Progress | None:
        """How far the folder is."""
        return self._progress if "folder" in self._jobs.values() else None

    def submit(self, job: Job, what: str) -> None:
        """Ask the engine; a newer job of the same ``what`` replaces the one under way."""
        self.drop(what)
        self._jobs[job.id] = what
        self._hub.submit(job, self._on_event)
        self.changed.emit()

    def drop(self, *kinds: str) -> None:
        """Wait no longer for jobs of a kind."""
        for job_id in [job_id for job_id, what in self._jobs.items() if what in kinds]:
            del self._jobs[job_id]
            self._hub.drop(job_id)

    def begin(self, card: Card) -> None:
        """Show the map of a model."""
        self.forget()
        self.model, self._has_classes = card.id, bool(card.classes)
        self._size = int(card.arguments.get("size", 28))
        if card.arguments.get("latent") == 1:
            self.map.show_message(
                self.tr("This model’s latent space has one dimension, and a map needs two. Choose another model.")
            )
            return
        self.map.show_message(self.tr("Drawing the map…"))
        self.submit(Survey(card.id), "survey")

    def forget(self) -> None:
        """Let go of everything: another model is looked at."""
        self.stop()
        self.mosaic.forget()
        self._own = self._own_points = self._named = None
        self._current, self.plane = OWN, None
        self._show_points(None)

    def stop(self) -> None:
        """End what is being done."""
        self.mosaic.stop()
        self.drop(*set(self._jobs.values()))
        self._progress = None
        # an arrangement that was stopped is not the one that shows
        self._show_controls()
        self.changed.emit()

    def set_label(self, label: int) -> None:
        """Decode places of the map as another class, for a model that is told one."""
        if label != self.label:
            self.label = label
            if self.map.ready and self.plane is not None and self.model:
                self.mosaic.show(self.model, self._size, self.plane, self.map.view, label)

    @property
    def place_class(self) -> int:
        """The class that a place of the map is decoded as; -1 for a model without classes.

        Where no class is chosen a single vector is of the first.
        """
        return max(self.label, 0) if self._has_classes else -1

    def class_of(self, number: int) -> int:
        """Return the class that a point is decoded as: that of the picture it stands for, where known."""
        labels = self.points.labels if self.points is not None and self._has_classes else None
        return int(labels[number]) if labels is not None and labels[number] >= 0 else self.place_class

    def vector_at(self, x: float, y: float) -> tuple[float, ...] | None:
        """Return the latent vector that a place of the map stands for."""
        if self.plane is not None:
            return self.plane.vector(x, y)
        if self.points is None:
            return None
        from aestudio.ui.generate.choosing import blend

        return tuple(blend(self.points.places, self.points.vectors, x, y).tolist())

    def place_of(self, vector: tuple[float, ...]) -> tuple[float, float] | None:
        """Return where on the map a latent vector lies, None where that is not known."""
        return next(iter(self.places_of([vector])), None)

    def places_of(self, vectors: list[tuple[float, ...]]) -> list[tuple[float, float]]:
        """Return where on the map latent vectors of one length lie, all at once; nothing where that is not known."""
        import numpy as np

        latent = len(vectors[0]) if vectors else 0
        if latent and self.plane is not None and self.plane.latent == latent:
            placed = self.plane.place(np.array(vectors, np.float32))
        elif latent and self.points is not None and self.points.vectors.shape[1:] == (latent,):
            from aestudio.ui.generate.choosing import closest

            placed = self.points.places[closest(self.points.vectors, np.array(vectors, np.float32))]
        else:
            return []
        return [(x, y) for x, y in placed.tolist()]

    # Points and planes.

    def choose_folder(self) -> None:
        """Ask for a folder and show it."""
        chosen = QFileDialog.getExistingDirectory(
            self.panel, self.tr("A folder as a map"), self._settings.open_folder or str(Path.home())
        )
        if chosen:
            self._settings.open_folder = chosen
            self.open_folder(Path(chosen))

    def open_folder(self, folder: Path) -> None:
        """Show the pictures of a folder where the model places them."""
        if self.model:
            self._progress = None
            self.submit(EmbedFolder(self.model, str(folder.absolute()), self._settings.max_pixels), "folder")

    def show_own(self) -> None:
        """Show the points that the model came with."""
        self.drop("folder", "arrange")
        self._current = OWN
        self._show_points(self._own_points)
        self._look_through_own()
        self.changed.emit()

    def look_through(self, plane: Plane) -> None:
        """Show the plane of two named directions; those points that show stay, where they lie on it."""
        # an arrangement that is still awaited would take its place
        self.drop("arrange")
        self._named, self._current = plane, DIRECTIONS
        self._place(plane)
        self.changed.emit()

    def _on_plane(self, name: str) -> None:
        # whoever chooses another one waits for the last no longer
        self.drop("arrange")
        if name == self._current:
            self.changed.emit()
            return
        if name == DIRECTIONS and self._named is not None:
            self._current = name
            self._place(self._named)
        elif name in METHODS and self.points is not None:
            self._asked = name
            self.submit(Arrange(self.points.vectors, METHODS[name]), "arrange")
        else:
            self._current = OWN
            self._look_through_own()
        self._show_controls()

    def _look_through_own(self) -> None:
        if self._own is not None:
            self._place(self._own.plane, self._own.home if self.points is self._own_points else None)

    def _place(self, plane: Plane, home: Box | None = None) -> None:
        """Show a plane, and the points where they lie on it."""
        points = self.points
        if points is not None and points.count:
            points = replace(points, places=plane.place(points.vectors))
            home = home or points.home()
        self._show(plane, home or (-3.0, -3.0, 3.0, 3.0), points)

    def _show(self, plane: Plane | None, home: Box, points: Points | None) -> None:
        if self.points is self._own_points:
            self._own_points = points
        self.plane, self.points = plane, points
        self.map.show_plane(home)
        if self.data is not None and points is not None:
            chosen = self.data.chosen
            self.data.show(points)
            self.data.choose(chosen)
        if plane is None:
            self.mosaic.forget()
        else:
            self.mosaic.show(self.model, self._size, plane, self.map.view, self.label)
        self._show_layers()
        self._show_controls()
        self.map.move_to(*self.map.point)
        self.plane_changed.emit()

    def _show_points(self, points: Points | None) -> None:
        """Show other points, with their groups, on the plane that shows."""
        # what was asked about those before is no answer about these
        self.drop("arrange", "alike", "list")
        if points is not None and points.count == 0:
            points = None
        self.points = points
        if self.data is None and points is not None:
            # NumPy and what draws by it are loaded when there is something to draw
            from aestudio.ui.generate.data_layer import DataLayer

            self.data = DataLayer()
            self.map.add_layer(self.data)
        if self.data is not None:
            self.data.show(points)
        groups: list[tuple[str, int, str, str]] = []
        if points is not None:
            from aestudio.ui.generate.drawing import COLOURS, shape_of

            for number, (name, count) in enumerate(zip(points.names, points.counts(), strict=False)):
                groups.append((name, count, COLOURS[number % len(COLOURS)], shape_of(number)))
        self.panel.show_groups(groups)
        self.chosen.clear()
        # what stands in the field is searched for among these
        self.chosen.search(self.panel.search.text())
        self._show_controls()

    def _show_layers(self) -> None:
        panel = self.panel
        over = panel.mosaic_box.isChecked() and self.plane is not None
        if self.data is not None:
            self.data.dots, self.data.lines = panel.points_box.isChecked(), panel.contours_box.isChecked()
            self.data.pictures, self.data.over_pictures = panel.thumbnails_box.isChecked(), over
            self.data.refresh()
        self.mosaic.set_visible(over)

    def _show_controls(self) -> None:
        points = self.points
        others = self._own_points is not None and points is not self._own_points
        self._offers.show_planes(points, self._named, self._current)
        self._offers.show_state(points, self.plane, bool(self.model), others)
        self.chosen.refresh()

    def _on_groups(self) -> None:
        if self.data is not None:
            self.data.hide(self.panel.hidden_groups())

    def _on_tool(self, tool: str) -> None:
        self.lasso.tool = "lasso" if tool == "lasso" else "rectangle" if tool == "rectangle" else ""

    def _on_drawn(self, polygon: list[tuple[float, float]]) -> None:
        if self.data is None or self.points is None:
            return
        from aestudio.ui.generate.choosing import within

        shown = self.data.shown
        self.chosen.choose(shown[within(self.points.places[shown], polygon)])

    def _on_clicked(self, x: float, y: float) -> None:
        if self.data is not None and self.picks:
            number = self.data.at(self.map.to_widget(x, y), self.map.view)
            if number >= 0:
                self.chosen.pick(number)

    # Answers.

    def _on_event(self, event: Event) -> None:
        if isinstance(event, Progress):
            if self._jobs.get(event.id) == "folder":
                self._progress = event
                self.changed.emit()
            return
        what = self._jobs.pop(event.id, "")
        match event:
            case Surveyed():
                self._on_surveyed(event)
            case FolderEmbedded():
                self._on_folder(event)
            case Arranged():
                self._current = self._asked
                points = self.points
                self._show(event.plane, event.home, replace(points, places=event.places) if points else None)
            case AlikeFound():
                self.chosen.duplicates.show(event)
            case PicturesReady():
                self.chosen.show_pictures(event.pixels)
            case Failed():
                if what == "arrange":
                    self._show_controls()
                self.failed.emit(event, what)
        self.changed.emit()

    def _on_surveyed(self, event: Surveyed) -> None:
        self._own = event
        if len(event.vectors):
            title = self.tr("{count} of the pictures that it learned from").format(count=len(event.vectors))
            found = (title, event.vectors, event.places, event.groups, event.names)
            # their groups are their classes; those of a folder may be its subfolders
            self._own_points = Points(*found, labels=event.groups)
        self._show_points(self._own_points)
        self._current = OWN
        self._show(event.plane, event.home, self.points)

    def _on_folder(self, event: FolderEmbedded) -> None:
        folder = Path(event.folder)
        title = self.tr("{pictures} in {folder}").format(pictures=words.pictures(len(event.files)), folder=folder.name)
        places = event.vectors[:, :2]
        files = tuple(folder / name for name in event.files)
        found = (files, event.thumbnails, event.unlike, event.psnr, event.labels)
        self._show_points(Points(title, event.vectors, places, event.groups, event.names, *found))
        self._current = OWN
        if event.vectors.shape[1] > 2 and len(event.files) > 2:
            # the plane that shows this folder's pictures best, and not the model's own
            self._look_through_own()
            self._asked = "pca"
            self.submit(Arrange(event.vectors, "pca"), "arrange")
        else:
            self._look_through_own()
        if event.skipped:
            names = ", ".join(name for name, _ in event.skipped[:NAMED_SKIPPED])
            more = self.tr(" and others") if len(event.skipped) > NAMED_SKIPPED else ""
            said = self.tr("{n} files could not be read and were left out: {names}{more}.")
            said = said.format(n=len(event.skipped), names=names, more=more)
            details = "\n".join(f"{name}: {reason}" for name, reason in event.skipped)
            self.notice.emit(Notice("attention", said, "", details))

    def close_down(self) -> None:
        """Stop everything, for good."""
        self.mosaic.close_down()

    def restyle(self) -> None:
        """Follow a change of theme."""
        if self.data is not None:
            self.data.refresh()

    def ask_for_pictures(self, numbers: list[int]) -> None:
        """Decode points that have no pictures of their own, for the list."""
        if self.points is None:
            return
        vectors = tuple(tuple(self.points.vectors[n].tolist()) for n in numbers)
        groups = tuple(map(self.class_of, numbers)) if self._has_classes else ()
        self.submit(Decode(self.model, vectors, "list", groups), "list")
