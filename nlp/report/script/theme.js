// The colours that the reader chose last, before anything is drawn.
try {
  document.documentElement.dataset.theme = localStorage.getItem("crossframe:theme") ?? "auto";
} catch {
  // Where nothing may be kept, colours are those of the system.
}
