import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import { duration } from "../../parts/format.ts";

/** How a state of the machine stands in an execution. */
export type Look = ExecutionStep["status"] | "unreached";

/** Shape and word of each look: colour is never the only sign. */
export const looks: Readonly<Record<Look, { readonly sign: string; readonly word: string }>> = {
  running: { sign: "▶", word: "running" },
  waiting: { sign: "⏸", word: "waits" },
  succeeded: { sign: "✓", word: "succeeded" },
  failed: { sign: "✕", word: "failed" },
  unreached: { sign: "", word: "not entered" },
};

/** What is written below a state's name. A state that only decides is no step of its own. */
export function stateWords(type: string, step: ExecutionStep | undefined, now: number): string {
  if (!step) return type;
  const parts = [looks[step.status].word, duration((step.endedAt ?? now) - step.startedAt)];
  if (step.cached) parts.push("from cache");
  if (step.attempts > 1) parts.push(`${step.attempts} attempts`);
  return parts.join(", ");
}
