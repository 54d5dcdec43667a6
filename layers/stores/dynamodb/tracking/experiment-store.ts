import type { DynamoDBClient, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { recent } from "#core/recent.ts";
import type { DatasetUse, Experiment, ExperimentChange, ExperimentStore } from "#core/tracking/experiment.ts";
import { entryKey, experimentAttributes, experimentKey, isGone, keyItem, nameKey, readExperiment } from "./experiment-items.ts";
import { expressions } from "./expressions.ts";
import { absent, any, type Condition, equal, type Item, type ItemTable, type Key, missing, present, type Update } from "./item-table.ts";
import { transact } from "./transaction.ts";

/** How old an experiment may be where {@link ExperimentStore.findRecent} is enough. */
const freshMilliseconds = 1000;
const mostKnown = 10_000;

/**
 * Experiments in the tracking table.
 *
 * | access | how |
 * |---|---|
 * | by id | GetItem `E#<id>` `e` |
 * | by name; names stay unique | GetItem `N#E#<name>` `n`, which holds the id |
 * | all, for a search | Query `L#exps#0`: the same documents |
 * | create, rename | one transaction on name, experiment and entry |
 * | tags, delete, restore | one transaction on experiment and entry |
 * | next id | UpdateItem ADD on `E#` `next` |
 * | one that is gone for good | `E#<id>` `e` says so, see removalStore |
 * | datasets of an experiment | Query `E#<id>` begins with `d#` |
 */
export function experimentStore(client: DynamoDBClient, TableName: string, table: ItemTable): ExperimentStore {
  const known = new Map<string, { readonly at: number; readonly experiment: Promise<Experiment | undefined> }>();
  const remembered = recent<true>(20_000);

  const put = (key: Key, item: Item, condition?: Condition): TransactWriteItem => {
    const written = expressions();
    const ConditionExpression = condition && written.condition(condition);
    return { Put: { TableName, Item: { ...keyItem(key), ...item }, ConditionExpression, ...written.attributes() } };
  };
  const update = (key: Key, change: Update, condition: Condition): TransactWriteItem => {
    const written = expressions();
    const UpdateExpression = written.update(change);
    const ConditionExpression = written.condition(condition);
    return { Update: { TableName, Key: { pk: { S: key.pk }, sk: { S: key.sk } }, UpdateExpression, ConditionExpression, ...written.attributes() } };
  };
  const both = (experimentId: string, change: Update, condition: Condition) => [
    update(experimentKey(experimentId), change, condition),
    update(entryKey(experimentId), change, present),
  ];

  async function find(experimentId: string): Promise<Experiment | undefined> {
    const [item] = await table.get([experimentKey(experimentId)]);
    return item && !isGone(item) ? readExperiment(item) : undefined;
  }
  async function findAndKeep(experimentId: string): Promise<Experiment | undefined> {
    const entry = { at: Date.now(), experiment: find(experimentId) };
    if (known.size >= mostKnown) known.clear();
    known.set(experimentId, entry);
    const experiment = await entry.experiment.catch((error: unknown) => {
      known.delete(experimentId);
      throw error;
    });
    if (experiment === undefined) known.delete(experimentId);
    return experiment;
  }

  return {
    async nextId() {
      const item = await table.update({ pk: "E#", sk: "next" }, { add: { n: { N: "1" } } }, any(missing("pk"), present));
      return item["n"]?.N ?? "1";
    },
    async insert(experiment) {
      const { experimentId, name } = experiment;
      const item = experimentAttributes(experiment);
      const { done } = await transact(client, [
        put(experimentKey(experimentId), item, absent),
        put(nameKey(name), { id: { S: experimentId } }, absent),
        put(entryKey(experimentId), item),
      ]);
      known.delete(experimentId);
      return done;
    },
    find: findAndKeep,
    async findRecent(experimentId) {
      const entry = known.get(experimentId);
      return entry && Date.now() - entry.at < freshMilliseconds ? entry.experiment : findAndKeep(experimentId);
    },
    async findByName(name) {
      const [item] = await table.get([nameKey(name)]);
      return item?.["id"]?.S === undefined ? undefined : find(item["id"].S);
    },
    async list() {
      return (await table.query("L#exps#0")).map(readExperiment);
    },
    async rename({ experimentId, name: before }, name, updatedAt) {
      const id = { S: experimentId };
      const mine = expressions();
      const gone: TransactWriteItem = {
        Delete: { TableName, Key: { ...keyItem(nameKey(before)) }, ConditionExpression: mine.condition(equal("id", id)), ...mine.attributes() },
      };
      const change: Update = { set: { name: { S: name }, updated: { N: String(updatedAt) } } };
      const outcome = await transact(client, [put(nameKey(name), { id }, absent), gone, ...both(experimentId, change, equal("stage", { S: "active" }))]);
      known.delete(experimentId);
      if (outcome.done) return "renamed";
      return outcome.refused.includes(0) ? "taken" : "changed";
    },
    async change(experimentId, change, updatedAt) {
      const [changed, condition] = changes(change, { N: String(updatedAt) });
      const { done } = await transact(client, both(experimentId, changed, condition));
      known.delete(experimentId);
      return done;
    },
    async rememberDatasets(experimentId, uses) {
      const items = new Map(uses.map((use) => [datasetKey(use), use]));
      const unknown = [...items].filter(([sk]) => remembered.get(`${experimentId}/${sk}`) === undefined);
      await Promise.all(unknown.map(([sk, use]) => table.put({ pk: { S: `E#${experimentId}` }, sk: { S: sk }, ...datasetAttributes(use) })));
      for (const [sk] of unknown) remembered.put(`${experimentId}/${sk}`, true, 1);
    },
    async listDatasets(experimentId) {
      return (await table.query(`E#${experimentId}`, "d#")).map(readDataset);
    },
  };
}

function changes(change: ExperimentChange, updated: { readonly N: string }): readonly [Update, Condition] {
  const active = equal("stage", { S: "active" });
  if (change.kind === "tag") {
    const name = `t:${change.key}`;
    return [change.value === null ? { set: { updated }, remove: [name] } : { set: { updated, [name]: { S: change.value } } }, active];
  }
  const other = equal("stage", { S: change.stage === "active" ? "deleted" : "active" });
  return [{ set: { updated, stage: { S: change.stage } }, add: { epoch: { N: "1" } } }, other];
}

const datasetKey = ({ name, digest, context = "" }: DatasetUse) => `d#${name}#${digest}#${context}`;
const datasetAttributes = ({ name, digest, context }: DatasetUse): Item => ({
  name: { S: name },
  digest: { S: digest },
  ...(context !== undefined && { context: { S: context } }),
});
const readDataset = (item: Item): DatasetUse => ({
  name: item["name"]?.S ?? "",
  digest: item["digest"]?.S ?? "",
  ...(item["context"]?.S !== undefined && { context: item["context"].S }),
});
