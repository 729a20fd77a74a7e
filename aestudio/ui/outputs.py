"""How results are stored, by the settings. Qt-free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aestudio.imageio.formats import ABILITIES, WRITE_FORMATS
from aestudio.jobs.spec import Output

if TYPE_CHECKING:
    from aestudio.settings import Settings

KEEP = "keep"


def output_of(settings: Settings, format: str, overwrite: bool = False) -> Output:
    """Return how a file of ``format`` is stored; a depth that it cannot hold is left to it."""
    able = ABILITIES[format]
    # formats that can do without loss lose nothing unless they were chosen, with a quality
    chosen = settings.output_format == format and settings.output_quality < 100
    quality = settings.output_quality if able.lossy and (chosen or not able.lossless) else None
    depth = settings.output_depth if settings.output_depth in able.depths else KEEP
    return Output(format, depth, quality, settings.output_metadata, overwrite, settings.output_recipe)


def suffix_of(settings: Settings) -> str:
    """Return the suffix that results get, or nothing where they keep their source's format."""
    return WRITE_FORMATS.get(settings.output_format, "")


def choices_of(settings: Settings) -> tuple[object, ...]:
    """Return all that decides how results are stored: two equal ones store the same."""
    return tuple(value for name, value in sorted(vars(settings).items()) if name.startswith("output_"))
