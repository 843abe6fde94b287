// A table as rows of texts, whatever cells span; and as CSV or Markdown.

const SMALL = "\u0000"; // stands in no page
const tidy = (text) => text.replace(/\s+/g, " ").trim();

/** What is to be read in a cell: the figure, and the small print behind it; of several figures each has its own. */
function partsIn(cell) {
  const copy = cell.cloneNode(true);
  for (const it of copy.querySelectorAll("svg, .sort-sign")) it.remove();
  for (const it of copy.querySelectorAll("br")) it.replaceWith(" ");
  for (const it of copy.querySelectorAll("small, .terms, .tag")) it.replaceWith(` ${SMALL}${it.textContent}${SMALL}`);
  const [figure, ...rest] = copy.textContent.split(SMALL).map(tidy);
  const goesOn = rest.some((it, at) => at % 2 && it); // behind small print, which every other one is
  return goesOn ? [tidy(copy.textContent.replaceAll(SMALL, "")), ""] : [figure, tidy(rest.join(" "))];
}

const textIn = (cell) => partsIn(cell).filter(Boolean).join(" ");
const figureIn = (cell) => partsIn(cell)[0];
const smallIn = (cell) => partsIn(cell)[1];

/** Rows of texts; a cell that spans several stands in each of them. */
function gridOf(rows, read = textIn) {
  const grid = rows.map(() => []);
  for (const [y, row] of rows.entries()) {
    for (const cell of row.cells) {
      const x = freePlace(grid[y]);
      fillGrid(grid, y, x, cell, read);
    }
  }
  return grid.map((it) => Array.from(it, (text) => text ?? ""));
}

function freePlace(line) {
  const free = Array.from(line).findIndex((it) => it === undefined);
  return free < 0 ? line.length : free;
}

function fillGrid(grid, y, x, cell, read) {
  const text = read(cell);
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

/** Heads and rows in which small print has columns of its own, so that figures can be computed with. */
function wideGridOf(table, rows) {
  const [figures, small] = [gridOf(rows, figureIn), gridOf(rows, smallIn)];
  const isDouble = (x) => small.some((line) => line[x]);
  const heads = headOf(table).flatMap((it, x) => (isDouble(x) ? [it, `${it}: small print`] : [it]));
  return [heads, ...figures.map((line, y) => line.flatMap((it, x) => (isDouble(x) ? [it, small[y][x]] : [it])))];
}

const NUMBERS = /^[−+-]?[\d.,]+( %| points)?((–| to )−?[\d.,]+)?$/;

/** By RFC 4180; what a spreadsheet would take for a formula is told to be text. */
function toCsv(grid) {
  return grid.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(shown) {
  const isNumber = NUMBERS.test(shown);
  const text = isNumber ? shown.replaceAll("−", "-") : shown; // a number for programs
  const safe = /^[=@+-]/.test(text) && !isNumber ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function toMarkdown([heads, ...lines]) {
  const row = (line) => `| ${line.map(markdownCell).join(" | ")} |\n`;
  return row(heads) + `|${heads.map((_, at) => (at ? " ---: " : " --- ")).join("|")}|\n` + lines.map(row).join("");
}

function markdownCell(text) {
  return text.replace(/[\\|*_`[\]<>~]/g, "\\$&");
}
