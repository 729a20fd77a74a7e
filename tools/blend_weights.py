"""Writes a model between two of one design: ``python tools/blend_weights.py BEFORE AFTER SHARE TARGET``.

Every weight is (1 - SHARE) of BEFORE and SHARE of AFTER (network interpolation, Wang et al., "ESRGAN", ECCVW 2018,
section 3.4): of a critic's texture as much as pictures bear. The card is AFTER's and says so; figures are left out
(``tools/error_scale.py`` writes how large its errors are).
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from aestudio.catalog.card import card_text  # noqa: E402
from aestudio.models.weights import load_network, save_network  # noqa: E402


def main() -> None:
    """Blend two weight files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("share", type=float)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    if not 0 <= options.share <= 1:
        parser.error("SHARE must be within 0..1")
    before, after = (load_network(path) for path in (options.before, options.after))
    if (before[1].architecture, before[1].arguments) != (after[1].architecture, after[1].arguments):
        parser.error("the two models must be of one design")
    new = after[0].state_dict()
    state = {
        name: value.float().lerp(new[name].float(), options.share) for name, value in before[0].state_dict().items()
    }
    training = {**after[1].training, "share_of_what_came_last": options.share}
    for figures in ("validation", "doing_nothing", "start"):
        training.pop(figures, None)
    statistics = {key: value for key, value in after[1].statistics.items() if key != "error_scale"}
    card = dataclasses.replace(after[1], training=training, statistics=statistics, scores={})
    save_network(state, card, options.target)
    options.target.with_suffix(".md").write_text(card_text(card), encoding="utf-8")


if __name__ == "__main__":
    main()
