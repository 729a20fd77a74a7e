"""Training pictures, kept whole on the device as bytes; crops are gathered there.

One flat uint8 buffer holds every picture. A batch is one gather with computed indices, with flips
and transposes as index arithmetic, so the same code feeds a CPU and a GPU without loader processes.
"""

from __future__ import annotations

import hashlib
import itertools
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar, overload

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from aestudio.errors import InputError
from aestudio.imageio.resample import resize, to_uint8

log = logging.getLogger(__name__)

Loaded = TypeVar("Loaded")
# How many files that cannot be read the log names.
NAMED = 10
_AT_ONCE = 64


def rank(name: str) -> float:
    """Return where in 0..1 a file's name stands in the order in which names are held out, lowest first."""
    return int.from_bytes(hashlib.sha256(os.fsencode(name)).digest()[:8]) / 2**64


def split(paths: Sequence[Path], held_out: int) -> tuple[list[Path], list[Path]]:
    """Return (training, validation) paths; the choice depends on the file names alone."""
    ranked = sorted(paths, key=lambda p: rank(p.name))
    held_out = min(held_out, max(1, len(ranked) // 5)) if len(ranked) > 1 else 0
    chosen = set(ranked[:held_out])
    return [p for p in paths if p not in chosen], sorted(chosen) or list(paths)


def unseen(training: Iterable[object], validation: Sequence[object]) -> int:
    """Return how many of what is judged by are not learned from: none where there was too little to keep some apart."""
    return 0 if any(a is b for a in training for b in validation) else len(validation)


def readable(
    paths: Iterable[Path],
    load: Callable[[Path], Loaded],
    where: str,
    say: Callable[[str], None] = lambda text: None,
    missed: Callable[[Path, InputError], None] | None = None,
) -> dict[Path, Loaded]:
    """Return what ``load`` makes of each of ``paths`` that it can read; the others are named in the log and said once.

    ``where`` says where they lie; ``missed`` hears of each of the others, which the log then does not name. Raises
    InputError where none can be read.
    """
    pictures, left = dict[Path, Loaded](), list[Path]()
    for path, loaded in _attempts(paths, load):
        if not isinstance(loaded, InputError):
            pictures[path] = loaded
            continue
        left.append(path)
        if missed is not None:
            missed(path, loaded)
        elif len(left) <= NAMED:
            log.warning("Left out: %s", loaded.what)
    if not pictures:
        raise none_readable(where)
    if left:
        names, more = ", ".join(path.name for path in left[:3]), len(left) > 3
        say(
            f"Left out, because they cannot be read: {len(left)} of {len(left) + len(pictures)} files "
            f"({names}{' and others' if more else ''})."
        )
    return pictures


def _attempts(paths: Iterable[Path], load: Callable[[Path], Loaded]) -> Iterator[tuple[Path, Loaded | InputError]]:
    def attempt(path: Path) -> Loaded | InputError:
        try:
            return load(path)
        except InputError as error:
            return error

    left = iter(paths)
    # decoders let other threads run
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as workers:
        while some := list(itertools.islice(left, _AT_ONCE)):
            yield from zip(some, workers.map(attempt, some), strict=True)


def none_readable(where: str) -> InputError:
    """Return what is said of a folder without a single picture that can be read."""
    return InputError(f"None of the pictures in {where} can be read.", "Name a folder of whole pictures.")


def too_small(where: str, smallest: int) -> InputError:
    """Return what is said of a folder whose pictures are all too small for a crop."""
    return InputError(
        f"No picture in {where} is at least {smallest} pixels on its shorter side.",
        "Use larger pictures or a smaller patch.",
    )


class PicturePool:
    """Pictures in one uint8 buffer on a device, drawn in proportion to the root of their area.

    With ``scale`` > 1 each picture has a smaller twin beside it, made by MATLAB's bicubic from the
    whole picture and rounded to 8 bits, so that crops of both have the published relation. ``twins`` are given
    where they have files of their own, with any scale.
    Where it is not ``turned``, crops stay the right way up. ``pictures`` are those that it holds: who keeps no others
    has each in memory once.
    """

    turned = True

    def __init__(
        self,
        pictures: Sequence[NDArray[np.uint8]],
        device: torch.device,
        scale: int = 1,
        twins: Sequence[NDArray[np.uint8]] | None = None,
    ) -> None:
        self.scale = scale
        cropped = [p[: p.shape[0] // scale * scale, : p.shape[1] // scale * scale] for p in pictures]
        self.large = Buffer(cropped, device)
        if twins is None and scale > 1:
            twins = [shrink(p, scale) for p in cropped]
        self.small = self.large if twins is None else Buffer(twins, device)
        self.pixels = sum(p.shape[0] * p.shape[1] for p in cropped)
        self.weight = torch.tensor([float(p.shape[0] * p.shape[1]) ** 0.5 for p in cropped], device=device)
        self.pictures: Sequence[NDArray[np.uint8]] = _Held(self.large)

    def draw(self, count: int, patch: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return (large, small) crops, uint8, (count, 3, patch * scale, ...) and (count, 3, patch, patch).

        ``patch`` is the side of the small crop; with scale 1 and no twins both are the same tensor.
        Each crop is flipped and transposed at random, both twins alike.
        """
        device = self.weight.device
        fits = self.weight * (self.small.shape.amin(1) >= patch)
        which = torch.multinomial(fits, count, replacement=True, generator=generator)
        room = self.small.shape[which] - patch + 1
        corner = (torch.rand(count, 2, device=device, generator=generator) * room).long()
        turn = torch.randint(0, 8 if self.turned else 1, (count,), device=device, generator=generator)
        small = self.small.gather(which, corner, patch, turn)
        if self.small is self.large:
            return small, small
        return self.large.gather(which, corner * self.scale, patch * self.scale, turn), small

    def renew(self) -> None:
        """Let what was drawn make room for other pictures, where not all are in memory."""

    def position(self) -> dict[str, float]:
        """Return how far the pictures have been read; nothing where all of them are in memory."""
        return {}


def shrink(picture: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    """Return the picture (H, W, 3) made ``scale`` times smaller by MATLAB's bicubic, rounded to 8 bits."""
    height, width = picture.shape[0] // scale, picture.shape[1] // scale
    shrunk: NDArray[np.uint8] = to_uint8(resize(picture, (height, width), 1 / scale))
    return shrunk


class Buffer:
    """Pictures (H, W, 3) as bytes on a device, one after the other."""

    def __init__(self, pictures: Sequence[NDArray[np.uint8]], device: torch.device) -> None:
        ends = np.cumsum([p.size for p in pictures]).tolist()
        starts = [0, *ends[:-1]]
        self.bytes = torch.empty(ends[-1], dtype=torch.uint8, device=device)
        # one by one: together they would lie in the machine's own memory once more
        for picture, start, end in zip(pictures, starts, ends, strict=True):
            self.bytes[start:end].copy_(torch.from_numpy(picture.flatten()))
        self.offset = torch.tensor(starts, dtype=torch.int64, device=device)
        self.shape = torch.tensor([p.shape[:2] for p in pictures], dtype=torch.int64, device=device)

    @classmethod
    def empty(cls, slots: int, size: int, device: torch.device) -> Buffer:
        """Return a buffer of ``slots`` places for pictures of up to ``size`` bytes each, to ``put`` them in."""
        made = cls.__new__(cls)
        # untouched memory costs nothing until a picture is put there
        made.bytes = torch.empty(slots * size, dtype=torch.uint8, device=device)
        made.offset = torch.arange(slots, device=device) * size
        made.shape = torch.zeros(slots, 2, dtype=torch.int64, device=device)
        return made

    def put(self, slot: int, picture: NDArray[np.uint8]) -> None:
        """Let ``picture`` lie in a slot from now on."""
        start = slot * (len(self.bytes) // len(self.offset))
        flat, shape = torch.from_numpy(picture.reshape(-1)), torch.tensor(picture.shape[:2])
        pinned = self.bytes.is_cuda
        if pinned:
            # from pinned memory a copy takes its turn among the kernels, and nothing waits for it
            flat, shape = flat.pin_memory(), shape.pin_memory()
        # any other memory may be gone before it is read
        self.bytes[start : start + len(flat)].copy_(flat, non_blocking=pinned)
        self.shape[slot].copy_(shape, non_blocking=pinned)

    def take(self, number: int) -> NDArray[np.uint8]:
        """Return a picture, (H, W, 3); on a processor it lies where the buffer's does."""
        start, (height, width) = int(self.offset[number]), self.shape[number].tolist()
        flat: NDArray[np.uint8] = self.bytes[start : start + 3 * height * width].cpu().numpy()
        return flat.reshape(height, width, 3)

    def gather(self, which: Tensor, corner: Tensor, patch: int, turn: Tensor) -> Tensor:
        steps = torch.arange(patch, device=self.bytes.device)
        rows, columns = torch.meshgrid(steps, steps, indexing="ij")
        transposed = (turn & 1).bool()[:, None, None]
        rows, columns = torch.where(transposed, columns, rows), torch.where(transposed, rows, columns)
        rows = torch.where((turn & 2).bool()[:, None, None], patch - 1 - rows, rows)
        columns = torch.where((turn & 4).bool()[:, None, None], patch - 1 - columns, columns)
        width = self.shape[which, 1][:, None, None]
        pixel = (corner[:, 0, None, None] + rows) * width + corner[:, 1, None, None] + columns
        index = self.offset[which][:, None, None, None] + 3 * pixel[..., None] + torch.arange(3, device=steps.device)
        return self.bytes[index].permute(0, 3, 1, 2)


class _Held(Sequence[NDArray[np.uint8]]):
    """The pictures of a buffer, each fetched from it when it is asked for."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer

    @overload
    def __getitem__(self, number: int) -> NDArray[np.uint8]: ...
    @overload
    def __getitem__(self, number: slice) -> list[NDArray[np.uint8]]: ...
    def __getitem__(self, number: int | slice) -> NDArray[np.uint8] | list[NDArray[np.uint8]]:
        if isinstance(number, slice):
            return [self._buffer.take(n) for n in range(*number.indices(len(self)))]
        return self._buffer.take(range(len(self))[number])

    def __len__(self) -> int:
        return len(self._buffer.offset)
