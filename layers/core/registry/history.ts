import { existingModel } from "./change-model.ts";
import type { Actor, RegistryContext } from "./registry.ts";

/** Whoever names himself so: executions act as `execution <name>`, as their state machine says. */
export function actorNamed(by: string): Actor {
  const [, execution] = /^execution (.+)$/.exec(by) ?? [];
  return { by, ...(execution !== undefined && { execution }) };
}

interface HistoryQuery {
  readonly name: string;
  readonly version?: number | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** A page of what became of a model, or of one version, the newest change first. Two reads. @throws DomainError when there is no such model */
export async function listHistory(ctx: RegistryContext, { name, version, limit, pageToken }: HistoryQuery) {
  const { id } = await existingModel(ctx, name);
  const found = await ctx.registry.history(id, { version, limit: limit + 1, before: pageToken === undefined ? undefined : Number(pageToken) });
  const changes = found.slice(0, limit);
  const last = found.length > limit ? changes.at(-1) : undefined;
  return { changes, ...(last && { nextPageToken: String(last.number) }) };
}
