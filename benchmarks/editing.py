"""How fast a picture follows a slider of the editor, and where the time goes.

    python -m benchmarks.editing [--model vae-portraits-64]

The real window, offscreen, with the real engine on the processor; the first sample is moved along its widest direction,
one step of the slider at a time. Processor time is told beside the clock, since a busy machine changes it little:
of the network alone, of the engine's whole work (from the message that comes in to the one that goes out, by one
thread), and of the window (all threads of its process). Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.map import row, settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from aestudio.ui.main_window import MainWindow

STEPS = 60
PATIENCE = 60.0


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Times editing a picture along a direction.")
    parser.add_argument("--model", default="vae-portraits-64")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="aestudio-bench-") as home:
        os.environ["AESTUDIO_HOME"] = home
        print("| from slider to picture | median | 95 of 100 within |\n|---|---:|---:|")
        window(options.model)
        engine(options.model)


def window(model: str) -> None:
    """Open the window, edit there, and close it."""
    from aestudio.ui.app import create_app
    from aestudio.ui.main_window import MainWindow

    app = create_app(["aestudio", "--fresh"])
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    tab = window.generate
    tab.inspector.model_picker.setCurrentIndex(tab.inspector.model_picker.findData(model))
    window.tabs.setCurrentWidget(tab)
    settle(app, window)
    tab.inspector.use_tool("edit")
    tab.samples.chosen.emit(tab.samples.grid.samples[0])
    settle(app, window)
    drag(app, window, 5)  # the first ones load what later ones find loaded
    clock, processor = drag(app, window, STEPS)
    row(f"`{model}`: from the slider's move to the painted picture, by the clock", clock)
    row("of that, the window, processor time", processor)
    window.close()


def drag(app: QApplication, window: MainWindow, steps: int) -> tuple[list[float], list[float]]:
    """Return milliseconds from each step of the slider to its picture: by the clock, and of this process's time."""
    from PySide6.QtCore import QEventLoop

    tab = window.generate
    edit = tab.tools.edit
    slider = next(iter(edit.editor.rows.values())).slider
    clock, processor = [], []
    for number in range(steps):
        before, started, spent = edit.pixels, time.perf_counter(), time.process_time()
        slider.setValue(slider.value() + (1 if number % 40 < 20 else -1))
        while edit.pixels is before and time.perf_counter() - started < PATIENCE:
            # asleep between two events, as a window is
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        tab.decoded.repaint()
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    return clock, processor


def engine(model: str) -> None:
    """Do here what the engine's process does for each step, on the processor."""
    import torch

    from aestudio.catalog import store
    from aestudio.engine import device, generate
    from aestudio.engine.session import Session
    from aestudio.jobs import latents, wire
    from aestudio.jobs.events import PicturesReady
    from aestudio.jobs.spec import Decode

    torch.set_num_threads(1)
    session = Session(store.find(model), device.choose("cpu", "float32"))
    vectors = generate.draw_latents(session, 1, seed=0)
    labels = (0,) if session.card.classes else ()
    asked = wire.encode(Decode(model, (tuple(vectors[0].tolist()),), "edit", labels))
    z = torch.from_numpy(vectors)
    label = torch.tensor(labels) if labels else None
    network = generate.latent_network(session)

    def whole() -> None:
        job = wire.decode(asked)
        wire.encode(PicturesReady(job.id, latents.decode(job, session), job.stream))

    with torch.inference_mode():
        row("the engine, from message to message, processor time", spent(whole))
        row("of that, the network, processor time", spent(lambda: network.picture(z, label)))


def spent(work: Callable[[], object]) -> list[float]:
    """Return milliseconds of this thread's processor time, several times."""
    times = []
    for number in range(STEPS + 5):
        before = time.thread_time()
        work()
        if number >= 5:
            times.append((time.thread_time() - before) * 1000)
    return times


if __name__ == "__main__":
    main()
