"""What the window tells of the installation: licences, missing files, a data folder that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from aestudio import contents, paths, settings
from aestudio.ui import app, health
from aestudio.ui.dialogs.licences import LicencesDialog
from aestudio.ui.notifications import Notice, funnel


@pytest.fixture
def notices() -> Iterator[list[Notice]]:
    heard: list[Notice] = []
    unsubscribe = funnel.subscribe(heard.append)
    heard.clear()
    yield heard
    unsubscribe()


def test_the_licences_are_those_of_the_bundle(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, models: Path
) -> None:
    def shown() -> str:
        dialog = LicencesDialog()
        qtbot.addWidget(dialog)
        view = dialog.findChild(QTextBrowser, "licencesView")
        assert view is not None
        return view.toPlainText()

    # a checkout has no list and makes one
    assert "Lesser General Public License" in shown()
    listed = tmp_path / "LICENCES.md"
    listed.write_text("# Licences\n\nAll of it.", encoding="utf-8")
    monkeypatch.setattr(paths, "licences_file", lambda: listed)
    assert "All of it." in shown()


def test_an_installation_that_is_well_says_nothing(notices: list[Notice], home: Path) -> None:
    health.check()
    assert notices == []
    assert list(home.iterdir()) == []


def test_a_half_copied_program_is_told(notices: list[Notice], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "missing", lambda: ["torch/lib/libtorch_cpu.so", "weights/x.md"])
    health.check()
    assert [(n.level, "libtorch_cpu.so is missing" in n.what) for n in notices] == [("failure", True)]


def test_a_data_folder_that_cannot_be_used_is_told(
    notices: list[Notice], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # no folder can be made below a file, not even by an administrator
    (tmp_path / "file").touch()
    monkeypatch.setenv("AESTUDIO_HOME", str(tmp_path / "file" / "home"))
    health.check()
    assert [(n.level, str(tmp_path) in n.what) for n in notices] == [("attention", True)]


def test_settings_of_a_newer_version_keep_the_window_from_opening(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(app.QMessageBox, "critical", lambda parent, title, text: asked.append(text))
    paths.settings_file().write_text(f'{{"format_version": {settings.FORMAT_VERSION + 1}}}')
    assert app.main(["aestudio"]) == app.NOT_STARTED
    assert "newer version" in asked[0]
    assert asked[0] in capsys.readouterr().err
