// One sentence with all that is known of it, and its place in the text.

async function showSentence(id, number) {
  const asked = location.hash;
  const data = await documentOf(id);
  if (location.hash !== asked) return undefined; // the reader has gone on
  const place = data?.byNumber.get(number);
  if (place === undefined) return show("No such sentence", element("p", {}, `${id}/${number} is not on this page.`));
  const sentence = data.sentences[place];
  const unit = unitAt(data, sentence);
  show(headingOf(data), ...sentenceNodes(data, place, sentence, unit));
  return reveal(data, sentence, unit);
}

function headingOf({ about }) {
  return [quoted(about.author || about.group), about.year ? ` (${about.year})` : "", ": ", quoted(about.title)];
}

function sentenceNodes(data, place, sentence, unit) {
  return [
    stepsNode(data.id, sentence.n),
    inContext(data, place, unit),
    element("p", { class: "about" }, `${placeOf(sentence)} · zone ${sentence.zone} · ${data.id}/${sentence.n}`),
    unit ? codesNode(unit) : element("p", { class: "about" }, "Not in an analysed zone: it has no codes."),
    unit ? markForm(data, unit) : null,
    namesNode(data, sentence),
    block("Names as coded", ...(sentence.checked ?? []).map((it) => checkedLine(sentence, it))),
    topicsNode(data, sentence),
    sourceNode(sentence),
    citationNode(data, sentence),
  ];
}

/** Back to the list, and on through it. */
function stepsNode(id, number) {
  if (!list) return null;
  const place = placeInList(id, number);
  const told = place < 0 ? null : element("span", {}, `${place + 1} of ${list.items.length}`);
  const back = element("a", { href: here(list.address) }, "Back to the list");
  const steps = [stepLink(id, number, -1, "Previous"), stepLink(id, number, 1, "Next")];
  return element("p", { class: "steps", "data-of": `${id}/${number}` }, back, told, ...steps);
}

/** A list that was still being filled when a sentence of it was opened has more of them in the end. */
function redrawSteps() {
  const old = panelBody.querySelector(".steps");
  if (!old) return;
  const [id, number] = old.dataset.of.split("/");
  const made = stepsNode(id, Number(number));
  const focused = old.contains(document.activeElement) ? [...old.children].indexOf(document.activeElement) : -1;
  old.replaceWith(made);
  made.children[focused]?.focus({ preventScroll: true });
}

function stepLink(id, number, step, label) {
  const item = neighbour(id, number, step);
  if (!item) return null;
  const opened = () => (list.opened = item);
  return element("a", { href: here(`#${item.data.id}/${item.sentence.n}`), "data-step": step, click: opened }, label);
}

/** The unit with its names and reasons, between its neighbours. */
function inContext(data, place, unit) {
  const own = unit ? sentencesOf(data, unit) : [data.sentences[place]];
  const first = data.byNumber.get(own[0].n);
  const last = data.byNumber.get(own.at(-1).n);
  const soft = (it) => (it ? element("span", { class: "near" }, quoted(it.text), " ") : null);
  const names = marksOver(own, (it) => nameMarks(data, it));
  const marks = [...names, ...(unit ? reasonMarks(unit.codes ?? []) : [])];
  const text = own.map((it) => it.text).join(" ");
  const near = [soft(data.sentences[first - 1]), marked(text, marks, "strong"), " ", soft(data.sentences[last + 1])];
  return element("blockquote", {}, ...near);
}

function block(heading, ...content) {
  const filled = content.filter(Boolean);
  return filled.length ? element("section", {}, element("h3", {}, heading), ...filled) : null;
}

function codesNode(unit) {
  const codes = (unit.codes ?? []).map((it) => codeRows(unit, it));
  const judged = unit.coders ? `Judged by ${unit.coders.join(", ")}.` : "Not in the coded sample.";
  const none = codes.length ? null : element("p", {}, "Nobody sees a frame here.");
  return block(`Codes of the ${head.unit}`, element("p", { class: "about" }, judged), none, ...codes, codes.length ? legend() : null);
}

/** What marks and numbers mean. */
function legend() {
  const sample = (kind, text) => element("mark", { class: kind }, text);
  return element(
    "p",
    { class: "about" },
    "Above are marked ", sample("by-presence", "words for the frame"), ", ",
    ...(head.stances.length ? [sample("by-stance", "words for its stance"), ", "] : []), sample("name", "names"),
    ". Behind a code stands its probability; what moved the machine is told in log odds: plus speaks for, minus against.",
  );
}

/** A frame with what everybody says of it, and why the machine does. */
function codeRows(unit, code) {
  const said = [
    ["Reference", unit.sample ? seen(code.reference) : "not judged"],
    [capital(head.machine ?? "machine"), code.machine ? scored(code.machine) : ""],
    ["Machine that had not seen the author", code.unseen ? scored(code.unseen) : ""],
    ...Object.entries(code.coders ?? {}).map(([name, stance]) => [name, seen(stance)]),
  ];
  const others = otherReasons(code);
  const rows = said.filter(([, it]) => it).flatMap(([who, it]) => [element("dt", {}, steady(who)), element("dd", {}, steady(it))]);
  const why = others ? element("p", { class: "about" }, `What else moved the machine: ${steady(others)}`) : null;
  return element("div", { class: "code-of" }, element("h4", {}, labelIn(head.frames, code.frame)), element("dl", {}, ...rows), why);
}

const scored = ([score, stance]) => `${seen(stance)}, ${score.toFixed(2)}`;

function namesNode(data, sentence) {
  const numbers = [...new Set((sentence.names ?? []).map((it) => it[2]))];
  const lines = numbers.map((number) => {
    const [id, name, kind, groups] = data.actors[number];
    const query = formatQuery(kind === CITED ? { actor: [id], kind: [kind] } : { actor: [id] });
    return element("li", {}, element("a", { href: here(`#${query}`) }, quoted(name)), ` ${[kind, ...groups].join(", ")}`);
  });
  return lines.length ? block("Names", element("ul", {}, ...lines)) : null;
}

function topicsNode(data, sentence) {
  const topics = passageAt(data, sentence.n)?.topics.slice(0, 5) ?? [];
  const lines = topics.map(([topic, weight]) => {
    const link = element("a", { href: here(`#${formatQuery({ topic: [topic] })}`) }, `${topic} ${steady(labelIn(head.topics, topic))}`);
    return element("li", {}, `${percent(weight)} `, link);
  });
  return lines.length ? block("Topics of its passage", element("ul", {}, ...lines)) : null;
}

/** A line for a paper, with the address of the sentence. */
function citationNode({ about }, sentence) {
  const page = sentence.page ? `, p. ${sentence.page}` : "";
  const year = about.year ? ` (${about.year})` : "";
  const line = `${about.author || about.group}${year}, ${about.title}${page}, index.html#${about.id}/${sentence.n}`;
  return block("Cite", element("p", { dir: "auto", class: "quoted" }, steady(line)), copyButton("Copy", () => line));
}
