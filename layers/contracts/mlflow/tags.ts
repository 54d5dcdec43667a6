import * as z from "zod";
import { entityKey, truncated } from "./keys.ts";

/** A tag of a run in a request: the value is cut at 8,000 characters, as MLflow's server does. */
export const runTag = z.object({ key: entityKey, value: z.string().nullish() }).transform(({ key, value }) => ({ key, value: runTagValue(value ?? "") }));
export const runTagValue = (value: string) => truncated(value, 8000);

/** A param in a request: the value is cut at 6,000 characters, as MLflow's server does. */
export const param = z.object({ key: entityKey, value: z.string().nullish() }).transform(({ key, value }) => ({ key, value: paramValue(value ?? "") }));
export const paramValue = (value: string) => truncated(value, 6000);

/** A tag of an experiment in a request: 20,000 characters at most. */
export const experimentTagValue = z.string().max(20_000);
export const experimentTag = z.object({ key: entityKey, value: experimentTagValue.nullish() }).transform(({ key, value }) => ({ key, value: value ?? "" }));

/** A tag or a param in a reply. */
export const keyValue = z.object({ key: z.string(), value: z.string() });
export type KeyValue = z.output<typeof keyValue>;

/** A list for a reply: MLflow leaves empty lists out. */
export const listed = <T>(items: readonly T[]): T[] | undefined => (items.length === 0 ? undefined : [...items]);

/** Entries for a reply, in the order of their keys; left out when there are none. */
export const keyValues = (entries: ReadonlyMap<string, string>): KeyValue[] | undefined =>
  listed([...entries].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1)));
