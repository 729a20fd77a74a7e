"""A picture that aestudio made is opened again: its settings are offered, and taken up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aestudio.imageio.recipe import Recipe
from aestudio.jobs.spec import Restoration, Restore
from aestudio.ui.choices import Choice
from aestudio.ui.main_window import MainWindow
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient

DENOISED = Recipe("aestudio 0.1", "denoise", "denoise-fast", "", {"noise": 31.0, "noise_used": 31.0, "strength": 0.6})
ENLARGED = Recipe("aestudio 0.1", "upscale", "upscale-x2-fast", "", {"scale": 1.5, "strength": 1.0})


def open_with(recipe: Recipe, model: str, window: MainWindow, client: FakeClient, path: Path, wait: Callable) -> None:
    client.recipes[str(path)] = (recipe.to_text(), model)
    window.open_files([make_photo(path, 120, 90)])
    wait()


def test_the_offer_restores_the_settings(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    open_with(DENOISED, "same", window, client, tmp_path / "a.png", wait_idle)
    assert "a.png was denoised by aestudio with the model denoise-fast." in window.notices.text.text()
    assert window.notices.retry_button.text() == "Use its settings"
    window.notices.retry_button.click()
    wait_idle()
    assert window.denoise.inspector.choice() == Choice("denoise-fast", True, 31.0, 1.0, 0.6)
    assert client.jobs(Restore)[-1].restoration == Restoration("denoise", "denoise-fast", 31.0)
    assert not window.notices.isVisible(), "it is offered once"


def test_the_offer_is_for_the_picture_that_it_names(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    made, other = tmp_path / "a.png", tmp_path / "b.png"
    open_with(DENOISED, "same", window, client, made, wait_idle)
    window.pictures.add([make_photo(other, 120, 90)])
    window.denoise.file_list.pick(other)
    wait_idle()
    window.notices.retry_button.click()
    wait_idle()
    assert window.denoise.file_list.current_path() == made
    assert window.denoise.inspector.choice().strength == 0.6


def test_an_offer_for_a_picture_that_was_closed_does_nothing(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    open_with(DENOISED, "same", window, client, tmp_path / "a.png", wait_idle)
    window.pictures.remove(tmp_path / "a.png")
    window.notices.retry_button.click()
    assert "a.png is not open any more." in window.notices.text.text()
    assert window.denoise.inspector.choice().strength == 1.0


def test_paste_settings_takes_them_where_nothing_was_copied(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    open_with(ENLARGED, "other", window, client, tmp_path / "a.png", wait_idle)
    assert "results may differ" in window.notices.text.text()
    window.front.paste_settings()
    wait_idle()
    tab = window.super_resolution
    assert window.tabs.currentWidget() is tab
    assert (tab.inspector.choice().model, tab.inspector.choice().scale) == ("upscale-x2-fast", 1.5)
    window.tabs.setCurrentWidget(window.denoise)
    window.denoise.inspector.strength.set_value(40)
    window.front.copy_settings()
    window.front.paste_settings()
    assert window.tabs.currentWidget() is window.denoise, "what was copied goes first"


def test_a_model_that_is_not_here_gives_way(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    gone = Recipe("aestudio 9", "denoise", "made-elsewhere", "", {"noise": None, "strength": 0.5})
    open_with(gone, "missing", window, client, tmp_path / "a.png", wait_idle)
    assert "not installed here" in window.notices.text.text()
    window.notices.retry_button.click()
    wait_idle()
    choice = window.denoise.inspector.choice()
    assert choice.restoration("denoise") is not None
    assert (choice.noise, choice.strength) == (None, 0.5)


@pytest.mark.parametrize("settings", [{"noise": 300, "strength": 0.5}, {"strength": 7}, {"strength": "x", "extra": []}])
def test_settings_that_cannot_be_are_the_defaults(settings: dict[str, object]) -> None:
    assert Choice.of_recipe(Recipe("a", "denoise", "m", "", settings)) == Choice("m", True)
