"""A wheel brings the templates, static files and seeds; a checkout has them beside its sources."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS = ("templates", "static", "seeds")


class Assets(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the assets into meetings/_assets (see src/meetings/base/assets.py)."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add them to a wheel that is to be given away.

        Raises:
            RuntimeError: the front-end libraries, which git does not have, are not there yet.
        """
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "static/vendor/htmx.min.js").exists():
            raise RuntimeError("the front-end libraries are missing: run `make setup` first")
        for folder in ASSETS:
            build_data["force_include"][str(root / folder)] = f"meetings/_assets/{folder}"
