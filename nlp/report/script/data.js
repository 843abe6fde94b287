// What the page knows: the head at once, a document when it is asked for, files beside the page on demand.

const head = JSON.parse(document.getElementById("corpus-data").textContent);
const aboutDocument = new Map(head.documents.map((it) => [it.id, it]));
/** What an object itself has under a name: "constructor" and the like are names as others are. */
const ownOf = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);

const known = new Map(); // documents by id
const loading = new Map(); // promises by file
const unread = [...document.querySelectorAll("script.document-data")];

/** Called by the files beside the page; what is of another run of the program is left out. */
function take(stamp, documents) {
  addKnown(documents.filter((it) => aboutDocument.get(it.id)?.stamp === stamp));
}

function addKnown(documents) {
  for (const it of documents) known.set(it.id, prepared(it));
}

/** The document with what is looked up in it often. */
function prepared(data) {
  const about = aboutDocument.get(data.id);
  const byNumber = new Map(data.sentences.map((it, place) => [it.n, place]));
  const unitsByEnd = new Map(data.units.map((it) => [it.to, it]));
  return { ...data, about, byNumber, unitsByEnd };
}

/** A promise of the document; null where nobody knows it. Rejected where its file is missing. */
async function documentOf(id) {
  const about = aboutDocument.get(id);
  if (!about) return null;
  if (about.file) await load(about.file);
  else readInline(id);
  if (!known.has(id)) throw new Error(`${about.file ?? "This page"} does not have the text ${id}: it is of another run.`);
  return known.get(id);
}

/** Blocks of the page stand in the order of the head: those before are left for later. */
function readInline(id) {
  if (known.has(id)) return;
  const place = head.documents.findIndex((it) => it.id === id);
  const block = unread[place];
  const data = block && JSON.parse(block.textContent);
  if (data?.id === id) addKnown([data]);
  else addKnown(unread.map((it) => JSON.parse(it.textContent)));
}

function load(file) {
  if (!loading.has(file)) loading.set(file, new Promise((done, failed) => addScript(file, done, failed)));
  return loading.get(file);
}

function addScript(file, done, failed) {
  const script = element("script", { src: `${file}.js` });
  script.addEventListener("load", done);
  script.addEventListener("error", () => {
    loading.delete(file);
    failed(new Error(`${file}.js is missing: it belongs into the folder of this page.`));
  });
  document.head.append(script);
}

/** Documents in the order of the page: by group, then as the head lists them. */
function documentsInOrder() {
  return head.groups.flatMap((group) => head.documents.filter((it) => it.group === group));
}

/** The sentences of a unit that count. */
function sentencesOf(data, unit) {
  const first = data.byNumber.get(unit.n);
  const last = data.byNumber.get(unit.to);
  return data.sentences.slice(first, last + 1).filter((it) => it.counted);
}

/** The text that codes and reasons speak of. */
function unitText(data, unit) {
  return sentencesOf(data, unit).map((it) => it.text).join(" ");
}

/** The unit that a sentence belongs to; a note in the midst of a paragraph belongs to none. */
function unitAt(data, { n, counted }) {
  return (counted && data.units.find((it) => it.n <= n && n <= it.to)) || null;
}

function passageAt(data, number) {
  return data.passages.find((it) => it.from <= number && number <= it.to) ?? null;
}
