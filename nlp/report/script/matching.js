// Which units, sentences or passages of one document a query asks for.

const CITED = "cited author"; // a kind of its own: the tables of actors keep it apart from the person

/** All items of a document, in the order of the text. */
function itemsIn(query, data) {
  return ITEMS[levelOf(query)](query, data);
}

const ITEMS = { units: unitItems, passages: passageItems, sentences: sentenceItems };

function sentenceItems(query, data) {
  const test = sentenceTest(query, data);
  const found = [];
  for (const sentence of data.sentences) {
    const hits = test(sentence);
    if (hits) found.push({ data, sentence, unit: null, codes: [], ...hits });
  }
  return found;
}

function unitItems(query, data) {
  const inner = asksAny(query, [...SENTENCE_KEYS, "topic"]) ? sentenceTest(query, data) : null;
  const found = [];
  for (const unit of data.units) {
    if (query.marked && !markOn(data, unit)) continue;
    const codes = codesAsked(query, unit);
    const within = codes && inner ? hitsWithin(sentencesOf(data, unit), inner) : { mentions: 0, words: 0 };
    const sentence = data.sentences[data.byNumber.get(unit.n)];
    if (codes && within) found.push({ data, sentence, unit, codes, ...within });
  }
  return found;
}

/** What the sentences of a unit have of what is asked for, or null where none has all of it. */
function hitsWithin(sentences, test) {
  const hits = sentences.map(test).filter(Boolean);
  const sum = (key) => hits.reduce((total, it) => total + it[key], 0);
  return hits.length ? { mentions: sum("mentions"), words: sum("words") } : null;
}

function passageItems(query, data) {
  const found = [];
  for (const passage of data.passages) {
    const weight = Math.max(0, ...passage.topics.filter(([it]) => wanted(query.topic, it)).map((it) => it[1]));
    const sentence = data.sentences[data.byNumber.get(passage.from)];
    if (weight) found.push({ data, sentence, unit: null, codes: [], passage, weight, mentions: 0, words: 0 });
  }
  return found;
}

/** A test of sentences: how often they have what is asked for, or null where they do not. */
function sentenceTest(query, data) {
  const tests = Object.entries(TESTS).filter(([key]) => query[key]).map(([, make]) => make(query, data));
  const all = asksAny(query, ["text", "edit", "zone", ...CHECKED_KEYS]) && !asksAny(query, [...ACTOR_KEYS, "word"]);
  return (sentence) => {
    if (!all && !sentence.counted) return null;
    const hits = { mentions: 0, words: 0 };
    return tests.every((test) => test(sentence, hits)) ? hits : null;
  };
}

/** The names of a coded sentence of which became what is asked for. */
function checkedIn(query, sentence) {
  const became = (pipeline, model) => !query.checked || query.checked.some((it) => it === pipeline || it === `model-${model}`);
  const isAsked = ([, , label, pipeline, model]) => wanted(query.label, label) && became(pipeline, model);
  return asksAny(query, CHECKED_KEYS) ? (sentence.checked ?? []).filter(isAsked) : [];
}

function checkedTest(query) {
  const counts = !asksAny(query, ACTOR_KEYS);
  return (sentence, hits) => {
    const own = checkedIn(query, sentence).length;
    if (counts) hits.mentions += own;
    return own > 0;
  };
}

const TESTS = {
  actor: actorTest,
  kind: (query, data) => (query.actor ? () => true : mentionTest(data, (it) => query.kind.includes(it[2]))),
  group: (query, data) => mentionTest(data, (it) => it[3].some((name) => query.group.includes(name))),
  checked: checkedTest,
  label: (query) => (query.checked ? () => true : checkedTest(query)),
  word: wordTest,
  edit: (query) => (it) => (it.edits ?? []).some(([rules]) => rules.split("+").some((rule) => query.edit.includes(rule))),
  zone: (query) => (it) => query.zone.includes(it.zone),
  text: textTest,
  topic: topicTest,
};

/** All actors asked for, in the sentence or in its paragraph. */
function actorTest(query, data) {
  const numbers = query.actor.map((id) => numbersOf(data, (it) => it[0] === id && ofKind(query, it)));
  const any = new Set(numbers.flatMap((it) => [...it]));
  const paragraphs = query.within?.includes("paragraph") ? namesByParagraph(data) : null;
  return (sentence, hits) => {
    const own = (sentence.names ?? []).map((it) => it[2]);
    const near = paragraphs ? paragraphs.get(sentence.p) ?? [] : own;
    hits.mentions += own.filter((it) => any.has(it)).length;
    return own.some((it) => any.has(it)) && numbers.every((them) => near.some((it) => them.has(it)));
  };
}

const ofKind = (query, actor) => (query.kind ? query.kind.includes(actor[2]) : actor[2] !== CITED);

function numbersOf(data, test) {
  return new Set(data.actors.flatMap((it, number) => (test(it) ? [number] : [])));
}

function namesByParagraph(data) {
  const found = new Map();
  for (const { p, names, counted } of data.sentences) {
    if (counted && names) found.set(p, [...(found.get(p) ?? []), ...names.map((it) => it[2])]);
  }
  return found;
}

function mentionTest(data, test) {
  const numbers = numbersOf(data, test);
  return (sentence, hits) => {
    const own = (sentence.names ?? []).filter((it) => numbers.has(it[2])).length;
    hits.mentions += own;
    return own > 0;
  };
}

function wordTest(query, data) {
  const numbers = new Set(query.word.map((it) => data.words.indexOf(it)));
  return (sentence, hits) => {
    const own = (sentence.words ?? []).filter(([it]) => numbers.has(it));
    hits.words += own.reduce((total, [, count]) => total + count, 0);
    return own.length > 0;
  };
}

/** Any of the searches, each with all its words. */
function textTest(query) {
  const searches = query.text.map(patternsOf).filter((it) => it.length);
  return (sentence) => searches.some((it) => searchIn(sentence.text, it));
}

/** A sentence belongs to the topic that weighs most in its passage. */
function topicTest(query, data) {
  const chief = (number) => passageAt(data, number)?.topics[0]?.[0];
  return (sentence) => wanted(query.topic, chief(sentence.n));
}
