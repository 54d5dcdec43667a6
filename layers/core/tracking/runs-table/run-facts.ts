import type { Int64 } from "#contracts/int64.ts";
import type { Cell } from "../../search/match.ts";
import type { Stage } from "../lifecycle.ts";
import type { RunCell } from "../run-columns.ts";
import type { Sheet } from "./sheet.ts";

/** What every run has. */
export interface RunFacts {
  readonly name: string;
  readonly status: string;
  readonly startTime: Int64;
  readonly endTime: Int64 | undefined;
  readonly userId: string;
  readonly stage: Stage;
}

const columns: readonly RunCell[] = ["run_name", "status", "start_time", "end_time", "user_id", "lifecycle_stage"].map((key) => ({ entity: "attribute", key }));
const text = (cell: Cell) => String(cell ?? "");
const integer = (cell: Cell): Int64 | undefined => (typeof cell === "number" || typeof cell === "bigint" ? cell : undefined);

/** The facts of some runs, by their rows. */
export async function readFacts(sheet: Sheet, runs: readonly number[]): Promise<ReadonlyMap<number, RunFacts>> {
  const cells = await sheet.read(columns, runs);
  return new Map(
    cells.map(([name, status, start, end, user, stage], index) => [
      runs[index] ?? -1,
      {
        name: text(name),
        status: text(status),
        startTime: integer(start) ?? 0,
        endTime: integer(end),
        userId: text(user),
        stage: stage === "deleted" ? "deleted" : "active",
      },
    ]),
  );
}
