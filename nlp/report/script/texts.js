// The sentence in its text: where texts stand in files beside the page, the text is drawn from its data.

/** Scrolls to the sentence and marks its unit. */
function reveal(data, sentence, unit) {
  if (!document.getElementById(`${data.id}/${sentence.n}`)) drawText(data);
  for (const it of document.querySelectorAll("main .here")) it.classList.remove("here");
  const last = unit?.to ?? sentence.n;
  const own = data.sentences.filter((it) => it.n >= Math.min(sentence.n, unit?.n ?? sentence.n) && it.n <= last);
  const nodes = own.map((it) => document.getElementById(`${data.id}/${it.n}`));
  for (const it of nodes) it?.classList.add("here");
  const block = WIDE.matches ? "center" : "start";
  document.getElementById(`${data.id}/${sentence.n}`)?.scrollIntoView({ block, behavior: "instant" });
}

/** One text at a time, so that the page stays light. */
function drawText(data) {
  document.querySelector("article.drawn")?.remove();
  const heading = element("h3", {}, quoted(data.about.group), ": ", quoted(data.about.title));
  const made = element("article", { class: "drawn" }, heading, ...paragraphsOf(data).map((it) => paragraphNode(data, it)));
  document.getElementById("texts").append(made);
}

function paragraphsOf(data) {
  const found = [];
  for (const it of data.sentences) {
    const before = found.at(-1)?.at(-1);
    if (before && before.p === it.p && before.zone === it.zone) found.at(-1).push(it);
    else found.push([it]);
  }
  return found;
}

function paragraphNode(data, sentences) {
  const lines = sentences.flatMap((it) => [...pageBefore(data, it), sentenceNode(data, it), ...tagsAfter(data, it), " "]);
  return element("p", { class: `zone ${sentences[0].zone}`, dir: "auto" }, ...lines);
}

/** The page where it is another than that of the sentence before. */
function pageBefore(data, sentence) {
  const before = data.sentences[data.byNumber.get(sentence.n) - 1]?.page;
  return sentence.page && sentence.page !== before ? [element("span", { class: "page" }, `p. ${sentence.page}`), " "] : [];
}

function sentenceNode(data, sentence) {
  const made = element("span", { id: `${data.id}/${sentence.n}` });
  for (const { text, marks } of piecesOf(sentence.text, apart(nameMarks(data, sentence)))) {
    made.append(marks.length ? nameNode(text, marks[0]) : steady(text));
  }
  return made;
}

/** Of marks that overlap, the first. */
function apart(marks) {
  return marks.reduce((kept, it) => (it.start < (kept.at(-1)?.end ?? 0) ? kept : [...kept, it]), []);
}

const COLOURS = 10; // as nlp/report/kinds.py has them

function nameNode(text, { title, named }) {
  const place = head.kinds.indexOf(named);
  const colour = place < 0 ? COLOURS - 1 : Math.min(place, COLOURS - 1);
  return element("i", { class: `name k${colour}`, title: steady(title) }, steady(text));
}

/** After the last sentence of a unit stand the frames that it carries. */
function tagsAfter(data, sentence) {
  const unit = data.unitsByEnd.get(sentence.n);
  const codes = (unit?.codes ?? []).filter((it) => stanceOf(unit, it));
  return codes.flatMap((it) => [" ", tagNode(unit, it)]);
}

function tagNode(unit, code) {
  const stance = head.stances.length ? ` · ${labelIn(head.stances, stanceOf(unit, code))}` : "";
  const by = unit.sample ? "coded" : head.machine ?? "machine";
  return element("span", { class: "code" }, `${labelIn(head.frames, code.frame)}${stance} · ${by}`);
}
