import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { RegistryChange } from "#contracts/platform/registry-history.ts";
import { type LatestVersion, type ModelVersion, type RegisteredModel, type Stage, stages } from "#core/registry/registry.ts";

/**
 * A model or a version as one JSON text in attribute `doc`: nothing in it is ever queried by the table, and a text costs no
 * bytes for types and nested names. Maps are lists of pairs, so that no key is special.
 */
export type Row = Record<string, AttributeValue>;

const texts = z.array(z.tuple([z.string(), z.string()])).transform((pairs): ReadonlyMap<string, string> => new Map(pairs));
const version = z.object({
  version: z.int(),
  source: z.string(),
  location: z.string(),
  runId: z.string().exactOptional(),
  runLink: z.string().exactOptional(),
  modelId: z.string().exactOptional(),
  description: z.string().exactOptional(),
  tags: texts,
  stage: z.enum(stages),
  createdAt: z.int(),
  updatedAt: z.int(),
});
const latest = z
  .array(z.tuple([z.enum(stages), z.object({ version: z.int(), copy: version.exactOptional() })]))
  .transform((pairs): ReadonlyMap<Stage, LatestVersion> => new Map(pairs));
const model = z.object({
  id: z.string(),
  name: z.string(),
  revision: z.string(),
  description: z.string().exactOptional(),
  tags: texts,
  aliases: z.array(z.tuple([z.string(), z.int()])).transform((pairs): ReadonlyMap<string, number> => new Map(pairs)),
  latest,
  nextVersion: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
  versionsUpdatedAt: z.int(),
  // A model that was made before there was a history has none.
  changes: z.int().default(0),
});

const Doc = z.object({ doc: z.object({ S: z.string() }) });
const documentOf = (row: unknown): unknown => JSON.parse(Doc.parse(row).doc.S) as unknown;

export const readVersion = (row: unknown): ModelVersion => version.parse(documentOf(row));
export const readEntry = (row: unknown): RegistryChange => RegistryChange.parse(documentOf(row));
export const readModel = (row: unknown): RegisteredModel => model.parse(documentOf(row));

/** Larger copies of versions stay out of their model: it is read before most calls, and is to cost little. */
const maxCopyBytes = 4096;

const plainVersion = (one: ModelVersion) => ({ ...one, tags: [...one.tags] });
function plainLatest({ version: number, copy }: LatestVersion) {
  if (!copy) return { version: number };
  const plain = plainVersion(copy);
  return Buffer.byteLength(JSON.stringify(plain)) > maxCopyBytes ? { version: number } : { version: number, copy: plain };
}

export const writeVersion = (one: ModelVersion): Row => ({ doc: { S: JSON.stringify(plainVersion(one)) } });
export const writeEntry = (one: RegistryChange): Row => ({ doc: { S: JSON.stringify(one) } });
export function writeModel(one: RegisteredModel): Row {
  const plain = {
    ...one,
    tags: [...one.tags],
    aliases: [...one.aliases],
    latest: [...one.latest].map(([stage, entry]) => [stage, plainLatest(entry)]),
  };
  return { revision: { S: one.revision }, doc: { S: JSON.stringify(plain) } };
}
