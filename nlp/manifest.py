"""Documents as data: corpus/corpus.yaml."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from nlp.errors import entry

ALL = "all"  # in tables: all authors (or labels) together
REST = "rest"  # in tables: all authors but one
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def check_doc_id(doc_id: str) -> str:
    """Return the id, or raise ValueError: ids name files on every system, so they stay plain."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", doc_id) or ".." in doc_id:
        raise ValueError(
            f"doc_id {doc_id!r} must be up to 80 letters, digits, '.', '_', '-'; no '..', '/' or spaces"
        )
    if _RESERVED.fullmatch(doc_id.split(".")[0].lower()):
        raise ValueError(f"doc_id {doc_id!r} is a reserved file name on Windows")
    return doc_id


class Document(BaseModel):
    """One source text as the manifest describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    doc_id: str
    file: str = Field(min_length=1)
    authors: list[str] = Field(min_length=1)
    author: str = Field(pattern=r"\S", description="The label that groups documents.")
    year: Annotated[int, Field(ge=-5000, le=5000)] | None
    title: str
    venue: str | None
    kind: str
    language: str
    rights: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    reader: str | None = Field(
        default=None, min_length=1, description="What read the file when it was added, with its version."
    )
    pages: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="Pages of the file, where its format has pages."
    )
    warnings: list[str] = Field(
        default=[], description="What was unusual when the file was read on being added."
    )

    _plain_id = field_validator("doc_id")(check_doc_id)

    @field_validator("file")
    @classmethod
    def _inside_corpus(cls, file: str) -> str:
        path = PurePosixPath(file)
        if path.is_absolute() or ".." in path.parts or "\\" in file:
            raise ValueError(f"file {file!r} must be a relative path inside the corpus folder")
        if path.as_posix() != file:
            raise ValueError(f"file {file!r} is written plainer as {path.as_posix()!r}")
        return file


class Manifest(BaseModel):
    """The whole of corpus.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    documents: list[Document] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_differ(self) -> "Manifest":
        same: dict[str, list[int]] = {}
        for at, document in enumerate(self.documents):
            same.setdefault(document.doc_id.casefold(), []).append(at)
        if doubled := [self._told(places) for _, places in sorted(same.items()) if len(places) > 1]:
            raise ValueError(
                f"doc_id used twice (capitals do not count as a difference): {'; '.join(doubled)}"
            )
        for kind in ("file", "sha256"):
            owner: dict[str, int] = {}
            for at, document in enumerate(self.documents):
                if (other := owner.setdefault(getattr(document, kind), at)) != at:
                    raise ValueError(f"{self._told([other, at])} are the same text (same {kind})")
        for taken, meaning in ((ALL, "all together"), (REST, "all others")):
            if any(document.author == taken for document in self.documents):
                raise ValueError(f"author {taken!r} is taken: the tables use it for {meaning}")
        return self

    def _told(self, numbers: Sequence[int]) -> str:
        return " and ".join(entry("documents", it, self.documents[it].doc_id) for it in numbers)
