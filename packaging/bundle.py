"""What goes into the frozen program and what stays out: the reasoning behind ``build.spec``.

Names of modules come from the registries that the program itself imports by; nothing is searched for when it runs.
"""

from __future__ import annotations

import compileall
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from pathlib import Path, PurePosixPath
from py_compile import PycInvalidationMode

import facts
import licences
from aestudio import cli
from aestudio.commands.doctor import PACKAGES
from facts import ROOT

Entry = tuple[str, str, str]
"""PyInstaller's: path inside the bundle, path of the source, kind."""

UNUSED_MODULES = [
    # what our dependencies name as theirs and import only for things that the program does not do
    *("jinja2", "pip", "pkg_resources", "setuptools", "tkinter"),
    *("scipy.cluster", "scipy.fftpack", "scipy.io", "scipy.signal"),
    # torch's own test suite
    *("torch.testing._internal.common_methods_invocations", "torch.testing._internal.common_utils"),
    *("torch.testing._internal.common_modules", "torch.testing._internal.opinfo", "torch.utils.benchmark"),
    "torch.utils.tensorboard",
    # pyqtgraph's examples, its solid bodies, and what it takes along for tests
    *("pyqtgraph.examples", "pyqtgraph.opengl", "PySide6.QtTest"),
    # a compiler for GPUs (600 MB), which an installed program has no use for
    "triton",
]
# PyInstaller's preparation for Qt imports it into every process, the engine and the commands too; ours does not. That
# for multiprocessing's start methods, which the program does not use, imports them at every start.
REPLACED_HOOKS = {"pyi_rth_pyside6", "pyi_rth_multiprocessing"}

UNUSED_FILES = [
    # the test programs and tools of torch, its headers and its sources, which lie compiled in the archive
    *("torch/test/*", "torch/include/*", "torch/share/*", "torch/lib/*.a", "torch/lib/lib*_test.so"),
    *("torch/lib/libaoti_custom_ops.so", "torch/lib/libbackend_with_compiler.so"),
    # the test suites of others
    *("numpy/*/tests/*", "numpy/_core/include/*", "numpy/_core/lib/*", "*.pyi", "*.a", "*.pxd", "*.h"),
    *("sklearn/datasets/data/*", "sklearn/datasets/images/*", "sklearn/datasets/descr/*", "*.pyx", "*/meson.build"),
    # the window decodes no files and speaks to nobody
    *("PySide6/Qt/plugins/tls/*", "PySide6/Qt/plugins/networkinformation/*", "PySide6/Qt/plugins/generic/*"),
    *("PySide6/Qt/plugins/egldeviceintegrations/*", "PySide6/Qt/plugins/platformthemes/libqgtk3.so"),
    *("*PySide6/QtDBus.*", "OpenImageIO/share/*", "OpenImageIO/include/*"),
]
# Of these folders only the named files.
KEPT_ONLY = {
    "torch/bin": ("torch_shm_manager*",),
    # Windows has its libraries beside its programs
    "OpenImageIO/bin": ("*.dll",),
    "PySide6/Qt/plugins/platforms": ("*xcb.*", "*wayland.*", "*offscreen.*", "*qwindows.*", "*qcocoa.*"),
    "PySide6/Qt/plugins/imageformats": ("*qsvg.*", "*qjpeg.*"),
    "PySide6/plugins/platforms": ("*qwindows.*", "*qoffscreen.*"),
    "PySide6/plugins/imageformats": ("*qsvg.*", "*qjpeg.*"),
}
# Of torch's modules only these read their own source: for the comments in settings, for overloaded functions.
SOURCES_READ = (
    "*/config.py",
    "*/_config.py",
    "torch/functional.py",
    "torch/nn/functional.py",
    "torch/nn/modules/rnn.py",
)
# Symbols that only a debugger or a linker reads.
STRIPPED = ("torch/lib/*.so*", "libpython*", "libstdc++*", "libsqlite3*")


def excluded_modules() -> list[str]:
    """Return the modules that stay out: whatever is installed beside the program and no part of what it stands on."""
    needed = dependencies()
    # a library finds a developer's tool, or another library, and takes it along
    beside = {
        module
        for module, owners in packages_distributions().items()
        if not needed & {canonical(owner) for owner in owners}
    }
    return sorted(beside | set(UNUSED_MODULES))


def dependencies() -> set[str]:
    """Return the names of the packages that the program stands on, directly or by another, as far as installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {facts.NAME}
    pending: list[str] = list(project["dependencies"])
    while pending:
        stated = pending.pop()
        name = canonical(re.split(r"[^\w.-]", stated, maxsplit=1)[0])
        if name in found or re.search(r";.*\bextra\b", stated) or not _is_installed(name):
            continue
        found.add(name)
        pending += requires(name) or []
    return found


def canonical(name: str) -> str:
    """Return the name of a package as all its spellings share it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def hidden_imports() -> list[str]:
    """Return the modules that are imported by a name: the commands, imagecodecs' codecs, pyqtgraph's parts of Qt."""
    commands = {f"aestudio.commands.{module}" for module, _ in cli.COMMANDS.values()}
    return sorted(commands | used_codecs() | {"PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"})


def used_codecs() -> set[str]:
    """Return the modules of imagecodecs whose functions ``imageio`` calls, by imagecodecs' own table."""
    from imagecodecs import imagecodecs as table

    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "aestudio/imageio").glob("*.py"))
    called = set(re.findall(r"\bimagecodecs\.(\w+)", source))
    modules = {f"imagecodecs.{table._ATTRIBUTES[name]}" for name in called if name in table._ATTRIBUTES}
    return modules | {"imagecodecs._shared", "imagecodecs._shared_cython"}


def languages() -> set[str]:
    """Return the languages that the program speaks, as its translations are named."""
    return {path.stem.split("_", 1)[-1] for path in (ROOT / "resources" / "translations").glob("*.qm")}


def is_used(path: str) -> bool:
    """Return whether a file of the analysis belongs into the bundle; ``path`` is its place there."""
    place = PurePosixPath(path.replace("\\", "/"))
    name = str(place)
    if any(fnmatch(name, pattern) for pattern in UNUSED_FILES):
        return False
    kept = KEPT_ONLY.get(str(place.parent))
    if kept is not None:
        return any(fnmatch(place.name, pattern) for pattern in kept)
    if place.parts[:1] == ("torch",) and place.suffix == ".py":
        return any(fnmatch(name, pattern) for pattern in SOURCES_READ)
    if place.suffix == ".qm" and place.parts[:1] == ("PySide6",):
        return any(place.stem == f"qtbase_{language}" for language in languages())
    return True


def used(entries: Iterable[Entry], imports: Callable[[str], Iterable[tuple[str, str | None]]]) -> list[Entry]:
    """Return the binaries of the analysis that are used.

    ``imports`` gives the libraries that a binary is linked to. A shared library stays where something that stays is
    linked to it; all that Python or Qt load by themselves stays unless it is listed above.
    """
    # places are the system's own: Windows writes them with backslashes
    native = {(place.replace("\\", "/"), source, kind): (place, source, kind) for place, source, kind in entries}
    kept = [entry for entry in native if is_used(entry[0])]
    codecs = {name.rsplit(".", 1)[1] for name in used_codecs()}
    kept = [e for e in kept if not e[0].startswith("imagecodecs/_") or PurePosixPath(e[0]).name.split(".")[0] in codecs]
    by_source = {str(Path(entry[1]).resolve()): entry for entry in kept if entry[1]}
    by_name: dict[str, list[Entry]] = {}
    for entry in kept:
        by_name.setdefault(PurePosixPath(entry[0]).name.lower(), []).append(entry)
    pending = [entry for entry in kept if not _only_linked(entry)]
    reached: set[Entry] = set()
    while pending:
        entry = pending.pop()
        if entry in reached:
            continue
        reached.add(entry)
        for name, library in imports(entry[1]) if entry[2] != "SYMLINK" else ():
            found = by_source.get(str(Path(library).resolve())) if library else None
            if found:
                pending.append(found)
            elif not library or name.lower().endswith(".dll"):
                # a DLL of another folder is known by its name alone, in any case, or found where the system has another
                pending += by_name.get(PurePosixPath(name.replace("\\", "/")).name.lower(), [])
    places = {place for place, _, kind in reached if kind != "SYMLINK"}
    links = [e for e in kept if e[2] == "SYMLINK" and str(PurePosixPath(e[0]).parent / e[1]) in places]
    return [native[e] for e in kept if (e in reached and e[2] != "SYMLINK") or e in links]


def _only_linked(entry: Entry) -> bool:
    """Return whether a file is a library that nothing loads by name: it is there because another is linked to it."""
    place = PurePosixPath(entry[0])
    libraries = place.parent.name.endswith(".libs") or str(place.parent) in (".", "PySide6/Qt/lib")
    # the program itself loads Python's library
    by_program = place.name.lower().startswith(("libpython", "python3"))
    return entry[2] == "SYMLINK" or (entry[2] == "BINARY" and libraries and not by_program)


def build_information() -> dict[str, str]:
    """Return what ``aestudio doctor`` tells of the build: commit, day, versions of what is inside."""
    commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return {
        "version": facts.VERSION,
        "commit": commit.stdout.strip() or "unknown",
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "python": platform.python_version(),
        "torch": version("torch"),
        "system": f"{platform.system()} {platform.machine()}",
    }


def metadata() -> list[str]:
    """Return the packages whose versions the program tells."""
    return [name for name in PACKAGES if _is_installed(name)]


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def extra(folder: Path, sources: Iterable[str]) -> list[Entry]:
    """Write what the bundle has beyond what PyInstaller found, its ``sources``, and return that as entries."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_support(folder / "shiboken6" / "files.dir")
    (folder / "build.json").write_text(json.dumps(build_information(), indent=2) + "\n", encoding="utf-8")
    licences.write(folder / "licences", [Path(source) for source in sources])
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [(str(path.relative_to(folder)), str(path), "DATA") for path in files]


def write_support(folder: Path) -> None:
    """Write PySide's Python part, compiled, into ``folder``, where shiboken6 looks for it.

    It carries that part as text and compiles it at every start otherwise; it unpacks it itself where it is told to
    (``SBK_EMBED``).
    """
    import shiboken6

    with tempfile.TemporaryDirectory() as work:
        package = Path(work) / "shiboken6"
        shutil.copytree(Path(shiboken6.__file__).parent, package, ignore=shutil.ignore_patterns("include", "*.pyi"))
        environment = {**os.environ, "SBK_EMBED": "0", "PYTHONPATH": work}
        subprocess.run([sys.executable, "-c", "import shiboken6.Shiboken"], env=environment, check=True)
        unpacked = package / "files.dir"
        # read-only bundles and other clocks do not matter to files that are not compared with a source
        compileall.compile_dir(
            unpacked, quiet=1, legacy=True, force=True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
        )
        shutil.copytree(unpacked, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))


def finish(folder: Path) -> None:
    """Make the finished bundle smaller and note what it is made of, so that a half-copied one is told."""
    inside = folder / "_internal"
    if sys.platform.startswith("linux"):
        for pattern in STRIPPED:
            for path in inside.glob(pattern):
                if not path.is_symlink():
                    subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
        # there is no console to hide here: one program under both names
        (folder / facts.WINDOWED).symlink_to(facts.NAME)
    files = {p.relative_to(inside).as_posix(): p.stat().st_size for p in sorted(inside.rglob("*")) if p.is_file()}
    (inside / "contents.json").write_text(json.dumps(files, indent=0) + "\n", encoding="utf-8")
