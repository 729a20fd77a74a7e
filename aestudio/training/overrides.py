"""Fields of a recipe set one by one, as words: ``patch=64``, ``arguments.latent=8``."""

from __future__ import annotations

import dataclasses
import difflib
import inspect
import json
import tomllib
from collections.abc import Sequence
from typing import Any

from aestudio.errors import SettingsError
from aestudio.training.recipes import KINDS, Recipe, from_table

# Tables within a recipe: whether they may get keys that they do not have yet.
TABLES = {"arguments": True, "damage": False}


LIST = "a list, [1, 2]"


def changed(recipe: Recipe, words: Sequence[str]) -> Recipe:
    """Return the recipe with each ``KEY=VALUE`` of ``words`` in it; the later one of two counts.

    A value is of the field's own type, and of an argument's own where the recipe has it already; lists are written
    as in TOML. Raises SettingsError for an unknown key, a value of another type or out of range.
    """
    if not words:
        return recipe
    table = dataclasses.asdict(recipe)
    # a recipe may well say 58 where 58.5 is meant to be possible
    kinds = {name: kind for name, kind in KINDS.items() if name not in TABLES}
    for word in words:
        key, found, text = (part.strip() for part in word.partition("="))
        if not found:
            raise SettingsError(f"“{word}” sets nothing.", "Write --set KEY=VALUE.")
        inside, dot, name = key.partition(".")
        if dot and inside in TABLES and (TABLES[inside] or name in table[inside]):
            kind = type(table[inside][name]) if name in table[inside] else None
            table[inside] = {**table[inside], name: _value(key, text, kind)}
        elif key not in kinds:
            near = difflib.get_close_matches(key, kinds, 1)
            advice = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(kinds)}."
            raise SettingsError(f"A recipe has no “{key}”.", advice)
        else:
            table[key] = _value(key, text, kinds[key])
    after = from_table(table)
    if after.arguments != recipe.arguments or after.architecture != recipe.architecture:
        _check_arguments(after)
    return after


def _value(key: str, text: str, kind: type | None) -> Any:  # noqa: ANN401
    if kind is str:
        return text
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    if kind is tuple and type(value) is list:
        value = tuple(value)
    if kind is float and type(value) is int:
        value = float(value)
    if kind is not None and type(value) is not kind:
        wanted = {bool: "true or false", int: "a whole number", float: "a number", list: LIST, tuple: LIST}
        raise SettingsError(f"“{text}” does not fit {key}.", f"It takes {wanted.get(kind, kind.__name__)}.")
    return value


def _check_arguments(recipe: Recipe) -> None:
    """Build the network once, so that what its design does not take is said in a sentence."""
    from aestudio.models.registry import ARCHITECTURES

    design = ARCHITECTURES.get(recipe.architecture)
    if design is None:
        raise SettingsError(f"There is no design “{recipe.architecture}”.", f"Known are {', '.join(ARCHITECTURES)}.")
    takes = list(inspect.signature(design).parameters)
    unknown = sorted(set(recipe.arguments) - set(takes))
    if unknown:
        raise SettingsError(
            f"The design “{recipe.architecture}” takes no {', '.join(unknown)}.", f"It takes {', '.join(takes)}."
        )
    try:
        design(**recipe.arguments)
    except (TypeError, ValueError, RuntimeError) as cause:
        raise SettingsError(
            f"The design “{recipe.architecture}” cannot be built with {json.dumps(recipe.arguments)}.",
            "Choose other arguments.",
        ) from cause
