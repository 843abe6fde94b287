// What the address asks for is what the panel shows.

function route() {
  const asked = location.hash;
  if (asked.startsWith("#?")) return showList(parseQuery(asked));
  const [, id, number] = decoded(asked).match(/^#(.+)\/(\d+)$/) ?? [];
  if (!aboutDocument.has(id)) return hidePanel();
  return showSentence(id, Number(number)).catch(failed);
}

function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** With script, figures lead to their lists; without, to a place on the page. */
function openFigures() {
  for (const it of document.querySelectorAll("a.opens[data-find]")) it.setAttribute("href", `#${it.dataset.find}`);
}
