"""``aestudio doctor --self-test``: whether everything that was installed works here, part by part."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aestudio import contents, paths
from aestudio.catalog import store
from aestudio.imageio.formats import ABILITIES, WRITE_FORMATS
from aestudio.imageio.output import plan_output
from aestudio.imageio.picture import PictureInfo
from aestudio.imageio.reader import read_picture
from aestudio.imageio.writer import create_picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aestudio.catalog.store import Model

REFERENCE_MODEL = "denoise-fast"
SIGMA = 25.0
TOLERANCE = 3.0
"""Root mean square in 8-bit units: half precision differs by 0.3, training the model further by 1, no model by 20."""
_TOPS = {"8": 2**8 - 1, "16": 2**16 - 1, "32f": 1}
_TYPES = {"8": np.uint8, "16": np.uint16, "32f": np.float32}
_LOSSY = 0.05


@dataclass(frozen=True)
class Check:
    """One part that was tried: its name, whether it works, and a figure or the reason why not."""

    name: str
    passed: bool
    words: str


def picture_file() -> Path:
    """Return the built-in picture with noise of sigma 25."""
    return paths.resources_folder() / "self-test" / "noisy.png"


def reference_file() -> Path:
    """Return what ``REFERENCE_MODEL`` made of it in float32 on a processor (``tools/make_reference.py``)."""
    return paths.resources_folder() / "self-test" / "restored.png"


def checks() -> Iterator[Check]:
    """Try every part in turn: files, devices, VAEs, file formats. Whatever goes wrong is that part's failure."""
    yield _tried("program files", _files_are_whole)
    yield from _devices()
    for model in store.installed("vae"):
        yield _tried(model.card.id, partial(_vae_works, model))
    with tempfile.TemporaryDirectory() as folder:
        for format, abilities in ABILITIES.items():
            for depth in abilities.depths:
                target = Path(folder) / f"{format}-{depth}{WRITE_FORMATS[format]}"
                yield _tried(f"{abilities.title} {depth}", partial(_round_trip, target, format, depth))
    yield _tried("camera raw", _raw_decoder)
    yield _tried("HEIC", _heif_decoder)
    yield _tried("statistics", _statistics)


def _tried(name: str, part: Callable[[], str]) -> Check:
    try:
        return Check(name, True, part())
    except Exception as error:  # drivers and codecs raise anything
        return Check(name, False, _without_paths(" ".join(str(error).split()) or type(error).__name__))


def _without_paths(words: str) -> str:
    """Return a reason without the folders that may hold a person's name."""
    for folder in (str(Path.home()), tempfile.gettempdir()):
        words = words.replace(folder, "…")
    return words


def _files_are_whole() -> str:
    missing = contents.missing()
    if missing:
        raise FileNotFoundError(f"{len(missing)} files are missing or broken, {missing[0]} for one; install it again")
    return "all there"


def _devices() -> Iterator[Check]:
    from aestudio.engine import device

    model = next((m for m in store.installed("denoise") if m.card.id == REFERENCE_MODEL), None)
    if model is None:
        yield Check("models", False, f"the model {REFERENCE_MODEL} is missing; install aestudio again")
        return
    for found in device.available():
        yield _tried(f"device {found}", partial(_device_works, model, str(found)))


def restored(model: Model, device_name: str, precision: str = "auto") -> NDArray[np.float32]:
    """Return the built-in picture restored on a device, (H, W, 3) in 0..1."""
    from aestudio.engine import device
    from aestudio.engine.session import Session

    pixels = (read_picture(picture_file()).pixels / 255).astype(np.float32)
    return Session(model, device.choose(device_name, precision)).run(pixels, SIGMA)


def _device_works(model: Model, name: str) -> str:
    restored(model, name)
    started = time.perf_counter()
    result = restored(model, name)
    seconds = time.perf_counter() - started
    reference = read_picture(reference_file()).pixels.astype(np.float32)
    error = float(np.sqrt(np.mean((np.clip(result, 0, 1) * 255 - reference) ** 2)))
    if not error <= TOLERANCE:
        raise ValueError(f"it computes something else: {error:.2f} levels off")
    return f"{error:.2f} levels from the reference, {seconds:.2f} s"


def _vae_works(model: Model) -> str:
    from aestudio.engine import device, generate
    from aestudio.engine.session import Session

    session = Session(model, device.choose())
    drawn = generate.decode(session, generate.draw_latents(session, 4, seed=0))
    mean, _ = generate.encode(session, drawn)
    again = generate.decode(session, mean)
    difference = float(np.abs(again.astype(float) - drawn).mean())
    if drawn.std() == 0 or not np.isfinite(mean).all() or not difference < drawn.std():
        raise ValueError(f"its pictures do not come back: {difference:.1f} levels off")
    return f"decodes and encodes, {difference:.1f} levels off"


def _round_trip(target: Path, format: str, depth: str) -> str:
    """Write a gradient and read it again; returns how much it lost."""
    kind, top = np.dtype(_TYPES[depth]), _TOPS[depth]
    y, x = np.mgrid[0:37, 0:31].astype(np.float64)
    values = np.stack([x / 30, y / 36, (x + y) / 66], axis=2)
    pixels = (values if depth == "32f" else np.rint(values * top)).astype(kind)
    # an OpenEXR file holds scene-linear data
    info = PictureInfo(target, format, 31, 37, 3, False, kind, linear=format == "exr")
    with create_picture(target, plan_output(info, 31, 37, target=target, format=format, depth=depth)) as writer:
        writer.write_rows(pixels)
    back = read_picture(target)
    if back.pixels.dtype != kind or back.pixels.shape != pixels.shape:
        raise ValueError(f"it came back as {back.pixels.dtype} {back.pixels.shape}")
    difference = float(np.abs(back.pixels.astype(np.float64) - pixels).mean() / top)
    if difference > (_LOSSY if ABILITIES[format].lossy else 0):
        raise ValueError(f"it came back {difference:.1%} off")
    return "written and read"


def _raw_decoder() -> str:
    import rawpy

    return f"LibRaw {'.'.join(map(str, rawpy.libraw_version))}"


def _heif_decoder() -> str:
    import pi_heif

    return f"libheif {pi_heif.libheif_version()}"


def _statistics() -> str:
    """Arrange points and fit a mixture: what the map and the training of VAEs need of scikit-learn."""
    import torch

    from aestudio.engine import arrange
    from aestudio.training import priors

    points = np.random.default_rng(0).normal(0, 1, (24, 3)).astype(np.float32)
    placed = arrange.tsne(points, len(points))
    gained = priors.fit_mixture(torch.from_numpy(points), 2, seed=0).log_prob(torch.from_numpy(points))
    if not np.isfinite(placed).all() or not gained.isfinite().all():
        raise ValueError("its points are nowhere")
    return "t-SNE and mixtures"
