import type { HostedModel, HostedVariant, Hosting } from "./sagemaker-hosting.ts";

/** EndpointStatus of DescribeEndpoint. */
export type HostedStatus =
  | "OutOfService"
  | "Creating"
  | "Updating"
  | "SystemUpdating"
  | "RollingBack"
  | "InService"
  | "Deleting"
  | "Failed"
  | "UpdateRollbackFailed";

/** What SageMaker has of one endpoint. */
export interface Found {
  readonly endpointName: string;
  readonly endpoint?: {
    readonly status: HostedStatus;
    readonly configName: string;
    /** Desired weights by variant. */
    readonly weights: Readonly<Record<string, number>>;
    readonly reason: string;
  };
  /** Names of the endpoint's own, in use or not. */
  readonly configs: readonly string[];
  readonly models: readonly string[];
}

export type HostingCall =
  | { readonly call: "createModel"; readonly model: HostedModel }
  | { readonly call: "createConfig"; readonly hosting: Hosting }
  | { readonly call: "createEndpoint" | "updateEndpoint"; readonly endpointName: string; readonly configName: string }
  | { readonly call: "updateWeights"; readonly endpointName: string; readonly variants: readonly HostedVariant[] }
  | { readonly call: "deleteEndpoint"; readonly endpointName: string }
  | { readonly call: "deleteConfig" | "deleteModel"; readonly name: string };

export interface HostingPlan {
  readonly calls: readonly HostingCall[];
  /** Why the plan must be made again later; absent when nothing will be left to do. */
  readonly wait?: string;
}

const busy: ReadonlySet<HostedStatus> = new Set(["Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting"]);

/** Weights are stored as 32-bit floats there. */
const sameWeights = (variants: readonly HostedVariant[], weights: Readonly<Record<string, number>>) =>
  variants.every(({ name, weight }) => Math.fround(weight) === Math.fround(weights[name] ?? Number.NaN));

/** Configurations and models that nothing will need: kept while an update may still return to them. */
function cleaning({ configs, models }: Found, hosting?: Hosting): HostingCall[] {
  const used = new Set(hosting?.models.map(({ name }) => name));
  return [
    ...configs.filter((name) => name !== hosting?.configName).map((name) => ({ call: "deleteConfig", name }) as const),
    ...models.filter((name) => !used.has(name)).map((name) => ({ call: "deleteModel", name }) as const),
  ];
}

function making({ configs, models }: Found, hosting: Hosting): HostingCall[] {
  return [
    ...hosting.models.filter(({ name }) => !models.includes(name)).map((model) => ({ call: "createModel", model }) as const),
    ...(configs.includes(hosting.configName) ? [] : [{ call: "createConfig", hosting } as const]),
  ];
}

function removal(found: Found): HostingPlan {
  const { endpoint, endpointName } = found;
  if (endpoint && busy.has(endpoint.status)) return { calls: [], wait: `${endpointName} is ${endpoint.status}` };
  return { calls: [...(endpoint ? [{ call: "deleteEndpoint", endpointName } as const] : []), ...cleaning(found)] };
}

/**
 * The calls that bring SageMaker to what an endpoint should be there, in order; none when it is so already. A change of weights alone
 * moves at once; anything else is a new configuration, to which SageMaker moves behind the endpoint.
 */
export function planHosting(hosting: Hosting | undefined, found: Found): HostingPlan {
  if (!hosting) return removal(found);
  const { endpointName, configName, variants } = hosting;
  const { endpoint } = found;
  if (!endpoint) {
    // A configuration that was left behind holds the weights of its day.
    const left = found.configs.includes(configName) ? [{ call: "deleteConfig", name: configName } as const] : [];
    const fresh = { ...found, configs: found.configs.filter((name) => name !== configName) };
    return { calls: [...left, ...making(fresh, hosting), { call: "createEndpoint", endpointName, configName }, ...cleaning(fresh, hosting)] };
  }
  const same = endpoint.configName === configName;
  if (busy.has(endpoint.status)) {
    const settled = same && endpoint.status !== "Deleting" && sameWeights(variants, endpoint.weights) && cleaning(found, hosting).length === 0;
    return settled ? { calls: [] } : { calls: [], wait: `${endpointName} is ${endpoint.status}` };
  }
  if (endpoint.status === "Failed") {
    // Deletion is all that a failed endpoint takes, and what has failed once would fail again, at a price: only another state is tried.
    if (found.configs.includes(configName)) return { calls: [] };
    return { calls: [{ call: "deleteEndpoint", endpointName }], wait: `${endpointName} had failed and is made anew` };
  }
  if (!same)
    return {
      calls: [...making(found, hosting), { call: "updateEndpoint", endpointName, configName }],
      wait: `${endpointName} moves to ${configName}`,
    };
  const weights = sameWeights(variants, endpoint.weights) ? [] : [{ call: "updateWeights", endpointName, variants } as const];
  return { calls: [...weights, ...cleaning(found, hosting)] };
}
