"""The bundle and the package that ``make deb`` left in ``dist/``, and a screen to start them on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.packaging.screen import Run, Screen

DIST = Path(os.environ.get("AESTUDIO_DIST", Path(__file__).parents[2] / "dist"))
NOBODY = 65534


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: they need what ``make deb`` makes."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.bundle)


@pytest.fixture(scope="session")
def bundle() -> Path:
    """Return the folder of the bundle."""
    folder = DIST / "aestudio"
    assert (folder / "aestudio").is_file(), "make bundle comes first"
    return folder


@pytest.fixture(scope="session")
def package() -> Path:
    """Return the Debian package."""
    found = sorted(DIST.glob("aestudio_*.deb"))
    assert found, "make deb comes first"
    return found[-1]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return what runs a program as a stranger to it would: no PATH, an empty home, no network, no rights."""
    home = tmp_path / "home"
    home.mkdir()
    is_root = os.geteuid() == 0
    if is_root:
        for folder in (tmp_path, *tmp_path.parents):
            if folder.stat().st_uid == 0 and folder != Path("/"):
                folder.chmod(folder.stat().st_mode | 0o055)
        os.chown(home, NOBODY, NOBODY)

    def go(program: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        # a network namespace of its own has no way out
        alone = ["/usr/bin/unshare", "--net", "/usr/bin/setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}"]
        command = [*alone, "--clear-groups", str(program)] if is_root else [str(program)]
        return subprocess.run(
            [*command, *arguments],
            env={"HOME": str(home), **environment},
            cwd=home,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return go


@pytest.fixture
def clean() -> NDArray[np.uint8]:
    """Return a clean photograph."""
    with Image.open(Path(__file__).parents[2] / "resources" / "samples" / "small-monkeys.png") as image:
        return np.array(image.convert("RGB"))


@pytest.fixture
def photo(clean: NDArray[np.uint8], tmp_path: Path) -> Path:
    """Return the photograph with noise, in a folder that anybody may write to."""
    folder = tmp_path / "my photos"
    folder.mkdir()
    folder.chmod(0o777)
    noisy = clean + np.random.default_rng(0).normal(0, 25, clean.shape)
    path = folder / "grainy ü.png"
    Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8)).save(path)
    return path


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """Return a screen of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield Screen(f":{number}")
    server.terminate()
    server.wait()
