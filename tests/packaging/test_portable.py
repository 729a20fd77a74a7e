"""The archive for one person: its script installs and removes, and leaves what is the person's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import archive
from aestudio import APP_ID, __version__


@pytest.fixture
def unpacked(bundle: Path, tmp_path: Path) -> Path:
    return archive.folder(bundle, tmp_path)


def test_it_installs_without_rights_and_leaves_the_data(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "a person & co"
    data = home / ".local/share/aestudio"
    data.mkdir(parents=True)
    (data / "settings.json").write_text("{}")
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    installed = home / ".local/lib/aestudio"
    # a second time over the first, as with a newer version
    for _ in range(2):
        subprocess.run([unpacked / "install.sh"], env=environment, check=True, capture_output=True)
    command = home / ".local/bin/aestudio"
    told = subprocess.run([command, "--version"], env=environment, check=True, capture_output=True, text=True)
    assert told.stdout == f"aestudio {__version__}\n"
    entry = (home / f".local/share/applications/{APP_ID}.desktop").read_text(encoding="utf-8")
    assert f'Exec="{installed}/aestudio" %F\n' in entry
    subprocess.run([unpacked / "install.sh", "--remove"], env=environment, check=True, capture_output=True)
    left = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() or path.is_symlink()}
    assert {name for name in left if "mime" not in name and "cache" not in name} == {
        ".local/share/aestudio/settings.json"
    }
