"""A network on a device, ready to run: windows of pixels in, windows of pixels out."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import logging
import math
from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from aestudio.catalog import store
from aestudio.catalog.store import Model
from aestudio.engine.device import DeviceChoice, choose, memory_by_type, release_memory
from aestudio.engine.noise import estimate_sigma
from aestudio.engine.tiling import smallest_tile
from aestudio.models.weights import load_network

if TYPE_CHECKING:
    from aestudio.models.unet import PhotoUNet

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

# The share of a network's reach that a tile must see. Measured on the shipped denoiser at sigma 50
# (reach 84): with 48 pixels tiles differ from the whole picture by 0.04/255 at most, with 32 by 0.9/255.
HALO_SHARE = 4 / 7
# Networks that learned from damaged photographs use more of theirs: with 4/7, tiles of photo-fast differ by 0.8/255 and
# those of upscale-x4-photo by 2.4/255 at most, with 3/4 by 0.1 and 0.3.
HALO_SHARE_OF_PHOTOS = 3 / 4
# The largest window's side, in source pixels. On a processor smaller ones are a little faster each
# but compute more of the picture twice.
TILE = {"cpu": 768, "cuda": 1024, "mps": 768}


# Above it features may overflow in float16: photo-fast gives nothing but NaN at 16383. Files of floats in units of
# their own have such values, displays know none above 1.
_HALF_PRECISION = 256.0


class Session:
    """The network of one model on one device, in inference mode.

    ``halo`` and ``multiple`` are what a tile plan must respect, in source pixels. What a ``cleaner``, a blind
    denoiser's session on the same device, makes of a window is what the network is given.
    Raises torch.OutOfMemoryError or MemoryError where the device cannot hold the network.
    """

    def __init__(self, model: Model, choice: DeviceChoice, cleaner: Session | None = None) -> None:
        network, self.card = load_network(model.path)
        self.cleaner = cleaner
        self.model = model
        if self.card.task == "vae":
            # small networks gain nothing from low precision, and samples stay the same everywhere
            choice = dataclasses.replace(choice, dtype=torch.float32)
        self.choice = choice
        with memory_by_type():
            self.network = network.to(choice.device, choice.dtype)
        self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        share = HALO_SHARE_OF_PHOTOS if self.card.blind or store.cleans(self.card.id) else HALO_SHARE
        self.halo = math.ceil(share * int(getattr(network, "reach", 0)))
        self.multiple = int(getattr(network, "size_multiple", 1))
        if cleaner is not None:
            self.halo += cleaner.halo
            self.multiple = math.lcm(self.multiple, cleaner.multiple)

    def default_tile(self) -> int:
        """Return the window's side that suits the device, in source pixels."""
        side = TILE[self.choice.device.type]
        # an upscaler keeps its widest features at the full size of its window, a denoiser at half of it
        return side // 2 if self.card.scale > 1 else side

    def smallest_tile(self) -> int:
        """Return the smallest window's side that keeps something between its halos, in source pixels."""
        return smallest_tile(self.halo, self.multiple)

    @torch.inference_mode()
    def run(self, window: Floats, sigma: float | None = None) -> Floats:
        """Return the network's result for ``window`` (H, W, 3), float32 in 0..1, as (sH, sW, 3) float32.

        ``sigma`` is the noise level in 8-bit units, which blind networks leave aside. Sides must be
        multiples of ``multiple``. Raises torch.OutOfMemoryError or MemoryError where the device cannot hold it.
        """
        with memory_by_type():
            picture = self._tensor(window)
            result = self._through(picture if self.cleaner is None else self.cleaner._through(picture), sigma)
            restored: Floats = result[0].permute(1, 2, 0).float().cpu().numpy()
        return restored

    def _through(self, picture: torch.Tensor, sigma: float | None = None) -> torch.Tensor:
        inputs = [picture]
        if self.card.task == "denoise" and not self.card.blind:
            inputs.append(torch.full_like(picture[:, :1], (sigma or 0.0) / 255))
        result: torch.Tensor = self._network_for(picture)(*inputs)
        return result

    def _network_for(self, picture: torch.Tensor) -> nn.Module:
        if self.choice.dtype == torch.float16 and float(picture.abs().amax()) > _HALF_PRECISION:
            return self._wide
        return self.network

    @cached_property
    def _wide(self) -> nn.Module:
        """The network in full precision, for values whose features float16 cannot hold (more than 65504)."""
        wide: nn.Module = copy.deepcopy(self.network).float()
        return wide

    def judge_noise(self, values: Floats) -> float:
        """Return the noise of ``values`` (H, W, C), 0..1, in 8-bit units: what a denoiser is to assume.

        A blind network says what it sees, as a root mean square; for others the pixels are judged.
        Raises torch.OutOfMemoryError or MemoryError where the device cannot hold it.
        """
        if not self.card.blind:
            return estimate_sigma(values)
        levels = self.noise_map(in_colour(values))
        return float(np.sqrt(np.mean(np.square(levels)))) if levels.size else 0.0

    @torch.inference_mode()
    def noise_map(self, values: Floats) -> Floats:
        """Return a blind network's own estimate of the noise in ``values`` (H, W, 3), 0..1.

        In 8-bit units, (H/step, W/step), one value for each ``step`` pixels of the network's estimator; a
        remainder at the bottom and on the right is left out, and a picture smaller than a step gives none.
        Raises torch.OutOfMemoryError or MemoryError where the device cannot hold it.
        """
        step = cast("PhotoUNet", self.network).level.step
        height, width = (n // step * step for n in values.shape[:2])
        if not height or not width:
            return np.zeros((0, 0), np.float32)
        with memory_by_type():
            picture = self._tensor(values[:height, :width])
            level = cast("PhotoUNet", self._network_for(picture)).level
            estimate: Floats = level(picture)[0, 0].float().cpu().numpy() * np.float32(255)
        return estimate

    def _tensor(self, values: Floats) -> torch.Tensor:
        picture = torch.from_numpy(np.ascontiguousarray(values)).to(self.choice.device).permute(2, 0, 1)[None]
        return picture.contiguous(memory_format=torch.channels_last)


def in_colour(values: Floats) -> Floats:
    """Return (H, W, 3): a grey picture's values three times."""
    return np.repeat(values, 3, axis=2) if values.shape[2] == 1 else values


class SessionCache:
    """Keeps the few sessions used last, so that changing a model back is free, and comparing four takes no loading."""

    def __init__(self, limit: int = 6) -> None:
        self._limit = limit
        self._sessions: OrderedDict[tuple[object, ...], Session] = OrderedDict()
        self._stamps: dict[str, float] = {}

    def loaded(self, model_id: str) -> Model | None:
        """Return the model of that id whose network is here still although its weight file is gone, or None."""
        models = (session.model for session in reversed(self._sessions.values()))
        return next((m for m in models if m.card.id == model_id and not m.path.exists()), None)

    def get(self, model: Model, choice: DeviceChoice, cleaner: Model | None = None) -> Session:
        """Return the session of a model on a device, behind that of a ``cleaner``.

        A changed weight file is loaded anew; one that was removed is not missed while its network is here. Where a GPU
        has no room for it, the session is one on the processor. Raises WeightsError, MemoryError.
        """
        stamps = (*self._stamp(model), *(self._stamp(cleaner) if cleaner else ()))
        key = (*stamps, str(choice.device), choice.precision)
        if key not in self._sessions:
            before = self.get(cleaner, choice) if cleaner else None
            if before is not None and before.choice.device != choice.device:
                # one computes where the other does
                return self.get(model, before.choice, cleaner)
            try:
                self._sessions[key] = Session(model, choice, before)
            except torch.OutOfMemoryError:
                if choice.device.type == "cpu":
                    raise
                log.warning("out of memory on the GPU for %s; going on with the processor", model.card.id)
                release_memory(choice.device)
                return self.get(model, choose("cpu"), cleaner)
            while len(self._sessions) > self._limit:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(key)
        return self._sessions[key]

    def elsewhere(self, session: Session, choice: DeviceChoice) -> Session:
        """Return the same networks on another device."""
        return self.get(session.model, choice, session.cleaner.model if session.cleaner else None)

    def _stamp(self, model: Model) -> tuple[str, float]:
        name = str(model.path)
        with contextlib.suppress(FileNotFoundError):
            self._stamps[name] = model.path.stat().st_mtime
        return name, self._stamps.get(name, 0.0)
