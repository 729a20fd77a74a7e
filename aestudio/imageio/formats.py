"""Which formats there are, told apart by their first bytes, and what each can hold."""

from __future__ import annotations

from dataclasses import dataclass

RAW_SUFFIXES = frozenset(
    ".3fr .arw .cr2 .cr3 .crw .dng .erf .fff .iiq .kdc .mef .mos .mrw .nef .nrw .orf .pef .raf .rw2 .rwl .sr2 .srf "
    ".srw .x3f".split()
)
READ_SUFFIXES: frozenset[str] = RAW_SUFFIXES | frozenset(
    ".jpg .jpeg .jpe .jfif .png .apng .tif .tiff .webp .avif .heic .heif .hif .jxl .exr .hdr .jp2 .j2k .jpf .jpx .j2c "
    ".bmp .dib .gif .psd .psb".split()
)

# What is written, and the suffix that a new file gets.
WRITE_FORMATS: dict[str, str] = {
    "png": ".png",
    "tiff": ".tif",
    "jpeg": ".jpg",
    "webp": ".webp",
    "avif": ".avif",
    "jxl": ".jxl",
    "exr": ".exr",
    "jp2": ".jp2",
    "bmp": ".bmp",
}
SUFFIX_FORMATS: dict[str, str] = {
    ".png": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".jpe": "jpeg",
    ".jfif": "jpeg",
    ".webp": "webp",
    ".avif": "avif",
    ".jxl": "jxl",
    ".exr": "exr",
    ".jp2": "jp2",
    ".bmp": "bmp",
    ".dib": "bmp",
}


@dataclass(frozen=True)
class Abilities:
    """What a written format holds: depths in order of preference, alpha, blocks, largest side."""

    title: str
    depths: tuple[str, ...]
    alpha: bool
    icc: bool
    exif: bool
    xmp: bool
    iptc: bool
    side: int
    lossy: bool = False
    lossless: bool = True


ABILITIES: dict[str, Abilities] = {
    "png": Abilities("PNG", ("8", "16"), True, True, True, True, True, 2**31 - 1),
    "tiff": Abilities("TIFF", ("8", "16", "32f"), True, True, True, True, True, 2**31 - 1),
    "jpeg": Abilities("JPEG", ("8",), False, True, True, True, True, 65500, lossy=True, lossless=False),
    "webp": Abilities("WebP", ("8",), True, True, True, True, False, 16383, lossy=True),
    "avif": Abilities("AVIF", ("8",), True, True, True, True, False, 65536, lossy=True, lossless=False),
    "jxl": Abilities("JPEG XL", ("8", "16"), True, True, True, True, False, 2**30, lossy=True),
    "exr": Abilities("OpenEXR", ("32f",), True, False, False, False, False, 2**31 - 1),
    "jp2": Abilities("JPEG 2000", ("8", "16"), True, True, True, True, True, 2**31 - 1, lossy=True),
    "bmp": Abilities("BMP", ("8",), False, False, False, False, False, 2**31 - 1),
}

_JXL_BOX = b"\0\0\0\x0cJXL \r\n\x87\n"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\x0a", "jxl"),
    (_JXL_BOX, "jxl"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"v/1\x01", "exr"),
    (b"#?RADIANCE", "hdr"),
    (b"#?RGBE", "hdr"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"8BPS", "psd"),
    (b"BM", "bmp"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"IIRO", "raw"),
    (b"IIRS", "raw"),
    (b"MMOR", "raw"),
    (b"IIU\0", "raw"),
    (b"\0MRM", "raw"),
    (b"FOVb", "raw"),
)
_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def sniff(head: bytes, suffix: str) -> str | None:
    """Return the format of a file that begins with ``head`` (64 bytes), or None where it is no known picture.

    ``suffix`` (lower case) only tells camera RAW from the TIFF that most of it is built on.
    """
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head.startswith(_TIFF_STARTS):
        return "raw" if suffix in RAW_SUFFIXES or head[8:10] == b"CR" else "tiff"
    if head[6:14] == b"HEAPCCDR":
        return "raw"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        size = int.from_bytes(head[:4], "big")
        brands = {head[8:12]} | {head[i : i + 4] for i in range(16, min(size, len(head)), 4)}
        if b"crx " in brands:
            return "raw"
        if brands & {b"avif", b"avis"}:
            return "avif"
        if brands & {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}:
            return "heic"
    return None
