from __future__ import annotations

import ctypes
from typing import Any

import pytest
import torch

from aestudio.engine import device
from aestudio.errors import DeviceError, SettingsError


def test_the_processor_is_always_there_and_last() -> None:
    assert device.available()[-1] == torch.device("cpu")


def test_auto_takes_the_first_device_and_says_why() -> None:
    choice = device.choose()
    assert choice.device == device.available()[0]
    assert "because" in choice.reason
    assert choice.label.startswith(("CPU: ", "GPU: "))


def test_a_driver_too_old_for_the_bundled_cuda_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Driver:
        @staticmethod
        def cuDriverGetVersion(found: Any) -> int:  # noqa: ANN401 - a pointer
            found._obj.value = 12040
            return 0

    monkeypatch.setattr(ctypes, "CDLL", lambda name: Driver)
    monkeypatch.setattr(torch.version, "cuda", "12.8")
    assert device.old_driver() == ""
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    assert "too old (it knows CUDA 12.4, 13.0 is needed)" in device.old_driver()
    monkeypatch.setattr(device, "available", lambda: [torch.device("cpu")])
    assert "too old" in device.choose().reason
    with pytest.raises(DeviceError, match="too old"):
        device.choose("cuda")


class Cards:
    """NVIDIA cards of these compute capabilities, and a build of PyTorch for some architectures."""

    def __init__(self, patch: pytest.MonkeyPatch, built: list[str], *capabilities: tuple[int, int]) -> None:
        def capability(gpu: torch.device) -> tuple[int, int]:
            return capabilities[gpu.index]

        patch.setattr(torch.version, "cuda", "12.8")
        patch.setattr(device, "old_driver", lambda: "")
        for name, value in {
            "is_available": lambda: True,
            "device_count": lambda: len(capabilities),
            "get_device_capability": capability,
            "get_device_name": lambda gpu: f"NVIDIA GeForce {gpu.index}",
            "get_arch_list": lambda: built,
        }.items():
            patch.setattr(torch.cuda, name, value)


def test_a_gpu_that_pytorch_was_not_built_for_is_passed_over_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Cards(monkeypatch, ["sm_75", "sm_80", "sm_120"], (6, 1))
    choice = device.choose()
    assert choice.device.type == "cpu"
    assert "does not run on the GeForce 0 (compute capability 6.1; it is built for 7.5, 8.0, 12.0)" in choice.reason
    with pytest.raises(DeviceError, match=r"“cuda” is not available on this machine: .* GeForce 0"):
        device.choose("cuda")
    Cards(monkeypatch, ["sm_75", "sm_80", "sm_120"], (6, 1), (8, 6))
    choice = device.choose()
    assert choice.device == torch.device("cuda", 1)
    assert "GeForce 0" in choice.reason


@pytest.mark.parametrize(
    ("built", "capability", "runs"),
    [
        ("sm_80", (8, 0), True),
        ("sm_80", (8, 9), True),
        ("sm_86", (8, 0), False),
        ("sm_80", (9, 0), False),
        ("sm_120", (12, 1), True),
        ("compute_80", (9, 0), True),
        ("compute_80", (7, 5), False),
        ("sm_90a", (9, 0), True),
        ("sm_100a", (10, 3), False),
        ("compute_90a", (10, 0), False),
        ("sm_120f", (12, 1), True),
        ("compute_100f", (12, 0), False),
        ("gfx942", (9, 4), True),
    ],
)
def test_what_a_build_runs_on(
    monkeypatch: pytest.MonkeyPatch, built: str, capability: tuple[int, int], runs: bool
) -> None:
    Cards(monkeypatch, [built], capability)
    assert (torch.device("cuda", 0) in device.available()) == runs


def test_bfloat16_is_only_chosen_where_the_processor_computes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "bfloat16_gain", lambda: 0.0)
    assert device.choose("cpu").dtype == torch.float32
    monkeypatch.setattr(device, "bfloat16_gain", lambda: 2.0)
    assert device.choose("cpu").dtype == torch.bfloat16
    monkeypatch.setattr(device, "bfloat16_gain", lambda: 0.25)
    choice = device.choose("cpu")
    assert choice.dtype == torch.float32
    assert "slow" in choice.reason


def test_what_onednn_says_of_bfloat16_is_not_believed_unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    speeds = {torch.float32: 1.0, torch.bfloat16: 4.0}
    monkeypatch.setattr(device, "_convolution_seconds", speeds.__getitem__)
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: True)
    assert device.bfloat16_gain.__wrapped__() == 0.25
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: False)
    assert device.bfloat16_gain.__wrapped__() == 0


@pytest.mark.parametrize("name", ["toaster", "cuda:99", "meta"])
def test_devices_that_are_not_there_are_refused(name: str) -> None:
    with pytest.raises(DeviceError, match=name):
        device.choose(name)


def test_precision_can_be_named() -> None:
    assert device.choose("cpu", "bfloat16").precision == "bfloat16"
    with pytest.raises(SettingsError, match="int4"):
        device.choose("cpu", "int4")


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_a_gpu_agrees_with_the_processor() -> None:
    import numpy as np

    from aestudio.catalog import store
    from aestudio.engine.session import Session

    window = np.random.default_rng(0).uniform(0, 1, (128, 160, 3)).astype(np.float32)
    model = store.find("denoise-fast")
    here = Session(model, device.choose("cpu", "float32")).run(window, 25.0)
    there = Session(model, device.choose("cuda", "float32")).run(window, 25.0)
    half = Session(model, device.choose("cuda")).run(window, 25.0)
    assert np.abs(here - there).max() < 2e-3
    assert np.abs(here - half).max() < 0.05


@pytest.mark.parametrize(
    "words",
    [
        "MPS backend out of memory (MPS allocated: 8.00 GB, other allocations: 1.00 GB)",
        "Invalid buffer size: 20.00 GB",
        "GET was unable to find an engine to execute this computation",
        "FIND was unable to find an engine to execute this computation",
        "CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported at some other API call",
    ],
)
def test_a_full_gpu_is_one_whatever_says_so(words: str) -> None:
    for kind in (RuntimeError, getattr(torch, "AcceleratorError", RuntimeError)):
        with pytest.raises(torch.OutOfMemoryError), device.memory_by_type():
            raise kind(words)


def test_what_is_no_matter_of_memory_stays_what_it_is() -> None:
    with pytest.raises(RuntimeError, match="something else") as raised, device.memory_by_type():
        raise RuntimeError("something else")
    assert not isinstance(raised.value, torch.OutOfMemoryError)


def test_a_gpu_that_failed_for_good_is_told_from_a_full_one(monkeypatch: pytest.MonkeyPatch) -> None:
    fault, full = "CUDA error: an illegal memory access was encountered", "CUDA error: out of memory"
    for kind in (getattr(torch, "AcceleratorError", RuntimeError), RuntimeError):
        assert device.has_lost_gpu(kind(fault))
        assert not device.has_lost_gpu(kind(full))
        assert not device.has_lost_gpu(torch.OutOfMemoryError(full))
        # as in the versions that have no type for it
        monkeypatch.delattr(torch, "AcceleratorError", raising=False)
    assert not device.has_lost_gpu(RuntimeError("shapes do not fit"))
    assert not device.has_lost_gpu(ValueError(fault))
