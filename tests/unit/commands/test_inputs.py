from __future__ import annotations

import os
from pathlib import Path

import pytest

from aestudio.commands.inputs import Input, Targets, expand, names_a_picture, suffix_for, without_results
from aestudio.errors import InputError, SettingsError
from aestudio.jobs.names import named

TEMPLATE = "{stem}-{task}{suffix}"


def inputs(*names: str) -> list[Input]:
    return [Input(Path(n)) for n in names]


def names(targets: Targets, items: list[Input]) -> list[str]:
    return [targets.of(i, ".png").name for i in items]


def test_equal_names_take_the_suffix_along_and_then_a_number(tmp_path: Path) -> None:
    items = inputs("x/i.png", "y/i.png", "z/i.png", "w/i.png", "v/I.PNG", "i.png.png")
    targets = Targets(str(tmp_path), items, "denoised", TEMPLATE)
    assert [targets.of(i, i.path.suffix).name for i in items] == [
        "i-denoised.png", "i.png-denoised.png", "i.png-2-denoised.png", "i.png-3-denoised.png",
        "I.PNG-4-denoised.PNG", "i.png.png-denoised.png",
    ]  # fmt: skip


def test_names_do_not_depend_on_which_inputs_can_be_read(tmp_path: Path) -> None:
    items = inputs("x/i.png", "y/i.png", "z/i.png")
    whole = names(Targets(str(tmp_path), items, "denoised", TEMPLATE), items)
    targets = Targets(str(tmp_path), items, "denoised", TEMPLATE)
    assert names(targets, items[:0:-1]) == whole[:0:-1]


@pytest.mark.parametrize("template", ["result{suffix}", "result.png"])
def test_a_template_without_the_stem_is_numbered(template: str, tmp_path: Path) -> None:
    items = inputs("a.png", "b.png", "c.png")
    targets = Targets(str(tmp_path), items, "denoised", template)
    assert names(targets, items) == ["result.png", "result-2.png", "result-3.png"]


def test_content_that_contradicts_its_suffix_still_gets_a_name_of_its_own(tmp_path: Path) -> None:
    items = inputs("a.png", "a.jpg")
    targets = Targets(str(tmp_path), items, "denoised", TEMPLATE)
    assert targets.of(items[1], ".png").name == "a.jpg-denoised.png"
    assert targets.of(items[0], ".png").name == "a-denoised.png"


@pytest.mark.parametrize(
    "template", ["{nonsense}", "{stem.__class__}", "{stem[a]}", "{stem!r}", "{stem:999}", "{", "", "{task}/", ".."]
)
def test_templates_that_name_no_file_are_refused(template: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="template"):
        Targets(str(tmp_path), inputs("a.png"), "denoised", template)


def test_out_is_a_file_only_where_it_can_be_written_as_one_picture(tmp_path: Path) -> None:
    assert names_a_picture(tmp_path / "r.png", 1)
    assert not names_a_picture(tmp_path / "r.png", 2)
    assert not names_a_picture(tmp_path / "v1.2", 1)
    (tmp_path / "folder.png").mkdir()
    assert not names_a_picture(tmp_path / "folder.png", 1)
    for suffix in (".gif", ".heic", ".CR2"):
        with pytest.raises(SettingsError, match=suffix):
            names_a_picture(tmp_path / f"r{suffix}", 1)


@pytest.mark.parametrize(
    ("name", "kind", "suffix"),
    [
        ("a.JPG", "jpeg", ".JPG"), ("a.apng", "png", ".png"), ("a.j2k", "jp2", ".jp2"), ("a.jpf", "jp2", ".jp2"),
        ("a.png", "jpeg", ".jpg"), ("a.tiff", "tiff", ".tiff"), ("a", "png", ".png"),
    ],
)  # fmt: skip
def test_the_sources_suffix_is_kept_where_it_means_the_format(name: str, kind: str, suffix: str) -> None:
    assert suffix_for(Path(name), kind) == suffix


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_an_input_is_known_by_any_path_or_link(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "hard.png").hardlink_to(tmp_path / "a.png")
    (tmp_path / "soft.png").symlink_to(tmp_path / "a.png")
    (tmp_path / "b.png").touch()
    targets = Targets(str(tmp_path / "o"), inputs(str(tmp_path / "a.png")), "denoised", TEMPLATE)
    for name in ("a.png", "hard.png", "soft.png", "o/../a.png"):
        assert targets.is_source(tmp_path / name), name
    assert not targets.is_source(tmp_path / "b.png")
    assert not targets.is_source(tmp_path / "c.png")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_in_a_circle_harm_no_other_input(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    for circle in ("self.png", "folder"):
        (tmp_path / circle).symlink_to(tmp_path / circle)
    found = inputs(*(str(tmp_path / name) for name in ("a.png", "self.png", "folder/b.png")))
    targets = Targets(str(tmp_path / "o"), found, "denoised", TEMPLATE)
    assert targets.of(found[0], ".png") == tmp_path / "o" / "a-denoised.png"
    assert not targets.is_source(tmp_path / "self-denoised.png")


def test_hidden_files_in_folders_are_no_inputs(tmp_path: Path) -> None:
    (tmp_path / ".thumbnails").mkdir()
    for name in ("a.png", "._a.png", ".aestudio-0123.png", ".thumbnails/b.png"):
        (tmp_path / name).touch()
    assert [i.path.name for i in expand([str(tmp_path)], recursive=True)] == ["a.png"]
    assert [i.path.name for i in expand([str(tmp_path / "._a.png")], recursive=False)] == ["._a.png"]


def test_arguments_that_name_nothing_stay_in_the_list_unless_there_is_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "empty").mkdir()
    nothing = [str(tmp_path / "empty"), str(tmp_path / "*.tif")]
    found = expand([*nothing, str(tmp_path / "a.png")], recursive=False)
    assert [i.problem is None for i in found] == [False, False, True]
    with pytest.raises(InputError, match="no pictures in"):
        expand(nothing, recursive=False)


def picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_an_empty_argument_is_no_folder() -> None:
    with pytest.raises(SettingsError, match="empty"):
        expand([""], False)


def test_ways_there_and_back_lead_to_the_same_file(tmp_path: Path) -> None:
    for name in ("a.png", "deep/b.png"):
        picture(tmp_path / "in" / name)
    (tmp_path / "in" / "deep" / "loop").symlink_to("..")
    found = expand([str(tmp_path / "in" / "**" / "*.png")], False)
    assert sorted(item.path.name for item in found) == ["a.png", "b.png"]
    twice = expand([str(tmp_path / "in" / "a.png"), str(tmp_path / "in" / "deep" / ".." / "a.png")], False)
    assert len(twice) == 1
    # two names of one picture are two results
    (tmp_path / "in" / "c.png").symlink_to("a.png")
    assert len(expand([str(tmp_path / "in")], False)) == 2


def test_a_folder_that_cannot_be_looked_into_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.png", "closed/b.png"):
        picture(tmp_path / "in" / name)
    scan = os.scandir

    def refuse(place: str) -> object:
        if Path(place).name == "closed":
            raise PermissionError(13, "Permission denied", str(place))
        return scan(place)

    monkeypatch.setattr(os, "scandir", refuse)
    good, bad = expand([str(tmp_path / "in")], True)
    assert good.path.name == "a.png"
    assert bad.problem is not None
    assert "closed cannot be looked into: Permission denied" in bad.problem.what


def test_a_file_that_may_not_be_looked_at_harms_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Path.is_dir

    def refuse(path: Path) -> bool:
        if path.name == "secret.png":
            raise PermissionError(13, "Permission denied", str(path))
        return known(path)

    monkeypatch.setattr(Path, "is_dir", refuse)
    found = expand([str(picture(tmp_path / "a.png")), str(tmp_path / "secret.png")], False)
    assert [item.path.name for item in found] == ["a.png", "secret.png"]


def test_results_of_an_earlier_run_are_not_restored_again(tmp_path: Path) -> None:
    for name in ("a.png", "b.jpg", "a-denoised.png", "b.jpg-denoised.png", "other-denoised.png", "res/a-denoised.png"):
        picture(tmp_path / name)

    def kept(out: Path, *arguments: str, template: str = TEMPLATE, made: bool = True) -> list[str]:
        found = expand(list(arguments) or [str(tmp_path)], True)
        left = without_results(found, out, "denoised", template, lambda path: made)
        return sorted(str(i.path.relative_to(tmp_path)) for i in left)

    assert kept(tmp_path) == ["a.png", "b.jpg", "other-denoised.png"]
    assert kept(tmp_path / "res") == ["a-denoised.png", "a.png", "b.jpg", "b.jpg-denoised.png", "other-denoised.png"]
    # a picture of somebody's own may be called so
    assert len(kept(tmp_path, made=False)) == 6
    # whoever names a file means it, and a template that changes nothing tells nothing
    assert kept(tmp_path, str(tmp_path / "a.png"), str(tmp_path / "a-denoised.png")) == ["a-denoised.png", "a.png"]
    assert len(kept(tmp_path, template="{stem}{suffix}")) == len(kept(tmp_path, template="in/{stem}{suffix}")) == 6


def test_a_name_that_is_too_long_loses_letters_and_stays_apart(tmp_path: Path) -> None:
    items = inputs(*(f"{place}/{'z' * 243}{number}.png" for place in "xy" for number in (1, 2)))
    found = names(Targets(str(tmp_path), items, "denoised", TEMPLATE), items)
    assert len(set(found)) == 4
    assert all(len(os.fsencode(name)) <= 255 for name in found)
    assert found[0].endswith("1-denoised.png")
    for name in found:
        picture(tmp_path / name)
    assert len(os.fsencode(named(TEMPLATE, "雪" * 84, "denoised", ".png"))) <= 255
    # and where there is nothing but the number to tell them apart
    fixed = "z" * 249 + "{suffix}"
    found = names(Targets(str(tmp_path), items, "denoised", fixed), items)
    assert len(set(found)) == 4
    assert all(len(os.fsencode(name)) <= 255 for name in found)
