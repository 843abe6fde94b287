// The list of what a query finds: as it comes, fifty at a time.

const AT_ONCE = 50;
let list = null; // {query, address, items, shown, opened}: the last list, for going back and on

function showList(query) {
  const address = `#${formatQuery(query)}`;
  if (list?.address === address && !query.marked) return drawAgain();
  list = { query, address, items: [], shown: 0, opened: null, stopped: false };
  const parts = listParts(list);
  show(parts.heading, ...parts.nodes);
  return fill(list, parts);
}

/** The nodes of a list: heading, filters, progress, items and the button for more. */
function listParts(own) {
  const parts = {
    heading: element("span", { dir: "auto" }, steady(inWords(own.query))),
    status: element("p", { class: "status", role: "status" }),
    progress: element("div", { class: "progress" }),
    items: element("ol", { class: "items" }),
    more: button("More", () => more(own, parts), { class: "more", hidden: true }),
  };
  const tools = own.query.marked ? marksTools() : null;
  parts.nodes = [parts.status, filters(own.query), tools, parts.progress, parts.items, parts.more];
  own.parts = parts;
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
      await pause(found);
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
  inOrder(own.query, own.items);
  parts.progress.querySelector("progress")?.parentNode.replaceChildren();
  parts.status.textContent = counted(own) + (own.stopped ? " in the texts looked through" : "");
  if (!own.shown) more(own, parts);
  if (!own.items.length && !own.stopped) parts.status.textContent += ": nothing in these texts is as asked for";
  parts.more.hidden = own.shown >= own.items.length;
}

/** 23 sentences, 31 mentions. */
function counted(own) {
  const count = { mentions: sumOf(own.items, "mentions"), words: sumOf(own.items, "words") };
  const told = [plural(own.items.length, NOUNS[levelOf(own.query)]())];
  if (asksAny(own.query, ["actor", "kind", "group"])) told.push(plural(count.mentions, "mention"));
  if (own.query.word) told.push(plural(count.words, "occurrence"));
  return told.join(", ");
}

/** Draws the next items. */
function more(own, parts) {
  const next = own.items.slice(own.shown, own.shown + AT_ONCE);
  parts.items.append(...next.map((it) => drawnItem(own, it)));
  own.shown += next.length;
  parts.more.hidden = own.shown >= own.items.length;
}

function drawnItem(own, item) {
  const node = itemNode(own.query, item);
  node.querySelector("a").addEventListener("click", () => (own.opened = item));
  if (own.query.marked) node.append(...markLines(item, () => node.remove()));
  return node;
}

/** The same list once more, at the item that was opened last. */
function drawAgain() {
  const { parts, items, opened } = list;
  show(parts.heading, ...parts.nodes);
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
