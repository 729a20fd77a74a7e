"""ICC profiles: made for colours that a file only names, and asked whether their numbers are light itself.

Code points of wide gamuts in AVIF and HEIC are those of ITU-T H.273; the layout of a profile is that of ICC.1:2022
(which is ISO 15076-1), chapters 7 (header and table of tags), 10.6 (curves) and 10.18 (parametric curves).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio.imageio.values import decode_linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

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


_MADE = slice(24, 36)  # when it was made, among an ICC profile's first bytes
_A_TIME = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)


def _made(kind: str, white: tuple[float, ...], **more: Any) -> bytes:  # noqa: ANN401 - whatever the library takes
    """Return a profile that is the same bytes whenever it is made."""
    import imagecodecs

    icc = bytearray(imagecodecs.cms_profile(kind, whitepoint=white, **more))
    icc[_MADE] = _A_TIME
    return bytes(icc)


@lru_cache(maxsize=8)
def named_profile(primaries: int, curve: int) -> bytes | None:
    """Return the profile of these primaries and transfer characteristics, or None where sRGB is near enough."""
    if primaries not in (9, 12) or curve not in _SRGB_CURVES:
        return None
    return _made("rgb", _D65, primaries=_PRIMARIES[primaries], transferfunction=_srgb_table())


def _srgb_table() -> NDArray[np.uint16]:
    light = decode_linear(np.linspace(0, 1, _STEPS, dtype=np.float32))
    return np.round(light * 65535).astype(np.uint16)


# PNG counts gamma and chromaticities in hundred-thousandths. What is this near to sRGB's is meant to be it.
_PNG_UNIT, _SRGB_GAMMA, _GAMMA_NEAR, _PLACE_NEAR = 100000, 45455, 600, 0.003
_SRGB_PLACES = (0.3127, 0.3290, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060)
_PNG_SAYS = ("png:cICP", "png:sRGB", "png:gAMA", "png:cHRM")


def png_profile(extra: Iterable[tuple[str, bytes]], channels: int) -> bytes | None:
    """Return the profile of what a PNG's chunks without one say of its colours (or grey, of 1 of ``channels``).

    None where that is sRGB or nothing, or where no profile says it, see :func:`png_beyond_profiles`. Of cICP, sRGB, and
    gAMA with cHRM the first one counts (PNG, third edition, 4.3).
    """
    return _png_profile(tuple(dict(extra).get(name) for name in _PNG_SAYS), channels)


def png_beyond_profiles(extra: Iterable[tuple[str, bytes]], channels: int) -> bool:
    """Tell whether a PNG's chunks say of its colours what is neither sRGB nor said by :func:`png_profile`."""
    coded = dict(extra).get("png:cICP", b"")
    if len(coded) != 4:
        return False
    primaries, curve, _, full = coded
    as_srgb = curve in _SRGB_CURVES and (primaries == 1 or channels == 1) and full == 1
    return not as_srgb and png_profile(extra, channels) is None


@lru_cache(maxsize=8)
def _png_profile(says: tuple[bytes | None, ...], channels: int) -> bytes | None:
    coded, plain, gamma, places = says
    if coded and len(coded) == 4:
        return named_profile(coded[0], coded[1]) if channels == 3 and coded[3] == 1 else None
    if plain is not None:
        return None
    power = int.from_bytes(gamma, "big") if gamma and len(gamma) == 4 else _SRGB_GAMMA
    spots = [n / _PNG_UNIT for n in struct.unpack(">8I", places)] if places and len(places) == 32 else _SRGB_PLACES
    usual = abs(power - _SRGB_GAMMA) <= _GAMMA_NEAR
    near = max(abs(a - b) for a, b in zip(spots, _SRGB_PLACES, strict=True)) <= _PLACE_NEAR
    if (usual and (near or channels == 1)) or not 10000 <= power <= 10 * _PNG_UNIT or not _is_triangle(spots):
        return None
    white = (*spots[:2], 1.0)
    if channels == 1:
        return _made("gray", white, gamma=_PNG_UNIT / power)
    corners = [number for at in (2, 4, 6) for number in (*spots[at : at + 2], 1.0)]
    curve = {"gamma": _PNG_UNIT / power} if gamma else {"transferfunction": _srgb_table()}
    return _made("rgb", white, primaries=corners, **curve)


def _is_triangle(spots: Sequence[float]) -> bool:
    """Tell whether red, green and blue, which follow white in ``spots``, can be mixed to colours around white."""
    (wx, wy), *corners = [(spots[at], spots[at + 1]) for at in range(0, 8, 2)]
    sides = [
        (bx - ax) * (wy - ay) - (by - ay) * (wx - ax)
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    return all(0 < y <= 1 for y in spots[1::2]) and (min(sides) > 1e-4 or max(sides) < -1e-4)


@lru_cache(maxsize=2)
def light_profile(channels: int) -> bytes:
    """Return a profile of sRGB's colours, or of grey for 1 of ``channels``, whose numbers are light itself."""
    if channels == 1:
        return _made("gray", _D65, gamma=1.0)
    return _made("rgb", _D65, primaries=_PRIMARIES[1], gamma=1.0)


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
