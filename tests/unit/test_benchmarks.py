"""What the benchmarks keep, wait for and can tabulate."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from aestudio.catalog import store
from aestudio.engine.device import choose
from aestudio.engine.session import Session
from benchmarks import bench, networks, pipeline, training
from benchmarks.networks import NetworkSpeed, Peak, precisions
from benchmarks.speed import networks_table


def test_how_fast_a_model_is_is_known_of_one_device_and_how_good_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "CACHE", tmp_path / "scores.json")
    model, asked = store.find("denoise-fast"), list[str]()

    def figures(choice_name: str, what: str) -> float:
        choice = dataclasses.replace(choose("cpu", "float32"), name=choice_name)
        here = bench.Bench(choice, tmp_path, known)

        def measure(session: Session) -> dict[str, float]:
            asked.append(what)
            return {"rate": float(len(asked))}

        return here.figure(model, what, measure, "rate")

    known: dict[str, float] = {}
    found = {name: [figures(name, what) for what in ("speed", "set5 x2")] for name in ("slow", "fast", "slow")}
    assert asked == ["speed", "set5 x2", "speed"]
    assert found == {"slow": [1.0, 2.0], "fast": [3.0, 2.0]}


@pytest.mark.parametrize("kind", ["cuda", "mps"])
def test_every_clock_waits_for_the_device(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[str] = []
    monkeypatch.setattr(torch.cuda, "synchronize", lambda device: waited.append("cuda"))
    monkeypatch.setattr(torch.mps, "synchronize", lambda: waited.append("mps"))
    training._mean_seconds(lambda step: None, torch.device(kind), 1)
    assert waited == [kind, kind]
    assert pipeline.wait is networks.wait


def test_speeds_in_a_precision_that_is_asked_for_have_a_peak_beside_them() -> None:
    choice = choose("cpu", "float16")
    peaks = [Peak(64, str(dtype).removeprefix("torch."), 1.0) for dtype in precisions(choice)]
    speed, yardstick = (NetworkSpeed("any", kind, 256, 1.0, 0.1) for kind in ("float16", "float32"))
    assert "float16" in networks_table([speed], yardstick, peaks)
