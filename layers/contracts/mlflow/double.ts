import * as z from "zod";

const spelled: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY };
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Protobuf-JSON double in a request: a number, or one of its spellings as text. Source: protobuf JSON mapping. */
export const double = z
  .union([z.number(), z.bigint(), z.string()])
  .transform((value, context): number => {
    if (typeof value === "number") return value;
    if (typeof value === "bigint") return Number(value);
    const named = spelled[value];
    if (named !== undefined) return named;
    if (decimal.test(value)) return Number(value);
    context.addIssue({ code: "custom", message: 'must be a number, "NaN", "Infinity" or "-Infinity"', input: value });
    return z.NEVER;
  })
  .meta({ id: "Double", description: 'A 64-bit floating point number; not-a-number and the infinities are "NaN", "Infinity" and "-Infinity".' });

/** The same in a reply, already spelled by {@link spellDouble}. */
export const doubleReply = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);
export type DoubleReply = z.output<typeof doubleReply>;

/** JSON has no word for these three, protobuf JSON has. */
export function spellDouble(value: number): DoubleReply {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
