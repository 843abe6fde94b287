// Nodes are built, never parsed: no text of a corpus can become markup.

// They turn the direction of what follows them, numbers included, to the end of the paragraph.
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

function steady(text) {
  return String(text).replace(TURNING, (it) => `<U+${it.codePointAt(0).toString(16).toUpperCase()}>`);
}

/** element("a", {href: "#x", class: "y"}, "text", node): attributes that are null or false are left out. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((it) => it !== null && it !== undefined && it !== ""));
  return made;
}

/** A text from the corpus: isolated, in its own direction, with signs for what would turn others. */
function quoted(text, tag = "bdi") {
  return element(tag, { dir: "auto" }, steady(text));
}

function button(label, pressed, attributes = {}) {
  return element("button", { type: "button", click: pressed, ...attributes }, label);
}

/** Gives a node these children; those that it has already are not taken out, so that the focus stays in them. */
function setChildren(parent, children) {
  for (const it of [...parent.childNodes]) if (!children.includes(it)) it.remove();
  for (const [at, it] of children.entries()) if (parent.childNodes[at] !== it) parent.insertBefore(it, parent.childNodes[at] ?? null);
}

/** A select with a label; `options` are [value, label]. */
function choice(label, options, chosen, changed) {
  const select = element("select", { change: () => changed(select.value) });
  for (const [value, shown] of options) {
    select.append(element("option", { value, selected: String(value) === String(chosen) }, steady(shown)));
  }
  return element("label", {}, element("span", {}, label), select);
}

function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
