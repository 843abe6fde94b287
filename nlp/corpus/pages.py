"""Where the pages of a text begin and end."""


def page_spans(text: str, count: int | None) -> list[tuple[int, int]]:
    r"""Half-open spans of the pages, in order; the form feeds between them belong to none.

    `count` is the number of pages where the format has pages. Plain text has them only if there are
    form feeds in it; then a blank rest after the last form feed is no page. `"a\fb"` -> (0, 1), (2, 3).
    """
    if count is None and "\f" not in text:
        return []
    spans, start = [], 0
    for page in text.split("\f"):
        spans.append((start, start + len(page)))
        start += len(page) + 1
    if count is None and not text[slice(*spans[-1])].strip():
        spans.pop()
    return spans
