"""``aestudio doctor``: versions, devices, which would be used and why, and a timed self-test.

What it prints names no person and no folder, so that it can be pasted into a report as it is.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import logging
import platform
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio import __version__, paths
from aestudio.catalog import shelf, store
from aestudio.commands import self_test
from aestudio.commands.say import json_line
from aestudio.errors import OutputError

if TYPE_CHECKING:
    from aestudio.catalog.store import Model
    from aestudio.engine.device import DeviceChoice

log = logging.getLogger(__name__)

PACKAGES = ("torch", "numpy", "pillow", "OpenImageIO", "PySide6-Essentials", "safetensors")
_SIDE, _SIGMA = 256, 25.0


def run(options: argparse.Namespace) -> int:
    """Print the report; returns 1 where the self-test failed on a device or nothing can be kept, else 0."""
    from aestudio.engine import device

    chosen, reason = _chosen()
    report: dict[str, Any] = {
        "aestudio": __version__,
        "build": _build(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": {name: _version(name) for name in PACKAGES},
        "devices": [str(d) for d in device.available()],
        "used": {"device": str(chosen.device), "name": chosen.name, "precision": chosen.precision},
        "reason": reason,
        "models": [m.card.id for m in _installed()],
        "home": _home(),
    }
    # one that was trained for a minute says nothing of the machine
    models = sorted((m for m in _installed() if m.card.task == "denoise"), key=shelf.own)
    report["self_test"] = [_tested(models[0], str(d)) for d in device.available()] if models else []
    passed = bool(models) and not report["home"] and all(test["passed"] for test in report["self_test"])
    if options.self_test:
        checks = list(self_test.checks())
        report["parts"] = [{"part": c.name, "passed": c.passed, "words": c.words} for c in checks]
        passed = passed and all(check.passed for check in checks)
    if options.json:
        print(json_line(report))
    else:
        _print(report)
    return 0 if passed else 1


def _installed() -> list[Model]:
    """Return the models, also where one's own cannot be looked at."""
    try:
        return store.installed()
    except PermissionError:
        return store.installed(own=False)


def _home() -> str:
    """Return why nothing can be kept in the folder of settings, models and journals; "" where it can."""
    try:
        paths.check_writable(paths.home())
    except OutputError as error:
        return getattr(error.__cause__, "strerror", None) or type(error.__cause__).__name__
    return ""


def _build() -> dict[str, str]:
    """Return what the bundle says of its build; nothing where this is no bundle."""
    try:
        told: dict[str, str] = json.loads(paths.build_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told


def _chosen() -> tuple[DeviceChoice, str]:
    """Return the device that would be used and why; the processor where finding out fails."""
    from aestudio.engine import device

    try:
        chosen = device.choose()
        return chosen, chosen.reason
    except Exception as error:  # drivers raise anything
        chosen = device.choose("cpu")
        return chosen, f"choosing a device failed ({_words(error)})"


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _tested(model: Model, name: str) -> dict[str, Any]:
    """Return a device's self-test; whatever goes wrong in it is that device's failure."""
    from aestudio.engine import device

    try:
        return _self_test(model, device.choose(name))
    except Exception as error:  # drivers raise anything
        log.debug("the self-test on %s failed", name, exc_info=True)
        return {"device": name, "model": model.card.id, "passed": False, "error": _words(error)}


def _self_test(model: Model, choice: DeviceChoice) -> dict[str, Any]:
    """Denoise a synthetic picture and time it: it must come out nearer to the truth than it went in."""
    from aestudio.engine.session import Session

    y, x = np.mgrid[0:_SIDE, 0:_SIDE] / _SIDE
    clean = np.stack([x, y, 0.5 + 0.4 * np.sin(12 * x) * np.cos(9 * y)], axis=2).astype(np.float32)
    noise = np.random.default_rng(0).normal(0, _SIGMA / 255, clean.shape).astype(np.float32)
    session = Session(model, choice)
    session.run(clean + noise, _SIGMA)
    started = time.perf_counter()
    restored = session.run(clean + noise, _SIGMA)
    seconds = time.perf_counter() - started
    error = float(np.sqrt(np.mean((restored - clean) ** 2))) * 255
    return {
        "device": str(choice.device),
        "model": model.card.id,
        "precision": choice.precision,
        "megapixels_per_second": round(_SIDE**2 / 1e6 / seconds, 3),
        "error_before": _SIGMA,
        "error_after": round(error, 2),
        "passed": error < _SIGMA / 2,
    }


def _print(report: dict[str, Any]) -> None:
    print(f"aestudio {report['aestudio']}, Python {report['python']}, {report['system']}")
    if report["build"]:
        print(f"Built {report['build']['date']} from {report['build']['commit']} on {report['build']['system']}")
    print(", ".join(f"{name} {version}" for name, version in report["packages"].items()))
    used = report["used"]
    print(f"Devices: {', '.join(report['devices'])}")
    print(f"Used: {used['name']} ({used['device']}) in {used['precision']}: {report['reason']}.")
    print(f"Models: {', '.join(report['models']) or 'none; install aestudio again'}")
    home = f"FAILED, nothing can be written there: {report['home']}" if report["home"] else "works"
    print(f"Folder of settings, models and journals: {home}")
    for test in report["self_test"]:
        if "error" in test:
            print(f"Self-test on {test['device']} with {test['model']}: FAILED, {test['error']}")
            continue
        words = "passed" if test["passed"] else "FAILED"
        print(
            f"Self-test on {test['device']} ({test['precision']}) with {test['model']}: {words}, "
            f"error {test['error_before']:g} -> {test['error_after']:g}, "
            f"{test['megapixels_per_second']:g} megapixels a second"
        )
    for part in report.get("parts", []):
        print(f"{part['part']}: {'works' if part['passed'] else 'FAILED'}, {part['words']}")


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
