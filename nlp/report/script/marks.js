// Marks are the reviewer's own codings of units, kept in this browser alone.

const STORE = `crossframe:${head.title}:${head.codebook}`;
const TAKEN_NAMES = ["machine", "cues", "all"]; // the tables use them
let inMemory = { coder: "", marks: {} };
let lastRead = null; // what inMemory was read from
let canKeep = true;

/** {coder, marks: {"doc/120-180": mark}}, by place in the source, which no cleaning moves; what another window has kept is seen, too. */
function kept() {
  if (!canKeep) return inMemory; // what is stored is older than what could not be stored
  try {
    const stored = localStorage.getItem(STORE);
    if (stored !== lastRead) inMemory = readable(stored) ?? inMemory;
    lastRead = stored;
  } catch {
    canKeep = false;
  }
  return inMemory;
}

/** What was stored, without what is no mark: another version may have left anything there. */
function readable(stored) {
  const { coder, marks } = parsed(stored) ?? {};
  if (!isObject(marks)) return null;
  const sound = Object.entries(marks).filter(([key, it]) => isSound(key, it));
  return { coder: typeof coder === "string" ? coder : "", marks: Object.fromEntries(sound) };
}

const isSound = (key, mark) => isObject(mark) && key === keyOf(mark) && isObject(mark.codes) && codesTaken(mark.codes);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isObject = (it) => typeof it === "object" && it !== null && !Array.isArray(it);

function keep(made) {
  inMemory = made;
  try {
    lastRead = JSON.stringify(made);
    localStorage.setItem(STORE, lastRead);
    canKeep = true;
  } catch {
    canKeep = false;
  }
  tellMarks();
}

const keyOf = ({ doc_id, start, end }) => `${doc_id}/${start}-${end}`;
const allMarks = () => Object.values(kept().marks);
const sourceOf = (data, unit) => unit.raw ?? unitText(data, unit);

/** The mark on a unit; null also where its text is another than the one that was marked. */
function markOn(data, unit) {
  const mark = ownOf(kept().marks, keyOf({ doc_id: data.id, ...unit }));
  return mark?.text === sourceOf(data, unit) ? mark : null;
}

/** Marks on what the texts of this page do not have. */
function marksBeside(items) {
  const shown = new Set(items.map(({ data, unit }) => keyOf({ doc_id: data.id, ...unit })));
  return allMarks().filter((it) => !shown.has(keyOf(it)));
}

function saveMark(mark) {
  const { coder, marks } = kept();
  keep({ coder, marks: { ...marks, [keyOf(mark)]: mark } });
}

function removeMarks(...gone) {
  const { coder, marks } = kept();
  const keys = new Set(gone.map(keyOf));
  keep({ coder, marks: Object.fromEntries(Object.entries(marks).filter(([key]) => !keys.has(key))) });
}

/** What is wrong with a name, or nothing. */
function nameProblem(name) {
  if (TAKEN_NAMES.includes(name)) return `The tables use the name “${name}”: take another.`;
  return /^\S(.{0,78}\S)?$/u.test(name) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name) ? "" : "Up to 80 letters, please.";
}

/** The whole coding of a unit as the reviewer sees it. */
function markFor(data, unit, codes, note) {
  return {
    doc_id: data.id,
    start: unit.start,
    end: unit.end,
    text: sourceOf(data, unit),
    coded: today(),
    codes,
    note,
  };
}

/** The reader's day, YYYY-MM-DD. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Lines that `crossframe import` accepts. */
function exported() {
  const { coder } = kept();
  const order = new Map(documentsInOrder().map((it, place) => [it.id, place]));
  const placeOfText = ({ doc_id }) => order.get(doc_id) ?? order.size; // a text may be gone
  const sorted = allMarks().sort((a, b) => placeOfText(a) - placeOfText(b) || a.start - b.start);
  return sorted.map((it) => `${JSON.stringify(lineOf(it, coder))}\n`).join("");
}

function lineOf({ doc_id, start, end, text, coded, codes, note }, coder) {
  const own = head.stances.length ? codes : Object.keys(codes);
  const comments = note ? { comments: { [coder]: note } } : {};
  return { doc_id, start, end, text, codebook: head.codebook, coded, codes: { [coder]: own }, ...comments };
}

/** Takes the reader's own lines in again; a promise of how many were taken and left. */
async function takeIn(lines) {
  const coder = kept().coder || firstCoder(lines);
  const found = await Promise.all(lines.map((it) => markIn(it, coder)));
  const taken = found.filter(Boolean);
  const made = Object.fromEntries(taken.map((it) => [keyOf(it), it]));
  if (taken.length) keep({ coder, marks: { ...kept().marks, ...made } });
  return { taken: taken.length, left: lines.length - taken.length };
}

function firstCoder(lines) {
  const told = lines.flatMap((it) => Object.entries(it?.codes ?? {}));
  return told.find(([name, codes]) => !nameProblem(name) && codesTaken(codes))?.[0];
}

/** The mark that a line tells of; null where it is somebody else's, or not of these texts and codebook. */
async function markIn(line, coder) {
  const codes = codesTaken(ownOf(line?.codes, coder));
  const data = codes && line.codebook === head.codebook ? await documentOf(line.doc_id) : null;
  const unit = data?.units.find((it) => it.start === line.start && it.end === line.end);
  if (!unit || line.text !== sourceOf(data, unit)) return null;
  const coded = /^\d{4}-\d\d-\d\d$/.test(line.coded) ? line.coded : today();
  return { ...markFor(data, unit, codes, String(ownOf(line.comments, coder) ?? "")), coded };
}

/** Codes of known frames and stances, or nothing. */
function codesTaken(codes) {
  const own = Array.isArray(codes) ? Object.fromEntries(codes.map((it) => [it, PRESENT])) : codes;
  const frames = new Set(head.frames.map((it) => it[0]));
  const stances = new Set(head.stances.length ? head.stances.map((it) => it[0]) : [PRESENT]);
  const valid = Object.entries(own ?? {}).every(([frame, stance]) => frames.has(frame) && stances.has(stance));
  return valid && isObject(own) ? own : null;
}
