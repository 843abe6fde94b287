"""places: messages tell the line of what they speak of, however the file is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from nlp.errors import ConfigError
from nlp.manifest import Manifest
from nlp.registry import Registry
from nlp.store.configs import checked, read_yaml
from nlp.store.places import Places, shown
from nlp.store.project import Project

REGISTRY = """\
# Actors

entities:
  - {id: a, name: Alpha, label: ORG, kind: organisation}  # the first
  - id: b
    name: Beta
    label: ORG
    kind: organisation
    aliases:
      - Second
      # not sure
      - {name: ALPHA,
         case: exact}
groups:
  - id: g
    name: Both
    members: [a,
      b]
"""


def problem(text: str, model: type[Registry] | type[Manifest] = Registry) -> str:
    with pytest.raises(ConfigError) as caught:
        checked(text, "x.yaml", model)
    return caught.value.problem


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", "'ALPHA' names both entities[1] 'a' (line 4) and entities[2].aliases[2] 'b' (line 12):"),
        ("id: b", "id: a", "id 'a' used twice: entities[1] 'a' (line 4) and entities[2] 'a' (line 5)"),
        ("    label: ORG\n", "", "line 5: entities[2].label: Field required"),
        ("    label: ORG", "    label: 3", "line 7: entities[2].label: Input should be a valid string"),
        ("- Second", "- 3", "line 10: entities[2].aliases[1]: Input should be"),
        ("- Second", '- ""', "line 10: entities[2].aliases[1].name: String should have at least 1"),
        ("case: exact", "cast: 3", "line 13: entities[2].aliases[2].cast: Extra inputs"),
        ("name: Both\n", "name: Both\n    colour: red\n", "line 17: groups[1].colour: Extra inputs"),
        ("      b]", "      c]", "groups[1].members[2] 'c' (line 18) is not in the list"),
        ("    label: ORG", "    label: ORG\n    metonym_of: z", "entities[2] 'b' (line 5) refers to 'z'"),
        (
            "    label: ORG",
            "    label: ORG\n    metonym_of: b",
            "entities[2] 'b' (line 5) stands for itself",
        ),
        ("    label: ORG", "    label: ORG\n    id: c", "line 8: entities[2].id: stands in line 5 too"),
        ("# Actors", "groups: []", "line 14: groups: stands in line 1 too"),
        ("case: exact", "case: exact, name: A", "line 13: entities[2].aliases[2].name: stands in line 12"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_a_mistake_is_told_with_its_line(
    old: str, new: str, told: str, newline: str, mark: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = REGISTRY.replace(old, new, 1).replace("\n", newline)
    project = Project(tmp_path_factory.mktemp("project"))
    (project.root / "x.yaml").write_bytes((mark + text).encode())
    with pytest.raises(ConfigError, match=re.escape(told)):
        read_yaml(project, "x.yaml", Registry)
    assert told in problem(text)


def test_documents_are_told_with_both_lines() -> None:
    entry = (
        "- {doc_id: ID, file: ID, authors: [A], author: A, year: 1, title: T, venue: V, kind: k,\n"
        "   language: en, rights: r, sha256: " + "a" * 64 + "}\n"
    )
    text = "documents:\n" + entry.replace("ID", "a") + entry.replace("ID", "A")
    assert "documents[1] 'a' (line 2) and documents[2] 'A' (line 4)" in problem(text, Manifest)


def test_other_separators_of_lines_do_not_count() -> None:
    text = REGISTRY.replace("Alpha,", "Al\u2028\u0085pha,").replace("    label: ORG\n", "")
    assert problem(text).startswith("line 5: entities[2].label: ")


def test_an_anchor_is_told_where_it_is_used() -> None:
    text = "entities: []\ngroups:\n- {id: g, name: &n 3, members: [x]}\n- id: h\n  name: *n\n"
    assert problem(text).startswith("line 3: groups[1].name: ")
    assert "line 5: groups[2].name: " in problem(text)


def test_what_is_not_in_the_file_has_no_line() -> None:
    message = "see entities[9] 'x', other.thing, entities[1].colour and https://a.b/c"
    assert Places(REGISTRY).with_lines(message) == message
    assert Places(REGISTRY).line(["unknown"]) is None
    assert problem("groups: []\n") == "entities: Field required"


words = st.text("abc", min_size=1, max_size=3)
trees = st.recursive(
    words, lambda it: st.lists(it, max_size=3) | st.dictionaries(words, it, max_size=3), max_leaves=12
)


@given(trees, st.data())
def test_whatever_stands_alone_in_its_line_is_found_there(tree: object, data: st.DataObject) -> None:
    from io import StringIO

    stream = StringIO()
    YAML().dump({"root": tree}, stream)
    location: list[int | str] = ["root"]
    node = tree
    while isinstance(node, list | dict) and node:
        steps = list(node) if isinstance(node, dict) else list(range(len(node)))
        step = data.draw(st.sampled_from(steps))
        location, node = [*location, step], node[step]
    line = Places(stream.getvalue()).line(location)
    assert line is not None
    assert str(node if isinstance(node, str) else "") in stream.getvalue().split("\n")[line - 1]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ((), ""),
        (("coder", "zones"), "coder.zones"),
        (("frames", 1, "cues", "verbs", 0), "frames[2].cues.verbs[1]"),
        (("frames", 1, "cues", "", 0), "frames[2].cues[1]"),
    ],
)
def test_a_place_is_told_as_people_count(location: tuple[int | str, ...], expected: str) -> None:
    assert shown(location) == expected
