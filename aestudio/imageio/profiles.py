"""ICC profiles: made for colours that a file only names, and asked whether their numbers are light itself.

Code points of wide gamuts in AVIF and HEIC are those of ITU-T H.273; the layout of a profile is that of ICC.1:2022
(which is ISO 15076-1), chapters 7 (header and table of tags), 10.6 (curves) and 10.18 (parametric curves).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from aestudio.imageio.values import decode_linear

HDR = "It is encoded for HDR screens ({0}); its numbers are kept, but look flat where that is not known."
HDR_CURVES = {16: "PQ", 18: "HLG"}

_D65 = (0.3127, 0.3290, 1.0)
# x and y of red, green and blue, each with 1 for luminance as the library wants it.
_PRIMARIES = {
    1: (0.640, 0.330, 1.0, 0.300, 0.600, 1.0, 0.150, 0.060, 1.0),  # sRGB, as BT.709
    9: (0.708, 0.292, 1.0, 0.170, 0.797, 1.0, 0.131, 0.046, 1.0),  # BT.2020
    12: (0.680, 0.320, 1.0, 0.265, 0.690, 1.0, 0.150, 0.060, 1.0),  # Display P3
}
# Stills with the curve of television (1, 6, 14, 15) are shown with sRGB's (13) everywhere.
_SRGB_CURVES = frozenset({1, 6, 13, 14, 15})
_STEPS = 1024


@lru_cache(maxsize=8)
def named_profile(primaries: int, curve: int) -> bytes | None:
    """Return the profile of these primaries and transfer characteristics, or None where sRGB is near enough."""
    if primaries not in (9, 12) or curve not in _SRGB_CURVES:
        return None
    import imagecodecs

    light = decode_linear(np.linspace(0, 1, _STEPS, dtype=np.float32))
    table = np.round(light * 65535).astype(np.uint16)
    return bytes(
        imagecodecs.cms_profile("rgb", whitepoint=_D65, primaries=_PRIMARIES[primaries], transferfunction=table)
    )


@lru_cache(maxsize=2)
def light_profile(channels: int) -> bytes:
    """Return a profile of sRGB's colours, or of grey for 1 of ``channels``, whose numbers are light itself."""
    import imagecodecs

    if channels == 1:
        return bytes(imagecodecs.cms_profile("gray", whitepoint=_D65, gamma=1.0))
    return bytes(imagecodecs.cms_profile("rgb", whitepoint=_D65, primaries=_PRIMARIES[1], gamma=1.0))


_HEADER, _ENTRY = 128, 12
_CURVES = (b"rTRC", b"gTRC", b"bTRC", b"kTRC")
# ICC.1's parametric curve of type 3 with sRGB's parameters (IEC 61966-2-1): g, a, b, c, d.
_SRGB_CURVE = struct.pack(
    ">4sIHH5i", b"para", 0, 3, 0, *(round(v * 65536) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
)


def _tags(icc: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield (offset of the entry, signature, content) of a profile's tags; stops where they break off."""
    if len(icc) < _HEADER + 4:
        return
    for number in range(min(struct.unpack_from(">I", icc, _HEADER)[0], 100)):
        at = _HEADER + 4 + number * _ENTRY
        if at + _ENTRY > len(icc):
            return
        name, start, size = struct.unpack_from(">4sII", icc, at)
        yield at, name, icc[start : start + size]


def is_light(icc: bytes) -> bool:
    """Return whether a profile says that the numbers are proportional to light: each of its curves is a straight line.

    A profile by tables alone, without curves, and one that is damaged count as saying nothing.
    """
    curves = [content for _, name, content in _tags(icc) if name in _CURVES]
    return len(curves) in (1, 3) and all(map(_straight, curves))


def _straight(curve: bytes) -> bool:
    if curve[:4] == b"curv" and len(curve) >= 12:
        points = struct.unpack_from(">I", curve, 8)[0]
        return points == 0 or (points == 1 and curve[12:14] == b"\1\0")
    return curve[:4] == b"para" and curve[8:10] == b"\0\0" and curve[12:16] == b"\0\1\0\0"


@lru_cache(maxsize=8)
def shown_profile(icc: bytes) -> bytes:
    """Return a profile of light with sRGB's curve in place of its straight ones: for the same colours, encoded."""
    out = bytearray(icc + bytes(-len(icc) % 4))
    for at, name, _ in _tags(icc):
        if name in _CURVES:
            struct.pack_into(">4sII", out, at, name, len(out), len(_SRGB_CURVE))
    out += _SRGB_CURVE
    struct.pack_into(">I", out, 0, len(out))
    out[84:100] = bytes(16)  # the checksum, which is optional
    return bytes(out)
