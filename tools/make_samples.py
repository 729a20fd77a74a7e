"""Makes the sample pictures in resources/samples from clean photographs.

    python tools/make_samples.py FOLDER

FOLDER is searched for the photographs named below (CID22, CC BY-SA 4.0; attribution in
resources/samples/README.md). The noise is Gaussian with a fixed seed, clipped and rounded to 8 bits,
so the same files come out of every run with the same versions of NumPy and Pillow.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from aestudio.imageio.resample import resize

SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples"


@dataclass(frozen=True)
class Sample:
    """One sample: the photograph it is made from and what is done to it.

    ``exposure`` multiplies the values, ``shrink`` is how many times smaller the sample is, and
    ``sigma`` is the noise added last, in 8-bit units.
    """

    name: str
    source: str
    sigma: float = 0.0
    exposure: float = 1.0
    shrink: int = 1


RECIPES = (
    Sample("noisy-house.jpg", "106399.jpg", sigma=25),
    Sample("noisy-dark-mountain.jpg", "2444429.jpg", sigma=40, exposure=0.75),
    Sample("small-monkeys.png", "3493730.jpg", shrink=2),
)


def make(sample: Sample, source: Path, target: Path) -> None:
    """Write the sample made from the photograph ``source`` to ``target``."""
    with Image.open(source) as image:
        pixels = np.asarray(image.convert("RGB"), np.float32) * sample.exposure
    if sample.shrink > 1:
        height, width = pixels.shape[0] // sample.shrink, pixels.shape[1] // sample.shrink
        pixels = resize(pixels, (height, width), 1 / sample.shrink)
    if sample.sigma:
        pixels = pixels + np.random.default_rng(0).normal(0, sample.sigma, pixels.shape)
    result = Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))
    if target.suffix == ".jpg":
        # high quality and full colour resolution, so that the noise stays what it was
        result.save(target, quality=91, subsampling=0)
    else:
        result.save(target, optimize=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes the sample pictures from clean photographs.")
    parser.add_argument("folder", type=Path, help="where the photographs lie, in any of its folders")
    folder = parser.parse_args().folder
    for sample in RECIPES:
        source = next(folder.rglob(sample.source), None)
        if source is None:
            print(f"{folder} has no {sample.source}.", file=sys.stderr)
            return 1
        target = SAMPLES / sample.name
        make(sample, source, target)
        print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
