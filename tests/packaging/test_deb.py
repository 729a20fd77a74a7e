"""The Debian package: installed, used from the menu's entry by keyboard, removed; a person's data stays."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio import APP_ID, cli
from aestudio.evaluation.metrics import psnr
from tests.packaging.screen import Screen, wait

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("dpkg"), reason="installs a Debian package, which takes root"
)


def system(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(package: Path) -> Iterator[None]:
    """Install the package; remove it at the end where the last test did not."""
    system("dpkg", "--install", package)
    yield
    subprocess.run(["dpkg", "--purge", "aestudio"], capture_output=True)


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(f"/usr/share/applications/{APP_ID}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_it_is_part_of_the_desktop(installed: None) -> None:
    system("desktop-file-validate", f"/usr/share/applications/{APP_ID}.desktop")
    system("appstreamcli", "validate", "--no-net", f"/usr/share/metainfo/{APP_ID}.metainfo.xml")
    cache = Path("/usr/share/applications/mimeinfo.cache").read_text(encoding="utf-8")
    jpeg = next(line for line in cache.splitlines() if line.startswith("image/jpeg="))
    assert f"{APP_ID}.desktop" in jpeg
    globs = Path("/usr/share/mime/globs2").read_text(encoding="utf-8")
    assert "image/x-hasselblad-3fr:*.3fr" in globs
    assert Path(f"/usr/share/icons/hicolor/48x48/apps/{APP_ID}.png").is_file()


def test_the_shell_knows_its_commands(installed: None, package: Path) -> None:
    script = (
        "source /usr/share/bash-completion/completions/aestudio; COMP_WORDS=(aestudio ''); COMP_CWORD=1;"
        "_aestudio; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    assert set(cli.COMMANDS) <= set(system("bash", "-c", script).split())
    # slim systems leave manuals out when they install
    assert "./usr/share/man/man1/aestudio.1.gz" in system("dpkg-deb", "--contents", package)


def test_a_photo_is_restored_by_keyboard_from_the_menu_entry_and_removal_keeps_data(
    installed: None, screen: Screen, photo: Path, clean: NDArray[np.uint8], tmp_path: Path
) -> None:
    home = tmp_path / "person"
    home.mkdir()
    program, *arguments = shlex.split(desktop_entry()["Exec"].replace("%F", shlex.quote(str(photo))))
    started = shutil.which(program)
    assert started
    environment = {"HOME": str(home), "DISPLAY": screen.display}
    window = subprocess.Popen([started, *arguments], env=environment)
    before = set(photo.parent.iterdir())
    try:
        wait(lambda: screen.colours() > 5000, "the photo on the screen")
        main = screen.windows()[-1]
        screen.press(main, "ctrl+s")
        wait(lambda: len(screen.windows()) > 1, "the question where to save")
        screen.press(screen.windows()[-1], "Return")
        wait(lambda: bool(saved(photo, before)), "the saved picture")
        screen.picture().save(tmp_path / "screen.png")
        screen.press(main, "ctrl+q")
        assert window.wait(60) == 0
    finally:
        window.kill()
    (result,) = saved(photo, before)
    noisy, restored = (np.array(Image.open(path).convert("RGB")) for path in (photo, result))
    assert psnr(restored, clean) > psnr(noisy, clean) + 5

    data = home / ".local" / "share" / "aestudio"
    assert (data / "settings.json").is_file()
    system("dpkg", "--remove", "aestudio")
    assert (data / "settings.json").is_file()
    assert not Path("/usr/lib/aestudio").exists()
    assert not shutil.which("aestudio", path="/usr/bin")
    assert not list(Path("/usr/share").glob(f"*/*{APP_ID}*"))


def saved(photo: Path, before: set[Path]) -> list[Path]:
    """Return the finished pictures that came to the photo's folder."""
    return [path for path in photo.parent.iterdir() if path not in before and not path.name.startswith(".")]
