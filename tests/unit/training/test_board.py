"""What TensorBoard gets of a run, read back with its own reader."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aestudio.__main__ import main
from aestudio.cli import DONE, WRONG

RECIPE = """task = "denoise"
architecture = "restoration-unet"
patch = 16
batch = 2
[arguments]
widths = [8, 16]
blocks = 1
"""


@pytest.fixture
def words(folder: Path, tmp_path: Path) -> list[str]:
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(RECIPE)
    return ["train", "denoise", str(folder), "--name", "mine", "--recipe", str(recipe), "--steps", "2", "--tensorboard"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_run_writes_curves_and_examples(words: list[str], home: Path) -> None:
    reader = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    assert main(words) == DONE
    events = reader.EventAccumulator(str(home / "runs" / "mine" / "tensorboard"))
    events.Reload()
    tags = events.Tags()
    assert {"loss", "rate", "gradient_norm", "validation/psnr"} <= set(tags["scalars"])
    assert tags["images"] == ["examples"]
    assert events.Scalars("loss")[-1].step == 2
    assert events.Scalars("gradient_norm")[-1].value > 0


def test_without_the_package_it_is_one_sentence(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    assert main(words) == WRONG
    said = capsys.readouterr().err
    assert "TensorBoard is not installed" in said
    assert "Traceback" not in said
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert main(words) == WRONG
    assert "Nothing can be added to this program" in capsys.readouterr().err
