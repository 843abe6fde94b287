"""Where things are in a project folder."""

from dataclasses import dataclass
from pathlib import Path

from nlp.errors import ConfigError


@dataclass(frozen=True)
class Project:
    """A folder with corpus/, configs/ and outputs/."""

    root: Path

    @property
    def corpus(self) -> Path:
        return self.root / "corpus"

    @property
    def configs(self) -> Path:
        return self.root / "configs"

    @property
    def outputs(self) -> Path:
        return self.root / "outputs"

    @property
    def work(self) -> Path:
        return self.outputs / "work"

    @property
    def report(self) -> Path:
        return self.outputs / "report" / "index.html"

    def shown(self, path: Path) -> str:
        """The path as messages show it: from the project folder, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def open_project(root: Path) -> Project:
    """The project in this folder, or ConfigError if there is none."""
    if not (root / "configs" / "params.yaml").is_file():
        raise ConfigError(
            "no configs/params.yaml here",
            where=root,
            hint="change to the project's folder, or name it with --project",
        )
    return Project(root)
