"""The files that make the program part of a Linux desktop, and where they lie below a prefix."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import facts
import icons
import licences
import manual
from facts import APP_ID, RESTORE_ACTION, SUMMARY, TITLE

LIB = f"lib/{facts.NAME}"
"""Where the bundle lies below the prefix."""


def desktop_files(program: str) -> Iterator[tuple[str, str]]:
    """Yield path below the prefix and text of each file; ``program`` is what their commands start."""
    yield f"share/applications/{APP_ID}.desktop", desktop_entry(program)
    yield f"share/metainfo/{APP_ID}.metainfo.xml", metainfo()
    yield f"share/mime/packages/{APP_ID}.xml", mime_package()
    # Dolphin reads all of these folders, older versions only the second
    for folder in ("share/kio/servicemenus", "share/kservices5/ServiceMenus"):
        yield f"{folder}/{APP_ID}.desktop", service_menu(program)
    yield f"share/Thunar/sendto/{APP_ID}.desktop", thunar_target(program)
    yield "share/nautilus-python/extensions/aestudio_menu.py", nautilus_extension(program)
    yield f"share/man/man1/{facts.NAME}.1", manual.page()
    yield f"share/bash-completion/completions/{facts.NAME}", manual.bash_completion()
    yield f"share/zsh/vendor-completions/_{facts.NAME}", manual.zsh_completion()
    yield f"share/fish/vendor_completions.d/{facts.NAME}.fish", manual.fish_completion()


def write(prefix: Path, program: str) -> list[Path]:
    """Write the files of a desktop and the icons below ``prefix``; return their paths."""
    written = []
    for relative, text in desktop_files(program):
        path = prefix / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        # Dolphin runs the commands of executable service menus only
        path.chmod(0o755 if "ervice" in relative else 0o644)
        written.append(path)
    for side in icons.SIZES:
        path = prefix / f"share/icons/hicolor/{side}x{side}/apps/{APP_ID}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        icons.drawn(side).save(path, optimize=True)
        written.append(path)
    vector = prefix / f"share/icons/hicolor/scalable/apps/{APP_ID}.svg"
    vector.parent.mkdir(parents=True, exist_ok=True)
    vector.write_bytes(icons.SVG.read_bytes())
    return [*written, vector]


def _list(values: object) -> str:
    return "".join(f"{value};" for value in values)  # type: ignore[attr-defined]


def desktop_entry(program: str) -> str:
    """Return the menu's entry. Thunar and others offer it under "Open with" for its file types."""
    return f"""[Desktop Entry]
Type=Application
Name={TITLE}
GenericName=Photo Restoration
Comment={SUMMARY}
Exec={_command(program)} %F
TryExec={program}
Icon={APP_ID}
Terminal=false
StartupNotify=true
StartupWMClass={facts.NAME}
Categories={_list(facts.CATEGORIES)}
Keywords={_list(facts.KEYWORDS)}
MimeType={_list(facts.MIME_TYPES)}
"""


def service_menu(program: str) -> str:
    """Return Dolphin's action for pictures."""
    return f"""[Desktop Entry]
Type=Service
ServiceTypes=KonqPopupMenu/Plugin
X-KDE-ServiceTypes=KonqPopupMenu/Plugin
MimeType={_list(facts.MIME_TYPES)}
Actions=restore;
X-KDE-Priority=TopLevel

[Desktop Action restore]
Name={RESTORE_ACTION}
Icon={APP_ID}
Exec={_command(program)} %F
"""


def thunar_target(program: str) -> str:
    """Return Thunar's entry under "Send To" for pictures: its other actions are each person's own file."""
    return f"""[Desktop Entry]
Type=Application
Name={RESTORE_ACTION}
Icon={APP_ID}
Exec={_command(program)} %F
MimeType={_list(facts.MIME_TYPES)}
"""


def _command(program: str) -> str:
    """Return a program as a desktop entry writes it: a path in quotes, it may hold spaces."""
    return program if program == facts.NAME else f'"{program}"'


def nautilus_extension(program: str) -> str:
    """Return Nautilus's and Caja's action for pictures, as nautilus-python loads it."""
    return f'''"""“{RESTORE_ACTION}” in the menu of pictures."""

import subprocess

from gi.repository import GObject, Nautilus

TYPES = {set(facts.MIME_TYPES)!r}


class AEStudioMenu(GObject.GObject, Nautilus.MenuProvider):
    def get_file_items(self, *arguments):
        files = [file.get_location().get_path() for file in arguments[-1] if file.get_mime_type() in TYPES]
        if not files or None in files or len(files) < len(arguments[-1]):
            return []
        item = Nautilus.MenuItem(name="AEStudio::restore", label={RESTORE_ACTION!r}, icon={APP_ID!r})
        item.connect("activate", lambda _: subprocess.Popen([{program!r}, *files]))
        return [item]
'''


def mime_package() -> str:
    """Return the file types that the system's own list lacks."""
    types = "\n".join(
        f'  <mime-type type="{name}">\n    <comment>{escape(title)}</comment>\n'
        + "".join(f'    <glob pattern="*{suffix}"/>\n' for suffix in facts.MIME_TYPES[name])
        + "  </mime-type>"
        for name, title in facts.OWN_MIME_TYPES.items()
    )
    extra = '  <mime-type type="image/jpeg">\n    <glob pattern="*.jfif"/>\n  </mime-type>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n{types}\n{extra}\n</mime-info>\n'
    )


def metainfo() -> str:
    """Return what software centres show (AppStream)."""
    paragraphs = "\n".join(
        "    <p>\n" + textwrap.indent(textwrap.fill(escape(text), 100), "      ") + "\n    </p>"
        for text in facts.DESCRIPTION
    )
    media = "\n".join(f"    <mediatype>{name}</mediatype>" for name in facts.MIME_TYPES)
    words = "\n".join(f"    <keyword>{word}</keyword>" for word in facts.KEYWORDS)
    categories = "\n".join(f"    <category>{name}</category>" for name in facts.CATEGORIES)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{APP_ID}</id>
  <name>{TITLE}</name>
  <summary>{escape(SUMMARY)}</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>{facts.LICENCE}</project_license>
  <developer_name>{facts.PUBLISHER}</developer_name>
  <description>
{paragraphs}
  </description>
  <launchable type="desktop-id">{APP_ID}.desktop</launchable>
  <content_rating type="oars-1.1"/>
  <categories>
{categories}
  </categories>
  <keywords>
{words}
  </keywords>
  <provides>
    <binary>{facts.NAME}</binary>
{media}
  </provides>
  <releases>
    <release version="{facts.VERSION}" date="{facts.RELEASED}"/>
  </releases>
</component>
"""


def licence() -> str:
    """Return Debian's copyright file: the program's own licence, and where those of its parts are."""
    folder = f"/usr/{LIB}/_internal/licences"
    return (
        f"{TITLE} is under the Apache License 2.0: /usr/share/common-licenses/Apache-2.0, or\n"
        f"{folder}/{licences.OWN}.\n"
        f"The libraries, models and pictures that come with it, and their licences:\n"
        f"{folder}/LICENCES.md and the folder that it is in.\n"
    )
