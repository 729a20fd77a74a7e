"""Writes the portable archive of a bundle, with a script that installs it for one person.

``archive.py dist/aestudio dist`` makes ``dist/NAME.tar.xz``; ``--folder`` stops before it is packed.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import facts
import linux
from deb import linked

# the script puts the program's place there
PROGRAM = "@PROGRAM@"


def folder(bundle: Path, target: Path) -> Path:
    """Write the unpacked archive into the folder ``target``; return its path."""
    root = target / f"{facts.NAME}-{facts.VERSION}-linux-{platform.machine()}"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(bundle, root / facts.NAME, symlinks=True, copy_function=linked)
    linux.write(root / "share-files", PROGRAM)
    script = root / "install.sh"
    script.write_text(_script(), encoding="utf-8")
    script.chmod(0o755)
    return root


def _script() -> str:
    template = (Path(__file__).parent / "install.sh").read_text(encoding="utf-8")
    return template.replace("@NAME@", facts.NAME).replace("@TITLE@", facts.TITLE)


def pack(root: Path) -> Path:
    """Compress the folder; return the archive's path."""
    archive = root.with_name(f"{root.name}.tar.xz")
    order = ("--sort=name", "--owner=0", "--group=0", "--numeric-owner")
    subprocess.run(
        ["tar", *order, "-I", "xz -T0 -6", "-cf", archive, "-C", root.parent, root.name],
        check=True,
    )
    return archive


if __name__ == "__main__":
    made = folder(Path(sys.argv[1]), Path(sys.argv[2]))
    print(made if "--folder" in sys.argv else pack(made))
