// Tables are sorted, filtered, paged and copied.

const PAGE_ROWS = 50;
const FILTERED_FROM = 20; // rows

function toolsFor(table) {
  const rows = [...table.tBodies].flatMap((it) => [...it.rows]);
  if (!rows.length || !table.tHead) return;
  const state = { table, rows, order: rows, matching: rows, page: 0, all: false };
  if (isPlain(table)) makeSortable(state);
  const tools = element("div", { class: "table-tools", role: "group", "aria-label": nameOf(table) }, ...paging(state), ...filterTool(state), ...copyTools(state));
  (table.closest(".scroll") ?? table).after(tools);
  if (rows.length > PAGE_ROWS) draw(state);
}

/** Rows that span others, or stand in groups, keep their order. */
function isPlain(table) {
  return table.tBodies.length === 1 && !table.tBodies[0].querySelector("[rowspan], [colspan]");
}

function makeSortable(state) {
  const cells = [...state.table.tHead.rows].at(-1).cells;
  if ([...cells].some((it) => it.colSpan > 1)) return;
  for (const [column, cell] of [...cells].entries()) if (cell.textContent.trim()) makeSort(state, cell, column);
}

/** The head becomes a button; where it has a link, a button stands beside this. */
function makeSort(state, cell, column) {
  const sign = element("span", { class: "sort-sign", "aria-hidden": "true" });
  const made = button("", () => sortBy(state, cell, column), { class: "sort" });
  if (cell.querySelector("a")) {
    made.setAttribute("aria-label", `Sort by ${textIn(cell)}`);
    made.append(sign);
    cell.append(made);
  } else {
    made.append(...cell.childNodes, sign);
    cell.append(made);
  }
}

const NEXT = { ascending: "descending", descending: "ascending" };

/** Numbers first from the largest down, words from a to z; once more turns the order. */
function sortBy(state, cell, column) {
  const keys = new Map(state.rows.map((it) => [it, keyIn(it.cells[column])]));
  const numeric = [...keys.values()].every((it) => it.number !== null || it.empty);
  const way = NEXT[cell.getAttribute("aria-sort")] ?? (numeric ? "descending" : "ascending");
  for (const it of cell.parentNode.cells) it.removeAttribute("aria-sort");
  cell.setAttribute("aria-sort", way);
  state.order = [...state.rows].sort((a, b) => compare(keys.get(a), keys.get(b), numeric, way));
  state.page = 0;
  refresh(state);
}

/** What a cell is sorted by: what stands in it but for small print. */
function keyIn(cell) {
  const copy = cell?.cloneNode(true) ?? element("td");
  for (const it of copy.querySelectorAll("small, br ~ *")) it.remove();
  const text = tidy(copy.textContent);
  return { text, number: numberIn(text), empty: UNKNOWN.test(text) };
}

const UNKNOWN = /^([–—-]?|too few|unknown)$/;
const NUMBER = /^[<>≈~]?\s*([+−-]?(?:\d+\.?\d*|\.\d+))(?:\s*(?:%|points))?(?:\s*(\/|of|to|–)\s*([+−-]?[\d.]+)(?:\s*%)?)?$/;

/** 12.3 %, −4 points, < 0.001, 1,234, 12 / 345, −2.1 to 3: the number that comes first; 9 of 10: the share. */
function numberIn(text) {
  const found = text.replace(/(\d)[,\u202f\u00a0 ](?=\d{3}(\D|$))/g, "$1").match(NUMBER);
  if (!found) return null;
  const number = Number(found[1].replace("−", "-"));
  if (found[2] === "of") return number / Number(found[3]);
  return text.startsWith("<") ? number - 1e-9 : number;
}

function compare(a, b, numeric, way) {
  if (a.empty || b.empty) return Number(a.empty) - Number(b.empty);
  const up = numeric ? a.number - b.number : a.text.localeCompare(b.text, undefined, { numeric: true });
  return way === "ascending" ? up : -up;
}

function refresh(state) {
  const matches = new Set(state.matching);
  state.matching = state.order.filter((it) => matches.has(it));
  if (isPlain(state.table)) state.table.tBodies[0].append(...state.order);
  draw(state);
}

/** Hides the rows of other pages. */
function draw(state) {
  const { rows, matching, page, all } = state;
  const pages = Math.max(1, Math.ceil(matching.length / PAGE_ROWS));
  state.page = Math.min(page, pages - 1);
  const first = all ? 0 : state.page * PAGE_ROWS;
  const shown = new Set(all ? matching : matching.slice(first, first + PAGE_ROWS));
  for (const it of rows) it.hidden = !shown.has(it);
  state.told?.replaceChildren(matching.length ? `Rows ${first + 1}–${first + shown.size} of ${matching.length}` : "No such row");
  if (state.steps) for (const [at, it] of state.steps.entries()) it.ariaDisabled = String(all || (at ? state.page >= pages - 1 : !state.page));
}

function paging(state) {
  if (state.rows.length <= PAGE_ROWS) return [];
  const turn = (step) => ({ currentTarget: it }) => it.ariaDisabled === "true" || ((state.page += step), draw(state));
  state.told = element("span", { role: "status" });
  state.steps = [button("Previous", turn(-1)), button("Next", turn(1))];
  const all = button("All rows", () => {
    state.all = !state.all;
    all.setAttribute("aria-pressed", String(state.all));
    draw(state);
  }, { "aria-pressed": "false" });
  return [state.told, ...state.steps, all];
}

function filterTool(state) {
  if (state.rows.length <= FILTERED_FROM) return [];
  const input = element("input", { type: "search", placeholder: "Filter rows", "aria-label": "Filter rows" });
  let texts = null; // by row, with what spans it
  input.addEventListener("input", () => {
    texts ??= new Map(gridOf(state.rows).map((line, at) => [state.rows[at], line.join(" ")]));
    const patterns = patternsOf(input.value);
    state.matching = state.order.filter((it) => searchIn(texts.get(it), patterns));
    state.page = 0;
    draw(state);
  });
  return [input];
}

/** All rows that match, whatever page they are on; groups of rows are read as a whole. */
function copyTools(state) {
  const matching = ([heads, ...lines]) => {
    const matches = new Set(state.matching);
    return [heads, ...lines.filter((_, at) => matches.has(state.order[at]))];
  };
  const csv = () => toCsv(matching(wideGridOf(state.table, state.order)));
  const markdown = () => `**${titleOf(state.table)}**\n\n${toMarkdown(matching([headOf(state.table), ...gridOf(state.order)]))}`;
  return [copyButton("Copy CSV", csv), copyButton("Copy Markdown", markdown)];
}

/** The whole cell opens what its figure does. */
function openByCell(event) {
  const cell = event.target.closest("main tbody td");
  if (!cell || event.target.closest("a, button, summary, input") || !getSelection().isCollapsed) return;
  figureOf(cell)?.click();
}

/** The pointer tells where a click opens something. */
function pointAt({ target }) {
  const cell = target.closest("main tbody td");
  cell?.classList.toggle("leads", Boolean(figureOf(cell)));
}

/** The cell's own figure; in columns without any (interval, p, q) the one before, of which they say more. */
function figureOf(cell) {
  const own = cell.querySelector("a.opens");
  if (own || columnOf(cell).some((it) => it.querySelector("a.opens"))) return own;
  const before = [...cell.parentNode.cells].slice(0, cell.cellIndex).reverse();
  const found = [...before, cell.closest(".grouped > tbody")].map((it) => it?.querySelector("a.opens"));
  return found.find(Boolean) ?? null;
}

/** The cells of a column; none where rows are grouped, for places differ there. */
function columnOf(cell) {
  if (cell.closest(".grouped")) return [];
  return [...cell.closest("tbody").rows].map((it) => it.cells[cell.cellIndex]).filter(Boolean);
}

/** What is wider than the screen can be scrolled by keyboard. */
function makeReachable(scrolled) {
  if (scrolled.querySelector("a, button")) return;
  scrolled.tabIndex = 0;
  scrolled.setAttribute("role", "group");
  scrolled.setAttribute("aria-label", nameOf(scrolled.querySelector("table") ?? scrolled));
}

const namesGiven = new Map(); // by table or figure
const timesGiven = new Map(); // by name

/** Table: Differences between authors. Of several of one name, those after the first have a number. */
function nameOf(shown) {
  if (!namesGiven.has(shown)) {
    const name = titleOf(shown);
    const times = (timesGiven.get(name) ?? 0) + 1;
    timesGiven.set(name, times);
    namesGiven.set(shown, times > 1 ? `${name} (${times})` : name);
  }
  return namesGiven.get(shown);
}

/** By what it is folded up in or stands under. */
function titleOf(shown) {
  const kind = shown.localName === "table" ? "Table" : "Figure";
  const title = headingOver(shown);
  return title ? `${kind}: ${textIn(title)}` : kind;
}

function headingOver(node) {
  let it = node;
  while (it && !it.matches("h2, h3, h4, summary")) it = it.previousElementSibling ?? it.parentElement;
  return it;
}
