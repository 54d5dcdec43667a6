import * as z from "zod";

/** A 64-bit signed integer: a `number` when it is a safe integer, a `bigint` beyond 2^53, so that `===` and `<` are right. */
export type Int64 = number | bigint;

const max = 2n ** 63n - 1n;
const min = -(2n ** 63n);

/** The one representation of an integer within 64 bits, or undefined when `value` is not one. */
export function toInt64(value: unknown): Int64 | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
  const big = typeof value === "bigint" ? value : typeof value === "string" && /^[+-]?\d{1,19}$/.test(value) ? BigInt(value.replace(/^\+/, "")) : undefined;
  if (big === undefined || big < min || big > max) return undefined;
  const small = Number(big);
  return Number.isSafeInteger(small) ? small : big;
}

/**
 * Protobuf-JSON int64: a number or a decimal string on the wire. Written as a JSON number, exactly, also beyond 2^53.
 * Source: protobuf JSON mapping; MLflow's server emits numbers, its clients send either.
 */
export const int64 = z
  .union([z.number(), z.bigint(), z.string()])
  .transform((value, context): Int64 => {
    const integer = toInt64(value);
    if (integer !== undefined) return integer;
    context.addIssue({ code: "custom", message: "must be a 64-bit integer", input: value });
    return z.NEVER;
  })
  .meta({ id: "Int64", description: "A 64-bit integer, as a JSON number or a decimal string." });
