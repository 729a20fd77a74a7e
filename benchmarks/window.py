"""The window's own speed, measured inside a fresh process that speed.py starts.

python -m benchmarks.window paint STARTED          seconds from STARTED (time.time()) to the first paint
python -m benchmarks.window gap FILE SECONDS       longest gap between two ticks of the window's
                                                   thread while FILE is opened and restored
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject

TICK_MS = 5


def paint(started: float) -> None:
    """Print the seconds until the window was first painted, and close it."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from aestudio.ui.app import create_app
    from aestudio.ui.main_window import MainWindow

    app = create_app(["aestudio", "--fresh"])
    window = MainWindow()

    class FirstPaint(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.seen:
                self.seen = True
                # the timer comes after this paint event has been handled
                QTimer.singleShot(0, finish)
            return False

    def finish() -> None:
        print(time.time() - started)
        window.close()
        app.quit()

    watcher = FirstPaint()
    window.installEventFilter(watcher)
    window.show()
    app.exec()


def gap(picture: Path, limit: float) -> None:
    """Print the longest gap between two ticks, in milliseconds, and how long the work took."""
    from PySide6.QtCore import Qt, QTimer

    from aestudio.ui.app import create_app
    from aestudio.ui.main_window import MainWindow

    app = create_app(["aestudio", "--fresh"])
    window = MainWindow()
    window.show()
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))

    def begin() -> None:
        ticks.append(time.perf_counter())
        timer.start(TICK_MS)
        window.became_idle.connect(finish)
        window.open_files([picture])

    def finish() -> None:
        timer.stop()
        gaps = [later - earlier for earlier, later in itertools.pairwise(ticks)]
        print(1000 * max(gaps), ticks[-1] - ticks[0])
        window.close()
        app.quit()

    # the window's own first layout and paint are measured by paint()
    QTimer.singleShot(1000, begin)
    QTimer.singleShot(int(1000 * limit), app.quit)
    app.exec()


if __name__ == "__main__":
    if sys.argv[1] == "paint":
        paint(float(sys.argv[2]))
    else:
        gap(Path(sys.argv[2]), float(sys.argv[3]))
