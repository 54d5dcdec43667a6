import type { Execution } from "#contracts/platform/pipelines.ts";
import { type ExecutionsContext, type StoredExecution, shown } from "./executions.ts";

export interface ExecutionFilter {
  readonly pipeline?: string | undefined;
  readonly status?: Execution["status"] | undefined;
  readonly startedBy?: string | undefined;
  readonly registeredModel?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly since?: number | undefined;
}
interface Asked extends ExecutionFilter {
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** Reads of the store for one page: with a page of 200 the last 2,000 executions, some megabytes. */
const mostReads = 10;

const isWanted =
  ({ status, startedBy, registeredModel, since = 0 }: ExecutionFilter) =>
  (it: StoredExecution): boolean =>
    (status === undefined || it.status === status) &&
    (startedBy === undefined || it.startedBy === startedBy) &&
    (registeredModel === undefined || it.request.registeredModel === registeredModel) &&
    it.startedAt >= since;

/** A page of executions, the newest first. What is rare is looked for through {@link mostReads} pages; then a page may be short, or empty, and still have a next one. */
export async function listExecutions({ executions }: Pick<ExecutionsContext, "executions">, { pipeline, limit, pageToken, ...filter }: Asked) {
  const found: Execution[] = [];
  let token = pageToken;
  for (let reads = 0; reads < mostReads; reads++) {
    // No more than are lacking: the store's token is behind the last one that was read.
    const page = await executions.list(limit - found.length, token, pipeline);
    found.push(...page.documents.filter(isWanted(filter)).map(shown));
    const isOver = (page.documents.at(-1)?.startedAt ?? 0) < (filter.since ?? 0);
    token = isOver ? undefined : page.nextPageToken;
    if (token === undefined || found.length === limit) break;
  }
  return { executions: found, ...(token !== undefined && { nextPageToken: token }) };
}
