"""What is chosen on the map: by lasso, name, likeness or kind; listed with pictures, and handed on."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from aestudio.ui.generate.atlas_panel import Row
from aestudio.ui.generate.duplicates import Duplicates
from aestudio.ui.handover import show_in_folder
from aestudio.ui.notifications import Notice
from aestudio.ui.question import ask_for_file
from aestudio.ui.widgets.layer_painter import as_image
from aestudio.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from aestudio.ui.generate.atlas import Atlas
    from aestudio.ui.generate.points import Points

    Numbers = NDArray[np.intp]

LISTED = 200
NEIGHBOURS = 25
PICTURED = 40
"""Rows whose pictures are decoded where the points have none."""


class Chosen(QObject):
    """Keeps the numbers of the chosen points, and the map, the list and the buttons in step with them."""

    def __init__(self, atlas: Atlas) -> None:
        super().__init__(atlas)
        self._atlas = atlas
        self.numbers: list[int] = []
        self._at = -1
        panel = atlas.panel
        panel.searched.connect(self.search)
        panel.row_chosen.connect(self._on_row)
        panel.near_button.clicked.connect(self.show_neighbours)
        self.duplicates = Duplicates(atlas, self)
        panel.unlike_button.clicked.connect(self.choose_unlike)
        panel.clear_button.clicked.connect(self.clear)
        panel.reveal_button.clicked.connect(self.reveal)
        panel.list_button.clicked.connect(self._ask_for_list)
        panel.denoise_button.clicked.connect(self._open)

    @property
    def files(self) -> list[Path]:
        """The files of what is chosen."""
        points = self._atlas.points
        return [points.files[number] for number in self.numbers] if points is not None and points.files else []

    def clear(self) -> None:
        """Choose nothing."""
        self._show([], "", [])
        self._at = -1
        self.refresh()

    def choose(self, numbers: Numbers | Sequence[int]) -> None:
        """Choose points by number."""
        found = [int(number) for number in numbers]
        said = self.tr("{n} chosen").format(n=len(found)) if len(found) != 1 else self.tr("1 chosen")
        self._show(found, said, [self._words(number) for number in found[:LISTED]])

    def pick(self, number: int) -> None:
        """Choose one point, and list those most like it."""
        self._at = number
        self._atlas.picked.emit(number)
        self.show_neighbours()

    def search(self, text: str) -> None:
        """Choose the points of a name."""
        points = self._atlas.points
        if points is None:
            return
        if not text.strip():
            self.clear()
            return
        from aestudio.ui.generate.choosing import named_like

        self.choose(named_like([self._words(number) for number in range(points.count)], text))

    def show_neighbours(self) -> None:
        """List the points most like the one that was picked, in latent space, with their distances."""
        points, at = self._atlas.points, self._at
        if points is None or not 0 <= at < points.count:
            return
        from aestudio.ui.generate.choosing import nearest

        found, distances = nearest(points.vectors, points.vectors[at], NEIGHBOURS + 1)
        numbers = [at, *(int(n) for n in found if n != at)][: NEIGHBOURS + 1]
        far = dict(zip(found.tolist(), distances.tolist(), strict=True))
        said = self.tr("{name} and those most like it").format(name=points.name(at))
        rows = [
            self._words(n) if n == at else self.tr("{name}\ndistance {far:.3g}").format(name=self._words(n), far=far[n])
            for n in numbers
        ]
        self._show(numbers, said, rows)

    def list_pairs(self, numbers: list[int], said: str, words: Callable[[int, str], str]) -> None:
        """Choose the points of pairs, and list the first of them, each in the ``words`` for its number and name."""
        self._show(numbers, said, [words(number, self._words(number)) for number in numbers[:LISTED]], paired=True)

    def choose_unlike(self) -> None:
        """Choose what comes back so badly that it is not the model's kind, the worst first."""
        points = self._atlas.points
        if points is None or points.unlike is None or points.psnr is None:
            return
        found = sorted(points.unlike.nonzero()[0].tolist(), key=points.psnr.tolist().__getitem__)
        said = self.tr("Not this model’s kind of picture: {n}").format(n=len(found))
        psnr = self.tr("{name}\ncomes back at {psnr:.1f} dB")
        rows = [psnr.format(name=self._words(n), psnr=float(points.psnr[n])) for n in found[:LISTED]]
        self._show(found, said, rows)

    # What is done with them.

    def reveal(self) -> None:
        """Show the current file, or the first, in the file manager."""
        files = self.files
        if files:
            row = self._atlas.panel.rows.currentRow()
            show_in_folder(files[row if 0 <= row < len(files) else 0], self)

    def _open(self) -> None:
        if self.files:
            self._atlas.open_wanted.emit(self.files)

    def _ask_for_list(self) -> None:
        title, kinds = self.tr("Save the list"), self.tr("Tables (*.csv)")
        target = ask_for_file(self._atlas.panel, title, Path.home() / "points.csv", kinds)
        if target is not None:
            self.save_list(target)

    def save_list(self, target: Path) -> None:
        """Write the chosen points as a table: name, group, place, how well it comes back, whether of its kind."""
        points = self._atlas.points
        if points is None:
            return
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(["name", "group", "x", "y", "psnr", "not its kind"])
        for n in self.numbers:
            name = str(points.files[n]) if points.files else points.name(n)
            psnr = "" if points.psnr is None else f"{float(points.psnr[n]):.2f}"
            odd = "" if points.unlike is None else int(points.unlike[n])
            x, y = points.places[n].tolist()
            writer.writerow([name, points.group(n), f"{x:.5g}", f"{y:.5g}", psnr, odd])
        try:
            with whole_file(target) as file:
                file.write(text.getvalue().encode("utf-8", errors="surrogateescape"))
        except OSError as error:
            what = self.tr("{path} cannot be written.").format(path=target)
            self._atlas.notice.emit(Notice("failure", what, self.tr("Choose another folder."), str(error)))
            return
        self._atlas.notice.emit(Notice("info", self.tr("Saved {path}.").format(path=target)))

    # Showing.

    def _show(self, numbers: list[int], said: str, rows: list[str], paired: bool = False) -> None:
        atlas = self._atlas
        self.numbers = numbers
        if not paired:
            self.duplicates.forget()
        points = atlas.points
        if atlas.data is not None:
            import numpy as np

            atlas.data.choose(np.array(numbers, np.intp))
        if len(numbers) > len(rows) and rows:
            said = self.tr("{said}; the first {n} are listed").format(said=said, n=len(rows))
        small = points.thumbnails if points is not None else None
        listed = [
            Row(n, w, _pixmap(small[n]) if small is not None else None) for n, w in zip(numbers, rows, strict=False)
        ]
        atlas.panel.show_rows(said, listed)
        if points is not None and small is None and listed:
            atlas.ask_for_pictures([row.number for row in listed[:PICTURED]])
        self.refresh()

    def show_pictures(self, pixels: NDArray[np.uint8]) -> None:
        """Give the rows the pictures that their points decode to."""
        self._atlas.panel.show_pictures([_pixmap(each) for each in pixels])

    def refresh(self) -> None:
        """Offer what can be done with what is chosen."""
        panel, points = self._atlas.panel, self._atlas.points
        some = bool(self.numbers)
        files = some and points is not None and bool(points.files)
        panel.reveal_button.setEnabled(files)
        panel.denoise_button.setEnabled(files)
        panel.list_button.setEnabled(some)
        panel.clear_button.setEnabled(some)
        panel.near_button.setEnabled(points is not None and 0 <= self._at < points.count)
        panel.alike_button.setEnabled(points is not None)
        panel.unlike_button.setEnabled(points is not None and points.unlike is not None and bool(points.unlike.any()))

    def _on_row(self, number: int) -> None:
        atlas = self._atlas
        if atlas.points is None:
            return
        self._at = number
        x, y = atlas.points.places[number].tolist()
        atlas.map.reveal(x, y)
        atlas.picked.emit(number)
        self.refresh()

    def _words(self, number: int) -> str:
        points = self._atlas.points
        assert points is not None
        return self._below(points, number) if points.files else points.name(number)

    def _below(self, points: Points, number: int) -> str:
        """Return a file's name with the folder that it lies in, where that is a group."""
        file = points.files[number]
        return f"{file.parent.name}/{file.name}" if len(points.names) > 1 else file.name


def _pixmap(pixels: NDArray[np.uint8]) -> QPixmap:
    return QPixmap.fromImage(as_image(pixels.copy()))
