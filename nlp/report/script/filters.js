// What can be narrowed down; every list has an address, so it can be linked and Back works.

const WIDE = matchMedia("(min-width: 70rem)");
const FIELDS = [
  { key: "author", label: () => capital(head.grouped_by), options: () => same(head.groups) },
  { key: "frame", label: () => "Frame", options: () => head.frames },
  { key: "stance", label: () => "Stance", options: () => head.stances },
  { key: "by", label: () => "Seen", options: () => (head.frames.length ? Object.entries(BY) : []) },
  { key: "actor", label: () => "Name", options: actorOptions },
  { key: "kind", label: () => "Kind of name", options: () => same(head.kinds) },
  { key: "topic", label: () => "Topic", options: () => head.topics.map(([it, label]) => [it, `${it} ${label}`]) },
];

/** A cited author is asked for by the same id as the person, and so stands here once. */
function actorOptions() {
  return [...new Map(head.actors.map(([id, name]) => [id, name]))];
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
const same = (names) => names.map((it) => [it, it]);

// One node for all lists: a field that has the focus keeps it when the next list is drawn.
const filterFields = element("form", { class: "fields", submit: commitText });
const filterChips = element("p", { class: "chips" });
const filterSummary = element("summary", { click: () => (filtersOpen = !filterNode.open) }, "Filter");
const filterNode = element("details", { class: "filters" }, filterSummary, filterChips, filterFields);
let filtersOpen = null; // as the reader left them

/** The filters as a query has them. */
function filters(query) {
  const focused = filterFields.contains(document.activeElement) ? document.activeElement.closest("label") : null;
  const made = [...FIELDS.filter((it) => it.options().length).map((it) => field(query, it)), textField(query)];
  setChildren(filterFields, made.map((it) => (stays(focused, it) ? focused : it)));
  made.find((it) => it.isConnected && it.dataset.key === focused?.dataset.key)?.lastChild.focus();
  setChildren(filterChips, chips(query));
  filterNode.open = filtersOpen ?? WIDE.matches;
  return filterNode;
}

/** A field that the reader is in stays where it can say what is asked for. */
function stays(focused, made) {
  const alike = focused?.dataset.key === made.dataset.key && focused.textContent === made.textContent;
  if (alike && focused.lastChild.value !== made.lastChild.value) focused.lastChild.value = made.lastChild.value;
  return alike;
}

function go(query) {
  location.hash = formatQuery(query);
}

let narrowed = {}; // the last change: its key, and the address of the list that came of it

/** Fields outlive the list that they were made for: they narrow the one that is shown. */
function narrow(key, value) {
  const query = changed(list.query, key, value);
  const address = `#${formatQuery(query)}`;
  const goesOn = narrowed.key === key && narrowed.address === list.address;
  if (goesOn) location.replace(address); // trying value after value is one step for Back
  else go(query);
  narrowed = { key, address };
}

function field(query, { key, label, options }) {
  const [chosen, several] = [query[key]?.[0] ?? "", (query[key]?.length ?? 0) > 1];
  const known = options().some(([it]) => String(it) === String(chosen));
  const extra = several || (chosen && !known) ? [["\0", query[key].map(IN_WORDS[key]).join(", ")]] : [];
  const offered = [["", "any"], ...extra, ...options()];
  const made = choice(label(), offered, extra.length ? "\0" : chosen, (it) => narrow(key, it));
  made.dataset.key = key;
  return made;
}

/** Several searches are told in a chip, and the field is free for another one. */
const textOfQuery = (query) => (query.text?.length === 1 ? query.text[0] : "");

function textField(query) {
  const input = element("input", { type: "search", name: "text", value: textOfQuery(query), blur: leaveText });
  return element("label", { "data-key": "text" }, element("span", {}, "Words or “a phrase”"), input);
}

/** By Enter. */
function commitText(event) {
  event.preventDefault();
  const { value } = filterFields.elements.text;
  if (value.trim() !== textOfQuery(list.query)) narrow("text", value.trim());
}

/** Left for a link or a button beside it, the words are given up: a new list would take away what is being pressed. */
function leaveText(event) {
  const next = event.relatedTarget ?? pressed;
  if (isAskedFor(list) && !(panel.contains(next) && next.closest("a, button"))) commitText(event);
}

/** Whether a list is still what the address has: closing the panel and going back leave the field, too. */
function isAskedFor({ address }) {
  return location.hash.startsWith("#?") && `#${formatQuery(parseQuery(location.hash))}` === address;
}

// Not every browser gives links and buttons the focus that are pressed.
let pressed = null;
addEventListener("pointerdown", ({ target }) => (pressed = target), { capture: true });
for (const it of ["pointerup", "pointercancel"]) addEventListener(it, () => (pressed = null), { capture: true });

/** What else the query asks, each to be taken away. */
function chips(query) {
  const fixed = [...FIELDS.map((it) => it.key), "marked", textOfQuery(query) && "text"];
  const others = Object.keys(query).filter((it) => !fixed.includes(it));
  return others.map((key) => {
    const told = query[key].map(IN_WORDS[key]).join(", ");
    return button(`${steady(told)} ×`, () => narrow(key, ""), { "aria-label": `Remove: ${steady(told)}` });
  });
}
