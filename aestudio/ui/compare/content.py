"""What a pane of a comparison shows, and what it is called. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio.ui.choices import Choice

if TYPE_CHECKING:
    from aestudio.catalog.card import Card
    from aestudio.jobs.spec import Restoration, RestorationTask


@dataclass(frozen=True)
class Content:
    """A file's own pixels, or with a ``choice`` the result of a model."""

    path: Path
    choice: Choice | None = None

    def restoration(self, task: RestorationTask) -> Restoration | None:
        """Return what decides the result's pixels; None where the file itself shows."""
        return self.choice.restoration(task) if self.choice is not None else None


def with_model(choice: Choice, card: Card) -> Choice:
    """Return the settings with another model; one that judges the noise by itself is told no level."""
    return replace(choice, model=card.id, model_chosen=True, noise=None if card.blind else choice.noise)


def candidates(source: Path, choice: Choice, cards: list[Card]) -> list[Content]:
    """Return what is worth comparing: the settings in force, each other model of the task, the original, half strength.

    Models of the same scale as the one in force come first.
    """
    scale = next((card.scale for card in cards if card.id == choice.model), 1)
    others = sorted((c for c in cards if c.id != choice.model), key=lambda card: (card.scale != scale, card.id))
    current = [Content(source, choice)] if choice.model else []
    rivals = [Content(source, with_model(choice, card)) for card in others]
    weaker = [Content(source, replace(choice, strength=0.5))] if choice.model else []
    return [*current, *rivals, Content(source), *weaker]
