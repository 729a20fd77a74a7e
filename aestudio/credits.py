"""Whose work is inside the program, and under which licence: libraries, models and pictures."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable
from dataclasses import dataclass

from aestudio import TITLE, paths
from aestudio.catalog import store

QT_NOTE = (
    "Qt and Qt for Python (PySide6, Shiboken) are used under the GNU Lesser General Public License, version 3. They "
    "are shared libraries of their own (in PySide6 and shiboken6 beside the program) and unchanged: put your own "
    "builds of the same version in their place and the program runs with them. Their sources are at "
    "https://download.qt.io/official_releases/qt/ and https://download.qt.io/official_releases/QtForPython/."
)
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Part:
    """One library, model or picture: what it is, which version, under which licence."""

    name: str
    version: str
    licence: str


def required(root: str = "aestudio") -> set[str]:
    """Return the names of the installed packages that ``root`` needs at run time, those of the packages included."""
    found: set[str] = set()
    pending = [root]
    while pending:
        name = pending.pop()
        try:
            wanted = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        found.add(importlib.metadata.metadata(name)["Name"])
        for requirement in wanted:
            match = _NAME.match(requirement)
            if match and "extra ==" not in requirement and match.group() not in found:
                pending.append(match.group())
    return found - {root}


def package(name: str) -> Part:
    """Return an installed package with its licence, as its own metadata states it."""
    metadata = importlib.metadata.metadata(name)
    stated = str(metadata.json.get("license_expression") or metadata.json.get("license") or "")
    classes = [
        c.rsplit(" :: ", 1)[-1] for c in metadata.get_all("Classifier") or [] if c.startswith("License :: OSI Approved")
    ]
    # some put the whole text into that field
    short = stated if stated and len(stated) < 100 and "\n" not in stated else ""
    return Part(metadata["Name"], metadata["Version"], short or ", ".join(classes) or "see its licence file")


def models() -> list[Part]:
    """Return the models that come with the program."""
    shipped = [m.card for m in store.installed() if m.path.parent == paths.weights_folder()]
    return [Part(card.id, card.date, card.licence) for card in shipped]


def text(packages: Iterable[Part] | None = None, system: Iterable[Part] = ()) -> str:
    """Return the list as Markdown; ``system`` are libraries of the operating system that come along."""
    if packages is None:
        packages = [package(name) for name in required()]
    samples = paths.resources_folder() / "samples" / "README.md"
    pictures = samples.read_text(encoding="utf-8") if samples.is_file() else ""
    sections = [
        f"# Licences\n\n{TITLE} is under the Apache License 2.0. What comes with it is the work of many others:",
        _table("Libraries", packages),
        f"### Qt\n\n{QT_NOTE}",
        _table("Libraries of the operating system", system),
        _table("Models", models()),
        "#" + pictures.strip(),
    ]
    return "\n\n".join(section for section in sections if section.strip("#")) + "\n"


def _table(title: str, parts: Iterable[Part]) -> str:
    rows = [f"| {p.name} | {p.version} | {p.licence} |" for p in sorted(set(parts), key=lambda p: p.name.lower())]
    if not rows:
        return ""
    return "\n".join((f"## {title}\n", "| | version | licence |", "|---|---|---|", *rows))
