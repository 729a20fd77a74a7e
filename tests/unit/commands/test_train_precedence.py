"""A training process that a window watches lets everything else go first, with each of its threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aestudio import paths
from aestudio.commands.train import NICENESS


def niceness(pid: int) -> set[int]:
    """Return that of all threads of a process (proc(5): the 19th field, behind the name in parentheses the 17th)."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return {int((thread / "stat").read_text().rsplit(")", 1)[1].split()[16]) for thread in threads}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux's table of threads")
@pytest.mark.parametrize("listens", [True, False])
def test_every_thread_steps_back_where_a_window_listens(tmp_path: Path, listens: bool) -> None:
    words = [
        "train",
        "denoise",
        str(paths.resources_folder() / "samples"),
        "--name",
        "mine",
        "--steps",
        "500",
        "--json",
    ]
    own = os.nice(0)
    with subprocess.Popen(
        [sys.executable, "-m", "aestudio", *words, *["--listen"] * listens],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "AESTUDIO_HOME": str(tmp_path), "OMP_NUM_THREADS": "2"},
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            # by then every kind of thread has been at work
            assert any(json.loads(line).get("step", 0) >= 1 for line in process.stdout)
            assert niceness(process.pid) == {min(own + NICENESS, 19) if listens else own}
        finally:
            process.kill()
