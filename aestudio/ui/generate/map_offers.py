"""What the panel beside the map offers: the planes that the points can be seen on, and which buttons do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio import extras
from aestudio.jobs.mapping import MOST_FOR_TSNE, Method

if TYPE_CHECKING:
    from aestudio.jobs.plane import Plane
    from aestudio.ui.generate.atlas_panel import AtlasPanel
    from aestudio.ui.generate.points import Points

OWN, DIRECTIONS = "own", "directions"
METHODS: dict[str, Method] = {"pca": "pca", "tsne": "tsne", "umap": "umap"}


class MapOffers(QObject):
    """Keeps the panel in step with what is on the map."""

    def __init__(self, panel: AtlasPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel

    def show_planes(self, points: Points | None, named: Plane | None, current: str) -> None:
        """Offer the planes that suit the points, and that of two ``named`` directions where there is one."""
        planes = [(OWN, self.tr("The model’s own plane"))]
        if points is not None:
            if points.vectors.shape[1] > 2:
                planes.append(("pca", self.tr("Widest directions (PCA)")))
            if points.count <= MOST_FOR_TSNE:
                planes.append(("tsne", self.tr("Neighbours together (t-SNE)")))
            if extras.is_offered(extras.UMAP):
                planes.append(("umap", self.tr("Neighbours together (UMAP)")))
        if named is not None:
            planes.append((DIRECTIONS, " × ".join(named.names) or self.tr("Two directions")))
        self._panel.show_planes(planes, current)

    def show_state(self, points: Points | None, plane: Plane | None, has_model: bool, others: bool) -> None:
        """Say what the points are, and enable what can be done; ``others``: they are not those the model came with."""
        panel = self._panel
        lack = self.tr("No points: this model came without any. Choose a folder to see its pictures here.")
        panel.title.setText(points.title if points is not None else lack)
        panel.folder_button.setEnabled(has_model)
        panel.own_button.setVisible(others)
        for button in (panel.points_box, panel.contours_box, panel.search):
            button.setEnabled(points is not None)
        panel.mosaic_box.setEnabled(plane is not None)
        panel.thumbnails_box.setEnabled(points is not None and points.thumbnails is not None)
        for tool in (panel.lasso_button, panel.rectangle_button):
            tool.setEnabled(points is not None)
