"""A run that goes on with other pictures to be judged by does not compare scores across the two sets."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.catalog.card import read_card
from aestudio.jobs.account import account_of
from aestudio.training import history, loop
from aestudio.training.checkpoint import facts_of
from aestudio.training.damage import Damage
from aestudio.training.fit import fit
from aestudio.training.objective import Extent
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe
from aestudio.training.sources import Source
from tests.unit.training.tiny import TINY

CPU = torch.device("cpu")
TWICE = dataclasses.replace(
    TINY, task="upscale", architecture="upscaler", arguments={"scale": 2, "widths": [8, 16], "blocks": 1}, scale=2
)
PHOTO = dataclasses.replace(TINY, architecture="photo-unet", arguments={**TINY.arguments, "level_width": 8})
SAID = "The pictures that it is judged by are others than before: it is scored anew."


def pictures(folder: Path, grain: int, seed: int = 0, side: int = 96) -> Path:
    """Fill a folder with eight pictures, harder to restore with more ``grain``; those of one seed have one layout."""
    folder.mkdir()
    random = np.random.default_rng(seed)
    for number in range(8):
        smooth = np.full((side, side, 3), random.integers(60, 190, 3)) + random.integers(
            -grain, grain + 1, (side,) * 2 + (3,)
        )
        Image.fromarray(smooth.clip(0, 255).astype(np.uint8)).save(folder / f"{number}.png")
    return folder


def test_a_run_that_goes_on_with_other_pictures_is_scored_anew(tmp_path: Path) -> None:
    easy, hard = pictures(tmp_path / "easy", 1), pictures(tmp_path / "hard", 60)
    run, models, said, begun = tmp_path / "run", tmp_path / "models", list[str](), list[Extent]()
    start = fit(TWICE, easy, "start", tmp_path / "start", models, CPU, steps=2)
    first = fit(TWICE, easy, "mine", run, models, CPU, steps=40, start=start)
    before = read_card(first).training["validation"]["psnr"]
    path = fit(TWICE, hard, "mine", run, models, CPU, steps=60, resume=True, say=said.append, begun=begun.append)
    card, rows = read_card(path), history.read(run)
    assert said.count(SAID) == 1
    assert begun[0].anew
    hardest = make_objective(TWICE, hard, CPU).extent()
    # what is kept is by the new pictures, and so is all that it is compared with
    assert card.training["validation"]["psnr"] < before - 10
    assert card.training["doing_nothing"]["psnr"] == pytest.approx(hardest.untouched, abs=0.01)
    assert "start" not in card.training
    assert [row.step for row in rows] == [40, 60]
    assert max(row.scores["psnr"] for row in rows) == pytest.approx(card.training["validation"]["psnr"], abs=0.01)
    assert account_of(card, rows).start_scores == {}
    # the log of the old ones is still there
    old = (run / "log-1.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in old[1:]] == ["0", "40"]
    # with the same ones it goes on as ever
    said.clear()
    fit(TWICE, hard, "mine", run, models, CPU, steps=62, resume=True, say=said.append, begun=begun.append)
    assert SAID not in said
    assert not begun[1].anew
    assert [row.step for row in history.read(run)] == [40, 60, 62]
    # and nothing is left of it to one that begins
    fit(TWICE, hard, "mine", run, models, CPU, steps=1, overwrite=True)
    assert [file.name for file in run.glob("log*.csv")] == ["log.csv"]


def test_what_is_learned_after_the_pictures_changed_is_kept(tmp_path: Path) -> None:
    easy, hard = pictures(tmp_path / "easy", 1), pictures(tmp_path / "hard", 60)
    fit(TWICE, easy, "mine", tmp_path / "run", tmp_path / "models", CPU, steps=2)
    trainer = loop.Trainer(TWICE, make_objective(TWICE, hard, CPU), tmp_path / "run", CPU)
    trainer.resume()
    scores = iter([20.0, 21.0])
    trainer.objective.validate = lambda network: {"psnr": next(scores)}  # type: ignore[method-assign]
    result = trainer.run(steps=6)
    assert result.scores == {"psnr": 21.0}
    assert all(torch.equal(result.state[name], value) for name, value in trainer.average.items())
    later = loop.Trainer(TWICE, make_objective(TWICE, hard, CPU), tmp_path / "run", CPU)
    later.resume()
    assert not later.anew
    assert later.best is not None
    assert later.best.score == 21.0


def test_a_checkpoint_that_names_no_yardstick_is_taken_as_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pictures(tmp_path / "easy", 1)
    fit(TWICE, folder, "mine", tmp_path / "run", tmp_path / "models", CPU, steps=2)
    trainer = loop.Trainer(TWICE, make_objective(TWICE, folder, CPU), tmp_path / "run", CPU)
    trainer.objective.yardstick = "another"
    facts = facts_of(tmp_path / "run" / history.CHECKPOINT)
    assert facts["yardstick"]
    honest = loop.load_checkpoint

    def older(*arguments: object) -> dict[str, object]:
        return {k: v for k, v in honest(*arguments).items() if k != "yardstick"}  # type: ignore[arg-type]

    monkeypatch.setattr(loop, "load_checkpoint", older)
    trainer.resume()
    assert not trainer.anew
    assert trainer.best is not None


def test_what_is_done_to_the_pictures_belongs_to_the_yardstick(tmp_path: Path) -> None:
    folder = pictures(tmp_path / "pictures", 60, side=224)
    other = pictures(tmp_path / "other", 60, seed=1, side=224)
    strong, weak = (
        dataclasses.replace(PHOTO, degradation="custom", damage=Damage(gaussian=(low, low + 5))) for low in (10, 40)
    )
    noisy = dataclasses.replace(PHOTO, degradation="noisy")
    pairs = dataclasses.replace(PHOTO, degradation="pairs")
    vae = Recipe("vae", "conv-vae", {"size": 28, "latent": 2, "width": 4, "hidden": 16, "channels": 3})
    found = set[str]()
    for recipe in (TINY, PHOTO, dataclasses.replace(PHOTO, degradation="photo"), strong, weak, noisy, pairs, vae):
        for truth in (folder, other):
            source = Source((truth,), pairs=folder) if recipe.degradation == "pairs" else Source((truth,))
            one, again = (make_objective(recipe, source, CPU).yardstick for _ in range(2))
            assert one == again
            found.add(one)
    # the network that is told the level and the one that is not are judged by the same
    assert len(found) == 14
    # what it learns by is no part of it
    assert make_objective(dataclasses.replace(TINY, batch=2, loss="l2"), folder, CPU).yardstick in found
