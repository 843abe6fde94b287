"""What can go wrong that a user can put right, and how messages show what comes from files."""

_SIGNS = {"\n": "⏎", "\r": "␍", "\t": "⇥", "\f": "␌"}


class CrossframeError(Exception):
    """A problem that the user can solve: what is wrong, where it is and what to do next."""

    def __init__(self, problem: str, *, where: object, hint: str) -> None:
        super().__init__(problem, str(where), hint)
        self.problem = problem
        self.where = str(where)
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """So that an error keeps its words on the way from a worker process."""
        return _rebuilt, (type(self), self.problem, self.where, self.hint)

    def __str__(self) -> str:
        return f"{visible(self.where)}: {visible(self.problem)}\n  -> {visible(self.hint)}"


def _rebuilt(kind: type[CrossframeError], problem: str, where: str, hint: str) -> CrossframeError:
    return kind(problem, where=where, hint=hint)


def visible(text: str) -> str:
    r"""The text in one line, with signs for what is not seen: `\n` -> `⏎`, a soft hyphen -> `<U+00AD>`.

    So no text can move the cursor, turn the direction of writing or hide a letter.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return _SIGNS.get(character, f"<U+{ord(character):04X}>")


def listed(problems: list[str], most: int = 10) -> str:
    """Several problems in one sentence, with how many more there are."""
    more = [f"and {len(problems) - most} more"] if len(problems) > most else []
    return "; ".join(problems[:most] + more)


def entry(key: str, number: int, name: str) -> str:
    """`entities[3] 'un'`: an entry of a file, counted from 1, as messages refer to it.

    Where the file is at hand, `store.places` adds the line to such words.
    """
    return f"{key}[{number + 1}] {name!r}"


class ConfigError(CrossframeError):
    """A YAML file that cannot be read, or says something the program does not understand."""


class CorpusError(CrossframeError):
    """A source text or a manifest entry that cannot be used."""


class CodingError(CrossframeError):
    """A code of the sample that points nowhere or names something unknown."""


class TableError(CrossframeError):
    """A table between two stages that does not have the promised form."""


class BusyError(CrossframeError):
    """Somebody else is writing the outputs right now."""
