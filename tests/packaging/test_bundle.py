"""The frozen program, as a stranger starts it: without Python, PATH, network, home or rights."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio import __version__, cli
from aestudio.evaluation.metrics import psnr
from tests.packaging.screen import Run, Screen, copied, wait

NOT_STARTED = 3


@pytest.fixture
def odd_place(bundle: Path, place: Path) -> Path:
    """Return the program in a place with spaces, emoji and 200 characters that it cannot write to."""
    folder = place / "a folder with spaces, ü and 📷"
    while len(str(folder)) < 200:
        folder /= "and a long name"
    folder.mkdir(parents=True)
    program = copied(bundle, folder / "aestudio")
    for path in (folder, *folder.parents):
        if path == place:
            break
        path.chmod(0o555)
    return program


def test_it_restores_from_any_place(
    odd_place: Path, run: Run, photo: Path, clean: NDArray[np.uint8], place: Path
) -> None:
    out = photo.parent / "out 📷.png"
    done = run(odd_place, "denoise", str(photo), "-o", str(out), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["output"] == str(out)
    before, after = (np.array(Image.open(path)) for path in (photo, out))
    assert psnr(after, clean) > psnr(before, clean) + 5


def test_everything_in_it_works(bundle: Path, run: Run) -> None:
    done = run(bundle / "aestudio", "doctor", "--self-test", "--json")
    report = json.loads(done.stdout)
    assert [part for part in report["parts"] if not part["passed"]] == []
    assert done.returncode == 0
    assert report["build"]["version"] == __version__
    assert len(report["build"]["commit"]) == 12
    assert "/" not in done.stdout.replace(report["system"], "").replace("n/a", "").split('"parts"')[1]


def test_every_command_is_in_it(bundle: Path, run: Run) -> None:
    for command in cli.COMMANDS:
        assert run(bundle / "aestudio", command, "--help").returncode == 0


def test_the_curves_of_training_can_be_drawn_and_nothing_else_of_their_library_is_in_it(bundle: Path) -> None:
    from PyInstaller.archive.readers import CArchiveReader

    modules = set(CArchiveReader(str(bundle / "aestudio")).open_embedded_archive("PYZ.pyz").toc)
    assert {"aestudio.ui.widgets.curve_panel", "pyqtgraph.widgets.PlotWidget", "colorama"} <= modules
    assert not [name for name in modules if name.startswith(("pyqtgraph.examples", "pyqtgraph.opengl"))]
    compiled = {path.name.split(".")[0] for path in (bundle / "_internal" / "PySide6").iterdir()}
    assert {"QtOpenGL", "QtOpenGLWidgets"} <= compiled
    assert "QtTest" not in compiled


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's loader")
def test_commands_start_without_qt(bundle: Path, run: Run) -> None:
    loaded = run(bundle / "aestudio", "models", LD_DEBUG="libs").stderr
    assert "libpython" in loaded
    assert "libQt6" not in loaded


def test_it_trains(bundle: Path, run: Run, place: Path) -> None:
    samples = str(bundle / "_internal" / "resources" / "samples")
    done = run(bundle / "aestudio", "train", "denoise", samples, "--name", "mine", "--steps", "1", "--quiet")
    assert done.returncode == 0, done.stderr
    assert "mine" in run(bundle / "aestudio", "models").stdout


def test_the_licences_of_what_is_inside_are_with_it(bundle: Path) -> None:
    folder = bundle / "_internal" / "licences"
    listed = (folder / "LICENCES.md").read_text(encoding="utf-8")
    for name in ("torch", "numpy", "pillow", "PySide6_Essentials", "imagecodecs", "rawpy", "denoise-fast", "CID22"):
        assert name.lower() in listed.lower().replace("-essentials", "_essentials"), name
    assert any((folder / "torch").iterdir())
    # the window's library is shared and lies by itself, so that it can be replaced
    assert list((bundle / "_internal" / "PySide6" / "Qt" / "lib").glob("libQt6Core.so*"))


@pytest.mark.parametrize("lost", ["torch/lib/libtorch_cpu.so", "numpy/_core"])
def test_a_half_copied_bundle_says_so(bundle: Path, run: Run, photo: Path, place: Path, lost: str) -> None:
    program = copied(bundle, place / "half")
    (program.parent / "_internal" / lost).rename(place / "lost")
    done = run(program, "denoise", str(photo), "-o", str(photo.parent))
    assert done.returncode == NOT_STARTED
    assert done.stderr.startswith("aestudio: The program's folder is incomplete: ")
    assert done.stderr.count("\n") == 1


def test_where_there_is_no_display_it_says_so(bundle: Path, run: Run) -> None:
    done = run(bundle / "aestudio")
    assert (done.returncode, done.stderr.count("\n")) == (NOT_STARTED, 1), done.stderr
    assert "no display" in done.stderr
    gone = run(bundle / "aestudio", DISPLAY=":4711")
    assert (gone.returncode, gone.stderr.count("\n")) == (NOT_STARTED, 1), done.stderr
    assert "cannot be reached" in gone.stderr


def test_a_missing_library_of_the_window_is_named(bundle: Path, run: Run, place: Path) -> None:
    program = copied(bundle, place / "half")
    library = "libQt6XcbQpa.so.6"
    for path in program.parent.rglob(library):
        path.unlink()
    done = run(program, DISPLAY=":4711")
    assert (done.returncode, done.stderr.count("\n")) == (NOT_STARTED, 1), done.stderr
    assert f"incomplete: PySide6/Qt/lib/{library} is missing." in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="hides a library of the system, which takes root")
def test_a_missing_library_of_the_system_is_named(bundle: Path, screen: Screen, place: Path) -> None:
    library = next(Path("/usr/lib").glob("*-linux-gnu/libxcb.so.1"))
    # hidden from this program alone, by a view of the files of its own
    hidden = f"mount --bind /dev/null {library} && exec {bundle / 'aestudio'}"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", hidden],
        env={"HOME": str(place), "DISPLAY": screen.display, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr.count("\n")) == (NOT_STARTED, 1), done.stderr
    assert "The window system's library libxcb.so.1 cannot be loaded." in done.stderr


def test_a_half_copied_window_says_so(bundle: Path, run: Run, place: Path, screen: Screen) -> None:
    program = copied(bundle, place / "half")
    (program.parent / "_internal" / "PySide6" / "QtWidgets.abi3.so").unlink()
    done = run(program, DISPLAY=screen.display)
    assert (done.returncode, done.stderr.count("\n")) == (NOT_STARTED, 1), done.stderr
    assert "incomplete: PySide6/QtWidgets.abi3.so is missing" in done.stderr


def test_a_device_that_is_not_there_is_told(bundle: Path, run: Run, photo: Path) -> None:
    done = run(bundle / "aestudio", "denoise", str(photo), "-o", str(photo.parent), "--device", "cuda:7")
    assert (done.returncode, done.stderr.count("\n")) == (NOT_STARTED, 1), done.stderr
    assert "“cuda:7” is not available" in done.stderr


def test_the_window_opens_and_leaves_no_process(bundle: Path, screen: Screen, photo: Path, place: Path) -> None:
    environment = {"HOME": str(place), "AESTUDIO_HOME": str(place / "data"), "DISPLAY": screen.display}
    window = subprocess.Popen([bundle / "aestudio", photo], env=environment)
    try:
        wait(lambda: screen.colours() > 5000, "the photo on the screen")
        # a second start hands its file over and ends
        second = subprocess.run([bundle / "aestudio", photo], env=environment, timeout=60)
        assert second.returncode == 0
        screen.press(screen.windows()[-1], "ctrl+q")
        assert window.wait(60) == 0
    finally:
        window.kill()
    wait(lambda: str(bundle / "aestudio") not in processes(), "the engine's end")


def test_a_crash_of_either_process_leaves_a_report(bundle: Path, screen: Screen, photo: Path, place: Path) -> None:
    environment = {"HOME": str(place), "AESTUDIO_HOME": str(place / "data"), "DISPLAY": screen.display}
    window = subprocess.Popen([bundle / "aestudio", photo], env=environment, stderr=subprocess.DEVNULL)
    try:
        wait(lambda: screen.colours() > 5000, "the photo on the screen")
        (engine,) = engines(window.pid)
        os.kill(engine, signal.SIGSEGV)
        wait(lambda: any("engine ended with code -11" in text for text in crashes(place / "data")), "its report")
        window.send_signal(signal.SIGSEGV)
        assert window.wait(60) == -signal.SIGSEGV
    finally:
        window.kill()
    # the next start tells of it
    again = subprocess.run([bundle / "aestudio", "doctor"], env=environment, capture_output=True, timeout=120)
    assert again.returncode == 0
    assert any("Segmentation fault" in text for text in crashes(place / "data"))


def engines(parent: int) -> list[int]:
    """Return the processes that a window started."""
    threads = Path(f"/proc/{parent}/task").iterdir()
    return [int(pid) for thread in threads for pid in (thread / "children").read_text().split()]


def crashes(home: Path) -> list[str]:
    """Return what the reports in a data folder say."""
    return [path.read_text(encoding="utf-8", errors="replace") for path in (home / "reports").glob("*")]


def processes() -> str:
    """Return the commands of all processes."""
    commands = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            commands.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(commands)
