"""What the program says in another language, for files that are written without the window.

The window has Qt's compiled translations; these come from the text that they are compiled from.
"""

from __future__ import annotations

import functools
import re

from aestudio import paths

SENTENCES = "Sentences"
"""The context of what comes from below the window."""


@functools.cache
def phrases(language: str) -> dict[str, str]:
    """Return the sentences of a language (``zh_TW``) by the English ones; empty where it has none."""
    # the window, which needs the patterns alone, is painted without it
    import xml.etree.ElementTree as ET

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


def as_pattern(template: str) -> re.Pattern[str]:
    """Return an expression that matches ``template`` with anything in its gaps, ``{0}``, ``{1}``, ..."""
    return re.compile("(.*?)".join(re.escape(part) for part in re.split(r"\{\d\}", template)), re.DOTALL)


def words_of(template: str) -> int:
    """Return how much of a sentence is its own, for trying the more telling ones first."""
    return len(re.sub(r"\{\d\}", "", template))


def spoken(text: str, language: str) -> str:
    """Return a sentence whose gaps are filled in another language, as it is where nobody has translated it."""
    known = phrases(language)
    if text in known:
        return known[text]
    for template in sorted(known, key=words_of, reverse=True):
        match = as_pattern(template).fullmatch(text) if "{0}" in template else None
        if match:
            return known[template].format(*match.groups())
    return text
