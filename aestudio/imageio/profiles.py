"""ICC profiles for colours that a file only names by code points (ITU-T H.273): wide gamuts in AVIF and HEIC."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from aestudio.imageio.values import decode_linear

HDR = "It is encoded for HDR screens ({0}); its numbers are kept, but look flat where that is not known."
HDR_CURVES = {16: "PQ", 18: "HLG"}

_D65 = (0.3127, 0.3290, 1.0)
# x and y of red, green and blue, each with 1 for luminance as the library wants it.
_PRIMARIES = {
    9: (0.708, 0.292, 1.0, 0.170, 0.797, 1.0, 0.131, 0.046, 1.0),  # BT.2020
    12: (0.680, 0.320, 1.0, 0.265, 0.690, 1.0, 0.150, 0.060, 1.0),  # Display P3
}
# Stills with the curve of television (1, 6, 14, 15) are shown with sRGB's (13) everywhere.
_SRGB_CURVES = frozenset({1, 6, 13, 14, 15})
_STEPS = 1024


@lru_cache(maxsize=8)
def named_profile(primaries: int, curve: int) -> bytes | None:
    """Return the profile of these primaries and transfer characteristics, or None where sRGB is near enough."""
    if primaries not in _PRIMARIES or curve not in _SRGB_CURVES:
        return None
    import imagecodecs

    light = decode_linear(np.linspace(0, 1, _STEPS, dtype=np.float32))
    table = np.round(light * 65535).astype(np.uint16)
    return bytes(
        imagecodecs.cms_profile("rgb", whitepoint=_D65, primaries=_PRIMARIES[primaries], transferfunction=table)
    )
