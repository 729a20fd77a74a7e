"""The application's icon in every size and container, drawn from its SVG."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

from facts import ROOT

SVG = ROOT / "resources" / "icons" / "aestudio.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def drawn(side: int) -> Image.Image:
    """Return the icon as an RGBA picture of ``side`` x ``side`` pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (side, side), bytes(image.constBits()), "raw", "BGRA")


def write_container(path: Path) -> Path:
    """Write all sizes into one ``.ico`` or ``.icns`` file; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sides = [side for side in SIZES if side <= 256] if path.suffix == ".ico" else [16, 32, 64, 128, 256, 512]
    largest, *others = [drawn(side) for side in reversed(sides)]
    largest.save(path, sizes=[(side, side) for side in sides], append_images=others)
    return path
