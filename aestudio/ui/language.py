"""The window's language: Qt's translation files, and the engine's English sentences put into it.

What the window says itself goes through ``tr``. What comes from below it (errors, notes on a file, a model's
description) is English, as scripts and logs need it; ``sentence`` finds the pattern that it was made from and
translates that. ``tools/translations.py`` collects both.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from aestudio import paths
from aestudio.jobs.phrases import SENTENCES, as_pattern, words_of

LANGUAGES = {"en": "English", "zh_TW": "繁體中文"}
"""The languages that there are, each named in itself."""
WORDS = "Words"
"""The context of what is said outside of any class."""


def tr(text: str) -> str:
    """Return ``text`` in the window's language, for code that is no QObject."""
    return QCoreApplication.translate(WORDS, text)


def sentence(text: str) -> str:
    """Return a sentence from below the window in its language, or as it is where nobody has translated it."""
    whole = QCoreApplication.translate(SENTENCES, text)
    if whole != text or not _installed:
        return whole
    for pattern, template in _patterns():
        match = pattern.fullmatch(text)
        if match:
            gaps = (_in_gap(gap) for gap in match.groups())
            return QCoreApplication.translate(SENTENCES, template).format(*gaps)
    return text


def _in_gap(text: str) -> str:
    """Return what fills a sentence's gap: a sentence or a known clause translated, a name or a number as it is."""
    return sentence(text) if _IS_SENTENCE.search(text) else QCoreApplication.translate(SENTENCES, text)


def phrase(template: str) -> str:
    """Return a sentence from below the window whose gaps have names, in its language and still to be filled."""
    return QCoreApplication.translate(SENTENCES, template)


def chosen(setting: str) -> str:
    """Return the language of a setting: a key of LANGUAGES, or ``system`` for the person's own where it is one."""
    if setting in LANGUAGES:
        return setting
    for name in QLocale.system().uiLanguages():
        wanted = name.replace("-", "_")
        if wanted in LANGUAGES:
            return wanted
        if wanted.startswith("zh_Hant"):
            return "zh_TW"
        if wanted == "en" or wanted.startswith("en_"):
            return "en"
    return "en"


def install(setting: str) -> Callable[[], None]:
    """Let the application speak the language of a setting from now on; return how to undo that.

    Windows that exist already keep the words that they were built with.
    """
    language = chosen(setting)
    undo()
    app = QCoreApplication.instance()
    assert app is not None
    own = paths.resources_folder() / "translations"
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != "en":
        for name, folder in ((f"qtbase_{language}", qt), (f"aestudio_{language}", str(own))):
            translator = QTranslator(app)
            if translator.load(name, folder):
                app.installTranslator(translator)
                _installed.append(translator)
        QLocale.setDefault(QLocale(language))
    return undo


def current() -> str:
    """Return the language that new windows are built in, a key of LANGUAGES."""
    return _installed[-1].language() if _installed else "en"


def undo() -> None:
    """Go back to English and to the system's own way of writing numbers."""
    while _installed:
        translator = _installed.pop()
        QCoreApplication.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


_installed: list[QTranslator] = []
_IS_SENTENCE = re.compile(r" .*\.$", re.DOTALL)


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return what finds each sentence with gaps, those with the most words of their own first."""
    templates = json.loads((paths.resources_folder() / "translations" / "sentences.json").read_text("utf-8"))
    return [(as_pattern(t), t) for t in sorted(templates, key=words_of, reverse=True)]
