"""Recipes: everything that decides what a training run does, as one typed table in a TOML file."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aestudio.errors import SettingsError

TASKS = ("denoise", "upscale", "vae")
DEGRADATIONS = ("plain", "photo", "noisy")
FOLDER = Path(__file__).parent / "recipes"


@dataclass(frozen=True)
class Recipe:
    """One run. Sizes in pixels, rates per step, ``decay`` and ``warmup`` as said.

    The learning rate climbs over ``warmup`` steps, stays, and falls along a half cosine over the
    last ``decay`` share of the budget, so that a run can be continued from its constant part.
    ``degradation`` is "plain" (white noise of known strength; bicubic) or "photo" (as a camera and a
    disk leave pictures) or "noisy" (they are noisy already and have no clean twin);
    with "photo" ``spectral`` and ``adversarial`` weigh losses beside L1 for enlarging.
    Of a VAE, ``beta`` weighs the KL, which grows over ``kl_warmup`` of the budget; each group of latents has
    ``free_bits`` nats for free; ``neighbours`` weighs the pull to a place among like pictures, in nats per
    unit of distance;
    ``prior`` is the number of Gaussians fitted to the latents afterwards.
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
    spectral: float = 0.05
    adversarial: float = 0.0
    beta: float = 1.0
    kl_warmup: float = 0.1
    free_bits: float = 0.0
    neighbours: float = 0.0
    prior: int = 0
    flip: bool = False
    held_out: int = 12
    validate_every: float = 180.0
    checkpoint_every: float = 120.0
    seed: int = 0
    cache_mb: int = 0

    def __post_init__(self) -> None:
        checks = {
            f"task must be one of {', '.join(TASKS)}": self.task in TASKS,
            f"degradation must be one of {', '.join(DEGRADATIONS)}": self.degradation in DEGRADATIONS,
            "noisy pictures are for denoising without a given level": self.degradation != "noisy"
            or (self.task, self.architecture) == ("denoise", "photo-unet"),
            "patch and batch must be positive": self.patch > 0 and self.batch > 0,
            "minutes must be positive": self.minutes > 0,
            "decay must be within 0..1": 0 <= self.decay <= 1,
            "ema must be within 0..1": 0 <= self.ema < 1,
            "scale must be at least 1": self.scale >= 1,
            "cache_mb must not be negative": self.cache_mb >= 0,
            "checkpoint_every must not be negative": self.checkpoint_every >= 0,
        }
        for rule, holds in checks.items():
            if not holds:
                raise SettingsError(f"The recipe is not usable: {rule}.", "Correct the recipe file.")


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
    except tomllib.TOMLDecodeError as cause:
        raise SettingsError(f"The recipe {path} is not valid TOML: {cause}.", "Correct the file.") from cause
    return from_table(table)


def from_table(table: dict[str, Any]) -> Recipe:
    """Return a recipe of plain values. Raises SettingsError for unknown or missing keys."""
    known = {f.name for f in dataclasses.fields(Recipe)}
    unknown = sorted(set(table) - known)
    if unknown:
        raise SettingsError(f"The recipe has unknown keys: {', '.join(unknown)}.", "Remove or rename them.")
    try:
        return Recipe(**table)
    except TypeError as cause:
        raise SettingsError(f"The recipe is incomplete: {cause}.", "Add what is missing.") from cause
