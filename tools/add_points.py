"""Gives a weight file the points of its training pictures that the map opens with, as ``aestudio train`` does.

    python tools/add_points.py ID FOLDER      weights/ID.safetensors, and the pictures that it was trained on

For models that were trained before that was done, or whose pictures are looked at anew.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import cast

from aestudio.catalog.card import card_text
from aestudio.models.latent import LatentNetwork
from aestudio.models.weights import load_network, save_network
from aestudio.training import squares
from aestudio.training.autoencoding import LEAST_HELD_OUT
from aestudio.training.finishing import points_of

WEIGHTS = Path(__file__).resolve().parent.parent / "weights"


def main() -> None:
    """Rewrite the weight file and its page."""
    parser = argparse.ArgumentParser(description="Gives a weight file the points that the map opens with.")
    parser.add_argument("id")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    path = WEIGHTS / f"{arguments.id}.safetensors"
    network, card = load_network(path)
    latent = cast("LatentNetwork", network)
    train, _ = squares.load(arguments.folder, latent.size, latent.channels, LEAST_HELD_OUT)
    state = dict(latent.state_dict())
    points, facts = points_of(latent, train, next(latent.parameters()).device)
    card = dataclasses.replace(card, statistics={**card.statistics, **facts})
    save_network({**state, **points}, card, path)
    path.with_suffix(".md").write_text(card_text(card), encoding="utf-8")
    print(
        f"{path.name}: {len(points['data.points'])} points of {latent.latent} dimensions, {path.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
