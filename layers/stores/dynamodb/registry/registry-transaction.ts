import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { RegistryChange } from "#contracts/platform/registry-history.ts";
import { versionsOf } from "#core/registry/events.ts";
import { kindOf } from "#core/registry/prompts.ts";
import type { RegisteredModel } from "#core/registry/registry.ts";
import type { ModelChange, VersionChange } from "#core/registry/registry-store.ts";
import { historyKey, modelEntryKey, modelKey, versionEntryKey, versionKey } from "./registry-keys.ts";
import { writeEntry, writeModel, writeVersion } from "./registry-rows.ts";

const put = (TableName: string, Item: NonNullable<TransactWriteItem["Put"]>["Item"]): TransactWriteItem => ({ Put: { TableName, Item } });
const remove = (TableName: string, Key: NonNullable<TransactWriteItem["Delete"]>["Key"]): TransactWriteItem => ({ Delete: { TableName, Key } });

/** Holds while the model is as it was read. */
const unchanged = ({ revision }: RegisteredModel) => ({
  ConditionExpression: "revision = :revision",
  ExpressionAttributeValues: { ":revision": { S: revision } },
});
const absent = { ConditionExpression: "attribute_not_exists(pk)" };

function nameItems(TableName: string, { before, after }: ModelChange): TransactWriteItem[] {
  const Item = { ...modelKey(after.name), ...writeModel(after) };
  if (!before) return [{ Put: { TableName, Item, ...absent } }];
  if (before.name === after.name) return [{ Put: { TableName, Item, ...unchanged(before) } }];
  return [{ Put: { TableName, Item, ...absent } }, { Delete: { TableName, Key: modelKey(before.name), ...unchanged(before) } }];
}

function entryItems(TableName: string, { before, after }: ModelChange): TransactWriteItem[] {
  const entry = put(TableName, { ...modelEntryKey(kindOf(after), after.id), ...writeModel(after) });
  const moved = before !== undefined && kindOf(before) !== kindOf(after);
  return moved ? [entry, remove(TableName, modelEntryKey(kindOf(before), before.id))] : [entry];
}

function versionItems(TableName: string, modelId: string, { before, after }: VersionChange): TransactWriteItem[] {
  const items: TransactWriteItem[] = [];
  if (before && (!after || kindOf(before) !== kindOf(after))) items.push(remove(TableName, versionEntryKey(kindOf(before), modelId, before.version)));
  if (before && !after) items.push(remove(TableName, versionKey(modelId, before.version)));
  if (after) {
    const row = writeVersion(after);
    items.push(put(TableName, { ...versionKey(modelId, after.version), ...row }));
    items.push(put(TableName, { ...versionEntryKey(kindOf(after), modelId, after.version), ...row }));
  }
  return items;
}

/** The entry in the model's history, and what of it concerns a version in that version's: so either is one query. */
function historyItems(TableName: string, modelId: string, entry: RegistryChange): TransactWriteItem[] {
  const versions = new Set(entry.events.flatMap(versionsOf));
  const of = (version: number | undefined, events: RegistryChange["events"]) =>
    put(TableName, { ...historyKey(modelId, version, entry.number), ...writeEntry({ ...entry, events }) });
  return [
    of(undefined, entry.events),
    ...[...versions].map((version) =>
      of(
        version,
        entry.events.filter((event) => versionsOf(event).includes(version)),
      ),
    ),
  ];
}

/** The items of one change; their first is the name that the model has afterwards. */
export const changeItems = (TableName: string, change: ModelChange): TransactWriteItem[] => [
  ...nameItems(TableName, change),
  ...entryItems(TableName, change),
  ...(change.versions ?? []).flatMap((version) => versionItems(TableName, change.after.id, version)),
  ...(change.entry ? historyItems(TableName, change.after.id, change.entry) : []),
];

/** The items that make a model unreachable: its name and its entry. */
export const removalItems = (TableName: string, model: RegisteredModel): TransactWriteItem[] => [
  { Delete: { TableName, Key: modelKey(model.name), ...unchanged(model) } },
  remove(TableName, modelEntryKey(kindOf(model), model.id)),
];
