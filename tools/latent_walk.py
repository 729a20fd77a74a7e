"""Makes docs/latent-walk.gif: a walk through a model's latent space, by what the Path tool of the window does.

python tools/latent_walk.py [--model vae-portraits-64] [--output docs/latent-walk.gif]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 1_500_000


def main() -> int:
    """Write the animation. Returns 1 where it is too large for a page."""
    parser = argparse.ArgumentParser(description="Makes the animation of a walk through a latent space.")
    parser.add_argument("--model", default="vae-portraits-128")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "latent-walk.gif")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--pins", type=int, default=6)
    parser.add_argument("--steps", type=int, default=10, help="frames from one pin to the next")
    parser.add_argument("--side", type=int, default=160, help="pixels of a frame's side")
    arguments = parser.parse_args()

    from aestudio.catalog import store
    from aestudio.catalog.axes import axes_of
    from aestudio.engine import device, generate
    from aestudio.engine.paths import labels_along, walk
    from aestudio.engine.session import Session
    from aestudio.jobs.walking import export_walk
    from aestudio.jobs.walks import ExportWalk

    model = store.find(arguments.model)
    # on the processor, so that it is the same on every machine
    session = Session(model, device.choose("cpu"))
    pins = generate.draw_latents(session, arguments.pins, arguments.seed, temperature=0.8)
    axes = axes_of(model.card)
    latent = pins.shape[1]
    support = latent if axes is None else 1 + max(i for row in axes.directions for i, v in enumerate(row) if v)
    parts = (support, latent - support) if support < latent else ()
    labels = generate.labels_for(session, arguments.pins)
    told = () if labels is None else labels_along(tuple(labels.tolist()), arguments.steps, closed=True)
    frames = walk(pins, "round", arguments.steps, closed=True, parts=parts)
    target = str(arguments.output.absolute())
    job = ExportWalk(model.card.id, frames, target, "gif", arguments.side, 0.1, labels=told)
    export_walk(job, session, lambda: None, lambda _: None)
    size = arguments.output.stat().st_size
    print(f"{arguments.output.name}: {len(frames)} frames, {size / 1e6:.2f} MB")
    return 1 if size > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
