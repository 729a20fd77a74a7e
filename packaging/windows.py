"""Writes what ``windows.iss`` includes: the names, the version and the file types of ``facts.py``, and the icon."""

from __future__ import annotations

from pathlib import Path

import facts
import icons


def text() -> str:
    """Return the include file of Inno Setup's preprocessor."""
    strings = {
        "AppId": facts.APP_ID,
        "AppName": facts.NAME,
        "AppWindowed": facts.WINDOWED,
        "AppTitle": facts.TITLE,
        "AppVersion": facts.VERSION,
        "AppPublisher": facts.PUBLISHER,
        "AppSummary": facts.SUMMARY,
        "RestoreAction": facts.RESTORE_ACTION,
    }
    suffixes = [suffix for group in facts.MIME_TYPES.values() for suffix in group]
    lines = [
        '#define Root AddBackslash(SourcePath) + ".."',
        *(f'#define {name} "{value}"' for name, value in strings.items()),
        f"#define SuffixCount {len(suffixes)}",
        "#dim Suffixes[SuffixCount]",
        *(f'#define Suffixes[{number}] "{suffix}"' for number, suffix in enumerate(suffixes)),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the include beside the recipe, and the icon into ``build/``."""
    (Path(__file__).parent / "facts.iss").write_text(text(), encoding="utf-8-sig")
    icons.write_container(facts.ROOT / "build" / "icon.ico")


if __name__ == "__main__":
    main()
