"""What comes with an extra of the package only: whether to offer it here, and how to have it."""

from __future__ import annotations

import importlib.util
import sys

ONNX = ("onnx", "onnxruntime", "onnxscript")
UMAP = ("umap",)


def lacking(needed: tuple[str, ...]) -> list[str]:
    """Return those of the libraries that are not installed."""
    return [name for name in needed if importlib.util.find_spec(name) is None]


def is_offered(needed: tuple[str, ...]) -> bool:
    """Return whether to offer what needs these libraries.

    Nothing can be added to a bundle; elsewhere choosing it says how.
    """
    return not _frozen() or not lacking(needed)


def how_to_add(extra: str) -> str:
    """Return what to do where an extra is missing."""
    advice = f'Install it with its extra: pip install "aestudio[{extra}]".'
    if _frozen():
        advice = (
            "Nothing can be added to this program. "
            f'It works where aestudio is a Python package: pip install "aestudio[{extra}]".'
        )
    return advice


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))
