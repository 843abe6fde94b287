// What the address asks for is what the panel shows.

function route() {
  const asked = location.hash;
  if (asked.startsWith("#?")) return showList(parseQuery(asked));
  const [, id, number] = decoded(asked).match(/^#([^/]+)\/(\d+)\s*$/) ?? [];
  if (!id) return hidePanel();
  return showSentence(id, Number(number)).catch((problem) => location.hash === asked && failed(problem));
}

function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** With script, figures lead to their lists, and places into the panel; without, to where these stand. */
function openFigures() {
  for (const it of document.querySelectorAll("a.opens[data-find]")) it.setAttribute("href", `#${it.dataset.find}`);
  for (const it of document.querySelectorAll("a[data-place]")) it.setAttribute("href", `#${it.dataset.place}`);
}
