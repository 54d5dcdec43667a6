import { invalid } from "#core/errors.ts";
import { formatJson } from "#runtime/exact-json.ts";

/** Rows of cells: RFC 4180, with either line ending, quotes doubled inside quotes, and empty lines passed over. @throws DomainError for a quote that never ends */
export function parseCsv(text: string): string[][] {
  if (!text.includes('"'))
    return text
      .split(/\r?\n/)
      .filter((line) => line !== "")
      .map((line) => line.split(","));
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const endRow = () => {
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  };
  while (at <= text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (;;) {
        const end = text.indexOf('"', at + 1);
        if (end === -1) throw invalid(`CSV row ${rows.length} has a quote that does not end`);
        cell += text.slice(at + 1, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
    }
    const end = /[,\n]/g;
    end.lastIndex = at;
    const stop = end.exec(text)?.index ?? text.length;
    cell += text.slice(at, stop).replace(/\r$/, "");
    row.push(cell);
    if (text[stop] !== ",") endRow();
    at = stop + 1;
  }
  return rows;
}

/** One line per prediction; lists become several cells. Text is quoted where it must be, null is empty. */
export function formatCsv(predictions: readonly unknown[]): string {
  const cell = (value: unknown) => {
    const text = typeof value === "string" ? value : value === null ? "" : formatJson(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const cells = (prediction: unknown): unknown[] => {
    if (Array.isArray(prediction)) return prediction;
    return typeof prediction === "object" && prediction !== null ? Object.values(prediction).flat() : [prediction];
  };
  return predictions.map((prediction) => `${cells(prediction).map(cell).join(",")}\n`).join("");
}
