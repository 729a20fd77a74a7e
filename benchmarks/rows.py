"""Rows and sections of a page, put in place of those that were there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

KEPT = "MP/s"
"""The column whose cells stay: speeds compare only where they were measured side by side."""


@dataclass(frozen=True)
class Place:
    """Where a row stands: its section, its table's first line, its first cell, and how many above it begin so too."""

    section: str
    head: str
    name: str
    above: int


def rows(page: str) -> Iterator[tuple[int, Place]]:
    """Yield the number of each line that is a table's row, but its first two, with its place."""
    section, head, seen = "", "", Counter[str]()
    for number, line in enumerate(page.splitlines()):
        if line.startswith("## "):
            section = line
        if not line.startswith("|"):
            head = ""
        elif not head:
            head, seen = line, Counter()
        elif not line.startswith("|---"):
            name = cells(line)[0]
            yield number, Place(section, head, name, seen[name])
            seen[name] += 1


def cells(line: str) -> list[str]:
    """Return what stands in a row."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def with_rows(page: str, made: str) -> str:
    """Return ``page`` with the rows of ``made`` in the places that both have; a new one goes below its table's last.

    Raises KeyError where ``page`` has no such table.
    """
    lines, found = page.splitlines(), made.splitlines()
    places = {place: number for number, place in rows(page)}
    ends = {(place.section, place.head): number for place, number in places.items()}
    added: dict[int, list[str]] = {}
    for number, place in rows(made):
        if place in places:
            lines[places[place]] = _kept(lines[places[place]], found[number], place.head)
        else:
            added.setdefault(ends[place.section, place.head], []).append(found[number])
    return "\n".join(part for n, line in enumerate(lines) for part in (line, *added.get(n, ()))) + "\n"


def with_others(page: str, before: str) -> str:
    """Return a page with those sections of an earlier one that it does not make: they were measured apart."""
    made = {line for line in page.splitlines() if line.startswith("## ")}
    others = [f"## {section.rstrip()}" for section in before.split("\n## ")[1:]]
    return "\n\n".join([page.rstrip(), *(text for text in others if text.split("\n", 1)[0] not in made)]) + "\n"


def _kept(before: str, after: str, head: str) -> str:
    titles, old, new = cells(head), cells(before), cells(after)
    return "| " + " | ".join(o if t == KEPT else n for t, o, n in zip(titles, old, new, strict=True)) + " |"
