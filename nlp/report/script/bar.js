// What stands in the bar at the top: sections, search, marks, theme, help.

const bar = document.querySelector(".bar");
const marksLink = element("a", { href: "#?marked=1", class: "marks" });

function fillBar() {
  const tools = element("div", { class: "tools" }, searchForm(), marksLink, themeButton(), helpButton());
  bar.append(tools);
  tellMarks();
  followSections();
}

function searchForm() {
  const input = element("input", { type: "search", id: "search", placeholder: "Search the texts", "aria-label": "Search the texts (/)" });
  const form = element("form", { role: "search" }, input);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) go({ text: [input.value.trim()] });
  });
  return form;
}

function tellMarks() {
  const number = allMarks().length;
  marksLink.textContent = `Marks${number ? ` (${number})` : ""}`;
}

const THEMES = ["auto", "light", "dark"];
const THEME = "crossframe:theme";

function themeButton() {
  const made = button("", () => setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length], made));
  setTheme(theme(), made);
  return made;
}

function theme() {
  try {
    return THEMES.find((it) => it === localStorage.getItem(THEME)) ?? "auto";
  } catch {
    return document.documentElement.dataset.theme ?? "auto";
  }
}

function setTheme(name, shownOn) {
  document.documentElement.dataset.theme = name;
  shownOn.textContent = `Theme: ${name}`;
  try {
    localStorage.setItem(THEME, name);
  } catch {
    // Where nothing may be kept, the choice holds as long as the page is open.
  }
}

/** The section that is read is the current one in the bar. */
function followSections() {
  const links = new Map([...bar.querySelectorAll("nav a")].map((it) => [it.hash.slice(1), it]));
  const seenNow = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const it of entries) seenNow[it.isIntersecting ? "add" : "delete"](it.target.id);
    const current = [...links.keys()].find((it) => seenNow.has(it));
    for (const [id, link] of links) setCurrent(link, id === current);
  }, { rootMargin: "-15% 0px -80% 0px" });
  for (const it of document.querySelectorAll("main > section[id]")) observer.observe(it);
}

/** The bar alone scrolls along: the page stays where it is. */
function setCurrent(link, isCurrent) {
  if (!isCurrent) return link.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  const line = link.parentNode;
  const outside = link.offsetLeft < line.scrollLeft || link.offsetLeft + link.offsetWidth > line.scrollLeft + line.clientWidth;
  if (outside) line.scrollLeft = link.offsetLeft - 16;
}
