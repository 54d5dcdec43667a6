import type { Endpoint } from "#contracts/platform/endpoint.ts";
import { DomainError } from "#core/errors.ts";
import { deleteEndpoint, putEndpoint, setWeights } from "#core/serving/endpoints.ts";
import type { EndpointContext } from "#core/serving/serving-context.ts";
import { logger } from "#runtime/logger.ts";
import { AwsError } from "../aws/aws-error.ts";
import type { Documents } from "./documents.ts";
import type { HostedConfig } from "./endpoint-config-operations.ts";
import { couldNotFind, existsAlready, refused } from "./refusals.ts";

type Config = HostedConfig["request"];

/** What a configuration asks for, with what was changed since. */
export interface Plan {
  readonly config: Config;
  /** By variant, as clients gave them: of any sum. */
  readonly weights: Readonly<Record<string, number>>;
  readonly instanceCounts: Readonly<Record<string, number>>;
}

/** What SageMaker knows of an endpoint and the platform does not. */
export interface HostedEndpoint extends Plan {
  readonly name: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly status: "Creating" | "Updating" | "InService" | "Failed" | "Deleting";
  readonly failureReason?: string;
  /** What it is being brought to. */
  readonly next?: Plan;
  readonly tags: Readonly<Record<string, string>>;
}

/** An endpoint as it stands: on both sides, or on the one that has it. */
export interface Standing {
  readonly hosted?: HostedEndpoint;
  readonly served?: Endpoint;
}

export interface HostingParts {
  readonly hosted: Documents<HostedEndpoint>;
  /** The platform's endpoints, for which SageMaker's models are versions. */
  readonly context: () => EndpointContext;
  /** Whether the inference server can answer for a new endpoint. @throws Error that says why it cannot */
  readonly probe: (name: string) => Promise<void>;
  readonly now: () => number;
}

export interface Hosting {
  /** @throws AwsError when there is none */
  find(name: string): Promise<Standing>;
  list(): Promise<ReadonlyMap<string, Standing>>;
  create(name: string, plan: Plan, tags: Readonly<Record<string, string>>): Promise<void>;
  update(name: string, plan: (before: Plan | undefined) => Plan): Promise<void>;
  setWeights(name: string, weights: Readonly<Record<string, number>>, instanceCounts: Readonly<Record<string, number>>): Promise<void>;
  remove(name: string): Promise<void>;
  /** Goes on with changes that an earlier process left half done. */
  resume(): Promise<void>;
  /** Resolves when nothing is being changed. */
  settled(): Promise<void>;
}

const by = "sagemaker";
/** boto3's waiter asks anew only after 30 s: a change that is done within this time is answered as done. */
const patienceMs = 10_000;
const isOver = ({ status }: HostedEndpoint) => status === "InService" || status === "Failed";

function reasonOf(error: unknown, name: string): string {
  if (!(error instanceof DomainError || error instanceof AwsError)) logger.error("a SageMaker endpoint could not be changed", { name, error });
  return (error as Error).message.slice(0, 1024);
}

/** Brings endpoints to what SageMaker's configurations ask for, with the platform's own code: one change of an endpoint at a time. */
export function hosting({ hosted, context, probe, now }: HostingParts): Hosting {
  const changes = new Map<string, Promise<void>>();

  async function deploy(name: string, { config, weights }: Plan, tags: Readonly<Record<string, string>>): Promise<void> {
    const { ProductionVariants: variants, DataCaptureConfig: capture } = config;
    const wanted = variants.map(({ VariantName, ModelName, InitialVariantWeight }) => ({
      name: VariantName,
      modelName: ModelName,
      // A SageMaker model never changes: it has one version.
      modelVersion: "1",
      weight: weights[VariantName] ?? InitialVariantWeight,
    }));
    await putEndpoint(
      context(),
      {
        name,
        description: `SageMaker endpoint configuration ${config.EndpointConfigName}`,
        tags,
        variants: wanted,
        assignment: { mode: "random" },
        captureRate: capture && capture.EnableCapture !== false ? capture.InitialSamplingPercentage / 100 : 0,
        batching: true,
        reason: `endpoint configuration ${config.EndpointConfigName}`,
      },
      by,
    );
  }

  async function withdraw(name: string): Promise<void> {
    try {
      await deleteEndpoint(context(), name, "deleted through SageMaker's API", by);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "RESOURCE_DOES_NOT_EXIST")) throw error;
    }
  }

  /** Brings one endpoint from the state in its row to the next, and records how that went. */
  async function carryOut(row: HostedEndpoint): Promise<void> {
    const { next = row, failureReason: _before, ...settled } = row;
    if (row.status === "Deleting") {
      await withdraw(row.name);
      await hosted.remove(row.name);
      return;
    }
    try {
      await deploy(row.name, next, row.tags);
      if (row.status === "Creating") await probe(row.name);
      const { config, weights, instanceCounts } = next;
      await hosted.update({ ...settled, config, weights, instanceCounts, status: "InService", modifiedAt: now() });
    } catch (error) {
      if (row.status === "Creating") await withdraw(row.name);
      const failureReason = reasonOf(error, row.name);
      await hosted.update({ ...settled, status: row.status === "Creating" ? "Failed" : "InService", failureReason, modifiedAt: now() });
    }
  }

  function begin(row: HostedEndpoint): Promise<void> {
    const underWay = carryOut(row)
      .catch((error: unknown) => logger.error("a SageMaker endpoint is left as it was", { name: row.name, error }))
      .finally(() => changes.delete(row.name));
    changes.set(row.name, underWay);
    return underWay;
  }

  /** Begins a change, and waits for it as long as a caller would like to. */
  async function change(row: HostedEndpoint): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([begin(row), late]);
    clearTimeout(timer);
  }

  /** A row whose endpoint was deleted through the platform's own API tells of nothing any more. */
  const standing = (row: HostedEndpoint | undefined, served: Endpoint | undefined): Standing | undefined => {
    const gone = row?.status === "InService" && !served;
    return (row && !gone) || served ? { ...(row && !gone && { hosted: row }), ...(served && { served }) } : undefined;
  };
  const rowAndEndpoint = (name: string) => Promise.all([hosted.find(name), context().endpoints.find(name)]);

  async function find(name: string): Promise<Standing> {
    const found = standing(...(await rowAndEndpoint(name)));
    if (!found) throw couldNotFind("endpoint", name);
    return found;
  }

  /** The endpoint's row where it may be changed, made where only the platform knows the endpoint. */
  async function changeable(name: string): Promise<Standing> {
    const found = await find(name);
    const { hosted: row, served } = found;
    if ((row && row.status !== "InService") || served?.rolloutId !== undefined) throw refused(`Cannot update in-progress endpoint "${name}".`);
    return found;
  }

  return {
    find,
    async list() {
      const [rows, endpoints] = await Promise.all([hosted.list(), context().endpoints.list()]);
      const byName = new Map(rows.map((row) => [row.name, row]));
      const served = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]));
      const names = [...new Set([...byName.keys(), ...served.keys()])];
      return new Map(
        names.flatMap((name) => [[name, standing(byName.get(name), served.get(name))] as const]).flatMap(([name, one]) => (one ? [[name, one]] : [])),
      );
    },
    async create(name, plan, tags) {
      const [old, served] = await rowAndEndpoint(name);
      if (standing(old, served)) throw existsAlready("endpoint", name);
      if (old) await hosted.remove(name);
      const row: HostedEndpoint = { name, createdAt: now(), modifiedAt: now(), status: "Creating", ...plan, tags };
      if (!(await hosted.insert(row))) throw existsAlready("endpoint", name);
      await change(row);
    },
    async update(name, plan) {
      const { hosted: row, served } = await changeable(name);
      const next = plan(row);
      const before = row ?? { name, createdAt: served?.createdAt ?? now(), tags: served?.tags ?? {}, ...next };
      const updating: HostedEndpoint = { ...before, status: "Updating", modifiedAt: now(), next };
      await hosted.update(updating);
      await change(updating);
    },
    async setWeights(name, weights, instanceCounts) {
      const { hosted: row } = await changeable(name);
      await setWeights(context(), { name, weights, reason: "weights set through SageMaker's API" }, by);
      if (row) await hosted.update({ ...row, weights, instanceCounts: { ...row.instanceCounts, ...instanceCounts }, modifiedAt: now() });
    },
    async remove(name) {
      const { hosted: row, served } = await find(name);
      await changes.get(name);
      if (served?.rolloutId !== undefined) throw refused(`Cannot update in-progress endpoint "${name}".`);
      if (!row) return withdraw(name);
      const deleting: HostedEndpoint = { ...row, status: "Deleting", modifiedAt: now() };
      await hosted.update(deleting);
      await change(deleting);
    },
    async resume() {
      for (const row of await hosted.list()) if (!isOver(row) && !changes.has(row.name)) void begin(row);
    },
    settled: async () => void (await Promise.all(changes.values())),
  };
}
