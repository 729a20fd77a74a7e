"""Walks through a latent space: pins, the path through them, its frames decoded as they are needed, and played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from aestudio.errors import SettingsError
from aestudio.jobs.events import Failed
from aestudio.jobs.walks import ExportWalk
from aestudio.ui.generate.path_panel import Ending, PathPanel
from aestudio.ui.generate.pin_layer import MOST_NUMBERS, PinLayer
from aestudio.ui.generate.steps import take_step
from aestudio.ui.generate.walk_frames import AHEAD, WalkFrames
from aestudio.ui.generate.walk_saver import WalkSaver
from aestudio.ui.keys import Key
from aestudio.ui.language import sentence
from aestudio.ui.notifications import Notice
from aestudio.ui.widgets.sample_grid import Drawn

if TYPE_CHECKING:
    from aestudio.engine.paths import Shape, Vectors
    from aestudio.imageio.halve import Pixels
    from aestudio.ui.generate.bench import Bench

Vector = tuple[float, ...]
FIRST = 6
"""Samples that a path begins with where none are selected."""
DRAWN = 1500
"""Points of the path that the map draws."""


@dataclass(frozen=True)
class Route:
    """Pins and how the path goes from one to the next."""

    pins: tuple[Drawn, ...] = ()
    shape: Shape = "round"
    ending: Ending = "circle"
    steps: int = 24


class Walking(QObject):
    """Between the panel, the map and the bench. ``active``: the path is the tool in front."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.panel, self.layer = PathPanel(), PinLayer()
        self.active = False
        self.route = Route()
        self.support = 0
        """The dimensions of the uppermost of several Gaussian latents; 0: there is one."""
        self._frames: Vectors | None = None
        self._order: list[int] = []
        self._at = 0
        self._faces: dict[Vector, Pixels] = {}
        self._decoder = WalkFrames(bench.hub, self)
        self._decoder.arrived.connect(self._on_frames)
        self._decoder.failed.connect(self._on_failed)
        self._awaited = -1
        self._plane: object = None
        self.saver = WalkSaver(bench, panel := self.panel, self.whole, self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        bench.map.add_layer(self.layer)
        bench.map.keys.append(Key((Qt.Key.Key_P,), self.tr("Set a pin of a path"), lambda *_: self._pin_cursor()))
        removal = self.tr("Remove the chosen pin")
        bench.map.keys.append(Key((Qt.Key.Key_Delete,), removal, lambda *_: self._remove_chosen()))
        self.layer.dragged.connect(self.move)
        self.layer.dropped.connect(self._on_dropped)
        panel.pins.reordered.connect(lambda order: self._set_pins([self.route.pins[i] for i in order]))
        panel.pins.removed.connect(self.remove)
        panel.pins.currentRowChanged.connect(self._on_pin_chosen)
        panel.add_button.clicked.connect(self.add_samples)
        panel.clear_button.clicked.connect(lambda: self._set_pins([]))
        panel.way_changed.connect(self._on_way)
        panel.seconds.value_changed.connect(lambda _: self._on_seconds())
        panel.play_button.toggled.connect(self._on_play)
        panel.strip.scrubbed.connect(self._on_scrubbed)
        panel.strip.wanted_changed.connect(self._decode)
        bench.map.view_changed.connect(self._on_view)
        panel.show_pins(())
        self.lay()

    # Pins.

    @property
    def playing(self) -> bool:
        """Whether the path is being played."""
        return self._timer.isActive()

    def add(self, pins: list[Drawn]) -> None:
        """Put pins at the end of the path; more than can be walked are refused in words."""
        from aestudio.engine.paths import MOST_PINS, check_walk

        whole = [*self.route.pins, *pins]
        if len(whole) > MOST_PINS:
            try:
                check_walk(len(whole), self.route.steps)
            except SettingsError as error:
                self._say(error)
            return
        self._set_pins(whole)
        if self.active and pins:
            last = pins[-1]
            self._bench.show(last.name, last.vector, last.pixels)

    def add_samples(self) -> None:
        """Put the selected samples at the end of the path, or begin one with the first of them."""
        grid = self._bench.samples.grid
        chosen = grid.selected
        if len(chosen) < 2 and not self.route.pins:
            chosen = grid.samples[:FIRST]
        self.add(chosen)

    def add_place(self, x: float, y: float) -> None:
        """Put a pin on the map."""
        import numpy as np

        vector = self._bench.vector(x, y)
        if vector is None:
            return
        unseen = Drawn(np.zeros((1, 1, 1), np.uint8), vector, self._bench.place_class, self.tr("Place on the map"))
        self._decode_faces([unseen], self.add)

    def _pin_cursor(self) -> None:
        if self._bench.mapped:
            self._bench.inspector.use_tool("path")
            self.add_place(*self._bench.map.point)

    def move(self, number: int, x: float, y: float) -> None:
        """Put a pin elsewhere on the map; where it lies off the map's plane, it stays as far off."""
        import numpy as np

        pin = self.route.pins[number]
        plane, vector = self._bench.atlas.plane, self._bench.vector(x, y)
        if vector is None:
            return
        if plane is not None:
            step = np.array(vector) - np.array(plane.vector(*self._bench.place(pin.vector)))
            vector = tuple((np.array(pin.vector) + step).tolist())
        moved = replace(pin, vector=vector)
        pins = tuple(moved if n == number else p for n, p in enumerate(self.route.pins))
        self._take(replace(self.route, pins=pins), ("pin", number))

    def remove(self, numbers: list[int]) -> None:
        """Take pins away."""
        left = [pin for number, pin in enumerate(self.route.pins) if number not in numbers]
        if len(left) < len(self.route.pins):
            self._set_pins(left)

    def _remove_chosen(self) -> None:
        # where another tool is in front, nobody sees which one that is
        if self.active:
            self.remove([self.layer.chosen])

    def _set_pins(self, pins: list[Drawn]) -> None:
        self._take(replace(self.route, pins=tuple(pins)))
        if self.active and not pins:
            self._bench.show_cursor()

    def _on_dropped(self) -> None:
        """Show what lies where a pin was dragged to."""
        number = self.layer.chosen
        if 0 <= number < len(self.route.pins):
            self._decode_faces([self.route.pins[number]], lambda _: self._show_pins())

    def _decode_faces(self, pins: list[Drawn], then: Callable[[list[Drawn]], None]) -> None:
        def known(made: list[Drawn]) -> None:
            self._faces |= {pin.vector: pin.pixels for pin in made}
            then(made)

        self._bench.decode_all(pins, known)

    def _show_pins(self) -> None:
        pins = tuple(replace(pin, pixels=self._faces.get(pin.vector, pin.pixels)) for pin in self.route.pins)
        self.panel.show_pins(pins)

    def _on_pin_chosen(self, row: int) -> None:
        self.layer.choose(row)
        if self.active and 0 <= row < len(self.route.pins) and self._frames is not None:
            self._go_to(row * self.route.steps)

    # The path.

    def _on_way(self) -> None:
        panel = self.panel
        way = replace(self.route, shape=panel.shape, ending=panel.ending, steps=round(panel.steps.value))
        self._take(way, "way")

    def _take(self, route: Route, key: object = None) -> None:
        take_step(self._bench.history, self.route, route, self._put, key)

    def _put(self, route: Route) -> None:
        same = route.pins == self.route.pins and len(route.pins) == self.panel.pins.count()
        self.route = route
        self.panel.show_way(route.shape, route.ending, route.steps)
        if not same and not self.layer.held:
            self._show_pins()
        self.lay()

    def lay(self) -> None:
        """Lay the path through the pins anew, and show it."""
        from aestudio.engine.paths import there_and_back, walk

        route, message = self.route, ""
        self._decoder.clear()
        self._frames = None
        if len(route.pins) > 1:
            import numpy as np

            pins = np.array([pin.vector for pin in route.pins], np.float32)
            parts = (self.support, pins.shape[1] - self.support) if self.support else ()
            try:
                self._frames = walk(pins, route.shape, route.steps, route.ending == "circle", parts)
            except SettingsError as error:
                message = f"{sentence(error.what)} {sentence(error.advice)}"
        elif self._bench.mapped:
            message = self.tr("Click on the map to set pins (or press P there), or add samples.")
        else:
            message = self.tr("Add two samples or more, and walk from one to the next.")
        count = 0 if self._frames is None else len(self._frames)
        self._order = there_and_back(count) if route.ending == "back" else list(range(count))
        self._at = min(self._at, max(0, len(self._order) - 1))
        if not count:
            self.panel.play_button.setChecked(False)
        self.panel.strip.show_frames(count, message)
        self.panel.show_path(len(self._order), self.panel.seconds.value)
        self._show_layer()
        self._decode()
        self.saver.estimate()

    def _on_view(self) -> None:
        if self._plane is not self._bench.atlas.plane:
            self._show_layer()

    def _show_layer(self) -> None:
        """Show pins and path on the map, where there is one."""
        import numpy as np

        pins: list[tuple[float, float]] = []
        path: list[tuple[float, float]] = []
        self._plane = plane = self._bench.atlas.plane
        vectors = [pin.vector for pin in self.route.pins]
        if plane is None:
            # a layout that only knows its own points: the nearest of them stands for a pin
            found = [self._bench.atlas.place_of(vector) for vector in vectors[:MOST_NUMBERS]]
            pins = [place for place in found if place is not None]
        elif vectors and len(vectors[0]) == plane.latent:
            pins = [(x, y) for x, y in plane.place(np.array(vectors, np.float32)).tolist()]
            if self._frames is not None:
                drawn = self._frames[:: max(1, len(self._frames) // DRAWN)]
                path = [(x, y) for x, y in plane.place(drawn).tolist()]
                path = [*path, path[0]] if self.route.ending == "circle" else path
        self.layer.show_path(pins, path)

    def _labels(self) -> tuple[int, ...]:
        from aestudio.engine.paths import labels_along

        labels = self._bench.labels_of(self.route.pins)
        return labels_along(labels, self.route.steps, self.route.ending == "circle")

    # Frames.

    def _wanted(self) -> list[int]:
        """Return the frames to decode next: what shows, those of the strip, then what is played soon."""
        if self._frames is None or not self.active:
            return []
        wanted = [self._order[self._at], *self.panel.strip.wanted()]
        if self.playing:
            wanted = [self._order[(self._at + n) % len(self._order)] for n in range(2 * AHEAD)] + wanted
        return wanted

    def _decode(self) -> None:
        card = self._bench.card()
        if card is not None and self._frames is not None:
            self._decoder.decode(self._wanted(), card.id, self._frames, self._labels())

    def _on_frames(self, frames: list[int]) -> None:
        strip = self.panel.strip
        wanted = set(strip.wanted())
        for frame in frames:
            pixels = self._decoder.picture(frame)
            if frame in wanted and pixels is not None:
                strip.show_picture(frame, pixels)
        if self._awaited in frames:
            self.show()
        self._decode()

    def _on_failed(self, event: Failed) -> None:
        self.panel.play_button.setChecked(False)
        self._bench.say(event)

    # Playing.

    def _on_play(self, playing: bool) -> None:
        if playing and self._frames is not None:
            if self.route.ending == "stop" and self._at >= len(self._order) - 1:
                self._at = 0
            self._timer.start(round(1000 * self.panel.seconds.value))
            self._decode()
        else:
            self._timer.stop()
            self.panel.play_button.setChecked(False)

    def _on_seconds(self) -> None:
        self._timer.setInterval(round(1000 * self.panel.seconds.value))
        self.panel.show_path(len(self._order), self.panel.seconds.value)
        self.saver.estimate()

    def _on_tick(self) -> None:
        """Show the next frame, or wait for it: none is left out."""
        if not self._order:
            return
        following = (self._at + 1) % len(self._order)
        if following == 0 and self.route.ending == "stop":
            self.panel.play_button.setChecked(False)
        elif self._decoder.picture(self._order[following]) is not None:
            self._at = following
            self.show()
        self._decode()

    def _on_scrubbed(self, frame: int) -> None:
        self._go_to(frame)

    def _go_to(self, frame: int) -> None:
        self._at = min(max(frame, 0), max(0, len(self._order) - 1))
        card = self._bench.card()
        if self._frames is None or card is None:
            return
        self.show()
        self._decode()

    def show(self) -> None:
        """Show the frame that the path is at."""
        if not self.active or self._frames is None:
            return
        frame = self._order[self._at]
        pixels = self._decoder.picture(frame)
        self.panel.strip.setValue(frame)
        self._awaited = frame if pixels is None else -1
        if pixels is not None:
            title = self.tr("Frame {number} of {count}").format(number=frame + 1, count=len(self._frames))
            self._bench.show(title, tuple(self._frames[frame].tolist()), pixels)

    def whole(self, target: str) -> ExportWalk | None:
        """Return the job that saves the path as the panel says, or None where there is none."""
        card, panel = self._bench.card(), self.panel
        if card is None or self._frames is None:
            return None
        labels = self._labels()
        return ExportWalk(
            card.id,
            self._frames[self._order],
            target,
            panel.form,
            panel.side.value(),
            panel.seconds.value,
            1 if self.route.ending == "stop" else panel.plays.value(),
            tuple(labels[frame] for frame in self._order) if labels else (),
            f"{card.id}-walk",
        )

    # Coming and going.

    def set_active(self, active: bool) -> None:
        """Be the tool in front, or no longer: then nothing plays."""
        if self.active == active:
            return
        self.active = self.layer.active = active
        self.layer.changed.emit()
        if not active:
            self.panel.play_button.setChecked(False)
            self._decoder.stop()
            return
        self.lay()
        self.show()

    def stop(self) -> None:
        """Stop playing and saving."""
        self._stop_playing()
        self.saver.stop()

    def _stop_playing(self) -> None:
        self.panel.play_button.setChecked(False)
        self._decoder.stop()

    def forget(self) -> None:
        """Let go of what belongs to the model, but for a file that is being saved: it was asked for."""
        self._stop_playing()
        self._faces.clear()
        self._at = 0
        self._put(replace(self.route, pins=()))

    def bring_back(self, route: Route) -> None:
        """Lay a path again whose model is looked at again."""
        self._put(route)

    def close_down(self) -> None:
        """Stop everything, for good."""
        self._timer.stop()

    def _say(self, error: SettingsError) -> None:
        self._bench.notice.emit(Notice("failure", sentence(error.what), sentence(error.advice)))
