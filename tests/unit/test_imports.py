"""What must start without what: each in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import pytest

BLOCK = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked}:
            raise ImportError(name)
sys.meta_path.insert(0, Block())
"""


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "module",
    ["aestudio.ui.app", "aestudio.cli", "aestudio.catalog.store", "aestudio.imageio", "aestudio.jobs.client"],
)
def test_torch_is_not_loaded_by(module: str) -> None:
    run(f"import sys, {module}\nassert 'torch' not in sys.modules")


def test_training_and_scoring_need_neither_qt_nor_picture_libraries() -> None:
    blocked = {"PySide6", "OpenImageIO", "tifffile", "imagecodecs", "platformdirs", "rawpy", "pi_heif"}
    modules = "commands.train, commands.evaluate, engine.session, engine.generate, training.fit"
    extra = "evaluation.restoration, evaluation.generate, evaluation.sets, cli"
    names = ", ".join(f"aestudio.{m.strip()}" for m in f"{modules}, {extra}".split(","))
    run(BLOCK.format(blocked=blocked) + f"import {names}")
