import { invalid } from "#core/errors.ts";

const maxColumns = 4000;
const shown = (name: string) => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name);

const isControl = (character: string) => character < " " || character === "\u007f";

/**
 * Names that every tool behind us can hold: not empty, no control characters, and none that equals another but for case.
 * @throws DomainError naming the column
 */
export function checkColumnNames(names: readonly string[]): void {
  if (names.length === 0) throw invalid("the file has no columns");
  if (names.length > maxColumns) throw invalid(`a dataset has at most ${maxColumns} columns, got ${names.length}`);
  const seen = new Map<string, number>();
  names.forEach((name, k) => {
    if (name.trim() === "") throw invalid(`column ${k + 1} has no name`);
    if (name.length > 255) throw invalid(`name of column ${k + 1} must be at most 255 characters, got ${name.length}`);
    if (Array.from(name).some(isControl)) throw invalid(`name of column ${k + 1} must not hold control characters, got ${shown(name)}`);
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) throw invalid(`columns ${other + 1} and ${k + 1} have the same name: ${shown(name)}`);
    seen.set(name.toLowerCase(), k);
  });
}

/** The names in a CSV file's first line (RFC 4180). @throws DomainError for a quote that does not close, or text after one */
export function parseHeader(line: string, delimiter: string): string[] {
  const names: string[] = [];
  let rest = line;
  for (;;) {
    const [field, quoted] = /^"((?:[^"]|"")*)"/.exec(rest) ?? [];
    if (rest.startsWith('"') && field === undefined) throw invalid("line 1: a quoted column name does not end");
    const end = field === undefined ? rest.indexOf(delimiter) : field.length;
    const last = field === undefined ? end === -1 : end === rest.length;
    if (field !== undefined && !last && !rest.startsWith(delimiter, end)) throw invalid("line 1: text after the closing quote of a column name");
    names.push(field === undefined ? (last ? rest : rest.slice(0, end)) : (quoted ?? "").replaceAll('""', '"'));
    if (last) return names;
    rest = rest.slice(end + delimiter.length);
  }
}
