"""Prints what makes up a bundle, largest first: ``sizes.py dist/aestudio``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path, PurePosixPath

COMPONENTS = {
    "PyTorch": ("torch", "torchgen", "functorch", "nvidia", "triton"),
    "Qt and PySide6": ("PySide6", "shiboken6", "libQt6*", "libicu*"),
    "NumPy": ("numpy", "numpy.libs"),
    "SciPy and scikit-learn": ("scipy", "scipy.libs", "sklearn", "scikit_learn.libs"),
    "imagecodecs": ("imagecodecs", "imagecodecs.libs"),
    "OpenImageIO": ("OpenImageIO", "libOpenImageIO*"),
    "Pillow": ("PIL", "pillow.libs"),
    "rawpy": ("rawpy", "rawpy.libs", "libraw*"),
    "HEIF decoder": ("pi_heif.libs", "_pi_heif*"),
    "models": ("weights",),
    "sample pictures and style": ("resources",),
    "licences": ("licences",),
    "Python": ("libpython*", "python3*", "base_library.zip", "lib-dynload"),
}


def by_component(folder: Path) -> list[tuple[str, int]]:
    """Return the names and bytes of the bundle's components, largest first."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sizes[_component(path.relative_to(folder))] += path.stat().st_size
    return sizes.most_common()


def _component(path: Path) -> str:
    if path.parts[0] != "_internal":
        return "compiled Python modules"
    for name, patterns in COMPONENTS.items():
        if any(PurePosixPath(path.parts[1]).match(pattern) for pattern in patterns):
            return name
    return "system libraries and the rest"


if __name__ == "__main__":
    parts = by_component(Path(sys.argv[1]))
    print("| component | MB |\n|---|---|")
    for title, size in parts:
        print(f"| {title} | {size / 1e6:.1f} |")
    print(f"| **all** | **{sum(size for _, size in parts) / 1e6:.0f}** |")
