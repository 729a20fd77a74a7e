"""``aestudio models``: what is installed."""

from __future__ import annotations

import argparse
import dataclasses

from aestudio.catalog import store
from aestudio.catalog.card import Card
from aestudio.commands.say import json_line
from aestudio.errors import WeightsError


def run(options: argparse.Namespace) -> int:
    """Print the list, or one card. Raises WeightsError where there is no such model, or none at all."""
    if options.id:
        card = store.find(options.id).card
        print(json_line(dataclasses.asdict(card)) if options.json else card_words(card))
        return 0
    models = store.installed()
    if not models:
        raise WeightsError("No model is installed.", "Install aestudio again, or train one: aestudio train --help.")
    for model in models:
        card = model.card
        if options.json:
            print(json_line(dataclasses.asdict(card)))
        else:
            print(f"{card.id:<22} {card.task:<8} {card.title}: {card.description}")
    return 0


def card_words(card: Card) -> str:
    """Return a card as lines of words."""
    lines = [card.title, card.description, ""]
    for key, value in dataclasses.asdict(card).items():
        if key in ("title", "description") or value in ({}, [], ""):
            continue
        if isinstance(value, dict):
            lines.append(f"{key.replace('_', ' ')}:")
            lines += [f"  {k}: {v}" for k, v in value.items()]
        else:
            lines.append(f"{key.replace('_', ' ')}: {value}")
    return "\n".join(lines)
