import type { Assignment, Endpoint, EndpointEvent, Variant } from "#contracts/platform/endpoint.ts";
import type { EndpointCompute, Hosting } from "#contracts/platform/endpoint-compute.ts";
import { conflict, doesNotExist, invalid } from "../errors.ts";
import { left, nextRevision, share, withWeights } from "./endpoint-changes.ts";
import { hostingOf } from "./sagemaker-hosting.ts";
import type { EndpointContext, ModelReference, WatchingContext } from "./serving-context.ts";

export interface WantedVariant extends ModelReference {
  readonly name: string;
  readonly weight: number;
}
export interface WantedEndpoint {
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly variants: readonly WantedVariant[];
  readonly assignment: Assignment;
  readonly captureRate: number;
  readonly batching: boolean;
  /** @default the platform's own function */
  readonly compute?: EndpointCompute | undefined;
  readonly reason: string;
  readonly expectedRevision?: number | undefined;
}

export async function getEndpoint(ctx: Pick<WatchingContext, "endpoints">, name: string): Promise<Endpoint> {
  const endpoint = await ctx.endpoints.find(name);
  if (!endpoint) throw doesNotExist(`endpoint ${name} not found`);
  return endpoint;
}

function checkRevision(endpoint: Endpoint, expected: number | undefined): void {
  if (expected !== undefined && endpoint.revision !== expected)
    throw conflict(`endpoint ${endpoint.name} is at revision ${endpoint.revision}, not ${expected}`);
}

function checkNoRollout(endpoint: Endpoint): void {
  if (endpoint.rolloutId !== undefined) throw conflict(`endpoint ${endpoint.name} has rollout ${endpoint.rolloutId} under way: abort or promote it first`);
}

export const hostingState = ({ hosting }: Pick<EndpointContext, "hosting">): Hosting =>
  hosting === undefined ? "unavailable" : hosting.image === undefined ? "imageNeeded" : "available";

function checkHosting({ hosting }: EndpointContext, endpoint: Endpoint): void {
  if (endpoint.compute?.kind !== "sagemaker") return;
  if (!hosting) throw invalid("compute.kind must be lambda where SAGEMAKER_MODEL_ROLE_ARN is not set, got sagemaker");
  hostingOf(endpoint, hosting);
}

function checkWeights(variants: readonly { readonly name: string; readonly weight: number }[]): void {
  const names = variants.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`variants must have different names, got ${twice} twice`);
  if (!variants.some(({ weight }) => weight > 0)) throw invalid("variants must have at least one weight above 0");
}

/** @throws DomainError when the version is unknown, or revoked */
export async function resolveVariant(ctx: EndpointContext, { name, weight, ...reference }: WantedVariant): Promise<Variant> {
  if ((reference.modelVersion === undefined) === (reference.alias === undefined))
    throw invalid(`variants.${name} must have either modelVersion or alias, got ${reference.alias === undefined ? "neither" : "both"}`);
  const { signature, ...model } = await ctx.resolveModelVersion(reference);
  const revocation = await ctx.endpoints.revocation(model.digest);
  if (revocation) throw conflict(`model version ${model.modelName}/${model.modelVersion} was revoked: ${revocation.reason}`);
  return { name, ...model, ...(signature && { signature }), weight };
}

const shares = (variants: readonly Variant[]): Variant[] => {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return variants.map((variant) => ({ ...variant, weight: share(variant.weight / total) }));
};

/** JSON with sorted keys, which is equal for equal values. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

/** Creates the endpoint or brings it to the wanted state; the same request again changes nothing. @throws DomainError */
export async function putEndpoint(ctx: EndpointContext, wanted: WantedEndpoint, by: string): Promise<Endpoint> {
  const { name, description, tags, assignment, captureRate, batching, reason, expectedRevision } = wanted;
  checkWeights(wanted.variants);
  const [variants, present] = await Promise.all([Promise.all(wanted.variants.map((variant) => resolveVariant(ctx, variant))), ctx.endpoints.find(name)]);
  const at = ctx.now();
  const compute = wanted.compute?.kind === "sagemaker" || present?.compute ? (wanted.compute ?? { kind: "lambda" }) : undefined;
  const fields = { description, tags, variants: shares(variants), assignment, captureRate, batching, ...(compute && { compute }) };
  if (!present) {
    if (expectedRevision !== undefined && expectedRevision !== 0) throw conflict(`endpoint ${name} does not exist, expected was revision ${expectedRevision}`);
    const endpoint: Endpoint = { name, ...fields, revision: 1, createdAt: at, updatedAt: at, updatedBy: by };
    checkHosting(ctx, endpoint);
    await ctx.endpoints.save({
      endpoint,
      expectedRevision: 0,
      event: { at, by, revision: 1, change: "created", reason, ...left(endpoint.variants) },
    });
    return endpoint;
  }
  const { description: d, tags: t, variants: v, assignment: a, captureRate: c, batching: b, compute: on } = present;
  if (canonical(fields) === canonical({ description: d, tags: t, variants: v, assignment: a, captureRate: c, batching: b, compute: on })) return present;
  checkRevision(present, expectedRevision);
  checkNoRollout(present);
  const change = nextRevision(present, fields, { at, by, change: "updated", reason });
  checkHosting(ctx, change.endpoint);
  await ctx.endpoints.save({ ...change, expectedRevision: present.revision });
  return change.endpoint;
}

/** Shares the traffic out anew; weights are divided by their sum, and a variant that is not named gets none. @throws DomainError */
export async function setWeights(
  ctx: EndpointContext,
  wanted: {
    readonly name: string;
    readonly weights: Readonly<Record<string, number>>;
    readonly reason: string;
    readonly expectedRevision?: number | undefined;
  },
  by: string,
): Promise<Endpoint> {
  const present = await getEndpoint(ctx, wanted.name);
  checkRevision(present, wanted.expectedRevision);
  checkNoRollout(present);
  const weights = new Map(Object.entries(wanted.weights));
  const unknown = [...weights.keys()].find((name) => !present.variants.some((variant) => variant.name === name));
  if (unknown !== undefined) throw invalid(`weights.${unknown} must name one of the variants ${present.variants.map(({ name }) => name).join(", ")}`);
  const weighted = withWeights(present.variants, weights);
  checkWeights(weighted);
  const variants = shares(weighted);
  if (canonical(variants) === canonical(present.variants)) return present;
  const change = nextRevision(present, { variants }, { at: ctx.now(), by, change: "weights", reason: wanted.reason });
  await ctx.endpoints.save({ ...change, expectedRevision: present.revision });
  return change.endpoint;
}

/** @throws DomainError when there is none, or while a rollout is under way */
export async function deleteEndpoint(ctx: EndpointContext, name: string, reason: string, by: string): Promise<void> {
  const endpoint = await getEndpoint(ctx, name);
  checkNoRollout(endpoint);
  const event: EndpointEvent = { at: ctx.now(), by, revision: endpoint.revision, change: "deleted", reason, ...left([]) };
  await ctx.endpoints.remove(endpoint, event);
}

/** Stops a model version everywhere, for good: no endpoint takes it any more, and those that have it refuse to ask it. @returns those endpoints */
export async function revokeModelVersion(
  ctx: EndpointContext,
  wanted: { readonly modelName: string; readonly modelVersion: string; readonly reason: string },
  by: string,
): Promise<string[]> {
  const { digest } = await ctx.resolveModelVersion(wanted);
  const revoked = { at: ctx.now(), by, reason: wanted.reason };
  await ctx.endpoints.revoke(digest, revoked);
  const affected = (await ctx.endpoints.list()).filter(({ variants }) => variants.some((variant) => variant.digest === digest));
  for (const { name } of affected) await revokeOn(ctx, name, digest, revoked);
  return affected.map(({ name }) => name);
}

async function revokeOn(
  ctx: EndpointContext,
  name: string,
  digest: string,
  revoked: { readonly at: number; readonly by: string; readonly reason: string },
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const endpoint = await ctx.endpoints.find(name);
    if (!endpoint?.variants.some((variant) => variant.digest === digest && !variant.revoked)) return;
    const variants = endpoint.variants.map((variant) => (variant.digest === digest ? { ...variant, revoked } : variant));
    const change = nextRevision(endpoint, { variants }, { ...revoked, change: "revoked" });
    try {
      return await ctx.endpoints.save({ ...change, expectedRevision: endpoint.revision });
    } catch (error) {
      // Somebody changed the endpoint in between: the revocation has to hold on that state too.
      if (attempt >= 4) throw error;
    }
  }
}
