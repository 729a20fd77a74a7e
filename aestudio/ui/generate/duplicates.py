"""Duplicates on the map: pairs of points that are much alike, and how alike they have to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio.jobs.mapping import AlikeFound, FindAlike

if TYPE_CHECKING:
    from aestudio.ui.generate.atlas import Atlas
    from aestudio.ui.generate.chosen import Chosen


class Duplicates(QObject):
    """Asks once for all pairs that are no further apart than neighbours usually are; the slider then only picks.

    So the count follows the slider at once, whatever the number of points.
    """

    def __init__(self, atlas: Atlas, chosen: Chosen) -> None:
        super().__init__(chosen)
        self._atlas, self._chosen = atlas, chosen
        self._found: AlikeFound | None = None
        atlas.panel.alike_button.clicked.connect(self.find)
        atlas.panel.alike_slider.value_changed.connect(lambda _: self._list())

    def find(self) -> None:
        """Look for pairs that are alike."""
        points = self._atlas.points
        if points is not None:
            self._atlas.submit(FindAlike(points.vectors, 1.0), "alike")

    def show(self, event: AlikeFound) -> None:
        """List the pairs that were found, as many as the slider lets through."""
        self._found = event
        self._list()

    def forget(self) -> None:
        """Let go of the pairs: something else is chosen."""
        self._found = None
        self._atlas.panel.alike_slider.hide()

    def _list(self) -> None:
        found, points = self._found, self._atlas.points
        if found is None or points is None:
            return
        # a little more, for what float32 leaves of a distance that is just as large
        limit = found.limit * self._atlas.panel.alike_slider.value / 100 * (1 + 1e-6)
        pairs, distances = found.pairs.tolist(), found.distances.tolist()
        count = next((n for n, distance in enumerate(distances) if distance > limit), len(pairs))
        far: dict[int, tuple[int, float]] = {}
        for (one, other), distance in zip(pairs[:count], distances, strict=False):
            if max(one, other) < points.count:
                far.setdefault(one, (other, distance))
                far.setdefault(other, (one, distance))
        if found.left_out and count == len(pairs):
            said = self.tr("The {n} pairs that are most alike").format(n=count)
        elif count == 1:
            said = self.tr("1 pair that is much alike")
        else:
            said = self.tr("{n} pairs that are much alike").format(n=count)
        alike = self.tr("{name}\nlike {other}, distance {far:.3g}")
        self._chosen.list_pairs(
            list(far),
            said if far else self.tr("No two are much alike."),
            lambda n, name: alike.format(name=name, other=points.name(far[n][0]), far=far[n][1]),
        )
        self._atlas.panel.alike_slider.show()
