import type { Identifier } from "./comparison.ts";
import { type Cursor, peek, readQuoted, readWord, refused } from "./cursor.ts";

const quotes = ["`", '"'];
const isQuote = (cursor: Cursor) => quotes.includes(peek(cursor));

/** The key after `entity.`: unquoted to the end of the word, or one quoted text. */
function keyAfter(cursor: Cursor, word: string): string {
  if (word !== "") return word;
  if (!isQuote(cursor)) throw refused(cursor, "a key must follow the dot");
  return readQuoted(cursor);
}

/** Reads `key`, `entity.key`, and either with the key in backticks or double quotes. @throws DomainError at anything else */
export function readIdentifier(cursor: Cursor): Identifier {
  if (isQuote(cursor)) {
    const first = readQuoted(cursor);
    if (peek(cursor) !== ".") return { key: first };
    return { entity: first, key: keyAfter(cursor, readWord(cursor).slice(1)) };
  }
  const word = readWord(cursor);
  if (word === "") throw refused(cursor, "expected a name such as metrics.accuracy, with keys of other characters in backticks");
  const dot = word.indexOf(".");
  if (dot < 0) return { key: word };
  return { entity: word.slice(0, dot), key: keyAfter(cursor, word.slice(dot + 1)) };
}
