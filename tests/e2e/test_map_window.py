"""The map with the real engine: it opens with the digits, and a folder of pictures becomes points on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.generate import decode
from aestudio.engine.session import Session
from aestudio.ui.main_window import MainWindow
from tests.real_window import opened

sys.path.insert(0, str(Path(__file__).parent.parent / "unit" / "engine"))
from latent_samples import COLOUR, install

PATIENCE = 120_000


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    install("a-wide", COLOUR)
    install("a-line", {**COLOUR, "latent": 1})
    with opened(qtbot) as made:
        yield made


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)


@pytest.fixture
def look_at(window: MainWindow, settle: Callable[[], None]) -> Callable[[str], None]:
    def look(model: str) -> None:
        picker = window.generate.inspector.model_picker
        picker.setCurrentIndex(picker.findData(model))
        window.tabs.setCurrentWidget(window.generate)
        settle()

    return look


def portraits(folder: Path) -> Path:
    """Draw forty faces, light and dark ones in a folder each, one of them twice; and a file that is no picture."""
    rows, columns = np.mgrid[-1:1:120j, -1:1:90j]
    for number in range(40):
        rng = np.random.default_rng(number)
        face = rows**2 / 0.7 + columns**2 / 0.5 < 0.9
        eyes = np.hypot(rows + 0.25, np.abs(columns) - rng.uniform(0.2, 0.35)) < 0.09
        mouth = (np.abs(rows - 0.4) < 0.06) & (np.abs(columns) < rng.uniform(0.1, 0.4))
        dark = number % 2
        picture = np.full((120, 90, 3), 40 + 150 * (not dark), float)
        picture[face] = rng.uniform(90, 230, 3)
        picture[eyes | mouth] = 20
        picture += rng.normal(0, 3, picture.shape)
        path = folder / ("dark" if dark else "light") / f"face {number:02d}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(path)
    (folder / "light" / "the same.png").write_bytes((folder / "light" / "face 04.png").read_bytes())
    (folder / "torn.jpg").write_bytes(b"no picture")
    return folder


def test_the_map_opens_with_the_digits_and_sharpens(
    window: MainWindow, look_at: Callable[[str], None], settle: Callable[[], None]
) -> None:
    look_at("vae-digits-2d")
    atlas, view = window.generate.atlas, window.generate.map
    assert atlas.points.count == 5000
    assert atlas.points.names == tuple("0123456789")
    # neighbours on the map are mostly of one class: the points are where the digits lie
    places = atlas.points.places[:1000]
    apart = np.linalg.norm(places[:, None] - places, axis=2) + np.eye(1000) * 9
    groups = atlas.points.groups[:1000]
    assert (groups[apart.argmin(1)] == groups).mean() > 0.6
    coarse = {tile[0] for tile in atlas.mosaic._tiles}
    view.zoom_by(8)
    settle()
    assert max(tile[0] for tile in atlas.mosaic._tiles) >= max(coarse) + 3
    # what is under the cursor is what the engine makes of that place
    view.move_to(1.2, -0.7)
    settle()
    session = Session(store.find("vae-digits-2d"), device.choose("cpu"))
    there = decode(session, np.array([[1.2, -0.7]], np.float32))[0]
    assert np.abs(window.generate.decoded.pixels.astype(int) - there).max() <= 1


def test_a_folder_of_portraits_becomes_a_map(
    window: MainWindow, look_at: Callable[[str], None], settle: Callable[[], None], tmp_path: Path
) -> None:
    look_at("a-wide")
    atlas, panel = window.generate.atlas, window.generate.atlas.panel
    assert atlas.points is None
    window.open_files([portraits(tmp_path / "faces")])
    assert not window.idle
    settle()
    assert atlas.points.count == 41
    assert atlas.points.names == ("dark", "light")
    assert "torn.jpg" in window.notices.text.text()
    assert panel.plane_picker.currentData() == "pca"
    # light and dark ones lie apart even by an untrained encoder
    middles = [atlas.points.places[atlas.points.groups == group].mean(0) for group in (0, 1)]
    spread = max(atlas.points.places[atlas.points.groups == group].std(0).max() for group in (0, 1))
    assert np.linalg.norm(middles[0] - middles[1]) > spread
    panel.alike_button.click()
    settle()
    assert {path.name for path in atlas.chosen.files} >= {"face 04.png", "the same.png"}
    panel.plane_picker.setCurrentIndex(panel.plane_picker.findData("tsne"))
    panel.plane_picker.activated.emit(panel.plane_picker.currentIndex())
    settle()
    assert atlas.plane is None
    assert np.isfinite(atlas.points.places).all()
    panel.search.setText("face 04")
    panel.rows.setCurrentRow(0)
    settle()
    assert window.generate.decoded.original is not None
    panel.denoise_button.click()
    settle()
    assert [path.name for path in window.pictures.paths()] == ["face 04.png"]


def test_what_has_no_map_is_said(
    window: MainWindow, look_at: Callable[[str], None], settle: Callable[[], None], tmp_path: Path
) -> None:
    look_at("a-line")
    assert not window.generate.map.ready
    assert "one dimension" in window.generate.map._message
    assert window.generate.grid.count > 0
    look_at("a-wide")
    (tmp_path / "empty").mkdir()
    window.open_files([tmp_path / "empty"])
    settle()
    assert "no pictures" in window.notices.text.text()
    assert window.generate.map.ready
