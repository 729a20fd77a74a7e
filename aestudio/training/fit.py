"""A run from a recipe and a folder to a weight file with its card."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from aestudio import paths
from aestudio.catalog import shelf
from aestudio.catalog.card import Card
from aestudio.errors import SettingsError, WeightsError
from aestudio.models.weights import load_network, save_network
from aestudio.training import beginnings, history
from aestudio.training.autoencoding import VaeObjective
from aestudio.training.beginnings import Role
from aestudio.training.checkpoint import facts_of
from aestudio.training.describing import description_of
from aestudio.training.finishing import finish
from aestudio.training.history import CHECKPOINT
from aestudio.training.loop import Trainer
from aestudio.training.machine import device_name
from aestudio.training.moment import Moment
from aestudio.training.objective import Extent
from aestudio.training.objectives import make_objective
from aestudio.training.pinned import pin, plain
from aestudio.training.ranks import Ranks
from aestudio.training.recipes import Recipe
from aestudio.training.residual import residual
from aestudio.training.restoring import Restoration
from aestudio.training.sources import Source
from aestudio.training.takeover import weights_for
from aestudio.training.teaching import TaughtObjective, taught
from aestudio.training.trust import error_scale


@dataclass(frozen=True)
class Provenance:
    """Where training pictures came from, for the card: a credit, and the licence of the weights."""

    data: str = "the maker's own pictures"
    licence: str = "the maker's own"


def fit(
    recipe: Recipe,
    folder: Path | Source,
    name: str,
    run_folder: Path,
    target_folder: Path,
    device: torch.device,
    steps: int | None = None,
    start: Path | None = None,
    resume: bool = False,
    overwrite: bool = False,
    provenance: Provenance = Provenance(),
    watch: Callable[[Moment], None] = lambda moment: None,
    say: Callable[[str], None] = lambda text: None,
    cancelled: Callable[[], bool] = lambda: False,
    enough: Callable[[], bool] = lambda: False,
    begun: Callable[[Extent], None] = lambda extent: None,
    ranks: Ranks | None = None,
    crop: tuple[int, int, int] | None = None,
    rest: Callable[[], float] = lambda: 0.0,
    teacher: Path | None = None,
) -> Path:
    """Train by ``recipe`` on the pictures below ``folder`` and return the finished weight file.

    Checkpoints go to ``run_folder``; ``start`` is a weight file to begin with, of which the run keeps a copy;
    ``resume`` goes on from the last checkpoint, where there is one, with the start that the run had.
    ``begun`` hears how much there is to learn from;
    ``enough`` ends the run early with the best that it has. A run that ``torchrun`` starts anew goes on by itself.
    A model of that name, and what an unfinished run has learned, are only replaced where ``overwrite`` says so.
    Of a single photo ``crop`` (left, top, side) is shown as it becomes; ``rest`` is called between steps and returns
    the seconds that it waited, which do not count. ``teacher`` is the weight file of a model that the network is taught
    by, kept likewise.
    Raises SettingsError, InputError, WeightsError, OutputError, Cancelled.
    """
    shelf.check_id(name)
    path, checkpoint = target_folder / f"{name}.safetensors", run_folder / CHECKPOINT
    ranks = ranks or Ranks(device)
    ranks.check_batch(recipe.batch)
    going_on = checkpoint.exists() and (resume or ranks.goes_on(launch_of(checkpoint)))
    resume = resume or going_on
    if ranks.most(going_on) != going_on:
        raise SettingsError(
            f"Not every process finds the run's checkpoint, {checkpoint}.",
            "Let AESTUDIO_HOME be a folder that all machines share.",
        )
    if path.exists() and not (going_on or overwrite):
        # such words reach the window too, which has no options
        if resume:
            raise SettingsError(
                f"The model “{name}” exists, and its run left no checkpoint.", "Choose another name, or overwrite it."
            )
        raise SettingsError(f"The model “{name}” exists.", "Choose another name, resume its run or overwrite it.")
    if not (resume or overwrite) and steps_of(checkpoint):
        what = f"There is a run of “{name}” that can go on."
        raise SettingsError(what, "Choose another name, resume its run or overwrite it.")
    if resume and not going_on:
        say(f"There is no checkpoint of “{name}”; the run starts anew.")
    for place in {run_folder, target_folder}:
        paths.check_writable(place)
    if going_on:
        start = beginnings.go_on_with(run_folder, start)
        teacher = beginnings.go_on_with(run_folder, teacher, Role.TEACHER)
    source = Source.of(folder)
    first, *others = source.folders
    pinned = pin(first, crop, device) if crop is not None else None
    if first.is_file():
        source = dataclasses.replace(source, folders=(plain(first, run_folder), *others))
    network, parent = load_network(start) if start is not None else (None, None)
    begun_with = network.to(device).eval() if network is not None else None
    # a checkpoint of an earlier version says nothing of it
    position = (facts_of(checkpoint).get("pictures") if going_on else None) or None
    objective = make_objective(recipe, source, device, say, begun_with, position)
    recipe, teaching = objective.recipe, dict[str, Any]()
    ranks.check_batch(recipe.batch, objective.crops)
    if teacher is not None:
        objective, its_card = taught(objective, teacher, device)
        teaching = {"taught_by": its_card.id, "teaching": recipe.teaching}
        say(f"Taught by {its_card.id}.")
    if going_on:
        check_resumable(checkpoint, recipe)
        facts = facts_of(checkpoint)
        taken, minutes = facts["step"], facts["seconds"] / 60
        if steps and taken >= steps:
            say(f"The run has taken {taken} steps already, all that it was to: nothing is trained. Give it more.")
        elif not steps and minutes >= recipe.minutes:
            say(f"The run has had {minutes:.3g} minutes already, all that it was to: nothing is trained. Give it more.")
    elif ranks.leads:
        # an earlier run of that name keeps what it has until there is something to learn from
        beginnings.keep(run_folder, start)
        beginnings.keep(run_folder, teacher, Role.TEACHER)
    trainer = Trainer(recipe, objective, run_folder, device, ranks)
    trainer.pinned, trainer.rest = pinned, rest
    lineage: dict[str, Any] = {}
    if network is not None and parent is not None:
        if pinned is not None:
            pinned.begin_with(network)
        fresh = trainer.start_from(weights_for(trainer.network, network))
        lineage = {"from": parent.id, "before": parent.training}
        if not going_on:
            say(f"Starting from {parent.id}" + (f"; new: {', '.join(fresh)}." if fresh else "."))
    if going_on:
        trainer.resume()
        say(f"Resuming at step {trainer.step}.")
    extent = dataclasses.replace(objective.extent(), anew=trainer.anew)
    if trainer.anew:
        say("The pictures that it is judged by are others than before: it is scored anew.")
    if trainer.ranks.leads:
        if trainer.anew:
            # curves and verdict compare scores, which those before cannot be compared with
            history.set_aside(run_folder)
        if not going_on:
            # an earlier run of that name has nothing to do with this one
            history.forget(run_folder)
        begun(extent)
    result = trainer.run(steps=steps, watch=watch, cancelled=cancelled, enough=enough, say=say)
    if not trainer.ranks.leads:
        return path
    budget = {
        "data": provenance.data,
        "steps": result.steps,
        "megapixels_seen": megapixels(result.pixels),
        "hours": round(result.seconds / 3600, 3),
        "device": (f"{trainer.ranks.size} x " if trainer.ranks.size > 1 else "") + device_name(device),
        "degradation": recipe.degradation,
        **({"adversarial": recipe.adversarial} if recipe.adversarial else {}),
        **({} if trainer.keeps_best else {"kept": "last"}),
        "pictures": extent.pictures,
        "held_out": extent.held_out,
        **_damage(recipe),
        **teaching,
        "validation": {k: round(v, 3) for k, v in result.scores.items()},
        **_baselines(extent, run_folder, lineage),
        **lineage,
    }
    if recipe.task == "denoise" and recipe.degradation == "noisy":
        trainer.network.load_state_dict(result.state)
        budget["residual"] = residual(objective, trainer.network.eval())
    state, statistics, classes = result.state, objective.statistics(), []
    restorer = objective.objective if isinstance(objective, TaughtObjective) else objective
    if isinstance(restorer, Restoration):
        trainer.network.load_state_dict(result.state)
        statistics = {**statistics, "error_scale": error_scale(recipe.task, trainer.network.eval(), restorer.pairs())}
    if isinstance(objective, VaeObjective):
        recipe, state, facts = finish(recipe, objective, state)
        statistics, classes = {**statistics, **facts}, list(objective.classes)
    card = make_card(recipe, name, statistics, classes, budget, provenance.licence)
    save_network(state, card, path)
    shelf.describe(card, path)
    return path


def _baselines(extent: Extent, run_folder: Path, lineage: dict[str, Any]) -> dict[str, Any]:
    """Return what doing nothing and the model to start from score on the held-out pictures, where it is known, and how
    noisy the truth of those is."""
    found: dict[str, Any] = {}
    rows = history.read(run_folder)
    untouched = extent.baselines
    if not untouched and extent.untouched is not None and rows:
        untouched = {next(iter(rows[-1].scores), "score"): extent.untouched}
    if untouched:
        found["doing_nothing"] = {k: round(v, 3) for k, v in untouched.items()}
    if extent.noise:
        found["truth_noise"] = round(extent.noise, 2)
    if lineage and rows and rows[0].step == 0:
        found["start"] = {k: round(v, 3) for k, v in rows[0].scores.items()}
    return found


def megapixels(pixels: int) -> float:
    """Return whole megapixels; where they are few, three digits of them."""
    return round(pixels / 1e6) if pixels >= 100e6 else float(f"{pixels / 1e6:.3g}")


def _damage(recipe: Recipe) -> dict[str, Any]:
    """Return what a model of one's own damage has learned to undo, for its card."""
    if recipe.degradation != "custom":
        return {}
    kinds = {kind: list(span) for kind, span in recipe.damage.kinds.items()}
    shrunk = recipe.task == "upscale" or recipe.damage.shrink
    return {"damage": {**kinds, **({"method": recipe.damage.method} if shrunk else {})}}


def steps_of(checkpoint: Path) -> int:
    """Return how many steps a checkpoint holds, 0 where there is none or it cannot be read."""
    try:
        return int(facts_of(checkpoint)["step"])
    except WeightsError:
        return 0


def launch_of(checkpoint: Path) -> str:
    """Return the launch of ``torchrun`` that wrote a checkpoint, "" where there was none or it cannot be read."""
    try:
        return str(facts_of(checkpoint).get("launch", ""))
    except WeightsError:
        return ""


def check_resumable(checkpoint: Path, recipe: Recipe) -> None:
    """Compare a checkpoint's recipe with the one to go on with.

    Raises SettingsError where they make different networks, WeightsError where the file cannot be read.
    """
    stored = facts_of(checkpoint).get("recipe", {})
    wanted = json.loads(json.dumps(dataclasses.asdict(recipe)))
    for key in ("task", "architecture", "arguments", "scale"):
        if key in stored and stored[key] != wanted[key]:
            raise SettingsError(
                f"The run was started with the {key} {stored[key]}, the recipe says {wanted[key]}.",
                "Resume with the recipe it was started with, or train under another name.",
            )


def make_card(
    recipe: Recipe,
    name: str,
    statistics: dict[str, Any],
    classes: list[str],
    budget: dict[str, Any],
    licence: str,
) -> Card:
    """Return the card of a finished run; its scores are added by ``aestudio evaluate --record``."""
    return Card(
        id=name,
        title=recipe.title or name,
        task=recipe.task,
        architecture=recipe.architecture,
        arguments=recipe.arguments,
        scale=recipe.scale,
        channels=int(recipe.arguments.get("channels", 3)),
        noise_range=_noise_range(recipe),
        training=budget,
        statistics=statistics,
        classes=classes,
        description=description_of(recipe),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        licence=licence,
    )


def _noise_range(recipe: Recipe) -> list[float]:
    """Return the levels of noise that a network knows which must be told them; empty for all others."""
    told = recipe.task == "denoise" and recipe.architecture != "photo-unet"
    if recipe.degradation in ("plain", "pairs") and told:
        return [0.0, recipe.highest_sigma]
    if recipe.degradation == "custom" and recipe.architecture == "restoration-unet":
        return list(recipe.damage.gaussian)
    return []
