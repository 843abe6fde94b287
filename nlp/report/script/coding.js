// Who says what of a unit: the reference coder, the machine, the machine that had not seen the author.

const STANCE_BY = {
  best: (unit, code) => (unit.sample ? code.reference : code.machine?.[1]),
  coded: (unit, code) => code.reference,
  machine: (unit, code) => code.machine?.[1],
};

/** The stance of a code, or nothing where the frame is not seen. */
function stanceOf(unit, code, by = "best") {
  return (ownOf(STANCE_BY, by) ?? STANCE_BY.best)(unit, code) || "";
}

const unseenStance = (code) => code.unseen?.[1] || "";

const OUTCOME_OF = {
  hit: (code) => code.reference && unseenStance(code),
  missed: (code) => code.reference && code.unseen && !unseenStance(code),
  false: (code) => !code.reference && unseenStance(code),
};

const wanted = (values, value) => !values || values.includes(String(value));

/** The codes of a unit that are asked for; null where the unit is not, though it may have no codes. */
function codesAsked(query, unit) {
  if (query.part && !wanted(query.part, unit.part)) return null;
  if (query.coder && !query.coder.every((it) => unit.coders?.includes(it))) return null;
  if (query.unseen && !isLikely(query, unit)) return null;
  const codes = (unit.codes ?? []).filter((it) => wanted(query.frame, it.frame));
  if (query.differ) return nonEmpty(codes.filter((it) => differ(it, query.coder ?? unit.coders ?? [])));
  if (query.outcome) return unit.sample ? nonEmpty(codes.filter((it) => hasOutcome(query, it))) : null;
  if (query.true || query.said) return unit.sample ? nonEmpty(codes.filter((it) => isConfused(query, it))) : null;
  if (query.by?.includes("sample")) return unit.sample ? codes : null;
  if (query.coder) return codes;
  if (!asksAny(query, ["frame", "stance", "by"])) return codes;
  const by = query.by ?? ["best"];
  return nonEmpty(codes.filter((it) => by.some((who) => isSeen(query, stanceOf(unit, it, who)))));
}

/** Whether a machine that had not seen the author gives a frame a probability as asked for: "0.2-0.3". */
function isLikely(query, unit) {
  const scores = (unit.scores ?? []).filter((it, at) => it !== null && wanted(query.frame, head.frames[at][0]));
  const ranges = query.unseen.map((it) => it.split("-").map(Number));
  return scores.some((it) => ranges.some(([low, high]) => low <= it && (it < high || high >= 1)));
}

const nonEmpty = (codes) => (codes.length ? codes : null);
const isSeen = (query, stance) => Boolean(stance) && wanted(query.stance, stance);

function hasOutcome(query, code) {
  const stance = code.reference || unseenStance(code);
  return query.outcome.some((it) => ownOf(OUTCOME_OF, it)?.(code)) && wanted(query.stance, stance);
}

/** The third part of `unseen` is the stance that it would be, where the machine does not see the frame. */
function isConfused(query, code) {
  const said = unseenStance(code) || code.unseen?.[2] || "";
  return Boolean(code.reference) && wanted(query.true, code.reference) && wanted(query.said, said);
}

function differ(code, coders) {
  return new Set(coders.map((it) => ownOf(code.coders, it) ?? "")).size > 1;
}
