// The list of what a query finds: as it comes, fifty at a time.

const AT_ONCE = 50;
const listStatus = element("p", { class: "status", role: "status", tabindex: -1 }); // one for all, or changes are not read out
let list = null; // {query, address, items, shown, opened}: the last list, for going back and on

function showList(query) {
  const address = `#${formatQuery(query)}`;
  const same = list?.address === address && !query.marked;
  if (same && (list.opened || !list.stopped)) return drawAgain(); // else what was stopped is tried again
  list = { query, address, items: [], shown: 0, opened: null, stopped: false };
  const parts = listParts(list);
  show(parts.heading, ...parts.nodes);
  return fill(list, parts);
}

/** The nodes of a list: heading, filters, progress, items and the button for more. */
function listParts(own) {
  const parts = {
    heading: element("span", { dir: "auto" }, steady(inWords(own.query))),
    status: listStatus,
    progress: element("div", { class: "progress" }),
    items: element("ol", { class: "items" }),
    more: button("More", () => more(own, parts), { class: "more", hidden: true }),
  };
  const tools = own.query.marked ? marksTools() : null;
  const unknown = unknownKeys(location.hash);
  const warning = unknown.length ? element("p", { role: "alert" }, `Not understood, and left out: ${steady(unknown.join(", "))}`) : null;
  parts.nodes = [warning, parts.status, filters(own.query), tools, parts.progress, parts.items, parts.more];
  own.parts = parts;
  listStatus.textContent = "";
  return parts;
}

async function fill(own, parts) {
  const drawn = () => list === own && !own.stopped;
  try {
    for await (const found of search(own.query)) {
      if (!drawn()) break;
      own.items.push(...found.items);
      if (levelOf(own.query) !== "passages" && own.shown < AT_ONCE) more(own, parts);
      tell(own, parts, found);
      await pause();
    }
  } catch (problem) {
    own.stopped = true;
    if (list === own) finish(own, parts);
    parts.progress.replaceChildren(element("p", { role: "alert" }, problem.message));
  }
  if (drawn()) finish(own, parts);
}

let lastPause = 0;

/** Lets the browser draw and take clicks now and then. */
async function pause() {
  if (performance.now() - lastPause < 40) return;
  await new Promise((done) => setTimeout(done));
  lastPause = performance.now();
}

function tell(own, parts, { read, total }) {
  parts.status.textContent = `${counted(own)} so far`;
  if (total < 2 || parts.progress.firstChild) return update(parts.progress.querySelector("progress"), read);
  const bar = element("progress", { max: total, value: read, "aria-label": "Texts looked through" });
  const stop = button("Stop", () => ((own.stopped = true), finish(own, parts)));
  return parts.progress.replaceChildren(bar, stop);
}

function update(bar, read) {
  if (bar) bar.value = read;
}

function finish(own, parts) {
  redrawSteps();
  inOrder(own.query, own.items);
  if (parts.progress.contains(document.activeElement)) parts.status.focus();
  parts.progress.querySelector("progress")?.parentNode.replaceChildren();
  parts.status.textContent = toldOf(own);
  if (!own.shown) more(own, parts);
  parts.more.hidden = own.shown >= own.items.length;
  const beside = own.query.marked && !own.stopped ? marksBeside(own.items) : [];
  if (beside.length) parts.more.after(besideLine(beside));
}

function toldOf(own) {
  if (own.stopped) return `${counted(own)} in the texts looked through`;
  return counted(own) + (own.items.length ? "" : ": nothing in these texts is as asked for");
}

/** 23 sentences, 31 mentions. */
function counted(own) {
  const count = { mentions: sumOf(own.items, "mentions"), words: sumOf(own.items, "words") };
  const told = [plural(own.items.length, NOUNS[levelOf(own.query)]())];
  if (asksAny(own.query, ACTOR_KEYS)) told.push(plural(count.mentions, "mention"));
  else if (asksAny(own.query, CHECKED_KEYS)) told.push(plural(count.mentions, "name"));
  if (own.query.word) told.push(plural(count.words, "occurrence"));
  return told.join(", ");
}

/** Draws the next items; where no more are left, the focus goes from the button on to them. */
function more(own, parts) {
  const next = own.items.slice(own.shown, own.shown + AT_ONCE).map((it) => drawnItem(own, it));
  parts.items.append(...next);
  own.shown += next.length;
  const last = own.shown >= own.items.length;
  if (last && document.activeElement === parts.more) next[0]?.querySelector("a").focus();
  parts.more.hidden = last;
}

/** Draws on until the item at a place is there. */
function drawUpTo(own, place) {
  while (own.shown <= place && own.shown < own.items.length) more(own, own.parts);
}

function drawnItem(own, item) {
  const node = itemNode(own.query, item);
  node.querySelector("a").addEventListener("click", () => (own.opened = item));
  if (own.query.marked) node.append(...markLines(item, () => dropItem(own, item, node)));
  return node;
}

/** Takes an item out of the list; the focus goes to the one that takes its place. */
function dropItem(own, item, node) {
  const near = node.nextElementSibling ?? node.previousElementSibling;
  node.remove();
  own.items.splice(own.items.indexOf(item), 1);
  own.shown -= 1;
  own.parts.status.textContent = toldOf(own);
  (near?.querySelector("a") ?? own.parts.status).focus();
}

/** The same list once more, at the item that was opened last. */
function drawAgain() {
  const { parts, items, opened } = list;
  filters(list.query);
  show(parts.heading, ...parts.nodes);
  drawUpTo(list, items.indexOf(opened));
  parts.items.children[items.indexOf(opened)]?.querySelector("a").focus();
}

/** The item of the list that is `step` away from a sentence. */
function neighbour(id, number, step) {
  const place = placeInList(id, number);
  return place < 0 ? null : list.items[place + step] ?? null;
}

function placeInList(id, number) {
  const opened = list?.opened;
  const same = (it) => it.data.id === id && it.sentence.n === number;
  if (opened && same(opened)) return list.items.indexOf(opened);
  return list ? list.items.findIndex(same) : -1;
}
