"""The licences of everything in a bundle, found from the files that were put into it."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from aestudio import credits
from facts import ROOT

OWN = "aestudio-LICENSE.txt"
"""The program's own licence, beside the list."""

# Qt's packages carry no text of what they are used under: the GPL too, because the LGPL only adds to it.
QT_PACKAGES = ("pyside6", "shiboken6")
QT_TEXTS = ("LGPL-3.0.txt", "GPL-3.0.txt")
TEXTS = ROOT / "packaging" / "texts"


def write(folder: Path, sources: Iterable[Path]) -> None:
    """Write the list and the texts of the licences of the bundle's ``sources`` into ``folder``.

    Raises FileNotFoundError where a package that would be listed, or Python, has no text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "LICENSE", folder / OWN)
    sources = {source.resolve() for source in sources}
    names = owners(sources)
    for name in names:
        _copy_texts(name, folder / name)
    lacking = sorted(name for name in names if not (folder / name).is_dir())
    if lacking:
        raise FileNotFoundError(f"No text of the licence of {', '.join(lacking)} is there.")
    (folder / "Python").mkdir()
    shutil.copy(_python_text(), folder / "Python" / "LICENSE.txt")
    system = _system_packages(sources)
    for part, text in system.items():
        (folder / "system").mkdir(exist_ok=True)
        shutil.copy(text, folder / "system" / f"{part.name}.txt")
    packages = [credits.package(name) for name in sorted(names)]
    interpreter = credits.Part("Python", sys.version.split()[0], "PSF-2.0")
    (folder / "LICENCES.md").write_text(credits.text([*packages, interpreter], system), encoding="utf-8")


def owners(sources: set[Path]) -> set[str]:
    """Return the packages that own at least one of the files, and the program's own requirements."""
    found = set()
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if name != "aestudio" and any(Path(str(f.locate())).resolve() in sources for f in distribution.files or ()):
            found.add(name)
    return found


def _python_text() -> Path:
    """Return the file of Python's own licence, which lies elsewhere on Windows."""
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    found = [folder / "LICENSE.txt" for folder in places if (folder / "LICENSE.txt").is_file()]
    if not found:
        raise FileNotFoundError("No text of Python's licence is there.")
    return found[0]


def _copy_texts(name: str, folder: Path) -> None:
    if name.lower().startswith(QT_PACKAGES):
        folder.mkdir(exist_ok=True)
        for text in QT_TEXTS:
            shutil.copy(TEXTS / text, folder / text)
    for file in importlib.metadata.files(name) or ():
        upper = file.name.upper()
        inside = any(part.endswith(".dist-info") for part in file.parts)
        if inside and any(word in upper for word in ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")):
            folder.mkdir(exist_ok=True)
            target = folder / file.name
            number = 2
            while target.exists():
                target = folder / f"{Path(file.name).stem}-{number}{Path(file.name).suffix}"
                number += 1
            shutil.copy(str(file.locate()), target)


def _system_packages(sources: set[Path]) -> dict[credits.Part, Path]:
    """Return Debian's packages that own some of the files, with the file of their terms."""
    if not shutil.which("dpkg-query"):
        return {}
    known: dict[str, credits.Part] = {}
    for name in sorted({package for source in sources for package in _owner(source)}):
        shown = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}", name], capture_output=True, text=True
        )
        terms = Path("/usr/share/doc") / name.partition(":")[0] / "copyright"
        if terms.is_file():
            bare = name.partition(":")[0]
            known[bare] = credits.Part(bare, shown.stdout.strip(), f"see licences/system/{bare}.txt")
    return {part: Path("/usr/share/doc") / name / "copyright" for name, part in known.items()}


def _owner(source: Path) -> list[str]:
    if not str(source).startswith(("/usr/lib/", "/lib/")):
        return []
    for path in (source, Path(str(source).removeprefix("/usr"))):
        found = subprocess.run(["dpkg-query", "--search", str(path)], capture_output=True, text=True)
        if found.returncode == 0:
            return [found.stdout.split(": ", 1)[0].split(", ")[0]]
    return []
