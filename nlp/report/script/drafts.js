// What is chosen and written in a form and not saved, kept until the page is left: before they decide,
// reviewers look at the sentences around.

const drafts = new Map(); // by place in the source: the answers given

const answers = (form) => JSON.stringify([...new FormData(form)]);

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
    if (form.elements[name]) form.elements[name].value = value; // the name of a coder is asked for once
  }
  return drafts.has(key);
}

/** Browsers ask whether to leave where an answer would be lost. */
function askBeforeLoss(event) {
  if (drafts.size || (!canKeep && allMarks().length)) event.preventDefault();
}
