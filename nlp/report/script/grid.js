// A table as rows of texts, whatever cells span; and as CSV or Markdown.

/** What is to be read in a cell; breaks of lines become spaces. */
function textIn(cell) {
  const copy = cell.cloneNode(true);
  for (const it of copy.querySelectorAll("svg, .sort-sign")) it.remove();
  for (const it of copy.querySelectorAll("br")) it.replaceWith(" ");
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** Rows of texts; a cell that spans several stands in each of them. */
function gridOf(rows) {
  const grid = rows.map(() => []);
  for (const [y, row] of rows.entries()) {
    for (const cell of row.cells) {
      const x = freePlace(grid[y]);
      fillGrid(grid, y, x, cell);
    }
  }
  return grid.map((it) => Array.from(it, (text) => text ?? ""));
}

function freePlace(line) {
  const free = Array.from(line).findIndex((it) => it === undefined);
  return free < 0 ? line.length : free;
}

function fillGrid(grid, y, x, cell) {
  const text = textIn(cell);
  for (let down = 0; down < cell.rowSpan && grid[y + down]; down++) {
    for (let right = 0; right < cell.colSpan; right++) grid[y + down][x + right] = text;
  }
}

/** One name for each column; of several rows of heads, those above come first. */
function headOf(table) {
  const grid = gridOf([...(table.tHead?.rows ?? [])]);
  const width = Math.max(0, ...grid.map((it) => it.length));
  return Array.from({ length: width }, (_, x) => [...new Set(grid.map((it) => it[x] ?? "").filter(Boolean))].join(": "));
}

/** By RFC 4180; what a spreadsheet would take for a formula is told to be text. */
function toCsv(grid) {
  return grid.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(text) {
  const formula = /^[=@\t]/.test(text) || (/^[+-]/.test(text) && !/^[+-][\d.]/.test(text));
  const safe = formula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function toMarkdown([heads, ...lines]) {
  const row = (line) => `| ${line.map(markdownCell).join(" | ")} |\n`;
  return row(heads) + `|${heads.map((_, at) => (at ? " ---: " : " --- ")).join("|")}|\n` + lines.map(row).join("");
}

function markdownCell(text) {
  return text.replace(/[\\|*_`[\]<>~]/g, "\\$&");
}
