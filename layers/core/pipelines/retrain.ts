import { TrainingRequest } from "#contracts/platform/training-request.ts";
import { doesNotExist, invalid } from "../errors.ts";
import { type ExecutionsContext, newExecution, type StoredExecution } from "./executions.ts";

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
}

export type Retraining = { readonly started: true; readonly execution: string } | { readonly started: false; readonly reason: string };

const hour = 3_600_000;
/** Executions that are looked at for the pipeline's last request: more than a busy month of one pipeline. */
const lookBack = 200;

const nameOf = (pipeline: string, episode: string) => `${pipeline}-drift-${episode.replaceAll(/[^A-Za-z0-9_-]/g, "-")}`.slice(0, 80);

function mergedRequest({ request }: StoredExecution, { monitor, severity, columns, input }: RetrainingOrder): TrainingRequest {
  const reason = `drift (${severity}) in ${columns.slice(0, 5).join(", ") || "the joint distribution"}`;
  const parsed = TrainingRequest.safeParse({ ...request, ...input, trigger: { type: "drift", by: `monitor:${monitor}`, reason } });
  if (!parsed.success)
    throw invalid(
      `retrain.input of monitor ${monitor} does not make a training request: ${parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")}`,
    );
  return parsed.data;
}

/** Starts the pipeline again, as it was last asked for, unless it was retrained for drift within the cooldown. */
export async function retrain(ctx: ExecutionsContext, order: RetrainingOrder): Promise<Retraining> {
  const name = nameOf(order.pipeline, order.episode);
  const { documents } = await ctx.executions.list(lookBack);
  const earlier = documents.filter(({ pipeline, name: other }) => pipeline === order.pipeline && other !== name);
  const recent = earlier.find(({ trigger, startedAt }) => trigger === "drift" && ctx.now() - startedAt < order.cooldownHours * hour);
  if (recent) return { started: false, reason: `cooldown: execution ${recent.name} was started for drift less than ${order.cooldownHours} hours ago` };
  const [last] = earlier;
  if (!last) throw doesNotExist(`pipeline ${order.pipeline} has no execution whose request could be repeated`);
  const known = await ctx.executions.find(name);
  const request = known?.document.request ?? mergedRequest(last, order);
  await ctx.engine.start(name, { execution: name, request });
  await ctx.executions.insert(newExecution(name, request, ctx.now()));
  return { started: true, execution: name };
}
