"""Messages as bytes: a JSON head and raw arrays behind it. Nothing that comes in is ever executed.

Layout: 4 bytes little-endian length of the head, the head, then the bytes of each array in order. A long row of
numbers, such as a latent vector, travels as an array too: a vector of 3264 as text costs 8 milliseconds.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from typing import Any

import numpy as np

from aestudio.imageio.mask import Mask
from aestudio.imageio.mix import Mix
from aestudio.jobs import damaging, events, mapping, spec, vectors, walks
from aestudio.jobs.plane import Plane
from aestudio.training.damage import Damage

MANY = 32
"""Numbers from which on a row of them travels as bytes."""
_TYPES: dict[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        *(spec.Thumbnail, spec.Load, spec.Peek, spec.Restore, spec.Save, spec.Sample, spec.Decode, spec.Map),
        *(spec.Encode, spec.Export, events.Encoded, Plane),
        *(mapping.Survey, mapping.EmbedFolder, mapping.Arrange, mapping.FindAlike),
        *(mapping.Surveyed, mapping.FolderEmbedded, mapping.Arranged, mapping.AlikeFound),
        *(damaging.Degrade, damaging.Degraded, Damage),
        *(walks.ExportWalk, walks.EstimateWalk),
        *(vectors.EncodeFiles, vectors.DecodeFile, vectors.VectorsRead),
        *(spec.MapInvented, events.InventedTile, events.InventedReady),
        *(spec.EstimateSize, spec.Measure, spec.Score, Mix, Mask),
        *(spec.Cancel, spec.Look, spec.View, spec.Forget, spec.Configure, spec.Restoration, spec.Output),
        *(events.EngineReady, events.ThumbnailReady, events.Loaded, events.PreviewReady, events.BeforeTile),
        *(
            events.Started,
            events.Begun,
            events.TileReady,
            events.ViewReady,
            events.Judged,
            events.Measured,
            events.Scored,
            events.Progress,
            events.SizeEstimated,
            events.PicturesReady,
            events.MapReady,
        ),
        *(events.Finished, events.Failed, events.CancelledEvent),
    )
}


def encode(message: object) -> bytes:
    """Return a job or an event as bytes. Raises TypeError for anything else."""
    arrays: list[np.ndarray[Any, Any]] = []
    head = json.dumps(_plain(message, arrays)).encode()
    return b"".join([len(head).to_bytes(4, "little"), head, *(np.ascontiguousarray(a).tobytes() for a in arrays)])


def decode(data: bytes) -> Any:  # noqa: ANN401 - any job or event
    """Return the job or event in ``data``. Raises ValueError where it is none."""
    try:
        length = int.from_bytes(data[:4], "little")
        head = json.loads(data[4 : 4 + length])
        return _object(head, memoryview(data)[4 + length :])
    except (KeyError, TypeError, IndexError, ValueError) as cause:
        raise ValueError("not a message of this version") from cause


def _plain(value: object, arrays: list[np.ndarray[Any, Any]]) -> Any:  # noqa: ANN401 - JSON
    if dataclasses.is_dataclass(value) and type(value).__name__ in _TYPES:
        fields = {f.name: _plain(getattr(value, f.name), arrays) for f in dataclasses.fields(value)}
        return {"type": type(value).__name__, "fields": fields}
    if isinstance(value, np.ndarray):
        offset = sum(a.nbytes for a in arrays)
        arrays.append(value)
        return {"array": [offset, str(value.dtype), list(value.shape)]}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, (tuple, list)):
        if len(value) >= MANY and set(map(type, value)) == {float}:
            return {"numbers": _plain(np.array(value, np.float64), arrays)}
        return {"list": [_plain(v, arrays) for v in value]}
    if isinstance(value, dict):
        return {"table": {str(k): _plain(v, arrays) for k, v in value.items()}}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"{type(value).__name__} cannot travel")


def _object(value: Any, body: memoryview) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(value, dict):
        return value
    if "type" in value:
        fields = {k: _object(v, body) for k, v in value["fields"].items()}
        return _TYPES[value["type"]](**fields)
    if "array" in value:
        offset, dtype, shape = value["array"]
        count = int(np.prod(shape, dtype=np.int64))
        return np.frombuffer(body, dtype, count, offset).reshape(shape)
    if "numbers" in value:
        return tuple(_object(value["numbers"], body).tolist())
    if "bytes" in value:
        return base64.b64decode(value["bytes"])
    if "list" in value:
        return tuple(_object(v, body) for v in value["list"])
    return {k: _object(v, body) for k, v in value["table"].items()}
