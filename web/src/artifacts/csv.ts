import type { Table } from "./table.ts";

/**
 * Reads separated values (RFC 4180): quotes double inside quotes, and a quoted cell may hold line ends. A row that is shorter or longer
 * than the head keeps its own cells.
 */
export function parseSeparated(text: string, separator: string): Table {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], "", false];
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  };
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === separator) endCell();
    else if (letter === "\n") endRow();
    else if (letter !== "\r" || text[at + 1] !== "\n") cell += letter;
  }
  if (cell !== "" || row.length > 0) endRow();
  const [columns = [], ...body] = rows;
  return { columns, rows: body };
}
