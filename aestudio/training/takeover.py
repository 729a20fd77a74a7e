"""What a network takes over from the model that a run begins with, and how that is kept from moving at first."""

from __future__ import annotations

from collections.abc import Iterable

from torch import Tensor, nn

from aestudio.models.ladder_vae import LadderVAE
from aestudio.training.growth import grown


def weights_for(network: nn.Module, start: nn.Module) -> dict[str, Tensor]:
    """Return the weights of ``start`` under the names that they have in ``network``.

    A hierarchical VAE of pictures half as large becomes the coarser levels of the new one, where that looks at its
    pictures halved: it says the same of a picture, and only how the larger one is painted is new. A restorer becomes
    the larger one that does the same.
    """
    state = start.state_dict()
    if isinstance(network, LadderVAE) and isinstance(start, LadderVAE):
        twice = (2 * start.size, start.halved + 1)
        if (network.size, network.halved) == twice:
            return LadderVAE.one_level_coarser(state)
    return grown(network, start) or state


class Still:
    """Parts of a network that do not move for a while: those that a run took from the model that it began with."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def hold(self, network: nn.Module, names: Iterable[str]) -> None:
        """Let the parameters of these names stay as they are, and no others."""
        self.release(network)
        self.names = set(names)
        self._let(network, move=False)

    def release(self, network: nn.Module) -> None:
        """Let everything learn again."""
        self._let(network, move=True)
        self.names = set()

    def _let(self, network: nn.Module, move: bool) -> None:
        for name, parameter in network.named_parameters():
            if name in self.names:
                parameter.requires_grad_(move)
