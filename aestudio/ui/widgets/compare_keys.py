"""What the keys do on a canvas where before and after are compared, and what its ways to compare are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from aestudio.ui.keys import Key
from aestudio.ui.widgets.panes import KEYS, Mode

if TYPE_CHECKING:
    from aestudio.ui.widgets.compare_view import CompareView

STEP, FAR = 0.01, 0.1
"""How far a key moves the divider, as parts of the canvas; with Shift."""
PAN, PAN_FAR, PAGE = 0.05, 0.25, 0.75
"""How far a key moves the picture, as parts of the canvas; with Shift; a page."""


class CompareKeys(QObject):
    """``table`` is what is done, and listed in Help."""

    def __init__(self, view: CompareView) -> None:
        super().__init__(view)
        key, names = Qt.Key, self.mode_names()
        self._view = view
        self.table = [
            Key((key.Key_Space,), self.tr("The original, while held"), lambda *_: view.set_original(True)),
            *(Key((k,), names[mode], lambda k, _: setattr(view, "mode", KEYS[k])) for k, mode in KEYS.items()),
            Key((key.Key_0,), self.tr("The whole picture"), lambda *_: view.fit()),
            Key((key.Key_1,), self.tr("One screen pixel for each pixel"), lambda *_: view.zoom_to(1.0)),
            Key((key.Key_2,), self.tr("Four screen pixels for each pixel"), lambda *_: view.zoom_to(2.0)),
            Key((key.Key_Plus, key.Key_Equal), self.tr("Larger"), lambda *_: view.zoom_by(1)),
            Key((key.Key_Minus,), self.tr("Smaller"), lambda *_: view.zoom_by(-1)),
            Key(
                (key.Key_Left, key.Key_Right, key.Key_Up, key.Key_Down),
                self.tr("Move the divider, or else the picture; with Shift in larger steps"),
                self._step,
            ),
            Key(
                (key.Key_PageUp, key.Key_PageDown),
                self.tr("Move the picture up or down; with Shift sideways"),
                self._turn_page,
            ),
        ]

    def mode_names(self) -> dict[Mode, str]:
        """Return what each way to compare is called."""
        return {
            Mode.DIVIDER: self.tr("Divider"),
            Mode.ACROSS: self.tr("Divider across"),
            Mode.SIDE: self.tr("Side by side"),
            Mode.AFTER: self.tr("Result alone"),
            Mode.REMOVED: self.tr("What was removed"),
            Mode.INVENTED: self.tr("Invented detail"),
        }

    def _step(self, key: Qt.Key, far: bool) -> None:
        back = key in (Qt.Key.Key_Left, Qt.Key.Key_Up)
        if self._view.shows_divider():
            step = FAR if far else STEP
            self._view.divider += -step if back else step
            return
        part = PAN_FAR if far else PAN
        part = -part if back else part
        sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        self._view.pan_by(*((part, 0.0) if sideways else (0.0, part)))

    def _turn_page(self, key: Qt.Key, sideways: bool) -> None:
        part = -PAGE if key == Qt.Key.Key_PageUp else PAGE
        self._view.pan_by(*((part, 0.0) if sideways else (0.0, part)))
