import { recent } from "#core/recent.ts";
import { type ActivityNote, noteMs, type RunActivity } from "#core/tracking/run-activity.ts";
import { any, ConditionFailed, equal, type Item, type ItemTable, type Key, missing, present } from "./item-table.ts";

const partition = "A#runs";
export const activityKey = (experimentId: string): Key => ({ pk: partition, sk: experimentId });
/** Experiments that a process remembers to have noted. */
const mostNoted = 10_000;

const milliseconds = (item: Item, name: string) => (item[name]?.N === undefined ? undefined : Number(item[name].N));
const readNote = (item: Item): ActivityNote => ({
  experimentId: item["sk"]?.S ?? "",
  began: milliseconds(item, "began"),
  rests: milliseconds(item, "rests"),
  failed: milliseconds(item, "failed"),
});

/**
 * One item for each experiment that ever had a run, all under `A#runs`: a process writes it once in two minutes, so that neither
 * many runs nor many experiments make the partition hot.
 */
export function runActivity(table: ItemTable): RunActivity {
  const noted = recent<{ readonly at: number; readonly written: Promise<unknown> }>(mostNoted);
  return {
    async note(experimentId, kind, now) {
      const name = `${kind} ${experimentId}`;
      const last = noted.get(name);
      if (last && now >= last.at && now - last.at < noteMs) {
        await last.written;
        return;
      }
      const update = { set: { [kind]: { N: String(now) } } };
      const written = table.update(activityKey(experimentId), update, any(missing("pk"), present));
      noted.put(name, { at: now, written }, 1);
      try {
        await written;
      } catch (error) {
        noted.drop(name);
        throw error;
      }
    },
    list: async () => (await table.query(partition)).map(readNote),
    async rest(experimentId, began) {
      const at = { N: String(began) };
      try {
        await table.update(activityKey(experimentId), { set: { rests: at } }, equal("began", at));
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
    },
  };
}
