export type PastedRow = Readonly<Record<string, string | null>>;

/** The cells of a text with separators, quoted as in RFC 4180. */
function cellsOf(text: string, separator: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += sign;
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell === "") isQuoted = true;
    else if (sign === separator || sign === "\n") {
      rows.at(-1)?.push(cell.trim());
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  rows.at(-1)?.push(cell.trim());
  return rows.filter((row) => row.some((one) => one !== ""));
}

/** Rows that somebody pasted, from a spreadsheet (tabs) or a CSV file, under the names in the first line; an empty cell is no value. */
export function pastedRows(text: string): readonly PastedRow[] {
  const [first = ""] = text.split("\n", 1);
  const [names = [], ...rows] = cellsOf(text.replaceAll("\r", ""), first.includes("\t") ? "\t" : ",");
  return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] || null])));
}
