"""The wheel brings the front-end libraries, so they must be there before it is built."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """Refuses to build a wheel whose pages would have neither style nor scripts."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        if version != "editable" and not (Path(self.root) / "static/vendor/htmx.min.js").exists():
            raise RuntimeError("the front-end libraries are missing: run `make setup` first")
