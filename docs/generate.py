"""Writes what the documentation takes from the code: `make docs`. tests/test_docs.py checks it."""

import re
from pathlib import Path

from nlp import tables
from nlp.params import Params
from nlp.pipeline import STAGES, WRITER
from nlp.store.results import table_files

ROOT = Path(__file__).parents[1]
MADE = "<!-- made by `make docs`; do not edit -->"


def pages() -> dict[Path, str]:
    """Every generated file with what it should say."""
    readme = ROOT / "README.md"
    return {
        readme: _between(readme.read_text(encoding="utf-8"), "stages", stage_table()),
        ROOT / "docs" / "tables.md": tables_page(),
        ROOT / "docs" / "parameters.md": parameters_page(),
    }


def _between(text: str, mark: str, content: str) -> str:
    pattern = rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)"
    return re.sub(pattern, lambda found: f"{found[1]}{content}\n{found[2]}", text, flags=re.DOTALL)


def stage_table() -> str:
    lines = ["| stage | what it does | reads | writes | by document |", "| --- | --- | --- | --- | --- |"]
    for stage in STAGES:
        reads = ", ".join([*stage.reads, *stage.configs])
        writes = ", ".join([*stage.writes, *stage.files.values()])
        by_document = "yes" if stage.by_document else ""
        lines.append(f"| `{stage.name}` | {stage.does} | {reads} | {writes} | {by_document} |")
    return "\n".join(lines)


def tables_page() -> str:
    lines = ["# Tables", "", MADE, "", _first_paragraph(tables.__doc__)]
    published = {name for stage in STAGES for name in stage.publishes}
    for name, schema in tables.SCHEMAS.items():
        writer = f"Written by `{WRITER[name].name}`." if name in WRITER else "Read from `corpus/`."
        if name in published:
            writer += f" Published as `{table_files(name)[0]}`, `.parquet` and `.md`."
        key = ", ".join(f"`{column}`" for column in tables.KEYS[name])
        text = " ".join(str(schema.__doc__).split())
        lines += ["", f"## {name}", "", f"{text} {writer} Key: {key}.", ""]
        lines += ["| column | type | what it is |", "| --- | --- | --- |"]
        for column, it in schema.to_schema().columns.items():
            optional = ", may be missing" if it.nullable else ""
            lines.append(f"| `{column}` | {it.dtype}{optional} | {it.description} |")
    return "\n".join(lines) + "\n"


def parameters_page() -> str:
    about = "one for each stage, and one for the draws of sentences to code"
    lines = ["# Parameters", "", MADE, "", f"The sections of `configs/params.yaml`: {about}."]
    for name, section in Params.model_fields.items():
        model = section.annotation
        assert model is not None
        lines += ["", f"## {name}", "", "| parameter | what it does |", "| --- | --- |"]
        lines += [f"| `{key}` | {it.description} |" for key, it in model.model_fields.items()]
    return "\n".join(lines) + "\n"


def _first_paragraph(text: str | None) -> str:
    return " ".join(str(text).split())


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")
