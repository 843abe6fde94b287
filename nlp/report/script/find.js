// Looks through the documents one after the other; those of files beside the page as they come.

/** The documents that a query may concern. */
function documentsAsked(query) {
  const marked = query.marked ? new Set(allMarks().map((it) => it.doc_id)) : null;
  return documentsInOrder().filter(
    (it) => wanted(query.author, it.group) && wanted(query.doc, it.id) && (!marked || marked.has(it.id)),
  );
}

/** Yields {items, read, total} after each document; a thousand are looked through without a stop. */
async function* search(query) {
  const asked = documentsAsked(query);
  for (const [place, about] of asked.entries()) {
    const data = await documentOf(about.id);
    yield { items: data ? itemsIn(query, data) : [], read: place + 1, total: asked.length };
  }
}

/** A promise of all items: passages by weight, all others in the order of the page. */
async function find(query) {
  const items = [];
  for await (const found of search(query)) items.push(...found.items);
  return inOrder(query, items);
}

function inOrder(query, items) {
  return levelOf(query) === "passages" ? items.sort((a, b) => b.weight - a.weight) : items;
}

const sumOf = (items, key) => items.reduce((total, it) => total + it[key], 0);

const COUNTS = {
  mentions: (items) => sumOf(items, "mentions"),
  words: (items) => sumOf(items, "words"),
  codes: (items) => items.reduce((total, it) => total + it.codes.length, 0),
};

/** How many things a table says that a query finds; for whoever checks the page by program. */
async function count(query, of) {
  const items = await find(query);
  return COUNTS[of] ? COUNTS[of](items) : items.length;
}
