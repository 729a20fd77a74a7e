"""The recipe of the bundle: nothing that the program stands on is kept out, nothing else comes along."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import shiboken6

import bundle

ROOT = Path(__file__).parents[2]
EXTRAS = {"umap", "onnx", "onnxruntime", "torch.utils.tensorboard"}
"""What comes with an extra only; where it is not there, that is said."""


def imported() -> set[str]:
    """Return the modules from elsewhere that the program imports, by their full names."""
    names: set[str] = set()
    for path in (ROOT / "aestudio").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    return {n for n in names if n.split(".")[0] not in {"aestudio", "__future__", *sys.stdlib_module_names}}


def test_what_the_program_imports_is_not_kept_out() -> None:
    out = set(bundle.excluded_modules())
    names = imported() - EXTRAS
    assert {"torch", "numpy", "sklearn.mixture", "PySide6.QtWidgets"} <= names
    parts = {".".join(n.split(".")[: k + 1]) for n in names for k in range(n.count(".") + 1)}
    assert parts & out == set()


def test_what_the_program_stands_on_is_followed_to_the_end() -> None:
    needed, owners = bundle.dependencies(), packages_distributions()
    # by way of scikit-learn
    assert {"scikit-learn", "scipy", "joblib", "pyside6-essentials", "shiboken6"} <= needed
    out = set(bundle.excluded_modules()) - set(bundle.UNUSED_MODULES)
    assert {"pytest", "mypy", "psutil", "tifffile"} <= out
    for module in out:
        assert not {bundle.canonical(owner) for owner in owners[module]} & needed


def test_every_command_and_codec_that_is_imported_by_name_is_in_it() -> None:
    hidden = set(bundle.hidden_imports())
    commands = re.findall(r'": \("(\w+)",', (ROOT / "aestudio/cli.py").read_text(encoding="utf-8"))
    assert commands
    assert {f"aestudio.commands.{name}" for name in commands} <= hidden
    assert "imagecodecs._shared" in hidden


def test_what_windows_loads_by_name_or_is_linked_to_stays() -> None:
    codec = min(bundle.used_codecs()).rsplit(".", 1)[1]
    wanted = [
        ("PySide6\\plugins\\platforms\\qwindows.dll", "BINARY"),
        ("torch\\lib\\torch_cpu.dll", "BINARY"),
        ("numpy\\_core\\_multiarray_umath.cp311-win_amd64.pyd", "EXTENSION"),
        ("numpy.libs\\libscipy_openblas64.dll", "BINARY"),
        ("OpenImageIO\\bin\\OpenImageIO.dll", "BINARY"),
        (f"imagecodecs\\{codec}.cp311-win_amd64.pyd", "EXTENSION"),
        ("python311.dll", "BINARY"),
        ("VCRUNTIME140.dll", "BINARY"),
    ]
    unwanted = [
        ("PySide6\\plugins\\platforms\\qdirect2d.dll", "BINARY"),
        ("OpenImageIO\\bin\\oiiotool.exe", "BINARY"),
        ("imagecodecs\\_nocodec.cp311-win_amd64.pyd", "EXTENSION"),
        ("scipy.libs\\linked-by-nobody.dll", "BINARY"),
        ("of-nobody.dll", "BINARY"),
    ]
    entries = [(place, f"/source/{place}", kind) for place, kind in (*wanted, *unwanted)]
    linked: dict[str, list[tuple[str, str | None]]] = {
        entries[2][1]: [("LIBSCIPY_OPENBLAS64.DLL", None), ("KERNEL32.dll", None)],
        entries[3][1]: [("vcruntime140.dll", "/Windows/System32/vcruntime140.dll")],
    }
    kept = bundle.used(entries, lambda source: linked.get(source, []))
    assert kept == entries[: len(wanted)]


def test_what_linux_finds_at_its_place_stays(tmp_path: Path) -> None:
    def entry(place: str, kind: str = "BINARY") -> bundle.Entry:
        return place, str(tmp_path / place), kind

    module, linked, alone = entry("a/module.so", "EXTENSION"), entry("a.libs/b.so"), entry("a.libs/c.so")
    link, dead = ("b.so", "a.libs/b.so", "SYMLINK"), ("c.so", "a.libs/c.so", "SYMLINK")
    found = {module[1]: [("b.so", linked[1])]}
    kept = bundle.used([module, linked, alone, link, dead], lambda source: found.get(source, []))
    assert kept == [module, linked, link]


def test_curves_are_drawn_without_what_is_kept_out() -> None:
    told = """
import sys
import bundle
class KeptOut:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if any(name == out or name.startswith(out + ".") for out in bundle.UNUSED_MODULES):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, KeptOut)
from PySide6.QtWidgets import QApplication
app = QApplication([])
import pyqtgraph
plot = pyqtgraph.PlotWidget()
plot.plot([1, 2, 3])
plot.grab()
asked = {n for n in sys.modules if n.startswith("PySide6.Qt") and sys.modules[n]} - {
    f"PySide6.{n}" for n in ("QtCore", "QtGui", "QtWidgets", "QtSvg")
}
print(asked <= set(bundle.hidden_imports()), asked)
"""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'packaging'}",
    }
    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True)
    assert done.stdout.startswith("True"), f"{done.stdout}\n{done.stderr}"


def test_what_pyside_compiles_at_every_start_is_compiled_beforehand(tmp_path: Path) -> None:
    package = tmp_path / "shiboken6"
    shutil.copytree(Path(shiboken6.__file__).parent, package, ignore=shutil.ignore_patterns("include"))
    bundle.write_support(package / "files.dir")
    told = "import shiboken6.Shiboken, sys; print(sys.modules['shibokensupport.signature.parser'].__file__)"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert Path(done.stdout.strip()) == package / "files.dir" / "shibokensupport" / "signature" / "parser.pyc"
