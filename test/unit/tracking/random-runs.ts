import type { RecordState } from "#core/tracking/record.ts";
import { recordId } from "#core/tracking/record-id.ts";
import type { Change } from "#core/tracking/record-store.ts";
import type { Search } from "#core/tracking/search-experiments.ts";
import type { Dice } from "./interleaving.ts";

export const randomId = ({ pick }: Dice) => recordId({ experimentId: "7", shard: 0 }, Array.from({ length: 22 }, () => pick(16).toString(16)).join(""));

const long = "a long text ".repeat(300);
const dataset = (name: string) => JSON.stringify({ dataset: { name, digest: "d1", sourceType: "local", source: "{}", schema: long }, tags: [] });
const some = <T>({ roll }: Dice, entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> => new Map(entries.filter(() => roll() < 0.6));

/** What one request may log: few keys and values, so that runs often agree; numbers of every kind; texts that are kept elsewhere. */
export function randomChange(chance: Dice): Change {
  const { oneOf, pick, roll } = chance;
  const value = () => oneOf(0, 0.5, 1, -1, Number.NaN, Number.MAX_VALUE, -Number.MAX_VALUE, pick(5));
  const int64 = () => oneOf<number | bigint>(0, 5, 7, pick(100), 2 ** 52 + 1, 2n ** 63n - 1n);
  return {
    info: some<string | number | bigint>(chance, [
      ["status", oneOf("RUNNING", "FINISHED", "FAILED")],
      ["start", int64()],
      ["end", int64()],
      ["user", oneOf("ann", "bob", "")],
    ]),
    tags: some(chance, [
      ["mlflow.runName", `run ${pick(4)}`],
      ["team", oneOf("Vision", "speech", "", long, "say 'hi'")],
      ["__proto__", "x"],
      [`of its own ${pick(1000)}`, "1"],
    ]),
    links: some(chance, [
      [`dataset/d1/${oneOf("iris", "wine")}`, dataset(oneOf("iris", "wine"))],
      [`model-out/m-${pick(3)}/${pick(3)}`, ""],
    ]),
    points: ["acc", "loss", "val/acc"].flatMap((key) => (roll() < 0.6 ? [{ key, value: value(), step: int64(), timestamp: int64() }] : [])),
  };
}
/** Params are write-once: only a new run has these. */
export const randomParams = (chance: Dice): ReadonlyMap<string, string> =>
  some(chance, [
    ["lr", chance.oneOf("0.1", "0.01", "1")],
    ["batch size", String(chance.pick(3))],
    ["notes", chance.oneOf(long, "short")],
  ]);

const filters = [
  "metrics.acc > 0",
  "metrics.acc != 1",
  "metrics.`val/acc` <= 0.5",
  "params.lr = '0.1'",
  "params.lr != '0.1'",
  "params.lr IS NULL",
  "params.notes LIKE '%long%'",
  "tags.team ILIKE 'v%'",
  "tags.team LIKE '%text%'",
  "tags.team IS NOT NULL",
  "attributes.status = 'RUNNING'",
  "run_name != 'run 1'",
  "run_name = ''",
  "user_id = 'ann'",
  "artifact_uri LIKE '%a%'",
  "start_time > 5",
  "end_time <= 7",
  "end_time != 9223372036854775807",
  "dataset.name = 'iris'",
  "dataset.digest IN ('d1')",
  "run_id NOT IN ('x')",
];
const orders = [
  "metrics.acc",
  "metrics.`val/acc` DESC",
  "params.lr DESC",
  "tags.team",
  "run_name DESC",
  "start_time ASC",
  "end_time DESC",
  "status",
  "artifact_uri DESC",
  "params.notes",
];

export function randomSearch({ oneOf, pick, roll }: Dice): Search {
  const chosen = <T>(list: readonly T[], most: number) => [...new Set(Array.from({ length: pick(most + 1) }, () => list[pick(list.length)] ?? (list[0] as T)))];
  return {
    filter: chosen(filters, 2).join(" AND "),
    orderBy: chosen(orders, 2),
    viewType: roll() < 0.6 ? "ACTIVE_ONLY" : oneOf("ALL", "DELETED_ONLY"),
    maxResults: oneOf(1, 3, 7, 100),
  };
}

/** A record's content in an order of its own, to compare. */
export const plainState = ({ info, params, tags, links, metrics }: RecordState) =>
  [info, params, tags, links, metrics].map((entries: ReadonlyMap<string, unknown>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
