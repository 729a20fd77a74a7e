"""Which device computes, in which precision, and why."""

from __future__ import annotations

import ctypes
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import torch
from torch import nn

from aestudio.errors import DeviceError, SettingsError

PRECISIONS = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}

# What a full GPU is called where it has no type: by Metal, which also has a largest buffer, by cuDNN, which then finds
# no way to convolve, and by CUDA itself.
_FULL = (
    "MPS backend out of memory",
    "Invalid buffer size",
    "unable to find an engine to execute this computation",
    "CUDA error: out of memory",
)
# One of those that PyTorch names: sm_90, sm_90a, sm_120f, compute_120.
_ARCHITECTURE = re.compile(r"(?P<kind>sm|compute)_(?P<major>\d+)(?P<minor>\d)(?P<only>[af]?)")


@contextmanager
def memory_by_type() -> Iterator[None]:
    """Raise MemoryError where the processor's memory is full, torch.OutOfMemoryError where a GPU's is.

    torch has a type for a full GPU, which Apple's GPUs and some libraries do without, and none for full memory: this is
    the one place that tells them apart.
    """
    try:
        yield
    except torch.OutOfMemoryError:
        raise
    except RuntimeError as error:
        # its traceback holds what was computed, of which who tries again would have no use
        if "DefaultCPUAllocator" in str(error):
            raise MemoryError(str(error)) from error.with_traceback(None)
        if any(words in str(error) for words in _FULL):
            raise torch.OutOfMemoryError(str(error)) from error.with_traceback(None)
        raise


def has_lost_gpu(error: Exception) -> bool:
    """Return whether a GPU computes nothing any more in this process: what went wrong on it stays with CUDA's context.

    PyTorch has a type for that from version 2.8 on, and before it words alone.
    """
    if isinstance(error, torch.OutOfMemoryError) or any(words in str(error) for words in _FULL):
        return False
    kind = getattr(torch, "AcceleratorError", None)
    if kind is not None:
        return isinstance(error, kind)
    return isinstance(error, RuntimeError) and "CUDA error" in str(error)


def release_memory(device: torch.device) -> None:
    """Give back what torch holds of a GPU's memory for later."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()


@dataclass(frozen=True)
class DeviceChoice:
    """A device, the precision of its inference, and the reason for both in a sentence."""

    device: torch.device
    dtype: torch.dtype
    name: str
    reason: str

    @property
    def precision(self) -> str:
        """Return the precision's name: float32, bfloat16 or float16."""
        return str(self.dtype).removeprefix("torch.")

    @property
    def label(self) -> str:
        """Return a short name for a title bar, such as ``GPU: H200 bf16``."""
        kind = "CPU" if self.device.type == "cpu" else "GPU"
        name = self.name.removeprefix("CPU with ")
        short = {"float32": "fp32", "bfloat16": "bf16", "float16": "fp16"}[self.precision]
        return f"{kind}: {name} {short}"


def choose(device: str = "auto", precision: str = "auto") -> DeviceChoice:
    """Return the device to use: CUDA, then MPS, then the processor, unless one is named.

    Raises DeviceError for a device that is not there, SettingsError for an unknown precision.
    """
    if precision != "auto" and precision not in PRECISIONS:
        raise SettingsError(f"There is no precision “{precision}”.", f"Choose auto, {', '.join(PRECISIONS)}.")
    chosen, why = _pick(device)
    dtype, why_dtype = _precision(chosen) if precision == "auto" else (PRECISIONS[precision], "asked for")
    return DeviceChoice(chosen, dtype, _name(chosen), f"{why}; {precision_words(dtype)} because {why_dtype}")


def precision_words(dtype: torch.dtype) -> str:
    """Return the name of a precision as people write it."""
    return str(dtype).removeprefix("torch.")


def available() -> list[torch.device]:
    """Return every device that can compute here, the processor last."""
    found = [gpu for gpu in _gpus() if not without_kernels(gpu)]
    if torch.backends.mps.is_available():
        found.append(torch.device("mps"))
    return [*found, torch.device("cpu")]


def _gpus() -> list[torch.device]:
    return [torch.device("cuda", i) for i in range(torch.cuda.device_count())] if torch.cuda.is_available() else []


def without_kernels(gpu: torch.device) -> str:
    """Return why this build of PyTorch runs nothing on a CUDA device that is there, or nothing where it does."""
    if torch.version.cuda is None:
        return ""
    capability = torch.cuda.get_device_capability(gpu)
    built = [found for found in map(_ARCHITECTURE.fullmatch, torch.cuda.get_arch_list()) if found]
    if not built or any(_runs(found, capability) for found in built):
        return ""
    known = sorted({(int(found["major"]), int(found["minor"])) for found in built})
    name, words = _name(gpu), ", ".join(f"{major}.{minor}" for major, minor in known)
    own = f"{capability[0]}.{capability[1]}"
    return f"this build of PyTorch does not run on the {name} (compute capability {own}; it is built for {words})"


def _runs(built: re.Match[str], capability: tuple[int, int]) -> bool:
    """Return whether what was compiled for one architecture runs on a device.

    ``sm_XY`` is machine code, for the same major version from that minor one on; ``compute_XY`` the driver compiles for
    whatever is newer. With an "a" it is for that very architecture.
    """
    own = int(built["major"]), int(built["minor"])
    if built["only"] == "a":
        return own == capability
    if built["kind"] == "compute" and not built["only"]:
        return own <= capability
    return own[0] == capability[0] and own <= capability


def _pick(wanted: str) -> tuple[torch.device, str]:
    here = available()
    if wanted == "auto":
        first = here[0]
        passed_over = next(filter(None, map(without_kernels, _gpus())), "")
        if first.type == "cpu":
            return first, old_driver() or passed_over or "no GPU that PyTorch can use was found"
        return first, "the first GPU found" + (f" that can be used: {passed_over}" if passed_over else "")
    try:
        device = torch.device(wanted)
    except RuntimeError as cause:
        raise DeviceError(f"There is no device “{wanted}”.", "Choose auto, cpu, cuda, cuda:N or mps.") from cause
    if device.type == "cuda" and device.index is None:
        device = torch.device("cuda", 0)
    if device not in here:
        names = ", ".join(str(d) for d in here)
        why = ""
        if device.type == "cuda":
            why = without_kernels(device) if device in _gpus() else old_driver()
        reason = f": {why}" if why else ""
        raise DeviceError(f"The device “{wanted}” is not available on this machine{reason}.", f"Available: {names}.")
    return device, "asked for"


def old_driver() -> str:
    """Return why the NVIDIA driver cannot run this build of PyTorch, or nothing where it can or there is none.

    A driver runs what is built with its own major version of CUDA and with older ones.
    """
    if torch.version.cuda is None:
        return ""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return ""
    version = ctypes.c_int()
    if driver.cuDriverGetVersion(ctypes.byref(version)) != 0:
        return ""
    if version.value // 1000 >= int(torch.version.cuda.partition(".")[0]):
        return ""
    known = f"{version.value // 1000}.{version.value % 1000 // 10}"
    return f"the NVIDIA driver is too old (it knows CUDA {known}, {torch.version.cuda} is needed); install a newer one"


def _precision(device: torch.device) -> tuple[torch.dtype, str]:
    if device.type == "cuda":
        if native_bfloat16(device):
            return torch.bfloat16, "this GPU computes it natively"
        return torch.float16, "this GPU has no native bfloat16"
    if device.type == "mps":
        return torch.float16, "Apple's GPUs compute it at full rate"
    gain = bfloat16_gain()
    if not gain:
        return torch.float32, "this processor has no native bfloat16"
    if gain > 1:
        return torch.bfloat16, f"it measured {gain:.1f} times as fast as float32 here"
    return torch.float32, f"bfloat16 measured {1 / gain:.1f} times as slow here"


def native_bfloat16(gpu: torch.device) -> bool:
    """Return whether a CUDA device computes in bfloat16 by itself; older ones than these emulate it, slowly."""
    return torch.cuda.get_device_capability(gpu) >= (8, 0)


@cache
def bfloat16_gain() -> float:
    """Return how many times as fast as in float32 this processor convolves in bfloat16, 0 where it cannot.

    It is measured once: oneDNN says of every AVX-512 processor that it can, and emulates it where the hardware
    cannot, which takes about five times as long as float32.
    """
    if not (torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()):
        return 0.0
    return _convolution_seconds(torch.float32) / _convolution_seconds(torch.bfloat16)


def _convolution_seconds(dtype: torch.dtype) -> float:
    layer = nn.Conv2d(64, 64, 3, padding=1, bias=False, dtype=dtype)
    layer.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    x = torch.zeros(1, 64, 128, 128, dtype=dtype).contiguous(memory_format=torch.channels_last)
    best = float("inf")
    with torch.inference_mode():
        for _ in range(4):
            start = time.perf_counter()
            layer(x)
            best = min(best, time.perf_counter() - start)
    return best


def _name(device: torch.device) -> str:
    if device.type == "cuda":
        return torch.cuda.get_device_name(device).removeprefix("NVIDIA ")
    if device.type == "mps":
        return "Apple"
    return f"CPU with {os.cpu_count() or 1} cores"
