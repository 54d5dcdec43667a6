import { DomainError } from "#core/errors.ts";
import { parseJson } from "./exact-json.ts";

/** Protobuf's own limit for JSON, and more than any request needs: what is deeper would end the stack of whoever walks it. */
const maxDepth = 100;

function nestsBeyond(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const member of members) if (typeof member === "object" && nestsBeyond(levels - 1, member)) return true;
  return false;
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

/** @throws RangeError where the parser's own walk over a deep document ends the stack */
function shallow(text: string): unknown {
  const document = parseJson(text);
  if (nestsBeyond(maxDepth, document)) throw new RangeError("too deep");
  return document;
}

/** The JSON document of a request from outside; integers beyond 2^53 are exact. @throws SyntaxError @throws DomainError when it nests too deeply */
export function readDocument(text: string): unknown {
  try {
    const document = shallow(text);
    return surrogate.test(text) ? wellFormed(document) : document;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DomainError("INVALID_PARAMETER_VALUE", `body must nest at most ${maxDepth} levels deep`, { cause });
  }
}
