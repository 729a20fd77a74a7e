"""Makes the pictures of ``aestudio doctor --self-test``: a noisy crop of a sample, and it restored.

To be run again where the reference model was replaced by a different one: ``python tools/make_reference.py``.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from aestudio import paths
from aestudio.catalog import store
from aestudio.commands.self_test import REFERENCE_MODEL, picture_file, reference_file, restored

SIDE = 160


def main() -> None:
    """Write both pictures into resources/self-test."""
    picture_file().parent.mkdir(exist_ok=True)
    with Image.open(paths.resources_folder() / "samples" / "noisy-house.jpg") as sample:
        left, top = (sample.width - SIDE) // 2, (sample.height - SIDE) // 2
        sample.crop((left, top, left + SIDE, top + SIDE)).save(picture_file(), optimize=True)
    result = restored(store.find(REFERENCE_MODEL), "cpu", "float32")
    levels = np.rint(np.clip(result, 0, 1) * 255).astype(np.uint8)
    Image.fromarray(levels).save(reference_file(), optimize=True)


if __name__ == "__main__":
    main()
