"""Pictures as plain 8-bit RGB arrays, upright: what training and scoring read.

Through Pillow alone where it suffices, so that training runs where nothing more is installed.
"""

from __future__ import annotations

import importlib.util
import logging
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from aestudio.errors import InputError
from aestudio.imageio import exif, folders
from aestudio.imageio.containers import WHITE_IS_ZERO, without_prefix
from aestudio.imageio.formats import READ_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

log = logging.getLogger(__name__)

_PHOTOMETRIC = 262
"""TIFF 6.0's tag for what the numbers are."""
_BITS, _SAMPLE_FORMAT = 258, 339
"""How many bits a sample has, and (where there is a 2) that it has a sign."""
_BY_PILLOW = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".avif"})


def _known() -> frozenset[str]:
    try:
        return READ_SUFFIXES if importlib.util.find_spec("OpenImageIO") is not None else _BY_PILLOW
    except ImportError:
        return _BY_PILLOW


SUFFIXES = _known()
"""What is taken for a picture: all that the program reads (a phone's HEIC, RAW, PSD, ...), where it is there whole."""
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = range(5, 9)


def find_pictures(folder: Path) -> list[Path]:
    """Return the picture files below ``folder``, sorted by path; hidden ones (``._a.png``, ``.trash/``) are none.

    Raises InputError when there are none.
    """
    found = sorted(Path(parent, name) for parent, name in walk_pictures(folder))
    if not found:
        raise InputError(f"There are no pictures in {folder}.", "Name a folder that holds JPEG, PNG or TIFF files.")
    return found


def walk_pictures(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (its folder, its name) of each picture file below ``folder`` as they are found; links to folders are left.

    Nothing is sorted, and no file is opened: a folder of a million pictures begins at once. A folder that cannot be
    read is left out and named in the log. Raises InputError, when asked for the first, where ``folder`` is none.
    """
    if not folder.is_dir():
        raise InputError(f"The folder {folder} does not exist.", "Name a folder of pictures.")

    def left_out(error: OSError) -> None:
        log.warning("Left out: %s cannot be read (%s).", error.filename, error.strerror)

    yield from folders.walk_pictures(folder, on_error=left_out, suffixes=SUFFIXES)


def picture_size(path: Path) -> tuple[int, int]:
    """Return (height, width) as the header says, no pixel decoded. Raises InputError where there is none."""
    if not _is_plain(path):
        from aestudio.imageio.reader import read_info

        info = read_info(path)
        return info.height, info.width
    try:
        with Image.open(path) as image:
            size = image.height, image.width
            return size[::-1] if _orientation(image) in _SIDEWAYS else size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as cause:
        raise _unreadable(path) from cause


def load_rgb(path: Path) -> NDArray[np.uint8]:
    """Return the picture as (H, W, 3) uint8, alpha left aside. Raises InputError where it cannot be decoded."""
    return _decode(path, lambda image: image.convert("RGB"))


def load_on_white(path: Path) -> NDArray[np.uint8]:
    """Return the picture on a white ground as (H, W, 3) uint8. Raises InputError where it cannot be decoded."""

    def on_white(image: Image.Image) -> Image.Image:
        if not image.has_transparency_data:
            return image.convert("RGB")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")

    return _decode(path, on_white)


def _decode(path: Path, convert: Callable[[Image.Image], Image.Image]) -> NDArray[np.uint8]:
    try:
        with opened(path) as image:
            if image.mode == "LAB":
                raise InputError(f"{path} has CIE Lab colours, which aestudio does not read.", "Convert it to RGB.")
            return np.array(convert(upright(in_eight_bits(image), _orientation(image))))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as cause:
        raise _unreadable(path) from cause


def _is_plain(path: Path) -> bool:
    """Return whether Pillow reads a file; of TIFFs it does not know every kind of numbers, as floats in colour."""
    suffix = path.suffix.lower()
    if suffix in (".tif", ".tiff") and SUFFIXES is READ_SUFFIXES:
        try:
            with Image.open(path):
                return True
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return False
    return suffix in _BY_PILLOW or suffix not in SUFFIXES


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture as Pillow's: what Pillow lacks is read wholly, 8 bits for the screen, and lies upright then.

    Raises InputError for such a file, what Pillow raises for others.
    """
    if _is_plain(path):
        with Image.open(path) as image:
            yield image
        return
    from aestudio.imageio.reader import read_picture
    from aestudio.imageio.values import to_display8

    picture = read_picture(path)
    shown = to_display8(picture.pixels, picture.info.linear)
    if picture.alpha is not None:
        shown = np.concatenate([shown, to_display8(picture.alpha, False)[..., None]], axis=2)
    yield Image.fromarray(shown if shown.shape[2] > 1 else shown[..., 0])


def _orientation(image: Image.Image) -> int:
    """Return how a picture that Pillow opened lies, EXIF's 1 to 8; a damaged block says nothing.

    TIFFs it turns by itself, as they are loaded.
    """
    return 1 if image.format == "TIFF" else exif.orientation(without_prefix(image.info.get("exif")))


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return a picture as it is meant to be seen."""
    return image.transpose(_TURNED[orientation]) if orientation in _TURNED else image


def in_eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey picture of more than 8 bits, or of floats, with 8; every other as it is.

    Pillow would cut off what is above 255. Floats are display values in 0..1.
    """
    if image.mode == "F":
        shares = np.asarray(image, np.float32)
    elif image.mode == "I" or image.mode.startswith("I;16"):
        values = np.asarray(image).astype(np.int64)
        # of 32 bits only those are known that say so by their size
        most = 65535 if values.size == 0 or (values.min() >= 0 and values.max() <= 65535) else 2**32 - 1
        if _is_signed(image):
            bits = getattr(image, "tag_v2", {}).get(_BITS, (32,))[0]
            shares = (values / (2 ** (bits - 1) - 1)).astype(np.float32)
        else:
            shares = ((values % 2**32) / most).astype(np.float32)
    else:
        return image
    negative = getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == WHITE_IS_ZERO
    shares = np.clip(np.nan_to_num(1 - shares if negative else shares), 0, 1)
    return Image.fromarray(np.rint(shares * 255).astype(np.uint8))


def _is_signed(image: Image.Image) -> bool:
    return 2 in getattr(image, "tag_v2", {}).get(_SAMPLE_FORMAT, ())


def _unreadable(path: Path) -> InputError:
    return InputError(f"{path} cannot be read as a picture.", "Take it out of the folder.")
