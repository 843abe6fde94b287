// The source beside the clean text, with what differs marked.

const MOST_CELLS = 4_000_000; // of the table of common tokens; beyond it all that is not at the ends differs

const tokensOf = (text) => text.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];
const alike = (a, b) => a === b || (/^\s+$/.test(a) && /^\s+$/.test(b));

/** [{kind: "same" | "gone" | "new", text}] that make up both texts. */
function differenceOf(before, after) {
  const [a, b] = [tokensOf(before), tokensOf(after)];
  let first = 0;
  while (first < a.length && first < b.length && alike(a[first], b[first])) first++;
  let last = 0;
  while (last < Math.min(a.length, b.length) - first && alike(a.at(-1 - last), b.at(-1 - last))) last++;
  const [middleA, middleB] = [a.slice(first, a.length - last), b.slice(first, b.length - last)];
  return joined([...unchanged(b.slice(0, first)), ...between(middleA, middleB), ...unchanged(b.slice(b.length - last))]);
}

const unchanged = (tokens) => tokens.map((text) => ({ kind: "same", text }));

function between(a, b) {
  const gone = a.map((text) => ({ kind: "gone", text }));
  const made = b.map((text) => ({ kind: "new", text }));
  return a.length * b.length > MOST_CELLS ? [...gone, ...made] : alongLongest(a, b, lengths(a, b));
}

/** Longest common subsequences of all ends of both. */
function lengths(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = alike(a[i], b[j]) ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

function alongLongest(a, b, table) {
  const found = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && alike(a[i], b[j])) found.push({ kind: "same", text: b[(i++, j++)] });
    else if (j >= b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) found.push({ kind: "gone", text: a[i++] });
    else found.push({ kind: "new", text: b[j++] });
  }
  return found;
}

function joined(parts) {
  const found = [];
  for (const it of parts) {
    if (found.at(-1)?.kind === it.kind) found.at(-1).text += it.text;
    else found.push({ ...it });
  }
  return found;
}

const DIFFERS = { gone: "del", new: "ins" };

function side(parts, left) {
  const shown = parts.filter((it) => it.kind !== left);
  const nodes = shown.map((it) => (DIFFERS[it.kind] ? element(DIFFERS[it.kind], {}, steady(it.text)) : steady(it.text)));
  return element("p", { dir: "auto", class: "source" }, ...nodes);
}

/** Source and clean text side by side, and what rules have changed. */
function sourceNode(sentence) {
  if (!sentence.raw && !sentence.edits) return null;
  const parts = differenceOf(sentence.raw ?? sentence.text, sentence.text);
  const raw = element("div", {}, element("h4", {}, "As received"), side(parts, "new"));
  const clean = element("div", {}, element("h4", {}, "Clean"), side(parts, "gone"));
  const beside = sentence.raw ? element("div", { class: "beside" }, raw, clean) : null;
  return block("Source", beside, editsNode(sentence.edits ?? []));
}

function editsNode(edits) {
  const lines = edits.map(([rule, before, after]) =>
    element("li", {}, element("b", {}, rule), ": ", element("del", {}, visibly(before)), " → ", element("ins", {}, visibly(after))),
  );
  return lines.length ? element("ul", { class: "edits" }, ...lines) : null;
}

/** White space as signs, so that a change of it can be seen. */
function visibly(text) {
  const shown = text.replace(/\n/g, "⏎").replace(/\t/g, "⇥").replace(/^ +| +$/g, (it) => "␣".repeat(it.length));
  return steady(shown) || "nothing";
}
