"""What every test gets: no display needed, and a data folder of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from pathlib import Path


def pytest_configure(config: pytest.Config) -> None:
    """Let pass what the offscreen platform says of dialogs with a least size, and of those that come to the front."""
    config.addinivalue_line("qt_log_ignore", "does not support (propagateSizeHints|raise)")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a temporary AESTUDIO_HOME; return it."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("AESTUDIO_HOME", str(folder))
    return folder
