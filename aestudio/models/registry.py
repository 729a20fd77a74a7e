"""Architecture names and the classes behind them: an explicit list, nothing is scanned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import nn

from aestudio.errors import WeightsError
from aestudio.models.ladder_vae import LadderVAE
from aestudio.models.unet import PhotoUNet, RestorationUNet
from aestudio.models.upscaler import Upscaler
from aestudio.models.vae import AdversarialAutoencoder, Autoencoder, ConvVAE

ARCHITECTURES: Mapping[str, type[nn.Module]] = {
    "restoration-unet": RestorationUNet,
    "photo-unet": PhotoUNet,
    "upscaler": Upscaler,
    "autoencoder": Autoencoder,
    "adversarial-autoencoder": AdversarialAutoencoder,
    "conv-vae": ConvVAE,
    "ladder-vae": LadderVAE,
}


def build(architecture: str, arguments: Mapping[str, Any]) -> nn.Module:
    """Return a freshly initialised network of that architecture.

    Raises WeightsError for a name that is not registered or arguments that its class refuses.
    """
    if architecture not in ARCHITECTURES:
        raise WeightsError(
            f"The network design “{architecture}” is not known to this version.",
            f"It knows {', '.join(ARCHITECTURES)}; install a newer version or choose another model.",
        )
    try:
        return ARCHITECTURES[architecture](**arguments)
    except (TypeError, ValueError, RuntimeError) as cause:
        raise WeightsError(
            f"The design “{architecture}” cannot be built from the arguments on the model's card.",
            "Fetch the file again or choose another model.",
        ) from cause
