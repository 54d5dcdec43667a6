import type { Experiment } from "#core/tracking/experiment.ts";
import type { Item, Key } from "./item-table.ts";

export const experimentKey = (experimentId: string): Key => ({ pk: `E#${experimentId}`, sk: "e" });
/** The same document once more, in the one partition that a search of experiments reads. */
export const entryKey = (experimentId: string): Key => ({ pk: "L#exps#0", sk: experimentId });
export const nameKey = (name: string): Key => ({ pk: `N#E#${name}`, sk: "n" });

/** What stands where an experiment was that is gone for good: ids are not used again, and a repeated removal finds it done. */
export const goneItem = (experimentId: string, at: number): Item => ({ ...keyItem(experimentKey(experimentId)), gone: number(at) });
export const isGone = (item: Item): boolean => item["gone"] !== undefined;

export const keyItem = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { S: sk } });
const number = (value: number) => ({ N: String(value) });

/** Tags are attributes of their own, `t:<key>`, so that setting one needs no reading. */
export const experimentAttributes = ({ experimentId, name, artifactLocation, createdAt, updatedAt, tags, stage, epoch, shards }: Experiment): Item => ({
  id: { S: experimentId },
  name: { S: name },
  location: { S: artifactLocation },
  created: number(createdAt),
  updated: number(updatedAt),
  stage: { S: stage },
  epoch: number(epoch),
  shards: number(shards),
  ...Object.fromEntries([...tags].map(([key, value]) => [`t:${key}`, { S: value }])),
});

export function readExperiment(item: Item): Experiment {
  const text = (name: string) => {
    const value = item[name]?.S;
    if (value === undefined) throw new TypeError(`experiment item ${item["pk"]?.S} has no ${name}`);
    return value;
  };
  return {
    experimentId: text("id"),
    name: text("name"),
    artifactLocation: text("location"),
    createdAt: Number(item["created"]?.N),
    updatedAt: Number(item["updated"]?.N),
    tags: new Map(Object.entries(item).flatMap(([name, value]) => (name.startsWith("t:") && value.S !== undefined ? [[name.slice(2), value.S]] : []))),
    stage: text("stage") === "deleted" ? "deleted" : "active",
    epoch: Number(item["epoch"]?.N),
    shards: Number(item["shards"]?.N),
  };
}
