// The keyboard: / search, j and k through items, Enter opens, Esc closes, ? help.

const help = document.getElementById("help-template").content.firstElementChild.cloneNode(true);

function helpButton() {
  document.body.append(help);
  help.querySelector("button").addEventListener("click", () => help.close());
  return button("?", () => help.showModal(), { "aria-label": "Keys and help" });
}

const ON_KEY = {
  "/": () => focusOn(document.getElementById("search")),
  "?": () => help.showModal(),
  j: () => step(1),
  k: () => step(-1),
  Escape: () => !panel.hidden && leave(),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  const field = event.target.closest("input, textarea, select");
  if (field) return void (event.key === "Escape" && leaveField(field));
  const done = ON_KEY[event.key];
  if (!done || done() === false) return;
  event.preventDefault();
}

/** The panel closes only when Esc is pressed outside its fields: notes stay, words to search for are given up. */
function leaveField(field) {
  if (field.type === "search") field.value = field.defaultValue;
  field.blur();
  if (panel.contains(field)) panelHeading.focus({ preventScroll: true });
}

const itemLinks = () => [...panelBody.querySelectorAll("a.sentence")];

function focusOn(field) {
  field?.focus();
  field?.select();
}

/** To the next item of the list; from a sentence, to the next one of the list that it was opened from. */
function step(by) {
  if (panel.hidden) return false;
  const link = panelBody.querySelector(`a[data-step="${by}"]`);
  if (link) return void link.click();
  if (!itemLinks().length) return false;
  const place = itemLinks().indexOf(document.activeElement);
  drawUpTo(list, place + by);
  const links = itemLinks();
  const next = links[Math.max(0, Math.min(links.length - 1, place < 0 ? 0 : place + by))];
  next.focus();
  return next.scrollIntoView({ block: "nearest" });
}
