"""From a restoring tab to a comparison of what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aestudio.ui.compare.window import CompareWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.tabs.restore import RestoreTab


def comparison_of(
    tab: RestoreTab, hub: JobHub, pictures: Pictures, settings: Settings, parent: QWidget
) -> CompareWindow | None:
    """Return a window that compares models on the tab's picture, looking where its canvas looks.

    None while the tab shows no picture.
    """
    path, view = tab.restorer.path, tab.view.viewport
    if path is None or not view.width:
        return None
    size = round(view.width), round(view.height)
    window = CompareWindow(tab.task, path, tab.inspector.choice(), size, hub, settings, pictures.paths, parent)
    if not view.fitting:
        x, y = view.to_picture(view.canvas_width / 2, view.canvas_height / 2)
        window.shared.look_at(x / view.width, y / view.height, view.zoom)
    return window
