// What is chosen and written in a form and not saved, kept until the page is left: before they decide,
// reviewers look at the sentences around.

const drafts = new Map(); // by place in the source: the answers given

/** The name of a coder is none: it is asked for once. */
const answers = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "\0coder"));

/** A form as it is drawn is no draft. */
function drawnAs(form) {
  form.dataset.drawn = answers(form);
}

function keepDraft(key, form) {
  const now = answers(form);
  if (now === form.dataset.drawn) drafts.delete(key);
  else drafts.set(key, now);
  return drafts.has(key);
}

/** Fills the fields in as they were left; whether there was a draft. */
function restoreDraft(key, form) {
  for (const [name, value] of JSON.parse(drafts.get(key) ?? "[]")) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  return keepDraft(key, form); // what was saved since, elsewhere, may be the same
}

/** Browsers ask whether to leave where an answer would be lost. */
function askBeforeLoss(event) {
  if (drafts.size || (!canKeep && allMarks().length)) event.preventDefault();
}
