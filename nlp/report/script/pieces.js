// Cuts a text wherever a mark begins or ends, so that marks may overlap.

/** Marks are {start, end, kind, title}; the pieces together are the text. */
function piecesOf(text, marks) {
  const valid = marks.filter((it) => it.start < it.end && it.start < text.length);
  const borders = [0, text.length, ...valid.flatMap((it) => [it.start, Math.min(it.end, text.length)])];
  const places = [...new Set(borders)].sort((a, b) => a - b);
  return places.slice(1).map((end, at) => {
    const start = places[at];
    return { text: text.slice(start, end), marks: valid.filter((it) => it.start <= start && end <= it.end) };
  });
}

/** The text as a node with its marks. */
function marked(text, marks, tag = "span") {
  const made = element(tag, { dir: "auto", class: "quoted" });
  for (const piece of piecesOf(text, marks)) made.append(piece.marks.length ? markOf(piece) : steady(piece.text));
  return made;
}

function markOf({ text, marks }) {
  const kinds = [...new Set(marks.map((it) => it.kind))].join(" ");
  const titles = marks.map((it) => it.title).filter(Boolean);
  return element("mark", { class: kinds, title: steady(titles.join(", ")) || null }, steady(text));
}

const signed = (number) => `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(2)}`;

/** The words that moved the machine, as marks. */
function reasonMarks(codes) {
  return codes.flatMap((code) =>
    (code.why ?? []).filter((it) => it[1] !== null).map(([task, start, end, feature, part]) => ({
      start,
      end,
      kind: `by-${task}`,
      title: `${labelIn(head.frames, code.frame)}, ${task}: ${feature} ${signed(part)}`,
    })),
  );
}

/** What else moved the machine, in words. */
function otherReasons(code) {
  const others = (code.why ?? []).filter((it) => it[1] === null);
  return others.map(([task, , , feature, part]) => `${task}: ${feature} ${signed(part)}`).join(", ");
}

/** Marks of names in a sentence, each with the kind of who is named. */
function nameMarks(data, sentence, test = () => true) {
  return (sentence.names ?? []).filter((it) => test(data.actors[it[2]])).map(([start, end, number]) => {
    const [, name, kind] = data.actors[number];
    return { start, end, kind: "name", title: `${name}, ${kind}`, named: kind };
  });
}

/** What the query asks for, as marks in one of its sentences. */
function askedMarks(query, data, sentence) {
  const asked = asksAny(query, ACTOR_KEYS);
  const names = asked ? nameMarks(data, sentence, (it) => isAsked(query, it)) : [];
  return [...names, ...checkedMarks(query, sentence), ...wordMarks(query, data, sentence), ...hitMarks(query, sentence)];
}

function checkedMarks(query, sentence) {
  const placed = checkedIn(query, sentence).filter(([start]) => start !== null);
  return placed.map(([start, end, ...told]) => ({ start, end, kind: "name", title: becameOf(told) }));
}

/** GPE: missed; by the model alone right. */
function becameOf([label, pipeline, model, coded, found]) {
  const other = pipeline === "mislinked" ? ` (coded as ${coded}, linked to ${found})` : "";
  const own = pipeline ? `${CHECKED[pipeline]}${other}` : "";
  return `${label}: ${[own, model && CHECKED[`model-${model}`]].filter(Boolean).join("; ")}`;
}

function isAsked(query, [id, , kind, groups]) {
  if (query.actor) return query.actor.includes(id);
  return query.kind?.includes(kind) || groups.some((it) => query.group?.includes(it));
}

function wordMarks(query, data, sentence) {
  return (sentence.words ?? []).flatMap(([number, times]) =>
    query.word?.includes(data.words[number])
      ? formsOf(sentence.text, data.words[number], times).map(([start, end]) => ({ start, end, kind: "word" }))
      : [],
  );
}

function hitMarks(query, sentence) {
  const found = (query.text ?? []).flatMap((it) => searchIn(sentence.text, patternsOf(it)) ?? []);
  return found.map(([start, end]) => ({ start, end, kind: "hit" }));
}

/** Marks of some sentences, moved to their places in the text that these make up together. */
function marksOver(sentences, marksIn) {
  let offset = 0;
  return sentences.flatMap((sentence) => {
    const own = marksIn(sentence).map((it) => ({ ...it, start: it.start + offset, end: it.end + offset }));
    offset += sentence.text.length + 1;
    return own;
  });
}
