"""Editing, adding up, walking and batches of the generate tab, with the real engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio import cli
from aestudio.catalog import directions as store
from aestudio.ui.main_window import MainWindow
from tests.real_window import opened

PATIENCE = 120_000
MODEL = "vae-digits-2d"
Settle = Callable[[], None]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with opened(qtbot) as made:
        picker = made.generate.inspector.model_picker
        picker.setCurrentIndex(picker.findData(MODEL))
        made.tabs.setCurrentWidget(made.generate)
        qtbot.waitUntil(lambda: made.idle, timeout=PATIENCE)
        yield made


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Settle:
    return lambda: qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)


def decoded_outside(vectors: list[tuple[float, ...]], tmp_path: Path) -> list[NDArray[np.int64]]:
    """Return what the command line decodes vectors to."""
    tmp_path.mkdir(exist_ok=True)
    np.savez(tmp_path / "asked.npz", z_mean=np.array(vectors, np.float32))
    out = tmp_path / "asked"
    command = ["decode", str(tmp_path / "asked.npz"), "-o", str(out), "--model", MODEL, "--quiet", "--overwrite"]
    assert cli.run(command) == 0
    pictures = []
    for file in sorted(out.iterdir()):
        with Image.open(file) as picture:
            pictures.append(np.asarray(picture).astype(int))
    return pictures


def same(shown: NDArray[np.uint8] | None, other: NDArray[np.int64]) -> bool:
    """Return whether two pictures are one; a batch of another size may round a value the other way."""
    return shown is not None and int(np.abs(shown[:, :, 0].astype(int) - other).max()) <= 1


def test_a_picture_of_ones_own_is_edited(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    tab = window.generate
    Image.fromarray(tab.grid.samples[3].pixels[:, :, 0]).save(tmp_path / "mine.png")
    tab.inspector.use_tool("edit")
    window.open_files([tmp_path / "mine.png"])
    settle()
    edit = tab.tools.edit
    base = edit.base
    assert base is not None
    assert base.name == "mine.png"
    widest = next(iter(edit.editor.rows.values()))
    assert widest.label.text().startswith("Direction 1 (")
    for value in range(0, 21, 4):
        widest.slider.setValue(value)
    settle()
    step = np.array(widest.direction.vector)
    assert edit.vector == pytest.approx(tuple(np.array(base.vector) + step))
    assert same(tab.decoded.pixels, decoded_outside([edit.vector], tmp_path)[0])
    own = tab.own.find(base)
    assert own is not None
    assert tab.decoded.original is own.pixels
    edit.editor.keep_button.click()
    settle()
    assert same(tab.grid.samples[0].pixels, decoded_outside([edit.vector], tmp_path)[0])
    window.undo_action.trigger()
    window.undo_action.trigger()
    assert edit.amounts == {}


def test_a_direction_taught_by_examples_leads_from_one_group_to_the_other(window: MainWindow, settle: Settle) -> None:
    tab = window.generate
    tab.inspector.use_tool("edit")
    # thick against thin: the brightest and the darkest of the samples
    ordered = sorted(tab.grid.samples, key=lambda sample: float(sample.pixels.mean()))
    edit = tab.tools.edit
    edit.add_examples("having", ordered[-12:])
    edit.add_examples("lacking", ordered[:12])
    edit.teach()
    (taught,) = store.load(MODEL).taught
    assert taught.accuracy is not None
    assert taught.accuracy > 0.8
    edit.choose(ordered[2])
    edit.editor.rows[taught.key].slider.setValue(20)
    settle()
    assert tab.decoded.pixels is not None
    assert tab.decoded.pixels.mean() > ordered[2].pixels.mean() + 5


def test_pictures_are_added_up(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    tab = window.generate
    mix = tab.tools.mix
    tab.inspector.use_tool("mix")
    a, b, c = (tab.grid.samples[row] for row in (1, 4, 9))
    for letter, sample in zip("ABC", (a, b, c), strict=True):
        mix.put(letter, [sample])
    settle()
    expected = tuple(np.array(a.vector) - np.array(b.vector) + np.array(c.vector))
    assert mix.vector == pytest.approx(expected)
    assert same(tab.decoded.pixels, decoded_outside([mix.vector], tmp_path)[0])


def test_a_path_is_played_and_saved(window: MainWindow, settle: Settle, tmp_path: Path, qtbot: QtBot) -> None:
    tab = window.generate
    path = tab.tools.path
    tab.inspector.use_tool("path")
    for place in ((-2.0, 0.0), (0.0, 2.0), (1.6, -1.2)):
        tab.map.clicked.emit(*place)
        settle()
        # the pin shows large, also where a point of the map lies below it, which is left alone
        assert same(tab.decoded.pixels, decoded_outside([path.route.pins[-1].vector], tmp_path / "pin")[0])
    assert tab.atlas.chosen.numbers == []
    panel = path.panel
    panel.steps.slider.setValue(5)
    panel.seconds.slider.setValue(4)
    settle()
    panel.play_button.click()
    qtbot.waitUntil(lambda: panel.strip.value() >= 6, timeout=PATIENCE)
    panel.play_button.click()
    settle()
    job = path.whole("")
    assert job is not None
    assert len(job.vectors) == 15
    frames = decoded_outside([tuple(vector) for vector in job.vectors.tolist()], tmp_path)
    assert same(tab.decoded.pixels, frames[panel.strip.value()])
    panel.side.setValue(28)
    panel.form_picker.setCurrentIndex(panel.form_picker.findData("png"))
    (tmp_path / "frames").mkdir()
    path.saver.export_to(tmp_path / "frames")
    settle()
    written = sorted((tmp_path / "frames").iterdir())
    assert len(written) == 15
    for file, frame in zip(written, frames, strict=True):
        with Image.open(file) as picture:
            assert np.abs(np.asarray(picture).astype(int) - frame).max() <= 1
    for form in ("gif", "webp"):
        panel.form_picker.setCurrentIndex(panel.form_picker.findData(form))
        path.saver.export_to(tmp_path / f"walk.{form}")
        settle()
        with Image.open(tmp_path / f"walk.{form}") as animation:
            assert animation.n_frames == 15
            assert animation.info["loop"] == 0


def test_a_batch_goes_to_a_file_and_back(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    tab = window.generate
    files = []
    for number, sample in enumerate(tab.grid.samples[:5]):
        files.append(tmp_path / f"{number}.png")
        Image.fromarray(sample.pixels[:, :, 0]).save(files[-1])
    target = tmp_path / "z.npz"
    tab.tools.exchange.encode(files, target)
    settle()
    outside = tmp_path / "outside.npz"
    command = ["encode", *map(str, files), "-o", str(outside), "--model", MODEL, "--quiet"]
    assert cli.run(command) == 0
    with np.load(target) as inside, np.load(outside) as beside:
        assert inside["z_mean"] == pytest.approx(beside["z_mean"], abs=1e-4)
    window.open_files([target])
    settle()
    assert [sample.name for sample in tab.grid.samples[:5]] == [file.name for file in files]
    np.savez(tmp_path / "nan.npz", z_mean=np.full((1, 2), np.nan))
    before = tab.grid.count
    window.open_files([tmp_path / "nan.npz"])
    settle()
    assert "not numbers" in window.notices.text.text()
    assert tab.grid.count == before
