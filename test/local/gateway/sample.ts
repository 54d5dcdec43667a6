import * as z from "zod";

const texts = [
  "thing",
  "1",
  "a",
  "0".repeat(32),
  "latest",
  "thing:value",
  "data.csv",
  "s3://capstan-data/thing.csv",
  "rate(1 hour)",
  "2026-01-02T03:04:05.000Z",
  "2026-01-02",
  "folder/",
  "ACTIVE_ONLY",
  "ab12cd34ef56",
  "thing/1",
  "https://example.org/",
];
const numbers = [1, 0, 0.5, 10, 1_700_000_000_000];

/** Schemas that only say more about another one. */
const wrapped = (schema: z.ZodType): z.ZodType | undefined => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodPipe) return (schema.in instanceof z.ZodTransform ? schema.out : schema.in) as z.ZodType;
  return schema instanceof z.ZodLazy ? (schema.unwrap() as z.ZodType) : undefined;
};

function plain(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodObject) return sampleFields(schema);
  if (schema instanceof z.ZodArray) return [sampleOf(schema.element as z.ZodType)];
  if (schema instanceof z.ZodRecord) return { thing: sampleOf(schema.valueType as z.ZodType) };
  if (schema instanceof z.ZodUnion) return sampleOf(schema.options[0] as z.ZodType);
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodBoolean) return true;
  const inner = wrapped(schema);
  return inner ? sampleOf(inner) : undefined;
}

/** A value that the schema takes; undefined where none of those at hand fits. */
export function sampleOf(schema: z.ZodType): unknown {
  const known = plain(schema);
  return [known, ...texts, ...numbers, true, [], {}].find((value) => value !== undefined && schema.safeParse(value).success);
}

/** A request that the contract takes, with every field that can be filled. */
export const sampleFields = ({ shape }: z.ZodObject): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([field, schema]) => {
      const value = sampleOf(schema as z.ZodType);
      return value === undefined ? [] : [[field, value]];
    }),
  );
