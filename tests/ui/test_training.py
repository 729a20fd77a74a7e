"""The training studio with a small program in the trainer's place."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QProcess, Qt
from PySide6.QtGui import QAction, QIcon, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from aestudio.catalog.card import Card
from aestudio.jobs import training
from aestudio.jobs.damaging import Degrade
from aestudio.jobs.training import Begun, Finished, Probed, Progressed, Training
from aestudio.training import recipes
from aestudio.training.damage import Damage
from aestudio.ui.dialogs.train import TrainDialog
from aestudio.ui.main_window import MainWindow
from aestudio.ui.training.damage_preview import DamagePreview
from aestudio.ui.training.effort import judged, megapixels
from aestudio.ui.training.glance import glance
from aestudio.ui.training.run import Run, State
from aestudio.ui.training.trainer import Trainer
from tests.ui.conftest import make_photo, write_card

PROGRAM = """
import json, os, sys
from pathlib import Path
def tell(event, **values):
    print(json.dumps({"event": event, **values}), flush=True)
if "--probe" in sys.argv:
    if "tiny" in " ".join(sys.argv):
        tell("refused", what="No picture in there is large enough.", advice="Use larger pictures.")
    else:
        import time, tomllib
        path = next(word.split("=", 1)[1] for word in sys.argv if word.startswith("--recipe="))
        batch = tomllib.loads(Path(path).read_text()).get("batch", 8)
        speed = {"steps_per_second": 64.0 / batch, "megapixels_per_second": 0.59, "memory": 10**9}
        if "slow" in " ".join(sys.argv):
            tell("probed", device="a processor", **{**speed, "steps_per_second": 1.0})
            while not Path(sys.argv[3], "go").exists():
                time.sleep(0.02)
        with Path(sys.argv[3], "probes").open("a") as file:
            file.write(f"{batch}\\n")
        tell("probed", device="a processor", **speed)
    sys.exit(0)
if "--check" in sys.argv:
    folder = sys.argv[3]
    tell("looked", done=6, total=6)
    if "doubtful" in folder:
        blurred = [folder + "/a.png", folder + "/b.png"]
        tell("found", kind="blurred", severity="warns", what="2 pictures are blurred.",
             advice="The model would learn to leave blur: leave them out.", paths=blurred, leave_out=blurred)
        tell("found", kind="grey", severity="tells", what="1 of 6 pictures are grey, the others are in colour.",
             advice="They teach nothing about colour.", paths=[folder + "/a.png", folder + "/c.png"], leave_out=[])
    if "torn" in folder:
        tell("found", kind="unreadable", severity="warns", what="1 file cannot be read as a picture.",
             advice="Left out of the run; copy again what you need.", paths=[folder + "/c.png"],
             leave_out=[folder + "/c.png"])
    if "small" in folder:
        tell("found", kind="few", severity="warns", what="There are only 3 pictures.", advice="Add some.")
    if "mismatched" in folder:
        tell("refused", what="No picture in b has the name of one in a.",
             advice="Give both files of a pair the same name.")
        sys.exit(3)
    if "hopeless" in folder:
        tell("found", kind="small", severity="stops", what="No picture is at least 96 pixels on its shorter side.",
             advice="Use larger pictures or a smaller patch.", paths=[folder + "/a.png"], leave_out=[])
    tell("checked", pictures=6, looked_at=6, megapixels=1.5, memory=4500000, disk=42000000, free=9000000000,
         reading=0.5, minutes=10.0)
    sys.exit(0)
if "denied" in " ".join(sys.argv):
    tell("refused", what="None of the pictures can be read.", advice="Choose another folder.")
    sys.exit(3)
if "broken" in " ".join(sys.argv):
    sys.exit(1)
folder = Path(os.environ["AESTUDIO_HOME"], "runs", sys.argv[sys.argv.index("--name") + 1])
folder.mkdir(parents=True, exist_ok=True)
if "reading" in " ".join(sys.argv):
    sys.stdin.readline()
    sys.exit(1)
(folder / "last.safetensors").touch()
print("a library says something")
tell("begun", device="a processor", pictures=20, held_out=5, untouched=25.0, resumed="--resume" in sys.argv)
tell("progressed", step=0, seconds=0.0, progress=0.0, loss=None, scores={"psnr": 30.0})
tell("progressed", step=5, seconds=30.0, progress=0.5, loss=0.02, megapixels=3.0, scores={"psnr": 30.5})
word = "go"
while word in ("yield", "go"):
    word = sys.stdin.readline().strip()
if word == "stop":
    tell("progressed", step=6, seconds=36.0, progress=0.6, loss=0.02, megapixels=3.5, scores={"psnr": 30.8})
    tell("finished", model="my-garden", path="x", scores={"psnr": 30.8})
else:
    tell("paused")
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "trainer.py"
    script.write_text(PROGRAM)
    monkeypatch.setattr(training, "program", lambda: [sys.executable, str(script)])


@pytest.fixture
def dialog(window: MainWindow, models: Path, program: None) -> TrainDialog:
    write_card(Card("photo-fast", "Photo", "denoise", "none", {}), models)
    window.findChild(QAction, "trainAction").trigger()
    return window.findChild(TrainDialog)


@pytest.fixture
def started(dialog: TrainDialog, tmp_path: Path, reach: Callable[[State], None]) -> TrainDialog:
    """Return the dialog with a run under way, asked for as a person does."""
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path))
    dialog.findChild(QLineEdit, "nameField").setText("My garden")
    dialog.findChild(QPushButton, "startButton").click()
    reach(State.RUNNING)
    return dialog


@pytest.fixture
def reach(qtbot: QtBot, window: MainWindow) -> Callable[[State], None]:
    """Return what waits until the run is in a state."""
    trainer = window.training.trainer
    return lambda state: qtbot.waitUntil(lambda: trainer.run is not None and trainer.run.state is state, timeout=60_000)


def shown(dialog: TrainDialog, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    return found.text() if found.isVisible() else ""


def test_stopping_keeps_the_best_and_says_how_good_it_is(
    window: MainWindow, started: TrainDialog, models: Path, qtbot: QtBot, reach: Callable[[State], None]
) -> None:
    qtbot.waitUntil(lambda: "step 5" in shown(started, "trainingFacts"), timeout=60_000)
    assert "about 30 s left" in shown(started, "trainingFacts")
    assert window.training.button.text() == "Training 50%"
    write_card(Card("my-garden", "My garden", "denoise", "none", {}), models)
    started.findChild(QPushButton, "stopButton").click()
    reach(State.DONE)
    qtbot.waitUntil(lambda: window.denoise.inspector.model_picker.findData("my-garden") >= 0, timeout=60_000)
    said = shown(started, "reportView")
    assert "5 pictures that it never saw it is 0.8 dB better" in said
    assert "still improving" in said
    assert not window.training.button.isVisible()


def test_learning_from_a_photo_asks_for_a_run_after_one_that_is_done(
    window: MainWindow, started: TrainDialog, models: Path, tmp_path: Path, reach: Callable[[State], None]
) -> None:
    window.open_files([make_photo(tmp_path / "photo.png", 60, 40)])
    write_card(Card("my-garden", "My garden", "denoise", "none", {}), models)
    window.training.learn_from_photo()
    assert started.pages.currentWidget() is started.watch
    started.findChild(QPushButton, "stopButton").click()
    reach(State.DONE)
    assert started.pages.currentWidget() is started.watch
    window.training.learn_from_photo()
    assert started.pages.currentWidget() is started.form
    assert (models / "my-garden.safetensors").exists()


def test_a_run_goes_on_without_its_window_and_can_be_paused(
    window: MainWindow, started: TrainDialog, qtbot: QtBot, reach: Callable[[State], None]
) -> None:
    started.close()
    assert window.training.trainer.alive
    window.training.button.click()
    again = next(d for d in window.findChildren(TrainDialog) if d.isVisible())
    again.findChild(QPushButton, "pauseButton").click()
    reach(State.PAUSED)
    qtbot.waitUntil(lambda: again.findChild(QPushButton, "resumeButton").isVisible(), timeout=60_000)
    again.findChild(QPushButton, "resumeButton").click()
    reach(State.RUNNING)
    run = window.training.trainer.run
    assert run is not None
    assert run.begun is not None
    assert run.begun.resumed


def test_closing_the_window_pauses_and_the_next_one_offers_to_go_on(
    window: MainWindow, started: TrainDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.training, "_sure", lambda: False)
    assert not window.close()
    monkeypatch.setattr(window.training, "_sure", lambda: True)
    seen: list[bool] = []
    monkeypatch.setattr(window.training.trainer, "blockSignals", lambda blocked: seen.append(window.isVisible()))
    window.show()
    assert window.close()
    assert seen == [False], "nobody sees the window while its trainer is waited for"
    later = Trainer()
    later.find_unfinished()
    assert later.run is not None
    assert later.run.state is State.PAUSED
    assert later.run.request.title == "My garden"


@pytest.mark.parametrize(
    ("name", "said"), [("denied", "None of the pictures can be read."), ("broken", "unexpectedly")]
)
def test_a_run_that_cannot_go_on_says_why(
    dialog: TrainDialog, window: MainWindow, tmp_path: Path, name: str, said: str, reach: Callable[[State], None]
) -> None:
    window.training.trainer.start(Training("denoise", tmp_path / name, "mine"))
    reach(State.FAILED)
    assert said in shown(dialog, "trainingFacts")
    dialog.findChild(QPushButton, "againButton").click()
    assert dialog.form.isVisible()


def answer(dialog: TrainDialog, text: str) -> None:
    """Click "Train another" and answer the question that comes then."""
    dialog.findChild(QPushButton, "againButton").click()
    box = next(b for b in dialog.findChildren(QMessageBox, "unfinishedQuestion") if b.isVisible())
    assert box.defaultButton().text() == "Back"
    next(b for b in box.buttons() if b.text() == text).click()


@pytest.fixture
def paused(started: TrainDialog, reach: Callable[[State], None]) -> TrainDialog:
    """Return the dialog with a run that waits."""
    started.findChild(QPushButton, "pauseButton").click()
    reach(State.PAUSED)
    return started


def test_a_paused_run_is_not_thrown_away_unasked(paused: TrainDialog, window: MainWindow, home: Path) -> None:
    folder = home / "runs" / "my-garden"
    answer(paused, "Back")
    assert paused.watch.isVisible()
    assert (home / "runs" / "unfinished.json").exists()
    assert folder.exists()
    answer(paused, "Throw it away")
    assert paused.form.isVisible()
    assert window.training.trainer.run is None
    assert not (home / "runs" / "unfinished.json").exists()
    assert not folder.exists()


def test_what_a_paused_run_has_learned_becomes_a_model(
    paused: TrainDialog, window: MainWindow, models: Path, qtbot: QtBot, reach: Callable[[State], None]
) -> None:
    write_card(Card("my-garden", "My garden", "denoise", "none", {}), models)
    answer(paused, "Keep it as a model")
    assert shown(paused, "trainingTitle") == "Stopping, the model is kept…"
    reach(State.DONE)
    qtbot.waitUntil(lambda: window.denoise.inspector.model_picker.findData("my-garden") >= 0, timeout=60_000)
    paused.findChild(QPushButton, "againButton").click()
    assert paused.form.isVisible()


def test_a_run_that_failed_on_its_way_is_not_thrown_away_unasked(
    started: TrainDialog, window: MainWindow, home: Path, reach: Callable[[State], None]
) -> None:
    window.training.trainer.findChild(QProcess).kill()
    reach(State.FAILED)
    assert "Go on from its last checkpoint" in shown(started, "trainingFacts")
    assert started.findChild(QPushButton, "resumeButton").isVisible()
    assert not started.findChild(QPushButton, "startAgainButton").isVisible()
    answer(started, "Throw it away")
    assert not (home / "runs" / "my-garden").exists()


def test_stopping_a_run_that_goes_on_keeps_it_while_it_still_reads(
    paused: TrainDialog, window: MainWindow, reach: Callable[[State], None]
) -> None:
    paused.findChild(QPushButton, "resumeButton").click()
    paused.findChild(QPushButton, "stopButton").click()
    reach(State.DONE)


def test_a_run_that_was_killed_while_it_read_is_started_again(
    dialog: TrainDialog, window: MainWindow, tmp_path: Path, home: Path, reach: Callable[[State], None]
) -> None:
    window.training.trainer.start(Training("denoise", tmp_path / "reading", "mine", minutes=3.0))
    window.training.trainer.findChild(QProcess).kill()
    reach(State.FAILED)
    assert "Start it again" in shown(dialog, "trainingFacts")
    assert not dialog.findChild(QPushButton, "resumeButton").isVisible()
    dialog.findChild(QPushButton, "startAgainButton").click()
    run = window.training.trainer.run
    assert run is not None
    assert run.state is State.STARTING
    stop = dialog.findChild(QPushButton, "stopButton")
    assert (stop.text(), stop.toolTip()) == ("Cancel", "Make no model."), "there is none yet that could be kept"
    assert not dialog.findChild(QPushButton, "pauseButton").isVisible()
    assert run.request == Training("denoise", tmp_path / "reading", "mine", minutes=3.0)
    window.training.trainer.findChild(QProcess).kill()
    reach(State.FAILED)
    # it has learned nothing that could be lost
    dialog.findChild(QPushButton, "againButton").click()
    assert dialog.form.isVisible()
    assert not (home / "runs" / "mine").exists()


def test_a_new_run_leaves_what_others_have_left(dialog: TrainDialog, home: Path) -> None:
    dialog.findChild(QLineEdit, "nameField").setText("My garden")
    left = home / "runs" / "my-garden"
    left.mkdir(parents=True)
    (left / "recipe.toml").touch()
    assert dialog.form.request().name == "my-garden"
    (left / "last.safetensors").touch()
    assert dialog.form.request().name == "my-garden-2"


def test_the_window_opens_within_a_low_screen(dialog: TrainDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dialog.size().toTuple() == (760, 600)
    room = dialog.screen().availableGeometry().height()
    monkeypatch.setattr("aestudio.ui.screen_room.FRAME", (16, room - 492))
    assert TrainDialog(Trainer(dialog), dialog).height() == 492


def test_what_is_missing_is_said_before_anything_runs(dialog: TrainDialog, window: MainWindow, tmp_path: Path) -> None:
    start, folder = dialog.findChild(QPushButton, "startButton"), dialog.findChild(QLineEdit, "folderField")
    start.click()
    assert "Choose a folder" in shown(dialog, "complaintLabel")
    folder.setText(str(tmp_path / "gone"))
    start.click()
    assert "does not exist" in shown(dialog, "complaintLabel")
    picture = make_photo(tmp_path / "rot6.jpg", 61, 47)
    folder.setText(str(picture))
    start.click()
    assert shown(dialog, "complaintLabel") == f"{picture} is a file. Choose the folder that it is in."
    folder.setText(str(tmp_path))
    dialog.findChild(QLineEdit, "nameField").setText("Photo, fast")
    start.click()
    assert "exists already" in shown(dialog, "complaintLabel")
    assert window.training.trainer.run is None


def test_a_task_brings_its_own_models(dialog: TrainDialog) -> None:
    task, kinds = dialog.findChild(QComboBox, "taskPicker"), dialog.findChild(QComboBox, "recipePicker")
    for wanted in ("upscale", "vae", "denoise"):
        task.setCurrentIndex(task.findData(wanted))
        assert kinds.count() > 1
        asked = dialog.form.request()
        assert asked.task == wanted
        assert asked.recipe in training_recipes(wanted)
        assert asked.name.startswith("my-")


def training_recipes(task: str) -> list[str]:
    from aestudio.ui.training.advanced import shipped_recipes

    return [name for name, recipe in shipped_recipes().items() if recipe.task == task]


def test_scores_by_other_pictures_are_not_shown_beside_those_before(tmp_path: Path) -> None:
    earlier = Run(Training("denoise", tmp_path, "mine", start="photo-fast"))
    for event in (Begun("a processor", 20, 5, 40.0), Progressed(0, 0.0, 0.0, None, scores={"psnr": 46.0})):
        earlier.take(event)
    run = Run(dataclasses.replace(earlier.request, resume=True))
    run.losses, run.scores, run.measured = earlier.losses, earlier.scores, earlier.measured
    run.take(Begun("a processor", 20, 5, 20.0, resumed=True))
    assert run.best_score == 46.0
    run.take(Begun("a processor", 20, 5, 20.0, resumed=True, anew=True))
    run.take(Progressed(5, 30.0, 0.5, 0.02, scores={"psnr": 23.0}))
    assert run.best_score == 23.0
    assert run.start_score is None
    assert run.account().start_scores == {}
    assert earlier.best_score == 46.0


def test_a_run_that_got_worse_is_told_from_one_that_improves(tmp_path: Path) -> None:
    run = Run(Training("denoise", tmp_path, "mine"))
    run.take(Begun("a processor", 20, 5, 25.0))
    for at, score in ((0.1, 30.0), (0.4, 31.0), (0.7, 30.8), (1.0, 30.5)):
        run.take(Progressed(1, at * 60, at, 0.1, scores={"psnr": score}))
    run.take(Finished("mine", "x"))
    assert run.trend == pytest.approx(-0.5)
    assert run.best_score == 31.0
    assert run.start_score is None


def ways_of(dialog: TrainDialog) -> list[str]:
    picker = dialog.findChild(QComboBox, "wayPicker")
    return [picker.itemData(n) for n in range(picker.count())]


def choose(dialog: TrainDialog, name: str, value: str) -> None:
    picker = dialog.findChild(QComboBox, name)
    assert picker.findData(value) >= 0
    picker.setCurrentIndex(picker.findData(value))


def test_only_the_ways_of_the_task_are_offered(dialog: TrainDialog) -> None:
    assert ways_of(dialog) == ["clean", "pairs", "noisy"]
    choose(dialog, "taskPicker", "upscale")
    assert ways_of(dialog) == ["clean", "pairs"]
    choose(dialog, "taskPicker", "vae")
    assert ways_of(dialog) == ["clean"]


def test_the_photo_that_is_open_can_be_learned_from(opened: MainWindow, photo: Path, program: None) -> None:
    opened.findChild(QAction, "trainAction").trigger()
    dialog = opened.findChild(TrainDialog)
    choose(dialog, "wayPicker", "photo")
    asked = dialog.form.request()
    assert asked.folder == photo
    assert asked.self_supervised
    assert asked.title == "Learned from photo"
    assert not dialog.findChild(QLineEdit, "folderField").isVisible()


def test_noisy_pictures_alone_teach_a_model_that_judges_by_itself(dialog: TrainDialog) -> None:
    choose(dialog, "wayPicker", "noisy")
    kinds = dialog.findChild(QComboBox, "recipePicker")
    assert {kinds.itemData(n) for n in range(kinds.count())} <= {"photo-fast", "photo-best"}
    assert "--self-supervised" in dialog.form.request().arguments()


def test_pairs_ask_for_a_second_folder(dialog: TrainDialog, tmp_path: Path, window: MainWindow, photo: Path) -> None:
    choose(dialog, "wayPicker", "pairs")
    start, pairs = dialog.findChild(QPushButton, "startButton"), dialog.findChild(QLineEdit, "pairsField")
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path))
    start.click()
    assert "other half" in shown(dialog, "complaintLabel")
    pairs.setText(str(tmp_path))
    start.click()
    assert "different folders" in shown(dialog, "complaintLabel")
    pairs.setText(str(tmp_path / "gone"))
    start.click()
    assert "does not exist" in shown(dialog, "complaintLabel")
    assert window.training.trainer.run is None
    noisy = tmp_path / "noisy"
    noisy.mkdir()
    pairs.setText(str(noisy))
    assert f"--pairs={noisy}" in dialog.form.request().arguments()


def test_folders_that_are_dropped_are_taken_each_once(dialog: TrainDialog, tmp_path: Path, photo: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        make_photo(folder / "a.png", 37, 31)
    dialog.form.folders.take([first, second / "a.png", first])
    asked = dialog.form.request()
    assert (asked.folder, asked.folders) == (first, (second,))
    assert asked.arguments()[2:4] == [str(first), str(second)]
    assert Training.from_row(json.loads(json.dumps(asked.to_row()))) == asked
    dialog.form.folders.leave_out(second)
    assert dialog.form.request().folders == ()


def test_a_folder_without_pictures_is_said_before_anything_runs(
    dialog: TrainDialog, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "words.txt").write_text("no picture")
    dialog.findChild(QLineEdit, "folderField").setText(str(empty))
    qtbot.waitUntil(lambda: "No pictures" in shown(dialog, "seenLabel"), timeout=60_000)
    dialog.findChild(QPushButton, "startButton").click()
    assert "There are no pictures in" in shown(dialog, "complaintLabel")
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path / "nowhere"))
    qtbot.waitUntil(lambda: shown(dialog, "seenLabel") == "There is no folder of that name.", timeout=60_000)
    assert window.training.trainer.run is None


def test_a_look_into_a_large_folder_ends_early(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.png").touch()
    assert glance((tmp_path,)).pictures == 30
    early = glance((tmp_path,), entries=10)
    assert not early.whole
    assert early.pictures == 10
    (tmp_path / "phone.HEIC").touch()
    (tmp_path / "notes.txt").touch()
    assert glance((tmp_path,)).pictures == 31, "training reads what the window opens"


def test_an_effort_says_what_it_comes_to_on_this_device(dialog: TrainDialog, tmp_path: Path, qtbot: QtBot) -> None:
    effort = dialog.findChild(QComboBox, "effortPicker")
    make_photo(tmp_path / "pictures" / "a.png", 137, 131)
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path / "pictures"))
    qtbot.waitUntil(lambda: "4,800 steps, 350 megapixels" in effort.itemText(0), timeout=60_000)
    assert "230,000 steps" in effort.itemText(2)
    assert "a processor" in shown(dialog, "effortWords")
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path / "gone"))
    assert effort.itemText(0) == "Quick: 10 minutes"
    assert not shown(dialog, "effortWords")


def test_a_first_estimate_is_said_early_and_the_last_one_stays(
    dialog: TrainDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    effort = dialog.findChild(QComboBox, "effortPicker")
    folder = tmp_path / "slow"
    make_photo(folder / "a.png", 137, 131)
    dialog.findChild(QLineEdit, "folderField").setText(str(folder))
    qtbot.waitUntil(lambda: "about 600 steps" in effort.itemText(0), timeout=60_000)
    (folder / "go").touch()
    qtbot.waitUntil(lambda: "4,800 steps" in effort.itemText(0), timeout=60_000)


def test_what_changes_the_pace_is_timed_anew_and_nothing_else(
    dialog: TrainDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    effort = dialog.findChild(QComboBox, "effortPicker")
    folder = tmp_path / "pictures"
    make_photo(folder / "a.png", 137, 131)
    unfold(dialog)
    dialog.findChild(QLineEdit, "folderField").setText(str(folder))
    qtbot.waitUntil(lambda: "4,800 steps" in effort.itemText(0), timeout=60_000)
    advanced, prober = dialog.form.advanced, dialog.form._prober
    qtbot.waitUntil(lambda: not prober.busy, timeout=60_000)
    advanced.minutes.setValue(3)
    advanced.held_out.setValue(3)
    advanced.loss.setCurrentIndex(1)
    assert not prober.busy
    for batch in (9, 12, 16):
        advanced.batch.setValue(batch)
    assert effort.itemText(0) == "Quick: 10 minutes", "the pace of before is not that of now"
    qtbot.waitUntil(lambda: "2,400 steps" in effort.itemText(0), timeout=60_000)
    assert (folder / "probes").read_text().split() == ["8", "16"]
    qtbot.waitUntil(lambda: not prober.busy, timeout=60_000)
    advanced.patch.setValue(advanced.patch.value() + 8)
    assert advanced.problem()
    assert not prober.busy
    assert effort.itemText(0) == "Quick: 10 minutes"
    advanced.patch.setValue(64)
    assert prober.busy


def test_a_folder_that_nothing_can_be_learned_from_is_said_when_it_is_timed(
    dialog: TrainDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    make_photo(tmp_path / "tiny" / "a.png", 7, 5)
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path / "tiny"))
    qtbot.waitUntil(lambda: "large enough" in shown(dialog, "effortWords"), timeout=60_000)


def test_time_is_judged_by_what_the_shipped_model_has_seen(models: Path) -> None:
    lineage = {"megapixels_seen": 300, "before": {"megapixels_seen": 300}}
    write_card(Card("photo-fast", "Photo", "denoise", "none", {}, training=lineage), models)
    probed = Probed("a processor", 1.0, 0.1)
    assert megapixels("photo-fast") == 600
    assert "needs about 2 hours" in judged(probed, "photo-fast", "", 10)
    assert "enough" in judged(probed, "photo-fast", "", 480)
    assert "has seen 600 megapixels" in judged(probed, "photo-fast", "photo-fast", 10)
    assert "hardly change" in judged(Probed("a processor", 0.1, 0.005), "photo-fast", "photo-fast", 10)
    assert judged(probed, "another", "", 10) == ""


def unfold(dialog: TrainDialog) -> None:
    dialog.findChild(QToolButton, "advancedButton").setChecked(True)


def test_damage_is_seen_on_ones_own_pictures_and_trained_with(
    window: MainWindow, dialog: TrainDialog, tmp_path: Path, qtbot: QtBot, reach: Callable[[State], None]
) -> None:
    folder = tmp_path / "own"
    for number in range(2):
        make_photo(folder / f"{number}.png", 211, 203, number)
    unfold(dialog)
    dialog.findChild(QLineEdit, "folderField").setText(str(folder))
    dialog.findChild(QCheckBox, "customBox").setChecked(True)
    preview = dialog.findChild(DamagePreview, "degradationPreview")
    qtbot.waitUntil(lambda: preview.answers > 0, timeout=60_000)
    assert not preview.strongest.pixmap().isNull()
    client = window.hub._worker._client
    asked = len(client.jobs(Degrade))
    client.pause(Degrade)
    high = dialog.findChild(QDoubleSpinBox, "gaussianHighField")
    for value in (30, 40, 50, 60):
        high.setValue(value)
    client.go_on(Degrade)
    qtbot.waitUntil(lambda: client.jobs(Degrade)[-1].damage.gaussian == (0, 60), timeout=60_000)
    assert len(client.jobs(Degrade)) == asked + 2, "what waits meanwhile is passed over"
    dialog.findChild(QPushButton, "nextPictureButton").click()
    qtbot.waitUntil(lambda: len({job.path for job in client.jobs(Degrade)}) == 2, timeout=60_000)
    dialog.findChild(QLineEdit, "nameField").setText("My garden")
    dialog.findChild(QPushButton, "startButton").click()
    reach(State.RUNNING)
    recipe = recipes.load(Path(window.training.trainer.run.request.recipe))
    assert recipe.degradation == "custom"
    assert recipe.damage == Damage(gaussian=(0, 60))
    assert recipe.architecture == "photo-unet"


def test_only_what_applies_is_shown_and_the_usual_values_come_back(dialog: TrainDialog) -> None:
    unfold(dialog)
    advanced = dialog.form.advanced
    task, kinds = dialog.findChild(QComboBox, "taskPicker"), dialog.findChild(QComboBox, "recipePicker")

    def seen(name: str) -> bool:
        return dialog.findChild(QWidget, name).isVisible()

    assert seen("lossPicker")
    assert not seen("betaField")
    assert advanced.start() == "photo-fast"
    assert advanced.network_size.isEnabled()
    start = dialog.findChild(QComboBox, "startPicker")
    start.setCurrentIndex(start.findData(""))
    advanced.network_size.setCurrentIndex(0)
    assert advanced.recipe().arguments["widths"] == [32, 64, 128]
    advanced.reset()
    assert not advanced.differs()
    task.setCurrentIndex(task.findData("vae"))
    kinds.setCurrentIndex(kinds.findData("vae-digits-2d"))
    assert seen("betaField")
    assert seen("imageSizeField")
    assert not seen("lossPicker")
    assert not seen("customBox")
    start.setCurrentIndex(start.findData(""))
    advanced.image_size.setValue(30)
    assert "multiple of 4" in advanced.problem()
    advanced.image_size.setValue(32)
    advanced.classes.setChecked(True)
    assert advanced.recipe().arguments["classes"] == 1
    dialog.findChild(QPushButton, "usualValuesButton").click()
    assert not advanced.differs()
    kinds.setCurrentIndex(kinds.findData("vae-digits-classes"))
    assert not advanced.differs()


def test_numbers_keep_their_distance_from_the_border_of_their_field(dialog: TrainDialog) -> None:
    unfold(dialog)
    dialog.findChild(QCheckBox, "customBox").setChecked(True)
    fields = [field for field in dialog.findChildren(QAbstractSpinBox) if field.isVisible()]
    assert len(fields) > 10
    picker = dialog.findChild(QComboBox, "lossPicker")
    for field in fields:
        line = field.lineEdit().geometry()
        assert min(line.left(), field.width() - 1 - line.right()) >= 8, field.objectName()
        assert field.height() == picker.height(), field.objectName()


def test_what_a_control_of_advanced_is_for_is_in_sight(dialog: TrainDialog, qtbot: QtBot) -> None:
    assert shown(dialog, "explanationLabel") == ""
    dialog.findChild(QToolButton, "advancedButton").click()
    assert shown(dialog, "explanationLabel") == "Point at a control to read what it is for."
    loss, batch = dialog.findChild(QComboBox, "lossPicker"), dialog.findChild(QSpinBox, "batchField")
    for field in (loss, batch):
        field.setFocus()
        assert shown(dialog, "explanationLabel") == field.toolTip()
    # the mouse goes before the focus, and gives way to it again; a title stands for its control
    title = next(part for part in dialog.form.advanced.findChildren(QLabel) if part.buddy() is loss)
    QApplication.sendEvent(title, QEvent(QEvent.Type.Enter))
    assert shown(dialog, "explanationLabel") == loss.toolTip()
    QApplication.sendEvent(title, QEvent(QEvent.Type.Leave))
    assert shown(dialog, "explanationLabel") == batch.toolTip()
    dialog.findChild(QLineEdit, "nameField").setFocus()
    assert shown(dialog, "explanationLabel") == "Point at a control to read what it is for."


def test_a_model_that_is_told_the_noise_learns_gaussian_noise_only(dialog: TrainDialog) -> None:
    unfold(dialog)
    advanced = dialog.form.advanced
    dialog.findChild(QCheckBox, "customBox").setChecked(True)
    advanced.damage.boxes["blur"].setChecked(True)
    assert set(advanced.recipe().damage.kinds) == {"blur", "gaussian"}
    advanced.damage.boxes["gaussian"].setChecked(False)
    advanced.damage.boxes["blur"].setChecked(False)
    assert "at least one" in advanced.problem()
    kinds = dialog.findChild(QComboBox, "recipePicker")
    kinds.setCurrentIndex(kinds.findData("denoise-fast"))
    dialog.findChild(QCheckBox, "customBox").setChecked(True)
    assert not advanced.damage.boxes["blur"].isEnabled()
    assert set(advanced.recipe().damage.kinds) == {"gaussian"}


def test_every_kind_of_model_is_as_usual_until_something_is_changed(dialog: TrainDialog) -> None:
    advanced = dialog.form.advanced
    for task in ("denoise", "upscale", "vae"):
        advanced.show_task(task)
        for index in range(advanced.kind.count()):
            advanced.kind.setCurrentIndex(index)
            assert not advanced.problem(), advanced.kind.currentData()
            assert not advanced.differs(), advanced.kind.currentData()


@pytest.fixture
def examined(dialog: TrainDialog, tmp_path: Path, qtbot: QtBot, request: pytest.FixtureRequest) -> TrainDialog:
    """Return the dialog as it shows what was found in a folder whose name decides what that is."""
    folder = tmp_path / request.param
    for name in ("a.png", "b.png", "c.png"):
        make_photo(folder / name, 61, 47)
    dialog.findChild(QLineEdit, "folderField").setText(str(folder))
    dialog.findChild(QLineEdit, "nameField").setText("My garden")
    dialog.findChild(QPushButton, "startButton").click()
    titles = ("Before training starts", "This stops the training")
    qtbot.waitUntil(lambda: shown(dialog, "checkupTitle") in titles, timeout=60_000)
    return dialog


@pytest.mark.parametrize("examined", ["doubtful"], indirect=True)
def test_pictures_with_a_tick_are_left_out(
    examined: TrainDialog, window: MainWindow, qtbot: QtBot, reach: Callable[[State], None]
) -> None:
    assert window.training.trainer.run is None
    found = examined.findChild(QListWidget, "findingList")
    items = [found.item(row) for row in range(found.count())]
    assert "2 pictures are blurred." in items[0].text()
    ticked = {item.toolTip()[-5:] for item in items if item.checkState() is Qt.CheckState.Checked and item.toolTip()}
    assert ticked == {"a.png", "b.png"}
    # a picture in two findings has one tick
    both = [item for item in items if item.text() == "a.png"]
    both[1].setCheckState(Qt.CheckState.Unchecked)
    assert both[0].checkState() is Qt.CheckState.Unchecked
    qtbot.waitUntil(lambda: not both[0].icon().isNull(), timeout=60_000)
    # a picture is judged by its colours: the current row does not tint it
    drawn = [both[0].icon().pixmap(48, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected)]
    assert drawn[0] == drawn[1]
    button = examined.findChild(QPushButton, "leaveOutButton")
    assert button.text() == "Leave 1 out and start"
    button.click()
    reach(State.RUNNING)
    run = window.training.trainer.run
    assert run is not None
    assert run.request.without is not None
    assert [Path(line).name for line in run.request.without.read_text("utf-8").splitlines()] == ["b.png"]
    assert "1 left out" in " ".join(run.remarks)


@pytest.mark.parametrize("examined", ["doubtful"], indirect=True)
def test_all_pictures_can_be_kept_and_one_can_go_back(
    examined: TrainDialog, window: MainWindow, qtbot: QtBot, reach: Callable[[State], None]
) -> None:
    examined.findChild(QPushButton, "backButton").click()
    assert examined.form.isVisible()
    examined.findChild(QPushButton, "startButton").click()
    qtbot.waitUntil(lambda: "1.5 MP" in shown(examined, "checkupFacts"), timeout=60_000)
    examined.findChild(QPushButton, "startAnywayButton").click()
    reach(State.RUNNING)
    assert window.training.trainer.run.request.without is None


@pytest.mark.parametrize("examined", ["torn"], indirect=True)
def test_a_file_that_cannot_be_read_has_no_tick_and_is_no_choice(
    examined: TrainDialog, window: MainWindow, reach: Callable[[State], None]
) -> None:
    found = examined.findChild(QListWidget, "findingList")
    torn = next(found.item(row) for row in range(found.count()) if found.item(row).text() == "c.png")
    assert torn.data(Qt.ItemDataRole.CheckStateRole) is None
    assert not torn.icon().isNull()
    assert not examined.findChild(QPushButton, "leaveOutButton").isVisible()
    start = examined.findChild(QPushButton, "startAnywayButton")
    assert start.text() == "Start with all that can be used"
    start.click()
    reach(State.RUNNING)
    # the run itself will say that it left one out
    assert "6 pictures, 1 left out." in shown(examined, "trainingRemarks")
    assert window.training.trainer.run.request.without is None


def test_what_is_refused_before_a_run_cannot_be_started_all_the_same(
    dialog: TrainDialog, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    make_photo(tmp_path / "mismatched" / "a.png", 61, 47)
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path / "mismatched"))
    dialog.findChild(QPushButton, "startButton").click()
    qtbot.waitUntil(lambda: "has the name" in shown(dialog, "checkupTitle"), timeout=60_000)
    assert "the same name" in shown(dialog, "checkupFacts")
    assert not dialog.findChild(QPushButton, "startAnywayButton").isEnabled()
    assert dialog.findChild(QPushButton, "backButton").isEnabled()
    assert window.training.trainer.run is None


@pytest.mark.parametrize("examined", ["hopeless"], indirect=True)
def test_what_stops_a_run_leaves_only_the_way_back(examined: TrainDialog) -> None:
    assert shown(examined, "checkupTitle") == "This stops the training"
    # nor is there anything that a run would take
    assert shown(examined, "checkupFacts")
    assert "MP" not in shown(examined, "checkupFacts")
    assert not examined.findChild(QPushButton, "startAnywayButton").isEnabled()
    assert not examined.findChild(QPushButton, "leaveOutButton").isVisible()
    assert examined.findChild(QPushButton, "backButton").isEnabled()


def test_what_leaves_no_choice_is_said_beside_the_run(
    dialog: TrainDialog, window: MainWindow, tmp_path: Path, reach: Callable[[State], None]
) -> None:
    make_photo(tmp_path / "small" / "a.png", 61, 47)
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path / "small"))
    dialog.findChild(QLineEdit, "nameField").setText("My garden")
    dialog.findChild(QPushButton, "startButton").click()
    reach(State.RUNNING)
    assert "6 pictures, 0 left out. There are only 3 pictures. Add some." in shown(dialog, "trainingRemarks")


def test_an_examination_ends_with_its_window_and_nobody_waits_for_it(
    dialog: TrainDialog, tmp_path: Path, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.findChild(QLineEdit, "folderField").setText(str(tmp_path))
    dialog.findChild(QPushButton, "startButton").click()
    page = dialog.checkup
    process = page.checker.findChild(QProcess)
    ended: list[bool] = []
    process.destroyed.connect(lambda: ended.append(True))
    with monkeypatch.context() as patched:
        patched.setattr(QProcess, "waitForFinished", lambda *_: pytest.fail("the window waits for a process"))
        dialog.close()
    assert page.request is None
    assert window.training.trainer.run is None
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)


def test_the_wheel_scrolls_past_what_is_chosen(dialog: TrainDialog) -> None:
    unfold(dialog)
    for name in ("batchField", "lossPicker"):
        field = dialog.findChild(QWidget, name)
        before = dialog.form.advanced.recipe()
        for keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            middle = QPointF(field.rect().center())
            turn = QWheelEvent(
                middle,
                field.mapToGlobal(middle),
                QPoint(),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                keys,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(field, turn)
            assert (dialog.form.advanced.recipe() == before) == (keys is Qt.KeyboardModifier.NoModifier), name


def test_a_model_to_start_from_can_grow_but_not_shrink(dialog: TrainDialog) -> None:
    sizes = dialog.findChild(QComboBox, "sizePicker")
    small = sizes.model().item(sizes.findData("small"))
    advanced = dialog.form.advanced
    usual = advanced.usual
    assert advanced.start()
    assert not small.isEnabled()
    choose(dialog, "sizePicker", "large")
    assert advanced.recipe().arguments["widths"] == [96, 192, 384]
    choose(dialog, "startPicker", "")
    assert small.isEnabled()
    choose(dialog, "sizePicker", "small")
    assert advanced.recipe().arguments["widths"] == [32, 64, 128]
    choose(dialog, "startPicker", "photo-fast")
    assert advanced.recipe().arguments == usual.arguments
    choose(dialog, "taskPicker", "vae")
    assert sizes.isEnabled() != bool(advanced.start())
