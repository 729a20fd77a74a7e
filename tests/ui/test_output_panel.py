"""How results are stored: what the panel asks for, and that it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from aestudio.jobs.spec import Output, Save
from aestudio.settings import Settings
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.output_panel import OutputPanel
from tests.ui.fake_client import FakeClient


def choose(panel: OutputPanel, format: str, depth: str = "keep") -> None:
    panel.format_picker.setCurrentIndex(panel.format_picker.findData(format))
    panel.format_picker.activated.emit(panel.format_picker.currentIndex())
    panel.depth_picker.setCurrentIndex(panel.depth_picker.findData(depth))
    panel.depth_picker.activated.emit(panel.depth_picker.currentIndex())


def test_files_keep_what_they_are_unless_told_otherwise(qtbot: QtBot) -> None:
    panel = OutputPanel(Settings())
    qtbot.addWidget(panel)
    assert panel.output("png") == Output("png")
    assert panel.output("jpeg") == Output("jpeg", quality=95)
    assert panel.suffix() == ""
    assert not panel.body.isVisibleTo(panel)
    panel.fold.click()
    assert panel.body.isVisibleTo(panel)


def test_a_choice_is_asked_for_and_kept(qtbot: QtBot) -> None:
    settings = Settings()
    panel = OutputPanel(settings)
    qtbot.addWidget(panel)
    choose(panel, "tiff", "16")
    panel.metadata.setChecked(False)
    assert panel.output("tiff", overwrite=True) == Output("tiff", "16", None, False, True)
    assert panel.suffix() == ".tif"
    again = OutputPanel(settings)
    qtbot.addWidget(again)
    assert again.output("tiff") == Output("tiff", "16", None, False)


def test_only_depths_that_the_format_holds_are_offered(qtbot: QtBot) -> None:
    panel = OutputPanel(Settings())
    qtbot.addWidget(panel)
    choose(panel, "tiff", "32f")
    # a name typed in the dialog may ask for another format
    assert panel.output("jpeg").depth == "keep"
    choose(panel, "jpeg")
    assert [panel.depth_picker.itemData(i) for i in range(panel.depth_picker.count())] == ["keep", "8"]
    choose(panel, "exr")
    assert not panel.quality.isVisibleTo(panel.body)


def test_a_lossless_format_becomes_lossy_only_by_choice(qtbot: QtBot) -> None:
    panel = OutputPanel(Settings())
    qtbot.addWidget(panel)
    assert panel.output("webp").quality is None
    choose(panel, "webp")
    panel.quality.set_value(80)
    assert panel.output("webp").quality == 80
    panel.quality.set_value(100)
    assert panel.output("webp").quality is None


def test_saving_all_uses_it(
    opened: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    panel = opened.denoise.inspector.output
    choose(panel, "tiff", "16")
    opened.denoise.save_all_to(tmp_path)
    wait_idle()
    job = next(m for m in client.submitted if isinstance(m, Save))
    assert job.target.endswith("-denoised.tif")
    assert (job.output.format, job.output.depth) == ("tiff", "16")


def test_the_panel_fits_beside_a_small_canvas(qtbot: QtBot) -> None:
    panel = OutputPanel(Settings())
    qtbot.addWidget(panel)
    panel.fold.click()
    # what the narrowest inspector leaves between its margins, beside a scroll bar
    assert panel.minimumSizeHint().width() <= 208 - 2 * 16 - 12
