"""How results are stored: what the form asks for, and that it is kept."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from aestudio.jobs.spec import Output
from aestudio.settings import Settings
from aestudio.ui.outputs import output_of, suffix_of
from aestudio.ui.widgets.output_form import OutputForm


def choose(form: OutputForm, format: str, depth: str = "keep") -> None:
    form.format_picker.setCurrentIndex(form.format_picker.findData(format))
    form.format_picker.activated.emit(form.format_picker.currentIndex())
    form.depth_picker.setCurrentIndex(form.depth_picker.findData(depth))
    form.depth_picker.activated.emit(form.depth_picker.currentIndex())


def make(qtbot: QtBot, settings: Settings | None = None) -> OutputForm:
    form = OutputForm(settings or Settings())
    qtbot.addWidget(form)
    return form


def test_files_keep_what_they_are_unless_told_otherwise(qtbot: QtBot) -> None:
    settings = make(qtbot).chosen()
    assert settings == Settings()
    assert output_of(settings, "png") == Output("png")
    assert output_of(settings, "jpeg") == Output("jpeg", quality=95)
    assert suffix_of(settings) == ""


def test_a_choice_is_kept_only_when_it_is_stored(qtbot: QtBot) -> None:
    settings = Settings()
    form = make(qtbot, settings)
    choose(form, "tiff", "16")
    form.recipe.setChecked(False)
    assert settings == Settings()
    assert output_of(form.chosen(), "tiff", True) == Output("tiff", "16", None, True, True, False)
    assert suffix_of(form.chosen()) == ".tif"
    form.store()
    assert make(qtbot, settings).chosen() == form.chosen() == settings


def test_without_metadata_there_is_no_recipe_to_choose(qtbot: QtBot) -> None:
    form = make(qtbot)
    form.metadata.setChecked(False)
    assert not form.recipe.isEnabled()
    form.metadata.setChecked(True)
    assert form.recipe.isEnabled()


def test_only_depths_that_the_format_holds_are_offered(qtbot: QtBot) -> None:
    form = make(qtbot)
    choose(form, "tiff", "32f")
    # a name typed in the system's dialog may ask for another format
    assert output_of(form.chosen(), "jpeg").depth == "keep"
    choose(form, "jpeg")
    assert [form.depth_picker.itemData(i) for i in range(form.depth_picker.count())] == ["keep", "8"]
    choose(form, "exr")
    assert not form.quality.isVisibleTo(form)


def test_a_lossless_format_becomes_lossy_only_by_choice(qtbot: QtBot) -> None:
    form = make(qtbot)
    assert output_of(form.chosen(), "webp").quality is None
    choose(form, "webp")
    form.quality.set_value(80)
    assert output_of(form.chosen(), "webp").quality == 80
    form.quality.set_value(100)
    assert output_of(form.chosen(), "webp").quality is None
