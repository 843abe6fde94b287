// What can be narrowed down; every change is a new address, so lists can be linked and Back works.

const WIDE = matchMedia("(min-width: 70rem)");
let filtersOpen = null; // as the reader left them

function filters(query) {
  const fields = FIELDS.filter((it) => it.options().length).map((it) => field(query, it));
  const form = element("div", { class: "fields" }, ...fields, textField(query));
  const open = filtersOpen ?? WIDE.matches;
  const made = element("details", { class: "filters", open }, element("summary", {}, "Filter"), chips(query), form);
  made.addEventListener("toggle", () => (filtersOpen = made.open));
  return made;
}

const same = (names) => names.map((it) => [it, it]);
const FIELDS = [
  { key: "author", label: () => capital(head.grouped_by), options: () => same(head.groups) },
  { key: "frame", label: () => "Frame", options: () => head.frames },
  { key: "stance", label: () => "Stance", options: () => head.stances },
  { key: "by", label: () => "Seen", options: () => (head.frames.length ? Object.entries(BY) : []) },
  { key: "actor", label: () => "Name", options: () => head.actors.map(([id, name]) => [id, name]) },
  { key: "kind", label: () => "Kind of name", options: () => same(head.kinds) },
  { key: "topic", label: () => "Topic", options: () => head.topics.map(([it, label]) => [it, `${it} ${label}`]) },
];

const capital = (word) => word[0].toUpperCase() + word.slice(1);

function go(query) {
  location.hash = formatQuery(query);
}

function field(query, { key, label, options }) {
  const [chosen, several] = [query[key]?.[0] ?? "", (query[key]?.length ?? 0) > 1];
  const known = options().some(([it]) => String(it) === String(chosen));
  const extra = several || (chosen && !known) ? [["\0", query[key].map(IN_WORDS[key]).join(", ")]] : [];
  const offered = [["", "any"], ...extra, ...options()];
  return choice(label(), offered, extra.length ? "\0" : chosen, (it) => go(changed(query, key, it)));
}

function textField(query) {
  const input = element("input", { type: "search", value: query.text?.[0] ?? "" });
  input.addEventListener("change", () => go(changed(query, "text", input.value.trim())));
  return element("label", {}, element("span", {}, "Words or “a phrase”"), input);
}

/** What else the query asks, each to be taken away. */
function chips(query) {
  const fixed = [...FIELDS.map((it) => it.key), "text", "marked"];
  const others = Object.keys(query).filter((it) => !fixed.includes(it));
  const made = others.map((key) => {
    const told = query[key].map(IN_WORDS[key]).join(", ");
    return button(`${steady(told)} ×`, () => go(changed(query, key, "")), { "aria-label": `Remove: ${steady(told)}` });
  });
  return made.length ? element("p", { class: "chips" }, ...made) : null;
}
