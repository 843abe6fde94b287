"""registry_entries: entities.yaml as text keeps every byte that is not about the entities put in."""

from pathlib import Path

import pytest
from conftest import GOLDEN, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ConfigError
from nlp.registry import Alias, Entity
from nlp.store.configs import MAX_BYTES
from nlp.store.project import Project
from nlp.store.registry_entries import SHOWN, read_text, registry, with_entities, write

DENSE = (GOLDEN / "configs" / "entities.yaml").read_bytes().decode()
LAST = "  - {id: holt, name: Mira Holt, label: PERSON, kind: person, aliases: [Holt]}\n"
LINES = """\
entities:

  # One
  - id: alpha
    name: Alpha
    label: ORG
    kind: organisation

  # Two
  - id: beta
    name: Beta
    label: ORG
    kind: organisation
    aliases:
      - Second  # in the texts

  # and more

groups: # none yet
  []
"""


def entity(entity_id: str = "new-one", name: str = "New One", **values: object) -> Entity:
    given = {"id": entity_id, "name": name, "label": "ORG", "kind": "organisation", **values}
    return Entity.model_validate(given)


FORMS = {
    "groups after the list": DENSE,
    "nothing after the list": DENSE[: DENSE.index("\ngroups:")],
    "no line end at the end": DENSE[: DENSE.index("\ngroups:")].rstrip("\n"),
    "groups before the list": DENSE[DENSE.index("groups:") :] + DENSE[: DENSE.index("\ngroups:")],
    "Windows line ends": DENSE.replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + DENSE,
    "dashes without indent": DENSE.replace("\n  ", "\n"),
    "blank lines, comments, lists in lines": LINES,
    "a comment behind the last entry": DENSE.replace(LAST, LAST.rstrip("\n") + "  # mine\n"),
    "comments under the last entry": DENSE.replace(LAST, LAST + "  # more to come\n\n# end\n"),
    "an entry in two lines": DENSE.replace(LAST, LAST.replace("label:", "\n     label:")),
    "nothing yet": "entities: []  # none\ngroups: []\n",
    "as delivered": (ROOT / SHOWN).read_bytes().decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_other_bytes_stay(form: str) -> None:
    before, new = FORMS[form], [entity(), entity("second", "Second One", acronyms=["SO"])]
    after, written = with_entities(before, new)
    old, found = registry(before), registry(after)
    assert found.entities == (*old.entities, *new)
    assert found.groups == old.groups
    lines = after.split("\r\n" if "\r\n" in before else "\n")
    for it in written:
        assert lines[it.line - 1 : it.line - 1 + len(it.lines)] == list(it.lines)
        assert it.lines[0].lstrip().startswith("- {id: ")
    if form != "nothing yet":
        added = len(after) - len(before)
        at = next((at for at, sign in enumerate(before) if sign != after[at]), len(before))
        assert after[:at] + after[at + added :] == before  # one stretch was put in, and nothing else


def test_entries_follow_the_last_one() -> None:
    after, written = with_entities(DENSE, [entity(), entity("b", "B")])
    new = (
        "  - {id: new-one, name: New One, label: ORG, kind: organisation}\n"
        "  - {id: b, name: B, label: ORG, kind: organisation}\n"
    )
    assert after == DENSE.replace(LAST, LAST + new)
    assert [it.line for it in written] == [13, 14]


def test_entries_stand_apart_where_most_do() -> None:
    after, _ = with_entities(LINES, [entity()])
    assert "# in the texts\n\n  - {id: new-one, " in after


def test_an_empty_list_takes_its_first_entries() -> None:
    after, written = with_entities(FORMS["nothing yet"], [entity(), entity("b", "B")])
    assert after.startswith("entities:  # none\n  - {id: new-one")
    assert [it.line for it in written] == [2, 3]


def test_conditions_are_written_where_there_are_any() -> None:
    aliases = (
        Alias(name="One"),
        Alias(name="No: 1", case="exact"),
        Alias(name="no", language="en", if_defined=True),
    )
    _, (written,) = with_entities(DENSE, [entity("nn", "Nn", aliases=aliases)])
    assert written.lines == (
        "  - id: nn",
        "    name: Nn",
        "    label: ORG",
        "    kind: organisation",
        '    aliases: [One, {name: "No: 1", case: exact}, {name: "no", language: en, if_defined: true}]',
    )


@pytest.mark.parametrize(("length", "lines"), [(56, 1), (57, 4)])
def test_an_entry_that_fits_has_one_line(length: int, lines: int) -> None:
    _, (written,) = with_entities(DENSE, [entity("nn", "N" * length)])
    assert len(written.lines) == lines
    assert max(map(len, written.lines)) <= 108


def test_long_lists_go_on_in_further_lines() -> None:
    names = [f"Name number {number} of it" for number in range(1, 7)]
    _, (written,) = with_entities(DENSE, [entity("nn", "N", aliases=names)])
    assert written.lines[4:] == (
        "    aliases: [Name number 1 of it, Name number 2 of it, Name number 3 of it, Name number 4 of it,",
        "      Name number 5 of it, Name number 6 of it]",
    )


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
conditions = st.fixed_dictionaries(
    {"name": texts}, optional={"case": st.just("exact"), "language": st.just("en")}
)


@settings(max_examples=60)
@given(texts, st.lists(conditions, max_size=8), st.lists(texts, max_size=4))
def test_any_name_is_written_so_that_it_is_read_again(
    name: str, aliases: list[dict[str, str]], acronyms: list[str]
) -> None:
    new = entity("nn", name, label=name, aliases=aliases, acronyms=acronyms)
    after, (written,) = with_entities(DENSE, [new])
    assert registry(after).entities[-1] == new
    assert after.replace("\n".join(written.lines) + "\n", "", 1) == DENSE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("entities: [\n", "not valid YAML in line"),
        ("groups: []\n", "entities: Field required"),
        ("# nothing\n", "empty"),
        ("entities:\n", "line 1: entities: Input should be a valid tuple"),
        ("entities: [{id: a, name: A, label: ORG, kind: person}]\n", "cannot edit"),
        ('"entities": []\n', "cannot edit"),
    ],
)
def test_what_cannot_be_edited_is_left_alone(text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=rf"configs/entities\.yaml: .*{told}"):
        with_entities(text, [entity()])


def test_a_name_of_somebody_else_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"'Sarn' names both entities\[2\] 'sarn' and entities\[8\] 'nn'"):
        with_entities(DENSE, [entity("nn", "Sarn")])


def changed(project: Project) -> tuple[Path, str, str]:
    before = read_text(project)
    return project.root / SHOWN, before, with_entities(before, [entity()])[0]


def test_a_registry_keeps_its_rights_and_its_place(project: Project) -> None:
    path, before, after = changed(project)
    elsewhere = project.root / "elsewhere.yaml"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    elsewhere.chmod(0o640)
    write(project, before=before, after=after)
    assert path.is_symlink()
    assert elsewhere.read_bytes().decode() == after
    assert elsewhere.stat().st_mode & 0o777 == 0o640


def test_a_registry_that_somebody_else_has_changed_is_not_overwritten(project: Project) -> None:
    path, before, after = changed(project)
    path.write_bytes(before.encode() + b"# mine\n")
    with pytest.raises(ConfigError, match="has changed in the meantime"):
        write(project, before=before, after=after)
    assert path.read_bytes() == before.encode() + b"# mine\n"


def test_a_read_only_registry_is_not_replaced(project: Project) -> None:
    path, before, after = changed(project)
    path.chmod(0o444)
    with pytest.raises(ConfigError, match=r"entities\.yaml: is read-only\n  -> make it writable"):
        write(project, before=before, after=after)
    assert read_text(project) == before


def test_a_registry_that_a_run_would_refuse_for_its_size_is_not_written(project: Project) -> None:
    _, before, after = changed(project)
    with pytest.raises(ConfigError, match="would be larger"):
        write(project, before=before, after=after + "#" * MAX_BYTES)
    assert read_text(project) == before


def test_a_registry_that_is_not_there_or_not_text_is_told(project: Project) -> None:
    path = project.root / SHOWN
    path.write_bytes(b"caf\xe9")
    with pytest.raises(ConfigError, match="not UTF-8 at byte 3"):
        read_text(project)
    path.unlink()
    with pytest.raises(ConfigError, match="no such file"):
        read_text(project)
