"""A run as TensorBoard shows it: curves, and the sheet of examples."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PIL import Image

from aestudio import extras
from aestudio.errors import SettingsError
from aestudio.paths import examples_file
from aestudio.training.moment import Moment


class Board:
    """Writes what a run says of itself below ``run/tensorboard``. Raises SettingsError where TensorBoard is missing."""

    def __init__(self, run: Path) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError as cause:
            raise SettingsError("TensorBoard is not installed.", extras.how_to_add("tensorboard")) from cause
        self.run = run
        self._writer = SummaryWriter(run / "tensorboard")

    def watch(self, moment: Moment) -> None:
        """Add a moment to the curves and, where it was scored, the examples as they are now."""
        values = {"loss": moment.loss, "rate": moment.rate, "gradient_norm": moment.gradient_norm}
        values |= {f"validation/{name}": score for name, score in moment.scores.items()}
        for name, value in values.items():
            if math.isfinite(value):
                self._writer.add_scalar(name, value, moment.step)
        sheet = examples_file(self.run)
        if moment.scores and sheet.exists():
            with Image.open(sheet) as picture:
                pixels = np.array(picture.convert("RGB"))
            self._writer.add_image("examples", pixels, moment.step, dataformats="HWC")
            self._writer.flush()

    def close(self) -> None:
        """Write what is left."""
        self._writer.close()
