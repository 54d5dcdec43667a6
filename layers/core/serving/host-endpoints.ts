import { DependencyError, DomainError } from "../errors.ts";
import type { EndpointStore } from "./endpoint-store.ts";
import { type HostingSettings, hostedName, hostingOf, ownedPrefix } from "./sagemaker-hosting.ts";
import { type Found, type HostingCall, planHosting } from "./sagemaker-plan.ts";

/** SageMaker's hosting, as far as endpoints need it. Every call may be repeated. */
export interface HostingService {
  /** An endpoint, with the configurations and models whose names begin with `ownedPrefix`. */
  find(endpointName: string, ownedPrefix: string): Promise<Found>;
  /** @throws DependencyError where a repeat may succeed */
  apply(call: HostingCall, settings: HostingSettings): Promise<void>;
  /** Names of the endpoints that begin with the prefix. */
  names(prefix: string): Promise<string[]>;
}

export interface HostingContext {
  readonly endpoints: Pick<EndpointStore, "find" | "list">;
  readonly service: HostingService;
  /** Absent where nothing is hosted in SageMaker. */
  readonly hosting?: HostingSettings | undefined;
}

/** `waiting`: looked at again by schedule. */
export interface HostingOutcome {
  readonly endpoint: string;
  readonly outcome: "settled" | "waiting" | "refused";
  readonly reason: string;
}

async function host({ endpoints, service }: HostingContext, settings: HostingSettings, name: string): Promise<HostingOutcome> {
  try {
    const endpoint = await endpoints.find(name);
    const found = await service.find(hostedName(settings, name), ownedPrefix(settings, name));
    const { calls, wait } = planHosting(endpoint && hostingOf(endpoint, settings), found);
    for (const call of calls) await service.apply(call, settings);
    return { endpoint: name, outcome: wait === undefined ? "settled" : "waiting", reason: wait ?? "" };
  } catch (error) {
    if (error instanceof DependencyError) return { endpoint: name, outcome: "waiting", reason: error.message };
    if (error instanceof DomainError) return { endpoint: name, outcome: "refused", reason: error.message };
    throw error;
  }
}

/** Brings one endpoint, or every one, to SageMaker as it should be there; those that are gone are removed. Safe to repeat. */
export async function hostEndpoints(ctx: HostingContext, name?: string): Promise<HostingOutcome[]> {
  const { hosting } = ctx;
  if (!hosting) return [];
  if (name !== undefined) return [await host(ctx, hosting, name)];
  const prefix = `${hosting.namePrefix}-`;
  const [listed, hosted] = await Promise.all([ctx.endpoints.list(), ctx.service.names(prefix)]);
  const wanted = listed.filter(({ compute }) => compute !== undefined).map((endpoint) => endpoint.name);
  const outcomes: HostingOutcome[] = [];
  for (const each of new Set([...wanted, ...hosted.map((one) => one.slice(prefix.length))])) outcomes.push(await host(ctx, hosting, each));
  return outcomes;
}
