"""What picture files hold beside their picture, and that is left out: said in sentences.

CIPA DC-007 (multi-picture JPEG), ISO 21496-1 and Adobe's hdrgm (gain maps), ISO/IEC 23008-12 (auxiliary items).
"""

from __future__ import annotations

import struct

GAIN_MAP = "It holds a gain map for HDR screens, which is left out."
DEPTH = "It holds a depth map, which is left out."
MASKS = "It holds masks made by the camera, which are left out."
VIDEO = "It holds a short video, which is left out."
ANOTHER = "It holds another picture, which is left out."
FURTHER = "It holds {0} more pictures, which are left out."

_GAIN_MAP_MARKS = (b"http://ns.adobe.com/hdr-gain-map/1.0/", b"http://ns.apple.com/HDRGainMap/1.0/")
_VIDEO_MARKS = (b'MotionPhoto="1"', b'MicroVideo="1"', b"MotionPhoto>1<", b"MicroVideo>1<")
_MP_ENTRIES, _MP_ENTRY = 0xB002, 16
_PREVIEWS = (0x010001, 0x010002)  # the same picture, smaller


def further_pictures(index: bytes) -> int:
    """Return how many pictures a multi-picture index names beside the first one and its previews."""
    order = {b"II": "<", b"MM": ">"}.get(index[:2])
    try:
        if order is None:
            return 0
        at = struct.unpack_from(order + "I", index, 4)[0]
        for entry in range(struct.unpack_from(order + "H", index, at)[0]):
            tag, _, length, place = struct.unpack_from(order + "HHII", index, at + 2 + 12 * entry)
            if tag == _MP_ENTRIES:
                rows = range(place + _MP_ENTRY, place + min(length, len(index)), _MP_ENTRY)
                kinds = [struct.unpack_from(order + "I", index, row)[0] & 0xFFFFFF for row in rows]
                return sum(kind not in _PREVIEWS for kind in kinds)
    except struct.error:
        pass  # only the index is damaged, not the picture
    return 0


def of_jpeg(xmp: bytes, pictures: int, gain_map: bool) -> list[str]:
    """Return what a JPEG holds beside its picture: ``pictures`` by its index, a gain map by that or its XMP."""
    told = []
    if gain_map or any(mark in xmp for mark in _GAIN_MAP_MARKS):
        told.append(GAIN_MAP)
        pictures -= 1
    if any(mark in xmp for mark in _VIDEO_MARKS):
        told.append(VIDEO)
    if pictures > 0:
        told.append(ANOTHER if pictures == 1 else FURTHER.format(pictures))
    return told


def of_heif(kinds: list[bytes], properties: list[tuple[bytes, bytes]]) -> list[str]:
    """Return what a HEIC or AVIF holds beside its picture, by the types of its items and their properties."""
    auxiliary = [data[4:].split(b"\0")[0] for name, data in properties if name == b"auxC"]
    told = {
        GAIN_MAP: b"tmap" in kinds or any(b"hdrgainmap" in name for name in auxiliary),
        DEPTH: any(name.endswith((b"auxid:2", b":depth")) or b"disparity" in name for name in auxiliary),
        MASKS: any(b"matte" in name for name in auxiliary),
    }
    return [sentence for sentence, holds in told.items() if holds]
