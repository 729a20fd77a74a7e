"""A walk by keyboard alone: every control is reached, named, seen to have the focus and operable; text can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTabWidget,
    QWidget,
)

from aestudio.jobs.training import Begun, Checked, Finished, Found, Looked, Progressed, Training
from aestudio.ui import theme
from aestudio.ui.compare.pane_view import PaneView
from aestudio.ui.dialogs.train import TrainDialog
from aestudio.ui.main_window import MainWindow
from aestudio.ui.training.run import Run, State
from aestudio.ui.widgets.compare_view import CompareView
from aestudio.ui.widgets.latent_map import LatentMap
from aestudio.ui.widgets.loss_plot import LossPlot

PAGES = ("denoise", "super_resolution", "generate")
DIALOGS = (
    *("trainAction", "modelsAction", "preferencesAction"),
    *("shortcutsAction", "aboutAction", "reportsAction", "licencesAction"),
)
SEEN = 24
"""Pixels that must change where a control gets the focus: more than a text cursor, as many as a thin ring."""


def controls(root: QWidget) -> list[QWidget]:
    """Return what can be acted on now: what is visible, enabled and takes the focus by Tab, or should."""
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView, QTabBar)

    def own(widget: QWidget) -> bool:
        """Return whether it is a control of its own, and not what Qt makes as a part of one."""
        parents = (QAbstractSpinBox, QComboBox, QTabBar)
        inner = isinstance(widget, (QScrollBar, QTabWidget)) or isinstance(widget.parent(), parents)
        return not inner

    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and own(widget)
        and widget.window() is root
        and (isinstance(widget, kinds) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    ]


def tabbed(root: QWidget) -> Iterator[QWidget]:
    """Yield what Tab comes to, from where the focus is until it is there again."""
    root.activateWindow()
    for _ in range(100):
        if QApplication.activeWindow() is root:
            break
        QTest.qWait(10)
    first = root.focusWidget() or root
    if first is root:
        QTest.keyClick(root, Qt.Key.Key_Tab)
        first = root.focusWidget()
    assert first is not None, "nothing takes the focus"
    at, left = first, False
    for _ in range(1000):
        yield at
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = root.focusWidget()
        assert at is not None
        # where it begins it may stay for a while: Tab goes through a text's links first
        left = left or at is not first
        if left and at is first:
            return
    pytest.fail("Tab never comes back to where it began")


def reached(widget: QWidget, seen: set[QWidget]) -> bool:
    """Return whether Tab came to a control, or to the part of it that takes its keys."""
    return widget in seen or any(part.focusProxy() is widget for part in seen)


def picture(root: QWidget, area: QRect) -> QImage:
    return root.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)


def changed(one: QImage, other: QImage) -> int:
    """Return how many pixels differ clearly."""
    pixels = [np.frombuffer(i.constBits(), np.uint8).reshape(i.height(), -1, 4).astype(int) for i in (one, other)]
    return int((np.abs(pixels[0] - pixels[1]).max(axis=-1) > 24).sum())


def shows_focus(root: QWidget, widget: QWidget) -> bool:
    """Return whether the focus on a control can be seen."""
    area = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3).intersected(root.rect())
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    focused = picture(root, area)
    widget.clearFocus()
    return changed(focused, picture(root, area)) >= SEEN


def operable(widget: QWidget) -> bool:
    """Return whether a key does something to a control; it is left as it was, and nobody hears of it."""
    widget.blockSignals(True)
    try:
        match widget:
            case QAbstractButton():
                QTest.keyPress(widget, Qt.Key.Key_Space)
                down = widget.isDown()
                widget.setDown(False)
                return down
            case QAbstractSlider() | QAbstractSpinBox():
                value = widget.value()
                key = Qt.Key.Key_Up if value < widget.maximum() else Qt.Key.Key_Down
                QTest.keyClick(widget, key)
                moved = widget.value() != value
                widget.setValue(value)
                return moved or widget.minimum() == widget.maximum()
            case QComboBox():
                index = widget.currentIndex()
                QTest.keyClick(widget, Qt.Key.Key_Down if index < widget.count() - 1 else Qt.Key.Key_Up)
                moved = widget.currentIndex() != index
                widget.setCurrentIndex(index)
                return moved or widget.count() < 2
            case QTabBar():
                index = widget.currentIndex()
                QTest.keyClick(widget, Qt.Key.Key_Right if index < widget.count() - 1 else Qt.Key.Key_Left)
                moved = widget.currentIndex() != index
                widget.setCurrentIndex(index)
                return moved
            case CompareView():
                before = widget.divider
                QTest.keyClick(widget, Qt.Key.Key_Left)
                moved, widget.divider = widget.divider != before, before
                return moved
            case PaneView():
                before, zoom = widget.shared.middle(), widget.shared.viewport.zoom
                QTest.keyClick(widget, Qt.Key.Key_Left)
                moved = widget.shared.middle() != before
                widget.shared.look_at(*before, zoom)
                return moved
            case LossPlot():
                before = widget.view
                QTest.keyClick(widget, Qt.Key.Key_Plus)
                moved = widget.view != before
                widget.look_at(*before)
                return moved
            case LatentMap():
                before = widget.point
                QTest.keyClick(widget, Qt.Key.Key_Left)
                moved = widget.point != before
                widget.move_to(*before)
                return moved
            case QLineEdit() if not widget.isReadOnly():
                text = widget.text()
                QTest.keyClick(widget, Qt.Key.Key_A)
                typed = widget.text() != text
                widget.setText(text)
                return typed
            case QAbstractItemView() | QPlainTextEdit() | QAbstractScrollArea() | QLineEdit():
                return True  # Qt's own keys: nothing here takes them away
        return False
    finally:
        widget.blockSignals(False)


def walk(root: QWidget) -> None:
    """Assert that everything in a window can be found and used without a mouse or a screen."""
    found = controls(root)
    assert found
    told = {widget: f"{type(widget).__name__} “{widget.objectName() or widget.accessibleName()}”" for widget in found}
    seen = set(tabbed(root))
    for what, holds in (
        ("Tab never comes to", lambda w: reached(w, seen)),
        ("a screen reader has no name for", lambda w: w.accessibleName()),
        ("there is no objectName for", lambda w: re.fullmatch(r"[A-Za-z][\w-]*", w.objectName())),
        ("nobody sees the focus on", lambda w: shows_focus(root, w)),
        ("no key does anything to", operable),
    ):
        wrong = [told[w] for w in found if not holds(w)]
        assert not wrong, f"{what}: {', '.join(wrong)}"


@pytest.mark.parametrize("choice", ["dark", "light"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_used_by_keyboard_alone(opened: MainWindow, wait_idle: object, page: str, choice: str) -> None:
    assert callable(wait_idle)
    opened.apply_theme(choice)
    tab = getattr(opened, page)
    opened.tabs.setCurrentWidget(tab)
    wait_idle()
    walk(opened)


@pytest.mark.parametrize("tool", ["edit", "mix", "path"])
def test_a_tool_of_the_generate_page_is_used_by_keyboard_alone(
    opened: MainWindow, wait_idle: object, tool: str
) -> None:
    assert callable(wait_idle)
    tab = opened.generate
    # high enough for all of it: what has to be scrolled into sight is elsewhere than where its focus is looked for
    opened.resize(1280, 1400)
    opened.tabs.setCurrentWidget(tab)
    wait_idle()
    tab.grid.setCurrentIndex(tab.grid.model().index(1, 0))
    tab.inspector.use_tool(tool)
    tab.tools.edit.editor.teacher.fold.setChecked(True)
    for group in ("having", "lacking"):
        tab.tools.edit.add_examples(group, tab.grid.samples[:2])
    tab.tools.edit.teach()
    tab.tools.mix.put("A", tab.grid.samples[:1])
    tab.tools.path.add(tab.grid.samples[:3])
    tab.tools.path.panel.fold.setChecked(True)
    wait_idle()
    walk(opened)


def test_the_empty_window_is_used_by_keyboard_alone(window: MainWindow, wait_idle: object) -> None:
    assert callable(wait_idle)
    wait_idle()
    walk(window)


@pytest.mark.parametrize("action", DIALOGS)
def test_a_dialog_is_used_by_keyboard_alone(window: MainWindow, action: str) -> None:
    window.findChild(QAction, action).trigger()
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    walk(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("state", [State.RUNNING, State.DONE])
def test_a_run_is_watched_by_keyboard_alone(window: MainWindow, tmp_path: Path, state: State) -> None:
    run = Run(Training("denoise", tmp_path, "mine", start="photo-fast"))
    run.take(Begun("a processor", 20, 5, 25.0, baselines={"psnr": 25.0, "ssim": 0.7}))
    for at, score in ((0.0, 30.0), (0.4, 31.0), (0.7, 31.2)):
        run.take(Progressed(1, 60 * at, at, 0.1, scores={"psnr": score, "ssim": 0.9}, gradient_norm=0.2, rate=1.0))
    if state is State.DONE:
        run.take(Finished("mine", "x"))
    window.training.trainer.run = run
    window.findChild(QAction, "trainAction").trigger()
    dialog = window.findChild(TrainDialog)
    walk(dialog)
    window.training.trainer.run = None
    dialog.close()


def test_what_is_found_before_training_is_used_by_keyboard_alone(window: MainWindow, photo: Path) -> None:
    window.findChild(QAction, "trainAction").trigger()
    dialog = window.findChild(TrainDialog)
    page = dialog.checkup
    dialog.pages.setCurrentWidget(page)
    page.request = Training("denoise", photo.parent, "mine")
    found, broken = [str(photo)], [str(photo.with_name("broken.png"))]
    page.checker.found.emit(Found("unreadable", "warns", "1 file cannot be read as a picture.", "", broken, broken))
    page.checker.found.emit(Found("blurred", "warns", "1 picture is blurred.", "Leave it out.", found, found))
    page.checker.ended.emit(Checked(1, 1, 0.2, 10**6, 10**8, 10**10, 0.1, 10.0))
    assert page.leave_out_button.isVisible()
    walk(dialog)
    # the space bar sets and clears a tick, but not of what no run can learn from
    for row in range(page.list.count()):
        item = page.list.item(row)
        checkable = bool(item.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        assert checkable == (item.text() == photo.name)
        before = item.checkState()
        page.list.setCurrentItem(item)
        QTest.keyClick(page.list, Qt.Key.Key_Space)
        assert (item.checkState() is not before) == checkable
    dialog.close()


def test_an_examination_is_given_up_by_keyboard_alone(window: MainWindow, photo: Path) -> None:
    window.findChild(QAction, "trainAction").trigger()
    dialog = window.findChild(TrainDialog)
    page = dialog.checkup
    dialog.pages.setCurrentWidget(page)
    page.request = Training("denoise", photo.parent, "mine")
    page.checker.looked.emit(Looked(3, 40))
    assert not page.list.isVisible()
    walk(dialog)
    page.back_button.setFocus()
    QTest.keyClick(page.back_button, Qt.Key.Key_Space)
    assert dialog.form.isVisible()
    dialog.close()


@pytest.mark.parametrize("task", ["denoise", "upscale", "vae"])
def test_everything_that_training_can_be_told_is_used_by_keyboard_alone(
    window: MainWindow, photo: Path, task: str
) -> None:
    window.findChild(QAction, "trainAction").trigger()
    dialog = window.findChild(TrainDialog)
    # high enough for all of it, as above
    dialog.resize(900, 1500)
    dialog.form.task.setCurrentIndex(dialog.form.task.findData(task))
    dialog.form.fold.setChecked(True)
    advanced = dialog.form.advanced
    advanced.start_picker.setCurrentIndex(advanced.start_picker.count() - 1)
    advanced.custom.setChecked(True)
    advanced.show_pictures((photo,))
    for box in advanced.damage.boxes.values():
        box.setChecked(True)
    walk(dialog)


def test_the_save_dialog_is_used_by_keyboard_alone(opened: MainWindow) -> None:
    QTest.keyClick(opened, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = opened.denoise.saves.dialog
    assert dialog is not None
    for beside in (True, False):
        dialog.beside_box.setChecked(beside)
        walk(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_menu_entry_has_a_name(opened: MainWindow) -> None:
    menus = opened.findChildren(QMenu)
    assert menus
    for menu in menus:
        entries = [a for a in menu.actions() if not a.isSeparator() and a.menu() is None]
        assert [a.text() for a in entries if not (a.text() and a.objectName())] == []


def contrast(one: QColor, other: QColor) -> float:
    """Return WCAG's ratio of the luminances of two opaque colours."""

    def luminance(colour: QColor) -> float:
        parts = np.array(colour.getRgbF()[:3])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_text_and_controls_stand_out(window: MainWindow, choice: str) -> None:
    window.apply_theme(choice)
    palette, role = QApplication.palette(), QPalette.ColorRole
    for text, ground in (
        *((role.WindowText, role.Window), (role.Text, role.Base), (role.Text, role.AlternateBase)),
        *((role.ButtonText, role.Button), (role.ToolTipText, role.ToolTipBase), (role.PlaceholderText, role.Base)),
        *((role.HighlightedText, role.Highlight), (role.Link, role.Window), (role.Link, role.Base)),
    ):
        pair = palette.color(text), palette.color(ground)
        assert contrast(*pair) >= 4.5, (text, ground, contrast(*pair))
    colours = theme.current()
    for ground in (colours.canvas, colours.panel, colours.raised, colours.hover):
        assert contrast(colours.text, ground) >= 4.5
        for name in ("edge", "accent"):
            # outlines, handles and the focus ring
            assert contrast(getattr(colours, name), ground) >= 3, (name, ground.name())
    for ground in (colours.canvas, colours.panel, colours.raised):
        for name in ("quiet", "accent", "attention", "failure", "success"):
            assert contrast(getattr(colours, name), ground) >= 4.5, (name, ground.name())
