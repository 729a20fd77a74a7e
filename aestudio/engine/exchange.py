"""A model as ONNX, for other programs; every file is checked against PyTorch by running both.

The dynamo exporter of torch (``torch.onnx.export`` with ``dynamo=True``), one picture at a time, with heights and
widths that stay free as multiples of what the network takes. All shipped designs can be written; priors, and the points
of a map, stay behind.
"""

from __future__ import annotations

import dataclasses
import io
import json
import logging
import warnings
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn

from aestudio import extras, paths
from aestudio.catalog.card import Card
from aestudio.catalog.store import Model
from aestudio.errors import OutputError, SettingsError, WeightsError
from aestudio.imageio.resample import resize
from aestudio.imageio.simple import load_rgb
from aestudio.models.latent import LatentNetwork
from aestudio.models.weights import load_network
from aestudio.whole_file import whole_file

SUFFIX = ".onnx"
TOLERANCE = 1e-3
"""The largest difference to PyTorch that is let pass, of values in 0..1 or of the largest value: 0.26 of 255."""
SIZES = ((96, 128), (152, 104))
"""Heights and widths of the two crops that both run."""
OPSET = 20
_SEED = 0


@dataclass(frozen=True)
class Exported:
    """A file that was written: what it takes and gives in words, and the largest difference to PyTorch."""

    path: Path
    takes: str
    gives: str
    difference: float


class _Restored(nn.Module):
    """A restorer with the names that the file's inputs get."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, picture: Tensor) -> Tensor:
        return cast("Tensor", self.network(picture))


class _Told(_Restored):
    """A denoiser that is told the noise of each pixel."""

    def forward(self, picture: Tensor, sigma: Tensor) -> Tensor:  # type: ignore[override]
        return cast("Tensor", self.network(picture, sigma))


class _Decoder(nn.Module):
    """Latent vectors to pictures."""

    def __init__(self, network: LatentNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, z: Tensor) -> Tensor:
        return self.network.picture(z)


class _DecoderOfClass(_Decoder):
    def forward(self, z: Tensor, label: Tensor) -> Tensor:  # type: ignore[override]
        return self.network.picture(z, label)


class _Encoder(_Decoder):
    """Pictures to the means of their posteriors."""

    def forward(self, picture: Tensor) -> Tensor:
        return self.network.encode(picture).z_mean


class _EncoderOfClass(_Decoder):
    def forward(self, picture: Tensor, label: Tensor) -> Tensor:  # type: ignore[override]
        return self.network.encode(picture, label).z_mean


@torch.inference_mode()
def export_onnx(model: Model, target: Path, overwrite: bool = False) -> list[Exported]:
    """Write a model to ``target`` (``.onnx``); of a VAE the decoder there and the encoder beside it.

    Each file is run by onnxruntime on two real crops (or latent vectors) and compared with PyTorch before it gets its
    name. Raises SettingsError where a library is missing or the name is no ONNX file's, OutputError, WeightsError where
    the network cannot be written or the results differ.
    """
    lack = extras.lacking(extras.ONNX)
    if lack:
        raise SettingsError(f"Writing ONNX files needs {', '.join(lack)}.", extras.how_to_add("onnx"))
    if target.suffix != SUFFIX:
        raise SettingsError(f"{target.name} cannot hold an ONNX model.", f"Give it a name that ends in {SUFFIX}.")
    network, card = load_network(model.path)
    if card.task != "vae":
        return [_restorer(network, card, target, overwrite)]
    latent = cast("LatentNetwork", network)
    encoder = target.with_name(f"{target.stem}-encoder{SUFFIX}")
    return [_decoder(latent, card, target, overwrite), _encoder(latent, card, encoder, overwrite)]


def _restorer(network: nn.Module, card: Card, target: Path, overwrite: bool) -> Exported:
    told = card.task == "denoise" and not card.blind
    step = int(network.size_multiple)  # type: ignore[arg-type]
    height, width = (step * torch.export.Dim(name, min=2, max=1024) for name in ("rows", "columns"))
    free = {2: height, 3: width}
    pictures = [_crop(*size, card.channels) for size in SIZES]
    trials: list[tuple[Tensor, ...]] = [(picture,) for picture in pictures]
    if told:
        middle = sum(card.noise_range) / 2 / 255
        trials = [(picture, torch.full_like(picture[:, :1], middle)) for picture in pictures]
    takes = f"picture (1, {card.channels}, H, W) in 0..1, H and W multiples of {step}"
    if told:
        takes += ", and sigma (1, 1, H, W), the noise on the same scale"
    times = f"{card.scale}" if card.scale > 1 else ""
    gives = f"result (1, {card.channels}, {times}H, {times}W)"
    names = ["picture", "sigma"] if told else ["picture"]
    module = _Told(network) if told else _Restored(network)
    return _write(module, trials, names, {name: free for name in names}, card, target, overwrite, (takes, gives))


def _decoder(network: LatentNetwork, card: Card, target: Path, overwrite: bool) -> Exported:
    generator = torch.Generator().manual_seed(_SEED)
    trials: list[tuple[Tensor, ...]] = [(torch.randn(1, network.latent, generator=generator),) for _ in range(2)]
    takes = f"z (1, {network.latent})"
    names: list[str] = ["z"]
    module: nn.Module = _Decoder(network)
    if network.classes:
        trials = [(*trial, torch.tensor([number])) for number, trial in enumerate(trials)]
        names, module = ["z", "label"], _DecoderOfClass(network)
        takes += f", and label (1,) in 0..{network.classes - 1}"
    gives = f"result (1, {network.channels}, {network.size}, {network.size}) in 0..1"
    return _write(module, trials, names, {name: {} for name in names}, card, target, overwrite, (takes, gives))


def _encoder(network: LatentNetwork, card: Card, target: Path, overwrite: bool) -> Exported:
    trials: list[tuple[Tensor, ...]] = [(_scaled(_crop(*size, network.channels), network.size),) for size in SIZES]
    takes = f"picture (1, {network.channels}, {network.size}, {network.size}) in 0..1"
    names: list[str] = ["picture"]
    module: nn.Module = _Encoder(network)
    if network.classes:
        trials = [(*trial, torch.tensor([number])) for number, trial in enumerate(trials)]
        names, module = ["picture", "label"], _EncoderOfClass(network)
        takes += f", and label (1,) in 0..{network.classes - 1}"
    gives = f"result (1, {network.latent}), the posterior's mean"
    return _write(module, trials, names, {name: {} for name in names}, card, target, overwrite, (takes, gives))


def _write(
    module: nn.Module,
    trials: Sequence[tuple[Tensor, ...]],
    names: list[str],
    free: dict[str, dict[int, Any]],
    card: Card,
    target: Path,
    overwrite: bool,
    words: tuple[str, str],
) -> Exported:
    if target.exists() and not overwrite:
        raise OutputError(f"{target} exists.", "Choose another name, or overwrite it.")
    proto = _traced(module.eval(), trials[0], names, free)
    told = {"aestudio": json.dumps(dataclasses.asdict(card), ensure_ascii=False), "takes": words[0], "gives": words[1]}
    import onnx

    onnx.helper.set_model_props(proto, told)
    body = proto.SerializeToString()
    difference = max(_difference(module, body, names, trial) for trial in trials)
    if not difference <= TOLERANCE:
        raise WeightsError(
            f"The ONNX file of “{card.id}” differs from the model by {difference:.2g}, more than {TOLERANCE:g}.",
            "It was not written; use the model as it is.",
        )
    try:
        with whole_file(target) as file:
            file.write(body)
    except OSError as cause:
        raise OutputError(
            f"The model cannot be written to {target}.", "Free space or choose another folder."
        ) from cause
    return Exported(target, *words, difference)


def _traced(module: nn.Module, trial: tuple[Tensor, ...], names: list[str], free: dict[str, dict[int, Any]]) -> Any:  # noqa: ANN401 - a ModelProto
    """Return the network as ONNX; what the exporter prints on the way is only told where it fails."""
    said = io.StringIO()
    try:
        with warnings.catch_warnings(), redirect_stdout(said), redirect_stderr(said), _quiet():
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                module,
                trial,
                dynamo=True,
                input_names=names,
                output_names=["result"],
                dynamic_shapes=free,
                opset_version=OPSET,
                optimize=True,
                verbose=False,
            )
            assert program is not None
            return program.model_proto
    except Exception as cause:  # the exporter raises whatever its parts do
        raise WeightsError(
            "This network cannot be written as ONNX.", str(cause).strip().split("\n")[0][:200]
        ) from cause


class _quiet:
    """Keeps the exporter's and onnxscript's log to themselves."""

    def __enter__(self) -> None:
        logging.disable(logging.WARNING)

    def __exit__(self, *error: object) -> None:
        logging.disable(logging.NOTSET)


def _difference(module: nn.Module, body: bytes, names: list[str], trial: tuple[Tensor, ...]) -> float:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # what it says of shapes while it optimises is nobody's business
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(body, options, providers=["CPUExecutionProvider"])
    found = session.run(None, {name: value.numpy() for name, value in zip(names, trial, strict=True)})[0]
    wanted = module(*trial).numpy()
    if found.shape != wanted.shape:
        return float("inf")
    # latent vectors may be larger than 1
    return float(np.abs(found - wanted).max() / max(1.0, float(np.abs(wanted).max())))


def _crop(height: int, width: int, channels: int) -> Tensor:
    """Return a crop of a picture that comes with the program, (1, channels, height, width) in 0..1."""
    sample = load_rgb(paths.resources_folder() / "samples" / "noisy-house.jpg")
    top, left = ((whole - part) // 2 for whole, part in zip(sample.shape[:2], (height, width), strict=True))
    pixels = sample[top : top + height, left : left + width].astype(np.float32) / 255
    if channels == 1:
        pixels = pixels.mean(2, keepdims=True)
    return torch.from_numpy(np.ascontiguousarray(pixels.transpose(2, 0, 1)[None]))


def _scaled(picture: Tensor, side: int) -> Tensor:
    small = resize(picture[0].permute(1, 2, 0).numpy(), (side, side))
    return torch.from_numpy(np.ascontiguousarray(small.transpose(2, 0, 1)[None])).clamp(0, 1)
