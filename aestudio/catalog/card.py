"""The card of a model: all that a person or the program needs to know, inside the weight file.

A safetensors file starts with eight bytes (little-endian length) and a JSON header whose
``__metadata__`` maps strings to strings; each field of the card is one such string, as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_origin, get_type_hints

from aestudio.errors import WeightsError

FORMAT_VERSION = 1
TASKS = ("denoise", "upscale", "vae")
_HEADER_LIMIT = 16 * 2**20
_ITEM_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "U8": 1}
# No field of a card is nested more deeply; Python gives up at a few hundred, wherever it looks at one.
_DEEPEST = 50
_FETCH = "Put the original file back or choose another model."


@dataclass(frozen=True)
class Card:
    """What a model is, was trained on, scores and cannot do.

    ``noise_range`` is in 8-bit units (lowest, highest) or empty; ``training`` holds the data, its
    licence and the budget (pixels seen, hours, device); ``scores`` maps a protocol to its figures;
    ``statistics`` is the kind of pictures it was trained on (see ``engine.kind``), and under ``error_scale`` how much
    larger its errors are than those of the models that the map of invented detail was fitted on; ``classes`` are the
    names of the labels that a network is told, in their order.
    """

    id: str
    title: str
    task: str
    architecture: str
    arguments: dict[str, Any]
    scale: int = 1
    channels: int = 3
    noise_range: list[float] = field(default_factory=list)
    training: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)
    statistics: dict[str, Any] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    description: str = ""
    date: str = ""
    licence: str = "CC BY-SA 4.0"
    format_version: int = FORMAT_VERSION

    @property
    def blind(self) -> bool:
        """Whether a denoiser judges the noise by itself and takes no level."""
        return self.task == "denoise" and not self.noise_range

    def to_metadata(self) -> dict[str, str]:
        """Return the card as the string table of a safetensors header."""
        return {k: json.dumps(v, ensure_ascii=False) for k, v in dataclasses.asdict(self).items()}

    @classmethod
    def from_metadata(cls, metadata: Mapping[str, str], name: str) -> Card:
        """Return the card in a header's string table. Raises WeightsError where it is not one."""
        if "format_version" not in metadata:
            raise WeightsError(f"{name} carries no model card.", "Only models made by aestudio can be used.")
        try:
            values = {k: json.loads(v) for k, v in metadata.items()}
            version = int(values["format_version"])
        except (TypeError, ValueError, RecursionError) as cause:
            raise WeightsError(f"The model card in {name} is damaged.", _FETCH) from cause
        if version > FORMAT_VERSION:
            raise WeightsError(f"{name} was made by a newer version of aestudio.", "Install that version to use it.")
        known = {f.name for f in dataclasses.fields(cls)}
        try:
            card = cls(**{k: v for k, v in values.items() if k in known})
        except TypeError as cause:
            raise WeightsError(f"The model card in {name} is incomplete.", _FETCH) from cause
        fields = {k: getattr(card, k) for k in known}
        right = all(isinstance(fields[k], kind) for k, kind in _kinds().items())
        if not card.id or not right or not _is_flat(fields, _DEEPEST):
            raise WeightsError(f"The model card in {name} is damaged.", _FETCH)
        if card.task not in TASKS:
            raise WeightsError(f"{name} is for the task “{card.task}”, which this version does not know.", _FETCH)
        return card


def _is_flat(value: object, levels: int) -> bool:
    """Return whether lists and tables lie in each other no deeper than ``levels``."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_flat(one, levels - 1) for one in inner)


@cache
def _kinds() -> dict[str, type]:
    """Return the type of each of a card's fields."""
    return {k: get_origin(kind) or kind for k, kind in get_type_hints(Card).items()}


@dataclass(frozen=True)
class TensorInfo:
    """One tensor of a weight file: its type (``F16``, ...) and shape."""

    dtype: str
    shape: tuple[int, ...]


def read_header(path: Path) -> tuple[dict[str, str], dict[str, TensorInfo]]:
    """Return (metadata, tensors) of a safetensors file without reading its weights.

    Raises WeightsError where the file is missing, truncated, or its header does not add up.
    """
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= _HEADER_LIMIT:
                raise WeightsError(f"{path.name} is not a weight file.", _FETCH)
            header = json.loads(file.read(length))
        size = path.stat().st_size
    except OSError as cause:
        raise WeightsError(f"The weight file {path} cannot be read.", _FETCH) from cause
    except (ValueError, RecursionError) as cause:
        raise WeightsError(f"The weight file {path.name} is damaged.", _FETCH) from cause
    try:
        metadata = dict(header.pop("__metadata__", {}))
        tensors = {name: TensorInfo(entry["dtype"], tuple(entry["shape"])) for name, entry in header.items()}
        needed = sum(_ITEM_BYTES[t.dtype] * math.prod(t.shape) for t in tensors.values())
    except (KeyError, TypeError, AttributeError) as cause:
        raise WeightsError(f"The weight file {path.name} is damaged.", _FETCH) from cause
    if size != 8 + length + needed:
        raise WeightsError(f"The weight file {path.name} is incomplete: {size} of {8 + length + needed} bytes.", _FETCH)
    return metadata, tensors


def read_card(path: Path) -> Card:
    """Return the card of a weight file. Raises WeightsError where there is none that can be trusted."""
    metadata, _ = read_header(path)
    card = Card.from_metadata(metadata, path.name)
    if card.id != path.stem:
        raise WeightsError(f"{path.name} calls itself “{card.id}” on its card.", "Name the file after the model's id.")
    return card


def card_text(card: Card) -> str:
    """Return the card as a Markdown page, every field in it, of latent directions only how wide they are."""
    lines = [f"# {card.title}", "", card.description, "", "| | |", "|---|---|"]
    fields = dataclasses.asdict(card)
    if "axes" in card.statistics:
        axes = {k: v for k, v in card.statistics["axes"].items() if k not in ("mean", "directions")}
        fields["statistics"] = {**card.statistics, "axes": axes}
    for key, value in fields.items():
        if key not in ("title", "description"):
            shown = value if isinstance(value, (str, int, float)) else json.dumps(value, ensure_ascii=False)
            lines.append(f"| {key.replace('_', ' ')} | {shown} |")
    return "\n".join(lines) + "\n"
