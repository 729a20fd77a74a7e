"""Recipe fields set as words."""

from __future__ import annotations

import pytest

from aestudio.errors import SettingsError
from aestudio.training.overrides import changed
from aestudio.training.recipes import Recipe

TINY = Recipe("denoise", "restoration-unet", {"widths": [8, 16], "blocks": 1})
LATENT = Recipe("vae", "conv-vae", {"size": 16, "latent": 2})


def test_each_field_takes_a_value_of_its_type() -> None:
    words = ["patch=64", "ema=1e-1", "clip=2", "flip=true", "title=My = own", "arguments.widths=[4, 8]", "patch=32"]
    after = changed(TINY, words)
    assert (after.patch, after.ema, after.clip, after.flip, after.title) == (32, 0.1, 2.0, True, "My = own")
    assert type(after.clip) is float
    assert after.arguments == {"widths": [4, 8], "blocks": 1}
    assert TINY.arguments["widths"] == [8, 16]
    own = changed(TINY, ["degradation=custom", "damage.gaussian=[5, 25]"])
    assert own.damage.gaussian == (5, 25)
    assert own.damage.method == TINY.damage.method
    assert changed(LATENT, ["arguments.latent=8", "arguments.hidden=32"]).arguments["hidden"] == 32


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("pach=3", "Did you mean patch"),
        ("arguments=3", "no “arguments”"),
        ("arguments.latnt=3", "takes no latnt"),
        ("patch=1.5", "whole number"),
        ("flip=yes", "true or false"),
        ("ema=high", "a number"),
        ("ema=7", "ema must be within"),
        ("arguments.widths=8", "a list"),
        ("arguments.widths=[]", "cannot be built"),
        ("architecture=nonsense", "no design"),
        ("patch", "sets nothing"),
        ("damage.rain=[1, 2]", "no “damage.rain”"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(word: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        changed(TINY, [word])
    assert said in str(error.value)
