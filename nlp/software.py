"""Installed software: the versions that stages compute with, and under which licences it is."""

from importlib import metadata

from pydantic import BaseModel

from nlp import embedding
from nlp.errors import ConfigError
from nlp.pipeline import Stage

_SHORT = 60  # characters of a licence's name; what is longer is its text


def versions(stage: Stage, params: BaseModel) -> dict[str, str]:
    """Installed versions of the libraries and the model that the stage computes with."""
    found = {name: metadata.version(name) for name in stage.libraries}
    if stage.model:
        found |= {key: version for key, _, version in [model(stage, params)]}
    return found


def model(stage: Stage, params: BaseModel) -> tuple[str, str, str]:
    """What the stage's model is called in keys of parts, its name, and its version."""
    assert stage.model is not None
    chosen = getattr(params, stage.model)
    if stage.model == "embedding":
        return stage.model, chosen.model, embedding.version(chosen.model)
    return chosen, chosen, _installed(chosen, f"configs/params.yaml: {stage.name}.{stage.model}")


def _installed(name: str, where: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        raise ConfigError(
            f"{name!r} is not installed", where=where, hint="install it with pip, or name another one"
        ) from None


def about(name: str) -> dict[str, str]:
    """What the metadata of an installed package say, by field, each once; nothing if there are none."""
    try:
        found = metadata.metadata(name)
        return {field: found[field] for field in found}
    except metadata.PackageNotFoundError:
        return {}


def licence(name: str) -> str:
    """The licence in a line, as the metadata of an installed package tell it; empty if they do not.

    An SPDX expression (PEP 639) where there is one; else the field License, unless the package has put
    the whole text there; else its classifier.
    """
    known = about(name)
    named = known.get("License-Expression") or known.get("License", "").strip()
    if named and "\n" not in named and len(named) <= _SHORT:
        return named
    return _classified(name) or named.partition("\n")[0]


def _classified(name: str) -> str:
    try:
        found = metadata.metadata(name).get_all("Classifier") or []
    except metadata.PackageNotFoundError:
        return ""
    licences = [it for it in found if it.startswith("License :: ") and it.count(" :: ") > 1]
    return ", ".join(it.rpartition(" :: ")[2] for it in licences)
