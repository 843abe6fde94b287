// The page is made ready: first what is seen, then the tables while nothing else is to be done.

/** On paper all is to be read: what is folded up is opened, and folded again after. */
function openForPrint() {
  const closed = [...document.querySelectorAll("main details:not([open])")];
  for (const it of closed) it.open = true;
  addEventListener("afterprint", () => closed.forEach((it) => (it.open = false)), { once: true });
}

/** Links to what is folded up open it. */
function unfold() {
  const target = document.getElementById(decoded(location.hash).slice(1));
  for (let it = target?.closest("details"); it; it = it.parentNode.closest("details")) it.open = true;
}

function inSlices(things, use) {
  const first = things.slice(0, 8);
  first.forEach(use);
  if (things.length > 8) setTimeout(() => inSlices(things.slice(8), use));
  else document.documentElement.dataset.ready = "true";
}

document.documentElement.classList.add("scripted");
fillBar();
addEventListener("beforeprint", openForPrint);
addEventListener("hashchange", unfold);
document.addEventListener("keydown", onKey);
openFigures();
document.addEventListener("click", openByCell);
document.addEventListener("mouseover", pointAt);
addEventListener("hashchange", route);
addEventListener("storage", tellMarks);
addEventListener("beforeunload", askBeforeLoss);
route();
unfold();
document.querySelectorAll(".scroll").forEach(makeReachable);
inSlices([...document.querySelectorAll("main table")], toolsFor);

return { take, find: (query) => find(parseQuery(query)), count: (query, of) => count(parseQuery(query), of) };
