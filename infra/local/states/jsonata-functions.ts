import { createHash, randomUUID } from "node:crypto";

const algorithms: Readonly<Record<string, string>> = { MD5: "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" };

function partition(values: readonly unknown[] | undefined, size: number): unknown[][] | undefined {
  if (values === undefined) return undefined;
  if (!Number.isInteger(size) || size < 1) throw new Error(`$partition: the size must be a positive integer, got ${size}`);
  return Array.from({ length: Math.ceil(values.length / size) }, (_chunk, index) => values.slice(index * size, (index + 1) * size));
}

function range(first: number, last: number, step: number): number[] {
  if (![first, last, step].every(Number.isInteger) || step === 0) throw new Error("$range: first, last and step must be integers, step not 0");
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > 1000) throw new Error(`$range: at most 1000 numbers, got ${count}`);
  return Array.from({ length: count }, (_number, index) => first + index * step);
}

function hash(value: unknown, algorithm: string): string | undefined {
  if (value === undefined) return undefined;
  const name = algorithms[algorithm];
  if (name === undefined) throw new Error(`$hash: the algorithm must be one of ${Object.keys(algorithms).join(", ")}, got ${algorithm}`);
  return createHash(name)
    .update(typeof value === "string" ? value : JSON.stringify(value))
    .digest("hex");
}

/** 0 (included) to 1 (excluded); the same number for the same seed. */
function random(seed?: number): number {
  if (seed === undefined) return Math.random();
  const digest = createHash("sha256").update(String(seed)).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** What Step Functions adds to JSONata ("Step Functions provided JSONata functions"), and `$eval` taken away as it does. */
export const stepFunctions: Readonly<Record<string, unknown>> = {
  partition,
  range,
  hash,
  random,
  uuid: () => randomUUID(),
  parse: (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text)),
  eval: undefined,
};
