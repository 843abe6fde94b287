// The form in which a reviewer says how a unit should be coded, and why.

const PRESENT = "present"; // where the codebook has no stances to tell apart

function markForm(data, unit) {
  const mark = markOn(data.id, unit.n);
  const form = element("form", { class: "mark-form" });
  const draw = () => form.replaceChildren(...formParts(data, unit, form, draw));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saveForm(data, unit, form, draw);
  });
  draw();
  const open = Boolean(mark);
  return element("details", { class: "marking", open }, element("summary", {}, mark ? "Your coding" : "Code it otherwise"), form);
}

function formParts(data, unit, form, draw) {
  const mark = markOn(data.id, unit.n);
  const shown = mark?.codes ?? shownCodes(unit);
  const told = `The whole coding of the ${head.unit} is kept, not only what you change: frames that you leave as they are count as read and agreed with.`;
  const remove = mark ? button("Remove", () => (removeMark(data.id, unit.n), draw())) : null;
  return [
    element("p", { class: "about" }, told),
    element("div", { class: "fields" }, ...head.frames.map(([name, label]) => frameChoice(name, label, ownOf(shown, name)))),
    noteField(mark?.note ?? ""),
    kept().coder ? null : nameField(),
    element("p", { class: "actions" }, element("button", { type: "submit" }, mark ? "Save again" : "Save"), remove),
    element("p", { class: "saved", role: "status" }, mark ? savedLine(mark) : ""),
  ].filter(Boolean);
}

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

function saveForm(data, unit, form, draw) {
  const given = new Map(new FormData(form));
  const name = (given.get("\0coder") ?? kept().coder).trim();
  const problem = nameProblem(name);
  if (problem) return void (form.querySelector(".saved").textContent = problem);
  const codes = head.frames.map(([frame]) => [frame, given.get(frame)]).filter(([, stance]) => stance);
  keep({ ...kept(), coder: name });
  saveMark(markFor(data, unit, Object.fromEntries(codes), String(given.get("\0note") ?? "").trim()));
  return draw();
}

function savedLine(mark) {
  const where = canKeep ? "kept in this browser" : "not kept by this browser: export before you leave the page";
  return `Coded ${mark.coded} by ${kept().coder}, ${where}.`;
}

/** Below an item of the list of marks: the reviewer's coding, and the way to take it back. */
function markLines({ data, unit }, removed) {
  const { codes, note } = markOn(data.id, unit.n);
  const told = Object.entries(codes).map(([frame, stance]) => `${labelIn(head.frames, frame)}: ${seen(stance)}`);
  const remove = button("Remove", () => (removeMark(data.id, unit.n), removed()));
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
  file.addEventListener("change", () => readFile(file.files[0], status));
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

function renameField(status) {
  const input = element("input", { value: kept().coder, maxlength: 80 });
  input.addEventListener("change", () => {
    const name = input.value.trim();
    status.textContent = nameProblem(name) || `Your codings are by ${name}.`;
    if (!nameProblem(name)) keep({ ...kept(), coder: name });
  });
  return element("label", {}, element("span", {}, "Your name, as a coder"), input);
}

async function readFile(file, status) {
  try {
    const { taken, left } = await takeIn(await file.text());
    await showList({ marked: ["1"] });
    list.parts.nodes.find((it) => it?.className === "marks-tools").lastChild.textContent =
      `${plural(taken, "coding")} taken${left ? `, ${left} left: they are not of these texts and this codebook` : ""}.`;
  } catch {
    status.textContent = "This is no file of codings: each line must be JSON.";
  }
}

function download() {
  const address = URL.createObjectURL(new Blob([exported()], { type: "application/x-ndjson" }));
  element("a", { href: address, download: "marks.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
