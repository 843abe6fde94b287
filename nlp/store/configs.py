"""The YAML files of a project, read strictly."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from nlp.claims import Claims
from nlp.codebook import Codebook
from nlp.errors import ConfigError, listed
from nlp.manifest import Manifest
from nlp.params import Params
from nlp.registry import Registry
from nlp.store import places
from nlp.store.project import Project

Model = TypeVar("Model", bound=BaseModel)
MAX_BYTES = 2_000_000
PARAMS, MANIFEST = "configs/params.yaml", "corpus/corpus.yaml"
CLAIMS = "outputs/claims.yaml"  # written by people; all else under outputs/ is written by runs

CONFIGS: dict[str, tuple[str, type[BaseModel]]] = {
    "codebook": ("configs/codebook.yaml", Codebook),
    "registry": ("configs/entities.yaml", Registry),
}


def read_params(project: Project) -> Params:
    return read_yaml(project, PARAMS, Params)


def read_manifest(project: Project) -> Manifest:
    return read_yaml(project, MANIFEST, Manifest)


def read_claims(project: Project) -> Claims:
    """What a paper rests on; a project without the file claims nothing."""
    there = (project.root / CLAIMS).exists()
    return read_yaml(project, CLAIMS, Claims) if there else Claims(claims=[])


def read_config(project: Project, name: str) -> BaseModel:
    """A configuration that stages take by name: see CONFIGS."""
    path, model = CONFIGS[name]
    return read_yaml(project, path, model)


def read_yaml(project: Project, shown: str, model: type[Model]) -> Model:
    """The file as `model`. YAML 1.2; doubled, unknown and missing keys are errors, all told at once."""
    return checked(_read(project.root / shown, shown), shown, model)


def checked(text: str, shown: str, model: type[Model]) -> Model:
    """The text of a YAML file as `model`; `shown` is the file's name for messages."""
    content = parse(text, shown)
    if content is None:
        raise ConfigError("empty", where=shown, hint="write its entries, or restore it with git")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        lines = places.Places(text)
        problems = [_told(lines, found["loc"], found["msg"]) for found in error.errors()]
        raise ConfigError(
            listed(problems), where=shown, hint="correct these entries and run again"
        ) from None


def _read(path: Path, shown: str) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"larger than {MAX_BYTES} bytes", where=shown, hint="split or trim the file")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError("no such file", where=shown, hint="create it, or restore it with git") from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"not UTF-8 at byte {error.start}", where=shown, hint="save the file as UTF-8"
        ) from None
    except OSError as error:
        raise ConfigError(
            f"cannot be read ({type(error).__name__})", where=shown, hint="put a readable YAML file there"
        ) from None


def parse(text: str, shown: str) -> object:
    """The content of a YAML text as it is; `shown` is the file's name for messages."""
    from ruamel.yaml import YAML  # 0.1 s, not needed for --help
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except RecursionError as error:
        raise ConfigError(
            f"cannot be read ({type(error).__name__})", where=shown, hint="put a readable YAML file there"
        ) from None
    except DuplicateKeyError:
        doubled = places.Places(text).doubled()
        told = [f"line {it.again}: {it.path}: stands in line {it.first} too" for it in doubled]
        raise ConfigError(
            listed(told), where=shown, hint="keep one of each, or join them, and run again"
        ) from None
    except (YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {places.line_at(text, mark.index)}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ConfigError(
            f"not valid YAML{line}: {problem}", where=shown, hint="correct the line and run again"
        ) from None


def _told(lines: places.Places, location: tuple[int | str, ...], message: str) -> str:
    """`line 12: frames[2].label: Field required`, so that the entry can be found."""
    line = lines.line(location)
    told = lines.with_lines(message.removeprefix("Value error, "))
    return f"{f'line {line}: ' if line else ''}{places.shown(location) or 'the file'}: {told}"
