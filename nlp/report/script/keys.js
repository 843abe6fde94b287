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
  const typing = event.target.closest("input, textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (typing && event.key !== "Escape") return;
  const done = ON_KEY[event.key];
  if (!done || done() === false) return;
  event.preventDefault();
}

function focusOn(field) {
  field?.focus();
  field?.select();
}

/** To the next item of the list; from a sentence, to the next one of the list that it was opened from. */
function step(by) {
  if (panel.hidden) return false;
  const link = panelBody.querySelector(`a[data-step="${by}"]`);
  if (link) return void link.click();
  const links = [...panelBody.querySelectorAll("a.sentence")];
  if (!links.length) return false;
  const place = links.indexOf(document.activeElement);
  const next = links[Math.max(0, Math.min(links.length - 1, place < 0 ? 0 : place + by))];
  next.focus();
  return next.scrollIntoView({ block: "nearest" });
}
