"""Build hook: puts weights and resources inside the package of a wheel, where paths.py finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedFiles(BuildHookInterface[Any]):  # type: ignore[misc]
    """Maps ``weights/`` and ``resources/`` to ``aestudio/_shipped/`` unless the install is editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the two folders to what hatchling puts into the wheel."""
        if version == "editable":
            return
        for name in ("weights", "resources"):
            folder = Path(self.root) / name
            if not folder.is_dir():
                raise FileNotFoundError(f"{folder} is missing: a wheel without it could not restore anything.")
            build_data["force_include"][str(folder)] = f"aestudio/_shipped/{name}"
