import { useQueryClient } from "@tanstack/react-query";
import { Refused, send } from "../../client.ts";
import { useToasts } from "../../frame/toasts.tsx";

const atOnce = 8;

/** Does something for each of many runs, some at a time. @throws the first refusal, once the others are done */
async function forEach(runIds: readonly string[], deed: (runId: string) => Promise<unknown>): Promise<void> {
  const waiting = [...runIds];
  const failures: unknown[] = [];
  const work = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await deed(next).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failures.length > 0) throw failures[0];
}

const counted = (runIds: readonly string[]) => `${runIds.length} ${runIds.length === 1 ? "run" : "runs"}`;
const path = (operation: string) => `/api/2.0/mlflow/runs/${operation}`;

export interface RunDeeds {
  readonly remove: (runIds: readonly string[]) => Promise<void>;
  readonly restore: (runIds: readonly string[]) => Promise<void>;
  readonly tag: (runIds: readonly string[], key: string, value: string) => Promise<void>;
}

/** What can be done with chosen runs. Each tells how it went; deleting can be taken back. */
export function useRunDeeds(): RunDeeds {
  const queries = useQueryClient();
  const toasts = useToasts();
  async function tell(deed: Promise<void>, text: string, undo?: () => void): Promise<void> {
    try {
      await deed;
      toasts.push({ type: "success", text, ...(undo && { undo }) });
    } catch (error) {
      const detail = error instanceof Refused && error.requestId ? { detail: error.requestId } : {};
      toasts.push({ type: "error", text: error instanceof Error ? error.message : String(error), ...detail });
    }
    await queries.invalidateQueries();
  }
  const move = (operation: string, runIds: readonly string[]) => forEach(runIds, (run_id) => send("POST", path(operation), { run_id }));
  const restore = (runIds: readonly string[]) => tell(move("restore", runIds), `${counted(runIds)} restored.`);
  return {
    restore,
    remove: (runIds) => tell(move("delete", runIds), `${counted(runIds)} moved to the trash.`, () => void restore(runIds)),
    tag: (runIds, key, value) =>
      tell(
        forEach(runIds, (run_id) => send("POST", path("set-tag"), { run_id, key, value })),
        `${counted(runIds)} tagged ${key}: ${value}.`,
      ),
  };
}
