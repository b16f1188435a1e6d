/** The table that the bench prints. A row: what was measured, ours, theirs where there is another, and the goal. */

/** Rows as text, columns aligned. */
export function table(rows) {
  const cells = [["measure", "ours", "theirs", "ratio", "goal", "met", "main thread"], ...rows.map(cellsOf)];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  ");
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join("\n");
}

function cellsOf(row) {
  const compared = row.theirs !== undefined;
  return [
    row.measure,
    row.note ?? amount(row.ours, row.unit),
    compared ? amount(row.theirs, row.unit) : "",
    compared ? row.value.toFixed(2) : "",
    row.goal === undefined ? "" : `≤ ${compared ? row.goal.toFixed(1) : amount(row.goal, row.unit)}`,
    row.goal === undefined ? "" : met(row) ? "yes" : "no",
    mainThread(row),
  ];
}

/** What the main thread computed, where it was measured: the ratio, or ours alone. */
function mainThread({ mainThread: work, unit }) {
  if (!work) return "";
  return work.value === undefined ? amount(work.ours, unit) : work.value.toFixed(2);
}

/** Whether a row's goal was reached. */
export function met(row) {
  return (row.value ?? row.ours) <= row.goal;
}

function amount(value, unit) {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}
