"""The bundle and the package that ``make deb`` left in ``dist/``, and a screen to start them on."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.packaging.screen import Run, Screen, copied

DIST = Path(os.environ.get("AESTUDIO_DIST", Path(__file__).parents[2] / "dist"))
NOBODY = 65534


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: they need what ``make deb`` makes."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.bundle)


@pytest.fixture(scope="session")
def bundle() -> Iterator[Path]:
    """Return the folder of the bundle, at a place where others than the one who built it can start it."""
    assert (DIST / "aestudio" / "aestudio").is_file(), "make bundle comes first"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield copied(DIST / "aestudio", Path(folder) / "bundle").parent


@pytest.fixture(scope="session")
def package() -> Path:
    """Return the Debian package."""
    found = sorted(DIST.glob("aestudio_*.deb"))
    assert found, "make deb comes first"
    return found[-1]


@pytest.fixture
def place() -> Iterator[Path]:
    """Return an empty folder that others can look into, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path
        for inner in path.rglob("*"):
            if inner.is_dir() and not inner.is_symlink():
                inner.chmod(0o755)


@pytest.fixture
def stranger(place: Path) -> list[str]:
    """Return what begins a command of a stranger: an empty home (``place``/home), no network, no rights."""
    home = place / "home"
    home.mkdir()
    prefix: list[str] = []
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
        prefix = ["/usr/bin/setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        # a network namespace of its own has no way out; some containers may not make one
        alone = ["/usr/bin/unshare", "--net"]
        if subprocess.run([*alone, "/bin/true"], stderr=subprocess.DEVNULL).returncode == 0:
            prefix = alone + prefix
    return prefix


@pytest.fixture
def run(place: Path, stranger: list[str]) -> Run:
    """Return what runs a program as a stranger to it would, without a PATH."""
    home = place / "home"

    def go(program: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*stranger, str(program), *arguments],
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
def photo(clean: NDArray[np.uint8], place: Path) -> Path:
    """Return the photograph with noise, in a folder that anybody may write to."""
    folder = place / "my photos"
    folder.mkdir()
    folder.chmod(0o777)
    noisy = clean + np.random.default_rng(0).normal(0, 25, clean.shape)
    path = folder / "grainy ü.png"
    Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8)).save(path)
    return path


@pytest.fixture
def screen() -> Iterator[Screen]:
    """Return a screen of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield Screen(f":{number}")
    server.terminate()
    server.wait()
