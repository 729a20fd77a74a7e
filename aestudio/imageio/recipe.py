"""The recipe in a file: how a result was made, as one property of its XMP, or as text in a PNG.

The rest of an XMP packet stays as it is, byte for byte. A recipe names the program, the task, the model with the
SHA-256 of its weight file, and the settings; nothing of the person or the machine.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aestudio.imageio.containers import XMP_PREFIX
from aestudio.imageio.embedding import jpeg_holds
from aestudio.imageio.formats import ABILITIES

if TYPE_CHECKING:
    from aestudio.imageio.picture import Metadata

NAMESPACE = "urn:aestudio:recipe:1/"
_PNG_TEXT = b"aestudio recipe\0\0\0\0\0"  # an iTXt: keyword, not compressed, no language, no translated keyword
_LONGEST = 1 << 16
_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_EMPTY = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="' + _RDF + b'"></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?RDF\s*>")
_ABOUT = re.compile(rb"""rdf:about\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
# An earlier recipe: as written here, or as another program wrote it anew.
_EARLIER = re.compile(
    rb'<rdf:Description xmlns:rdf="[^"]*" rdf:about="[^"]*" xmlns:aestudio="[^"]*" aestudio:recipe="[^"]*"/>'
    rb"""|\s+aestudio:recipe\s*=\s*(?:"[^"]*"|'[^']*')|<aestudio:recipe\b[^>]*>.*?</aestudio:recipe\s*>""",
    re.DOTALL,
)


@dataclass(frozen=True)
class Recipe:
    """How a result was made. ``weights`` is the SHA-256 of the model's file; ``settings`` are those of the task,
    by the names that ``jobs`` gives them.
    """

    program: str
    task: str
    model: str
    weights: str = ""
    settings: dict[str, Any] = field(default_factory=dict)

    def to_text(self) -> str:
        """Return the recipe as it stands in a file: one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Recipe | None:
        """Return the recipe in a text, or None where it is none."""
        try:
            values = json.loads(text)
            recipe = cls(**{name: values[name] for name in cls.__dataclass_fields__ if name in values})
        except (ValueError, TypeError, RecursionError):
            return None
        words = (recipe.program, recipe.task, recipe.model, recipe.weights)
        return recipe if all(isinstance(w, str) for w in words) and isinstance(recipe.settings, dict) else None


def with_recipe(metadata: Metadata, kind: str, recipe: Recipe) -> Metadata:
    """Return what a file of the format ``kind`` carries together with a recipe, which takes an earlier one's place.

    Where the format or its XMP has no room for one, everything stays as it is.
    """
    if kind == "png":
        others = tuple(item for item in metadata.extra if not _is_text(item))
        return replace(metadata, extra=(*others, ("png:iTXt", _PNG_TEXT + recipe.to_text().encode())))
    merged = _merged(metadata.xmp or _EMPTY, recipe.to_text()) if ABILITIES[kind].xmp else None
    if merged is None or (kind == "jpeg" and not jpeg_holds(merged, XMP_PREFIX)):
        return metadata
    return replace(metadata, xmp=merged)


def find_recipe(metadata: Metadata) -> Recipe | None:
    """Return the recipe that a file carries, or None."""
    texts = [item[1][len(_PNG_TEXT) :].decode("utf-8", "replace") for item in metadata.extra if _is_text(item)]
    texts += _properties(metadata.xmp or b"")
    found = (Recipe.from_text(text) for text in texts if len(text) <= _LONGEST)
    return next((recipe for recipe in found if recipe is not None), None)


def _is_text(item: tuple[str, bytes]) -> bool:
    return item[0] == "png:iTXt" and item[1].startswith(_PNG_TEXT)


def _merged(xmp: bytes, text: str) -> bytes | None:
    """Return the packet with the recipe as its last property, or None where its end is not found (UTF-16, damage)."""
    xmp = _EARLIER.sub(b"", xmp)
    ends = list(_END.finditer(xmp))
    if not ends:
        return None
    about = _ABOUT.search(xmp)  # all descriptions of a packet are of the same thing
    subject = b"" if about is None else about[1] or (about[2] or b"").replace(b'"', b"&quot;")
    own = b'<rdf:Description xmlns:rdf="%s" rdf:about="%s" xmlns:aestudio="%s" aestudio:recipe="%s"/>' % (
        _RDF, subject, NAMESPACE.encode(), html.escape(text, quote=True).encode("ascii"),
    )  # fmt: skip
    at = ends[-1].start()
    return xmp[:at] + own + xmp[at:]


def _properties(xmp: bytes) -> list[str]:
    """Return every recipe in a packet, the last one first."""
    if NAMESPACE.encode() not in xmp or b"<!DOCTYPE" in xmp:  # entities could be made to grow without bound
        return []
    from xml.etree import ElementTree  # the window starts without

    name = f"{{{NAMESPACE}}}recipe"
    try:
        tree = ElementTree.fromstring(xmp.strip(b"\0 \n\r\t"))
    except (ElementTree.ParseError, ValueError):
        return []
    found = [node.text if node.tag == name else node.get(name) for node in tree.iter()]
    return [text for text in reversed(found) if text]
