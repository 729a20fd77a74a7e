"""``aestudio doctor --self-test`` with the shipped models: what works is said, what doesn't is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aestudio.__main__ import main
from aestudio.catalog import store
from aestudio.commands import self_test
from aestudio.imageio.formats import ABILITIES


def test_every_part_works_here(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["doctor", "--self-test", "--json"]) == 0
    told = capsys.readouterr().out
    parts = {part["part"]: part for part in json.loads(told)["parts"]}
    assert all(part["passed"] for part in parts.values())
    assert {f"{a.title} {depth}" for a in ABILITIES.values() for depth in a.depths} <= set(parts)
    assert {model.card.id for model in store.installed("vae")} <= set(parts)
    assert "statistics" in parts
    assert str(home) not in told
    assert str(Path.home()) not in told


def test_a_device_that_computes_something_else_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise OSError(f"cannot load {Path.home()}/lib/libraw.so")

    # as if nothing had been removed
    monkeypatch.setattr(self_test, "reference_file", self_test.picture_file)
    monkeypatch.setattr(self_test, "_raw_decoder", broken)
    assert main(["doctor", "--self-test"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("device cpu: FAILED, it computes something else: ") for line in lines)
    assert "camera raw: FAILED, cannot load …/lib/libraw.so" in lines
