// Full-text search: all words or "a phrase"; case, accents and forms of apostrophes and hyphens are ignored.

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const ALIKE = { "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "ς": "σ" };

/** The text without case and accents, and for each of its characters the place that it comes from. */
function folded(text) {
  let found = "";
  const places = [];
  let place = 0;
  for (const sign of text) {
    const plain = sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘ʼ‐‑–ς]/g, (it) => ALIKE[it]);
    for (let at = 0; at < plain.length; at++) places.push(place);
    found += plain;
    place += sign.length;
  }
  places.push(place);
  return { text: found, places };
}

/** Patterns for what is to be found, each from the beginning of a word on. */
function patternsOf(searched) {
  const parts = [...searched.replace(/[“”„«»]/g, '"').matchAll(/"([^"]+)"|[^\s"]+/g)].map((it) => it[1] ?? it[0]);
  return parts.map((it) => folded(it).text.trim()).filter(Boolean).map(patternOf);
}

function patternOf(words) {
  const escaped = words.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\s+/g, "\\s+");
  const edge = UNSPACED.test(words) || !/^[\p{L}\p{N}]/u.test(words) ? "" : "(?<![\\p{L}\\p{N}])";
  return new RegExp(edge + escaped, "gu");
}

/** Places [start, end] of all patterns in the text, or null where one of them is not in it. */
function searchIn(text, patterns) {
  const plain = folded(text);
  const found = [];
  for (const pattern of patterns) {
    const hits = [...plain.text.matchAll(pattern)];
    if (!hits.length) return null;
    for (const it of hits) found.push([plain.places[it.index], endOf(plain, it.index + it[0].length)]);
  }
  return found;
}

/** Where the character before this place ends: accents after it belong to it. */
function endOf(plain, place) {
  const last = plain.places[place - 1];
  let next = place;
  while (plain.places[next] === last && next < plain.places.length - 1) next++;
  return plain.places[next];
}

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.]*/gu; // each part of a compound is a word
const COMPOUNDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu;

/** Where forms of a lemma stand, as many as were counted: those most like it. */
function formsOf(text, lemma, count) {
  const wanted = folded(lemma).text;
  const words = [...text.matchAll(wanted.includes("-") ? COMPOUNDS : WORDS)];
  const likely = words.map((it) => ({ it, like: likeness(folded(it[0]).text, wanted) }));
  const best = likely.filter(({ like }) => like >= 0.5).sort((a, b) => b.like - a.like).slice(0, count);
  return best.map(({ it }) => [it.index, it.index + it[0].length]);
}

function likeness(word, lemma) {
  let same = 0;
  while (same < lemma.length && word[same] === lemma[same]) same++;
  return (2 * same) / (word.length + lemma.length);
}
