from __future__ import annotations

import json

import numpy as np
import pytest

from aestudio.jobs import events, spec, wire


def test_jobs_and_events_survive_the_wire() -> None:
    restoration = spec.Restoration("denoise", "denoise-fast", None)
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    messages = [
        spec.Save("/é 🐱/a.png", restoration, "/tmp/b.png", 0.5, spec.Output("png", "16", None)),
        spec.Decode("vae", ((0.5, -1.0),)),
        spec.Cancel("7"),
        events.Failed("1", "input", "What", "Advice", "Details"),
        events.Finished("1", "/x", 1.5, {"a": [1, 2.5], "b": None}),
        events.Loaded("1", "/p", 3, 4, 3, "16", "png", True, ("a note",)),
    ]
    for message in messages:
        again = wire.decode(wire.encode(message))
        if isinstance(message, events.Finished):
            assert again.summary == {"a": (1, 2.5), "b": None}
        else:
            assert again == message
    tile = wire.decode(wire.encode(events.TileReady("3", 1, 2, pixels, pixels[::-1], 5, 4, 1, 7)))
    assert np.array_equal(tile.before, pixels)
    assert np.array_equal(tile.after, pixels[::-1])


@pytest.mark.parametrize("data", [b"", b"\x02\0\0\0{}", b"\xff\xff", b"\x05\0\0\0hello"])
def test_nonsense_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a message"):
        wire.decode(data)


def test_only_messages_travel() -> None:
    with pytest.raises(TypeError):
        wire.encode(object())
    head = json.dumps({"type": "Popen", "fields": {"args": "rm"}}).encode()
    with pytest.raises(ValueError, match="not a message"):
        wire.decode(len(head).to_bytes(4, "little") + head)


def test_jobs_are_checked_when_they_are_made() -> None:
    with pytest.raises(Exception, match="out of range"):
        spec.Restoration("denoise", "m", 101)
    with pytest.raises(Exception, match="out of range"):
        spec.Restoration("upscale", "m", None, 1.0)
    with pytest.raises(Exception, match="strength"):
        spec.Save("/a", spec.Restoration("denoise", "m"), "/b", spec.Mix(1.5))


def test_a_long_vector_travels_as_bytes() -> None:
    vector = tuple(np.random.default_rng(0).standard_normal(3264).tolist())
    job = spec.Decode("vae", (vector,), "edit")
    sent = wire.encode(job)
    # eight bytes a number: as text it is nineteen, and several milliseconds of every step of a slider
    assert len(sent) < 8 * len(vector) + 500
    again = wire.decode(sent)
    assert again == job
    assert all(type(value) is float for value in again.vectors[0])


def test_a_long_row_of_other_things_keeps_its_kinds() -> None:
    event = events.Finished("1", summary={"whole": list(range(40)), "mixed": [*range(40), 0.5]})
    again = wire.decode(wire.encode(event)).summary
    assert {type(value) for value in again["whole"]} == {int}
    assert [type(value) for value in again["mixed"]] == [*[int] * 40, float]
