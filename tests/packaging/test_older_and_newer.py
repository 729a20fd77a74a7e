"""The frozen program over data of other versions, and the package over an older one."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

import deb
import facts
from aestudio import settings
from aestudio.jobs import journal
from tests.packaging.screen import Run, Screen, wait

NOT_STARTED = 3
STORED = Path(__file__).parents[1] / "unit" / "stored"


@pytest.fixture
def data(place: Path) -> Path:
    """Return a data folder with settings and a journal of the first version, which anybody may write to."""
    folder = place / "data"
    folder.mkdir()
    shutil.copy(STORED / "settings-v1.json", folder / "settings.json")
    script = (STORED / "journal-v1.sql").read_text(encoding="utf-8")
    with sqlite3.connect(folder / "journal.sqlite") as database:
        database.executescript(script.format(folder=place, settings="0"))
    database.close()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o777)
    return folder


def version_of(file: Path) -> int:
    database = sqlite3.connect(file)
    found = database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    return int(found)


def test_older_data_is_brought_forward_and_a_copy_kept(
    bundle: Path, run: Run, screen: Screen, photo: Path, data: Path, place: Path
) -> None:
    done = run(bundle / "aestudio", "denoise", str(photo), "-o", str(photo.parent), AESTUDIO_HOME=str(data))
    assert done.returncode == 0, done.stderr
    assert version_of(data / "journal.sqlite") == journal._VERSION
    assert version_of(data / "journal.sqlite.v1") == 1

    environment = {"HOME": str(place), "AESTUDIO_HOME": str(data), "DISPLAY": screen.display}
    window = subprocess.Popen([bundle / "aestudio", photo], env=environment)
    try:
        wait(lambda: screen.colours() > 5000, "the photo on the screen")
        screen.press(screen.windows()[-1], "ctrl+q")
        assert window.wait(60) == 0
    finally:
        window.kill()
    now = json.loads((data / "settings.json").read_text(encoding="utf-8"))
    assert (now["format_version"], now["theme"]) == (settings.FORMAT_VERSION, "dark")
    assert (data / "settings.json.v1").read_bytes() == (STORED / "settings-v1.json").read_bytes()


def test_newer_data_is_refused_in_words(bundle: Path, run: Run, photo: Path, data: Path) -> None:
    database = sqlite3.connect(data / "journal.sqlite")
    database.execute(f"PRAGMA user_version = {journal._VERSION + 1}")
    database.close()
    done = run(bundle / "aestudio", "denoise", str(photo), "-o", str(photo.parent), AESTUDIO_HOME=str(data))
    assert (done.returncode, done.stderr.count("\n")) == (NOT_STARTED, 1), done.stderr
    assert "was made by a newer version" in done.stderr
    assert version_of(data / "journal.sqlite") == journal._VERSION + 1


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("dpkg"), reason="installs a package, which takes root")
def test_a_newer_package_over_an_older_one(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "aestudio"
    (old / "_internal").mkdir(parents=True)
    (old / "aestudio").write_bytes(b"#!/bin/sh\necho the older one\n")
    (old / "_internal" / "only-in-the-older-one").touch()
    for path in old.rglob("*"):
        path.chmod(0o755)
    monkeypatch.setattr(facts, "VERSION", "0.0.9")
    monkeypatch.setattr(deb, "depends", lambda home: ["libc6"])
    older = deb.make(old, tmp_path)
    try:
        subprocess.run(["dpkg", "--install", older], check=True, capture_output=True)
        told = subprocess.run(["/usr/bin/aestudio"], check=True, capture_output=True, text=True)
        assert told.stdout == "the older one\n"
        subprocess.run(["dpkg", "--install", package], check=True, capture_output=True)
        told = subprocess.run(["/usr/bin/aestudio", "--version"], check=True, capture_output=True, text=True)
        assert told.stdout == f"aestudio {package.name.split('_')[1]}\n"
        assert not Path("/usr/lib/aestudio/_internal/only-in-the-older-one").exists()
    finally:
        subprocess.run(["dpkg", "--purge", "aestudio"], capture_output=True)
