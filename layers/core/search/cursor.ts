import { invalid } from "#core/errors.ts";

/** A place in a text that only moves forward, so that reading takes time linear in the text's length. */
export interface Cursor {
  readonly what: string;
  readonly text: string;
  at: number;
}

const blank = /\s/u;
const wordCharacter = /[\p{L}\p{N}_.]/u;

export const cursorOver = (what: string, text: string): Cursor => ({ what, text, at: 0 });
export const atEnd = ({ text, at }: Cursor) => at >= text.length;
export const peek = ({ text, at }: Cursor) => text.charAt(at);

/** A refusal that names the place and what is there. */
export function refused(cursor: Cursor, expected: string): Error {
  const rest = cursor.text.slice(cursor.at, cursor.at + 40);
  return invalid(`${cursor.what}: ${expected}, got ${rest === "" ? "the end" : `\`${rest}\``} at character ${cursor.at + 1}`);
}

/** @returns whether there was any white space */
export function skipBlanks(cursor: Cursor): boolean {
  const start = cursor.at;
  while (!atEnd(cursor) && blank.test(peek(cursor))) cursor.at += 1;
  return cursor.at > start;
}

/** Letters, digits, underscores and dots from here on; empty when there are none. */
export function readWord(cursor: Cursor): string {
  const start = cursor.at;
  while (!atEnd(cursor)) {
    const character = String.fromCodePoint(cursor.text.codePointAt(cursor.at) ?? 0);
    if (!wordCharacter.test(character)) break;
    cursor.at += character.length;
  }
  return cursor.text.slice(start, cursor.at);
}

/** Moves past `symbol` if it is next. */
export function take(cursor: Cursor, symbol: string): boolean {
  if (!cursor.text.startsWith(symbol, cursor.at)) return false;
  cursor.at += symbol.length;
  return true;
}

/** Moves past `keyword`, in any case, if it is the whole next word. */
export function takeKeyword(cursor: Cursor, keyword: string): boolean {
  const start = cursor.at;
  if (readWord(cursor).toUpperCase() === keyword) return true;
  cursor.at = start;
  return false;
}

/** The text between the quote that is next and its like. There is no escape: the other kind of quote encloses one. */
export function readQuoted(cursor: Cursor): string {
  const quote = peek(cursor);
  const end = cursor.text.indexOf(quote, cursor.at + 1);
  if (end < 0) throw refused(cursor, `the quote ${quote} must be closed`);
  const text = cursor.text.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  if (peek(cursor) === quote) throw refused(cursor, `a doubled ${quote} is no escape, enclose the text in the other quote`);
  return text;
}
