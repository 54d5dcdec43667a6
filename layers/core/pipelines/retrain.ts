import { TrainingRequest } from "#contracts/platform/training-request.ts";
import { DomainError, doesNotExist, invalid } from "../errors.ts";
import { begin, type StartContext, type StoredExecution } from "./executions.ts";

/** What a drift alarm asks for. */
export interface RetrainingOrder {
  readonly monitor: string;
  /** Unique to the alarm's episode, so that an event delivered twice starts one execution. */
  readonly episode: string;
  readonly severity: string;
  readonly columns: readonly string[];
  readonly pipeline: string;
  /** Members of a training request that replace those of the pipeline's last one. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly cooldownHours: number;
  /** Who asked for it by hand. @default the monitor, when its alarm was raised */
  readonly by?: string;
}

export type Retraining = { readonly started: true; readonly execution: string } | { readonly started: false; readonly reason: string };

const hour = 3_600_000;
/** Executions of the pipeline that are looked at: more than a busy week. */
const lookBack = 100;

const nameOf = (pipeline: string, episode: string) => `${pipeline}-drift-${episode.replaceAll(/[^A-Za-z0-9_-]/g, "-")}`.slice(0, 80);

function requestLike({ request }: StoredExecution, { monitor, severity, columns, input, pipeline, by }: RetrainingOrder): TrainingRequest {
  const reason = `drift (${severity}) in ${columns.slice(0, 5).join(", ") || "the joint distribution"}`.slice(0, 1000);
  const trigger = by === undefined ? { type: "drift", by: `monitor:${monitor}`, reason } : { type: "manual", by, reason };
  const parsed = TrainingRequest.safeParse({ ...request, ...input, pipeline, trigger });
  if (!parsed.success)
    throw invalid(
      `retrain.input of monitor ${monitor} does not make a training request: ${parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")}`,
    );
  return parsed.data;
}

/** Another delivery of the same event may have begun it from another last request. */
async function beginOnce(ctx: StartContext, name: string, request: TrainingRequest): Promise<void> {
  try {
    await begin(ctx, name, request);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "RESOURCE_CONFLICT")) throw error;
  }
}

/**
 * Starts the pipeline again as it was last asked for with success, or else as it was last asked for, unless the monitor did so within its cooldown.
 * An event that comes twice starts one execution.
 */
export async function retrain(ctx: StartContext, order: RetrainingOrder): Promise<Retraining> {
  const { pipeline, cooldownHours } = order;
  const execution = nameOf(pipeline, order.episode);
  if (await ctx.executions.find(execution)) return { started: true, execution };
  const { documents } = await ctx.executions.list(lookBack, undefined, pipeline);
  const recent = documents.find(({ startedBy, startedAt }) => startedBy === `monitor:${order.monitor}` && ctx.now() - startedAt < cooldownHours * hour);
  if (recent) return { started: false, reason: `cooldown: execution ${recent.name} was started for drift less than ${cooldownHours} hours ago` };
  const last = documents.find(({ status }) => status === "succeeded") ?? documents[0];
  if (!last) throw doesNotExist(`pipeline ${pipeline} has no execution whose request could be repeated`);
  await beginOnce(ctx, execution, requestLike(last, order));
  return { started: true, execution };
}
