// Marks are the reviewer's own codings of units, kept in this browser alone.

const STORE = `crossframe:${head?.title}:${head?.codebook}`;
const TAKEN_NAMES = ["machine", "cues", "all"]; // the tables use them
let inMemory = { coder: "", marks: {} };
let canKeep = true;

/** {coder, marks: {"doc/12": mark}}; what another window has kept is seen, too. */
function kept() {
  if (!canKeep) return inMemory; // what is stored is older than what could not be stored
  try {
    inMemory = readable(localStorage.getItem(STORE)) ?? inMemory;
  } catch {
    canKeep = false;
  }
  return inMemory;
}

/** What was stored, without what is no mark: another version may have left anything there. */
function readable(stored) {
  const { coder, marks } = parsed(stored) ?? {};
  if (!isObject(marks)) return null;
  const sound = Object.entries(marks).filter(([key, it]) => isObject(it) && key === keyOf(it) && isObject(it.codes));
  return { coder: typeof coder === "string" ? coder : "", marks: Object.fromEntries(sound) };
}

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
    localStorage.setItem(STORE, JSON.stringify(made));
    canKeep = true;
  } catch {
    canKeep = false;
  }
  tellMarks();
}

const keyOf = (mark) => `${mark.doc_id}/${mark.n}`;
const allMarks = () => Object.values(kept().marks);
const markOn = (id, number) => kept().marks[`${id}/${number}`] ?? null;
const markedUnits = (id) => new Set(allMarks().filter((it) => it.doc_id === id).map((it) => it.n));

function saveMark(mark) {
  const { coder, marks } = kept();
  keep({ coder, marks: { ...marks, [keyOf(mark)]: mark } });
}

function removeMark(id, number) {
  const { coder, marks } = kept();
  const { [`${id}/${number}`]: _, ...others } = marks;
  keep({ coder, marks: others });
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
    n: unit.n,
    start: unit.start,
    end: unit.end,
    text: unit.raw ?? unitText(data, unit),
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
  const sorted = allMarks().sort((a, b) => order.get(a.doc_id) - order.get(b.doc_id) || a.n - b.n);
  return sorted.map((it) => `${JSON.stringify(lineOf(it, coder))}\n`).join("");
}

function lineOf({ doc_id, start, end, text, coded, codes, note }, coder) {
  const own = head.stances.length ? codes : Object.keys(codes);
  const comments = note ? { comments: { [coder]: note } } : {};
  return { doc_id, start, end, text, codebook: head.codebook, coded, codes: { [coder]: own }, ...comments };
}

/** Takes an exported file in again; a promise of how many lines were taken and left. */
async function takeIn(text) {
  const lines = text.split("\n").filter((it) => it.trim()).map((it) => JSON.parse(it));
  let taken = 0;
  for (const line of lines) taken += (await takeLine(line)) ? 1 : 0;
  return { taken, left: lines.length - taken };
}

async function takeLine(line) {
  const [[coder, codes] = []] = Object.entries(line?.codes ?? {});
  const data = coder && !nameProblem(coder) && line.codebook === head.codebook ? await documentOf(line.doc_id) : null;
  const unit = data?.units.find((it) => it.start === line.start && it.end === line.end);
  const own = unit && codesTaken(codes);
  if (!own) return false;
  if (!kept().coder) keep({ ...kept(), coder });
  const coded = /^\d{4}-\d\d-\d\d$/.test(line.coded) ? line.coded : today();
  saveMark({ ...markFor(data, unit, own, String(ownOf(line.comments, coder) ?? "")), coded });
  return true;
}

/** Codes of known frames and stances, or nothing. */
function codesTaken(codes) {
  const own = Array.isArray(codes) ? Object.fromEntries(codes.map((it) => [it, PRESENT])) : codes;
  const frames = new Set(head.frames.map((it) => it[0]));
  const stances = new Set(head.stances.length ? head.stances.map((it) => it[0]) : [PRESENT]);
  const valid = Object.entries(own ?? {}).every(([frame, stance]) => frames.has(frame) && stances.has(stance));
  return valid && isObject(own) ? own : null;
}
