"""What every installer says of the program, once: names, words, version, file types, licences.

The recipes of Debian, Windows and macOS are written from this; none has a list of its own.
"""

from __future__ import annotations

import os
from pathlib import Path

import aestudio
from aestudio.imageio.formats import READ_SUFFIXES

TITLE, APP_ID, VERSION = aestudio.TITLE, aestudio.APP_ID, aestudio.__version__
ROOT = Path(__file__).resolve().parent.parent
NAME = "aestudio"
WINDOWED = "aestudio-studio"
"""The same program without a console window, where the system tells the two apart (Windows)."""
SUMMARY = "Take noise out of photos and enlarge them"
DESCRIPTION = (
    "AE Studio restores pictures with neural networks on the machine in front of you: it removes noise and the marks "
    "of strong compression, and enlarges pictures. Before and after are side by side while you work, and the program "
    "says where a result is to be trusted.",
    "It keeps bit depth, colour profile, transparency and camera data, works through folders of pictures, and needs "
    "no account and no network: no picture leaves the computer. Models can be trained on pictures of your own.",
)
LICENCE = "Apache-2.0"
PUBLISHER = "The aestudio maintainers"
ADDRESS = os.environ.get("AESTUDIO_MAINTAINER") or "maintainers@aestudio.invalid"
"""Where the publisher is reached. Whoever publishes says it (docs/packaging.md); the name here can never exist."""
MAINTAINER = f"{PUBLISHER} <{ADDRESS}>"
KEYWORDS = ("photo", "denoise", "noise", "upscale", "super-resolution", "restore", "enlarge", "raw")
CATEGORIES = ("Graphics", "Photography", "2DGraphics", "RasterGraphics", "Qt")
RESTORE_ACTION = f"Restore with {TITLE}"
RELEASED = "2026-11-23"
"""The day of this version, for the stores' list of releases."""

MIME_TYPES: dict[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/apng": (".apng",),
    "image/tiff": (".tif", ".tiff"),
    "image/webp": (".webp",),
    "image/avif": (".avif",),
    "image/heif": (".heic", ".heif", ".hif"),
    "image/jxl": (".jxl",),
    "image/x-exr": (".exr",),
    "image/vnd.radiance": (".hdr",),
    "image/jp2": (".jp2",),
    "image/jpx": (".jpf", ".jpx"),
    "image/x-jp2-codestream": (".j2k", ".j2c"),
    "image/bmp": (".bmp", ".dib"),
    "image/gif": (".gif",),
    "image/vnd.adobe.photoshop": (".psd", ".psb"),
    "image/x-adobe-dng": (".dng",),
    "image/x-canon-cr2": (".cr2",),
    "image/x-canon-cr3": (".cr3",),
    "image/x-canon-crw": (".crw",),
    "image/x-epson-erf": (".erf",),
    "image/x-fuji-raf": (".raf",),
    "image/x-hasselblad-3fr": (".3fr",),
    "image/x-hasselblad-fff": (".fff",),
    "image/x-kodak-kdc": (".kdc",),
    "image/x-leaf-mos": (".mos",),
    "image/x-leica-rwl": (".rwl",),
    "image/x-mamiya-mef": (".mef",),
    "image/x-minolta-mrw": (".mrw",),
    "image/x-nikon-nef": (".nef",),
    "image/x-nikon-nrw": (".nrw",),
    "image/x-olympus-orf": (".orf",),
    "image/x-panasonic-rw2": (".rw2",),
    "image/x-pentax-pef": (".pef",),
    "image/x-phaseone-iiq": (".iiq",),
    "image/x-samsung-srw": (".srw",),
    "image/x-sigma-x3f": (".x3f",),
    "image/x-sony-arw": (".arw",),
    "image/x-sony-sr2": (".sr2",),
    "image/x-sony-srf": (".srf",),
}
"""Every file type that ``imageio`` reads, and its suffixes."""

OWN_MIME_TYPES: dict[str, str] = {
    "image/apng": "animated PNG",
    "image/vnd.radiance": "Radiance HDR picture",
    "image/x-epson-erf": "Epson raw photograph",
    "image/x-hasselblad-3fr": "Hasselblad raw photograph",
    "image/x-hasselblad-fff": "Hasselblad raw photograph",
    "image/x-leaf-mos": "Leaf raw photograph",
    "image/x-leica-rwl": "Leica raw photograph",
    "image/x-mamiya-mef": "Mamiya raw photograph",
    "image/x-phaseone-iiq": "Phase One raw photograph",
    "image/x-samsung-srw": "Samsung raw photograph",
}
"""Those that systems' own lists lack, and what they are called."""


def info_plist() -> dict[str, object]:
    """Return what macOS's Info.plist says beyond what PyInstaller writes there."""
    return {
        "CFBundleExecutable": WINDOWED,
        "CFBundleDisplayName": TITLE,
        "CFBundleDocumentTypes": document_types(),
        "LSApplicationCategoryType": "public.app-category.photography",
        # that of the wheels of PyTorch
        "LSMinimumSystemVersion": "14.0",
        "NSHighResolutionCapable": True,
    }


def document_types() -> list[dict[str, object]]:
    """Return the file types as macOS's Info.plist lists them."""
    return [
        {
            "CFBundleTypeName": mime,
            "CFBundleTypeMIMETypes": [mime],
            "CFBundleTypeExtensions": [suffix.lstrip(".") for suffix in suffixes],
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Alternate",
        }
        for mime, suffixes in MIME_TYPES.items()
    ]


def check() -> None:
    """Raise ValueError where the file types above are not the ones that the program reads."""
    listed = [suffix for suffixes in MIME_TYPES.values() for suffix in suffixes]
    if sorted(listed) != sorted(READ_SUFFIXES):
        raise ValueError(f"facts.py and imageio.formats differ in {set(listed) ^ READ_SUFFIXES or 'a doubled suffix'}")


check()
