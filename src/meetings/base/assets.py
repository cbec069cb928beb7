"""Where the files are that are not code: beside the sources in a checkout, inside a wheel else."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Assets:
    """The folders of templates, static files and seeds."""

    root: Path

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def static(self) -> Path:
        return self.root / "static"

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"


def _root() -> Path:
    package = Path(__file__).parents[1]
    inside = package / "_assets"
    return inside if inside.is_dir() else package.parents[1]


ASSETS = Assets(_root())
