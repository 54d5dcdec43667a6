import { invalid } from "#core/errors.ts";
import { type Identifier, shownIdentifier } from "./comparison.ts";
import { atEnd, cursorOver, refused, skipBlanks, takeKeyword } from "./cursor.ts";
import { readIdentifier } from "./read-identifier.ts";

/** One column to sort by. */
export interface Order extends Identifier {
  readonly ascending: boolean;
}

function parseOrder(text: string): Order {
  const cursor = cursorOver("order_by", text);
  skipBlanks(cursor);
  const identifier = readIdentifier(cursor);
  skipBlanks(cursor);
  const descending = takeKeyword(cursor, "DESC");
  if (!descending) takeKeyword(cursor, "ASC");
  skipBlanks(cursor);
  if (!atEnd(cursor)) throw refused(cursor, "a key can be followed by ASC or DESC only");
  return { ...identifier, ascending: !descending };
}

/** Reads `key [ASC|DESC]` of each entry, ascending unless it says otherwise. @throws DomainError also when a key is named twice */
export function parseOrderBy(texts: readonly string[]): readonly Order[] {
  const orders = texts.map(parseOrder);
  const seen = new Set<string>();
  for (const order of orders) {
    const name = shownIdentifier(order);
    if (seen.has(name)) throw invalid(`order_by must name each key once, got ${name} twice`);
    seen.add(name);
  }
  return orders;
}
