"""Installed software: the versions that stages compute with."""

from importlib import metadata

from pydantic import BaseModel

from nlp import embedding
from nlp.errors import ConfigError
from nlp.pipeline import Stage


def versions(stage: Stage, params: BaseModel) -> dict[str, str]:
    """Installed versions of the libraries and the model that the stage computes with."""
    found = {name: metadata.version(name) for name in stage.libraries}
    if stage.model == "embedding":
        found["embedding"] = embedding.version(getattr(params, stage.model).model)
    elif stage.model:
        name = getattr(params, stage.model)
        found[name] = _installed(name, f"configs/params.yaml: {stage.name}.{stage.model}")
    return found


def _installed(name: str, where: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        raise ConfigError(
            f"{name!r} is not installed", where=where, hint="install it with pip, or name another one"
        ) from None
