"""What the program says in another language, for files that are written without the window.

The window has Qt's compiled translations; these come from the text that they are compiled from.
"""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET

from aestudio import paths

SENTENCES = "Sentences"
"""The context of what comes from below the window."""


@functools.cache
def phrases(language: str) -> dict[str, str]:
    """Return the sentences of a language (``zh_TW``) by the English ones; empty where it has none."""
    file = paths.resources_folder() / "translations" / f"aestudio_{language}.ts"
    try:
        contexts = ET.parse(file).getroot().iter("context")
    except (OSError, ET.ParseError):
        return {}
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for context in contexts
        if context.findtext("name") == SENTENCES
        for message in context.iter("message")
        if message.findtext("translation")
    }
