"""Real noisy and real small pictures before and after, for the eye: writes docs/contact-sheet.jpg.

    python tools/contact_sheet.py [--data ../shared/data] [--output docs/contact-sheet.jpg]

Crops of PolyU (Xu et al., 2018) are shown at twice their size, as taken, restored blindly, and as the
mean of many shots; crops of RealSRSet at four times theirs, by bicubic and by the upscalers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from aestudio.catalog import store  # noqa: E402
from aestudio.engine.device import choose  # noqa: E402
from aestudio.engine.session import Session  # noqa: E402
from aestudio.evaluation.restoration import run_whole, to_8bit  # noqa: E402
from aestudio.evaluation.sets import pairs  # noqa: E402
from aestudio.imageio.simple import load_rgb  # noqa: E402

Pixels = NDArray[np.uint8]
SIDE = 320
GAP = 12
# (start of the name, left, top)
NOISY = (
    ("Canon5D2_5_160_6400_reciever_1", 170, 170),
    ("Canon80D_8_8_3200_ball_7", 170, 170),
    ("NikonD800_5-6_160_6400_wall_2", 170, 170),
    ("NikonD800_6-3_125_5000_plant_3", 170, 170),
    ("Sony_4-5_125_3200_plant_14", 170, 170),
    ("Canon600D_4-5_125_1600_book_11", 170, 170),
)
SMALL = (
    ("dog", 110, 60),
    ("Lincoln", 40, 30),
    ("oldphoto3", 50, 40),
    ("building", 40, 40),
    ("dped_crop00061", 80, 80),
    ("foreman", 90, 60),
    ("tiger", 140, 100),
    ("comic3", 80, 80),
)


@dataclass(frozen=True)
class Row:
    """Crops of one picture beside each other, all shown SIDE pixels large."""

    name: str
    crops: Sequence[Pixels]


def noisy_rows(session: Session, data: Path) -> list[Row]:
    """Return crops of camera noise: as taken, restored, mean of many shots."""
    found = {name: (noisy, clean) for name, noisy, clean in pairs("polyu-a", data)}
    rows = []
    for name, left, top in NOISY:
        noisy, clean = found[name]
        values = noisy.astype(np.float32) / np.float32(255)
        restored = to_8bit(run_whole(session, values, session.judge_noise(values)))
        rows.append(Row(name, [p[top : top + SIDE // 2, left : left + SIDE // 2] for p in (noisy, restored, clean)]))
    return rows


def small_rows(sessions: Sequence[Session], data: Path) -> list[Row]:
    """Return crops four times enlarged: by bicubic and by each upscaler."""
    rows = []
    for stem, left, top in SMALL:
        path = next((data / "test" / "realsrset").glob(f"{stem}.*"))
        small = load_rgb(path)
        height, width = small.shape[:2]
        plain = np.array(Image.fromarray(small).resize((width * 4, height * 4), Image.Resampling.BICUBIC))
        results = [to_8bit(run_whole(s, small.astype(np.float32) / np.float32(255))) for s in sessions]
        rows.append(Row(stem, [p[top * 4 : top * 4 + SIDE, left * 4 : left * 4 + SIDE] for p in (plain, *results)]))
    return rows


def sheet(title: str, labels: Sequence[str], rows: Sequence[Row], across: int = 2) -> Image.Image:
    """Return the rows under a title, ``across`` of them beside each other."""
    cell, head = len(labels) * (SIDE + 4) + GAP, 64
    lines = -(-len(rows) // across)
    image = Image.new("RGB", (across * cell + GAP, head + lines * (SIDE + 28 + GAP)), (250, 250, 248))
    pen = ImageDraw.Draw(image)
    large, small = (ImageFont.load_default(size) for size in (22, 15))
    pen.text((GAP, 8), title, fill=(20, 20, 20), font=large)
    for column in range(across):
        for number, text in enumerate(labels):
            pen.text((GAP + column * cell + number * (SIDE + 4), 40), text, fill=(60, 60, 60), font=small)
    for number, row in enumerate(rows):
        x, y = GAP + number % across * cell, head + number // across * (SIDE + 28 + GAP)
        for place, crop in enumerate(row.crops):
            shown = Image.fromarray(crop).resize((SIDE, SIDE), Image.Resampling.NEAREST)
            image.paste(shown, (x + place * (SIDE + 4), y))
        pen.text((x, y + SIDE + 4), row.name, fill=(90, 90, 90), font=small)
    return image


def stack(parts: Sequence[Image.Image]) -> Image.Image:
    """Return the parts under each other."""
    image = Image.new("RGB", (max(p.width for p in parts), sum(p.height for p in parts)), (250, 250, 248))
    top = 0
    for part in parts:
        image.paste(part, (0, top))
        top += part.height
    return image


def main() -> None:
    """Restore the crops' pictures and write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "contact-sheet.jpg")
    options = parser.parse_args()
    choice = choose("auto")
    photo = Session(store.find(store.default_id("denoise")), choice)
    names = [m.card.id for m in store.installed("upscale") if m.card.scale == 4]
    upscalers = [Session(store.find(name), choice) for name in names]
    labels = ["as taken, shown x2", photo.card.id, "mean of many shots"]
    top = sheet("Camera noise (PolyU)", labels, noisy_rows(photo, options.data))
    bottom = sheet("Small pictures (RealSRSet), x4", ["bicubic", *names], small_rows(upscalers, options.data))
    stack([top, bottom]).save(options.output, quality=88)


if __name__ == "__main__":
    main()
