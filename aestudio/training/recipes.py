"""Recipes: everything that decides what a training run does, as one typed table in a TOML file."""

from __future__ import annotations

import dataclasses
import json
import math
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aestudio.errors import OutputError, SettingsError
from aestudio.training.damage import Damage
from aestudio.whole_file import whole_file

TASKS = ("denoise", "upscale", "vae")
DEGRADATIONS = ("plain", "photo", "noisy", "pairs", "custom")
LOSSES = ("l1", "l2", "charbonnier")
AUGMENTATIONS = ("flips", "none")
SIZES = ("small", "usual", "large")
FOLDER = Path(__file__).parent / "recipes"


@dataclass(frozen=True)
class Recipe:
    """One run. Sizes in pixels, rates per step, ``decay`` and ``warmup`` as said.

    The learning rate climbs over ``warmup`` steps, stays, and falls along a half cosine over the
    last ``decay`` share of the budget, so that a run can be continued from its constant part.
    ``degradation`` is "plain" (white noise of known strength; bicubic) or "photo" (as a camera and a
    disk leave pictures) or "noisy" (they are noisy already and have no clean twin) or "pairs"
    (truth and input have files of their own) or "custom" (as ``damage`` says);
    of white noise ``clipped`` of the crops are rounded and clipped as in files, ``grey`` of them have one colour, and
    ``overrated`` of them have weaker noise than the network is told, as where a person sets the level;
    to denoise, ``overexposed`` of the crops are made lighter than they are, until parts of them are white;
    ``loss`` is the distance to the truth, "l1", "l2" or "charbonnier";
    ``teaching`` in 0..1 is the part of a teacher's answer in what is learned, where a run has a teacher;
    with "photo" and "custom" ``spectral`` and ``adversarial`` weigh losses beside it for enlarging.
    ``augmentation``: crops are flipped and turned ("flips") or stay as they are ("none"), which text and digits need.
    ``held_out`` pictures are kept to judge by, a fifth of them at most.
    Of a VAE, ``beta`` weighs the KL, which grows over ``kl_warmup`` of the budget; each group of latents has
    ``free_bits`` nats for free; ``neighbours`` weighs the pull to a place among like pictures, in nats per
    unit of distance;
    ``prior`` is the number of Gaussians fitted to the latents afterwards, ``prior_rank`` in how many directions one
    Gaussian over the latents of every level knows that they go together: the better of the two is kept.
    What a network takes from the model that it begins with stays as it is over the first ``hold`` of the budget, so
    that new layers learn to speak with it before it moves.
    ``validate_every`` and ``checkpoint_every`` are in seconds. ``cache_mb`` is how many megabytes of pictures may be
    in memory, 0 for what suits the machine: a folder with more is streamed.
    """

    task: str
    architecture: str
    arguments: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    description: str = ""
    degradation: str = "plain"
    scale: int = 1
    patch: int = 96
    batch: int = 8
    minutes: float = 30.0
    muon_rate: float = 5e-3
    adamw_rate: float = 1e-3
    weight_decay: float = 0.0
    warmup: int = 100
    decay: float = 0.6
    clip: float = 1.0
    ema: float = 0.999
    highest_sigma: float = 75.0
    clipped: float = 0.5
    grey: float = 0.1
    overrated: float = 0.0
    overexposed: float = 0.0
    spectral: float = 0.05
    adversarial: float = 0.0
    teaching: float = 0.5
    beta: float = 1.0
    kl_warmup: float = 0.1
    free_bits: float = 0.0
    neighbours: float = 0.0
    prior: int = 0
    prior_rank: int = 0
    hold: float = 0.0
    flip: bool = False
    held_out: int = 12
    validate_every: float = 180.0
    checkpoint_every: float = 120.0
    seed: int = 0
    cache_mb: int = 0
    loss: str = "l1"
    augmentation: str = "flips"
    damage: Damage = field(default_factory=Damage)

    def __post_init__(self) -> None:
        checks = {
            f"task must be one of {', '.join(TASKS)}": self.task in TASKS,
            f"degradation must be one of {', '.join(DEGRADATIONS)}": self.degradation in DEGRADATIONS,
            "noisy pictures are for denoising without a given level": self.degradation != "noisy"
            or (self.task, self.architecture) == ("denoise", "photo-unet"),
            "a custom degradation needs at least one kind of damage, and only a custom one has any": bool(
                self.damage.kinds
            )
            == (self.degradation == "custom"),
            "only pictures to restore are damaged": self.degradation != "custom" or self.task != "vae",
            "a network that is told how strong the noise is can learn Gaussian noise only": self.degradation != "custom"
            or self.architecture != "restoration-unet"
            or set(self.damage.kinds) == {"gaussian"},
            f"loss must be one of {', '.join(LOSSES)}": self.loss in LOSSES,
            f"augmentation must be one of {', '.join(AUGMENTATIONS)}": self.augmentation in AUGMENTATIONS,
            "pairs are for denoising and enlarging": self.degradation != "pairs" or self.task != "vae",
            "patch and batch must be positive": self.patch > 0 and self.batch > 0,
            f"patch must be a multiple of {self.patch_step}": self.patch % self.patch_step == 0,
            "held_out must be positive": self.held_out > 0,
            "beta and free_bits must not be negative": min(self.beta, self.free_bits) >= 0,
            "latent must be positive": int(self.arguments.get(self.latent_key, 1)) > 0,
            f"size must be a multiple of {self.size_step}": int(self.arguments.get("size", 0)) % self.size_step == 0,
            "only the network conv-vae can be told classes": not self.arguments.get("classes")
            or self.architecture == "conv-vae",
            "minutes must be positive and finite": 0 < self.minutes < math.inf,
            "clip must be positive": self.clip > 0,
            "muon_rate and adamw_rate must be positive and finite": 0 < self.muon_rate < math.inf
            and 0 < self.adamw_rate < math.inf,
            "weight_decay and warmup must not be negative": min(self.weight_decay, self.warmup) >= 0,
            "highest_sigma must be positive and at most 255": 0 < self.highest_sigma <= 255,
            "clipped, grey, overrated and overexposed must be within 0..1": all(
                0 <= share <= 1 for share in (self.clipped, self.grey, self.overrated, self.overexposed)
            ),
            "spectral, adversarial and neighbours must not be negative": min(
                self.spectral, self.adversarial, self.neighbours
            )
            >= 0,
            "kl_warmup must be within 0..1": 0 <= self.kl_warmup <= 1,
            "prior and prior_rank must not be negative": min(self.prior, self.prior_rank) >= 0,
            "validate_every must not be negative": self.validate_every >= 0,
            "checkpoint_every must not be negative": self.checkpoint_every >= 0,
            "seed must not be negative": self.seed >= 0,
            "decay must be within 0..1": 0 <= self.decay <= 1,
            "only the network ladder-vae has levels for a correlated prior": not self.prior_rank
            or self.architecture == "ladder-vae",
            "hold must be within 0..1": 0 <= self.hold <= 1,
            "ema must be within 0..1": 0 <= self.ema < 1,
            "teaching must be within 0..1": 0 <= self.teaching <= 1,
            "scale must be at least 1": self.scale >= 1,
            "cache_mb must not be negative": self.cache_mb >= 0,
        }
        for rule, holds in checks.items():
            if not holds:
                raise SettingsError(
                    f"The recipe is not usable: {rule}.", "Correct the recipe, or the options that change it."
                )

    @property
    def patch_step(self) -> int:
        """What the side of a crop must be a multiple of: the network's, or JPEG's blocks."""
        if self.task == "vae":
            return 1
        return 16 if self.degradation in ("photo", "custom") and self.architecture != "restoration-unet" else 8

    @property
    def keeps(self) -> str:
        """The version of a run that becomes the model: the "best" by its score, or the "last".

        A critic's complaint and a bound's parts say more than the score that a restorer is judged by.
        """
        return "last" if self.task == "vae" or self.adversarial else "best"

    @property
    def latent_key(self) -> str:
        """The argument that holds how many numbers a VAE makes of a picture."""
        return "top" if self.architecture == "ladder-vae" else "latent"

    @property
    def size_step(self) -> int:
        """What the side of a VAE's pictures must be a multiple of: they are halved so often on the way."""
        if self.task != "vae":
            return 1
        if self.architecture == "ladder-vae":
            return int(2 ** len(self.arguments.get("widths", (32, 64))))
        return int(2 ** int(self.arguments.get("levels", 2)))


KINDS: dict[str, type] = {
    field.name: {"str": str, "int": int, "float": float, "bool": bool}.get(str(field.type), dict)
    for field in dataclasses.fields(Recipe)
}
"""What each field of a recipe is; a number may be whole where it need not be."""


def load(source: Path | str) -> Recipe:
    """Return the recipe of a TOML file, or of a shipped recipe's name (``denoise-fast``).

    Raises SettingsError for a missing file, an unknown key or a value out of range.
    """
    path = Path(source)
    if not path.suffix:
        path = FOLDER / f"{source}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as cause:
        known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.toml")))
        raise SettingsError(f"There is no recipe {source}.", f"Name a TOML file or one of: {known}.") from cause
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise SettingsError(f"The recipe {path} is not valid TOML: {cause}.", "Correct the file.") from cause
    return from_table(table)


def from_table(table: dict[str, Any]) -> Recipe:
    """Return a recipe of plain values. Raises SettingsError for unknown or missing keys."""
    known = {f.name for f in dataclasses.fields(Recipe)}
    unknown = sorted(set(table) - known)
    if unknown:
        raise SettingsError(f"The recipe has unknown keys: {', '.join(unknown)}.", "Remove or rename them.")
    missing = sorted({"task", "architecture"} - set(table))
    if missing:
        raise SettingsError(f"The recipe is incomplete: it has no {' and no '.join(missing)}.", "Add what is missing.")
    for key, value in table.items():
        kind = KINDS[key]
        fits = isinstance(value, (int, float) if kind is float else kind)
        if not fits or (isinstance(value, bool) and kind is not bool):
            wanted = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", dict: "a table"}
            raise SettingsError(f"The recipe's {key} is {value!r}.", f"It must be {wanted[kind]}.")
    damage = table.get("damage", {})
    unknown = sorted(set(damage) - {f.name for f in dataclasses.fields(Damage)})
    if unknown:
        raise SettingsError(f"The recipe's damage has unknown keys: {', '.join(unknown)}.", "Remove or rename them.")
    return Recipe(**{**table, "damage": Damage(**damage)})


def sized(recipe: Recipe, size: str) -> Recipe:
    """Return the recipe with a network of another size: about a third as much work, as it is, or about three times.

    Raises SettingsError for a size that is none of SIZES.
    """
    if size not in SIZES:
        raise SettingsError(f"There is no network size “{size}”.", f"Choose one of {', '.join(SIZES)}.")
    if size == "usual":
        return recipe
    factor, blocks = (0.5, -1) if size == "small" else (1.5, 1)
    changed = dict(recipe.arguments)
    for key in ("width", "hidden"):
        if key in changed:
            changed[key] = _of_eight(changed[key] * factor)
    if "widths" in changed:
        changed["widths"] = [_of_eight(width * factor) for width in changed["widths"]]
    if "blocks" in changed:
        changed["blocks"] = max(1, changed["blocks"] + blocks)
    return dataclasses.replace(recipe, arguments=changed)


def _of_eight(width: float) -> int:
    return max(8, round(width / 8) * 8)


def save(recipe: Recipe, path: Path) -> None:
    """Write a recipe as TOML, whole or not at all; what is as usual is left out. Raises OutputError."""
    usual = dataclasses.asdict(Recipe(recipe.task, ""))
    always = ("task", "architecture")
    table = {k: v for k, v in dataclasses.asdict(recipe).items() if k in always or v != usual[k]}
    damage = {k: v for k, v in table.pop("damage", {}).items() if v != ()}
    arguments = table.pop("arguments", {})
    lines = [f"{key} = {_value(value)}" for key, value in table.items()]
    for name, part in (("damage", damage), ("arguments", arguments)):
        if part:
            lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in part.items())]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(("\n".join(lines) + "\n").encode())
    except OSError as cause:
        raise OutputError(f"The recipe {path} cannot be written.", "Look at the folder's rights and room.") from cause


def _value(value: object) -> str:
    """Return a plain value as TOML: JSON's text, numbers, truth and lists are TOML's too, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
