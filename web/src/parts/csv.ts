/** What spreadsheets take for a formula when a cell begins with it. Source: OWASP, CSV injection. */
const formula = /^[=+\-@\t\r\n]/;

/** A cell of a CSV file: a text that would be run as a formula begins with an apostrophe instead; numbers stay as they are. */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line as RFC 4180 has it. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(",")}\r\n`;
