"""The save dialog: where results go, what they are called, and how large they will be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.jobs.spec import EstimateSize, Save
from aestudio.ui.dialogs.save import SaveDialog
from aestudio.ui.main_window import MainWindow
from aestudio.ui.picture_files import free_names, pictures_folder
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient
from tests.ui.test_output_form import choose


@pytest.fixture
def dialog(opened: MainWindow, qtbot: QtBot) -> SaveDialog:
    qtbot.keyClick(opened, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    shown = opened.denoise.saves.dialog
    assert shown is not None
    qtbot.waitExposed(shown)
    return shown


def test_enter_saves_beside_the_original(
    dialog: SaveDialog, photo: Path, client: FakeClient, qtbot: QtBot, wait_idle: Callable[[], None]
) -> None:
    assert dialog.example.text() == "photo-denoised.png"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    wait_idle()
    assert (photo.parent / "photo-denoised.png").is_file()
    assert client.jobs(Save)[-1].output.recipe


def test_a_folder_that_cannot_be_asked_for_can_be_changed(
    opened: MainWindow, qtbot: QtBot, client: FakeClient, photo: Path, wait_idle: Callable[[], None]
) -> None:
    opened.settings.save_folder, opened.settings.save_beside = str(photo.with_name("x" * 300)), False
    opened.denoise.save_as()
    dialog = opened.denoise.saves.dialog
    assert dialog is not None
    dialog.replace_box.setChecked(True)
    assert dialog.example.text() == "photo-denoised.png"
    dialog.folder_field.setText(str(photo.parent))
    dialog.save_button.click()
    wait_idle()
    assert (photo.parent / "photo-denoised.png").is_file()


def test_choices_are_remembered(
    dialog: SaveDialog, opened: MainWindow, tmp_path: Path, client: FakeClient, wait_idle: Callable[[], None]
) -> None:
    dialog.beside_box.setChecked(False)
    dialog.folder_field.setText(str(tmp_path))
    dialog.template_field.setText("{task} {stem}{suffix}")
    choose(dialog.form, "tiff", "16")
    assert dialog.example.text() == "denoised photo.tif"
    dialog.save_button.click()
    wait_idle()
    job = client.jobs(Save)[-1]
    assert (job.target, job.output.format, job.output.depth) == (str(tmp_path / "denoised photo.tif"), "tiff", "16")
    opened.super_resolution.saves.save_as(Path(job.path))
    again = opened.super_resolution.saves.dialog
    assert again is not None
    assert again.targets() == [tmp_path / "upscaled photo.tif"]


def test_cancel_keeps_nothing(dialog: SaveDialog, opened: MainWindow, client: FakeClient, qtbot: QtBot) -> None:
    choose(dialog.form, "jpeg")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert opened.settings.output_format == "keep"
    assert not client.jobs(Save)
    assert opened.denoise.saves.dialog is None


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{name}", "Use {stem}"), ("{stem", "Use {stem}"), ("a/{stem}{suffix}", "no slash"), ("{stem}", "suffix"),
        ("{stem}?{suffix}", "'?'"), ("", "no file"), (".{stem}{suffix}", "hidden"),
    ],
)  # fmt: skip
def test_a_name_that_is_none_is_said_and_cannot_be_saved(dialog: SaveDialog, template: str, words: str) -> None:
    dialog.template_field.setText(template)
    assert words in dialog.example.text()
    assert not dialog.save_button.isEnabled()
    dialog.template_field.setText("{stem}{suffix}")
    assert dialog.save_button.isEnabled()
    assert dialog.example.text() == "photo-2.png", "the original is never replaced"


def test_a_name_that_is_taken_is_numbered_unless_it_shall_be_replaced(dialog: SaveDialog, photo: Path) -> None:
    photo.with_name("photo-denoised.png").touch()
    dialog.template_field.textChanged.emit("")
    assert dialog.example.text() == "photo-denoised-2.png"
    dialog.replace_box.setChecked(True)
    assert dialog.example.text() == "photo-denoised.png is there already and will be replaced."
    dialog.template_field.setText("{stem}{suffix}")
    assert dialog.targets() == [photo.with_name("photo-2.png")]


def test_the_size_is_worked_out_for_what_is_chosen(dialog: SaveDialog, client: FakeClient, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.size_words.text() == "About 12 MB.")
    choose(dialog.form, "jpeg")
    assert dialog.size_words.text() == "Working out how large it will be…"
    qtbot.waitUntil(lambda: dialog.size_words.text() == "About 12 MB.")
    assert [job.output.format for job in client.jobs(EstimateSize)] == ["png", "jpeg"]


def test_what_the_file_cannot_hold_is_said_before_and_after(
    opened: MainWindow, client: FakeClient, qtbot: QtBot, wait_idle: Callable[[], None]
) -> None:
    client.lost = ("JPEG holds no transparency; the alpha plane is left out.",)
    opened.denoise.save_as()
    dialog = opened.denoise.saves.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.lost_words.isVisible())
    assert dialog.lost_words.text() == client.lost[0]
    client.lost = ()
    choose(dialog.form, "png")
    qtbot.waitUntil(lambda: not dialog.lost_words.isVisible())
    client.lost = ("JPEG holds no transparency; the alpha plane is left out.",)
    dialog.save_button.click()
    wait_idle()
    assert opened.notices.text.text() == f"Saved photo-denoised.png. {client.lost[0]}"


def test_the_size_of_all_is_that_of_their_pixels(
    opened: MainWindow, client: FakeClient, qtbot: QtBot, tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    opened.open_files([make_photo(tmp_path / "half.png", 613, 814)])
    wait_idle()
    opened.denoise.save_all()
    dialog = opened.denoise.saves.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.size_words.text() == "About 37 MB together.")
    assert dialog.save_button.text() == "Save 2"
    assert not dialog.file_button.isVisible()
    dialog.save_button.click()
    wait_idle()
    assert {p.name for p in tmp_path.glob("*-denoised.png")} == {"half-denoised.png", "photo-denoised.png"}


def test_the_systems_own_dialog_is_one_button_away(
    dialog: SaveDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_idle: Callable[[], None]
) -> None:
    suggested: list[str] = []

    def ask(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        suggested.append(Path(name).name)
        return str(tmp_path / "mine.webp"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    choose(dialog.form, "tiff")
    dialog.file_button.click()
    wait_idle()
    assert suggested == ["photo-denoised.tif"]
    assert (tmp_path / "mine.webp").is_file()


def test_no_two_results_share_a_name(tmp_path: Path) -> None:
    sources = [tmp_path / "a" / "x.png", tmp_path / "b" / "x.png", tmp_path / "a" / "X.jpg"]
    assert [p.name for p in free_names(sources, tmp_path, "denoise", ".tif")] == [
        "x-denoised.tif", "x.png-denoised.tif", "X.jpg-denoised.tif",
    ]  # fmt: skip
    beside = free_names(sources, None, "denoise", ".tif")
    assert beside[:2] == [s.with_name("x-denoised.tif") for s in sources[:2]]
    assert beside[2].name == "X.jpg-denoised.tif"


def test_results_of_long_names_are_numbered_within_what_a_disk_holds(tmp_path: Path) -> None:
    source = tmp_path / f"{'x' * 244}雪.jpg"
    made = []
    for _ in range(11):
        (target,) = free_names([source], None, "denoise")
        target.touch()
        made.append(target.name)
    assert len(set(made)) == 11
    assert made[-1].endswith("雪-denoised-11.jpg")


def test_a_result_of_a_pasted_picture_goes_to_a_folder_of_the_persons(
    window: MainWindow, home: Path, wait_idle: Callable[[], None]
) -> None:
    pasted = make_photo(paths.pasted_folder() / "pasted-1.png", 61, 47)
    window.open_files([pasted])
    wait_idle()
    before = window.settings.save_beside
    window.denoise.saves.save_as(pasted)
    dialog = window.denoise.saves.dialog
    assert dialog is not None
    assert not dialog.beside_box.isVisible()
    assert dialog.targets() == [Path(pictures_folder()) / "pasted-1-denoised.png"]
    dialog.folder_field.setText(str(home / "mine"))
    dialog.store()
    # what holds for other pictures stays
    assert window.settings.save_beside == before
    assert window.settings.save_folder == str(home / "mine")
    dialog.reject()
