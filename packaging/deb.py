"""Writes the Debian package of a bundle: ``deb.py dist/aestudio dist``.

It has no scripts of its own: the systems' triggers for menus, file types and icons do what is to be done, and removal
takes away what was installed and nothing else.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterable
from pathlib import Path

import facts
import linux

# Eleven seconds of one core; the portable archive is the small one (docs/packaging.md).
COMPRESSION = ("-Zzstd", "-z6")
# What Qt and the program load by name and not by link.
LOADED_LATER = ("libegl1", "libgl1", "shared-mime-info", "hicolor-icon-theme")


def make(bundle: Path, target: Path, compression: Iterable[str] = COMPRESSION) -> Path:
    """Write the package into the folder ``target``; return its path."""
    architecture = _printed("dpkg", "--print-architecture")
    package = target / f"{facts.NAME}_{facts.VERSION}_{architecture}.deb"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as work:
        root = Path(work) / "root"
        home = root / "usr" / linux.LIB
        home.parent.mkdir(parents=True)
        shutil.copytree(bundle, home, symlinks=True, copy_function=linked)
        for name in (facts.NAME, facts.WINDOWED):
            link = root / "usr" / "bin" / name
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(f"../{linux.LIB}/{facts.NAME}")
        linux.write(root / "usr", facts.NAME)
        _write_documents(root / "usr/share/doc" / facts.NAME)
        page = root / f"usr/share/man/man1/{facts.NAME}.1"
        page.with_name(f"{page.name}.gz").write_bytes(gzip.compress(page.read_bytes(), mtime=0))
        page.unlink()
        for path in root.rglob("*"):
            if not path.is_symlink() and path.is_dir():
                path.chmod(0o755)
        size = int(_printed("du", "--apparent-size", "-sk", str(root)).split()[0])
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(control(architecture, size, depends(home)), encoding="utf-8")
        subprocess.run(["dpkg-deb", "--root-owner-group", *compression, "--build", root, package], check=True)
    return package


def linked(source: str, target: str) -> None:
    """Link instead of copying, where the file system can: a bundle is large."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _write_documents(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "copyright").write_text(linux.licence(), encoding="utf-8")
    entry = (
        f"{facts.NAME} ({facts.VERSION}) stable; urgency=medium\n\n"
        f"  * See CHANGELOG.md.\n\n -- {facts.MAINTAINER}  {_debian_date()}\n"
    )
    (folder / "changelog.gz").write_bytes(gzip.compress(entry.encode(), mtime=0))


def _debian_date() -> str:
    return _printed("date", "-u", "-R", "-d", facts.RELEASED)


def control(architecture: str, kilobytes: int, needed: Iterable[str]) -> str:
    """Return the package's control file."""
    body = "\n .\n".join(textwrap.indent(textwrap.fill(text, 76), " ") for text in facts.DESCRIPTION)
    return (
        f"Package: {facts.NAME}\nVersion: {facts.VERSION}\nArchitecture: {architecture}\n"
        f"Maintainer: {facts.MAINTAINER}\nInstalled-Size: {kilobytes}\nSection: graphics\nPriority: optional\n"
        f"Depends: {', '.join(needed)}\nDescription: {facts.SUMMARY}\n{body}\n"
    )


def depends(bundle: Path) -> list[str]:
    """Return the packages of the libraries that the bundle is linked to and does not carry."""
    libraries = [p for p in bundle.rglob("*") if p.is_file() and (".so" in p.name or p.name == facts.NAME)]
    carried = {path.name for path in libraries}
    needed = {
        line.split("[", 1)[1].rstrip("]")
        for line in _printed("readelf", "-dW", *map(str, libraries)).splitlines()
        if "(NEEDED)" in line
    }
    cache = dict(
        (line.split()[0], line.rsplit("=> ", 1)[1])
        for line in reversed(_printed("/sbin/ldconfig", "-p").splitlines())
        if "=> " in line
    )
    packages = set(LOADED_LATER)
    for name in needed - carried:
        if name in cache:
            packages.add(_package(Path(cache[name])))
    glibc = _printed("dpkg-query", "--show", "--showformat=${Version}", "libc6").split("-")[0]
    return sorted({f"libc6 (>= {glibc})" if package == "libc6" else package for package in packages})


def _package(library: Path) -> str:
    for path in (library, library.resolve(), Path(f"/usr{library}")):
        found = subprocess.run(["dpkg-query", "--search", str(path)], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(":", 1)[0]
    raise LookupError(f"no package has {library}")


def _printed(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), Path(sys.argv[2])))
