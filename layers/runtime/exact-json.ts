/** The reviver context and raw values of the JSON.parse source text access proposal (TC39 stage 4, in Node >= 22), which lib.es2024 lacks. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
const sourceText = JSON as unknown as { parse(text: string, reviver: Reviver): unknown; rawJSON(text: string): unknown };

/**
 * 16 digits where an integer may begin: the shortest that a double may not hold. Seldom seen, so that most documents take the fast
 * way; the digits of a fraction do not count, since every measured double has as many.
 */
const longInteger = /[:[,\s]-?\d{16}/;
const isLongInteger = /^-?\d{16}/;

/** JSON.parse that keeps integers beyond 2^53 exact, as `bigint`. @throws SyntaxError */
export function parseJson(text: string): unknown {
  if (!longInteger.test(text) && !isLongInteger.test(text)) return JSON.parse(text) as unknown;
  return sourceText.parse(text, (_key, value, { source }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value,
  );
}

const hasBigInt = (error: unknown) => error instanceof TypeError && error.message.includes("BigInt");

/** JSON.stringify that writes every digit of a `bigint`. Doubles that JSON cannot hold are the caller's to spell. */
export function formatJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!hasBigInt(error)) throw error;
    return JSON.stringify(value, (_key, member: unknown) => (typeof member === "bigint" ? sourceText.rawJSON(String(member)) : member));
  }
}
