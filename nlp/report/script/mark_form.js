// The form in which a reviewer says how a unit should be coded, and why.

const PRESENT = "present"; // where the codebook has no stances to tell apart

/** Fields are drawn anew; what is pressed, and what tells of it, stays. */
function markForm(data, unit) {
  const own = {
    data,
    unit,
    summary: element("summary"),
    fields: element("div"),
    save: element("button", { type: "submit" }),
    remove: button("Remove", () => takeBack(own)),
    discard: button("Discard changes", () => discard(own)),
    status: element("p", { class: "saved", role: "status" }),
  };
  const told = `The whole coding of the ${head.unit} is kept, not only what you change: frames that you leave as they are count as read and agreed with.`;
  const actions = element("p", { class: "actions" }, own.save, own.remove, own.discard);
  own.form = element("form", { class: "mark-form", submit: (event) => saveForm(event, own), input: () => changeForm(own) });
  own.form.append(element("p", { class: "about" }, told), own.fields, actions, own.status);
  const mark = drawForm(own);
  const open = restoreDraft(unitKey(own), own.form) || Boolean(mark);
  tellForm(own, mark ? savedLine(mark) : "");
  return element("details", { class: "marking", open }, own.summary, own.form);
}

const unitKey = ({ data, unit }) => keyOf({ doc_id: data.id, ...unit });

/** The form as the unit is coded now; the reader's coding, if there is one. */
function drawForm(own) {
  const { data, unit, form, summary, fields, save, remove } = own;
  const mark = (own.mark = markOn(data, unit));
  const shown = mark?.codes ?? shownCodes(unit);
  const frames = head.frames.map(([name, label]) => frameChoice(name, label, ownOf(shown, name)));
  const about = [noteField(mark?.note ?? ""), kept().coder ? "" : nameField()];
  fields.replaceChildren(element("div", { class: "fields" }, ...frames), ...about.filter(Boolean));
  summary.textContent = mark ? "Your coding" : "Code it otherwise";
  save.textContent = mark ? "Save again" : "Save";
  remove.hidden = !mark;
  drawnAs(form);
  return mark;
}

/** What is not saved is told in place of what was. */
function tellForm({ status, discard, ...own }, told) {
  const unsaved = drafts.has(unitKey(own));
  discard.hidden = !unsaved;
  status.textContent = unsaved ? "Not saved yet." : told;
}

function changeForm(own) {
  keepDraft(unitKey(own), own.form);
  tellForm(own, "");
}

/** What was not saved stays in the form. */
function takeBack(own) {
  removeMarks(...[markOn(own.data, own.unit)].filter(Boolean)); // another window may have been first
  redraw(own, "Your coding is removed.");
}

function discard(own) {
  drafts.delete(unitKey(own));
  redraw(own, "Your changes are discarded.");
}

/** The form anew; the focus goes from a button that may go away. */
function redraw(own, told) {
  own.save.focus();
  drawForm(own);
  restoreDraft(unitKey(own), own.form);
  tellForm(own, told);
}

/** Whether another window has coded the unit since the form was drawn. */
const isOutdated = ({ data, unit, mark }) => JSON.stringify(markOn(data, unit)) !== JSON.stringify(mark);

/** The codes shown: of the reference, else of the machine. */
function shownCodes(unit) {
  const codes = (unit.codes ?? []).map((it) => [it.frame, stanceOf(unit, it)]);
  const seenOnes = codes.filter(([, stance]) => stance);
  return Object.fromEntries(seenOnes.map(([frame, stance]) => [frame, head.stances.length ? stance : PRESENT]));
}

function frameChoice(name, label, stance) {
  const stances = head.stances.length ? head.stances : [[PRESENT, "Present"]];
  const made = choice(label, [["", "absent"], ...stances], stance ?? "", () => {});
  made.querySelector("select").name = name;
  return made;
}

function noteField(note) {
  const area = element("textarea", { name: "\0note", rows: 2, dir: "auto" });
  area.value = note;
  return element("label", {}, element("span", {}, "Note: why"), area);
}

function nameField() {
  const input = element("input", { name: "\0coder", required: true, maxlength: 80, autocomplete: "name" });
  return element("label", {}, element("span", {}, "Your name, as a coder"), input);
}

function saveForm(event, own) {
  event.preventDefault();
  const { data, unit, form, status } = own;
  if (isOutdated(own)) {
    redraw(own, "");
    return void (status.textContent = "Not saved: another window has coded this since. Look at it again, then save.");
  }
  const given = new Map(new FormData(form));
  const name = (kept().coder || given.get("\0coder")).trim();
  const problem = nameProblem(name);
  if (problem) return void (status.textContent = problem);
  const codes = head.frames.map(([frame]) => [frame, given.get(frame)]).filter(([, stance]) => stance);
  keep({ ...kept(), coder: name });
  saveMark(markFor(data, unit, Object.fromEntries(codes), String(given.get("\0note") ?? "").trim()));
  drafts.delete(unitKey(own));
  redraw(own, savedLine(markOn(data, unit)));
}

function savedLine(mark) {
  const where = canKeep ? "kept in this browser" : "not kept by this browser: export before you leave the page";
  return `Coded ${mark.coded} by ${kept().coder}, ${where}.`;
}

/** Below an item of the list of marks: the reviewer's coding, and the way to take it back. */
function markLines({ data, unit }, removed) {
  const mark = markOn(data, unit);
  if (!mark) return []; // another window has removed it
  const { codes, note } = mark;
  const told = Object.entries(codes).map(([frame, stance]) => `${labelIn(head.frames, frame)}: ${seen(stance)}`);
  const remove = button("Remove", () => (removeMarks(mark), removed()));
  return [
    element("p", {}, element("b", {}, "Your coding: "), told.join(", ") || "no frame"),
    note ? element("p", {}, quoted(note)) : "",
    element("p", { class: "actions" }, remove),
  ];
}

/** Above the list of marks: name, export, import. */
function marksTools() {
  const status = element("p", { role: "status", class: "saved" });
  const file = element("input", { type: "file", accept: ".jsonl,.json,.txt", class: "file" });
  file.addEventListener("change", () => readFile(file, status));
  const told = `Export and run “crossframe import FILE” to compare your codings with those of the sample.`;
  return element(
    "div",
    { class: "marks-tools" },
    renameField(status),
    element("p", { class: "actions" }, button("Export", download), element("label", {}, element("span", {}, "Import"), file)),
    element("p", { class: "about" }, told, canKeep ? "" : " This browser keeps nothing: export before you leave the page."),
    status,
  );
}

/** Marks that no text of this page has a place for: they are kept, but cannot be shown. */
function besideLine(marks) {
  const told = `${plural(marks.length, "more coding")} made on another version of these texts: exported, not shown. `;
  const line = element("p", { class: "about" }, told, button("Remove them", () => (removeMarks(...marks), listStatus.focus(), line.remove())));
  return line;
}

function renameField(status) {
  const input = element("input", { value: kept().coder, maxlength: 80 });
  input.addEventListener("change", () => {
    const name = input.value.trim();
    status.textContent = nameProblem(name) || `Your codings are by ${name}.`;
    if (!nameProblem(name)) keep({ ...kept(), coder: name });
  });
  return element("label", {}, element("span", {}, "Your name, as a coder"), input);
}

async function readFile(field, status) {
  const file = field.files[0];
  if (!file) return;
  const lines = linesIn(await file.text());
  field.value = ""; // the same file, mended, is a change, too
  if (!lines) return void (status.textContent = "This is no file of codings: each line must be JSON.");
  try {
    const told = tellTaken(await takeIn(lines));
    if (!parseQuery(location.hash).marked) return; // the reader has gone on
    await showList({ marked: ["1"] });
    panelBody.querySelector(".marks-tools [role=status]").textContent = told;
  } catch (problem) {
    status.textContent = problem.message;
  }
}

function linesIn(text) {
  try {
    return text.split("\n").filter((it) => it.trim()).map((it) => JSON.parse(it));
  } catch {
    return null;
  }
}

function tellTaken({ taken, left }) {
  const why = `: they are not ${kept().coder ? "yours" : "anybody's"}, or not of these texts and this codebook`;
  return `${plural(taken, "coding")} taken${left ? `, ${left} left${why}` : ""}.`;
}

function download() {
  const address = URL.createObjectURL(new Blob([exported()], { type: "application/x-ndjson" }));
  element("a", { href: address, download: "marks.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
