"""Standard output and standard error as scripts and any terminal can take them."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from collections.abc import Mapping
from typing import Any


def json_line(row: Mapping[str, Any]) -> str:
    """Return a row as one line of strict JSON.

    It is ASCII, so that every encoding of standard output carries every file name; figures that
    JSON has no word for (infinite, not a number) are null.
    """
    return json.dumps(_finite(row), allow_nan=False)


def line(text: str) -> None:
    """Write a line to standard output in one piece: of several processes that share it, none cuts another's."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _finite(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return value


def accept_any_text() -> None:
    """Let standard output and error write what their encoding lacks as escapes instead of raising.

    Where a script has closed one of them, what is said there goes nowhere, and not into the next file that is opened.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # the lowest that is free is taken, which is this one
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def flush() -> None:
    """Write out what is buffered. Raises BrokenPipeError where the reader has gone."""
    if sys.stdout is not None:
        sys.stdout.flush()


def fall_silent() -> None:
    """Turn standard streams whose reader has gone to nowhere, so that ending says nothing more."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
