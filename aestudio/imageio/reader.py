"""One reader for every format: what a file holds from its header, then its pixels by rows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aestudio.errors import InputError, TooLargeError
from aestudio.imageio import exif as exif_blocks
from aestudio.imageio.containers import ContainerError
from aestudio.imageio.decoders import DecodeError, ForeignColoursError, ForeignCompressionError
from aestudio.imageio.formats import READ_SUFFIXES, sniff
from aestudio.imageio.picture import Array, Metadata, Picture, PictureInfo
from aestudio.imageio.sources import Source, SourceSizeError, open_source

if TYPE_CHECKING:
    from types import TracebackType

DEFAULT_MAX_PIXELS = 300_000_000
_ROWS_AT_ONCE = 256
_XMP_ORIENTATION = re.compile(rb"""(tiff:Orientation(?:\s*=\s*["']|\s*>\s*))[2-8](?=\s*["'<])""")

_AGAIN = "Check that the file is complete, or save it again with another program."
_CONVERT = "Convert it to RGB."


def _name(path: Path) -> str:
    """Return a file's name fit for a sentence: never too long, never unprintable."""
    name = path.name.encode("utf-8", "replace").decode("utf-8") or str(path)
    return name if len(name) <= 80 else f"{name[:50]}...{name[-25:]}"


def _unreadable(path: Path, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(f"There is no file {_name(path)}.", "Check its path.")
    if isinstance(error, PermissionError):
        return InputError(f"{_name(path)} may not be read.", "Ask for permission to read it, or copy it elsewhere.")
    reason = error.strerror or type(error).__name__
    return InputError(f"{_name(path)} cannot be read: {reason}.", "Check the path and the disk that it lies on.")


def _megapixels(pixels: int) -> str:
    if pixels < 1e5:
        return f"{pixels / 1e6:.3g} megapixels"
    return f"{pixels / 1e6:,.1f} megapixels" if pixels < 1e8 else f"{pixels / 1e6:,.0f} megapixels"


class PictureReader:
    """An open picture: ``info`` at once, pixels on demand. A context manager.

    Rows are decoded as they are asked for where the format allows, so that a large picture never
    lies in memory whole. A picture that has to be turned, and formats without rows, are decoded in
    one piece at the first call.
    """

    def __init__(self, path: Path, source: Source) -> None:
        self._source = source
        self._turned: Array | None = None
        self._next = 0
        self.orientation = source.orientation
        self.info = _info(path, source)

    def read_rows(self, start: int, stop: int) -> tuple[Array, Array | None]:
        """Return rows ``start`` to ``stop`` as shown: pixels (rows, W, C) and alpha (rows, W) or None.

        Ranges are asked for in increasing order without overlap. Raises InputError where the
        pixels cannot be decoded or break off.
        """
        info, source = self.info, self._source
        if not self._next <= start < stop <= info.height:
            raise ValueError(f"rows {start} to {stop} after {self._next} of {info.height}")
        try:
            if source.orientation <= 2:
                rows = source.rows.read(start, stop)
                rows = rows[:, ::-1] if source.orientation == 2 else rows
            else:
                if self._turned is None:
                    self._turned = orient(source.rows.read(0, source.height), source.orientation)
                rows = self._turned[start:stop]
        except MemoryError as error:
            raise InputError(
                f"{_name(info.path)} needs more memory than there is to decode.", "Close other programs and try again."
            ) from error
        except (DecodeError, ContainerError, OSError, ValueError, RuntimeError, SyntaxError, EOFError) as error:
            raise InputError(f"{_name(info.path)} is damaged or incomplete: {error}.", _AGAIN) from error
        if rows.shape[:2] != (stop - start, info.width):
            raise InputError(f"{_name(info.path)} is damaged: its pixels are fewer than its header says.", _AGAIN)
        self._next = stop
        pixels = np.ascontiguousarray(rows[..., : info.channels], dtype=info.dtype)
        alpha = np.ascontiguousarray(rows[..., info.channels], dtype=info.dtype) if info.has_alpha else None
        return pixels, alpha

    def close(self) -> None:
        """Let go of the file and of decoded pixels."""
        self._turned = None
        self._source.rows.close()

    def __enter__(self) -> PictureReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def orient(pixels: Array, orientation: int) -> Array:
    """Return stored ``pixels`` (H, W, C) as shown under an EXIF orientation 1..8; a view."""
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return pixels


def _info(path: Path, source: Source) -> PictureInfo:
    turned = source.orientation >= 5
    width, height = (source.height, source.width) if turned else (source.width, source.height)
    found = source.header
    exif, xmp = found.exif, found.xmp
    if exif:
        exif = exif_blocks.reset_orientation(exif)
        if turned:
            exif = exif_blocks.swap_size(exif, width, height)
    if xmp and (source.orientation != 1 or source.format == "raw"):  # which is developed upright
        xmp = _XMP_ORIENTATION.sub(rb"\g<1>1", xmp)
    dpi = (found.dpi[1], found.dpi[0]) if found.dpi and turned else found.dpi
    return PictureInfo(
        path=path,
        format=source.format,
        width=width,
        height=height,
        channels=source.channels,
        has_alpha=source.has_alpha,
        dtype=np.dtype(source.dtype),
        linear=source.linear,
        metadata=Metadata(found.icc, exif, xmp, found.iptc, dpi, tuple(found.extra)),
        notes=(*source.notes, *found.left_out),
        palette=found.palette,
        associated=source.associated,
        lossless=found.lossless,
        missing=_missing(source),
    )


def _missing(source: Source) -> float | None:
    """Return the number that a file says stands for no value, where its pixels are the file's own numbers."""
    found, dtype = source.header, np.dtype(source.dtype)
    own = 3 if dtype.kind == "f" else 1 if found.bits == 8 * dtype.itemsize else 0
    return found.missing if found.missing is not None and found.sample_format == own else None


def open_picture(path: Path, max_pixels: int = DEFAULT_MAX_PIXELS) -> PictureReader:
    """Open a picture by its content, whatever its suffix says; nothing is decoded yet.

    Raises InputError where the file cannot be read or is no picture, and TooLargeError where its
    header claims more than ``max_pixels`` pixels.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise InputError(f"{_name(path)} is a folder, not a picture.", "Choose the pictures in it.")
        if path.exists() and not path.is_file():
            # opening a pipe would wait for whoever writes into it, for good
            raise InputError(f"{_name(path)} is a pipe or a device, not a file.", "Choose a file.")
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        raise InputError(f"The path of {_name(path)} is not one that can be opened.", "Rename the file.") from error
    if not head:
        raise InputError(f"{_name(path)} is empty (zero bytes).", "Copy or download it again.")
    kind = sniff(head, path.suffix.lower())
    if kind is None:
        raise InputError(
            f"{_name(path)} is not a picture that aestudio knows.",
            "It reads JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, OpenEXR, JPEG 2000, BMP, GIF, PSD and camera RAW.",
        )
    try:
        source = open_source(path, kind, max_pixels)
    except SourceSizeError as error:
        pixels = error.width * error.height
        raise TooLargeError(
            f"{_name(path)} says it is {error.width} x {error.height} = {_megapixels(pixels)}, "
            f"above the limit of {_megapixels(max_pixels)}.",
            "If you trust it, allow larger pictures in the preferences, or on the command line with "
            f"--max-pixels {pixels}.",
        ) from error
    except PermissionError as error:
        raise _unreadable(path, error) from error
    except MemoryError as error:
        raise InputError(f"{_name(path)} needs more memory than there is to open.", "Close other programs.") from error
    except ForeignColoursError as error:
        raise InputError(f"{_name(path)} has {error.kind} colours, which aestudio does not read.", _CONVERT) from error
    except ForeignCompressionError as error:
        raise InputError(
            f"{_name(path)} is compressed in a way that aestudio does not read.",
            "Save it again with LZW or ZIP compression.",
        ) from error
    except (DecodeError, ContainerError, OSError, ValueError, RuntimeError, SyntaxError, EOFError) as error:
        raise InputError(f"{_name(path)} is damaged or incomplete: {error}.", _AGAIN) from error
    try:
        return PictureReader(path, source)
    except BaseException:
        source.rows.close()
        raise


def read_info(path: Path, max_pixels: int = DEFAULT_MAX_PIXELS) -> PictureInfo:
    """Return what is known of a picture without decoding it; raises as :func:`open_picture` does."""
    with open_picture(path, max_pixels) as reader:
        return reader.info


def read_picture(path: Path, max_pixels: int = DEFAULT_MAX_PIXELS, max_bytes: int = 0, free: int = -1) -> Picture:
    """Return a whole picture; raises as :func:`open_picture` and :meth:`PictureReader.read_rows` do.

    Raises TooLargeError, too, where its pixels would take more than ``max_bytes`` of memory (0: no limit), or more
    than is ``free`` (-1: not known).
    """
    with open_picture(path, max_pixels) as reader:
        info = reader.info
        needed = info.pixels * (info.channels + info.has_alpha) * info.dtype.itemsize
        if 0 < max_bytes < needed:
            raise TooLargeError(
                f"{_name(path)} needs {needed / 1e9:.1f} GB of memory, more than the {max_bytes / 1e9:.1f} GB "
                "that pictures may take.",
                "Raise the memory limit in the preferences.",
            )
        if 0 <= free < needed:
            # the system would promise that memory, and end the process once it is written to
            raise TooLargeError(
                f"{_name(path)} needs {needed / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are free.",
                "Close other programs, or make it smaller elsewhere first.",
            )
        pixels, alpha = reader.read_rows(0, info.height)
        return Picture(replace(info), pixels, alpha)


def read_thumbnail(path: Path, side: int) -> tuple[int, int, Array]:
    """Return a picture's full width and height, and a small copy (h, w, 1 or 3), uint8, for the screen.

    The copy's longer side is ``side`` or the picture's own, whichever is less. Orientation is
    applied; what is transparent lies over grey squares. Raises as :func:`read_picture` does.
    """
    from aestudio.imageio.thumbnail import thumbnail

    return thumbnail(path, side)


__all__ = [
    "DEFAULT_MAX_PIXELS",
    "READ_SUFFIXES",
    "PictureReader",
    "open_picture",
    "orient",
    "read_info",
    "read_picture",
    "read_thumbnail",
]
