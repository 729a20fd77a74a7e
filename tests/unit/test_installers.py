"""The recipes of the installers: valid, and all of one mind about names, versions and file types."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

import archive
import facts
import icons
import licences
import linux
import manual
from aestudio import cli, credits
from aestudio.imageio.formats import READ_SUFFIXES

ROOT = Path(__file__).parents[2]

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="a script of Linux")


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files of a Linux desktop."""
    folder = tmp_path_factory.mktemp("prefix")
    linux.write(folder, "/a b/aestudio")
    return folder


def passes(*command: str | Path) -> None:
    if not shutil.which(str(command[0])):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_type_that_is_read_is_offered() -> None:
    assert {s for suffixes in facts.MIME_TYPES.values() for s in suffixes} == READ_SUFFIXES
    assert set(facts.OWN_MIME_TYPES) <= set(facts.MIME_TYPES)


def test_names_agree_with_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (project["name"], project["license"]) == (facts.NAME, facts.LICENCE)
    assert {facts.NAME} == set(project["scripts"])
    assert {facts.WINDOWED} == set(project["gui-scripts"])


def test_the_desktop_entry_and_the_store_page_are_valid(prefix: Path) -> None:
    passes("desktop-file-validate", prefix / f"share/applications/{facts.APP_ID}.desktop")
    passes("appstreamcli", "validate", "--no-net", prefix / f"share/metainfo/{facts.APP_ID}.metainfo.xml")


def test_file_managers_offer_the_action_for_every_type(prefix: Path) -> None:
    listed = "".join(f"{mime};" for mime in facts.MIME_TYPES)
    for relative in ("share/applications", "share/kio/servicemenus", "share/Thunar/sendto"):
        text = (prefix / relative / f"{facts.APP_ID}.desktop").read_text(encoding="utf-8")
        assert f"MimeType={listed}\n" in text
        assert 'Exec="/a b/aestudio" %F' in text
    assert facts.RESTORE_ACTION in (prefix / f"share/kio/servicemenus/{facts.APP_ID}.desktop").read_text()
    extension = (prefix / "share/nautilus-python/extensions/aestudio_menu.py").read_text(encoding="utf-8")
    compile(extension, "aestudio_menu.py", "exec")
    assert all(repr(mime) in extension for mime in facts.MIME_TYPES)


def test_own_file_types_are_described(prefix: Path) -> None:
    tree = ElementTree.parse(prefix / f"share/mime/packages/{facts.APP_ID}.xml")
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    globs = {glob.get("pattern") for glob in tree.iter(f"{space}glob")}
    assert {f"*{s}" for mime in facts.OWN_MIME_TYPES for s in facts.MIME_TYPES[mime]} <= globs


def test_the_manual_and_the_completions_know_every_option() -> None:
    page = manual.page().replace("\\-", "-")
    completions = (manual.bash_completion(), manual.zsh_completion(), manual.fish_completion().replace("-l ", "--"))
    for name in cli.COMMANDS:
        assert f".SS aestudio {name}\n" in page
        for text in completions:
            assert re.search(rf"\b{name}\b", text)
    for text in (page, *completions):
        assert "--name-template" in text
        assert "--self-test" in text


def test_the_shells_take_the_completions(tmp_path: Path) -> None:
    for shell, text in (
        ("bash", manual.bash_completion()),
        ("zsh", manual.zsh_completion()),
        ("fish", manual.fish_completion()),
    ):
        file = tmp_path / shell
        file.write_text(text, encoding="utf-8")
        if shutil.which(shell):
            passes(shell, "-n", file)
    page = tmp_path / "page.1"
    page.write_text(manual.page(), encoding="utf-8")
    if shutil.which("groff"):
        done = subprocess.run(["groff", "-man", "-ww", "-z", "-Tutf8", page], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_icons_are_drawn_in_every_size(prefix: Path, tmp_path: Path) -> None:
    for side in icons.SIZES:
        with Image.open(prefix / f"share/icons/hicolor/{side}x{side}/apps/{facts.APP_ID}.png") as image:
            assert image.size == (side, side)
            assert image.getpixel((0, 0))[3] < 10 < 245 < image.getpixel((side // 2, side // 2))[3]  # type: ignore[index]
    with Image.open(icons.write_container(tmp_path / "icon.ico")) as image:
        assert {(16, 16), (48, 48), (256, 256)} <= image.info["sizes"]


def test_licences_name_models_pictures_and_the_terms_of_qt() -> None:
    text = credits.text([credits.package("numpy")])
    assert re.search(r"\| numpy \| [\d.]+ \| .*BSD", text)
    for part in ("denoise-fast", "CC BY-SA", "CID22", "Lesser General Public License"):
        assert part in text


def test_the_texts_of_qt_and_of_python_are_with_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "owners", lambda sources: {"PySide6_Essentials", "shiboken6", "numpy"})
    licences.write(tmp_path, [])
    for package in ("PySide6_Essentials", "shiboken6"):
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / package / "LGPL-3.0.txt").read_text(encoding="utf-8")
        assert "TERMS AND CONDITIONS" in (tmp_path / package / "GPL-3.0.txt").read_text(encoding="utf-8")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in (tmp_path / "Python/LICENSE.txt").read_text(encoding="utf-8")
    assert any((tmp_path / "numpy").iterdir())


def test_debians_copyright_file_names_a_licence_that_is_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(licences, "owners", lambda sources: set())
    licences.write(tmp_path, [])
    inside = f"/usr/{linux.LIB}/_internal/licences/"
    told = linux.licence()
    named = re.findall(rf"{inside}(\S+[a-z])", told)
    assert sorted(named) == ["LICENCES.md", "aestudio-LICENSE.txt"]
    assert all((tmp_path / name).is_file() for name in named)


def test_a_part_without_a_text_of_its_licence_is_not_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "owners", lambda sources: {"numpy", "scipy"})
    monkeypatch.setattr(licences.importlib.metadata, "files", lambda name: [])  # type: ignore[attr-defined]
    with pytest.raises(FileNotFoundError, match="numpy, scipy"):
        licences.write(tmp_path, [])


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """Return a portable archive of a program that does nothing, unpacked."""
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    program = bundle / facts.NAME
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    return archive.folder(bundle, tmp_path)


def install(unpacked: Path, home: Path, *options: str, tools: str = "") -> subprocess.CompletedProcess[str]:
    """Run the portable archive's script for a person, where commands of the folder ``tools`` come first."""
    environment = {"HOME": str(home), "PATH": f"{tools}:/usr/bin:/bin".lstrip(":")}
    return subprocess.run([unpacked / "install.sh", *options], env=environment, capture_output=True, text=True)


@pytest.fixture
def full_disk(tmp_path: Path) -> str:
    """Return a folder with a `cp` that breaks off, as on a full disk."""
    tools = tmp_path / "tools"
    tools.mkdir()
    cp = tools / "cp"
    cp.write_text('#!/bin/sh\nmkdir -p "$3"\necho half >"$3/half"\nexit 1\n', encoding="utf-8")
    cp.chmod(0o755)
    return str(tools)


@needs_posix
def test_an_upgrade_that_cannot_be_copied_leaves_what_was_there(unpacked: Path, tmp_path: Path, full_disk: str) -> None:
    lib = tmp_path / "home/.local/lib"
    assert install(unpacked, tmp_path / "home").returncode == 0
    before = sorted((tmp_path / "home").rglob("*"))
    failed = install(unpacked, tmp_path / "home", tools=full_disk)
    assert failed.returncode == 1
    assert "as it was" in failed.stderr
    assert sorted((tmp_path / "home").rglob("*")) == before
    assert subprocess.run([lib / facts.NAME / facts.NAME]).returncode == 0


@needs_posix
def test_what_a_killed_copy_left_is_no_part_of_the_next(unpacked: Path, tmp_path: Path) -> None:
    lib = tmp_path / "home/.local/lib"
    part = lib / f"{facts.NAME}.part"
    part.mkdir(parents=True)
    (part / "half").touch()
    assert install(unpacked, tmp_path / "home").returncode == 0
    assert (lib / facts.NAME / facts.NAME).is_file()
    assert not (lib / facts.NAME / "half").exists()
    part.mkdir()
    assert install(unpacked, tmp_path / "home", "--remove").returncode == 0
    assert list(lib.iterdir()) == []
