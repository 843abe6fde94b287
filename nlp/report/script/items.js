// One item of a list: the sentence with what was asked for marked, and who says what of it.

const LONGEST = 900; // characters shown of a unit or passage in a list

function itemNode(query, item) {
  const { data, sentence } = item;
  const [text, marks] = textOf(query, item);
  const link = element("a", { class: "sentence", href: here(`#${data.id}/${sentence.n}`) }, marked(text, marks));
  const codes = item.unit ? item.codes.map((code) => codeLine(item.unit, code)) : [tagsOf(item)];
  const about = element("p", { class: "about" }, ...aboutItem(item));
  return element("li", { class: "item" }, link, about, ...checkedIn(query, sentence).map((it) => checkedLine(sentence, it)), ...codes);
}

/** What is shown of an item, and what is marked in it. */
function textOf(query, item) {
  const sentences = shownSentences(item);
  const text = sentences.map((it) => it.text).join(" ");
  const asked = marksOver(sentences, (it) => askedMarks(query, item.data, it));
  const marks = [...(item.unit ? reasonMarks(item.codes) : []), ...asked];
  return text.length > LONGEST ? [`${text.slice(0, LONGEST)}…`, marks] : [text, marks];
}

function shownSentences({ data, sentence, unit, passage }) {
  if (unit) return sentencesOf(data, unit);
  if (!passage) return [sentence];
  return data.sentences.slice(data.byNumber.get(passage.from), data.byNumber.get(passage.to) + 1);
}

function aboutItem({ data, sentence, weight }) {
  const { group, title } = data.about;
  const parts = [element("b", {}, quoted(group)), quoted(title), placeOf(sentence), `${data.id}/${sentence.n}`];
  if (weight !== undefined) parts.unshift(element("b", {}, percent(weight)));
  return parts.flatMap((it, at) => (at ? [" · ", it] : [it]));
}

const percent = (share) => `${(100 * share).toFixed(0)} %`;

function placeOf(sentence) {
  return sentence.page ? `p. ${sentence.page}` : `paragraph ${sentence.p + 1}`;
}

/** A coded name, or one wrongly found, with what became of it. */
function checkedLine({ text }, [start, end, ...told]) {
  const words = start === null ? "(not in the clean text)" : text.slice(start, end);
  return element("p", { class: "about" }, element("b", {}, quoted(words)), ` ${steady(becameOf(told))}`);
}

/** The frames of the unit that a sentence belongs to. */
function tagsOf({ data, sentence }) {
  const unit = unitAt(data, sentence);
  const codes = (unit?.codes ?? []).filter((it) => stanceOf(unit, it));
  return codes.length ? element("p", { class: "about" }, ...codes.map((it) => tagNode(unit, it))) : null;
}

/** Care: asserted · reference; machine 0.87 agrees. */
function codeLine(unit, code) {
  const stance = stanceOf(unit, code);
  const others = otherReasons(code);
  return element(
    "p",
    { class: "about" },
    element("b", {}, labelIn(head.frames, code.frame), stance && head.stances.length ? `, ${stanceLabel(stance)}` : ""),
    ` · ${saidOf(unit, code)}`,
    others ? element("span", { class: "why" }, ` · also ${steady(others)}`) : null,
  );
}

/** A stance in words, where the codebook has stances to tell apart. */
function seen(stance) {
  if (!stance) return "absent";
  return head.stances.length ? stanceLabel(stance) : "present";
}

function saidOf(unit, code) {
  const machine = code.machine && `${head.machine ?? "machine"} ${code.machine[0].toFixed(2)}`;
  if (!unit.sample) return `${machine}: ${seen(code.machine?.[1])}`;
  const reference = `reference: ${seen(code.reference)}`;
  if (!machine) return reference;
  const agrees = (code.machine[1] || "") === (code.reference || "");
  return `${reference}; ${machine} ${agrees ? "agrees" : `says ${seen(code.machine[1])}`}`;
}
