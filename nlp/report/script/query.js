// A query as it stands in the address: ?author=Ash&frame=care. Keys may be repeated.

const UNIT_KEYS = ["frame", "stance", "by", "unseen", "outcome", "true", "said", "coder", "differ", "part", "marked"];
const ACTOR_KEYS = ["actor", "kind", "group"];
const CHECKED_KEYS = ["checked", "label"];
const SENTENCE_KEYS = [...ACTOR_KEYS, ...CHECKED_KEYS, "word", "edit", "zone", "text"];
const KEYS = ["author", "doc", ...UNIT_KEYS, "within", "topic", ...SENTENCE_KEYS];

/** {author: [..], frame: [..]} of what stands behind the question mark; unknown keys are left out. */
function parseQuery(text) {
  const given = new URLSearchParams(text.replace(/^[#?]+/, ""));
  const values = KEYS.map((key) => [key, given.getAll(key).filter((it) => it !== "")]);
  return Object.fromEntries(values.filter(([, it]) => it.length));
}

/** Keys of an address that ask nothing: mistyped, or of another version. */
function unknownKeys(text) {
  const given = new URLSearchParams(text.replace(/^[#?]+/, ""));
  return [...new Set(given.keys())].filter((it) => !KEYS.includes(it));
}

function formatQuery(query) {
  const made = new URLSearchParams();
  for (const key of KEYS) for (const value of query[key] ?? []) made.append(key, value);
  return `?${made}`;
}

/** The same query with another value (or none) for one key. */
function changed(query, key, value) {
  const made = { ...query, [key]: value === "" ? [] : [value] };
  if (!made[key].length) delete made[key];
  return made;
}

const asksAny = (query, keys) => keys.some((it) => query[it]);

/** What kind of thing is asked for: units, passages or sentences. */
function levelOf(query) {
  if (asksAny(query, UNIT_KEYS)) return "units";
  return query.topic && !asksAny(query, SENTENCE_KEYS) ? "passages" : "sentences";
}

const NOUNS = { units: () => head.unit, passages: () => "passage", sentences: () => "sentence" };

const labelIn = (pairs, name) => pairs.find((it) => String(it[0]) === String(name))?.[1] ?? name;
const stanceLabel = (stance) => labelIn(head.stances, stance).toLowerCase();
const actorNames = new Map(head.actors.map(([id, name]) => [id, name]));

const BY = {
  best: "as coded, else by machine",
  coded: "coded by the reference",
  machine: "by the machine",
  sample: "in the coded sample",
};
const OUTCOMES = {
  hit: "found by a machine that had not seen the author",
  missed: "missed by a machine that had not seen the author",
  false: "wrongly seen by a machine that had not seen the author",
};
const CHECKED = {
  right: "found and linked as coded",
  mislinked: "linked to another",
  missed: "missed",
  false: "found, not coded",
  "model-right": "found by the model alone",
  "model-missed": "missed by the model alone",
  "model-false": "found by the model alone, not coded",
};
const IN_WORDS = {
  author: (it) => it,
  doc: (it) => aboutDocument.get(it)?.title ?? it,
  frame: (it) => labelIn(head.frames, it),
  stance: stanceLabel,
  by: (it) => ownOf(BY, it) ?? it,
  unseen: (it) => `probability ${it.replace("-", " to ")} by a machine that had not seen the author`,
  outcome: (it) => ownOf(OUTCOMES, it) ?? it,
  true: (it) => `reference: ${stanceLabel(it)}`,
  said: (it) => `machine that had not seen the author: ${stanceLabel(it)}`,
  coder: (it) => `judged by ${it}`,
  differ: () => "coders differ",
  part: (it) => `part ${it}`,
  marked: () => "marked by you",
  within: (it) => `in one ${it}`,
  topic: (it) => `topic ${it} ${labelIn(head.topics, it)}`,
  actor: (it) => actorNames.get(it) ?? it,
  kind: (it) => it,
  group: (it) => it,
  checked: (it) => `names ${ownOf(CHECKED, it) ?? it}`,
  label: (it) => it,
  word: (it) => `“${it}”`,
  edit: (it) => `changed by ${it}`,
  zone: (it) => `zone ${it}`,
  text: (it) => `search: ${it}`,
};

/** The whole address of a list or sentence, as it can be copied. */
const here = (hash) => location.href.replace(/#.*$/, "") + hash;

/** The query as a heading: Ash · Care · asserted. */
function inWords(query) {
  const joined = (key) => query[key].map(IN_WORDS[key]).join(key === "actor" || key === "coder" ? " and " : " or ");
  return KEYS.filter((key) => query[key]).map(joined).join(" · ") || "All sentences";
}
