// Copies a text to the clipboard, with the old way where the new one is refused.

function copyButton(label, text) {
  const made = button(label, async () => {
    const done = await copy(text());
    made.textContent = done ? "Copied" : "Copying was refused";
    setTimeout(() => (made.textContent = label), 2000);
  });
  made.classList.add("copy");
  return made;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text) {
  const area = element("textarea", { class: "unseen", "aria-label": "Text to copy" });
  const focused = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus({ preventScroll: true });
  return done;
}
