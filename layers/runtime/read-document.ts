import { invalid } from "#core/errors.ts";
import { parseJson } from "./exact-json.ts";

/** Protobuf's own limit for JSON, and more than any request needs: what is deeper would end the stack of whoever walks it. */
const maxDepth = 100;
const [quote, backslash, open, close, openList, closeList] = Array.from('"\\{}[]', (sign) => sign.charCodeAt(0));

/** How deep brackets nest, as far as they count: not further than one beyond the limit. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let index = 0; index < text.length && deepest <= maxDepth; index += 1) {
    const sign = text.charCodeAt(index);
    if (sign === quote) {
      index += 1;
      while (index < text.length && text.charCodeAt(index) !== quote) index += text.charCodeAt(index) === backslash ? 2 : 1;
    } else if (sign === open || sign === openList) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (sign === close || sign === closeList) depth -= 1;
  }
  return deepest;
}

/** An escape that may be half of a character: no table and no address can hold one alone. */
const surrogate = /\\u[dD][89a-fA-F]/;

/** Lone surrogates become U+FFFD, as malformed bytes do. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]));
}

/** The JSON document of a request from outside; integers beyond 2^53 are exact. @throws SyntaxError @throws DomainError when it nests too deeply */
export function readDocument(text: string): unknown {
  if (text.length > 2 * maxDepth && depthOf(text) > maxDepth) throw invalid(`body must nest at most ${maxDepth} levels deep`);
  const document = parseJson(text);
  return surrogate.test(text) ? wellFormed(document) : document;
}
