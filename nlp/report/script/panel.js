// The panel beside the page: a list of sentences, or one sentence with all that is known of it.

const panel = makePanel();
const panelHeading = panel.querySelector("h2");
const panelBody = panel.querySelector(".panel-body");
let opener = null; // where the focus returns to

function makePanel() {
  const made = document.getElementById("panel-template").content.firstElementChild.cloneNode(true);
  made.querySelector(".close").addEventListener("click", leave);
  document.body.append(made);
  return made;
}

/** Shows something in the panel; the page beside it stays where it was. */
function show(heading, ...content) {
  if (panel.hidden) {
    opener = document.activeElement === document.body ? null : document.activeElement;
    keepingPlace(() => {
      panel.hidden = false;
      document.body.classList.add("with-panel");
    });
  }
  panelHeading.replaceChildren(...[heading].flat());
  setChildren(panelBody, content.filter(Boolean));
  focusShown();
}

/** The focus goes to the heading, but for a reader who is in what stays. */
function focusShown() {
  if (panelBody.contains(document.activeElement)) return document.activeElement.scrollIntoView({ block: "nearest" });
  panel.scrollTop = 0;
  return panelHeading.focus({ preventScroll: true });
}

function hidePanel() {
  if (panel.hidden) return;
  const inside = panel.contains(document.activeElement);
  keepingPlace(() => {
    panel.hidden = true;
    document.body.classList.remove("with-panel");
  });
  if (inside) returnPoint()?.focus({ preventScroll: true });
  opener = null;
}

/** Closes the panel: the address asks for nothing any more, and nothing moves. */
function leave() {
  history.pushState(null, "", `${location.pathname}${location.search}`);
  route();
}

/** Where the reader is: at the figure that opened the panel, or by now at a sentence far from it. */
function returnPoint() {
  const sentence = document.querySelector("main .here");
  if (!sentence || isInView(opener) || !isInView(sentence)) return opener;
  sentence.tabIndex = -1;
  return sentence;
}

function isInView(node) {
  const box = node?.getBoundingClientRect();
  return Boolean(box) && box.bottom > 0 && box.top < innerHeight;
}

/** The page gets narrower or wider: what was read stays where it was on the screen. */
function keepingPlace(change) {
  const point = returnPoint();
  const kept = point?.closest("main") && isInView(point) ? point : firstInView();
  const before = kept?.getBoundingClientRect().top;
  change();
  if (kept) window.scrollBy({ top: kept.getBoundingClientRect().top - before, behavior: "instant" });
}

function firstInView() {
  const below = document.querySelector(".bar").getBoundingClientRect().bottom;
  const blocks = document.querySelectorAll("main h2, main h3, main p, main tr, main figure");
  return [...blocks].find((it) => it.getBoundingClientRect().top >= below) ?? null;
}

function failed(problem) {
  show("This cannot be shown", element("p", { role: "alert" }, problem.message));
}
