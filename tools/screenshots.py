"""Takes a picture of each page and dialog of the real window, with the real engine: ``make screenshots``.

    python tools/screenshots.py              those that the documentation shows, into docs/screenshots
    python tools/screenshots.py --output FOLDER [--size 1280x800] [--language en] [--scale 1] [--themes dark]
    python tools/screenshots.py --all        in both themes and languages, at 100 and 200 %, into build/screenshots

Without a display the window is drawn offscreen. Exits with 1 where a page did not come to rest.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from aestudio.ui.training.form import TrainingForm

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"
LIMIT = 120.0
# After the last event, time for the picture to reach the screen and for short animations to end.
SETTLE = 0.5


@dataclass(frozen=True)
class Shot:
    """One picture: its page, the sample that is opened there, and what is done there: an action or a button.

    Where that opens a window of its own, the picture is of it. ``theme`` is for a picture that only exists in one,
    ``tool`` the one of the generate page that is in front, with something made by it, ``way`` what a model is to learn
    from: timed, ``advanced`` what can be left as it is, with damage on the samples, and with
    ``learning`` begun on the photo that is open until its first looks at it are there. ``stage`` is how far one short
    run is, from its curves and its failure to its report and to the model's menu in the list of models.
    """

    name: str
    page: str
    sample: str = ""
    does: str = ""
    theme: str = ""
    tool: str = ""
    way: str = ""
    stage: str = ""


SHOTS = (
    Shot("empty", "denoiseTab"),
    Shot("denoise", "denoiseTab", "noisy-house.jpg", "dividerAction"),
    Shot("side-by-side", "denoiseTab", does="sideAction"),
    Shot("removed", "denoiseTab", does="removedAction"),
    Shot("invented", "denoiseTab", does="inventedAction"),
    Shot("light", "denoiseTab", does="dividerAction", theme="light"),
    Shot("save", "denoiseTab", does="saveButton"),
    Shot("super-resolution", "superResolutionTab", "small-monkeys.png", "dividerAction"),
    Shot("compare", "superResolutionTab", does="compareAction"),
    Shot("generate", "generateTab"),
    Shot("editor", "generateTab", tool="edit"),
    Shot("arithmetic", "generateTab", tool="mix"),
    Shot("path", "generateTab", tool="path"),
    Shot("map-duplicates", "generateTab", does="alikeButton"),
    Shot("models", "denoiseTab", does="modelsAction"),
    Shot("training", "denoiseTab", does="trainAction"),
    Shot("training-clean", "denoiseTab", does="trainAction", way="clean"),
    Shot("training-pairs", "denoiseTab", does="trainAction", way="pairs"),
    Shot("training-noisy", "denoiseTab", does="trainAction", way="noisy"),
    Shot("training-photo", "denoiseTab", does="learnAction", way="photo"),
    Shot("training-advanced", "denoiseTab", does="trainAction", way="advanced"),
    Shot("training-advanced-enlarge", "denoiseTab", does="trainAction", way="advanced-upscale"),
    Shot("training-advanced-vae", "denoiseTab", does="trainAction", way="advanced-vae"),
    Shot("training-nothing", "denoiseTab", does="trainAction", way="nothing"),
    Shot("training-learning", "denoiseTab", does="learnAction", way="learning"),
    Shot("training-examining", "denoiseTab", does="trainAction", way="examining"),
    Shot("training-found", "denoiseTab", does="trainAction", way="found"),
    Shot("training-watching", "denoiseTab", does="trainAction", stage="watching"),
    Shot("training-paused", "denoiseTab", does="trainAction", stage="paused"),
    Shot("training-failed", "denoiseTab", does="trainAction", stage="failed"),
    Shot("training-finished", "denoiseTab", does="trainAction", stage="finished"),
    Shot("models-own", "denoiseTab", does="modelsAction", stage="menu"),
    Shot("preferences", "denoiseTab", does="preferencesAction"),
    Shot("shortcuts", "denoiseTab", does="shortcutsAction"),
    Shot("licences", "denoiseTab", does="licencesAction"),
)

DOCUMENTED = (
    *("denoise", "side-by-side", "removed", "invented", "light", "super-resolution", "compare"),
    *("generate", "editor", "arithmetic", "path"),
)


def main() -> int:
    """Photograph every page. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Takes a picture of each page and dialog of the window.")
    parser.add_argument("--output", type=Path, help="the folder for all of them; without it only what is documented")
    parser.add_argument("--size", default="1280x800", help="the window's width and height")
    parser.add_argument("--language", default="en", choices=("en", "zh_TW"))
    parser.add_argument("--scale", default="1", help="screen pixels for each of the window's, as QT_SCALE_FACTOR")
    parser.add_argument("--themes", nargs="+", default=["dark"], choices=("dark", "light"))
    parser.add_argument("--all", action="store_true", help="in both themes and languages, at 100 and 200 %%")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these, and what they need before them")
    parser.add_argument("--learn-from", type=Path, metavar="FOLDER", help="pictures that the training studio is shown")
    parser.add_argument("--low", action="store_true", help="the training studio as it fits a screen of 1024 x 640")
    arguments = parser.parse_args()
    if arguments.all:
        return max(_photograph_apart(language, scale) for language in ("en", "zh_TW") for scale in ("1", "2"))
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = arguments.scale
    width, height = (int(side) for side in arguments.size.split("x"))
    # a home of its own, so that a picture never shows a person's own models or settings
    with tempfile.TemporaryDirectory(prefix="aestudio-screenshots-") as home:
        os.environ["AESTUDIO_HOME"] = home
        pictures = shutil.copytree(SAMPLES, Path(home) / "Pictures")
        folder = arguments.output or ROOT / "docs" / "screenshots"
        shots = [shot for shot in SHOTS if arguments.output or shot.name in DOCUMENTED]
        if arguments.only:
            shots = [shot for shot in SHOTS if shot.name in _with_earlier(arguments.only)]
        photographer = Photographer(folder, pictures, arguments.language, width, height)
        photographer.low, photographer.learned_from = arguments.low, arguments.learn_from or _doubtful(Path(home))
        return photographer.take(shots, arguments.themes)


def _photograph_apart(language: str, scale: str) -> int:
    """Photograph in a process of its own: Qt takes the scale when it starts."""
    folder = ROOT / "build" / "screenshots" / f"{language}-{scale}x"
    command = [sys.executable, __file__, "--output", str(folder), "--language", language, "--scale", scale]
    return subprocess.run([*command, "--themes", "dark", "light"], cwd=ROOT).returncode


def _with_earlier(names: list[str]) -> set[str]:
    """Return what is asked for with what it needs: a photo that is open, and a run as far as it is shown."""
    stages = [shot.name for shot in SHOTS if shot.stage]
    furthest = max((stages.index(name) for name in names if name in stages), default=-1)
    return {*names, "denoise", *stages[: furthest + 1]}


def _doubtful(home: Path) -> Path:
    """Return a folder of small pictures cut from the samples; one is there twice, one is blurred, one is broken."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    folder = home / "Garden"
    folder.mkdir()
    for sample in sorted(SAMPLES.glob("*.[jp][pn]g")):
        whole, side = QImage(str(sample)), 256
        for row in range(0, min(whole.height(), 4 * side) - side + 1, side):
            for column in range(0, min(whole.width(), 4 * side) - side + 1, side):
                whole.copy(column, row, side, side).save(str(folder / f"{sample.stem}-{row}-{column}.png"))
    first = sorted(folder.iterdir())[0]
    shutil.copy(first, folder / "the-same-again.png")
    small = QImage(str(first)).scaledToWidth(16, Qt.TransformationMode.SmoothTransformation)
    small.scaledToWidth(256, Qt.TransformationMode.SmoothTransformation).save(str(folder / "out-of-focus.png"))
    (folder / "broken.png").write_bytes(first.read_bytes()[:200])
    return folder


class Photographer:
    """The real window, and a folder for its pictures."""

    def __init__(self, folder: Path, pictures: Path, language: str, width: int, height: int) -> None:
        from aestudio.ui import language as languages
        from aestudio.ui.app import create_app
        from aestudio.ui.main_window import MainWindow

        self._app = create_app(["aestudio", "--fresh"])
        languages.install(language)
        self._folder, self._pictures = folder, pictures
        self._window = MainWindow()
        self._window.resize(width, height)
        self._window.show()
        self._late: list[str] = []
        self._at = ""
        self.low = False
        self.learned_from = pictures

    def take(self, shots: list[Shot], themes: list[str]) -> int:
        """Take every picture in each theme, the second one's with its name. Returns the exit code."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for number, theme in enumerate(themes):
            for shot in shots:
                if shot.theme and len(themes) > 1:
                    continue
                if shot.name == "empty" and number:
                    for path in self._window.pictures.paths():
                        self._window.pictures.remove(path)
                self._window.apply_theme(shot.theme or theme)
                self._take(shot, f"{shot.name}-{theme}" if len(themes) > 1 else shot.name)
        self._window.close()
        self._wait(0.1)
        if self._late:
            print(f"Still at work after {LIMIT:.0f} s: {', '.join(self._late)}", file=sys.stderr)
        return 1 if self._late else 0

    def _take(self, shot: Shot, name: str) -> None:
        from PySide6.QtWidgets import QTabWidget, QWidget

        window, self._at = self._window, name
        page = window.findChild(QWidget, shot.page)
        tabs = window.findChild(QTabWidget, "tabs")
        assert page is not None, f"there is no page {shot.page}"
        assert tabs is not None
        tabs.setCurrentWidget(page)
        self._wait(SETTLE)
        if shot.sample:
            window.open_files([self._pictures / shot.sample])
            self._rest(name)
        before = set(self._tops())
        if page is window.generate:
            self._use_tool(shot.tool or "samples", name)
        if shot.does:
            self._do(page, shot.does)
        self._rest(name)
        opened = [top for top in self._tops() if top not in before]
        if self.low and (shot.way or shot.stage):
            # less the bars of the window and of the screen
            opened[0].resize(min(opened[0].width(), 1000), 560)
        if shot.way:
            self._use_way(shot.way)
        if shot.stage:
            self._use_stage(opened[0], shot.stage)
        path = self._folder / f"{name}.png"
        picture = (opened[0] if opened else window).grab()
        self._draw_menu(picture, opened)
        picture.save(str(path))
        print(path, flush=True)
        for top in opened:
            top.close()
        if shot.way == "learning":
            self._end_training()
        elif shot.stage == "finished":
            self._window.training.trainer.discard()

    def _draw_menu(self, picture: QPixmap, opened: list[QWidget]) -> None:
        """Draw a menu that is open onto the picture of its dialog, and close it."""
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QMenu

        for menu in [top for top in self._tops() if isinstance(top, QMenu)]:
            painter = QPainter(picture)
            painter.drawPixmap(opened[0].mapFromGlobal(menu.pos()), menu.grab())
            painter.end()
            menu.close()

    def _use_stage(self, dialog: QWidget, stage: str) -> None:
        """Bring the training studio to a stage of one short run, which begins where the last picture left it."""
        from PySide6.QtCore import QProcess
        from PySide6.QtWidgets import QToolButton

        from aestudio.ui.dialogs.train import TrainDialog
        from aestudio.ui.training.run import State

        if not isinstance(dialog, TrainDialog):
            button = next(b for b in dialog.findChildren(QToolButton) if b.menu() is not None)
            button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
            return self._wait(SETTLE)
        form, page, trainer = dialog.form, dialog.checkup, self._window.training.trainer

        def is_state(state: State) -> bool:
            return trainer.run is not None and trainer.run.state is state

        if stage == "watching":
            form.folders.take([self.learned_from])
            form.minutes.setValue(5.0)
            form.start_button.click()
            self._until(lambda: page.finished)
            page.leave_out_button.click()
            self._until(lambda: trainer.run is not None and len(trainer.run.losses) > 5)
            self._until(lambda: not dialog.watch.preview.empty)
        elif stage == "paused":
            trainer.pause()
            self._until(lambda: is_state(State.PAUSED))
        elif stage == "failed":
            trainer.resume()
            self._until(lambda: is_state(State.RUNNING))
            for process in trainer.findChildren(QProcess):
                process.kill()
            self._until(lambda: is_state(State.FAILED))
        elif stage == "finished":
            trainer.resume()
            self._until(lambda: is_state(State.RUNNING))
            trainer.stop()
            self._until(lambda: is_state(State.DONE))
            self._wait(SETTLE)

    def _use_way(self, way: str) -> None:
        """Fill in the training dialog as a person would, and wait for what it says to that."""
        from aestudio.ui.dialogs.train import TrainDialog
        from aestudio.ui.training.ways import Way

        dialog = next(top for top in self._tops() if isinstance(top, TrainDialog))
        form, trainer = dialog.form, self._window.training.trainer
        if way == "learning":
            form.start_button.click()
            self._until(lambda: trainer.run is not None and len(trainer.run.scores) > 1)
            self._until(lambda: not dialog.watch.preview.empty)
            return
        if way == "nothing":
            form.start_button.click()
            return
        if way.startswith("advanced"):
            form.task.setCurrentIndex(form.task.findData(way.partition("-")[2] or "denoise"))
            form.folders.take([self._pictures])
            form.fold.setChecked(True)
            self._show_damage(form)
            return
        if way in ("examining", "found"):
            form.folders.take([self.learned_from])
            form.start_button.click()
            page = dialog.checkup
            self._until(lambda: bool(page.facts.text()) if way == "examining" else page.finished)
            return
        form.choose_way(Way(way))
        if way != "photo":
            form.folders.take([self._pictures])
        self._until(lambda: form.effort.known)

    def _show_damage(self, form: TrainingForm) -> None:
        from PySide6.QtWidgets import QScrollArea

        advanced = form.advanced
        if advanced.usual.task != "vae":
            advanced.custom.setChecked(True)
            for kind in ("blur", "jpeg"):
                advanced.damage.boxes[kind].setChecked(True)
            self._until(lambda: advanced.damage.preview.answers > 0)
        self._wait(SETTLE)
        scroll = form.findChild(QScrollArea, "trainingScroll")
        assert scroll is not None
        bar = scroll.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._wait(SETTLE)

    def _end_training(self) -> None:
        trainer = self._window.training.trainer
        trainer.pause()
        self._until(lambda: not trainer.alive)
        trainer.discard()

    def _until(self, there: Callable[[], bool]) -> None:
        """Wait until something is there; where it does not come, that is told at the end."""
        end = time.monotonic() + LIMIT
        while not there():
            if time.monotonic() > end:
                self._late.append(self._at)
                return
            self._wait(0.05)

    def _use_tool(self, tool: str, name: str) -> None:
        """Bring a tool of the generate page to the front, and make something by it."""
        tab = self._window.generate
        self._rest(name)
        tab.inspector.use_tool(tool)
        samples = tab.grid.samples
        if tool == "edit":
            tab.tools.edit.choose(samples[4])
            for number, row in enumerate(tab.tools.edit.editor.rows.values()):
                row.slider.setValue(12 - 8 * (number % 3))
        elif tool == "mix":
            for letter, number in zip("ABC", (1, 4, 9), strict=True):
                tab.tools.mix.put(letter, [samples[number]])
        elif tool == "path" and not tab.tools.path.route.pins:
            for place in ((-2.0, 1.0), (0.0, 2.0), (1.5, 0.5), (1.0, -1.5), (-1.0, -1.0)):
                tab.tools.path.add_place(*place)
                self._rest(name)

    def _do(self, page: QWidget, name: str) -> None:
        from PySide6.QtGui import QAction
        from PySide6.QtWidgets import QAbstractButton

        for place in (page, self._window):
            action = place.findChild(QAction, name)
            button = place.findChild(QAbstractButton, name)
            if action is not None:
                return action.trigger()
            if button is not None:
                return button.click()
        raise AssertionError(f"there is neither an action nor a button {name}")

    def _tops(self) -> list[QWidget]:
        return [top for top in self._app.topLevelWidgets() if top.isVisible() and top.isWindow()]

    def _wait(self, seconds: float) -> None:
        from PySide6.QtCore import QEventLoop

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            # what is waited for is made by other processes, which need the processor more
            time.sleep(0.01)

    def _rest(self, name: str) -> None:
        end = time.monotonic() + LIMIT
        while not self._window.idle and time.monotonic() < end:
            self._wait(0.05)
        self._wait(SETTLE)
        if not self._window.idle:
            self._late.append(name)


if __name__ == "__main__":
    sys.exit(main())
