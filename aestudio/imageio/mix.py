"""How much of a result is mixed into the original: light and colour apart, and fine texture given back.

One piece of arithmetic for files, at full depth, and for the window, on 8 bits: what is saved is what was
shown, and no slider costs a new inference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aestudio.errors import SettingsError
from aestudio.imageio.mask import Mask

if TYPE_CHECKING:
    # numpy takes a tenth of a second to load: the window is painted without it
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Pixels = NDArray[np.uint8]

LUMA = (0.299, 0.587, 0.114)
"""The shares of red, green and blue in what the eye takes for brightness (ITU-R BT.601)."""


@dataclass(frozen=True)
class Mix:
    """Which share, 0..1, of what a network changed counts: of its light (luma), and of its colour (the rest).

    ``detail`` is the share of the removed texture that is given back; ``mask`` says where all this counts.
    """

    light: float = 1.0
    colour: float = 1.0
    detail: float = 0.0
    mask: Mask | None = None

    def __post_init__(self) -> None:
        shares = {"strength": self.light, "strength of colour": self.colour, "share of detail": self.detail}
        for name, share in shares.items():
            if not 0 <= share <= 1:
                raise SettingsError(f"A {name} of {share:g} is out of range.", "Choose 0 to 1.")

    @property
    def uniform(self) -> bool:
        """Whether one share does for all that was changed, everywhere."""
        return self.light == self.colour and not self.detail and self.mask is None


WHOLE = Mix()
"""The result as it is."""


def blend(before: Floats, after: Floats, texture: Floats | None, mix: Mix, weights: Floats | None = None) -> Floats:
    """Return ``before`` with the mixed share of the change to ``after``; both (H, W, 1 or 3), display-encoded.

    With the change r = after - before, its luma y and the removed ``texture`` t (H, W, 1; None: nothing is known
    of it): before + colour (r - y) + light (y + detail t). Grey has no colour. ``weights`` (H, W, 1) are the
    mask's: as much of the change counts.
    """
    import numpy as np

    if mix == WHOLE:
        return after
    change = after - before
    grey = change.shape[2] == 1
    mixed: Floats = before + np.float32(mix.light if grey else mix.colour) * change
    if not grey and mix.light != mix.colour:
        mixed += np.float32(mix.light - mix.colour) * (change @ np.array(LUMA, np.float32))[..., None]
    if texture is not None and mix.detail:
        mixed += np.float32(mix.light * mix.detail) * texture
    if weights is not None:
        mixed = before + weights * (mixed - before)
    return mixed


def texture_to_uint8(texture: Floats) -> Pixels:
    """Return texture for the window: 128 and two steps for each 8-bit unit."""
    import numpy as np

    steps: Pixels = np.clip(np.rint(texture * np.float32(510)) + 128, 0, 255).astype(np.uint8)
    return steps


def blend8(before: Pixels, after: Pixels, texture: Pixels | None, mix: Mix, weights: Floats | None = None) -> Pixels:
    """Return :func:`blend` of uint8 pixels, rounded as files are; ``texture`` is :func:`texture_to_uint8`'s."""
    import numpy as np

    if mix == WHOLE:
        return after
    fine = None if texture is None else (texture.astype(np.float32) - np.float32(128)) / np.float32(2)
    mixed = blend(before.astype(np.float32), after.astype(np.float32), fine, mix, weights)
    mixed += np.float32(0.5)
    return np.clip(mixed, 0, 255, out=mixed).astype(np.uint8)
