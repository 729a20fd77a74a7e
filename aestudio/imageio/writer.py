"""One writer for every format: a temporary file, decoded again, then given its name."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aestudio.errors import ExistsError, InputError, NoFolderError, NoSpaceError, OutputError
from aestudio.imageio.containers import ContainerError
from aestudio.imageio.embedding import COPIERS, embed_tiff
from aestudio.imageio.encoders import EncodeError, Encoder, encoder_for
from aestudio.imageio.formats import WRITE_FORMATS
from aestudio.imageio.output import OutputInfo, losses, plan_output
from aestudio.imageio.picture import Array
from aestudio.imageio.reader import open_picture
from aestudio.imageio.values import decode_linear, encode_linear
from aestudio.whole_file import partial_prefix

if TYPE_CHECKING:
    from types import TracebackType

_FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NEARLY_FULL = 1 << 20
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES, errno.EMLINK, errno.EXDEV}
_ROWS_AT_ONCE = 256


def failure_of(target: Path, error: BaseException) -> OutputError:
    """Return the sentence for a failed write; codec libraries lose the reason, so the disk is asked."""
    number = error.errno if isinstance(error, OSError) else None
    try:
        full = number in _FULL_ERRORS or (number is None and shutil.disk_usage(target.parent).free < _NEARLY_FULL)
    except OSError:
        full = number in _FULL_ERRORS
    if full:
        return NoSpaceError(
            f"No space left on the disk of {target.parent} for {target.name}.",
            "Free some space or choose another folder.",
        )
    if isinstance(error, PermissionError) or number == errno.EROFS:
        return OutputError(f"The folder {target.parent} cannot be written to.", "Choose another folder.")
    if isinstance(error, FileNotFoundError | NotADirectoryError) or (
        number in (None, errno.EEXIST) and not target.parent.is_dir()
    ):
        return NoFolderError(f"There is no folder {target.parent}.", "Create it, or choose another one.")
    if number == errno.ENAMETOOLONG:
        return OutputError(f"The name {target.name} is too long for this disk.", "Choose a shorter one.")
    if isinstance(error, MemoryError):
        return OutputError(f"There is too little memory to write {target.name}.", "Choose PNG or TIFF.")
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return OutputError(f"{target.name} could not be written: {reason}.", "Choose another folder or format.")


def _exists(target: Path) -> ExistsError:
    return ExistsError(f"{target.name} exists already.", "Choose another name, or overwrite it.")


class PictureWriter:
    """A picture being written. A context manager: leaving it cleanly completes, verifies and names the file.

    Until then nothing has the target's name; after any exception nothing is left at all.
    """

    def __init__(self, target: Path, output: OutputInfo, overwrite: bool) -> None:
        self.target, self.output = target, output
        self._overwrite = overwrite
        # Short, so that it fits wherever the target's own name does; hidden from folder listings.
        self._stem = partial_prefix(os.getpid()) + secrets.token_hex(6)
        suffix = WRITE_FORMATS[output.format]
        self._temporary = target.with_name(f"{self._stem}{suffix}")
        self._copy = target.with_name(f"{self._stem}-2{suffix}")
        self._written = 0
        self._digest = hashlib.blake2b(digest_size=16)
        self._encoder: Encoder | None = None
        self._folder = _held_open(target.parent)
        try:
            if target.is_dir():
                raise OutputError(f"{target} is a folder.", "Name a file in it.")
            if not overwrite and os.path.lexists(target):
                raise _exists(target)
            # Asked for by plain means first: codec libraries do not say why a file cannot be opened.
            with self._temporary.open("xb"):
                pass
            self._encoder = encoder_for(self._temporary, output)
        except (EncodeError, OSError, MemoryError, ValueError) as error:
            self._clean()
            raise failure_of(target, error) from error
        except BaseException:
            self._clean()
            raise

    def write_rows(self, pixels: Array, alpha: Array | None = None) -> None:
        """Take the next rows: pixels (rows, W, C) and, where ``output.has_alpha``, alpha (rows, W).

        Both are exactly of ``output.dtype``; alpha is ignored where the file holds none. Raises
        OutputError where the disk is full or the file cannot be written.
        """
        output = self.output
        expected = (len(pixels), output.width, output.channels)
        if self._encoder is None:
            raise ValueError("the writer is closed")
        if pixels.shape != expected or pixels.dtype != output.dtype:
            raise ValueError(f"rows of {pixels.dtype} {pixels.shape}, not {output.dtype} {expected}")
        if output.has_alpha and (alpha is None or alpha.shape != expected[:2] or alpha.dtype != output.dtype):
            raise ValueError(f"alpha must be {output.dtype} {expected[:2]}")
        if self._written + len(pixels) > output.height:
            raise ValueError("more rows than the picture has")
        if output.has_alpha and alpha is not None:
            rows = np.concatenate([_with_alpha(pixels, alpha, output), alpha[..., None]], axis=2)
        else:
            rows = pixels
        rows = np.ascontiguousarray(rows)
        self._digest.update(rows.data)
        try:
            self._encoder.write(rows)
        except (EncodeError, OSError, MemoryError) as error:
            raise failure_of(self.target, error) from error
        self._written += len(pixels)

    def __enter__(self) -> PictureWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._complete()
        finally:
            self._clean()

    def _complete(self) -> None:
        if self._written != self.output.height or self._encoder is None:
            raise OutputError(
                f"{self.target.name} is incomplete: {self._written} of {self.output.height} rows arrived.", "Try again."
            )
        try:
            encoder, self._encoder = self._encoder, None
            encoder.close()
            self._embed()
            _to_disk(self._temporary)
            self._verify()
            self._publish()
        except InputError as failed:
            if isinstance(failed.__cause__, FileNotFoundError):
                raise failure_of(self.target, failed.__cause__) from failed
            raise OutputError(
                f"{self.target.name} was not saved: what reached the disk cannot be read back.",
                "Check the disk, or choose another folder.",
            ) from failed
        except (EncodeError, ContainerError, OSError, MemoryError, ValueError) as failed:
            raise failure_of(self.target, failed) from failed

    def _embed(self) -> None:
        copier = COPIERS.get(self.output.format)
        if copier is not None:
            with self._temporary.open("rb") as source, self._copy.open("xb") as target:
                copier(source, target, self.output.metadata)
            os.replace(self._copy, self._temporary)
        elif self.output.format == "tiff":
            with self._temporary.open("r+b") as file:
                embed_tiff(file, self.output.metadata)

    def _verify(self) -> None:
        """Decode the temporary file; raises InputError or OutputError where it is not what was written."""
        output, digest = self.output, hashlib.blake2b(digest_size=16)
        with open_picture(self._temporary, max_pixels=output.width * output.height) as reader:
            info = reader.info
            same = (info.width, info.height, info.dtype) == (output.width, output.height, output.dtype)
            # These do not write every grey as grey, and WebP drops an alpha that is full everywhere.
            loose = output.format in ("webp", "avif", "jxl")
            same = same and (loose or (info.channels, info.has_alpha) == (output.channels, output.has_alpha))
            for start in range(0, info.height if same else 0, _ROWS_AT_ONCE):
                pixels, alpha = reader.read_rows(start, min(start + _ROWS_AT_ONCE, info.height))
                if output.quality is not None:
                    continue
                pixels = pixels[..., : output.channels]
                if output.has_alpha:
                    alpha = np.full(pixels.shape[:2], np.iinfo(np.uint8).max, output.dtype) if alpha is None else alpha
                    pixels = np.concatenate([pixels, alpha[..., None]], axis=2)
                digest.update(np.ascontiguousarray(pixels).data)
        if not same or (output.quality is None and digest.digest() != self._digest.digest()):
            raise OutputError(
                f"{self.target.name} was not saved: what reached the disk differs from what was written.",
                "Check the disk, or choose another folder.",
            )

    def _publish(self) -> None:
        if self._overwrite:
            os.replace(self._temporary, self.target)
            return
        try:
            os.link(self._temporary, self.target)  # fails where the name is taken, in one step
        except FileExistsError as error:
            raise _exists(self.target) from error
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            self._publish_without_links()

    def _publish_without_links(self) -> None:
        """Reserve the name with an empty file, then replace that: the way of disks without hard links."""
        try:
            with self.target.open("xb"):
                pass
        except FileExistsError as error:
            raise _exists(self.target) from error
        try:
            os.replace(self._temporary, self.target)
        except OSError:
            self.target.unlink(missing_ok=True)
            raise

    def _clean(self) -> None:
        if self._encoder is not None:
            self._encoder.abandon()
            self._encoder = None
        for path in (self._temporary, self._copy):
            with contextlib.suppress(OSError):
                if self._folder is None:
                    path.unlink(missing_ok=True)
                else:
                    os.unlink(path.name, dir_fd=self._folder)
        if self._folder is not None:
            os.close(self._folder)
            self._folder = None


def _with_alpha(pixels: Array, alpha: Array, output: OutputInfo) -> Array:
    """Return colours multiplied or divided by alpha where the file and the rows differ in that."""
    if output.associated and output.associated_file and output.linear and not output.scene:
        # multiplied in display values, and the file wants it in light
        shown, cover = encode_linear(pixels), alpha[..., None]
        straight = np.divide(shown, cover, out=shown.copy(), where=cover > 0)
        return np.asarray(decode_linear(straight) * cover, np.float32)
    if output.associated == output.associated_file:
        return pixels
    full = np.float32(1.0 if output.dtype == np.float32 else np.iinfo(output.dtype).max)
    colours, cover = pixels.astype(np.float32) / full, (alpha.astype(np.float32) / full)[..., None]
    if output.associated_file:
        colours = colours * cover
    else:
        light = decode_linear(colours) if output.scene and not output.linear else colours
        light = np.divide(light, cover, out=light.astype(np.float32), where=cover > 0)
        colours = encode_linear(light) if output.scene and not output.linear else light
    if output.dtype == np.float32:
        return np.asarray(colours, np.float32)
    whole: Array = np.clip(np.floor(colours * full + 0.5), 0, full).astype(output.dtype)
    return whole


def _held_open(folder: Path) -> int | None:
    """Return a descriptor of a folder, by which what lies in it is found even after it was moved; None: no such way."""
    if os.unlink not in os.supports_dir_fd:
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def create_picture(target: Path, output: OutputInfo, overwrite: bool = False) -> PictureWriter:
    """Begin to write a picture to ``target`` as ``output`` says; a context manager (see PictureWriter).

    Raises OutputError where the folder is missing or cannot be written to, or the target exists
    and ``overwrite`` is not set.
    """
    return PictureWriter(Path(target), output, overwrite)


__all__ = ["WRITE_FORMATS", "OutputInfo", "PictureWriter", "create_picture", "losses", "plan_output"]
